// The portable half of noise: octaves, skewing and reduction of coordinates in double, chunks of pixels.
#include "kernels/noise.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/random.h"
#include "kernels/noise_fixed.h"
#include "kernels/noise_octave.h"

namespace cookline::kernels {
namespace {

constexpr int chunk_blocks = 64;
constexpr int chunk = chunk_blocks * noise_block;

// What the portable half needs to know of a type.
struct Kind {
  int dimensions = 3;
  double skew = 0;       // simplex noise lives on a lattice skewed along the diagonal: u_k = p_k + skew · (sum of p)
  double amplitude = 1;  // brings the type's raw values to their range
  double frequency = 1;  // brings the type's cells to their size
  double cells = 256;    // the coordinates' period in fixed point, a power of two
  bool octaves = true;
};

// Where amplitudes and frequencies are not by definition, values spread and features measure as in published pictures.
Kind kind_of(NoiseType type) {
  switch (type) {
    case NoiseType::perlin2d:
      return {2};
    case NoiseType::perlin3d:
      return {3};
    case NoiseType::perlin4d:
      return {4};
    case NoiseType::simplex2d:
      return {2, 0.366025403784, 70};
    case NoiseType::simplex3d:
      return {3, 1.0 / 3, 32};
    case NoiseType::simplex4d:
      return {4, 0.309016994375, 27};
    case NoiseType::sparse:
    case NoiseType::harmonic:
      return {3, 0, 1.08, 0.9};
    case NoiseType::hermite:
      return {3, 0, 0.76, 1.2};
    case NoiseType::alligator:
      return {3, 0, 1, 0.64};
    case NoiseType::random:
    case NoiseType::randomgpu:
      return {4, 0, 1, 1, 65536, false};
  }
  return {};
}

// Radius 0.5 and gradients of unit length give smaller sums; these factors bring them back to about ±1 (measured).
double quality_amplitude(const Kind& kind) {
  if (kind.skew == 0) return 1;
  return kind.dimensions == 2 ? 1.13 : kind.dimensions == 3 ? 3.4 : 4.0;
}

bool on_gpu(NoiseType type) { return type <= NoiseType::simplex4d; }

// Factors from one octave to the next.
struct Ratio {
  double frequency, amplitude;
};
Ratio octave_ratio(const NoiseSettings& s) {
  if (on_gpu(s.type)) return {s.spread, s.gain};
  return {s.type == NoiseType::harmonic ? s.spread : 2, s.rough};
}

// x modulo `cells` as a fraction of it, in [0, 1); 0 for what is no number.
double turn(double x, double cells) {
  const double turns = x * (1 / cells);
  const double part = turns - std::floor(turns);
  return part >= 0 && part < 1 ? part : 0;
}

std::uint64_t fixed_64(double x, double cells) { return std::uint64_t(turn(x, cells) * 0x1p64); }

// What all octaves of a call share.
struct Request {
  const NoiseSettings& settings;
  std::span<float> sum;  // either this or slope is asked for
  const std::array<std::span<float>, 4>* slope = nullptr;
  Kind kind = kind_of(settings.type);
  std::size_t size() const { return slope ? (*slope)[0].size() : sum.size(); }
};

bool is_aligned(const float* p) { return reinterpret_cast<std::uintptr_t>(p) % 64 == 0; }

// Adds up the octaves of one chunk, for each of which set_axes(frequency, octave) gives the coordinates, then hands the
// pixels [skip, skip + count) of the chunk to the request's spans at `to`.
template <class SetAxes>
void cook_chunk(const Request& request, int blocks, std::size_t skip, std::size_t to, std::size_t count,
                SetAxes set_axes) {
  const NoiseSettings& s = request.settings;
  const int outputs = request.slope ? request.kind.dimensions : 1;
  alignas(64) float results[4 * chunk];  // one plane of whole blocks for each output
  const auto wanted = [&](int k) {
    return (request.slope ? (*request.slope)[std::size_t(k)] : request.sum).data() + to;
  };
  std::array<float*, 4> sums = {};
  for (int k = 0; k < outputs; ++k) {
    const bool in_place = count == std::size_t(blocks) * noise_block && is_aligned(wanted(k));
    sums[std::size_t(k)] = in_place ? wanted(k) : results + k * chunk;
    std::fill_n(sums[std::size_t(k)], blocks * noise_block, 0.0f);
  }
  NoiseOctave octave;
  octave.blocks = blocks;
  octave.sum = sums[0];
  if (request.slope) {
    for (int k = 0; k < outputs; ++k) octave.slope[k] = sums[std::size_t(k)];
  }
  const Ratio ratio = octave_ratio(s);
  const int octaves = request.kind.octaves ? s.harmon + 1 : 1;
  const double scale = request.kind.amplitude * (s.quality ? quality_amplitude(request.kind) : 1);
  double frequency = request.kind.frequency, amplitude = scale;
  for (int j = 0; j < octaves; ++j) {
    octave.amplitude = float(amplitude);
    octave.slope_amplitude = float(amplitude * frequency);
    set_axes(frequency, octave);
    add_noise_octave(s.type, s.quality, octave);
    frequency *= ratio.frequency;
    amplitude *= ratio.amplitude;
  }
  for (int k = 0; k < outputs; ++k) {
    if (sums[std::size_t(k)] != wanted(k)) std::copy_n(sums[std::size_t(k)] + skip, count, wanted(k));
  }
}

NoisePoint skewed(const Kind& kind, NoisePoint p) {
  double sum = p[0] + p[1];
  for (int k = 2; k < kind.dimensions; ++k) sum += p[k];
  for (int k = 0; k < kind.dimensions; ++k) p[k] += sum * kind.skew;
  return p;
}

void cook_line(const Request& request, const NoiseLine& line, std::int64_t first) {
  const Kind& kind = request.kind;
  const NoisePoint base = skewed(kind, line.base), step = skewed(kind, line.step);
  constexpr std::uint64_t half = 1u << 31;  // what is cut off below 32 bits is rounded
  std::uint32_t lanes[4][noise_block];
  for (std::size_t done = 0; done < request.size();) {
    const std::int64_t pixel = first + std::int64_t(done);
    const std::int64_t block = pixel >> std::countr_zero(unsigned(noise_block));
    const std::size_t skip = std::size_t(pixel - block * noise_block);
    const std::size_t count = std::min(request.size() - done, chunk - skip);
    const int blocks = int((skip + count + noise_block - 1) / noise_block);
    cook_chunk(request, blocks, skip, done, count, [&](double frequency, NoiseOctave& octave) {
      for (int k = 0; k < kind.dimensions; ++k) {
        const std::uint64_t per_pixel = fixed_64(step[k] * frequency, kind.cells), per_block = per_pixel * noise_block;
        const std::uint64_t start = fixed_64(base[k] * frequency, kind.cells) + per_block * std::uint64_t(block);
        octave.axes[k] = {start + half, per_block, lanes[k], 0};
        std::uint64_t offset = half;
        for (std::uint32_t& lane : lanes[k]) lane = std::uint32_t(offset >> 32), offset += per_pixel;
      }
    });
    done += count;
  }
}

void cook_points(const Request& request, const std::array<std::span<const double>, 4>& coordinates) {
  const Kind& kind = request.kind;
  const NoisePoints points = {coordinates, kind.dimensions, kind.skew, kind.cells};
  alignas(64) std::uint32_t fixed[4][chunk];
  for (std::size_t done = 0; done < request.size(); done += chunk) {
    const std::size_t count = std::min<std::size_t>(request.size() - done, chunk);
    const int blocks = int((count + noise_block - 1) / noise_block);
    cook_chunk(request, blocks, 0, done, count, [&](double frequency, NoiseOctave& octave) {
      fix_points(points, frequency, done, count, {fixed[0], fixed[1], fixed[2], fixed[3]});
      for (int k = 0; k < kind.dimensions; ++k) octave.axes[k] = {0, 0, fixed[k], noise_block};
    });
  }
}

}  // namespace

int noise_dimensions(NoiseType type) { return kind_of(type).dimensions; }

void noise_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first, std::span<float> sum) {
  cook_line({.settings = settings, .sum = sum}, line, first);
}

