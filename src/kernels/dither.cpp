#include "kernels/dither.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/dither.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/planes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

HWY_INLINE Vec fraction(Vec v) { return hn::Sub(v, hn::Floor(v)); }

// In [0, 1).
HWY_INLINE Vec gradient_noise(Vec column, Vec row) {
  const Vec at = hn::MulAdd(column, constant(0.06711056f), hn::Mul(row, constant(0.00583715f)));
  return fraction(hn::Mul(fraction(at), constant(52.9829189f)));
}

void dither_run(float column, float row, std::size_t count, const Planes& p) {
  // A little less than a whole step, so that no tie can move a value that needs no rounding.
  const Vec step = constant(255.0f / 256 / 255), half = constant(0.5f), y = constant(row);
  transform_run(p, p, count, [&](std::size_t i, const Rgba& v) HWY_ATTR {
    const Vec x = hn::Add(hn::Iota(f, float(i)), constant(column));
    const Vec offset = hn::Mul(hn::Sub(gradient_noise(x, y), half), step);
    return Rgba{hn::Add(v.r, offset), hn::Add(v.g, offset), hn::Add(v.b, offset), v.a};
  });
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(dither_run);

void dither(int column, int row, int count, const Planes& pixels) {
  HWY_DYNAMIC_DISPATCH(dither_run)(float(column), float(row), std::size_t(count), pixels);
}

}  // namespace cookline::kernels
#endif
