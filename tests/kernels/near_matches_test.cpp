#include "kernels/near_matches.h"

#include <algorithm>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Few values, so that there are matches of all lengths, and stretches that repeat what was a while before.
Bytes repetitive(std::uint64_t seed, std::size_t count) {
  Bytes bytes;
  for (std::uint64_t i = 0; bytes.size() < count; ++i) {
    const auto size = std::size_t(1 + random_bits(seed, 3 * i) % 90), back = 1 + random_bits(seed, 3 * i + 1) % 1500;
    const bool repeats = bytes.size() > back && random_bits(seed, 3 * i + 2) % 2;
    for (std::size_t k = 0; k < size; ++k)
      bytes.push_back(repeats ? bytes[bytes.size() - back] : std::uint8_t(random_bits(seed + 1, bytes.size()) % 3));
  }
  bytes.resize(count);
  return bytes;
}

// Place by place and byte by byte.
NearFound slow_search(const Bytes& bytes, std::size_t begin, std::size_t end, const NearPlaces& places,
                      std::span<NearMatch> to) {
  NearFound found{0, begin};
  std::uint32_t literals = 0;
  while (found.end < end && found.matches < to.size()) {
    std::size_t length = 0, distance = 0;
    for (const std::size_t farthest : places.farthest)
      for (std::size_t lane = near_window_lanes; lane-- > 0 && farthest <= found.end;) {
        const std::size_t there = farthest - lane * places.lane_bytes;
        std::size_t same = 0;
        while (same < most_near_match && found.end + same < bytes.size() &&
               bytes[found.end + same] == bytes[found.end + same - there])
          ++same;
        if (same > length) length = same, distance = there;
      }
    if (length < least_near_match) {
      ++found.end, ++literals;
      continue;
    }
    to[found.matches++] = {literals, std::uint16_t(length), std::uint16_t(distance)};
    found.end += length, literals = 0;
  }
  return found;
}

}  // namespace

TEST(near_matches, the_longest_and_of_those_the_nearest_is_found_on_every_instruction_set) {
  for (const std::size_t lane : {1, 2, 4})
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      // Exactly as long as it must be so that a sanitizer sees an access beyond.
      const Bytes bytes = repetitive(seed, 1 + random_bits(seed, 0) % 6000);
      const auto window = std::uint32_t(near_window_lanes * lane);
      const std::vector<std::uint32_t> farthest = {window, 2 * window + std::uint32_t(seed), 3 * window + 200, 1700};
      const NearPlaces places{lane, farthest};
      const std::size_t begin = bytes.size() * (seed % 3) / 5, end = seed % 2 ? bytes.size() : bytes.size() * 3 / 4;
      std::vector<NearMatch> expected(seed % 5 ? 2000 : 3), got(expected.size());
      const NearFound slow = slow_search(bytes, begin, end, places, expected);
      on_every_target([&] {
        const NearFound found = find_near(bytes, begin, end, places, got);
        ASSERT_EQ(found.matches, slow.matches) << lane << " seed " << seed;
        ASSERT_EQ(found.end, slow.end) << lane << " seed " << seed;
        for (std::size_t i = 0; i < found.matches; ++i) {
          ASSERT_EQ(got[i].literals, expected[i].literals) << lane << " seed " << seed << " match " << i;
          ASSERT_EQ(got[i].length, expected[i].length) << lane << " seed " << seed << " match " << i;
          ASSERT_EQ(got[i].distance, expected[i].distance) << lane << " seed " << seed << " match " << i;
        }
      });
    }
}

TEST(near_matches, nothing_is_found_in_less_than_a_window) {
  const Bytes zeros(64);
  const std::vector<std::uint32_t> farthest = {64};
  NearMatch match;
  const NearFound found = find_near(zeros, 0, zeros.size(), {1, farthest}, {&match, 1});
  EXPECT_EQ(found.matches, 0u);
  EXPECT_EQ(found.end, zeros.size());
}

}  // namespace cookline::kernels
