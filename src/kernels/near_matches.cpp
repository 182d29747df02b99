#include "kernels/near_matches.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/near_matches.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/mask_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t half = least_near_match;

// How many bytes are the same, at most `most`.
HWY_INLINE std::size_t common(const std::uint8_t* a, const std::uint8_t* b, std::size_t most) {
  const hn::ScalableTag<std::uint8_t> d;
  std::size_t length = 0;
  for (; length + hn::Lanes(d) <= most; length += hn::Lanes(d))
    if (const auto other = hn::FindFirstTrue(d, hn::Ne(hn::LoadU(d, a + length), hn::LoadU(d, b + length))); other >= 0)
      return length + std::size_t(other);
  while (length < most && a[length] == b[length]) ++length;
  return length;
}

// Four bytes to compare those at many places with.
template <class Lane>
class Half {
 public:
  explicit HWY_INLINE Half(const std::uint8_t* bytes) { std::memcpy(lanes_, bytes, half); }
  // A bit for each place of a window where there are the same.
  HWY_INLINE std::uint64_t same_in(const std::uint8_t* window) const {
    const hn::CappedTag<Lane, near_window_lanes> d;
    const hn::Repartition<std::uint8_t, decltype(d)> bytes;
    std::uint64_t places = 0;
    for (std::size_t i = 0; i < near_window_lanes; i += hn::Lanes(d)) {
      const std::uint8_t* const at = window + i * sizeof(Lane);
      auto same = hn::Eq(hn::BitCast(d, hn::LoadU(bytes, at)), hn::Set(d, lanes_[0]));
      for (std::size_t k = 1; k < half / sizeof(Lane); ++k)
        same = hn::And(same, hn::Eq(hn::BitCast(d, hn::LoadU(bytes, at + k * sizeof(Lane))), hn::Set(d, lanes_[k])));
      places |= bits_of(d, same) << i;
    }
    return places;
  }

 private:
  Lane lanes_[half / sizeof(Lane)];
};

struct Match {
  std::size_t length = 0, distance = 0;
};

// The longest match at `at`, behind which there are at least four bytes.
template <class Lane>
HWY_INLINE Match longest_match(std::span<const std::uint8_t> bytes, std::size_t at, const NearPlaces& places) {
  const std::uint8_t* const here = bytes.data() + at;
  const std::size_t most = std::min(most_near_match, bytes.size() - at);
  const Half<Lane> first(here);
  Match best;
  for (const std::size_t farthest : places.farthest) {
    if (farthest > at) break;
    const std::uint8_t* const window = here - farthest;
    std::uint64_t same = first.same_in(window);
    // A longer match goes on where the best one ends.
    const auto longer = [&] {
      const std::size_t end = best.length + 1 - half;
      return Half<Lane>(here + end).same_in(window + end);
    };
    if (same && best.length) same &= longer();
    while (same) {
      const auto lane = std::size_t(std::bit_width(same) - 1);
      same ^= std::uint64_t(1) << lane;
      const std::size_t distance = farthest - lane * sizeof(Lane), length = common(here, here - distance, most);
      if (length <= best.length) continue;
      best = {length, distance};
      if (length == most) return best;
      if (same) same &= longer();
    }
  }
  return best;
}

template <class Lane>
NearFound search(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end, const NearPlaces& places,
                 std::span<NearMatch> to) {
  NearFound found{0, begin};
  std::size_t literals = 0;
  while (found.end < end && found.matches < to.size()) {
    const Match match = found.end + half <= bytes.size() ? longest_match<Lane>(bytes, found.end, places) : Match{};
    if (match.length == 0) {
      ++literals, ++found.end;
      continue;
    }
    to[found.matches++] = {std::uint32_t(literals), std::uint16_t(match.length), std::uint16_t(match.distance)};
    literals = 0, found.end += match.length;
  }
  return found;
}

NearFound search_run(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end, const NearPlaces& places,
                     std::span<NearMatch> to) {
  const auto run = places.lane_bytes == 1   ? search<std::uint8_t>
                   : places.lane_bytes == 2 ? search<std::uint16_t>
                                            : search<std::uint32_t>;
  return run(bytes, begin, end, places, to);
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(search_run);

NearFound find_near(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end, const NearPlaces& places,
                    std::span<NearMatch> to) {
  return HWY_DYNAMIC_DISPATCH(search_run)(bytes, begin, end, places, to);
}

}  // namespace cookline::kernels
#endif
