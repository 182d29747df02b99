// The unit menus of time parameters (I, F, S, %) and what they mean in frames and samples.
#pragma once
#include <cmath>

#include "op/frame.h"
#include "op/par.h"

namespace cookline::chop {

enum class Unit { samples, frames, seconds, fraction };
inline constexpr MenuItem unit_items[] = {{"samples", "I"}, {"frames", "F"}, {"seconds", "S"}};
inline constexpr MenuItem unit_items_with_fraction[] = {
    {"samples", "I"}, {"frames", "F"}, {"seconds", "S"}, {"fraction", "%"}};

// A time in frames of the project; not rounded. `rate_hz` is the sample rate that samples are counted at.
inline double to_frames(double value, Unit unit, const Rate& rate, double rate_hz) {
  if (unit == Unit::frames) return value;
  const double seconds = unit == Unit::samples ? value / rate_hz : value;
  return seconds * double(rate.num) / double(rate.den);
}
// A time in samples at rate_hz; not rounded.
inline double to_samples(double value, Unit unit, const Rate& rate, double rate_hz) {
  if (unit == Unit::samples) return value;
  const double seconds = unit == Unit::frames ? value * double(rate.den) / double(rate.num) : value;
  return seconds * rate_hz;
}
// Whole frames of a time in frames: the nearest, halves away from zero.
inline std::int64_t whole_frames(double frames) { return std::llround(frames); }

}  // namespace cookline::chop
