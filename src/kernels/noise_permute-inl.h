// Hashing of lattice points by byte permutes instead of gathers, four lookups a lane, for processors with AVX-512 VBMI
// (AVX3_DL); elsewhere this file is empty. The same lookups, so the same bits. Included once per target.
#if defined(COOKLINE_KERNELS_NOISE_PERMUTE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_PERMUTE_INL_H_
#undef COOKLINE_KERNELS_NOISE_PERMUTE_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_PERMUTE_INL_H_
#endif

#include "kernels/byte_table-inl.h"
#include "kernels/noise_lattice-inl.h"

#if HWY_TARGET == HWY_AVX3_DL
HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

inline constexpr std::array<std::uint8_t, 256> permutation_again = [] {
  std::array<std::uint8_t, 256> again = {};
  for (int i = 0; i < 256; ++i) again[i] = noise_again(noise_permutation[i]);
  return again;
}();

// Bytes added without carry between them; U's of four bytes a lane.
HWY_INLINE U add_bytes(U a, U b) { return U{_mm512_add_epi8(a.raw, b.raw)}; }

// Lane by lane, the bytes of v that the bytes of `order` (0 … 3) name.
HWY_INLINE U pick_bytes(U v, U order) {
  const __m512i lane_start = _mm512_broadcast_i32x4(_mm_set_epi32(0x0c0c0c0c, 0x08080808, 0x04040404, 0));
  return U{_mm512_shuffle_epi8(v.raw, _mm512_add_epi8(order.raw, lane_start))};
}
template <std::uint32_t order>
HWY_INLINE U pick_bytes(U v) {
  const auto o = int(order);
  const __m512i control = _mm512_broadcast_i32x4(_mm_set_epi32(o + 0x0c0c0c0c, o + 0x08080808, o + 0x04040404, o));
  return U{_mm512_shuffle_epi8(v.raw, control)};
}

// Lookups of lattice points, whose lowest four bits choose a 2-D or 3-D gradient.
struct PermutedHash {
  ByteTable table{noise_permutation}, table_again{permutation_again};

  // The permutation of a, a+1, b, b+1, lowest byte first, for the cells of two fixed-point coordinates.
  HWY_INLINE U rows(U a, U b) const {
    const __m512i top_bytes = _mm512_broadcast_i32x4(_mm_set_epi32(0x0f0f0f0f, 0x0b0b0b0b, 0x07070707, 0x03030303));
    const __m512i both =
        _mm512_mask_shuffle_epi8(_mm512_shuffle_epi8(a.raw, top_bytes), 0xcccccccccccccccc, b.raw, top_bytes);
    return table(add_bytes(U{both}, set_bits(0x01000100)));
  }
  // Lookups (i, j), (i+1, j), (i, j+1), (i+1, j+1), given rows(j, …).
  HWY_INLINE U quad(const ByteTable& last, U i, U rows) const {
    const U index = add_bytes(pick_bytes<0x03030303>(i), pick_bytes<0x01010000>(rows));
    return last(add_bytes(index, set_bits(0x01000100)));
  }
};

// Component k of the gradient that a lookup's lowest four bits choose.
struct GradientTable {
  alignas(64) float component[3][16];
};
inline constexpr GradientTable gradient_table = [] {
  GradientTable t = {};
  for (int k = 0; k < 3; ++k) {
    for (int i = 0; i < 16; ++i) t.component[k][i] = noise_component[noise_codes_3d[i] >> (2 * k) & 3];
  }
  return t;
}();

// Gradients of 2 or 3 components by the lowest four bits of a lookup.
template <int N>
struct LookedUpGradients {
  std::array<F, N> table;
  LookedUpGradients() {
    for (int k = 0; k < N; ++k) table[k] = hn::Load(Floats(), gradient_table.component[k]);
  }
  HWY_INLINE std::array<F, N> operator()(U lookup) const {
    std::array<F, N> g;
    for (int k = 0; k < N; ++k) g[k] = F{_mm512_permutexvar_ps(lookup.raw, table[k].raw)};
    return g;
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
#endif
