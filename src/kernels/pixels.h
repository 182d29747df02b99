// Conversion between stored pixels and the planar 32-bit floats that operators compute with, one run of pixels at a
// time.
#pragma once
#include <cstddef>

#include "data/pixel_format.h"

namespace cookline::kernels {

// Expands `count` stored pixels to four planes: mono → (v, v, v, 1), rg → (r, g, 0, 1), rgb → alpha 1,
// a → (0, 0, 0, a), mono+alpha → (v, v, v, a). Fixed formats give v/255, v/65535 …; srgba8fixed gives linear light.
void load_pixels(PixelFormat format, const std::byte* from, int count, float* r, float* g, float* b, float* a);

// The reverse. Fixed formats clamp to [0, 1] and round to nearest (ties to even), NaN becomes 0; half floats round to
// nearest even and overflow to infinity, so do 11-bit floats, where negative values become 0; mono stores R. RGB10A2
// and 11-bit pixels are a little-endian word with R in the low bits. srgba8fixed takes the nearest code of the exact
// curve.
void store_pixels(PixelFormat format, const float* r, const float* g, const float* b, const float* a, int count,
                  std::byte* to);

// Replaces every value by what store_pixels followed by load_pixels would give: the rounding of a format without the
// memory traffic. Planes that the format does not have become what load_pixels gives for them.
void quantise_pixels(PixelFormat format, int count, float* r, float* g, float* b, float* a);

// How many of `count` values are infinite or NaN.
int count_nonfinite(const float* values, int count);

}  // namespace cookline::kernels
