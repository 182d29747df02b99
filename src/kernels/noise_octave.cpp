// Compiles every kind of noise for every instruction set and picks one at run time.
#include "kernels/noise_octave.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/noise_octave.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/noise_perlin-inl.h"
#include "kernels/noise_simplex-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {

template <class Value, class Slope>
HWY_INLINE void add_value_or_slope(const NoiseOctave& octave) {
  if (octave.slope[0]) {
    add_octave(octave, Slope());
  } else {
    add_octave(octave, Value());
  }
}

void add_octave_of(NoiseType type, const NoiseOctave& octave) {
  switch (type) {
    case NoiseType::perlin2d:
      return add_value_or_slope<Perlin<2, false>, Perlin<2, true>>(octave);
    case NoiseType::perlin3d:
      return add_value_or_slope<Perlin<3, false>, Perlin<3, true>>(octave);
    case NoiseType::perlin4d:
      return add_value_or_slope<Perlin<4, false>, Perlin<4, true>>(octave);
    case NoiseType::simplex2d:
      return add_value_or_slope<Simplex<2, false>, Simplex<2, true>>(octave);
    case NoiseType::simplex3d:
      return add_value_or_slope<Simplex<3, false>, Simplex<3, true>>(octave);
    case NoiseType::simplex4d:
      return add_value_or_slope<Simplex<4, false>, Simplex<4, true>>(octave);
    default:
      return;
  }
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(add_octave_of);
void add_noise_octave(NoiseType type, const NoiseOctave& octave) { HWY_DYNAMIC_DISPATCH(add_octave_of)(type, octave); }

}  // namespace cookline::kernels
#endif
