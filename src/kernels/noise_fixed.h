// Points of their own in the fixed point that the noise kernels work in. Internal to them.
#pragma once
#include <array>
#include <cstdint>
#include <span>

namespace cookline::kernels {

// Points and how to bring them to the lattice: u_k = p_k + skew · (sum of p) with p the given coordinates times
// `frequency`, counted modulo `cells`, a power of two.
struct NoisePoints {
  std::array<std::span<const double>, 4> coordinates;  // those of the type's dimensions, of one length
  int dimensions = 3;
  double skew = 0, cells = 256;
};

// fixed[k][i] = floor(frac(u_k / cells) · 2^32) of point i = first + n, n in [0, count), and 0 where u_k is not finite
// or so large that it has no fraction. Then zeros up to the next multiple of 16.
void fix_points(const NoisePoints& points, double frequency, std::size_t first, std::size_t count,
                const std::array<std::uint32_t*, 4>& fixed);

}  // namespace cookline::kernels
