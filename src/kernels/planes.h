// A run of pixels as four planes of floats: what the pointwise kernels take and fill.
#pragma once

namespace cookline::kernels {

struct Planes {
  float *r, *g, *b, *a;
};

struct ConstPlanes {
  const float *r, *g, *b, *a;
  ConstPlanes(const float* red, const float* green, const float* blue, const float* alpha)
      : r(red), g(green), b(blue), a(alpha) {}
  ConstPlanes(const Planes& p) : r(p.r), g(p.g), b(p.b), a(p.a) {}
};

}  // namespace cookline::kernels
