// Noise on runs of pixels: TouchDesigner's GPU types (classic Perlin and simplex noise from permutation tables) and
// stand-ins for its CPU types. Knows nothing of images: callers give coordinates and get sums of octaves.
#pragma once
#include <array>
#include <cstdint>
#include <span>

namespace cookline::kernels {

// In the order of the Noise TOP's menu, and with its names.
enum class NoiseType {
  perlin2d,
  perlin3d,
  perlin4d,
  simplex2d,
  simplex3d,
  simplex4d,
  randomgpu,
  sparse,
  hermite,
  harmonic,
  random,
  alligator,
};

// Number of coordinates a type reads: 2, 3 or 4.
int noise_dimensions(NoiseType type);

struct NoiseSettings {
  NoiseType type = NoiseType::simplex3d;
  int harmon = 2;     // octaves above the first, >= 0
  double spread = 2;  // frequency factor from one octave to the next
  double gain = 0.7;  // amplitude factor from one octave to the next
};

using NoisePoint = std::array<double, 4>;

// A straight line of pixels through noise space: pixel i lies at base + i·step. Everything that moves the pattern is
// already folded in: period, transform, translate and the offset of the seed.
struct NoiseLine {
  NoisePoint base = {}, step = {};
};

// sum[n] = sum over octaves j = 0 … harmon of gain^j · basis(spread^j · p), p the point of pixel `first` + n. A pixel's
// value depends on its index and the line alone, not on where a run starts; coordinates may be any finite size.
// Perlin and simplex lie within about ±1 for one octave, mean 0.
void noise_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first, std::span<float> sum);

// The same at points of their own, as for a coordinate map; the spans of the coordinates that the type reads are as
// long as `sum`.
void noise_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                  std::span<float> sum);

// The noise's derivatives by its own coordinates, slope[k] = ∂sum/∂p[k] for the k that the type reads; the others are
// left alone. For Perlin and simplex types only.
void noise_slope_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first,
                      const std::array<std::span<float>, 4>& slope);
void noise_slope_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                        const std::array<std::span<float>, 4>& slope);

// What a channel of a seed adds to the coordinates: (113.5, 244.5, 47, 0) for seed 1, channel 0, as a new Noise TOP of
// TouchDesigner has it; for other seeds, fractional ones too, hashed multiples of 1/2 in [0, 256).
// TD differs: the offsets of seeds other than 1 are not TouchDesigner's.
NoisePoint noise_seed_offset(double seed, int channel);

}  // namespace cookline::kernels
