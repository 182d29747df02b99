// A compressor for filtered rows of pixels that repeat near by: slopes, shapes, patterns. Finds what a long search of
// other compressors finds there in a small part of its time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cookline {

// The rows as a zlib stream (RFC 1950, 1951), never more than about twice as large as they are. A pixel has 1 to 8
// bytes; a row has a byte, which tells its filter, and its pixels. The first `before` bytes are not part of the stream,
// but its matches may repeat them: such a stream cannot be read, it tells how large the rows behind would become.
std::vector<std::byte> near_deflate(std::span<const std::uint8_t> rows, std::size_t pixel_bytes, std::size_t row_bytes,
                                    std::size_t before = 0);

}  // namespace cookline
