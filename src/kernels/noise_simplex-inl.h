// Simplex noise in 2, 3 and 4 dimensions as TouchDesigner has it: S. Gustavson's GLSL noise of 2004, radius² 0.5 in 2-D
// and 0.6 above (which leaves tiny steps). Coordinates arrive skewed. Included once per target.
#if defined(COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_
#undef COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_
#endif

#include "kernels/noise_simplex_corners-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// `Hash` finds gradients for the corners; `wide` is the radius of the original, beyond which N > 2 leaves steps.
template <int N, bool slope_wanted, class Hash = CornerHash<N>, bool wide = true>
struct Simplex {
  static constexpr int dimensions = N;
  static constexpr bool with_slope = slope_wanted;
  static constexpr float unskew = N == 2 ? 0.211324865405f : N == 3 ? float(1.0 / 6) : 0.138196601125f;
  static constexpr float radius = N > 2 && wide ? 0.6f : 0.5f;

  Hash hash;
  typename Hash::Gradients gradients;

  // The vector from each corner to the point.
  HWY_INLINE std::array<std::array<F, N>, N + 1> corners(const std::array<F, N>& f, const Walk<N>& walk) const {
    F sum = hn::Add(f[0], f[1]);
    for (int k = 2; k < N; ++k) sum = hn::Add(sum, f[k]);
    const F t = hn::Mul(sum, set(unskew * 0x1p-24f));
    std::array<std::array<F, N>, N + 1> d;
    for (int k = 0; k < N; ++k) {
      d[0][k] = hn::MulSub(f[k], set(0x1p-24f), t);
      for (int m = 1; m < N; ++m) {
        const F moved = hn::IfThenElse(walk.step[m - 1][k], set(float(m) * unskew - 1), set(float(m) * unskew));
        d[m][k] = hn::Add(d[0][k], moved);
      }
      d[N][k] = hn::Add(d[0][k], set(float(N) * unskew - 1));
    }
    return d;
  }

  // max(0, radius² − |d|²)
  HWY_INLINE F falloff(const std::array<F, N>& d) const {
    F r = set(radius);
    for (int k = 0; k < N; ++k) r = hn::NegMulAdd(d[k], d[k], r);
    return hn::Max(r, hn::Zero(Floats()));
  }

  HWY_INLINE F dot(const std::array<F, N>& g, const std::array<F, N>& d) const {
    F sum = hn::Mul(g[0], d[0]);
    for (int k = 1; k < N; ++k) sum = hn::MulAdd(g[k], d[k], sum);
    return sum;
  }

  HWY_INLINE F value(const std::array<U, N>& c) const {
    std::array<F, N> f;
    for (int k = 0; k < N; ++k) f[k] = fraction_of(c[k]);
    const auto walk = walk_of(f);
    const auto d = corners(f, walk);
    const auto corner = hash(c, f, walk);
    F sum = hn::Zero(Floats());
    for (int m = 0; m <= N; ++m) {
      const F r = falloff(d[m]), r2 = hn::Mul(r, r);
      sum = hn::MulAdd(hn::Mul(r2, r2), dot(gradients(corner[m]), d[m]), sum);
    }
    return sum;
  }

  // ∇(r⁴ g·d) = r⁴ g − 8 r³ (g·d) d
  HWY_INLINE Sample<N> slope(const std::array<U, N>& c) const {
    std::array<F, N> f;
    for (int k = 0; k < N; ++k) f[k] = fraction_of(c[k]);
    const auto walk = walk_of(f);
    const auto d = corners(f, walk);
    const auto corner = hash(c, f, walk);
    Sample<N> sum;
    for (int k = 0; k < N; ++k) sum.slope[k] = hn::Zero(Floats());
    for (int m = 0; m <= N; ++m) {
      const auto g = gradients(corner[m]);
      const F r = falloff(d[m]), r2 = hn::Mul(r, r), r4 = hn::Mul(r2, r2);
      const F pull = hn::Mul(hn::Mul(hn::Mul(r2, r), set(-8)), dot(g, d[m]));
      for (int k = 0; k < N; ++k) sum.slope[k] = hn::MulAdd(pull, d[m][k], hn::MulAdd(r4, g[k], sum.slope[k]));
    }
    return sum;
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
