// What the vector functions are made of: polynomials, powers of two, logarithms in two floats, reduction of angles.
// Kernels include vector_math-inl.h instead.
#if defined(COOKLINE_KERNELS_VECTOR_MATH_PARTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_VECTOR_MATH_PARTS_INL_H_
#undef COOKLINE_KERNELS_VECTOR_MATH_PARTS_INL_H_
#else
#define COOKLINE_KERNELS_VECTOR_MATH_PARTS_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

namespace detail {

template <class D>
HWY_INLINE hn::Vec<D> constant(D d, float value) {
  return hn::Set(d, value);
}

// c[0] + x·(c[1] + x·(…)), innermost first, one rounding a step.
template <class D, int N>
HWY_INLINE hn::Vec<D> polynomial(D d, hn::Vec<D> x, const float (&c)[N]) {
  auto sum = hn::Set(d, c[N - 1]);
  for (int i = N - 2; i >= 0; --i) sum = hn::MulAdd(sum, x, hn::Set(d, c[i]));
  return sum;
}

// v · 2^n for |n| <= 252. Two steps, so that only the last one can round (subnormals) or overflow.
template <class D>
HWY_INLINE hn::Vec<D> scale_by_power_of_two(D d, hn::Vec<D> v, hn::Vec<hn::RebindToSigned<D>> n) {
  const hn::RebindToSigned<D> di;
  const auto bias = hn::Set(di, 127);
  const auto half = hn::ShiftRight<1>(n);
  const auto first = hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(half, bias)));
  const auto second = hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(hn::Sub(n, half), bias)));
  return hn::Mul(hn::Mul(v, first), second);
}

// 2^(whole + part), |part| <= 0.5 and a little.
template <class D>
HWY_INLINE hn::Vec<D> exp2_of_sum(D d, hn::Vec<D> whole, hn::Vec<D> part) {
  static constexpr float c[] = {1.0f,           0.693147182f,   0.240226477f,   0.0555035956f,
                                0.00961849932f, 0.00133909704f, 0.000153293106f};
  const hn::RebindToSigned<D> di;
  return scale_by_power_of_two(d, polynomial(d, part, c), hn::ConvertTo(di, whole));
}

template <class D>
struct Pair {
  hn::Vec<D> hi, lo;
};

// log2 of positive finite x as an unevaluated sum, relative error below 2^-30. With m = x/2^e in [sqrt 1/2, sqrt 2) and
// s = (m-1)/(m+1): log2 x = e + 2/ln 2 · (s + s³/3 + s⁵/5 + …); s is kept in two floats, the tail needs only one.
template <class D>
HWY_INLINE Pair<D> log2_as_pair(D d, hn::Vec<D> x) {
  static constexpr float tail[] = {0.961796701f, 0.577075362f, 0.412272781f, 0.32852298f};
  const hn::RebindToSigned<D> di;
  const auto one = constant(d, 1.0f);
  const auto subnormal = hn::Lt(x, constant(d, std::numeric_limits<float>::min()));
  x = hn::IfThenElse(subnormal, hn::Mul(x, constant(d, 0x1p24f)), x);
  const auto sqrt_half_bits = hn::Set(di, 0x3f3504f3);
  const auto bits = hn::BitCast(di, x);
  const auto exponent = hn::ShiftRight<23>(hn::Sub(bits, sqrt_half_bits));
  const auto m = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(exponent)));
  const auto e = hn::Sub(hn::ConvertTo(d, exponent), hn::IfThenElseZero(subnormal, constant(d, 24.0f)));

  const auto above = hn::Sub(m, one);  // exact
  const auto below = hn::Add(m, one);
  const auto below_lo = hn::Sub(m, hn::Sub(below, one));
  const auto s = hn::Div(above, below);
  const auto s_lo = hn::Div(hn::NegMulAdd(s, below_lo, hn::NegMulAdd(s, below, above)), below);
  const auto z = hn::Mul(s, s);

  const auto c = constant(d, 2.88539004f), c_lo = constant(d, 3.85192607e-08f);  // 2/ln 2
  const auto p = hn::Mul(s, c);
  auto p_lo = hn::MulAdd(hn::Mul(z, s), polynomial(d, z, tail), hn::MulSub(s, c, p));
  p_lo = hn::Add(p_lo, hn::MulAdd(s, c_lo, hn::Mul(s_lo, c)));
  const auto sum = hn::Add(e, p);  // e is 0 or the larger one, so the error of the sum is exact:
  const auto lo = hn::Add(hn::Sub(p, hn::Sub(sum, e)), p_lo);
  const auto hi = hn::Add(sum, lo);
  return {hi, hn::Sub(lo, hn::Sub(hi, sum))};
}

