#include "io/run_deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "io/huffman.h"

namespace cookline {
namespace {

constexpr std::size_t literal_symbols = 256, end_of_block = 256, first_length_symbol = 257, symbols = 286;
constexpr std::size_t min_run = 16;  // shorter ones save few bits and cost time
constexpr std::size_t min_match = 3, max_match = kernels::MatchCodes::longest;
constexpr std::size_t block = 64;          // of bytes whose changes one word holds
constexpr std::size_t counted = 1 << 14;   // bytes whose values tell those of a part
constexpr std::size_t most_sampling = 16;  // one block in so many is counted at least
constexpr std::size_t max_stored = 65535;

// The symbol of a match length or distance, and the bits that follow it (3.2.5 of RFC 1951).
struct Suffixed {
  std::uint16_t symbol;
  std::uint8_t bits;
  std::uint16_t value;
};

constexpr std::array<Suffixed, max_match + 1> length_symbols = [] {
  std::array<Suffixed, max_match + 1> table{};
  std::uint16_t symbol = first_length_symbol;
  for (std::size_t length = min_match; length < max_match; ++symbol) {
    const int group = (symbol - int(first_length_symbol)) / 4;
    const auto bits = std::uint8_t(std::max(0, group - 1));
    for (std::uint16_t value = 0; value < 1u << bits && length < max_match; ++value)
      table[length++] = {symbol, bits, value};
  }
  table[max_match] = {std::uint16_t(symbols - 1), 0, 0};
  return table;
}();

constexpr std::array<Suffixed, 9> distance_symbols = {
    {{}, {0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {4, 1, 0}, {4, 1, 1}, {5, 1, 0}, {5, 1, 1}}};

// Calls use(length) for each match of a run.
template <class Use>
void for_matches(std::size_t run, const Use& use) {
  while (run > 0) {
    const std::size_t length = kernels::next_match(run);
    use(length);
    run -= length;
  }
}

}  // namespace

// The Huffman codes of one block, and how they are told at its start.
struct BlockCodes {
  std::array<std::uint8_t, symbols> bits;
  std::array<std::uint16_t, symbols> codes;

  explicit BlockCodes(std::span<const std::uint32_t> counts) {
    huffman_bits(counts, kernels::LiteralCodes::max_bits, bits);
    huffman_codes(bits, codes);
  }

  void put(std::size_t symbol, kernels::BitEnd& end) const { put_bits(end, codes[symbol], bits[symbol]); }

  // In bits, those after length symbols included.
  std::uint64_t size(std::span<const std::uint32_t> counts) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < symbols; ++i) {
      const std::size_t group = i >= first_length_symbol && i + 1 < symbols ? (i - first_length_symbol) / 4 : 0;
      sum += std::uint64_t(counts[i]) * (bits[i] + (group ? group - 1 : 0));
    }
    return sum;
  }
};

namespace {

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

// The start of a block with codes of its own (3.2.7), with one distance of one bit.
void put_header(const BlockCodes& codes, std::size_t distance_symbol, bool last, kernels::BitEnd& end) {
  std::array<std::uint8_t, symbols + 6> lengths{};
  std::ranges::copy(codes.bits, lengths.begin());
  lengths[symbols + distance_symbol] = 1;
  const std::size_t distances = distance_symbol + 1;
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
  put_bits(end, (symbols - 257) | (distances - 1) << 5 | (kept - 4) << 10, 14);
  for (std::size_t i = 0; i < kept; ++i) put_bits(end, bits[code_length_order[i]], 3);
  for (const CodeLength& length : told) {
    put_bits(end, bit_codes[length.symbol], bits[length.symbol]);
    put_bits(end, length.value, length.bits);
  }
}

void fill_byte(kernels::BitEnd& end) {
  if (end.rest_bits) put_bits(end, 0, 8 - end.rest_bits);
}

// Zeros in groups of min_run or more: bit p is set where bits p to p + min_run - 1 of `changes` are not.
std::uint64_t run_starts(std::uint64_t changes) {
  std::uint64_t same = ~changes;
  std::size_t long_enough = 1;
  for (; long_enough * 2 <= min_run; long_enough *= 2) same &= same >> long_enough;
  return same & same >> (min_run - long_enough);
}

}  // namespace

RunDeflate::RunDeflate(int distance) : distance_(std::size_t(distance)), counts_(symbols) {}

