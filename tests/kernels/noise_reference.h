// TouchDesigner's GPU noise in double precision, lookup by lookup as its definition reads: slow, and sharing nothing
// with the kernels but the permutation. What the kernels are measured against.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

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

}  // namespace cookline::kernels::reference
