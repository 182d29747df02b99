// sin, cos, exp, log, pow and their kin on vectors of 32-bit floats, the same bits on every instruction set: fixed
// order of operations, explicit fused multiply-add, no table, no libm. Included once per target, after
// foreach_target.h.
#if defined(COOKLINE_KERNELS_VECTOR_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_VECTOR_MATH_INL_H_
#undef COOKLINE_KERNELS_VECTOR_MATH_INL_H_
#else
#define COOKLINE_KERNELS_VECTOR_MATH_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// All functions take a tag D of float lanes (any size) and full vectors; errors are in units in the last place (ulp) of
// the result, against the exact value, and are checked by vector_math_test.cpp. NaN in gives NaN out.

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

// 2^x, within 1 ulp; 0 and infinity beyond the range of float, subnormals included.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exp2(D d, V x) {
  const auto limit = hn::Set(d, 200.0f);
  const auto clamped = hn::Min(hn::Max(x, hn::Neg(limit)), limit);
  const auto whole = hn::Round(clamped);
  return hn::IfThenElse(hn::IsNaN(x), x, detail::exp2_of_sum(d, whole, hn::Sub(clamped, whole)));
}

// e^x, within 1 ulp; limits as exp2.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exp(D d, V x) {
  static constexpr float c[] = {1.0f, 1.0f, 0.49999994f, 0.166665211f, 0.0416682623f, 0.00836867001f, 0.00138210237f};
  const hn::RebindToSigned<D> di;
  const auto limit = hn::Set(d, 140.0f);
  const auto clamped = hn::Min(hn::Max(x, hn::Neg(limit)), limit);
  const auto n = hn::Round(hn::Mul(clamped, hn::Set(d, 1.44269502f)));
  auto r = hn::NegMulAdd(n, hn::Set(d, 0.693147182f), clamped);
  r = hn::NegMulAdd(n, hn::Set(d, -1.90465421e-09f), r);
  const auto value = detail::scale_by_power_of_two(d, detail::polynomial(d, r, c), hn::ConvertTo(di, n));
  return hn::IfThenElse(hn::IsNaN(x), x, value);
}

// Base-2 logarithm, within 1 ulp; -infinity for 0, NaN below 0.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V log2(D d, V x) {
  return detail::with_logarithm_limits(d, x, detail::log2_as_pair(d, x).hi);
}

// Natural logarithm, within 1 ulp; limits as log2.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V log(D d, V x) {
  const auto l = detail::log2_as_pair(d, x);
  const auto small = hn::MulAdd(l.hi, hn::Set(d, -1.90465421e-09f), hn::Mul(l.lo, hn::Set(d, 0.693147182f)));
  return detail::with_logarithm_limits(d, x, hn::MulAdd(l.hi, hn::Set(d, 0.693147182f), small));
}

// x^y, within 2 ulp, with the special cases of IEEE 754 pow: x^0 = 1, a negative x has a power only for whole y.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V pow(D d, V x, V y) {
  const auto zero = hn::Zero(d), one = hn::Set(d, 1.0f), half = hn::Set(d, 0.5f);
  const auto infinity = hn::Set(d, std::numeric_limits<float>::infinity());
  const auto magnitude = hn::Abs(x);
  const auto l = detail::log2_as_pair(d, magnitude);
  const auto limit = hn::Set(d, 200.0f);
  const auto p = hn::Mul(y, l.hi);
  const auto p_lo = hn::MulAdd(y, l.lo, hn::MulSub(y, l.hi, p));
  const auto clamped = hn::Min(hn::Max(p, hn::Neg(limit)), limit);
  const auto whole = hn::Round(clamped);
  const auto part = hn::Add(hn::Sub(clamped, whole), hn::IfThenElseZero(hn::Lt(hn::Abs(p), limit), p_lo));
  auto value = detail::exp2_of_sum(d, whole, part);

  // 0, infinity and |x| = 1 raised to anything, and anything to an infinite power, go by the sign of log|x| · y.
  const auto rises = hn::Xor(hn::Gt(magnitude, one), hn::Lt(y, zero));
  const auto extreme =
      hn::Or(hn::Or(hn::Eq(magnitude, zero), hn::Eq(magnitude, infinity)), hn::Eq(hn::Abs(y), infinity));
  value = hn::IfThenElse(extreme, hn::IfThenElseZero(rises, infinity), value);
  value = hn::IfThenElse(hn::Eq(magnitude, one), one, value);

  const auto whole_y = hn::Eq(hn::Floor(y), y);
  const auto half_y = hn::Mul(y, half);
  const auto odd_y = hn::AndNot(hn::Eq(hn::Floor(half_y), half_y), whole_y);
  const auto negative = hn::And(x, hn::SignBit(d));
  value = hn::IfThenElse(odd_y, hn::Or(value, negative), value);
  const auto rootless = hn::AndNot(whole_y, hn::And(hn::Lt(x, zero), hn::Lt(magnitude, infinity)));
  value = hn::IfThenElse(rootless, hn::NaN(d), value);
  value = hn::IfThenElse(hn::Or(hn::IsNaN(x), hn::IsNaN(y)), hn::NaN(d), value);
  return hn::IfThenElse(hn::Or(hn::Eq(y, zero), hn::Eq(x, one)), one, value);
}