// What log2 and log give for x <= 0, infinity and NaN; `value` for the others.
template <class D>
HWY_INLINE hn::Vec<D> with_logarithm_limits(D d, hn::Vec<D> x, hn::Vec<D> value) {
  const auto zero = hn::Zero(d), infinity = constant(d, std::numeric_limits<float>::infinity());
  value = hn::IfThenElse(hn::Eq(x, infinity), infinity, value);
  value = hn::IfThenElse(hn::Eq(x, zero), hn::Neg(infinity), value);
  return hn::IfThenElse(hn::Ge(x, zero), value, hn::NaN(d));
}

template <class D>
struct Quadrant {
  hn::Vec<D> r;
  hn::Vec<hn::RebindToSigned<D>> q;
};

// x = q·π/2 + r, |r| <= π/4 (and a little), by π/2 in three parts (Cody and Waite).
template <class D>
HWY_INLINE Quadrant<D> reduce_angle(D d, hn::Vec<D> x) {
  const hn::RebindToSigned<D> di;
  const auto k = hn::Round(hn::Mul(x, constant(d, 0.636619747f)));
  auto r = hn::NegMulAdd(k, constant(d, 1.57079637f), x);
  r = hn::NegMulAdd(k, constant(d, -4.37113883e-08f), r);
  r = hn::NegMulAdd(k, constant(d, -1.71512451e-15f), r);
  // Where a huge x has no fraction left, the result is still a sine of something.
  const auto limit = constant(d, 0.8f);
  return {hn::Min(hn::Max(r, hn::Neg(limit)), limit), hn::ConvertTo(di, k)};
}

// sin(r + q·π/2)
template <class D>
HWY_INLINE hn::Vec<D> sine_in_quadrant(D d, Quadrant<D> angle) {
  static constexpr float s[] = {-0.166666552f, 0.00833218824f, -0.00019517995f};
  static constexpr float c[] = {0.0416666456f, -0.00138873013f, 2.44306611e-05f};
  const hn::RebindToSigned<D> di;
  const auto r = angle.r, z = hn::Mul(r, r);
  const auto sine = hn::MulAdd(hn::Mul(r, z), polynomial(d, z, s), r);
  const auto cosine =
      hn::MulAdd(hn::Mul(z, z), polynomial(d, z, c), hn::NegMulAdd(z, constant(d, 0.5f), constant(d, 1.0f)));
  const auto odd = hn::MaskFromVec(hn::BitCast(d, hn::Neg(hn::And(angle.q, hn::Set(di, 1)))));
  const auto sign = hn::ShiftLeft<30>(hn::And(angle.q, hn::Set(di, 2)));
  return hn::Xor(hn::IfThenElse(odd, cosine, sine), hn::BitCast(d, sign));
}

template <class D>
HWY_INLINE hn::Vec<D> nan_unless_finite(D d, hn::Vec<D> x, hn::Vec<D> value) {
  return hn::IfThenElse(hn::Lt(hn::Abs(x), constant(d, std::numeric_limits<float>::infinity())), value, hn::NaN(d));
}

}  // namespace detail

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
