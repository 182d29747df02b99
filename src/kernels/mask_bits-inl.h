// The lanes of a mask as bits of a word. Included once per target.
#if defined(COOKLINE_KERNELS_MASK_BITS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_MASK_BITS_INL_H_
#undef COOKLINE_KERNELS_MASK_BITS_INL_H_
#else
#define COOKLINE_KERNELS_MASK_BITS_INL_H_
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// A bit for each lane, of which there are at most 64, the first lowest.
template <class D>
HWY_INLINE std::uint64_t bits_of(D d, hwy::HWY_NAMESPACE::Mask<D> mask) {
  alignas(8) std::uint8_t bytes[8];
  hwy::HWY_NAMESPACE::StoreMaskBits(d, mask, bytes);
  constexpr std::size_t count = (hwy::HWY_NAMESPACE::MaxLanes(D()) + 7) / 8;
  // Compilers do not see that these bytes are one number.
  if constexpr (std::endian::native == std::endian::little && count < 8) {
    std::conditional_t<count == 1, std::uint8_t, std::conditional_t<count == 2, std::uint16_t, std::uint32_t>> bits;
    std::memcpy(&bits, bytes, sizeof bits);
    return bits;
  }
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < count; ++k) bits |= std::uint64_t(bytes[k]) << (8 * k);
  return bits;
}

#if HWY_TARGET == HWY_AVX2
// The same of four masks of eight lanes, one behind the other, at once: a quarter of the moves from vectors to words.
template <class D>
HWY_INLINE std::uint64_t bits_of_four(D d, hwy::HWY_NAMESPACE::Mask<D> a, hwy::HWY_NAMESPACE::Mask<D> b,
                                      hwy::HWY_NAMESPACE::Mask<D> c, hwy::HWY_NAMESPACE::Mask<D> e) {
  namespace hn = hwy::HWY_NAMESPACE;
  static_assert(sizeof(hn::TFromD<D>) == 4);
  const auto raw = [d](hn::Mask<D> mask) { return hn::VecFromMask(d, mask).raw; };
  // Packing works in halves of 128 bits: each fourth of lanes comes out in its own four bytes, to be put in order.
  const __m256i bytes = _mm256_packs_epi16(_mm256_packs_epi32(raw(a), raw(b)), _mm256_packs_epi32(raw(c), raw(e)));
  const __m256i in_order = _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
  return std::uint32_t(_mm256_movemask_epi8(in_order));
}
#endif

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
