// The inner loops of a deflate stream (RFC 1951) without a search for matches: where pixels repeat at a few distances,
// and the Huffman codes of bytes written one behind the other.
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
  std::uint16_t whole[256] = {};
  void set(std::size_t byte, std::uint32_t code, int length) {
    low[byte] = std::uint8_t(code), high[byte] = std::uint8_t(code >> 8), bits[byte] = std::uint8_t(length);
    whole[byte] = std::uint16_t(code);
  }
};

// The end of a stream of bits, lowest bit of each byte first.
struct BitEnd {
  std::uint8_t* to;             // whole bytes are written up to here; eight more may be overwritten
  std::uint64_t rest = 0;       // bits behind them
  std::uint64_t rest_bits = 0;  // 0 to 7
};

// Appends at most 56 bits.
inline void put_bits(BitEnd& end, std::uint64_t bits, std::uint64_t count) {
  end.rest |= bits << end.rest_bits;
  for (int i = 0; i < 8; ++i) end.to[i] = std::uint8_t(end.rest >> (8 * i));
  const std::uint64_t all = end.rest_bits + count;
  end.to += all >> 3;
  end.rest >>= all & 56;
  end.rest_bits = all & 7;
}

// The distances at which bytes may repeat.
inline constexpr std::size_t most_distances = 5;

// What stands for a match: the code of its length, up to deflate's longest, then that of its distance; at most 20 and
// 28 bits, those that follow codes included.
struct MatchCodes {
  static constexpr std::size_t longest = 258;
  std::uint32_t length[longest + 1] = {};
  std::uint8_t length_bits[longest + 1] = {};
  std::uint32_t distance[most_distances] = {};
  std::uint8_t distance_bits[most_distances] = {};
};

// Bytes that repeat those at a distance before them: 3 and more.
struct Run {
  std::uint32_t begin, length;
  std::uint32_t distance;  // which one
};

// The length of the next match of a run: what remains is 0 or long enough for another one.
inline std::size_t next_match(std::size_t run) {
  constexpr std::size_t shortest = 3;
  if (run <= MatchCodes::longest) return run;
  return run < MatchCodes::longest + shortest ? run - shortest : MatchCodes::longest;
}

// Appends the runs, which are in order, as matches, and the codes of the bytes between them; literal_padding more may
// be read.
BitEnd put_bytes(const LiteralCodes& codes, const MatchCodes& matches, std::span<const std::uint8_t> bytes,
                 std::span<const Run> runs, BitEnd end);

// Words that hold a bit for each of `count` groups of bytes, with one more, which is 0.
inline std::size_t same_words(std::size_t count) { return (count + 63) / 64 + 1; }

// For each distance words of bits, one for each of `count` groups of 1, 2, 4 or 8 bytes, set where it is the same as
// the bytes so many before it. The words of a distance follow those of the one before. Up to literal_padding bytes
// behind `from` may be read, as far before as the distances are.
void mark_same(const std::uint8_t* from, std::size_t count, std::size_t group_bytes,
               std::span<const std::uint32_t> distances, std::uint64_t* to);

// Sets a bit where `least` groups, 1 to 64, are the same from that one on; others stay as they are.
void add_runs(const std::uint64_t* same, std::size_t words, std::size_t least, std::uint64_t* to);

}  // namespace cookline::kernels
