// The portable half of noise: octaves, skewing and reduction of coordinates in double, chunks of pixels.
#include "kernels/noise.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/random.h"
#include "kernels/noise_octave.h"

namespace cookline::kernels {
namespace {

constexpr int chunk_blocks = 64;
constexpr int chunk = chunk_blocks * noise_block;

bool is_simplex(NoiseType type) { return type >= NoiseType::simplex2d && type <= NoiseType::simplex4d; }

// Simplex noise lives on a lattice skewed along the diagonal: u_k = p_k + skew · (sum of p).
double skew_factor(NoiseType type) {
  if (type == NoiseType::simplex2d) return 0.366025403784;
  if (type == NoiseType::simplex3d) return 1.0 / 3;
  return type == NoiseType::simplex4d ? 0.309016994375 : 0;
}

// The factor that brings a type's sum of corners to about ±1.
double scale_factor(NoiseType type) {
  if (type == NoiseType::simplex2d) return 70;
  if (type == NoiseType::simplex3d) return 32;
  return type == NoiseType::simplex4d ? 27 : 1;
}

// x modulo 256 as a fraction of 256, in [0, 1); 0 for what is no number.
double turn(double x) {
  const double turns = x * (1.0 / 256);
  const double part = turns - std::floor(turns);
  return part >= 0 && part < 1 ? part : 0;
}

std::uint64_t fixed_64(double x) { return std::uint64_t(turn(x) * 0x1p64); }

// By way of a signed conversion, which vectorises.
std::uint32_t fixed_32(double x) {
  return std::uint32_t(std::int32_t(std::floor(turn(x) * 0x1p32) - 0x1p31)) ^ 0x80000000u;
}

// What all octaves of a call share.
struct Request {
  const NoiseSettings& settings;
  std::span<float> sum;  // one of the two
  const std::array<std::span<float>, 4>* slope = nullptr;
  std::size_t size() const { return slope ? (*slope)[0].size() : sum.size(); }
};

// Results of one chunk, whole blocks.
struct Scratch {
  alignas(64) float values[4][chunk];
};

// Calls octave(j, frequency, octave) for each octave with amplitudes and result buffers set, then hands the pixels
// [skip, skip + count) of the chunk to the request's spans at `to`.
template <class SetAxes>
void cook_chunk(const Request& request, int blocks, std::size_t skip, std::size_t to, std::size_t count,
                SetAxes set_axes) {
  const NoiseSettings& s = request.settings;
  const int outputs = request.slope ? noise_dimensions(s.type) : 1;
  Scratch scratch;
  for (int k = 0; k < outputs; ++k) std::fill_n(scratch.values[k], std::size_t(blocks) * noise_block, 0.0f);
  NoiseOctave octave;
  octave.blocks = blocks;
  octave.sum = scratch.values[0];
  if (request.slope) {
    for (int k = 0; k < outputs; ++k) octave.slope[k] = scratch.values[k];
  }
  double frequency = 1, amplitude = scale_factor(s.type);
  for (int j = 0; j <= s.harmon; ++j) {
    octave.amplitude = float(amplitude);
    octave.slope_amplitude = float(amplitude * frequency);
    set_axes(frequency, octave);
    add_noise_octave(s.type, octave);
    frequency *= s.spread;
    amplitude *= s.gain;
  }
  for (int k = 0; k < outputs; ++k) {
    const std::span<float> out = request.slope ? (*request.slope)[k] : request.sum;
    std::copy_n(scratch.values[k] + skip, count, out.data() + to);
  }
}

NoisePoint skewed(NoiseType type, NoisePoint p) {
  if (!is_simplex(type)) return p;
  const int n = noise_dimensions(type);
  double sum = p[0] + p[1];
  for (int k = 2; k < n; ++k) sum += p[k];
  for (int k = 0; k < n; ++k) p[k] += sum * skew_factor(type);
  return p;
}

void cook_line(const Request& request, const NoiseLine& line, std::int64_t first) {
  const NoiseType type = request.settings.type;
  const int n = noise_dimensions(type);
  const NoisePoint base = skewed(type, line.base), step = skewed(type, line.step);
  constexpr std::uint64_t half = 1u << 31;  // what is cut off below 32 bits is rounded
  std::uint32_t lanes[4][noise_block];
  for (std::size_t done = 0; done < request.size();) {
    const std::int64_t pixel = first + std::int64_t(done);
    const std::int64_t block = pixel >> std::countr_zero(unsigned(noise_block));
    const std::size_t skip = std::size_t(pixel - block * noise_block);
    const std::size_t count = std::min(request.size() - done, chunk - skip);
    const int blocks = int((skip + count + noise_block - 1) / noise_block);
    cook_chunk(request, blocks, skip, done, count, [&](double frequency, NoiseOctave& octave) {
      for (int k = 0; k < n; ++k) {
        const std::uint64_t per_pixel = fixed_64(step[k] * frequency), per_block = per_pixel * noise_block;
        const std::uint64_t start = fixed_64(base[k] * frequency) + per_block * std::uint64_t(block);
        octave.axes[k] = {start + half, per_block, lanes[k], 0};
        for (int i = 0; i < noise_block; ++i) lanes[k][i] = std::uint32_t((per_pixel * unsigned(i) + half) >> 32);
      }
    });
    done += count;
  }
}

void cook_points(const Request& request, const std::array<std::span<const double>, 4>& coordinates) {
  const NoiseType type = request.settings.type;
  const int n = noise_dimensions(type);
  std::uint32_t fixed[4][chunk];
  for (std::size_t done = 0; done < request.size(); done += chunk) {
    const std::size_t count = std::min<std::size_t>(request.size() - done, chunk);
    const int blocks = int((count + noise_block - 1) / noise_block);
    for (int k = 0; k < n; ++k) std::fill_n(fixed[k], blocks * noise_block, 0u);
    cook_chunk(request, blocks, 0, done, count, [&](double frequency, NoiseOctave& octave) {
      for (std::size_t i = 0; i < count; ++i) {
        NoisePoint p = {};
        for (int k = 0; k < n; ++k) p[k] = coordinates[k][done + i] * frequency;
        p = skewed(type, p);
        for (int k = 0; k < n; ++k) fixed[k][i] = fixed_32(p[k]);
      }
      for (int k = 0; k < n; ++k) octave.axes[k] = {0, 0, fixed[k], noise_block};
    });
  }
}

}  // namespace

int noise_dimensions(NoiseType type) {
  switch (type) {
    case NoiseType::perlin2d:
    case NoiseType::simplex2d:
      return 2;
    case NoiseType::perlin3d:
    case NoiseType::simplex3d:
    case NoiseType::sparse:
    case NoiseType::hermite:
    case NoiseType::harmonic:
    case NoiseType::alligator:
      return 3;
    default:
      return 4;
  }
}

void noise_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first, std::span<float> sum) {
  cook_line({settings, sum}, line, first);
}

void noise_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                  std::span<float> sum) {
  cook_points({settings, sum}, coordinates);
}

void noise_slope_line(const NoiseSettings& settings, const NoiseLine& line, std::int64_t first,
                      const std::array<std::span<float>, 4>& slope) {
  cook_line({settings, {}, &slope}, line, first);
}

void noise_slope_points(const NoiseSettings& settings, const std::array<std::span<const double>, 4>& coordinates,
                        const std::array<std::span<float>, 4>& slope) {
  cook_points({settings, {}, &slope}, coordinates);
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
