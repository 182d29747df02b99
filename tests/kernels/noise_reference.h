// TouchDesigner's GPU noise in double precision, lookup by lookup as its definition reads: slow, and sharing nothing
// with the kernels but the permutation. What the kernels are measured against.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "kernels/noise_tables.h"

namespace cookline::kernels::reference {

// A gradient component as it comes back from its 8-bit texel.
inline double texel(int g) { return (g * 64 + 64) / 255.0 * 4 - 1; }

inline constexpr int gradients_3d[16][3] = {{0, 1, 1},  {0, 1, -1},  {0, -1, 1}, {0, -1, -1}, {1, 0, 1},  {1, 0, -1},
                                            {-1, 0, 1}, {-1, 0, -1}, {1, 1, 0},  {1, -1, 0},  {-1, 1, 0}, {-1, -1, 0},
                                            {1, 0, -1}, {-1, 0, -1}, {0, -1, 1}, {0, 1, 1}};

inline int lookup(int i, int j) { return noise_permutation[(i + noise_permutation[j & 255]) & 255]; }

// An 8-bit value used as the next texture coordinate.
inline int again(int v) { return int(std::floor(v / 255.0 * 256)) & 255; }

// Component k of tesseract gradient n: zero at axis n / 8, signs from the three bits of n, highest first.
inline int gradient_4d(int n, int k) {
  const int zero = n / 8;
  if (k == zero) return 0;
  const int bit = 2 - (k < zero ? k : k - 1);
  return n >> bit & 1 ? -1 : 1;
}

template <int N>
std::array<double, N> gradient(const std::array<int, N>& cell) {
  std::array<double, N> g;
  int hash = lookup(cell[0], cell[1]);
  if constexpr (N == 3) hash = lookup(again(hash), cell[2]);
  if constexpr (N == 4) hash = lookup(again(hash), again(lookup(cell[2], cell[3])));
  for (int k = 0; k < N; ++k) g[k] = texel(N == 4 ? gradient_4d(hash & 31, k) : gradients_3d[hash & 15][k]);
  return g;
}

template <int N>
double perlin(const std::array<double, N>& p) {
  double total = 0;
  for (int corner = 0; corner < 1 << N; ++corner) {
    std::array<int, N> cell;
    double weight = 1, dot = 0;
    for (int k = 0; k < N; ++k) cell[k] = int(std::floor(p[k])) + (corner >> k & 1);
    const auto g = gradient<N>(cell);
    for (int k = 0; k < N; ++k) {
      const double t = p[k] - std::floor(p[k]), fade = t * t * t * (t * (t * 6 - 15) + 10);
      weight *= corner >> k & 1 ? fade : 1 - fade;
      dot += g[k] * (p[k] - cell[k]);
    }
    total += weight * dot;
  }
  return total;
}

template <int N>
double simplex(const std::array<double, N>& p) {
  const double skew = N == 2 ? 0.366025403784 : N == 3 ? 1.0 / 3 : 0.309016994375;
  const double unskew = N == 2 ? 0.211324865405 : N == 3 ? 1.0 / 6 : 0.138196601125;
  double sum = 0, cells = 0, total = 0;
  for (const double q : p) sum += q;
  std::array<int, N> cell;
  for (int k = 0; k < N; ++k) cell[k] = int(std::floor(p[k] + sum * skew)), cells += cell[k];
  std::array<double, N> first;
  for (int k = 0; k < N; ++k) first[k] = p[k] - (cell[k] - cells * unskew);
  std::array<int, N> rank = {};
  for (int a = 0; a < N; ++a) {
    for (int b = a + 1; b < N; ++b) ++rank[first[a] > first[b] ? a : b];
  }
  for (int m = 0; m <= N; ++m) {
    std::array<int, N> corner = cell;
    double r = N == 2 ? 0.5 : 0.6, dot = 0;
    for (int k = 0; k < N; ++k) corner[k] += rank[k] >= N - m;
    const auto g = gradient<N>(corner);
    for (int k = 0; k < N; ++k) {
      const double d = first[k] - (rank[k] >= N - m) + m * unskew;
      r -= d * d;
      dot += g[k] * d;
    }
    r = std::max(r, 0.0);
    total += r * r * r * r * dot;
  }
  return total * (N == 2 ? 70 : N == 3 ? 32 : 27);
}

// The types of the kernels' own design, scalar: what a cell holds, then each kind.
inline std::uint32_t mix(std::uint32_t h) {
  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  return h ^ h >> 16;
}

struct CellContents {
  int byte[4];
  CellContents(int i, int j, int k) {
    const std::uint32_t h =
        mix((std::uint32_t(i & 255) | std::uint32_t(j & 255) << 8 | std::uint32_t(k & 255) << 16) + 0x9e3779b9u);
    for (int n = 0; n < 4; ++n) byte[n] = h >> (8 * n) & 255;
  }
};

// Calls visit(squared distance, random number in (0, 1)) for the points of all cells around p.
template <class Visit>
void each_point_around(const std::array<double, 3>& p, Visit visit) {
  for (int n = 0; n < 27; ++n) {
    const int cell[3] = {int(std::floor(p[0])) + n % 3 - 1, int(std::floor(p[1])) + n / 3 % 3 - 1,
                         int(std::floor(p[2])) + n / 9 - 1};
    const CellContents contents(cell[0], cell[1], cell[2]);
    double squared = 0;
    for (int k = 0; k < 3; ++k) squared += std::pow(cell[k] + (contents.byte[k] + 0.5) / 256 - p[k], 2);
    visit(squared, (contents.byte[3] + 0.5) / 256);
  }
}

inline double sparse(const std::array<double, 3>& p) {
  double sum = 0;
  each_point_around(
      p, [&](double squared, double random) { sum += (2 * random - 1) * std::pow(std::max(1 - squared, 0.0), 3); });
  return sum;
}

inline double alligator(const std::array<double, 3>& p) {
  double bumps[2] = {};  // the highest and the second
  each_point_around(p, [&](double squared, double random) {
    const double t = std::max(1 - std::sqrt(squared) / 0.72, 0.0), bump = t * t * (3 - 2 * t) * random;
    if (bump > bumps[0]) {
      bumps[1] = bumps[0], bumps[0] = bump;
    } else {
      bumps[1] = std::max(bumps[1], bump);
    }
  });
  return bumps[0] - bumps[1];
}

inline double hermite(const std::array<double, 3>& p) {
  double sum = 0;
  for (int corner = 0; corner < 8; ++corner) {
    int cell[3];
    double value[3], slope[3];
    for (int k = 0; k < 3; ++k) {
      cell[k] = int(std::floor(p[k])) + (corner >> k & 1);
      const double t = p[k] - cell[k], a = std::fabs(t);
      value[k] = 1 - 3 * a * a + 2 * a * a * a;
      slope[k] = t * (1 - a) * (1 - a);
    }
    const CellContents contents(cell[0], cell[1], cell[2]);
    const auto random = [&](int n) { return contents.byte[n] / 127.5 - 1; };
    sum += random(3) * value[0] * value[1] * value[2] + random(0) * slope[0] * value[1] * value[2] +
           random(1) * value[0] * slope[1] * value[2] + random(2) * value[0] * value[1] * slope[2];
  }
  return sum;
}

}  // namespace cookline::kernels::reference