void noise_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                  std::span<float> sum) {
  cook_points({.settings = settings, .sum = sum}, coordinates);
}

void noise_slope_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first,
                      const std::array<std::span<float>, 4>& slope) {
  cook_line({.settings = settings, .slope = &slope}, line, first);
}

void noise_slope_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                        const std::array<std::span<float>, 4>& slope) {
  cook_points({.settings = settings, .slope = &slope}, coordinates);
}

NoisePoint noise_seed_offset(double seed, int channel) {
  if (seed == 1 && channel == 0) return {113.5, 244.5, 47, 0};
  if (channel == 1) {
    // Measured in TouchDesigner for every seed tried: the second channel follows from the first.
    const NoisePoint p = noise_seed_offset(seed, 0);
    return {std::fmod(2 * p[0] - 0.5 + 256, 256), std::fmod(2 * p[1] - 0.5 + 256, 256), std::fmod(2 * p[2], 256), 0};
  }
  // Adding zero makes -0 and 0 one seed.
  const std::uint64_t bits = random_bits(std::bit_cast<std::uint64_t>(seed + 0.0), std::uint64_t(channel));
  return {double(bits & 255) + 0.5, double(bits >> 8 & 255) + 0.5, double(bits >> 16 & 255), 0};
}

}  // namespace cookline::kernels
