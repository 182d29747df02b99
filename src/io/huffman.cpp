#include "io/huffman.h"

#include <algorithm>
#include <array>

namespace cookline {
namespace {

constexpr std::size_t max_symbols = 512;

struct Leaf {
  std::uint32_t count;
  std::uint16_t symbol;
};
using Leaves = std::span<Leaf>;

// By count, digit by digit: leaves of equal counts keep their order. Comparisons would take longer, because nobody
// could foresee them.
void sort(Leaves leaves) {
  constexpr int digit_bits = 8;
  constexpr std::uint32_t digits = 1u << digit_bits;
  std::array<Leaf, max_symbols> storage;
  std::uint32_t all = 0;
  for (const Leaf& leaf : leaves) all |= leaf.count;
  for (int shift = 0; shift < 32 && all >> shift; shift += digit_bits) {
    const auto digit = [shift](const Leaf& leaf) { return leaf.count >> shift & (digits - 1); };
    std::array<std::uint32_t, digits + 1> begins{};
    for (const Leaf& leaf : leaves) ++begins[digit(leaf) + 1];
    for (std::uint32_t i = 1; i < digits; ++i) begins[i] += begins[i - 1];
    for (const Leaf& leaf : leaves) storage[begins[digit(leaf)]++] = leaf;
    std::copy_n(storage.begin(), leaves.size(), leaves.begin());
  }
}

// How many leaves lie at each depth of the tree, for leaves sorted by count. Two queues, of leaves and of joined nodes,
// are both in order, so the two smallest nodes are always in front.
void count_depths(Leaves leaves, std::span<std::uint32_t> at_depth) {
  const std::size_t count = leaves.size();
  std::array<std::uint32_t, max_symbols> sum;     // of the joined nodes
  std::array<std::uint16_t, 2 * max_symbols> up;  // of leaves, then joined nodes: the joined node above
  std::size_t leaf = 0, node = 0;
  for (std::size_t made = 0; made + 1 < count; ++made) {
    const auto take = [&] {
      const bool from_leaves = leaf < count && (node == made || leaves[leaf].count <= sum[node]);
      up[from_leaves ? leaf : count + node] = std::uint16_t(made);
      return from_leaves ? leaves[leaf++].count : sum[node++];
    };
    const std::uint32_t first = take();
    sum[made] = first + take();
  }
  std::array<std::uint16_t, max_symbols> depth;
  depth[count - 2] = 0;
  for (std::size_t i = count - 2; i-- > 0;) depth[i] = std::uint16_t(depth[up[count + i]] + 1);
  for (std::size_t i = 0; i < count; ++i) ++at_depth[std::min<std::size_t>(depth[up[i]] + 1u, at_depth.size() - 1)];
}

// Codes that were cut to the greatest length take more room than there is: until it fits, the deepest shorter code
// becomes two of one bit more, one of them for a symbol of greatest length.
void fit(std::span<std::uint32_t> at_depth) {
  const std::size_t max_bits = at_depth.size() - 1;
  std::uint64_t room = 0;
  for (std::size_t i = 1; i <= max_bits; ++i) room += std::uint64_t(at_depth[i]) << (max_bits - i);
  for (; room > std::uint64_t(1) << max_bits; --room) {
    std::size_t i = max_bits - 1;
    while (at_depth[i] == 0) --i;
    --at_depth[i];
    at_depth[i + 1] += 2;
    --at_depth[max_bits];
  }
}

// Sixteen bits, the first one last.
std::uint32_t turned(std::uint32_t bits) {
  bits = (bits >> 1 & 0x5555) | (bits & 0x5555) << 1;
  bits = (bits >> 2 & 0x3333) | (bits & 0x3333) << 2;
  bits = (bits >> 4 & 0x0f0f) | (bits & 0x0f0f) << 4;
  return bits >> 8 | (bits & 0xff) << 8;
}

}  // namespace

void huffman_bits(std::span<const std::uint32_t> counts, int max_bits, std::span<std::uint8_t> bits) {
  std::array<Leaf, max_symbols> storage;
  std::size_t used = 0;
  for (std::size_t i = counts.size(); i-- > 0;)
    if (counts[i]) storage[used++] = {counts[i], std::uint16_t(i)};
  std::ranges::fill(bits, std::uint8_t(0));
  if (used == 1) bits[storage[0].symbol] = 1;
  if (used < 2) return;
  const Leaves leaves(storage.data(), used);
  sort(leaves);
  std::array<std::uint32_t, 16> depths{};
  const std::span at_depth(depths.data(), std::size_t(max_bits) + 1);
  count_depths(leaves, at_depth);
  fit(at_depth);
  std::size_t leaf = 0;
  for (std::size_t depth = at_depth.size(); depth-- > 1;)
    for (std::uint32_t i = 0; i < at_depth[depth]; ++i) bits[leaves[leaf++].symbol] = std::uint8_t(depth);
}

void huffman_codes(std::span<const std::uint8_t> bits, std::span<std::uint16_t> codes) {
  std::array<std::uint32_t, 16> of_length{}, next{};
  for (const std::uint8_t length : bits) ++of_length[length];
  of_length[0] = 0;
  for (std::size_t length = 1; length < next.size(); ++length)
    next[length] = (next[length - 1] + of_length[length - 1]) << 1;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    codes[i] = std::uint16_t(turned(next[bits[i]]++) >> (16 - bits[i]));
  }
}

}  // namespace cookline
