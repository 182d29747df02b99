// The Level TOP's chain of adjustments on runs of pixels.
#pragma once
#include <array>

#include "kernels/planes.h"

namespace cookline::kernels {

// Parameters of levelTOP under their own names; the defaults change nothing. The pairs of R, G, B, A are arrays.
struct Level {
  bool clampinput = false;  // limit colours to [0, 1] before all else and again after brightness1
  double invert = 0, blacklevel = 0, brightness1 = 1, gamma1 = 1, contrast = 1;
  double inlow = 0, inhigh = 1, outlow = 0, outhigh = 1;
  std::array<double, 4> low = {0, 0, 0, 0}, high = {1, 1, 1, 1};
  bool stepping = false;
  double stepsize = 0.25, threshold = 0, clamplow = 0, clamphigh = 1, soften = 0;
  double gamma2 = 1, opacity = 1, brightness2 = 1;
  bool clamp = false;
  double clamplow2 = 0, clamphigh2 = 1;
  bool premultrgbbyalpha = false;
};

// Adjusts `count` pixels; `out` may be `in`. Colours go through, in this order:
//   invert       x + invert·(1 - 2x)
//   blacklevel   (x - blacklevel) / (1 - blacklevel); all black from 1 on
//   brightness1  x·brightness1
//   gamma1       max(x, 0)^(1 / gamma1), only where gamma1 is not 1
//   contrast     (x - ½)·contrast + ½
//   in, out      (x - inlow) / (inhigh - inlow), the divisor 1 where it would be 0; outlow + x·(outhigh - outlow)
//   low, high    low + x·(high - low) of the channel
//   stepping     stepsize·floor(x / stepsize - threshold), limited to [clamplow, clamphigh]
//   soften       makes the edges between bands ramps centred on them, so many bands wide (0 to 1)
//   gamma2, brightness2, then `clamp` to [clamplow2, clamphigh2]
//   premultrgbbyalpha multiplies by the new alpha; opacity multiplies at last
// Alpha is low + a·(high - low), times opacity. Order and formulas as measured against TouchDesigner 2025 by
// frank890417/WebToe (docs/TD-PARITY.md); stepping follows the words of its manual (docs.derivative.ca/Level_TOP).
// Neighbouring affine steps are one multiply-add with constants computed in double.
void level(const Level& parameters, const ConstPlanes& in, const Planes& out, int count);

}  // namespace cookline::kernels
