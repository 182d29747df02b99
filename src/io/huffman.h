// Prefix codes of least total length for given counts (D. A. Huffman, 1952), in the canonical form of deflate (RFC
// 1951, 3.2.2).
#pragma once
#include <cstdint>
#include <span>

namespace cookline {

// The number of bits of each symbol's code, at most `max_bits`; 0 for symbols that do not occur. A lone symbol has one
// bit. Equal counts give equal results, in the order of the symbols.
// Ranges: at most 512 symbols, of which no more than 2^max_bits occur; the counts' sum is below 2^32.
void huffman_bits(std::span<const std::uint32_t> counts, int max_bits, std::span<std::uint8_t> bits);

// The codes for those lengths (at most 15), first bit lowest.
void huffman_codes(std::span<const std::uint8_t> bits, std::span<std::uint16_t> codes);

}  // namespace cookline
