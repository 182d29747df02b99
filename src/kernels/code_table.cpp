// Look-up in code tables: by byte permutations where the processor has them for 128 codes at once, else one by one.
#include "kernels/code_table.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/code_table.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/byte_table-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

void map_rest(const CodeTable& table, const std::uint8_t* from, std::size_t count, std::uint8_t* to) {
  for (std::size_t i = 0; i < 4 * count; i += 4)
    for (std::size_t c = 0; c < 4; ++c) to[i + c] = table.channels[c][from[i + c]];
}

#if HWY_TARGET == HWY_AVX3_DL
void map_run(const CodeTable& table, const std::uint8_t* from, std::size_t count, std::uint8_t* to) {
  const hn::ScalableTag<std::uint8_t> bytes;
  const ByteTable red(table.channels[0]), green(table.channels[1]), blue(table.channels[2]), alpha(table.channels[3]);
  std::size_t i = 0;
  for (; i + 64 <= count; i += 64) {
    hn::Vec<decltype(bytes)> r, g, b, a;
    hn::LoadInterleaved4(bytes, from + 4 * i, r, g, b, a);
    hn::StoreInterleaved4(red(r), green(g), blue(b), alpha(a), bytes, to + 4 * i);
  }
  map_rest(table, from + 4 * i, count - i, to + 4 * i);
}
#else
void map_run(const CodeTable& table, const std::uint8_t* from, std::size_t count, std::uint8_t* to) {
  map_rest(table, from, count, to);
}
#endif

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(map_run);
void map_codes(const CodeTable& table, const std::byte* from, int count, std::byte* to) {
  HWY_DYNAMIC_DISPATCH(map_run)
  (table, reinterpret_cast<const std::uint8_t*>(from), std::size_t(count), reinterpret_cast<std::uint8_t*>(to));
}

}  // namespace cookline::kernels
#endif
