// The vector functions over spans: whole vectors, then one padded vector for the rest, so a value does not depend on
// where in a span it stands.
#include "kernels/vector_math.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/vector_math.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {

// Calls f(vector of a, vector of b) over two runs; b may be a itself.
template <class F>
HWY_INLINE void for_each_lane(std::span<const float> a, std::span<const float> b, std::span<float> to, F f) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d), count = a.size(), whole = count / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes) {
    hn::StoreU(f(d, hn::LoadU(d, a.data() + i), hn::LoadU(d, b.data() + i)), d, to.data() + i);
  }
  if (whole == count) return;
  HWY_ALIGN float rest_a[hn::MaxLanes(d)] = {}, rest_b[hn::MaxLanes(d)] = {};
  for (std::size_t i = whole; i < count; ++i) rest_a[i - whole] = a[i], rest_b[i - whole] = b[i];
  hn::Store(f(d, hn::Load(d, rest_a), hn::Load(d, rest_b)), d, rest_a);
  for (std::size_t i = whole; i < count; ++i) to[i] = rest_a[i - whole];
}

void exp2_run(std::span<const float> from, std::span<float> to) {
  for_each_lane(from, from, to, [](auto d, auto v, auto) HWY_ATTR { return exp2(d, v); });
}
void exp_run(std::span<const float> from, std::span<float> to) {
  for_each_lane(from, from, to, [](auto d, auto v, auto) HWY_ATTR { return exp(d, v); });
}
void log2_run(std::span<const float> from, std::span<float> to) {
  for_each_lane(from, from, to, [](auto d, auto v, auto) HWY_ATTR { return log2(d, v); });
}
void log_run(std::span<const float> from, std::span<float> to) {
  for_each_lane(from, from, to, [](auto d, auto v, auto) HWY_ATTR { return log(d, v); });
}
void sin_run(std::span<const float> from, std::span<float> to) {
  for_each_lane(from, from, to, [](auto d, auto v, auto) HWY_ATTR { return sin(d, v); });
}
void cos_run(std::span<const float> from, std::span<float> to) {
  for_each_lane(from, from, to, [](auto d, auto v, auto) HWY_ATTR { return cos(d, v); });
}
void pow_run(std::span<const float> x, std::span<const float> y, std::span<float> to) {
  for_each_lane(x, y, to, [](auto d, auto a, auto b) HWY_ATTR { return pow(d, a, b); });
}
void atan2_run(std::span<const float> y, std::span<const float> x, std::span<float> to) {
  for_each_lane(y, x, to, [](auto d, auto a, auto b) HWY_ATTR { return atan2(d, a, b); });
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(exp2_run);
HWY_EXPORT(exp_run);
HWY_EXPORT(log2_run);
HWY_EXPORT(log_run);
HWY_EXPORT(sin_run);
HWY_EXPORT(cos_run);
HWY_EXPORT(pow_run);
HWY_EXPORT(atan2_run);

void exp2_each(std::span<const float> from, std::span<float> to) { HWY_DYNAMIC_DISPATCH(exp2_run)(from, to); }
void exp_each(std::span<const float> from, std::span<float> to) { HWY_DYNAMIC_DISPATCH(exp_run)(from, to); }
void log2_each(std::span<const float> from, std::span<float> to) { HWY_DYNAMIC_DISPATCH(log2_run)(from, to); }
void log_each(std::span<const float> from, std::span<float> to) { HWY_DYNAMIC_DISPATCH(log_run)(from, to); }
void sin_each(std::span<const float> from, std::span<float> to) { HWY_DYNAMIC_DISPATCH(sin_run)(from, to); }
void cos_each(std::span<const float> from, std::span<float> to) { HWY_DYNAMIC_DISPATCH(cos_run)(from, to); }

void pow_each(std::span<const float> x, std::span<const float> y, std::span<float> to) {
  HWY_DYNAMIC_DISPATCH(pow_run)(x, y, to);
}

void atan2_each(std::span<const float> y, std::span<const float> x, std::span<float> to) {
  HWY_DYNAMIC_DISPATCH(atan2_run)(y, x, to);
}

}  // namespace cookline::kernels
#endif
