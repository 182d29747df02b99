// Blocks of a deflate stream with codes of their own (RFC 1951, 3.2.5 and 3.2.7).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/literal_codes.h"

namespace cookline::deflate {

inline constexpr std::size_t literals = 256, end_of_block = 256, symbols = 286, distance_symbols = 30;
inline constexpr std::size_t shortest = 3, longest = kernels::MatchCodes::longest, farthest = 32768;  // of matches

// How often each symbol of bytes, ends and match lengths occurs, and each of match distances.
struct Counts {
  std::array<std::uint32_t, symbols> symbol{};
  std::array<std::uint32_t, distance_symbols> distance{};

  // Lengths are 3 to 258, distances 1 to 32768.
  void add_lengths(std::size_t length, std::uint32_t count);
  void add_distances(std::size_t distance, std::uint32_t count);
};

struct Code {
  std::uint32_t bits;  // the first lowest
  int count;
};

// The Huffman codes of a block, at most 14 bits long.
class BlockCodes {
 public:
  explicit BlockCodes(const Counts& counts);

  Code symbol(std::size_t symbol) const { return {symbol_codes_[symbol], symbol_bits_[symbol]}; }
  // Of a match, with the bits that follow: at most 19 and 27 of them.
  Code length(std::size_t length) const;
  Code distance(std::size_t distance) const;

  // In bits: the codes of so many symbols, those that follow them included, without the block's header.
  std::uint64_t size(const Counts& counts) const;
  // The start of a block, which tells the codes: at most header_bytes.
  void put_header(bool last, kernels::BitEnd& end) const;
  static constexpr std::size_t header_bytes = 640;

 private:
  std::array<std::uint8_t, symbols> symbol_bits_;
  std::array<std::uint16_t, symbols> symbol_codes_;
  std::array<std::uint8_t, distance_symbols> distance_bits_;
  std::array<std::uint16_t, distance_symbols> distance_codes_;
};

inline void put(const Code& code, kernels::BitEnd& end) { kernels::put_bits(end, code.bits, code.count); }

// Fills up the last byte.
void fill_byte(kernels::BitEnd& end);
// The start of a zlib stream (RFC 1950): deflate with a window of 32 KiB, the fastest level.
void put_zlib_start(kernels::BitEnd& end);
// Its end, which tells the Adler-32 of all that was compressed.
void put_zlib_end(std::uint32_t adler, kernels::BitEnd& end);

}  // namespace cookline::deflate
