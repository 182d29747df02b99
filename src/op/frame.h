// The moment a cook is asked for: a frame index on an exact rational rate. Time is derived from it, never accumulated.
#pragma once
#include <cstdint>

#include "data/rate.h"

namespace cookline {

struct Frame {
  std::int64_t index = 0;  // 0 is the first frame of the run
  Rate rate = {};
  bool again = false;  // cooked before in this same frame: something changed since, but no time has passed

  double seconds() const { return double(index) * double(rate.den) / double(rate.num); }
};

}  // namespace cookline
