// Simplex noise in 2, 3 and 4 dimensions as TouchDesigner has it: S. Gustavson's GLSL noise of 2004, radius² 0.5 in 2-D
// and 0.6 above (which leaves tiny steps). Coordinates arrive skewed. Included once per target.
#if defined(COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_
#undef COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_SIMPLEX_INL_H_
#endif

#include "kernels/noise_lattice-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// The walk through a simplex, from its first to its last corner, one axis at a time, the largest coordinate first;
// step[m][k] tells whether axis k was taken by corner m + 1. Ties go to the later axis, as in the original.
template <int N>
struct Walk {
  std::array<std::array<M, N>, N - 1> step;
};

HWY_INLINE Walk<2> walk_of(const std::array<F, 2>& f) {
  const M xy = hn::Gt(f[0], f[1]);
  return {{{{xy, hn::Not(xy)}}}};
}

HWY_INLINE Walk<3> walk_of(const std::array<F, 3>& f) {
  const M xy = hn::Gt(f[0], f[1]), xz = hn::Gt(f[0], f[2]), yz = hn::Gt(f[1], f[2]);
  return {{{{hn::And(xy, xz), hn::AndNot(xy, yz), hn::Not(hn::Or(xz, yz))},
            {hn::Or(xy, xz), hn::Or(hn::Not(xy), yz), hn::Not(hn::And(xz, yz))}}}};
}

HWY_INLINE Walk<4> walk_of(const std::array<F, 4>& f) {
  const Ints di;
  std::array<I, 4> rank;  // how many axes come later than this one
  for (int a = 0; a < 4; ++a) rank[a] = hn::Set(di, a);
  for (int a = 0; a < 4; ++a) {
    for (int b = a + 1; b < 4; ++b) {
      const I minus_one = hn::BitCast(di, hn::VecFromMask(Floats(), hn::Gt(f[a], f[b])));
      rank[a] = hn::Sub(rank[a], minus_one);
      rank[b] = hn::Add(rank[b], minus_one);
    }
  }
  Walk<4> walk;
  for (int m = 0; m < 3; ++m) {
    for (int k = 0; k < 4; ++k) walk.step[m][k] = hn::RebindMask(Floats(), hn::Gt(rank[k], hn::Set(di, 2 - m)));
  }
  return walk;
}

// Gradient codes of the corners.
template <int N>
using Codes = std::array<U, N + 1>;

HWY_INLINE Codes<2> corner_codes(const NoiseTables& tables, const std::array<U, 2>& c, const Walk<2>& walk) {
  const U codes = codes_of_lookups(quad_of(tables, cell_of(c[0]), cell_of(c[1])));
  const M xy = walk.step[0][0];
  const U middle = hn::IfThenElse(hn::RebindMask(Bits(), xy), hn::ShiftRight<8>(codes), hn::ShiftRight<16>(codes));
  return {codes, middle, hn::ShiftRight<24>(codes)};
}

// The four corners stand on three columns (i, j), since x and y are taken once each: two of the columns' four points
// are needed, and a gather gives both points k and k+1 of a column.
HWY_INLINE Codes<3> corner_codes(const NoiseTables& tables, const std::array<U, 3>& c, const std::array<F, 3>& f,
                                 const Walk<3>& walk) {
  const Bits du;
  const U quad = quad_of(tables, cell_of(c[0]), cell_of(c[1]));
  const U k = hn::And(hn::ShiftRight<23>(c[2]), set_bits(0x1fe));
  const auto xy = hn::RebindMask(du, hn::Gt(f[0], f[1]));
  const U first = column_codes(tables, hn::ShiftLeft<9>(quad), k);
  const U middle = column_codes(tables, hn::IfThenElse(xy, hn::ShiftLeft<1>(quad), hn::ShiftRight<7>(quad)), k);
  const U last = column_codes(tables, hn::ShiftRight<15>(quad), k);
  const auto z_first = hn::RebindMask(du, walk.step[0][2]), z_by_second = hn::RebindMask(du, walk.step[1][2]);
  return {first, hn::IfThenElse(z_first, hn::ShiftRight<8>(first), middle),
          hn::IfThenElse(z_by_second, hn::ShiftRight<8>(middle), last), hn::ShiftRight<8>(last)};
}

// Which byte of a quad a corner uses, as a shift.
HWY_INLINE U quad_shift(M i, M j) {
  const U eight = hn::IfThenElseZero(hn::RebindMask(Bits(), i), set_bits(8));
  return hn::Add(eight, hn::IfThenElseZero(hn::RebindMask(Bits(), j), set_bits(16)));
}

HWY_INLINE Codes<4> corner_codes(const NoiseTables& tables, const std::array<U, 4>& c, const Walk<4>& walk) {
  const U xy = quad_of(tables, cell_of(c[0]), cell_of(c[1])), zw = quad_of(tables, cell_of(c[2]), cell_of(c[3]));
  Codes<4> codes;
  codes[0] = code_of_pairs(tables, xy, zw);
  for (int m = 0; m < 3; ++m) {
    const auto& step = walk.step[m];
    codes[m + 1] =
        code_of_pairs(tables, hn::Shr(xy, quad_shift(step[0], step[1])), hn::Shr(zw, quad_shift(step[2], step[3])));
  }
  codes[4] = code_of_pairs(tables, hn::ShiftRight<24>(xy), hn::ShiftRight<24>(zw));
  return codes;
}

template <int N, bool slope_wanted>
struct Simplex {
  static constexpr int dimensions = N;
  static constexpr bool with_slope = slope_wanted;
  static constexpr float unskew = N == 2 ? 0.211324865405f : N == 3 ? float(1.0 / 6) : 0.138196601125f;
  static constexpr float radius = N == 2 ? 0.5f : 0.6f;

  const NoiseTables& tables = noise_tables();
  CodedGradients<N> gradients;

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

  HWY_INLINE Codes<N> codes(const std::array<U, N>& c, const std::array<F, N>& f, const Walk<N>& walk) const {
    if constexpr (N == 3) {
      return corner_codes(tables, c, f, walk);
    } else {
      return corner_codes(tables, c, walk);
    }
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
    const auto code = codes(c, f, walk);
    F sum = hn::Zero(Floats());
    for (int m = 0; m <= N; ++m) {
      const F r = falloff(d[m]), r2 = hn::Mul(r, r);
      sum = hn::MulAdd(hn::Mul(r2, r2), dot(gradients(code[m]), d[m]), sum);
    }
    return sum;
  }

  // ∇(r⁴ g·d) = r⁴ g − 8 r³ (g·d) d
  HWY_INLINE Sample<N> slope(const std::array<U, N>& c) const {
    std::array<F, N> f;
    for (int k = 0; k < N; ++k) f[k] = fraction_of(c[k]);
    const auto walk = walk_of(f);
    const auto d = corners(f, walk);
    const auto code = codes(c, f, walk);
    Sample<N> sum;
    for (int k = 0; k < N; ++k) sum.slope[k] = hn::Zero(Floats());
    for (int m = 0; m <= N; ++m) {
      const auto g = gradients(code[m]);
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
