// Amplitude, exponent and offset of noise, over a run of values.
#include "kernels/noise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/noise_shape.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {

template <class D, class V = hn::Vec<D>>
HWY_INLINE V shaped(D d, V value, float amp, float exponent, float offset) {
  const V v = hn::Mul(value, hn::Set(d, amp));
  if (exponent == 1) return hn::Add(v, hn::Set(d, offset));
  const V power = hn::CopySign(pow(d, hn::Abs(v), hn::Set(d, exponent)), v);
  return hn::Add(hn::IfThenZeroElse(hn::Eq(v, hn::Zero(d)), power), hn::Set(d, offset));
}

void shape_run(std::span<float> values, float amp, float exponent, float offset) {
  const hn::ScalableTag<float> d;
  const hn::CappedTag<float, 1> single;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= values.size(); i += lanes) {
    hn::StoreU(shaped(d, hn::LoadU(d, &values[i]), amp, exponent, offset), d, &values[i]);
  }
  for (; i < values.size(); ++i) {
    hn::StoreU(shaped(single, hn::LoadU(single, &values[i]), amp, exponent, offset), single, &values[i]);
  }
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(shape_run);
void shape_noise(std::span<float> values, float amp, float exp, float offset) {
  HWY_DYNAMIC_DISPATCH(shape_run)(values, amp, exp, offset);
}

}  // namespace cookline::kernels
#endif
