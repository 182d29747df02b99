#include "io/huffman.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <queue>
#include <vector>

#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace {

// Total bits of an unlimited Huffman code: the sum of all joined counts.
std::uint64_t least_total(const std::vector<std::uint32_t>& counts) {
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> queue;
  for (const std::uint32_t count : counts)
    if (count) queue.push(count);
  std::uint64_t total = queue.size() == 1 ? queue.top() : 0;
  while (queue.size() > 1) {
    const std::uint64_t first = queue.top();
    queue.pop();
    const std::uint64_t both = first + queue.top();
    queue.pop();
    queue.push(both);
    total += both;
  }
  return total;
}

std::vector<std::uint32_t> random_counts(std::uint64_t seed) {
  std::vector<std::uint32_t> counts(std::size_t(random_int(seed, 0, 1, 300)));
  const int spread = random_int(seed, 1, 1, 18);
  for (std::size_t i = 0; i < counts.size(); ++i)
    counts[i] = std::uint32_t(random_bits(seed, 2 * i + 2) & ((1u << random_int(seed, 2 * i + 3, 0, spread)) - 1));
  return counts;
}

// In units of the longest code: exactly full unless there are fewer than two symbols.
std::uint64_t room(std::span<const std::uint8_t> bits, int max_bits) {
  std::uint64_t sum = 0;
  for (const std::uint8_t length : bits) sum += length ? std::uint64_t(1) << (max_bits - length) : 0;
  return sum;
}

}  // namespace

TEST(huffman, codes_are_complete_limited_and_as_short_as_they_can_be) {
  int limited = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const auto counts = random_counts(seed);
    for (const int max_bits : {9, 12, 15}) {
      std::vector<std::uint8_t> bits(counts.size());
      huffman_bits(counts, max_bits, bits);
      std::uint64_t total = 0;
      std::size_t used = 0;
      for (std::size_t i = 0; i < counts.size(); ++i) {
        ASSERT_EQ(bits[i] > 0, counts[i] > 0);
        ASSERT_LE(bits[i], max_bits);
        total += std::uint64_t(bits[i]) * counts[i];
        used += counts[i] > 0;
      }
      if (used > 1) {
        ASSERT_EQ(room(bits, max_bits), std::uint64_t(1) << max_bits);
      }
      const std::uint64_t least = least_total(counts);
      ASSERT_GE(total, least);
      if (*std::ranges::max_element(bits) < max_bits) {
        ASSERT_EQ(total, least);
      }
      limited += total > least;
      if (max_bits == 15) {
        ASSERT_LE(double(total), double(least) * 1.01);
      }
    }
  }
  EXPECT_GT(limited, 50);
}

TEST(huffman, codes_are_canonical_and_none_begins_another) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto counts = random_counts(seed);
    std::vector<std::uint8_t> bits(counts.size());
    std::vector<std::uint16_t> codes(counts.size());
    huffman_bits(counts, 12, bits);
    huffman_codes(bits, codes);
    for (std::size_t i = 0; i < codes.size(); ++i)
      for (std::size_t k = 0; k < codes.size(); ++k)
        if (i != k && bits[i] && bits[k] >= bits[i]) {
          ASSERT_NE(codes[k] & ((1 << bits[i]) - 1), codes[i]);
        }
  }
  // The example of RFC 1951, 3.2.2: lengths of A to H, codes turned round.
  const std::vector<std::uint8_t> bits = {3, 3, 3, 3, 3, 2, 4, 4};
  std::vector<std::uint16_t> codes(8);
  huffman_codes(bits, codes);
  EXPECT_EQ(codes, (std::vector<std::uint16_t>{0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111}));
}

}  // namespace cookline
