// Numbers of 2 and 4 bytes in the headers of files, at any address.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cookline {

// Appends the `size` low bytes of a value.
inline void append_little_endian(std::vector<std::byte>& file, std::uint32_t value, int size = 4) {
  for (int i = 0; i < size; ++i) file.push_back(std::byte(value >> (8 * i)));
}

// The number of `size` bytes at a place that lies within the bytes.
inline std::uint32_t little_endian_at(std::span<const std::byte> bytes, std::size_t at, int size = 4) {
  std::uint32_t value = 0;
  for (int i = 0; i < size; ++i) value |= std::uint32_t(bytes[at + std::size_t(i)]) << (8 * i);
  return value;
}

// The same with the highest byte first.
inline std::uint32_t big_endian_at(std::span<const std::byte> bytes, std::size_t at, int size = 4) {
  std::uint32_t value = 0;
  for (int i = 0; i < size; ++i) value = value << 8 | std::uint32_t(bytes[at + std::size_t(i)]);
  return value;
}

}  // namespace cookline
