// On x86, codes are looked up and joined by vectors; elsewhere one after the other.
#include "kernels/literal_codes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/literal_codes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

#include "kernels/code_finder-inl.h"
#include "kernels/mask_bits-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// The codes of four bytes, joined, and how many bits they have: as many as surely fit in a word.
struct Four {
  std::uint64_t code, bits;
};

HWY_INLINE Four join_four(const LiteralCodes& codes, const std::uint8_t* from) {
  const auto code = [&](std::size_t i) HWY_ATTR { return std::uint64_t(codes.whole[from[i]]); };
  const auto bits = [&](std::size_t i) HWY_ATTR { return std::uint64_t(codes.bits[from[i]]); };
  const std::uint64_t first = bits(0), third = bits(2), two = first + bits(1);
  return {code(0) | code(1) << first | (code(2) | code(3) << third) << two, two + third + bits(3)};
}

HWY_INLINE void put_fours(const LiteralCodes& codes, const std::uint8_t* from, std::size_t count, BitEnd& end) {
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const Four four = join_four(codes, from + i);
    put_bits(end, four.code, four.bits);
  }
  for (; i < count; ++i) put_bits(end, codes.whole[from[i]], codes.bits[from[i]]);
}

#if HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
const hn::ScalableTag<std::uint16_t> d16;
using Words = hn::Vec<hn::ScalableTag<std::uint64_t>>;

// Codes of four bytes joined in each word, and how many bits they have.
template <class Words>
struct Joined {
  Words code, bits;
};

template <class D>
HWY_INLINE auto join_fours(D, hn::Vec<D> code, hn::Vec<D> bits) {
  const hn::RepartitionToWide<D> d32;
  const hn::RepartitionToWide<decltype(d32)> d64;
  const auto low = hn::Set(d32, 0xffff);
  const auto code32 = hn::BitCast(d32, code), bits32 = hn::BitCast(d32, bits);
  const auto first_bits = hn::And(bits32, low);
  const auto pair = hn::Or(hn::And(code32, low), hn::Shl(hn::ShiftRight<16>(code32), first_bits));
  const auto pair_bits = hn::Add(first_bits, hn::ShiftRight<16>(bits32));
  const auto low64 = hn::Set(d64, 0xffffffff), pair64 = hn::BitCast(d64, pair), bits64 = hn::BitCast(d64, pair_bits);
  const auto second_at = hn::And(bits64, low64);
  return Joined<hn::Vec<decltype(d64)>>{hn::Or(hn::And(pair64, low64), hn::Shl(hn::ShiftRight<32>(pair64), second_at)),
                                        hn::Add(second_at, hn::ShiftRight<32>(bits64))};
}

// Eight: the code in the first word of each 128 bits. Right only where the bits together are at most 64.
template <class Words>
HWY_INLINE Joined<Words> join_eights(const Joined<Words>& four) {
  const Words next = hn::Shuffle01(four.code), next_bits = hn::Shuffle01(four.bits);
  return {hn::Or(four.code, hn::Shl(next, four.bits)), hn::Add(four.bits, next_bits)};
}

template <std::size_t parts>
struct Stored {
  static constexpr hn::ScalableTag<std::uint64_t> d64{};
  alignas(64) std::uint64_t code[parts][hn::MaxLanes(d64)], bits[parts][hn::MaxLanes(d64)];
  template <class... Each>
  HWY_INLINE explicit Stored(const Each&... each) {
    std::size_t i = 0;
    ((hn::Store(each.code, d64, code[i]), hn::Store(each.bits, d64, bits[i]), ++i), ...);
  }
};

// A little-endian machine, as all with this instruction set.
HWY_INLINE void put_word(BitEnd& end, std::uint64_t code, std::uint64_t bits) {
  end.rest |= code << end.rest_bits;
  std::memcpy(end.to, &end.rest, 8);
  const std::uint64_t all = end.rest_bits + bits;
  end.to += all >> 3;
  end.rest >>= all & 56;
  end.rest_bits = all & 7;
}

// Sixteen, from the two halves of each 128 bits. Right only where the bits together are at most 64.
template <class Words>
HWY_INLINE Joined<Words> join_sixteens(const Joined<Words>& first, const Joined<Words>& second) {
  return {hn::Or(first.code, hn::Shl(second.code, first.bits)), hn::Add(first.bits, second.bits)};
}

