#include "kernels/level.h"

#include <algorithm>
#include <cstring>

#include "kernels/level_plan.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/level.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/planes-inl.h"
#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// Constants as vectors, made once a run.
struct AffineVec {
  Vec gain, offset;
  explicit AffineVec(const Affine& a) : gain(constant(float(a.gain))), offset(constant(float(a.offset))) {}
  HWY_INLINE Vec of(Vec x) const { return hn::MulAdd(x, gain, offset); }
};

// Bands, see level.h. The edge between bands k-1 and k lies where x / stepsize - threshold is k.
struct Bands {
  Vec size, threshold, low, high, steepness;
  bool soft;
  explicit Bands(const Level& p)
      : size(constant(float(p.stepsize))),
        threshold(constant(float(p.threshold))),
        low(constant(float(p.clamplow))),
        high(constant(float(p.clamphigh))),
        steepness(constant(p.soften > 0 ? float(std::min(1 / p.soften, 0x1p60)) : 0.0f)),
        soft(p.soften > 0) {}
  HWY_INLINE Vec of(Vec x) const {
    const Vec at = hn::Sub(hn::Div(x, size), threshold);
    Vec band = hn::Floor(at);
    if (soft) {
      const Vec edge = hn::Round(at);
      const Vec beyond = hn::MulAdd(hn::Sub(at, edge), steepness, constant(0.5f));
      band = hn::Add(hn::Sub(edge, constant(1.0f)), clamp01(beyond));
    }
    return clamp(hn::Mul(band, size), low, high);
  }
};

// Not beyond 2^60, so that what follows can make no infinity of it, and an opacity of 0 no NaN of that.
HWY_INLINE Vec curve(Vec x, Vec power) { return hn::Min(pow(f, hn::Max(x, hn::Zero(f)), power), constant(0x1p60f)); }

void affine_plane(const Affine& step, const float* in, float* out, std::size_t count) {
  if (step.identity()) {
    if (in != out) std::memcpy(out, in, count * sizeof(float));
    return;
  }
  const AffineVec a(step);
  transform_plane(in, out, count, [&](std::size_t, Vec x) HWY_ATTR { return a.of(x); });
}

// pre limited before and after: as it is monotonic, both limits are one on its result.
struct LimitedAffine {
  AffineVec affine;
  Vec low, high;
  explicit LimitedAffine(const Affine& a) : affine(a) {
    const Vec at_zero = clamp01(affine.of(hn::Zero(f))), at_one = clamp01(affine.of(constant(1.0f)));
    low = hn::Min(at_zero, at_one);
    high = hn::Max(at_zero, at_one);
  }
  HWY_INLINE Vec of(Vec x) const { return clamp(affine.of(x), low, high); }
};

void limited_plane(const ChannelPlan& plan, const float* in, float* out, std::size_t count) {
  const LimitedAffine pre(plan.pre);
  const AffineVec range(plan.range);
  if (plan.range.identity()) {
    transform_plane(in, out, count, [&](std::size_t, Vec x) HWY_ATTR { return pre.of(x); });
  } else {
    transform_plane(in, out, count, [&](std::size_t, Vec x) HWY_ATTR { return range.of(pre.of(x)); });
  }
}

// Everything else; the branches are the same for all pixels of a run.
void any_plane(const Level& p, const ChannelPlan& plan, const float* in, const float* alpha, float* out,
               std::size_t count) {
  const AffineVec pre(plan.pre), range(plan.range), post(plan.post);
  const LimitedAffine limited_pre(plan.pre);
  const Bands bands(p);
  const Vec power1 = constant(float(plan.power1)), power2 = constant(float(plan.power2));
  const Vec low = constant(float(p.clamplow2)), high = constant(float(p.clamphigh2));
  const Vec opacity = constant(plan.limit ? float(p.opacity) : 1.0f);
  transform_plane(in, out, count, [&](std::size_t i, Vec x) HWY_ATTR {
    x = plan.clamp_input ? limited_pre.of(x) : pre.of(x);
    if (plan.power1 != 1) x = curve(x, power1);
    x = range.of(x);
    if (plan.stepping) x = bands.of(x);
    if (plan.power2 != 1) x = curve(x, power2);
    x = post.of(x);
    if (plan.limit) x = clamp(x, low, high);
    return hn::Mul(x, plan.by_alpha ? load_rest(alpha, i, count) : opacity);
  });
}

void level_run(const Level& p, const ConstPlanes& in, const Planes& out, std::size_t count) {
  affine_plane(alpha_of(p), in.a, out.a, count);
  const float* from[] = {in.r, in.g, in.b};
  float* to[] = {out.r, out.g, out.b};
  for (std::size_t c = 0; c < 3; ++c) {
    const ChannelPlan plan = plan_of(p, c);
    if (!plan.straight())
      any_plane(p, plan, from[c], out.a, to[c], count);
    else if (plan.clamp_input)
      limited_plane(plan, from[c], to[c], count);
    else
      affine_plane(plan.range, from[c], to[c], count);
  }
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(level_run);

void level(const Level& parameters, const ConstPlanes& in, const Planes& out, int count) {
  HWY_DYNAMIC_DISPATCH(level_run)(parameters, in, out, std::size_t(count));
}

}  // namespace cookline::kernels
#endif
