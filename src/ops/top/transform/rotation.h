// Sine and cosine of angles in degrees with plain double arithmetic: libm's may differ between machines, and every
// pixel of a rotated picture depends on them.
#pragma once
#include <cmath>

namespace cookline {

struct Rotation {
  double cos = 1, sin = 0;
};

// Exact at multiples of 90 degrees, within 2e-16 elsewhere; no rotation for what is no number.
inline Rotation rotation(double degrees) {
  if (!std::isfinite(degrees)) return {};
  const double turned = std::fmod(degrees, 360);
  const double quarters = std::floor(turned / 90 + 0.5);
  const double x = (turned - 90 * quarters) * (3.14159265358979323846 / 180), xx = x * x;
  // Taylor series up to x^17: the angle is at most 45 degrees.
  double s = 0, c = 0;
  for (int n = 16; n >= 2; n -= 2) {
    s = -xx / (n * (n + 1)) * (1 + s);
    c = -xx / (n * (n - 1)) * (1 + c);
  }
  s = x * (1 + s), c = 1 + c;
  switch (int(quarters) & 3) {
    case 1:
      return {-s, c};
    case 2:
      return {-c, -s};
    case 3:
      return {s, -c};
    default:
      return {c, s};
  }
}

}  // namespace cookline
