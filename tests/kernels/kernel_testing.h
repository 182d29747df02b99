// What the kernel tests share: running a check on every instruction set, planes of awkward values, comparing bits.
#pragma once
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/random.h"
#include "kernels/targets.h"

namespace cookline::kernels {

// Calls check() on every instruction set of this processor, then lifts the restriction.
template <class Check>
void on_every_target(const Check& check) {
  for (const std::string& target : available_targets()) {
    SCOPED_TRACE(target);
    ASSERT_TRUE(use_target(target));
    check();
  }
  use_target("");
}

// Four planes of `count` pixels, each exactly as long as it must be so that a sanitizer sees an access beyond.
struct TestPlanes {
  explicit TestPlanes(int count) {
    for (auto& plane : planes) plane.assign(std::size_t(count), 0.0f);
  }
  float* operator[](int i) { return planes[std::size_t(i)].data(); }
  const float* operator[](int i) const { return planes[std::size_t(i)].data(); }
  int count() const { return int(planes[0].size()); }
  std::array<std::vector<float>, 4> planes;
};

// Uniform in [lo, hi), the n-th of stream `seed`.
inline float random_float(std::uint64_t seed, int n, double lo = 0, double hi = 1) {
  return float(lo + (hi - lo) * random_unit(seed, std::uint64_t(n)));
}

inline TestPlanes random_planes(int count, std::uint64_t seed, double lo = 0, double hi = 1) {
  TestPlanes p(count);
  for (int c = 0; c < 4; ++c)
    for (int i = 0; i < count; ++i) p[c][i] = random_float(seed, 4 * i + c, lo, hi);
  return p;
}

// Bits, with every NaN alike.
inline std::uint32_t bits_of(float v) { return v != v ? 0x7fc00000u : std::bit_cast<std::uint32_t>(v); }

inline void expect_same_bits(const TestPlanes& got, const TestPlanes& expected) {
  for (int c = 0; c < 4; ++c)
    for (int i = 0; i < expected.count(); ++i)
      ASSERT_EQ(bits_of(got[c][i]), bits_of(expected[c][i]))
          << "plane " << c << " pixel " << i << " of " << expected.count() << ": " << got[c][i] << " instead of "
          << expected[c][i];
}

}  // namespace cookline::kernels
