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

#include "kernels/vector_math_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// All functions take a tag D of float lanes (any size) and full vectors; errors are in units in the last place (ulp) of
// the result, against the exact value, and are checked by vector_math_test.cpp. NaN in gives NaN out.

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