constexpr std::uint64_t most_bits = 56;  // fit in a word, with the fewer than eight that are before them

HWY_INLINE auto fit(const Joined<Words>& joined) {
  const hn::ScalableTag<std::int64_t> i64;
  return hn::Lt(hn::BitCast(i64, joined.bits), hn::Set(i64, most_bits + 1));
}

// The codes of the first `count` bytes of a vector; codes of the others have no bits.
HWY_INLINE void put_block(const Joined<Words>& first, const Joined<Words>& second, std::size_t count, BitEnd& end) {
  const hn::ScalableTag<std::int64_t> i64;
  const auto eights_first = join_eights(first), eights_second = join_eights(second);
  const auto sixteens = join_sixteens(eights_first, eights_second);
  // With only two of them (AVX2), a wrong guess costs as much as fewer words save.
  if (hn::MaxLanes(i64) > 4 && hn::AllTrue(i64, fit(sixteens))) {
    const Stored<1> stored(sixteens);
    for (std::size_t i = 0; i < hn::MaxLanes(i64); i += 2) put_word(end, stored.code[0][i], stored.bits[0][i]);
    return;
  }
  if (hn::AllTrue(i64, hn::And(fit(eights_first), fit(eights_second)))) {
    const Stored<2> stored(eights_first, eights_second);
    const auto put_half = [&](std::size_t half) HWY_ATTR {
      for (std::size_t i = half; i < half + 4; ++i)
        put_word(end, stored.code[i & 1][i & ~1u], stored.bits[i & 1][i & ~1u]);
    };
    put_half(0);
    if (count > 32) put_half(4);
    return;
  }
  const Stored<2> stored(first, second);
  for (std::size_t i = 0; 8 * i < count; ++i) {
    put_word(end, stored.code[i & 1][i & ~1u], stored.bits[i & 1][i & ~1u]);
    put_word(end, stored.code[i & 1][i | 1], stored.bits[i & 1][i | 1]);
  }
}

class Literals {
 public:
  explicit Literals(const LiteralCodes& codes) : codes_(codes), find_(codes) {}

  HWY_INLINE void put(const std::uint8_t* from, std::size_t count, BitEnd& end) const {
    const std::size_t lanes = hn::Lanes(d8);
    FoundCodes found;
    for (; count >= lanes; from += lanes, count -= lanes) {
      if (find_(hn::LoadU(d8, from), found))
        put(found, lanes, end);
      else
        put_fours(codes_, from, lanes, end);
    }
    if (count <= few) return put_few(from, count, end);
    const auto inside = hn::FirstN(d8, count);
    if (!find_(hn::IfThenElseZero(inside, hn::LoadU(d8, from)), found)) return put_fours(codes_, from, count, end);
    found = {hn::IfThenElseZero(inside, found.bits), hn::IfThenElseZero(inside, found.low),
             hn::IfThenElseZero(inside, found.high)};
    put(found, count, end);
  }

 private:
  static HWY_INLINE void put(const FoundCodes& found, std::size_t count, BitEnd& end) {
    const Bytes zero = hn::Zero(d8);
    put_block(join_fours(d16, hn::BitCast(d16, hn::InterleaveLower(d8, found.low, found.high)),
                         hn::BitCast(d16, hn::InterleaveLower(d8, found.bits, zero))),
              join_fours(d16, hn::BitCast(d16, hn::InterleaveUpper(d8, found.low, found.high)),
                         hn::BitCast(d16, hn::InterleaveUpper(d8, found.bits, zero))),
              count, end);
  }

