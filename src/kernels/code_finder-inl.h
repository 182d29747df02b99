// Codes of bytes, looked up a vector at a time: of any bytes with AVX3_DL, of bytes near 0 (or 256) with AVX2 and AVX3;
// elsewhere this file is empty. Included once per target.
#if defined(COOKLINE_KERNELS_CODE_FINDER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_CODE_FINDER_INL_H_
#undef COOKLINE_KERNELS_CODE_FINDER_INL_H_
#else
#define COOKLINE_KERNELS_CODE_FINDER_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "kernels/byte_table-inl.h"
#include "kernels/literal_codes.h"

#if HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

inline constexpr hn::ScalableTag<std::uint8_t> d8{};
using Bytes = hn::Vec<hn::ScalableTag<std::uint8_t>>;

// What is known of the codes of a vector of bytes.
struct FoundCodes {
  Bytes bits, low, high;
};

// Finds codes; false where some are of bytes too far from 0 for it, of which there are few in most pictures.
#if HWY_TARGET == HWY_AVX3_DL
class CodeFinder {
 public:
  explicit CodeFinder(const LiteralCodes& codes) : bits_(codes.bits), low_(codes.low), high_(codes.high) {}
  HWY_INLINE bool operator()(Bytes bytes, FoundCodes& found) const {
    found = {bits_(bytes), low_(bytes), high_(bytes)};
    return true;
  }

 private:
  ByteTable bits_, low_, high_;
};
#else
// Sixteen entries of a table from 0 and from 240 on, and of those farther from 0.
struct NearTable {
  Bytes up, down, far_up, far_down;
  explicit NearTable(const std::uint8_t* table)
      : up(hn::LoadDup128(d8, table)),
        down(hn::LoadDup128(d8, table + 240)),
        far_up(hn::LoadDup128(d8, table + 16)),
        far_down(hn::LoadDup128(d8, table + 224)) {}
  // A look-up gives 0 where the highest bit of an index is set: each byte is found in one half.
  HWY_INLINE Bytes near(Bytes at, Bytes turned) const {
    return hn::Or(hn::TableLookupBytesOr0(up, at), hn::TableLookupBytesOr0(down, turned));
  }
  HWY_INLINE Bytes far(Bytes at, Bytes turned) const {
    return hn::Or(hn::TableLookupBytesOr0(far_up, at), hn::TableLookupBytesOr0(far_down, turned));
  }
};

// Of bytes at most 32 from 0.
class CodeFinder {
 public:
  explicit CodeFinder(const LiteralCodes& codes) : bits_(codes.bits), low_(codes.low), high_(codes.high) {}
  HWY_INLINE bool operator()(Bytes bytes, FoundCodes& found) const {
    const Bytes turned = hn::Xor(bytes, hn::Set(d8, 0x80));
    if (within(bytes, 16)) {
      found = {bits_.near(bytes, turned), low_.near(bytes, turned), high_.near(bytes, turned)};
      return true;
    }
    if (!within(bytes, 32)) return false;
    // Bit 4 is the same as the sign's where a byte is at most 16 from 0.
    const Bytes sign = hn::BitCast(d8, hn::BroadcastSignBit(hn::BitCast(hn::RebindToSigned<decltype(d8)>(), bytes)));
    const auto is_far = hn::TestBit(hn::Xor(bytes, sign), hn::Set(d8, 16));
    found = {hn::IfThenElse(is_far, bits_.far(bytes, turned), bits_.near(bytes, turned)),
             hn::IfThenElse(is_far, low_.far(bytes, turned), low_.near(bytes, turned)),
             hn::IfThenElse(is_far, high_.far(bytes, turned), high_.near(bytes, turned))};
    return true;
  }

 private:
  static HWY_INLINE bool within(Bytes bytes, std::uint8_t limit) {
    const Bytes moved = hn::Add(bytes, hn::Set(d8, limit));
    return hn::AllTrue(d8, hn::Eq(hn::Min(moved, hn::Set(d8, std::uint8_t(2 * limit - 1))), moved));
  }
  NearTable bits_, low_, high_;
};
#endif

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
#endif
