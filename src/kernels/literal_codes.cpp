// On x86, codes are looked up and joined by vectors: of any bytes with AVX3_DL, of bytes near 0 (or 256) with AVX2;
// elsewhere one after the other.
#include "kernels/literal_codes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/literal_codes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

#include "kernels/byte_table-inl.h"
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
  const auto whole = [&](std::size_t i) { return std::uint64_t(codes.whole[from[i]]); };
  constexpr std::uint64_t code = 0xffff;
  const std::uint64_t a = whole(0), b = whole(1), c = whole(2), d = whole(3);
  const std::uint64_t ab = (a & code) | (b & code) << (a >> 16), cd = (c & code) | (d & code) << (c >> 16);
  const std::uint64_t ab_bits = (a >> 16) + (b >> 16);
  return {ab | cd << ab_bits, ab_bits + (c >> 16) + (d >> 16)};
}

HWY_INLINE void put_fours(const LiteralCodes& codes, const std::uint8_t* from, std::size_t count, BitEnd& end) {
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const Four four = join_four(codes, from + i);
    put_bits(end, four.code, four.bits);
  }
  for (; i < count; ++i) put_bits(end, codes.whole[from[i]] & 0xffff, codes.whole[from[i]] >> 16);
}

#if HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
const hn::ScalableTag<std::uint8_t> d8;
const hn::ScalableTag<std::uint16_t> d16;
const hn::ScalableTag<std::uint32_t> d32;
const hn::ScalableTag<std::uint64_t> d64;
using Bytes = hn::Vec<decltype(d8)>;
using Words = hn::Vec<decltype(d64)>;
using Shorts = hn::Vec<decltype(d16)>;

// Codes of four bytes joined in each word, and how many bits they have.
struct Joined {
  Words code, bits;
};

HWY_INLINE Joined join_fours(Shorts code, Shorts bits) {
  const auto low = hn::Set(d32, 0xffff);
  const auto code32 = hn::BitCast(d32, code), bits32 = hn::BitCast(d32, bits);
  const auto first_bits = hn::And(bits32, low);
  const auto pair = hn::Or(hn::And(code32, low), hn::Shl(hn::ShiftRight<16>(code32), first_bits));
  const auto pair_bits = hn::Add(first_bits, hn::ShiftRight<16>(bits32));
  const Words low64 = hn::Set(d64, 0xffffffff), pair64 = hn::BitCast(d64, pair), bits64 = hn::BitCast(d64, pair_bits);
  const Words second_at = hn::And(bits64, low64);
  return {hn::Or(hn::And(pair64, low64), hn::Shl(hn::ShiftRight<32>(pair64), second_at)),
          hn::Add(second_at, hn::ShiftRight<32>(bits64))};
}

// Eight: the code in the first word of each 128 bits. Right only where the bits together are at most 64.
HWY_INLINE Joined join_eights(const Joined& four) {
  const Words next = hn::Shuffle01(four.code), next_bits = hn::Shuffle01(four.bits);
  return {hn::Or(four.code, hn::Shl(next, four.bits)), hn::Add(four.bits, next_bits)};
}

struct Stored {
  alignas(64) std::uint64_t code[2][hn::MaxLanes(d64)], bits[2][hn::MaxLanes(d64)];
};

HWY_INLINE void store(const Joined& first, const Joined& second, Stored& to) {
  hn::Store(first.code, d64, to.code[0]);
  hn::Store(first.bits, d64, to.bits[0]);
  hn::Store(second.code, d64, to.code[1]);
  hn::Store(second.bits, d64, to.bits[1]);
}

// A little-endian machine, as all with this instruction set.
HWY_INLINE void put_word(BitEnd& end, std::uint64_t code, std::uint64_t bits) {
  end.rest |= code << end.rest_bits;
  std::memcpy(end.to, &end.rest, 8);
  const std::uint64_t all = end.rest_bits + bits;
  end.to += all >> 3;
  end.rest >>= all & 56;
  end.rest_bits = all & 7;
}

