#include "kernels/grey.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/grey.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

bool grey_run(const std::uint8_t* from, std::size_t count, std::uint8_t* to) {
  const hn::ScalableTag<std::uint8_t> d8;
  const hn::Repartition<std::uint16_t, decltype(d8)> d16;
  const hn::Repartition<std::uint32_t, decltype(d8)> d32;
  const std::size_t lanes = hn::Lanes(d8);
  auto unlike = hn::Zero(d32);  // in the low half of each: green against red, blue against green
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto pixels = [&](std::size_t part) HWY_ATTR {
      const auto rgba = hn::BitCast(d32, hn::LoadU(d8, from + 4 * i + part * lanes));
      unlike = hn::Or(unlike, hn::Xor(rgba, hn::ShiftRight<8>(rgba)));
      return hn::BitCast(d16, rgba);
    };
    const auto a = pixels(0), b = pixels(1), c = pixels(2), d = pixels(3);
    const auto red_green = [&](auto high, auto low)
                               HWY_ATTR { return hn::BitCast(d8, hn::ConcatEven(d16, high, low)); };
    hn::StoreU(hn::ConcatEven(d8, red_green(d, c), red_green(b, a)), d8, to + i);
  }
  std::uint32_t rest = 0;
  for (; i < count; ++i) {
    const std::uint8_t* const at = from + 4 * i;
    rest |= std::uint32_t(at[0] ^ at[1]) | std::uint32_t(at[1] ^ at[2]);
    to[i] = at[0];
  }
  return rest == 0 && hn::AllTrue(d32, hn::Eq(hn::And(unlike, hn::Set(d32, 0xffff)), hn::Zero(d32)));
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(grey_run);
bool grey_bytes(const std::byte* from, std::size_t count, std::byte* to) {
  return HWY_DYNAMIC_DISPATCH(grey_run)(reinterpret_cast<const std::uint8_t*>(from), count,
                                        reinterpret_cast<std::uint8_t*>(to));
}

}  // namespace cookline::kernels
#endif
