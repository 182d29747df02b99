// Classic Perlin noise with the quintic fade in 2, 3 and 4 dimensions, as TouchDesigner has it: S. Gustavson's GLSL
// noise of 2004. Included once per target.
#if defined(COOKLINE_KERNELS_NOISE_PERLIN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_PERLIN_INL_H_
#undef COOKLINE_KERNELS_NOISE_PERLIN_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_PERLIN_INL_H_
#endif

#include <type_traits>

#include "kernels/noise_lattice-inl.h"
#include "kernels/noise_permute-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// What the gradients at the 2^N corners of a cell are found by, in the lowest bits of each lane. Bit k of a corner's
// number: one further along axis k.
template <int N>
using Cube = std::array<U, 1 << N>;

// Hashes of the corners through the gathered tables.
template <int N>
struct GatheredCube {
  using Gradients = CodedGradients<N>;
  const NoiseTables& tables = noise_tables();

  HWY_INLINE Cube<N> operator()(const std::array<U, N>& c) const {
    Cube<N> code;
    const U quad = quad_of(tables, cell_of(c[0]), cell_of(c[1]));
    if constexpr (N == 2) {
      const U all = codes_of_lookups(quad);
      code = {all, hn::ShiftRight<8>(all), hn::ShiftRight<16>(all), hn::ShiftRight<24>(all)};
    } else if constexpr (N == 3) {
      const U k = hn::And(hn::ShiftRight<23>(c[2]), set_bits(0x1fe));
      const std::array<U, 4> columns = {hn::ShiftLeft<9>(quad), hn::ShiftLeft<1>(quad), hn::ShiftRight<7>(quad),
                                        hn::ShiftRight<15>(quad)};
      for (int i = 0; i < 4; ++i) {
        code[i] = column_codes(tables, columns[i], k);
        code[i + 4] = hn::ShiftRight<8>(code[i]);
      }
    } else {
      const U zw = quad_of(tables, cell_of(c[2]), cell_of(c[3]));
      const std::array<U, 4> p = {quad, hn::ShiftRight<8>(quad), hn::ShiftRight<16>(quad), hn::ShiftRight<24>(quad)};
      const std::array<U, 4> q = {zw, hn::ShiftRight<8>(zw), hn::ShiftRight<16>(zw), hn::ShiftRight<24>(zw)};
      for (int i = 0; i < 16; ++i) code[i] = code_of_pairs(tables, p[i & 3], q[i >> 2]);
    }
    return code;
  }
};

#if HWY_TARGET == HWY_AVX3_DL

// The same by byte permutes, in 2 and 3 dimensions.
template <int N>
struct PermutedCube {
  using Gradients = LookedUpGradients<N>;
  PermutedHash hash;

  HWY_INLINE Cube<N> operator()(const std::array<U, N>& c) const {
    const U rows = hash.rows(c[1], c[N - 1]);
    if constexpr (N == 2) {
      const U all = hash.quad(hash.table, c[0], rows);
      return {all, hn::ShiftRight<8>(all), hn::ShiftRight<16>(all), hn::ShiftRight<24>(all)};
    } else {
      const U columns = hash.quad(hash.table_again, c[0], rows);
      const U low = hash.table(add_bytes(columns, pick_bytes<0x02020202>(rows)));
      const U high = hash.table(add_bytes(columns, pick_bytes<0x03030303>(rows)));
      return {low,  hn::ShiftRight<8>(low),  hn::ShiftRight<16>(low),  hn::ShiftRight<24>(low),
              high, hn::ShiftRight<8>(high), hn::ShiftRight<16>(high), hn::ShiftRight<24>(high)};
    }
  }
};

template <int N>
using CubeHash = std::conditional_t<N == 4, GatheredCube<4>, PermutedCube<N == 4 ? 3 : N>>;

#else

template <int N>
using CubeHash = GatheredCube<N>;

#endif

template <int N, bool slope_wanted>
struct Perlin {
  static constexpr int dimensions = N;
  static constexpr bool with_slope = slope_wanted;
  static constexpr int corners = 1 << N;

  CubeHash<N> hash;
  typename CubeHash<N>::Gradients gradients;

  // The two distances along each axis, to the lower and to the upper corner.
  using Distances = std::array<std::array<F, 2>, N>;
  HWY_INLINE Distances distances(const std::array<U, N>& c) const {
    Distances d;
    for (int k = 0; k < N; ++k) {
      d[k][0] = hn::Mul(fraction_of(c[k]), set(0x1p-24f));
      d[k][1] = hn::Sub(d[k][0], set(1));
    }
    return d;
  }

  HWY_INLINE F dot(const std::array<F, N>& g, const Distances& d, int corner) const {
    F sum = hn::Mul(g[0], d[0][corner & 1]);
    for (int k = 1; k < N; ++k) sum = hn::MulAdd(g[k], d[k][corner >> k & 1], sum);
    return sum;
  }

  // t³(t(6t − 15) + 10)
  HWY_INLINE F fade(F t) const {
    const F inner = hn::MulAdd(hn::MulAdd(t, set(6), set(-15)), t, set(10));
    return hn::Mul(hn::Mul(hn::Mul(t, t), t), inner);
  }

  // 30 t²(t − 1)²
  HWY_INLINE F fade_slope(F t, F t_minus_one) const {
    const F product = hn::Mul(t, t_minus_one);
    return hn::Mul(hn::Mul(product, product), set(30));
  }

  // Interpolates values at the corners along every axis, the first axis first; along axis `differentiated` it takes
  // their difference instead.
  HWY_INLINE F blend(std::array<F, corners> v, const std::array<F, N>& t, int differentiated) const {
    for (int k = 0; k < N; ++k) {
      for (int i = 0; i < corners >> (k + 1); ++i) {
        const F low = v[2 * i], step = hn::Sub(v[2 * i + 1], low);
        v[i] = k == differentiated ? step : hn::MulAdd(t[k], step, low);
      }
    }
    return v[0];
  }

  HWY_INLINE F value(const std::array<U, N>& c) const {
    const auto d = distances(c);
    const auto corner = hash(c);
    std::array<F, N> t;
    for (int k = 0; k < N; ++k) t[k] = fade(d[k][0]);
    std::array<F, corners> v;
    for (int i = 0; i < corners; ++i) v[i] = dot(gradients(corner[i]), d, i);
    return blend(v, t, -1);
  }

  // ∂/∂x_k of the blend = the blend of the gradients' own k-th components + fade' times the difference along k.
  HWY_INLINE Sample<N> slope(const std::array<U, N>& c) const {
    const auto d = distances(c);
    const auto corner = hash(c);
    std::array<F, N> t;
    for (int k = 0; k < N; ++k) t[k] = fade(d[k][0]);
    std::array<F, corners> v;
    std::array<std::array<F, corners>, N> parts;
    for (int i = 0; i < corners; ++i) {
      const auto g = gradients(corner[i]);
      v[i] = dot(g, d, i);
      for (int k = 0; k < N; ++k) parts[k][i] = g[k];
    }
    Sample<N> result;
    for (int k = 0; k < N; ++k) {
      result.slope[k] = hn::MulAdd(fade_slope(d[k][0], d[k][1]), blend(v, t, k), blend(parts[k], t, -1));
    }
    return result;
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
