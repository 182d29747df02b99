// Byte arithmetic without widening: the same sums and differences on vectors of every width.
#include "kernels/png_filter.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/png_filter.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<std::uint8_t> d8;
const hn::ScalableTag<std::uint64_t> d64;
using Bytes = hn::Vec<decltype(d8)>;
constexpr std::size_t block = 64;

// A pixel and its neighbours: left, up, and left of up.
struct Around {
  Bytes now, left, up, corner;
};

HWY_INLINE Around around(const PngRows& rows, std::size_t i) {
  const std::uint8_t* const now = rows.now + i;
  const std::uint8_t* const before = rows.before + i;
  return {hn::LoadU(d8, now), hn::LoadU(d8, now - rows.pixel_bytes), hn::LoadU(d8, before),
          hn::LoadU(d8, before - rows.pixel_bytes)};
}

HWY_INLINE auto at_most(Bytes a, Bytes b) { return hn::Eq(hn::Min(a, b), a); }

// Half the sum, rounded down.
HWY_INLINE Bytes average(Bytes a, Bytes b) {
  return hn::Sub(hn::AverageRound(a, b), hn::And(hn::Xor(a, b), hn::Set(d8, 1)));
}

// The neighbour nearest to left + up - corner; of equally near ones left, then up (9.4 of the specification). Let low
// and high be left and up in order. That sum is as far from low as high is from corner, as far from high as corner is
// from low, and from corner the difference of the two. So with corner between them, low is nearest where high is at
// most half as far above corner as low is below it, high the other way round. With corner beyond one of them, that
// distance is 0 here, which takes the other one, as it should be. Left and up are equally near only where they are
// equal.
HWY_INLINE Bytes paeth(const Around& at) {
  const Bytes low = hn::Min(at.left, at.up), high = hn::Max(at.left, at.up);
  const Bytes above = hn::SaturatedSub(high, at.corner), below = hn::SaturatedSub(at.corner, low);
  const Bytes other = hn::IfThenElse(at_most(hn::SaturatedAdd(below, below), above), high, at.corner);
  return hn::IfThenElse(at_most(hn::SaturatedAdd(above, above), below), low, other);
}

template <int filter>
HWY_INLINE Bytes difference(const Around& at) {
  if constexpr (filter == 1) return hn::Sub(at.now, at.left);
  if constexpr (filter == 2) return hn::Sub(at.now, at.up);
  if constexpr (filter == 3) return hn::Sub(at.now, average(at.left, at.up));
  if constexpr (filter == 4) return hn::Sub(at.now, paeth(at));
  return at.now;
}

// Magnitudes of signed bytes, summed by eights.
HWY_INLINE hn::Vec<decltype(d64)> magnitude(Bytes v) { return hn::SumsOf8(hn::Min(v, hn::Sub(hn::Zero(d8), v))); }

// A block of a row at its left or right end, among zeros.
class End {
 public:
  HWY_INLINE End(const PngRows& rows, std::size_t start)
      : count_(std::min(block, rows.bytes - start)), pixel_bytes_(rows.pixel_bytes) {
    copy(rows.now, start, now_);
    copy(rows.before, start, before_);
  }
  HWY_INLINE PngRows rows() const { return {now_ + margin, before_ + margin, now_, block, pixel_bytes_}; }
  HWY_INLINE std::size_t count() const { return count_; }

 private:
  static constexpr std::size_t margin = 8;
  HWY_INLINE void copy(const std::uint8_t* from, std::size_t start, std::uint8_t* to) const {
    const std::size_t before = start ? margin : 0;
    std::memcpy(to + margin - before, from + start - before, before + count_);
  }
  std::uint8_t now_[margin + block] = {}, before_[margin + block] = {};
  std::size_t count_, pixel_bytes_;
};

template <int filter>
HWY_INLINE void difference_end(const PngRows& rows, std::size_t start, std::uint8_t* to) {
  const End end(rows, start);
  for (std::size_t i = 0; i < end.count(); i += hn::Lanes(d8))
    hn::StoreU(difference<filter>(around(end.rows(), i)), d8, to + start + i);
}

template <int filter>
void difference_run(const PngRows& rows, std::uint8_t* to) {
  difference_end<filter>(rows, 0, to);
  std::size_t i = block;
  for (; i + block <= rows.bytes; i += block) {
    hwy::Prefetch(rows.ahead + i);
    for (std::size_t k = i; k < i + block; k += hn::Lanes(d8))
      hn::StoreU(difference<filter>(around(rows, k)), d8, to + k);
  }
  if (i < rows.bytes) difference_end<filter>(rows, i, to);
}

void differences(int filter, const PngRows& rows, std::uint8_t* to) {
  switch (filter) {
    case 0:
      return difference_run<0>(rows, to);
    case 1:
      return difference_run<1>(rows, to);
    case 2:
      return difference_run<2>(rows, to);
    case 3:
      return difference_run<3>(rows, to);
    default:
      return difference_run<4>(rows, to);
  }
}

struct Sums {
  hn::Vec<decltype(d64)> of[png_filter_count];
};

HWY_INLINE void add(Sums& sums, const Around& at) {
  sums.of[0] = hn::Add(sums.of[0], magnitude(difference<0>(at)));
  sums.of[1] = hn::Add(sums.of[1], magnitude(difference<1>(at)));
  sums.of[2] = hn::Add(sums.of[2], magnitude(difference<2>(at)));
  sums.of[3] = hn::Add(sums.of[3], magnitude(difference<3>(at)));
  sums.of[4] = hn::Add(sums.of[4], magnitude(difference<4>(at)));
}

// The bytes behind the row count as zeros that lie around zeros.
HWY_INLINE Around cut(const Around& at, std::size_t count) {
  const auto inside = hn::FirstN(d8, count);
  return {hn::IfThenElseZero(inside, at.now), hn::IfThenElseZero(inside, at.left), hn::IfThenElseZero(inside, at.up),
          hn::IfThenElseZero(inside, at.corner)};
}

void costs(const PngRows& rows, PngSample sample, std::uint64_t* sum) {
  const auto zero = hn::Zero(d64);
  Sums sums{{zero, zero, zero, zero, zero}};
  const std::size_t lanes = hn::Lanes(d8), step = block * sample.step;
  for (std::size_t start = block * sample.first; start < rows.bytes; start += step) {
    if (start > 0 && start + block <= rows.bytes) {
      for (std::size_t i = start; i < start + block; i += lanes) add(sums, around(rows, i));
      continue;
    }
    const End end(rows, start);
    for (std::size_t i = 0; i < end.count(); i += lanes) add(sums, cut(around(end.rows(), i), end.count() - i));
  }
  for (std::size_t filter = 0; filter < png_filter_count; ++filter)
    sum[filter] = hn::GetLane(hn::SumOfLanes(d64, sums.of[filter]));
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(costs);
HWY_EXPORT(differences);

std::array<std::uint64_t, png_filter_count> png_filter_costs(const PngRows& rows, PngSample sample) {
  std::array<std::uint64_t, png_filter_count> sums{};
  HWY_DYNAMIC_DISPATCH(costs)(rows, sample, sums.data());
  return sums;
}

void png_differences(int filter, const PngRows& rows, std::uint8_t* to) {
  HWY_DYNAMIC_DISPATCH(differences)(filter, rows, to);
}

}  // namespace cookline::kernels
#endif
