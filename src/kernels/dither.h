// Hides the steps of 8-bit colours: a pattern of less than half a step added before rounding.
#pragma once
#include "kernels/planes.h"

namespace cookline::kernels {

// Adds to red, green and blue of `count` pixels of a row, from `column` on, a value within ±½ of 1/255 that depends on
// column and row alone and averages to nothing, so that rounding to 8 bits keeps the mean of smooth areas while values
// that are 8-bit already stay. The pattern is interleaved gradient noise (J. Jimenez, Next Generation Post Processing
// in Call of Duty, 2014), close to blue noise.
void dither(int column, int row, int count, const Planes& pixels);

}  // namespace cookline::kernels
