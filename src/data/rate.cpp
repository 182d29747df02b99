#include "data/rate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cookline {

Rate rate_of(double hz) {
  for (const std::int64_t base : {24, 30, 48, 60, 120})
    if (std::abs(hz - double(base) * 1000 / 1001) < 0.006) return {base * 1000, 1001};
  constexpr std::int64_t scale = 1'000'000;
  const std::int64_t num = std::max<std::int64_t>(1, std::llround(hz * double(scale)));
  const std::int64_t common = std::gcd(num, scale);
  return {num / common, scale / common};
}

}  // namespace cookline
