// Loops over bytes without branches, so that the compiler makes SIMD of them.
#include "io/png_filter.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace cookline {
namespace {

constexpr std::size_t margin = 8;  // the largest pixel

using Byte = std::uint8_t;

// The predictor nearest to left + up - corner; of equally near ones left, then up (9.4 of the specification).
inline Byte paeth(Byte left, Byte up, Byte corner) {
  const auto to_left = std::int16_t(std::abs(up - corner));
  const auto to_up = std::int16_t(std::abs(left - corner));
  const auto to_corner = std::int16_t(std::abs(left + up - 2 * corner));
  const Byte second = to_up <= to_corner ? up : corner;
  return to_left <= std::min(to_up, to_corner) ? left : second;
}

// Writes the differences from predict(left, up, corner) and returns the sum of their magnitudes.
template <class Predict>
std::uint64_t differences(const Byte* now, const Byte* before, std::size_t pixel, std::size_t count, Byte* to,
                          Predict predict) {
  std::uint64_t sum = 0;
  const Byte* const left = now - pixel;
  const Byte* const corner = before - pixel;
  // Blocks short enough for a 32-bit sum: a narrow sum is faster.
  for (std::size_t start = 0; start < count; start += 4096) {
    const std::size_t end = std::min(count, start + 4096);
    std::uint32_t part = 0;
    for (std::size_t i = start; i < end; ++i) {
      const Byte difference = Byte(now[i] - predict(left[i], before[i], corner[i]));
      to[i] = difference;
      part += std::min(difference, Byte(-difference));
    }
    sum += part;
  }
  return sum;
}

}  // namespace

PngFilter::PngFilter(int pixel_bytes, std::size_t row_bytes)
    : pixel_bytes_(std::size_t(pixel_bytes)),
      row_bytes_(row_bytes),
      now_(margin + row_bytes),
      before_(margin + row_bytes),
      candidate_(row_bytes),
      best_(row_bytes) {}

std::span<std::byte> PngFilter::row() { return std::as_writable_bytes(std::span(now_)).subspan(margin); }

void PngFilter::apply(std::byte* to) {
  std::uint64_t smallest = ~std::uint64_t(0);
  int chosen = 0;
  const auto attempt = [&](int number, auto predict) {
    const std::uint64_t sum = differences(now_.data() + margin, before_.data() + margin, pixel_bytes_, row_bytes_,
                                          candidate_.data(), predict);
    if (sum >= smallest) return;
    smallest = sum;
    chosen = number;
    std::swap(candidate_, best_);
  };
  attempt(0, [](Byte, Byte, Byte) { return Byte(0); });
  attempt(1, [](Byte left, Byte, Byte) { return left; });
  attempt(2, [](Byte, Byte up, Byte) { return up; });
  attempt(3, [](Byte left, Byte up, Byte) { return Byte((left + up) / 2); });
  attempt(4, [](Byte left, Byte up, Byte corner) { return paeth(left, up, corner); });
  *to = std::byte(chosen);
  std::memcpy(to + 1, best_.data(), row_bytes_);
  std::swap(now_, before_);
}

}  // namespace cookline
