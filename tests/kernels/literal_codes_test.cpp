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

// Runs in `count` bytes, some of them side by side.
std::vector<Run> random_runs(std::uint64_t seed, std::size_t count) {
  std::vector<Run> runs;
  std::size_t at = 0;
  for (std::uint64_t i = 0;; ++i) {
    at += random_bits(seed, 900 + 2 * i) % (i % 3 ? 200 : 2);
    const std::size_t length = 3 + random_bits(seed, 901 + 2 * i) % 600;
    if (at + length > count) return runs;
    const auto distance = std::uint32_t(random_bits(seed, 5000 + i) % most_distances);
    runs.push_back({std::uint32_t(at), std::uint32_t(length), distance});
    at += length;
  }
}

MatchCodes random_matches(std::uint64_t seed) {
  MatchCodes matches;
  const auto bits = [&](std::size_t i, int most) {
    return std::uint8_t(1 + random_bits(seed, i) % std::uint64_t(most));
  };
  const auto code = [&](std::size_t i, int length) {
    return std::uint32_t(random_bits(seed + 1, i)) & ((1u << length) - 1);
  };
  for (std::size_t i = 3; i <= MatchCodes::longest; ++i)
    matches.length_bits[i] = bits(i, 20), matches.length[i] = code(i, matches.length_bits[i]);
  for (std::size_t k = 0; k < most_distances; ++k)
    matches.distance_bits[k] = bits(900 + k, 28), matches.distance[k] = code(900 + k, matches.distance_bits[k]);
  return matches;
}

}  // namespace

TEST(literal_codes, bits_come_in_order_whatever_their_lengths) {
  constexpr int ranges[][2] = {{1, 14}, {1, 1}, {14, 14}, {3, 6}, {7, 8}, {2, 5}};
  on_every_target([&] {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const auto& range = ranges[seed % std::size(ranges)];
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
      const auto runs = random_runs(seed, count);
      end = put_bytes(codes, matches, std::span(bytes).first(count), runs, end);
      std::size_t at = 0;
      const auto expect_literals = [&](std::size_t stop) {
        for (; at < stop; ++at)
          expected.put(std::uint64_t(codes.low[bytes[at]] | codes.high[bytes[at]] << 8), codes.bits[bytes[at]]);
      };
      for (const auto& run : runs) {
        expect_literals(run.begin);
        at += run.length;
        for (std::size_t rest = run.length; rest > 0; rest -= next_match(rest)) {
          ASSERT_GE(next_match(rest), 3u);
          ASSERT_LE(next_match(rest), 258u);
          expected.put(matches.length[next_match(rest)], matches.length_bits[next_match(rest)]);
          expected.put(matches.distance[run.distance], matches.distance_bits[run.distance]);
        }
      }
      expect_literals(count);
      ASSERT_EQ(std::size_t(end.to - out.data()) * 8 + std::size_t(end.rest_bits), expected.bits.size());
      for (std::size_t i = 0; i < expected.bits.size(); ++i) {
        const std::size_t whole = std::size_t(end.to - out.data());
        const std::uint64_t from = i / 8 < whole ? out[i / 8] : end.rest;
        ASSERT_EQ(bool(from >> i % 8 & 1), expected.bits[i]) << "bit " << i << " of " << count << " bytes";
      }
    }
  });
}

TEST(literal_codes, what_is_the_same_is_marked_for_each_distance) {
  on_every_target([] {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const std::size_t count = 1 + random_bits(seed, 1) % 400, group = std::size_t(1) << seed % 4, before = 900;
      auto bytes = random_bytes(seed, before + count * group + literal_padding);
      for (auto& byte : bytes) byte = byte % 8 == 0;
      std::vector<std::uint32_t> distances;
      for (std::size_t k = 0; k <= seed % most_distances; ++k)
        distances.push_back(1 + std::uint32_t(random_bits(seed, 20 + k) % before));
      const std::size_t words = same_words(count);
      std::vector<std::uint64_t> marks(words * distances.size(), ~std::uint64_t(0));
      mark_same(bytes.data() + before, count, group, distances, marks.data());
      for (std::size_t i = 0; i < marks.size() * 64; ++i) {
        const std::size_t place = i % (words * 64);
        const auto at = bytes.begin() + std::ptrdiff_t(before + std::min(place, count) * group);
        const bool same = place < count && std::equal(at, at + std::ptrdiff_t(group), at - distances[i / (words * 64)]);
        ASSERT_EQ(bool(marks[i / 64] >> i % 64 & 1), same) << place << " of " << count << " groups of " << group;
      }
    }
  });
}

TEST(literal_codes, runs_begin_where_enough_groups_are_the_same) {
  on_every_target([] {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const std::size_t count = 1 + random_bits(seed, 1) % 900, least = 1 + random_bits(seed, 2) % 64;
      const std::size_t words = same_words(count);
      std::vector<std::uint64_t> same(words), begins(words);
      for (std::size_t i = 0; i < count; ++i)
        if (random_bits(seed, 100 + i) % (1 + 2 * least)) same[i / 64] |= std::uint64_t(1) << i % 64;
      begins[0] = seed & 1;
      add_runs(same.data(), words, least, begins.data());
      std::size_t run = 0;
      for (std::size_t i = count; i-- > 0;) {
        run = same[i / 64] >> i % 64 & 1 ? run + 1 : 0;
        ASSERT_EQ(bool(begins[i / 64] >> i % 64 & 1), run >= least || (i == 0 && (seed & 1)))
            << i << " of " << count << ", at least " << least;
      }
    }
  });
}

}  // namespace cookline::kernels
