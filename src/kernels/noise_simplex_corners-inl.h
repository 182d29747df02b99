// The corners of the simplex around a point: the order in which they are walked, and the hashes that find their
// gradients. Included once per target.
#if defined(COOKLINE_KERNELS_NOISE_SIMPLEX_CORNERS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_SIMPLEX_CORNERS_INL_H_
#undef COOKLINE_KERNELS_NOISE_SIMPLEX_CORNERS_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_SIMPLEX_CORNERS_INL_H_
#endif

#include <type_traits>

#include "kernels/noise_lattice-inl.h"
#include "kernels/noise_permute-inl.h"

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

// What the corners' gradients are found by, in the lowest bits of each lane.
template <int N>
using Corners = std::array<U, N + 1>;

// Hashes of the corners through the gathered tables.
template <int N>
struct GatheredCorners {
  using Gradients = CodedGradients<N>;
  const NoiseTables& tables = noise_tables();

  HWY_INLINE Corners<2> operator()(const std::array<U, 2>& c, const std::array<F, 2>&, const Walk<2>& walk) const {
    const U codes = codes_of_lookups(quad_of(tables, cell_of(c[0]), cell_of(c[1])));
    const auto x_first = hn::RebindMask(Bits(), walk.step[0][0]);
    const U middle = hn::IfThenElse(x_first, hn::ShiftRight<8>(codes), hn::ShiftRight<16>(codes));
    return {codes, middle, hn::ShiftRight<24>(codes)};
  }

  // The four corners stand on three columns (i, j), since x and y are taken once each, and one gather gives both points
  // k and k+1 of a column.
  HWY_INLINE Corners<3> operator()(const std::array<U, 3>& c, const std::array<F, 3>& f, const Walk<3>& walk) const {
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

  HWY_INLINE Corners<4> operator()(const std::array<U, 4>& c, const std::array<F, 4>&, const Walk<4>& walk) const {
    const U xy = quad_of(tables, cell_of(c[0]), cell_of(c[1])), zw = quad_of(tables, cell_of(c[2]), cell_of(c[3]));
    Corners<4> codes;
    codes[0] = code_of_pairs(tables, xy, zw);
    for (int m = 0; m < 3; ++m) {
      const auto& step = walk.step[m];
      codes[m + 1] =
          code_of_pairs(tables, hn::Shr(xy, quad_shift(step[0], step[1])), hn::Shr(zw, quad_shift(step[2], step[3])));
    }
    codes[4] = code_of_pairs(tables, hn::ShiftRight<24>(xy), hn::ShiftRight<24>(zw));
    return codes;
  }

  // Which byte of a quad a corner uses, as a shift.
  HWY_INLINE U quad_shift(M i, M j) const {
    const U eight = hn::IfThenElseZero(hn::RebindMask(Bits(), i), set_bits(8));
    return hn::Add(eight, hn::IfThenElseZero(hn::RebindMask(Bits(), j), set_bits(16)));
  }
};

#if HWY_TARGET == HWY_AVX3_DL

// The same by byte permutes, all corners at once in the bytes of a lane. What the corners of a walk share out is looked
// up by the walk's number: 1 if x > y, plus 2 if x > z, plus 4 if y > z (2 and 5 do not occur).
struct PermutedCorners2 {
  using Gradients = LookedUpGradients<2>;
  PermutedHash hash;

  HWY_INLINE Corners<2> operator()(const std::array<U, 2>& c, const std::array<F, 2>&, const Walk<2>& walk) const {
    const U quad = hash.quad(hash.table, c[0], hash.rows(c[1], c[1]));
    const auto x_first = hn::RebindMask(Bits(), walk.step[0][0]);
    const U middle = hn::IfThenElse(x_first, hn::ShiftRight<8>(quad), hn::ShiftRight<16>(quad));
    return {quad, middle, hn::ShiftRight<24>(quad)};
  }
};

// Byte m: how far corner m has gone along x; which of the four rows gives its y; and its z.
struct WalkTables {
  alignas(64) std::uint32_t x_steps[16] = {}, y_rows[16] = {}, z_rows[16] = {};
};
inline constexpr WalkTables walk_tables = [] {
  WalkTables t;
  for (int number = 0; number < 8; ++number) {
    const int xy = number & 1, xz = number >> 1 & 1, yz = number >> 2 & 1;
    const int rank[3] = {xy + xz, 1 - xy + yz, 2 - xz - yz};
    for (int m = 0; m < 4; ++m) {
      t.x_steps[number] |= std::uint32_t(rank[0] >= 3 - m) << (8 * m);
      t.y_rows[number] |= std::uint32_t(rank[1] >= 3 - m) << (8 * m);
      t.z_rows[number] |= std::uint32_t(2 + (rank[2] >= 3 - m)) << (8 * m);
    }
  }
  return t;
}();

struct PermutedCorners3 {
  using Gradients = LookedUpGradients<3>;
  PermutedHash hash;
  U x_steps, y_rows, z_rows;

  PermutedCorners3() {
    x_steps = hn::Load(Bits(), walk_tables.x_steps);
    y_rows = hn::Load(Bits(), walk_tables.y_rows);
    z_rows = hn::Load(Bits(), walk_tables.z_rows);
  }

  HWY_INLINE Corners<3> operator()(const std::array<U, 3>& c, const std::array<F, 3>& f, const Walk<3>&) const {
    const M xy = hn::Gt(f[0], f[1]), xz = hn::Gt(f[0], f[2]), yz = hn::Gt(f[1], f[2]);
    __m512i number = _mm512_maskz_set1_epi32(xy.raw, 1);
    number = _mm512_mask_or_epi32(number, xz.raw, number, _mm512_set1_epi32(2));
    number = _mm512_mask_or_epi32(number, yz.raw, number, _mm512_set1_epi32(4));
    const U rows = hash.rows(c[1], c[2]);
    const U x = add_bytes(pick_bytes<0x03030303>(c[0]), by_number(x_steps, number));
    const U column = hash.table_again(add_bytes(x, pick_bytes(rows, by_number(y_rows, number))));
    const U all = hash.table(add_bytes(column, pick_bytes(rows, by_number(z_rows, number))));
    return {all, hn::ShiftRight<8>(all), hn::ShiftRight<16>(all), hn::ShiftRight<24>(all)};
  }

  static HWY_INLINE U by_number(U table, __m512i number) { return U{_mm512_permutexvar_epi32(number, table.raw)}; }
};

template <int N>
using CornerHash =
    std::conditional_t<N == 2, PermutedCorners2, std::conditional_t<N == 3, PermutedCorners3, GatheredCorners<N>>>;

#else

template <int N>
using CornerHash = GatheredCorners<N>;

#endif

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
