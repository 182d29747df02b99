// A compressor for filtered rows of pixels: Huffman codes from sampled counts and runs of a repeated pixel, without the
// search for other matches that most of deflate's time goes into. Makes a zlib stream (RFC 1950, 1951) part by part.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/literal_codes.h"

namespace cookline {

struct BlockCodes;

class RunDeflate {
 public:
  // Readable bytes before and behind each part.
  static constexpr std::size_t margin = 8, padding = kernels::literal_padding;

  // The distance at which bytes are expected to repeat: 1 to 8.
  explicit RunDeflate(int distance);

  // Compresses the next part, which becomes a block of the stream. The `margin` bytes before `part` are the end of the
  // part before it. The result is the stream's next bytes, valid until the next call; all bits of the last part are in
  // its result. A part that Huffman codes would not make smaller is stored.
  std::span<const std::byte> next(std::span<const std::uint8_t> part, bool last);

 private:
  void find_pieces(std::span<const std::uint8_t> part);
  void count_literals(std::span<const std::uint8_t> part);
  void put_coded(std::span<const std::uint8_t> part, bool last);
  void put_pieces(std::span<const std::uint8_t> part, const BlockCodes& codes);
  void put_stored(std::span<const std::uint8_t> part, bool last);

  std::size_t distance_;
  bool first_ = true;
  std::uint32_t adler_ = 1;
  kernels::BitEnd end_{nullptr};
  std::vector<std::uint8_t> out_;
  std::vector<std::uint64_t> changes_;
  std::vector<kernels::Piece> pieces_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace cookline