// The codes of the first `count` bytes of a vector; codes of the others have no bits.
HWY_INLINE void put_block(const Joined& first, const Joined& second, std::size_t count, BitEnd& end) {
  const Joined eights_first = join_eights(first), eights_second = join_eights(second);
  Stored stored;
  // With fewer than eight bits before them, 56 bits fit in a word.
  const hn::RebindToSigned<decltype(d64)> i64;
  const auto room = hn::Set(i64, 57);
  if (hn::AllTrue(i64, hn::And(hn::Lt(hn::BitCast(i64, eights_first.bits), room),
                               hn::Lt(hn::BitCast(i64, eights_second.bits), room)))) {
    store(eights_first, eights_second, stored);
    const auto put_half = [&](std::size_t half) {
      for (std::size_t i = half; i < half + 4; ++i)
        put_word(end, stored.code[i & 1][i & ~1u], stored.bits[i & 1][i & ~1u]);
    };
    put_half(0);
    if (count > 32) put_half(4);
    return;
  }
  store(first, second, stored);
  for (std::size_t i = 0; 8 * i < count; ++i) {
    put_word(end, stored.code[i & 1][i & ~1u], stored.bits[i & 1][i & ~1u]);
    put_word(end, stored.code[i & 1][i | 1], stored.bits[i & 1][i | 1]);
  }
}

// What is known of the codes of a vector of bytes.
struct Found {
  Bytes bits, low, high;
};

#if HWY_TARGET == HWY_AVX3_DL
class Finder {
 public:
  explicit Finder(const LiteralCodes& codes) : bits_(codes.bits), low_(codes.low), high_(codes.high) {}
  HWY_INLINE bool operator()(Bytes bytes, Found& found) const {
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

// Finds codes of bytes that are at most 32 from 0; of others there are few in most pictures.
class Finder {
 public:
  explicit Finder(const LiteralCodes& codes) : bits_(codes.bits), low_(codes.low), high_(codes.high) {}
  HWY_INLINE bool operator()(Bytes bytes, Found& found) const {
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

class Literals {
 public:
  explicit Literals(const LiteralCodes& codes) : codes_(codes), find_(codes) {}

  HWY_INLINE void put(const std::uint8_t* from, std::size_t count, BitEnd& end) const {
    const std::size_t lanes = hn::Lanes(d8);
    Found found;
    for (; count >= lanes; from += lanes, count -= lanes) {
      if (find_(hn::LoadU(d8, from), found))
        put(found, lanes, end);
      else
        put_fours(codes_, from, lanes, end);
    }
    const auto inside = hn::FirstN(d8, count);
    if (!find_(hn::IfThenElseZero(inside, hn::LoadU(d8, from)), found)) return put_fours(codes_, from, count, end);
    found = {hn::IfThenElseZero(inside, found.bits), hn::IfThenElseZero(inside, found.low),
             hn::IfThenElseZero(inside, found.high)};
    put(found, count, end);
  }

 private:
  static HWY_INLINE void put(const Found& found, std::size_t count, BitEnd& end) {
    const Bytes zero = hn::Zero(d8);
    put_block(join_fours(hn::BitCast(d16, hn::InterleaveLower(d8, found.low, found.high)),
                         hn::BitCast(d16, hn::InterleaveLower(d8, found.bits, zero))),
              join_fours(hn::BitCast(d16, hn::InterleaveUpper(d8, found.low, found.high)),
                         hn::BitCast(d16, hn::InterleaveUpper(d8, found.bits, zero))),
              count, end);
  }

  const LiteralCodes& codes_;
  Finder find_;
};
#else
// Eight mostly fit.
HWY_INLINE void put_few(const LiteralCodes& codes, const std::uint8_t* from, std::size_t count, BitEnd& end) {
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
    put_few(codes_, from, count, end);
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