// Sine of radians. Within 2 ulp up to |x| = 2^17; beyond, less and less exact but always in [-1, 1].
template <class D, class V = hn::Vec<D>>
HWY_INLINE V sin(D d, V x) {
  return detail::nan_unless_finite(d, x, detail::sine_in_quadrant(d, detail::reduce_angle(d, x)));
}

// Cosine of radians, as sin.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V cos(D d, V x) {
  const hn::RebindToSigned<D> di;
  auto angle = detail::reduce_angle(d, x);
  angle.q = hn::Add(angle.q, hn::Set(di, 1));
  return detail::nan_unless_finite(d, x, detail::sine_in_quadrant(d, angle));
}

// The angle of the point (x, y) in (-π, π], within 3 ulp; all signs of zero and infinities as IEEE 754 has them.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V atan2(D d, V y, V x) {
  static constexpr float c[] = {-0.333333164f, 0.19998531f, -0.14244473f, 0.10599868f, -0.0609194264f};
  const auto zero = hn::Zero(d), one = hn::Set(d, 1.0f);
  const auto ax = hn::Abs(x), ay = hn::Abs(y), small = hn::Min(ax, ay), large = hn::Max(ax, ay);
  auto ratio = hn::IfThenElse(hn::Eq(small, large), one, hn::Div(small, large));
  ratio = hn::IfThenElse(hn::Eq(large, zero), zero, ratio);

  // atan(t) = π/4 + atan((t-1)/(t+1)) above tan(π/8), so that the polynomial stays short.
  const auto upper = hn::Gt(ratio, hn::Set(d, 0.414213562f));
  const auto t = hn::IfThenElse(upper, hn::Div(hn::Sub(ratio, one), hn::Add(ratio, one)), ratio);
  const auto z = hn::Mul(t, t);
  auto angle = hn::MulAdd(hn::Mul(t, z), detail::polynomial(d, z, c), t);
  angle = hn::Add(angle, hn::IfThenElseZero(upper, hn::Set(d, 0.785398163f)));

  const auto half_turn = hn::Set(d, 3.14159274f), half_turn_lo = hn::Set(d, -8.74227766e-08f);
  const auto quarter = hn::Mul(half_turn, hn::Set(d, 0.5f)), quarter_lo = hn::Mul(half_turn_lo, hn::Set(d, 0.5f));
  angle = hn::IfThenElse(hn::Gt(ay, ax), hn::Add(hn::Sub(quarter, angle), quarter_lo), angle);
  const hn::RebindToSigned<D> di;
  const auto leftward = hn::MaskFromVec(hn::BitCast(d, hn::BroadcastSignBit(hn::BitCast(di, x))));
  angle = hn::IfThenElse(leftward, hn::Add(hn::Sub(half_turn, angle), half_turn_lo), angle);
  angle = hn::Or(angle, hn::And(y, hn::SignBit(d)));
  return hn::IfThenElse(hn::Or(hn::IsNaN(x), hn::IsNaN(y)), hn::NaN(d), angle);
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
