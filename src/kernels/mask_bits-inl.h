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

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
