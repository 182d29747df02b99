// Brings points to fixed point, several at a time: products, sums and floors of doubles in a fixed order, so that every
// instruction set gives the same bits.
#include "kernels/noise_fixed.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/noise_fixed.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/noise_run.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::ScalableTag<double>;
using D = hn::Vec<Doubles>;
using Words = hn::Repartition<std::uint32_t, Doubles>;
using W = hn::Vec<Words>;

// The fraction of `turns` in units of 2^-32, rounded down, in the lower half of each lane; 0 for what is no number. The
// last bit of the sums is worth one unit, so that the units can be read off the mantissa; a fraction of 1, which is
// what 1 less next to nothing rounds to, reads as 0. The sums are written as products with 1, which spreads the work
// over a processor's adders and multipliers.
HWY_INLINE W units_of_fraction(D turns) {
  const Doubles d;
  const D part = hn::Sub(turns, hn::Floor(turns)), one = hn::Set(d, 1.0);
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
  constexpr int down = _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC;
  const auto number = hn::Eq(part, part);
  return hn::BitCast(Words(),
                     D{_mm512_maskz_fmadd_round_pd(number.raw, part.raw, one.raw, _mm512_set1_pd(0x1p20), down)});
#else
#if HWY_TARGET == HWY_AVX2
  const D number{_mm256_min_pd(part.raw, one.raw)};  // 1 for what is none
#else
  const D number = hn::IfThenElse(hn::Lt(part, one), part, one);
#endif
  const D units = hn::Floor(hn::Mul(number, hn::Set(d, 0x1p32)));
  return hn::BitCast(Words(), hn::MulAdd(units, one, hn::Set(d, 0x1p52)));
#endif
}

// The coordinates of as many points as a vector of doubles has lanes.
template <int N, bool skewed, class Load>
HWY_INLINE std::array<W, N> fix(double turns_per_unit, double skew, Load load) {
  const Doubles d;
  std::array<D, N> p;
  for (int k = 0; k < N; ++k) p[k] = hn::Mul(load(k), hn::Set(d, turns_per_unit));
  if constexpr (skewed) {
    D sum = hn::Add(p[0], p[1]);
    for (int k = 2; k < N; ++k) sum = hn::Add(sum, p[k]);
    sum = hn::Mul(sum, hn::Set(d, skew));
    for (int k = 0; k < N; ++k) p[k] = hn::Add(p[k], sum);
  }
  std::array<W, N> fixed;
  for (int k = 0; k < N; ++k) fixed[k] = units_of_fraction(p[k]);
  return fixed;
}

using Coordinates = std::array<const double*, 4>;

// `count` points, a multiple of noise_block.
template <int N, bool skewed>
void fix_blocks(const Coordinates& from, std::size_t count, double turns_per_unit, double skew,
                const std::array<std::uint32_t*, 4>& to) {
  const Doubles d;
  const Words dw;
  constexpr std::size_t half = hn::MaxLanes(Doubles());
  static_assert(noise_block % (2 * half) == 0);
  for (std::size_t i = 0; i < count; i += 2 * half) {
    const auto low = fix<N, skewed>(turns_per_unit, skew, [&](int k) HWY_ATTR { return hn::LoadU(d, from[k] + i); });
    const auto high =
        fix<N, skewed>(turns_per_unit, skew, [&](int k) HWY_ATTR { return hn::LoadU(d, from[k] + i + half); });
    for (int k = 0; k < N; ++k) hn::StoreU(hn::ConcatEven(dw, high[k], low[k]), dw, to[k] + i);
  }
}

template <int N, bool skewed>
void fix_run(const NoisePoints& points, double turns_per_unit, std::size_t first, std::size_t count,
             std::array<std::uint32_t*, 4> to) {
  const std::size_t rest = count % noise_block, whole = count - rest;
  double last[4][noise_block] = {};
  Coordinates from = {};
  for (int k = 0; k < N; ++k) {
    from[k] = points.coordinates[k].data() + first;
    for (std::size_t i = 0; i < rest; ++i) last[k][i] = from[k][whole + i];
  }
  fix_blocks<N, skewed>(from, whole, turns_per_unit, points.skew, to);
  if (rest == 0) return;
  for (int k = 0; k < N; ++k) to[k] += whole;
  fix_blocks<N, skewed>({last[0], last[1], last[2], last[3]}, noise_block, turns_per_unit, points.skew, to);
}

void fix_points_of(const NoisePoints& points, double frequency, std::size_t first, std::size_t count,
                   const std::array<std::uint32_t*, 4>& fixed) {
  const double turns_per_unit = frequency / points.cells;
  const auto run = points.dimensions == 2   ? (points.skew ? fix_run<2, true> : fix_run<2, false>)
                   : points.dimensions == 3 ? (points.skew ? fix_run<3, true> : fix_run<3, false>)
                                            : (points.skew ? fix_run<4, true> : fix_run<4, false>);
  run(points, turns_per_unit, first, count, fixed);
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(fix_points_of);
void fix_points(const NoisePoints& points, double frequency, std::size_t first, std::size_t count,
                const std::array<std::uint32_t*, 4>& fixed) {
  HWY_DYNAMIC_DISPATCH(fix_points_of)(points, frequency, first, count, fixed);
}

}  // namespace cookline::kernels
#endif
