#include "kernels/literal_codes.h"

#include <algorithm>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

// Any bits of any lengths: that they are decodable is not what is tested here.
LiteralCodes random_codes(std::uint64_t seed, int shortest, int longest) {
  LiteralCodes codes;
  for (std::size_t i = 0; i < 256; ++i) {
    const int length = shortest + int(random_bits(seed, 2 * i) % std::uint64_t(longest - shortest + 1));
    codes.set(i, std::uint32_t(random_bits(seed, 2 * i + 1)) & ((1u << length) - 1), length);
  }
  return codes;
}

struct BitString {
  std::vector<bool> bits;
  void put(std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) bits.push_back(value >> i & 1);
  }
};

std::vector<std::uint8_t> random_bytes(std::uint64_t seed, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = std::uint8_t(random_bits(seed, i));
  return bytes;
}

// Bytes at most `far` from 0 (or from 256), with one in 200 that is any byte.
std::vector<std::uint8_t> bytes_near_0(std::uint64_t seed, std::size_t count, int far) {
  std::vector<std::uint8_t> bytes = random_bytes(seed, count);
  for (std::size_t i = 0; i < count; ++i)
    if (random_bits(seed + 1, i) % 200) bytes[i] = std::uint8_t(bytes[i] % (2 * far) - far);
  return bytes;
}

// Pieces that divide `count` bytes.
std::vector<Piece> random_pieces(std::uint64_t seed, std::size_t count) {
  std::vector<Piece> pieces;
  for (std::uint64_t i = 0; count > 0; ++i) {
    const std::size_t literals = std::min<std::size_t>(count, random_bits(seed, 900 + 2 * i) % 200);
    count -= literals;
    std::size_t run = std::min<std::size_t>(count, 3 + random_bits(seed, 901 + 2 * i) % 600);
    if (run < 3) run = 0;
    count -= run;
    pieces.push_back({std::uint32_t(literals), std::uint32_t(run)});
  }
  return pieces;
}

MatchCodes random_matches(std::uint64_t seed) {
  MatchCodes matches;
  for (std::size_t i = 3; i <= MatchCodes::longest; ++i) {
    matches.bits[i] = std::uint8_t(2 + random_bits(seed, i) % 23);
    matches.code[i] = std::uint32_t(random_bits(seed + 1, i)) & ((1u << matches.bits[i]) - 1);
  }
  return matches;
}

}  // namespace

TEST(literal_codes, bits_come_in_order_whatever_their_lengths) {
  constexpr int ranges[][2] = {{1, 14}, {1, 1}, {14, 14}, {3, 6}, {7, 8}};
  on_every_target([&] {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const auto& range = ranges[seed % 5];
      const LiteralCodes codes = random_codes(seed, range[0], range[1]);
      const std::size_t count = random_bits(seed, 7777) % 3000;
      const MatchCodes matches = random_matches(seed);
      const int far = seed % 3 == 0 ? 128 : seed % 3 == 1 ? 16 : 32;
      const auto bytes = bytes_near_0(seed + 1, count + literal_padding, far);
      const int before = int(seed % 23);
      std::vector<std::uint8_t> out(count * 2 + 64);
      BitString expected;
      BitEnd end{out.data()};
      put_bits(end, seed & ((1u << before) - 1), before);
      expected.put(seed, before);
      const std::vector<Piece> pieces = random_pieces(seed, count);
      end = put_pieces(codes, matches, pieces, bytes.data(), end);
      std::size_t at = 0;
      for (const Piece& piece : pieces) {
        for (const std::size_t stop = at + piece.literals; at < stop; ++at)
          expected.put(std::uint64_t(codes.low[bytes[at]] | codes.high[bytes[at]] << 8), codes.bits[bytes[at]]);
        at += piece.run;
        for (std::size_t run = piece.run; run > 0; run -= next_match(run)) {
          ASSERT_GE(next_match(run), 3u);
          ASSERT_LE(next_match(run), 258u);
          expected.put(matches.code[next_match(run)], matches.bits[next_match(run)]);
        }
      }
      ASSERT_EQ(std::size_t(end.to - out.data()) * 8 + std::size_t(end.rest_bits), expected.bits.size());
      for (std::size_t i = 0; i < expected.bits.size(); ++i) {
        const std::size_t whole = std::size_t(end.to - out.data());
        const std::uint64_t from = i / 8 < whole ? out[i / 8] : end.rest;
        ASSERT_EQ(bool(from >> i % 8 & 1), expected.bits[i]) << "bit " << i << " of " << count << " bytes";
      }
    }
  });
}

TEST(literal_codes, changes_are_marked_byte_by_byte) {
  on_every_target([] {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const std::size_t count = 1 + random_bits(seed, 1) % 400, distance = 1 + seed % 8;
      auto bytes = random_bytes(seed, 8 + (count + 63) / 64 * 64);
      for (auto& byte : bytes) byte &= 1;
      std::vector<std::uint64_t> marks((count + 63) / 64);
      mark_changes(bytes.data() + 8, count, distance, marks.data());
      for (std::size_t i = 0; i < marks.size() * 64; ++i)
        ASSERT_EQ(bool(marks[i / 64] >> i % 64 & 1), i >= count || bytes[8 + i] != bytes[8 + i - distance])
            << i << " of " << count << " at distance " << distance;
    }
  });
}

}  // namespace cookline::kernels
