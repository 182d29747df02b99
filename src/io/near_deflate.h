// A compressor for filtered rows of pixels that repeat near by: slopes, shapes, patterns. Finds what a long search of
// other compressors finds there in a small part of its time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cookline {

// What is behind the first `before` bytes of the rows as a zlib stream (RFC 1950, 1951); with others than 0 before it,
// one to be measured, as no reader could make it whole. A pixel has 1 to 8 bytes; a row has a byte, which tells its
// filter, and its pixels. Never more than about twice as large as the rows.
std::vector<std::byte> near_deflate(std::span<const std::uint8_t> rows, std::size_t pixel_bytes, std::size_t row_bytes,
                                    std::size_t before = 0);

}  // namespace cookline
