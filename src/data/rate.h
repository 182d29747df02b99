// Images per second as an exact fraction.
#pragma once
#include <cstdint>

namespace cookline {

// 30000/1001 is {30000, 1001}.
struct Rate {
  std::int64_t num = 60, den = 1;
  double hz() const { return double(num) / double(den); }
  bool operator==(const Rate&) const = default;
};

// A rate given as a number: 29.97 and its like are the NTSC fractions, others are exact to six decimal places.
// `hz` is more than 0.
Rate rate_of(double hz);

}  // namespace cookline
