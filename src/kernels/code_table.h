// Look-up of 8-bit pixels in a table for each channel: what any separable adjustment of 8-bit pixels comes down to.
#pragma once
#include <cstddef>
#include <cstdint>

namespace cookline::kernels {

struct CodeTable {
  static constexpr int codes = 256;
  alignas(64) std::uint8_t channels[4][codes] = {};  // of red, green, blue, alpha
};

// Maps `count` pixels of four bytes each; `to` may be `from`.
void map_codes(const CodeTable& table, const std::byte* from, int count, std::byte* to);

}  // namespace cookline::kernels
