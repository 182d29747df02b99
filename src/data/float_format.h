// Float formats in place of fixed ones.
#pragma once
#include "data/image.h"

namespace cookline {

// The float format with the same channels that holds all values of a format: half for 8 and 10 bits, whose steps stay
// apart in it, 32 bits for 16.
PixelFormat as_float(PixelFormat format);

}  // namespace cookline
