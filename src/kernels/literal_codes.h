// The inner loops of a deflate stream (RFC 1951) without a search for matches: where bytes repeat at one distance, and
// the Huffman codes of bytes written one behind the other.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace cookline::kernels {

inline constexpr std::size_t literal_padding = 64;  // bytes that may be read behind those that are coded

// Codes of the 256 bytes, first bit lowest. At most 14 bits each, so that four fit in a word with a part of a byte.
struct LiteralCodes {
  static constexpr int max_bits = 14;
  alignas(64) std::uint8_t bits[256] = {};  // length of each code
  alignas(64) std::uint8_t low[256] = {};   // its first eight bits
  alignas(64) std::uint8_t high[256] = {};  // the others
  std::uint32_t whole[256] = {};            // each code, and its length from bit 16 on
  void set(std::size_t byte, std::uint32_t code, int length) {
    low[byte] = std::uint8_t(code), high[byte] = std::uint8_t(code >> 8), bits[byte] = std::uint8_t(length);
    whole[byte] = code | std::uint32_t(length) << 16;
  }
};

// The end of a stream of bits, lowest bit of each byte first.
struct BitEnd {
  std::uint8_t* to;        // whole bytes are written up to here; eight more may be overwritten
  std::uint64_t rest = 0;  // bits behind them
  int rest_bits = 0;       // 0 to 7
};

// Appends at most 56 bits.
inline void put_bits(BitEnd& end, std::uint64_t bits, int count) {
  end.rest |= bits << end.rest_bits;
  for (int i = 0; i < 8; ++i) end.to[i] = std::uint8_t(end.rest >> (8 * i));
  end.rest_bits += count;
  end.to += end.rest_bits >> 3;
  end.rest >>= end.rest_bits & ~7;
  end.rest_bits &= 7;
}

// What stands for a match of each length, up to deflate's longest; at most 24 bits.
struct MatchCodes {
  static constexpr std::size_t longest = 258;
  std::uint32_t code[longest + 1] = {};
  std::uint8_t bits[longest + 1] = {};
};

// Bytes that are coded one by one, then a run of bytes that repeat those before them: 0, or 3 and more.
struct Piece {
  std::uint32_t literals, run;
};

// The length of the next match of a run: what remains is 0 or long enough for another one.
inline std::size_t next_match(std::size_t run) {
  constexpr std::size_t shortest = 3;
  if (run <= MatchCodes::longest) return run;
  return run < MatchCodes::longest + shortest ? run - shortest : MatchCodes::longest;
}

// Appends the codes of the bytes from `from` on, which the pieces divide; literal_padding more may be read.
BitEnd put_pieces(const LiteralCodes& codes, const MatchCodes& matches, std::span<const Piece> pieces,
                  const std::uint8_t* from, BitEnd end);

// A bit for each byte of blocks of 64, set where it differs from the byte `distance` before it, which must be readable,
// as must whole blocks. Bits of bytes from `count` on are set. `to` has a word for every block begun.
void mark_changes(const std::uint8_t* from, std::size_t count, std::size_t distance, std::uint64_t* to);

}  // namespace cookline::kernels
