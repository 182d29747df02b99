// With byte permutations (AVX3_DL) codes are looked up and joined by vectors; elsewhere one after the other.
#include "kernels/literal_codes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/literal_codes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstring>

#include "kernels/byte_table-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// Four codes at a time: as many as surely fit.
HWY_INLINE void put_few(const LiteralCodes& codes, const std::uint8_t* from, std::size_t count, BitEnd& end) {
  const auto code = [&](std::size_t i) {
    return std::uint64_t(codes.low[from[i]]) | std::uint64_t(codes.high[from[i]]) << 8;
  };
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const int a = codes.bits[from[i]], b = a + codes.bits[from[i + 1]], c = b + codes.bits[from[i + 2]];
    put_bits(end, code(i) | code(i + 1) << a | code(i + 2) << b | code(i + 3) << c, c + codes.bits[from[i + 3]]);
  }
  for (; i < count; ++i) put_bits(end, code(i), codes.bits[from[i]]);
}

#if HWY_TARGET == HWY_AVX3_DL
const hn::ScalableTag<std::uint8_t> d8;
const hn::ScalableTag<std::uint16_t> d16;
const hn::ScalableTag<std::uint32_t> d32;
const hn::ScalableTag<std::uint64_t> d64;
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
  alignas(64) std::uint64_t code[2][8], bits[2][8];
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
  const int all = end.rest_bits + int(bits);
  end.to += all >> 3;
  end.rest >>= all & 56;
  end.rest_bits = all & 7;
}

// The codes of the first `count` of 64 bytes; codes of the others have no bits.
HWY_INLINE void put_block(const Joined& first, const Joined& second, std::size_t count, BitEnd& end) {
  const Joined eights_first = join_eights(first), eights_second = join_eights(second);
  Stored stored;
  // With fewer than eight bits before them, 56 bits fit in a word.
  const Words most = hn::Max(eights_first.bits, eights_second.bits);
  if (hn::AllTrue(d64, hn::Eq(hn::Min(most, hn::Set(d64, 56)), most))) {
    store(eights_first, eights_second, stored);
    for (std::size_t i = 0; 8 * i < count; ++i) put_word(end, stored.code[i & 1][i & ~1u], stored.bits[i & 1][i & ~1u]);
    return;
  }
  store(first, second, stored);
  for (std::size_t i = 0; 8 * i < count; ++i) {
    put_word(end, stored.code[i & 1][i & ~1u], stored.bits[i & 1][i & ~1u]);
    put_word(end, stored.code[i & 1][i | 1], stored.bits[i & 1][i | 1]);
  }
}

class Literals {
 public:
  explicit Literals(const LiteralCodes& codes) : codes_(codes), bits_(codes.bits), low_(codes.low), high_(codes.high) {}

  HWY_INLINE void put(const std::uint8_t* from, std::size_t count, BitEnd& end) const {
    if (count < few) return put_few(codes_, from, count, end);
    for (; count >= 64; from += 64, count -= 64) {
      const auto bytes = hn::LoadU(d8, from);
      put(bits_(bytes), low_(bytes), high_(bytes), 64, end);
    }
    if (count == 0) return;
    const auto bytes = hn::LoadU(d8, from);
    const auto inside = hn::FirstN(d8, count);
    put(hn::IfThenElseZero(inside, bits_(bytes)), hn::IfThenElseZero(inside, low_(bytes)),
        hn::IfThenElseZero(inside, high_(bytes)), count, end);
  }

 private:
  static constexpr std::size_t few = 12;  // faster one after the other
  using Bytes = hn::Vec<decltype(d8)>;

  static HWY_INLINE void put(Bytes bits, Bytes low, Bytes high, std::size_t count, BitEnd& end) {
    const Bytes zero = hn::Zero(d8);
    put_block(join_fours(hn::BitCast(d16, hn::InterleaveLower(d8, low, high)),
                         hn::BitCast(d16, hn::InterleaveLower(d8, bits, zero))),
              join_fours(hn::BitCast(d16, hn::InterleaveUpper(d8, low, high)),
                         hn::BitCast(d16, hn::InterleaveUpper(d8, bits, zero))),
              count, end);
  }

  const LiteralCodes& codes_;
  ByteTable bits_, low_, high_;
};
#else
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

BitEnd pieces_run(const LiteralCodes& codes, const MatchCodes& matches, std::span<const Piece> pieces,
                  const std::uint8_t* from, BitEnd end) {
  const Literals literals(codes);
  for (const Piece& piece : pieces) {
    literals.put(from, piece.literals, end);
    from += std::size_t(piece.literals) + piece.run;
    for (std::size_t run = piece.run; run > 0;) {
      const std::size_t length = next_match(run);
      put_bits(end, matches.code[length], matches.bits[length]);
      run -= length;
    }
  }
  return end;
}

void changes(const std::uint8_t* from, std::size_t count, std::size_t distance, std::uint64_t* to) {
  const hn::CappedTag<std::uint8_t, 64> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t block = 0; block < count; block += 64, ++to) {
    std::uint64_t same = 0;
    for (std::size_t i = 0; i < 64; i += lanes) {
      const std::uint8_t* const at = from + block + i;
      std::uint64_t part = 0;
      std::uint8_t bits[8] = {};
      hn::StoreMaskBits(d, hn::Eq(hn::LoadU(d, at), hn::LoadU(d, at - distance)), bits);
      for (std::size_t k = 0; k < 8; ++k) part |= std::uint64_t(bits[k]) << (8 * k);
      same |= part << i;
    }
    if (count - block < 64) same &= (std::uint64_t(1) << (count - block)) - 1;
    *to = ~same;
  }
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(pieces_run);
HWY_EXPORT(changes);

BitEnd put_pieces(const LiteralCodes& codes, const MatchCodes& matches, std::span<const Piece> pieces,
                  const std::uint8_t* from, BitEnd end) {
  return HWY_DYNAMIC_DISPATCH(pieces_run)(codes, matches, pieces, from, end);
}

void mark_changes(const std::uint8_t* from, std::size_t count, std::size_t distance, std::uint64_t* to) {
  HWY_DYNAMIC_DISPATCH(changes)(from, count, distance, to);
}

}  // namespace cookline::kernels
#endif
