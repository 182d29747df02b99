// Counter-based random numbers: the n-th number of a stream is a pure function of (seed, n), so order and thread
// count cannot change it.
#pragma once
#include <cstdint>

namespace cookline {

// SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijective mix of 64 bits.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// The counter-th number of the stream `seed`, 64 uniform bits.
constexpr std::uint64_t random_bits(std::uint64_t seed, std::uint64_t counter) {
  return mix64(mix64(seed) ^ (counter * 0xd1342543de82ef95u + 1));
}

// The same as a double in [0, 1), 53 bits.
constexpr double random_unit(std::uint64_t seed, std::uint64_t counter) {
  return double(random_bits(seed, counter) >> 11) * 0x1p-53;
}

}  // namespace cookline
