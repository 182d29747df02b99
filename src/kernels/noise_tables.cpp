// Computes the noise tables from the permutation and the gradients.
#include "kernels/noise_tables.h"

namespace cookline::kernels {
namespace {

NoiseTables make_tables() {
  NoiseTables t = {};
  for (int row = 0; row < 256; ++row) {
    for (int column = 0; column < 256; ++column) {
      const int at = row * 256 + column;
      t.quad[at] = std::uint32_t(noise_lookup(column, row)) | std::uint32_t(noise_lookup(column + 1, row)) << 8 |
                   std::uint32_t(noise_lookup(column, row + 1)) << 16 |
                   std::uint32_t(noise_lookup(column + 1, row + 1)) << 24;
      const int p = noise_again(std::uint8_t(row));
      t.code_3d[at] = std::uint16_t(noise_codes_3d[noise_lookup(p, column) & 15] |
                                    noise_codes_3d[noise_lookup(p, column + 1) & 15] << 8);
      t.code_4d[at] = noise_codes_4d[noise_lookup(p, noise_again(std::uint8_t(column))) & 31];
    }
  }
  return t;
}

}  // namespace

const NoiseTables& noise_tables() {
  static const NoiseTables tables = make_tables();
  return tables;
}

}  // namespace cookline::kernels
