#include "io/deflate_block.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "io/huffman.h"

namespace cookline::deflate {
namespace {

constexpr std::size_t first_length_symbol = 257;
constexpr int max_bits = kernels::LiteralCodes::max_bits;

// The symbol of a match length or distance, and the bits that follow it.
struct Suffixed {
  std::uint16_t symbol;
  std::uint8_t bits;
  std::uint16_t value;
};

constexpr std::array<Suffixed, longest + 1> length_symbols = [] {
  std::array<Suffixed, longest + 1> table{};
  std::uint16_t symbol = first_length_symbol;
  for (std::size_t length = shortest; length < longest; ++symbol) {
    const int group = (symbol - int(first_length_symbol)) / 4;
    const auto bits = std::uint8_t(std::max(0, group - 1));
    for (std::uint16_t value = 0; value < 1u << bits && length < longest; ++value)
      table[length++] = {symbol, bits, value};
  }
  table[longest] = {std::uint16_t(symbols - 1), 0, 0};
  return table;
}();

Suffixed distance_symbol(std::size_t distance) {
  if (distance <= 4) return {std::uint16_t(distance - 1), 0, 0};
  const int bits = int(std::bit_width(distance - 1)) - 2;
  return {std::uint16_t(2 * bits + int((distance - 1) >> bits)), std::uint8_t(bits),
          std::uint16_t((distance - 1) & ((1u << bits) - 1))};
}

// Lengths of codes as deflate tells them: a length, or 16 to 18 for repetitions, whose count follows in some bits.
struct CodeLength {
  std::uint8_t symbol, bits, value;
};

constexpr std::size_t code_length_symbols = 19;
constexpr std::array<std::uint8_t, code_length_symbols> code_length_order = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                             11, 4,  12, 3, 13, 2, 14, 1, 15};

std::vector<CodeLength> told_lengths(std::span<const std::uint8_t> lengths) {
  std::vector<CodeLength> told;
  for (std::size_t i = 0; i < lengths.size();) {
    std::size_t same = 1;
    while (i + same < lengths.size() && lengths[i + same] == lengths[i]) ++same;
    if (lengths[i] == 0 && same >= 3) {
      same = std::min<std::size_t>(same, 138);
      told.push_back(same <= 10 ? CodeLength{17, 3, std::uint8_t(same - 3)}
                                : CodeLength{18, 7, std::uint8_t(same - 11)});
    } else if (i > 0 && lengths[i] == lengths[i - 1] && same >= 3) {
      same = std::min<std::size_t>(same, 6);
      told.push_back({16, 2, std::uint8_t(same - 3)});
    } else {
      same = 1;
      told.push_back({lengths[i], 0, 0});
    }
    i += same;
  }
  return told;
}

Code joined(Code code, const Suffixed& suffix) {
  return {code.bits | std::uint32_t(suffix.value) << code.count, code.count + suffix.bits};
}

}  // namespace

void Counts::add_lengths(std::size_t length, std::uint32_t count) { symbol[length_symbols[length].symbol] += count; }

void Counts::add_distances(std::size_t match_distance, std::uint32_t count) {
  distance[distance_symbol(match_distance).symbol] += count;
}

BlockCodes::BlockCodes(const Counts& counts) {
  huffman_bits(counts.symbol, max_bits, symbol_bits_);
  huffman_codes(symbol_bits_, symbol_codes_);
  huffman_bits(counts.distance, max_bits, distance_bits_);
  huffman_codes(distance_bits_, distance_codes_);
}

Code BlockCodes::length(std::size_t length) const {
  const Suffixed& match = length_symbols[length];
  return joined(symbol(match.symbol), match);
}

Code BlockCodes::distance(std::size_t distance) const {
  const Suffixed match = distance_symbol(distance);
  return joined({distance_codes_[match.symbol], distance_bits_[match.symbol]}, match);
}

std::uint64_t BlockCodes::size(const Counts& counts) const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < symbols; ++i) {
    const std::size_t group = i >= first_length_symbol && i + 1 < symbols ? (i - first_length_symbol) / 4 : 0;
    sum += std::uint64_t(counts.symbol[i]) * (symbol_bits_[i] + (group ? group - 1 : 0));
  }
  for (std::size_t i = 0; i < distance_symbols; ++i)
    sum += std::uint64_t(counts.distance[i]) * (distance_bits_[i] + (i < 4 ? 0 : i / 2 - 1));
  return sum;
}

void BlockCodes::put_header(bool last, kernels::BitEnd& end) const {
  std::array<std::uint8_t, symbols + distance_symbols> lengths{};
  std::ranges::copy(symbol_bits_, lengths.begin());
  std::ranges::copy(distance_bits_, lengths.begin() + symbols);
  std::size_t distances = distance_symbols;
  while (distances > 1 && distance_bits_[distances - 1] == 0) --distances;
  const std::vector<CodeLength> told = told_lengths(std::span(lengths).first(symbols + distances));
  std::array<std::uint32_t, code_length_symbols> counts{};
  for (const CodeLength& length : told) ++counts[length.symbol];
  std::array<std::uint8_t, code_length_symbols> bits;
  std::array<std::uint16_t, code_length_symbols> bit_codes;
  huffman_bits(counts, 7, bits);
  huffman_codes(bits, bit_codes);
  std::size_t kept = code_length_symbols;
  while (kept > 4 && bits[code_length_order[kept - 1]] == 0) --kept;
  put_bits(end, last | 2 << 1, 3);
  put_bits(end, (symbols - first_length_symbol) | (distances - 1) << 5 | (kept - 4) << 10, 14);
  for (std::size_t i = 0; i < kept; ++i) put_bits(end, bits[code_length_order[i]], 3);
  for (const CodeLength& length : told) {
    put_bits(end, bit_codes[length.symbol], bits[length.symbol]);
    put_bits(end, length.value, length.bits);
  }
}

void fill_byte(kernels::BitEnd& end) {
  if (end.rest_bits) put_bits(end, 0, 8 - end.rest_bits);
}

void put_zlib_start(kernels::BitEnd& end) { put_bits(end, 0x0178, 16); }

void put_zlib_end(std::uint32_t adler, kernels::BitEnd& end) {
  fill_byte(end);
  for (int shift = 24; shift >= 0; shift -= 8) put_bits(end, adler >> shift & 255, 8);
}

}  // namespace cookline::deflate
