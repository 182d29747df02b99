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

// The GPU types use spread and gain. The CPU types use rough in place of gain and octaves twice as fine as the one
// before, save harmonic, which uses spread. Random types have no octaves.
struct NoiseSettings {
  NoiseType type = NoiseType::simplex3d;
  int harmon = 2;        // octaves above the first, >= 0
  double spread = 2;     // frequency factor from one octave to the next
  double gain = 0.7;     // amplitude factor from one octave to the next
  double rough = 0.5;    // the same for the CPU types
  bool quality = false;  // simplex only: no favoured axes, no steps
};

using NoisePoint = std::array<double, 4>;

// A straight line of pixels through noise space: pixel i lies at base + i·step. Everything that moves the pattern is
// already folded in: period, transform, translate and the offset of the seed.
struct NoiseLine {
  NoisePoint base = {}, step = {};
};

// sum[n] = sum over octaves j = 0 … harmon of gain^j · basis(spread^j · p), p the point of pixel `first` + n. A pixel's
// value depends on its index and the line alone, not on where a run starts; coordinates may be any finite size.
// Perlin, simplex, sparse and hermite spread around 0, within about ±1 for one octave (rare peaks of sparse reach ±2);
// random types are uniform in [-1, 1); alligator lies in [0, 1), mostly near 0. `period` 0, white noise whatever the
// type, is randomgpu with coordinates that are not divided by the period.
void noise_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first, std::span<float> sum);

// The same at points of their own, as for a coordinate map; the spans of the coordinates that the type reads are as
// long as `sum`.
void noise_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                  std::span<float> sum);

// How the pixels of a coordinate map stand for points: coordinates k < 3 are rows[k]·(r, g, b) + shift[k], the last is
// fourth·a + shift[3].
struct NoiseMap {
  std::array<std::array<double, 3>, 3> rows = {};
  double fourth = 0;
  NoisePoint shift = {};
};

// The first `dimensions` coordinates of the points that pixels stand for. `pixels` are planes r, g, b, a, as long as
// the spans of `points`; only 4 dimensions read a.
void noise_map_points(const NoiseMap& map, const std::array<std::span<const float>, 4>& pixels,
                      const std::array<std::span<double>, 4>& points, int dimensions);

// The noise's derivatives by its own coordinates, slope[k] = ∂sum/∂p[k] for the k that the type reads; the others are
// left alone. Perlin and simplex types have derivatives; those of the others are 0.
void noise_slope_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first,
                      const std::array<std::span<float>, 4>& slope);
void noise_slope_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                        const std::array<std::span<float>, 4>& slope);

// value = sign(v)·|v|^exp + offset with v = value·amp: what the Noise TOP does to a sum of octaves.
void shape_noise(std::span<float> values, float amp, float exp, float offset);

// What a channel of a seed adds to the coordinates: (113.5, 244.5, 47, 0) for seed 1, channel 0, as a new Noise TOP of
// TouchDesigner has it; for other seeds, fractional ones too, hashed multiples of 1/2 in [0, 256).
// TD differs: the offsets of seeds other than 1 are not TouchDesigner's.
NoisePoint noise_seed_offset(double seed, int channel);

}  // namespace cookline::kernels
