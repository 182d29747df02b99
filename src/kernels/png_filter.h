// The row filters of PNG (ISO/IEC 15948, chapter 9): each row is stored as its difference from a prediction, which
// compresses better than the row itself.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace cookline::kernels {

inline constexpr int png_filter_count = 5;
inline constexpr std::size_t png_row_padding = 64;  // bytes behind a row's differences that may be written

// Two rows one above the other in the file's byte order. `before` is the row above, zeros for the first; `ahead` the
// one that comes next as far as is known, else `now`: it is brought near while this one is worked on.
struct PngRows {
  const std::uint8_t* now;
  const std::uint8_t* before;
  const std::uint8_t* ahead;
  std::size_t bytes;        // of a row
  std::size_t pixel_bytes;  // 1 to 8
};

// Which bytes of a row are looked at: of blocks of 64 the one with number `first`, and each `step`-th after it (step is
// at least 1, first below it).
struct PngSample {
  std::size_t step = 1, first = 0;
};

// How large the differences of each filter are: the sum of their magnitudes as signed bytes (the heuristic that the PNG
// specification recommends) over the sample.
std::array<std::uint64_t, png_filter_count> png_filter_costs(const PngRows& rows, PngSample sample);

// Writes the differences from prediction `filter` (0 to 4); up to png_row_padding more bytes of `to` are overwritten.
void png_differences(int filter, const PngRows& rows, std::uint8_t* to);

}  // namespace cookline::kernels
