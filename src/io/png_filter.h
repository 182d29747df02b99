// The row filters of PNG (ISO/IEC 15948, chapter 9): each row is stored as its difference from a prediction, which
// compresses better than the row itself.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cookline {

// Filters rows one after the other and chooses the filter whose differences, as signed bytes, have the smallest sum of
// magnitudes (the heuristic that the PNG specification recommends); of equal ones the first.
class PngFilter {
 public:
  // Bytes of one pixel (1 to 8) and of one row.
  PngFilter(int pixel_bytes, std::size_t row_bytes);

  // Where the next row is to be written, row_bytes long, in the file's byte order.
  std::span<std::byte> row();

  // Filters that row: writes the filter's number (0 to 4) and the differences, 1 + row_bytes in all.
  void apply(std::byte* to);

 private:
  std::size_t pixel_bytes_, row_bytes_;
  std::vector<std::uint8_t> now_, before_;  // rows after a margin of zeros: the pixels left of the picture
  std::vector<std::uint8_t> candidate_, best_;
};

}  // namespace cookline
