// The sRGB transfer curve of IEC 61966-2-1 as tables made at compile time: 8-bit code to linear light, and linear light
// to the nearest code without a power function.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace cookline::kernels::srgb {

// y to the 1/5 for y in (0, 1], by Newton's method from above: it falls monotonically until it stands still.
constexpr double fifth_root(double y) {
  double x = 1;
  for (double next = 0;; x = next) {
    next = x - (x - y / (x * x * x * x)) / 5;
    if (next >= x) return x;
  }
}

// Linear light of an encoded value in [0, 1]; 2.4 = 12/5.
constexpr double decode(double encoded) {
  if (encoded <= 0.04045) return encoded / 12.92;
  const double root = fifth_root((encoded + 0.055) / 1.055);
  const double cube = root * root * root;
  return cube * cube * cube * cube;
}

// Linear light of code i / 255.
inline constexpr std::array<float, 256> linear_of_code = [] {
  std::array<float, 256> table{};
  for (int i = 0; i < 256; ++i) table[std::size_t(i)] = float(decode(i / 255.0));
  return table;
}();

// threshold[k]: the least float whose nearest code is k. threshold[256] is never reached.
inline constexpr std::array<float, 257> threshold = [] {
  std::array<float, 257> table{};
  for (int k = 1; k < 256; ++k) {
    const double exact = decode((k - 0.5) / 255);
    float above = float(exact);
    if (above < exact) above = std::bit_cast<float>(std::bit_cast<std::uint32_t>(above) + 1);
    table[std::size_t(k)] = above;
  }
  table[256] = std::numeric_limits<float>::infinity();
  return table;
}();

// Floats from `lowest` to 1 fall into buckets by exponent and 7 bits of mantissa; each holds at most one threshold, so
// the code of a value is that of its bucket's start, or one more.
inline constexpr float lowest = 0x1p-13f;  // below every threshold
inline constexpr int bucket_shift = 16;
inline constexpr std::uint32_t first_bucket = std::bit_cast<std::uint32_t>(lowest) >> bucket_shift;
inline constexpr int bucket_count = 13 * 128 + 1;

inline constexpr std::array<std::int32_t, bucket_count> code_of_bucket = [] {
  std::array<std::int32_t, bucket_count> table{};
  int code = 0;
  for (int i = 0; i < bucket_count; ++i) {
    const float start = std::bit_cast<float>((first_bucket + std::uint32_t(i)) << bucket_shift);
    while (start >= threshold[std::size_t(code) + 1]) ++code;
    table[std::size_t(i)] = code;
  }
  return table;
}();

}  // namespace cookline::kernels::srgb