void RunDeflate::find_pieces(std::span<const std::uint8_t> part) {
  changes_.resize((part.size() + block - 1) / block);
  kernels::mark_changes(part.data(), part.size(), distance_, changes_.data());
  // Nothing lies before the stream.
  if (first_) changes_[0] |= (std::uint64_t(1) << distance_) - 1;
  pieces_.clear();
  std::size_t done = 0;     // where the last piece ends
  std::size_t pending = 0;  // bytes before the block at hand that repeat
  const auto end_run = [&](std::size_t at, std::size_t run) {
    if (run < min_run) return;
    pieces_.push_back({std::uint32_t(at - run - done), std::uint32_t(run)});
    done = at;
  };
  for (std::size_t b = 0; b < changes_.size(); ++b) {
    const std::uint64_t changes = changes_[b];
    const std::size_t at = b * block;
    if (changes == 0) {
      pending += block;
      continue;
    }
    const auto head = std::size_t(std::countr_zero(changes)), tail = std::size_t(std::countl_zero(changes));
    end_run(at + head, pending + head);
    // Runs inside the block.
    std::uint64_t rest = head + tail >= block - min_run ? 0 : run_starts(changes) >> head << head;
    rest = tail ? rest & ((std::uint64_t(1) << (block - tail)) - 1) : rest;
    while (rest) {
      const int start = std::countr_zero(rest);
      const int length = std::countr_zero(changes >> start);
      end_run(at + std::size_t(start + length), std::size_t(length));
      rest = rest >> (start + length) << (start + length);
    }
    pending = tail;
  }
  end_run(part.size(), pending);
  pieces_.push_back({std::uint32_t(part.size() - done), 0});
}

void RunDeflate::count_literals(std::span<const std::uint8_t> part) {
  std::size_t literals = 0;
  for (const kernels::Piece& piece : pieces_) literals += piece.literals;
  const std::size_t step = std::clamp<std::size_t>(literals / counted, 1, most_sampling);
  // Several tables: equal neighbours need not wait for each other.
  std::array<std::array<std::uint32_t, literal_symbols>, 4> seen{};
  std::size_t at = 0;
  for (const kernels::Piece& piece : pieces_) {
    const std::size_t end = at + piece.literals;
    while (at < end) {
      const std::size_t stop = std::min(end, (at / block + 1) * block);
      if (at / block % step == 0)
        for (; at < stop; ++at) ++seen[at & 3][part[at]];
      at = stop;
    }
    at = end + piece.run;
  }
  for (std::size_t i = 0; i < literal_symbols; ++i)
    counts_[i] = (seen[0][i] + seen[1][i] + seen[2][i] + seen[3][i]) * std::uint32_t(step) + (step > 1);
}

void RunDeflate::put_pieces(std::span<const std::uint8_t> part, const BlockCodes& codes) {
  kernels::LiteralCodes literals;
  for (std::size_t i = 0; i < literal_symbols; ++i) literals.set(i, codes.codes[i], codes.bits[i]);
  const Suffixed distance = distance_symbols[distance_];
  kernels::MatchCodes matches;
  for (std::size_t length = min_match; length <= max_match; ++length) {
    const Suffixed& match = length_symbols[length];
    // The code of the only distance is one bit, 0.
    const int match_bits = codes.bits[match.symbol], all = match_bits + match.bits;
    matches.code[length] =
        std::uint32_t(codes.codes[match.symbol] | match.value << match_bits | distance.value << (all + 1));
    matches.bits[length] = std::uint8_t(all + 1 + distance.bits);
  }
  end_ = kernels::put_pieces(literals, matches, pieces_, part.data(), end_);
  codes.put(end_of_block, end_);
}

void RunDeflate::put_stored(std::span<const std::uint8_t> part, bool last) {
  do {
    const std::size_t size = std::min(part.size(), max_stored);
    put_bits(end_, last && size == part.size(), 3);
    fill_byte(end_);
    put_bits(end_, size | (~size & 0xffff) << 16, 32);
    std::memcpy(end_.to, part.data(), size);
    end_.to += size;
    part = part.subspan(size);
  } while (!part.empty());
}

void RunDeflate::put_coded(std::span<const std::uint8_t> part, bool last) {
  std::ranges::fill(counts_, 0u);
  counts_[end_of_block] = 1;
  find_pieces(part);
  std::uint64_t distance_bits = 0;
  for (const kernels::Piece& piece : pieces_)
    for_matches(piece.run, [&](std::size_t length) {
      ++counts_[length_symbols[length].symbol];
      distance_bits += 1u + distance_symbols[distance_].bits;
    });
  count_literals(part);
  const kernels::BitEnd start = end_;
  const BlockCodes codes(counts_);
  const std::uint64_t stored_bits = part.size() * 8;
  if (codes.size(counts_) + distance_bits < stored_bits) {
    put_header(codes, distance_symbols[distance_].symbol, last, end_);
    put_pieces(part, codes);
    if (std::uint64_t(end_.to - start.to) * 8 <= stored_bits) return;
    end_ = start;
  }
  put_stored(part, last);
}

std::span<const std::byte> RunDeflate::next(std::span<const std::uint8_t> part, bool last) {
  // A Huffman code has at most 14 bits, and every stored block needs five bytes more than it holds.
  const std::size_t needed = part.size() * 2 + part.size() / max_stored * 5 + 4096;
  if (out_.size() < needed) out_.resize(needed);
  end_.to = out_.data();
  if (first_) put_bits(end_, 0x0178, 16);  // deflate with a window of 32 KiB, the fastest level
  adler_ = libdeflate_adler32(adler_, part.data(), part.size());
  put_coded(part, last);
  first_ = false;
  if (last) {
    fill_byte(end_);
    for (int shift = 24; shift >= 0; shift -= 8) put_bits(end_, adler_ >> shift & 255, 8);
  }
  return std::as_bytes(std::span(out_.data(), end_.to));
}

}  // namespace cookline
