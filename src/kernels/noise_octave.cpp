// Compiles every kind of noise for every instruction set and picks one at run time.
#include "kernels/noise_octave.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/noise_octave.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/noise_cells-inl.h"
#include "kernels/noise_perlin-inl.h"
#include "kernels/noise_quality-inl.h"
#include "kernels/noise_simplex-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {

template <class Value, class Slope>
void add_value_or_slope(const NoiseOctave& octave) {
  if (octave.slope[0]) {
    add_octave(octave, Slope());
  } else {
    add_octave(octave, Value());
  }
}

template <int N>
void add_perlin(const NoiseOctave& octave) {
  add_value_or_slope<Perlin<N, false>, Perlin<N, true>>(octave);
}

template <int N>
void add_simplex(bool quality, const NoiseOctave& octave) {
  using Hash = QualityCorners<N>;
  if (quality) return add_value_or_slope<Simplex<N, false, Hash, false>, Simplex<N, true, Hash, false>>(octave);
  add_value_or_slope<Simplex<N, false>, Simplex<N, true>>(octave);
}

template <class Basis>
void add_value(const NoiseOctave& octave) {
  if (!octave.slope[0]) add_octave(octave, Basis());
}

void add_octave_of(NoiseType type, bool quality, const NoiseOctave& octave) {
  switch (type) {
    case NoiseType::perlin2d:
      return add_perlin<2>(octave);
    case NoiseType::perlin3d:
      return add_perlin<3>(octave);
    case NoiseType::perlin4d:
      return add_perlin<4>(octave);
    case NoiseType::simplex2d:
      return add_simplex<2>(quality, octave);
    case NoiseType::simplex3d:
      return add_simplex<3>(quality, octave);
    case NoiseType::simplex4d:
      return add_simplex<4>(quality, octave);
    case NoiseType::randomgpu:
      return add_value<White<1>>(octave);
    case NoiseType::random:
      return add_value<White<2>>(octave);
    case NoiseType::sparse:
    case NoiseType::harmonic:
      return add_value<Sparse>(octave);
    case NoiseType::hermite:
      return add_value<Hermite>(octave);
    case NoiseType::alligator:
      return add_value<Alligator>(octave);
  }
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(add_octave_of);
void add_noise_octave(NoiseType type, bool quality, const NoiseOctave& octave) {
  HWY_DYNAMIC_DISPATCH(add_octave_of)(type, quality, octave);
}

}  // namespace cookline::kernels
#endif