  // At most 16 bytes, as before most runs, take fewer steps.
  static constexpr std::size_t few = 16;
#if HWY_TARGET == HWY_AVX2
  static HWY_INLINE Bytes widened(Bytes v) { return v; }
  static HWY_INLINE Bytes narrowed(Bytes v) { return v; }
#else
  static HWY_INLINE Bytes widened(hn::Vec<hn::Half<decltype(d8)>> v) { return hn::ZeroExtendVector(d8, v); }
  static HWY_INLINE auto narrowed(Bytes v) { return hn::LowerHalf(hn::Half<decltype(d8)>(), v); }
#endif
  HWY_INLINE void put_few(const std::uint8_t* from, std::size_t count, BitEnd& end) const {
    const hn::CappedTag<std::uint8_t, few> bytes;
    const hn::CappedTag<std::uint16_t, few> shorts;
    const auto here = hn::PromoteTo(shorts, hn::IfThenElseZero(hn::FirstN(bytes, count), hn::LoadU(bytes, from)));
    FoundCodes found;
    if (!find_(widened(hn::BitCast(hn::Repartition<std::uint8_t, decltype(shorts)>(), here)), found))
      return put_fours(codes_, from, count, end);
    const auto inside = hn::IfThenElseZero(hn::FirstN(shorts, count), hn::Set(shorts, 0xff));
    const auto of_byte = [&](Bytes all) HWY_ATTR { return hn::And(hn::BitCast(shorts, narrowed(all)), inside); };
    const auto four =
        join_fours(shorts, hn::Or(of_byte(found.low), hn::ShiftLeft<8>(of_byte(found.high))), of_byte(found.bits));
    const auto eight = join_eights(four);
    const std::uint64_t first_bits = hn::GetLane(eight.bits), second_bits = hn::ExtractLane(eight.bits, 2);
    const std::uint64_t first = hn::GetLane(eight.code), second = hn::ExtractLane(eight.code, 2);
    if (first_bits + second_bits <= most_bits)
      return put_word(end, first | second << first_bits, first_bits + second_bits);
    if (std::max(first_bits, second_bits) > most_bits) return put_fours(codes_, from, count, end);
    put_word(end, first, first_bits);
    put_word(end, second, second_bits);
  }

  const LiteralCodes& codes_;
  CodeFinder find_;
};
#else
// Eight mostly fit.
HWY_INLINE void put_eights(const LiteralCodes& codes, const std::uint8_t* from, std::size_t count, BitEnd& end) {
  for (; count >= 8; from += 8, count -= 8) {
    const Four first = join_four(codes, from), second = join_four(codes, from + 4);
    if (first.bits + second.bits <= 56) {
      put_bits(end, first.code | second.code << first.bits, first.bits + second.bits);
    } else {
      put_bits(end, first.code, first.bits);
      put_bits(end, second.code, second.bits);
    }
  }
  put_fours(codes, from, count, end);
}

class Literals {
 public:
  explicit Literals(const LiteralCodes& codes) : codes_(codes) {}
  HWY_INLINE void put(const std::uint8_t* from, std::size_t count, BitEnd& end) const {
    put_eights(codes_, from, count, end);
  }

 private:
  const LiteralCodes& codes_;
};
#endif

BitEnd bytes_run(const LiteralCodes& codes, const MatchCodes& matches, std::span<const std::uint8_t> bytes,
                 std::span<const Run> runs, BitEnd end) {
  const Literals literals(codes);
  std::size_t done = 0;
  for (const Run& run : runs) {
    literals.put(bytes.data() + done, run.begin - done, end);
    done = std::size_t(run.begin) + run.length;
    for (std::size_t rest = run.length; rest > 0;) {
      const std::size_t length = next_match(rest);
      const std::uint64_t bits = matches.length_bits[length];
      put_bits(end, matches.length[length] | std::uint64_t(matches.distance[run.distance]) << bits,
               bits + matches.distance_bits[run.distance]);
      rest -= length;
    }
  }
  literals.put(bytes.data() + done, bytes.size() - done, end);
  return end;
}

