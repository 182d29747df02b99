// A table of 256 bytes in registers, for processors with AVX-512 VBMI (AVX3_DL); elsewhere this file is empty. Included
// once per target.
#if defined(COOKLINE_KERNELS_BYTE_TABLE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_BYTE_TABLE_INL_H_
#undef COOKLINE_KERNELS_BYTE_TABLE_INL_H_
#else
#define COOKLINE_KERNELS_BYTE_TABLE_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>
#include <span>

#if HWY_TARGET == HWY_AVX3_DL
HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// 256 bytes in registers, looked up byte by byte.
struct ByteTable {
  __m512i part[4];
  explicit ByteTable(std::span<const std::uint8_t, 256> bytes) {
    for (int i = 0; i < 4; ++i) part[i] = _mm512_loadu_si512(bytes.data() + 64 * i);
  }
  // The permutation looks at seven bits of an index; the eighth chooses.
  template <class V>
  HWY_INLINE V operator()(V index) const {
    const __m512i low = _mm512_permutex2var_epi8(part[0], index.raw, part[1]);
    const __m512i high = _mm512_permutex2var_epi8(part[2], index.raw, part[3]);
    return V{_mm512_mask_blend_epi8(_mm512_movepi8_mask(index.raw), low, high)};
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
#endif
