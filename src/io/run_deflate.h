// A compressor for filtered rows of pixels: Huffman codes from sampled counts and runs of pixels that are as the one
// before or one near it in the row above, without the search for other matches that most of deflate's time goes into.
// Makes a zlib stream (RFC 1950, 1951) part by part.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/pixel_memory.h"
#include "io/deflate_block.h"
#include "kernels/literal_codes.h"

namespace cookline {

class RunDeflate {
 public:
  static constexpr std::size_t padding = kernels::literal_padding;  // readable bytes behind each part

  // A pixel has 1 to 8 bytes; a row has a byte, which tells its filter, and its pixels.
  RunDeflate(std::size_t pixel_bytes, std::size_t row_bytes);
  // So many bytes before each part must be readable, and be the end of what was before it in the stream.
  std::size_t margin() const { return margin_; }

  // Compresses the next part, whole rows, which becomes a block of the stream. The result is the stream's next bytes,
  // valid until the next call; all bits of the last part are in its result. A part that Huffman codes would not make
  // smaller is stored.
  std::span<const std::byte> next(std::span<const std::uint8_t> part, bool last);

 private:
  // A row as it is searched for runs, from its first pixel to its last.
  struct Row {
    std::size_t pixels = 0, groups = 0;  // where they begin in the part, and how many there are
    std::size_t words = 0;
    // Bits of the groups: for each distance, what is the same so far before; where a long run begins.
    std::vector<std::uint64_t> same, begins;
    std::vector<kernels::Run> runs;  // from the first, as many as fit in a row
  };
  void mark(Row& row, std::span<const std::uint8_t> part, std::size_t at);
  template <std::size_t distances>
  void find_in_rows(std::span<const std::uint8_t> part);
  void find_runs(std::span<const std::uint8_t> part);
  void count_literals(std::span<const std::uint8_t> part);
  void put_coded(std::span<const std::uint8_t> part, bool last);
  void put_bytes(std::span<const std::uint8_t> part, const deflate::BlockCodes& codes);
  void put_stored(std::span<const std::uint8_t> part, bool last);

  std::size_t row_bytes_, group_bytes_;  // of what is compared: a pixel, or a byte where no register holds pixels
  std::size_t least_run_;                // in bytes, in the part at hand
  std::vector<std::uint32_t> distances_;
  std::size_t margin_ = 0;
  std::size_t seen_ = 0;  // bytes of the stream in the parts before
  std::uint32_t adler_ = 1;
  kernels::BitEnd end_{nullptr};
  PixelMemory out_;
  std::array<Row, 2> rows_;
  std::vector<kernels::Run> runs_;
  // How many matches have each length and each distance.
  std::array<std::uint32_t, kernels::MatchCodes::longest + 1> lengths_;
  std::array<std::uint32_t, kernels::most_distances> used_;
  deflate::Counts counts_;
};

}  // namespace cookline
