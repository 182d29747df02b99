// Entry to the vector code: one octave of one type of noise. Internal to the noise kernels.
#pragma once
#include "kernels/noise_run.h"

namespace cookline::kernels {

// Adds one octave to octave.sum, or to octave.slope where that is not null (Perlin and simplex only; others have none).
void add_noise_octave(NoiseType type, bool quality, const NoiseOctave& octave);

}  // namespace cookline::kernels
