#include "io/near_deflate.h"

#include <gtest/gtest.h>

#include "io/deflate_testing.h"
#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace {

// Rows of a pattern of few values that moves and changes a little from each to the next.
Bytes pattern(std::uint64_t seed, std::size_t pixel, std::size_t width, std::size_t rows) {
  const std::size_t row = 1 + pixel * width;
  Bytes bytes(row * rows);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t y = i / row, x = i % row / pixel + y * (seed % 4);
    bytes[i] = i % row == 0                         ? std::uint8_t(seed % 5)
               : random_bits(seed + 1, i) % 80 == 0 ? std::uint8_t(random_bits(seed + 2, i))
                                                    : std::uint8_t(random_bits(seed + i % pixel, x / 3) % 4);
  }
  return bytes;
}

}  // namespace

TEST(near_deflate, rows_of_every_width_and_pixel_read_back) {
  for (std::size_t width = 1; width < 300; width += 1 + width / 20)
    for (const std::size_t pixel : {1, 2, 3, 4, 6, 8}) {
      SCOPED_TRACE(std::to_string(width) + " pixels of " + std::to_string(pixel) + " bytes");
      const Bytes bytes = pattern(width, pixel, width, 1 + 20000 / (width * pixel));
      expect_reads_back(bytes, near_deflate(bytes, pixel, 1 + pixel * width));
    }
}

TEST(near_deflate, rows_as_long_as_deflate_looks_back_read_back) {
  for (const std::size_t width : {8127, 8128, 8159, 8160, 8191, 8192, 20000}) {
    const Bytes bytes = pattern(1, 4, width, 5);
    expect_reads_back(bytes, near_deflate(bytes, 4, 1 + 4 * width));
  }
}

TEST(near_deflate, streams_of_many_blocks_read_back) {
  const Bytes bytes = pattern(3, 3, 1000, 1500);  // some of many matches
  expect_reads_back(bytes, near_deflate(bytes, 3, 3001));
  const Bytes flat(5 << 20, 7);  // some of many bytes
  expect_reads_back(flat, near_deflate(flat, 4, 4001));
}

TEST(near_deflate, noise_reads_back_and_is_not_twice_as_large) {
  for (const std::size_t size : {1, 3, 4, 5, 300, 3000000}) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = std::uint8_t(random_bits(3, i));
    const auto stream = near_deflate(bytes, 4, 1001);
    EXPECT_LE(stream.size(), 2 * size + 300);
    expect_reads_back(bytes, stream);
  }
}

TEST(near_deflate, what_repeats_near_by_takes_little_space) {
  for (const std::size_t pixel : {1, 2, 3, 4, 6, 8})
    for (const std::size_t above : {1, 2, 5})
      for (const std::size_t aside : {0, 7}) {
        const std::size_t row = 1 + pixel * 700;
        Bytes bytes(60 * row);
        for (std::size_t i = 0; i < bytes.size(); ++i)
          bytes[i] = i < 6 * row ? std::uint8_t(random_bits(1, i)) : bytes[i - above * row - aside * pixel];
        EXPECT_LT(near_deflate(bytes, pixel, row).size(), bytes.size() / 7)
            << pixel << " bytes a pixel, " << above << " rows above, " << aside << " aside";
      }
}

TEST(near_deflate, what_is_before_the_measured_rows_is_searched_but_not_part_of_the_stream) {
  const std::size_t row = 2001;
  Bytes bytes(6 * row);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = i < 3 * row ? std::uint8_t(random_bits(1, i)) : bytes[i - 3 * row];
  EXPECT_LT(near_deflate(bytes, 4, row, 3 * row).size(), 600u);
}

}  // namespace cookline
