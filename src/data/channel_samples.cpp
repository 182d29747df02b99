#include "data/channel_samples.h"

#include <algorithm>
#include <cmath>

namespace cookline {
namespace {

// In [0, length): a rest just below 0 must not be rounded up to length.
double wrapped(double index, double length) {
  const double rest = std::fmod(index, length);
  const double up = rest < 0 ? rest + length : rest;
  return up < length ? up : 0;
}

double beyond(const Channels& of, const Channel& c, double index, bool left) {
  const double length = double(c.samples.size());
  const std::size_t edge = left ? 0 : c.samples.size() - 1;
  if (!std::isfinite(index)) return c.samples[edge];
  switch (left ? of.extend_left : of.extend_right) {
    case Extend::hold:
      break;
    case Extend::constant:
      return of.extend_value;
    case Extend::slope: {
      if (length < 2) break;
      const double slope = left ? c.samples[1] - c.samples[0] : c.samples[edge] - c.samples[edge - 1];
      return c.samples[edge] + slope * (index - double(edge));
    }
    case Extend::cycle:
      return c.samples[std::size_t(std::floor(wrapped(index, length)))];
    case Extend::mirror: {
      const double place = std::floor(wrapped(index, 2 * length));
      return c.samples[std::size_t(place < length ? place : 2 * length - 1 - place)];
    }
  }
  return c.samples[edge];
}

}  // namespace

double sample_at(const Channels& of, const Channel& channel, double index) {
  if (channel.samples.empty()) return 0;
  const double last = double(channel.samples.size() - 1);
  if (!(index >= 0 && index <= last)) return beyond(of, channel, index, index < 0);
  const double floor = std::floor(index), part = index - floor;
  const std::size_t i = std::size_t(floor);
  if (part == 0) return channel.samples[i];
  return channel.samples[i] + (channel.samples[i + 1] - channel.samples[i]) * part;
}

Channels resampled(const Channels& in, double start, std::size_t length, double rate_hz, double offset, double scale) {
  Channels out = in;
  out.start = start, out.rate_hz = rate_hz;
  for (std::size_t c = 0; c < in.channels.size(); ++c) {
    auto& samples = out.channels[c].samples;
    samples.resize(length);
    for (std::size_t i = 0; i < length; ++i) samples[i] = sample_at(in, in.channels[c], offset + double(i) * scale);
  }
  return out;
}

Channels at_rate(const Channels& in, double rate_hz) {
  if (in.rate_hz == rate_hz || in.length() == 0) return in;
  const double ratio = rate_hz / in.rate_hz;
  const double start = std::round(in.start * ratio);
  const std::size_t length = std::size_t(std::max(1.0, std::round(double(in.length()) * ratio)));
  return resampled(in, start, length, rate_hz, start / ratio - in.start, 1 / ratio);
}

}  // namespace cookline