// The bytes are loaded once for all distances.
template <class Group, std::size_t distance_count>
void same_groups(const std::uint8_t* from, std::size_t count, const std::uint32_t* distances, std::uint64_t* to) {
  const hn::CappedTag<Group, 64 / sizeof(Group)> d;
  const hn::Repartition<std::uint8_t, decltype(d)> bytes;
  const std::size_t lanes = hn::Lanes(d), row_words = same_words(count);
  for (std::size_t begin = 0; begin < count; begin += 64, ++to) {
    const std::size_t here = std::min<std::size_t>(64, count - begin);
    std::uint64_t words[distance_count] = {};
    std::size_t i = 0;
#if HWY_TARGET == HWY_AVX2
    if constexpr (sizeof(Group) == 4)
      for (; i + 4 * lanes <= here; i += 4 * lanes) {
        const std::uint8_t* const at = from + (begin + i) * sizeof(Group);
        const auto load = [&](std::size_t part, std::size_t distance) HWY_ATTR {
          return hn::BitCast(d, hn::LoadU(bytes, at + part * lanes * sizeof(Group) - distance));
        };
        const auto a = load(0, 0), b = load(1, 0), c = load(2, 0), e = load(3, 0);
        for (std::size_t k = 0; k < distance_count; ++k) {
          const std::size_t distance = distances[k];
          words[k] |= bits_of_four(d, hn::Eq(a, load(0, distance)), hn::Eq(b, load(1, distance)),
                                   hn::Eq(c, load(2, distance)), hn::Eq(e, load(3, distance)))
                      << i;
        }
      }
#endif
    for (; i < here; i += lanes) {
      const std::uint8_t* const at = from + (begin + i) * sizeof(Group);
      const auto own = hn::BitCast(d, hn::LoadU(bytes, at));
      for (std::size_t k = 0; k < distance_count; ++k)
        words[k] |= bits_of(d, hn::Eq(own, hn::BitCast(d, hn::LoadU(bytes, at - distances[k])))) << i;
    }
    const std::uint64_t inside = ~std::uint64_t(0) >> (64 - here);
    for (std::size_t k = 0; k < distance_count; ++k) to[k * row_words] = words[k] & inside;
  }
  for (std::size_t k = 0; k < distance_count; ++k) to[k * row_words] = 0;
}

template <class Group>
void same_at(const std::uint8_t* from, std::size_t count, std::span<const std::uint32_t> distances, std::uint64_t* to) {
  if (distances.size() == most_distances) return same_groups<Group, most_distances>(from, count, distances.data(), to);
  for (std::size_t k = 0; k < distances.size(); ++k, to += same_words(count))
    same_groups<Group, 1>(from, count, &distances[k], to);
}

void same_run(const std::uint8_t* from, std::size_t count, std::size_t group_bytes,
              std::span<const std::uint32_t> distances, std::uint64_t* to) {
  const auto mark = group_bytes == 1   ? same_at<std::uint8_t>
                    : group_bytes == 2 ? same_at<std::uint16_t>
                    : group_bytes == 4 ? same_at<std::uint32_t>
                                       : same_at<std::uint64_t>;
  mark(from, count, distances, to);
}

// Whether a bit and `least` - 1 behind it are set is seen in two words.
void runs_run(const std::uint64_t* same, std::size_t words, std::size_t least, std::uint64_t* to) {
  const hn::ScalableTag<std::uint64_t> d;
  const auto runs = [least](auto tag, const std::uint64_t* from) {
    auto low = hn::LoadU(tag, from), high = hn::LoadU(tag, from + 1);
    for (std::size_t length = 1; length < least;) {
      const std::size_t step = std::min(length, least - length);
      const auto down = hn::Set(tag, step), up = hn::Set(tag, 64 - step);
      low = hn::And(low, hn::Or(hn::Shr(low, down), hn::Shl(high, up)));
      high = hn::And(high, hn::Shr(high, down));
      length += step;
    }
    return low;
  };
  std::size_t i = 0;
  for (; i + hn::Lanes(d) < words; i += hn::Lanes(d))
    hn::StoreU(hn::Or(hn::LoadU(d, to + i), runs(d, same + i)), d, to + i);
  const hn::CappedTag<std::uint64_t, 1> one;
  for (; i + 1 < words; ++i) hn::StoreU(hn::Or(hn::LoadU(one, to + i), runs(one, same + i)), one, to + i);
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(bytes_run);
HWY_EXPORT(same_run);
HWY_EXPORT(runs_run);

BitEnd put_bytes(const LiteralCodes& codes, const MatchCodes& matches, std::span<const std::uint8_t> bytes,
                 std::span<const Run> runs, BitEnd end) {
  return HWY_DYNAMIC_DISPATCH(bytes_run)(codes, matches, bytes, runs, end);
}

void mark_same(const std::uint8_t* from, std::size_t count, std::size_t group_bytes,
               std::span<const std::uint32_t> distances, std::uint64_t* to) {
  HWY_DYNAMIC_DISPATCH(same_run)(from, count, group_bytes, distances, to);
}

void add_runs(const std::uint64_t* same, std::size_t words, std::size_t least, std::uint64_t* to) {
  HWY_DYNAMIC_DISPATCH(runs_run)(same, words, least, to);
}

}  // namespace cookline::kernels
#endif
