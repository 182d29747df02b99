// How one octave of noise travels from the portable code, which thinks in doubles, to the vector code: coordinates in
// fixed point, pixels in blocks of 16. Internal to the noise kernels.
#pragma once
#include <array>
#include <cstdint>

#include "kernels/noise.h"

namespace cookline::kernels {

// Pixels are worked on in blocks of this many, aligned to multiples of it, so that a pixel's coordinate is rounded the
// same way wherever a run starts and however wide vectors are.
inline constexpr int noise_block = 16;

// One coordinate of all blocks. The integer lattice repeats every 256 cells, so a coordinate is a number modulo 256:
// 8 bits of cell, the rest fraction, and no precision is lost far from the origin. Pixel i of block b lies at
// (start + b·step) / 2^32 + lane[b·stride + i], in units of 2^-24, modulo 2^32.
struct NoiseAxis {
  std::uint64_t start = 0, step = 0;
  const std::uint32_t* lane = nullptr;
  std::size_t stride = 0;  // 0 for a line, noise_block for points with coordinates of their own
};

struct NoiseOctave {
  std::array<NoiseAxis, 4> axes;
  int blocks = 0;
  float amplitude = 1;               // scales what is added to sum
  float slope_amplitude = 1;         // scales what is added to slope
  float* sum = nullptr;              // blocks·noise_block values
  std::array<float*, 4> slope = {};  // the same for each derivative; all null where none is asked for
};

}  // namespace cookline::kernels
