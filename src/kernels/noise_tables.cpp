// Computes the noise tables from the permutation and the gradients, and the directions of quality noise.
#include "kernels/noise_tables.h"

#include <cmath>

#include "base/random.h"

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

// Points in the unit ball, drawn until one falls in, brought to its surface. Square roots are exact everywhere.
NoiseDirections make_directions(int dimensions) {
  NoiseDirections d = {};
  std::uint64_t drawn = 0;
  for (int i = 0; i < 256;) {
    double v[4] = {}, squared = 0;
    for (int k = 0; k < dimensions; ++k) {
      v[k] = 2 * random_unit(std::uint64_t(dimensions), drawn++) - 1;
      squared += v[k] * v[k];
    }
    if (squared > 1 || squared < 0.01) continue;
    for (int k = 0; k < dimensions; ++k) {
      d.component[k][i] = float(v[k] / std::sqrt(squared));
      d.component[k][i + 1] = -d.component[k][i];
    }
    i += 2;
  }
  return d;
}

}  // namespace

const NoiseTables& noise_tables() {
  static const NoiseTables tables = make_tables();
  return tables;
}

const NoiseDirections& noise_directions(int dimensions) {
  static const std::array<NoiseDirections, 3> all = {make_directions(2), make_directions(3), make_directions(4)};
  return all[dimensions - 2];
}

}  // namespace cookline::kernels
