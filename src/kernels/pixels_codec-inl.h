// How one vector of pixels of each storage is unpacked, packed and rounded. Included once per instruction set by
// pixels.cpp, after planes-inl.h; not a header for others, hence without a guard.
HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// ---- Whole numbers of Max steps in [0, 1] (fixed formats).

// v clamped, times Max, rounded once to nearest even, in the low bits of a float whose high byte is 0x4b (2^23).
template <int Max>
HWY_INLINE Vec to_steps(Vec v) {
  return hn::MulAdd(clamp01(v), hn::Set(f, float(Max)), hn::Set(f, 0x1p23f));
}

// steps / Max, correctly rounded for every whole number up to Max: 1 / Max in two parts.
template <int Max>
HWY_INLINE Vec from_steps(Vec steps) {
  constexpr float high = float(1.0 / Max);
  constexpr float low = float(1.0 / Max - double(high));
  return hn::MulAdd(steps, hn::Set(f, high), hn::Mul(steps, hn::Set(f, low)));
}

template <int Max>
HWY_INLINE Vec round_to_steps(Vec v) {
  return from_steps<Max>(hn::Sub(to_steps<Max>(v), hn::Set(f, 0x1p23f)));
}

HWY_INLINE Vec float_of(WordVec whole) { return hn::ConvertTo(f, hn::BitCast(s, whole)); }

// ---- sRGB codes.

HWY_INLINE hn::Vec<Ints> srgb_code(Vec v) {
  // Max(x, lowest) first, so that NaN becomes code 0.
  const Vec x = hn::Min(hn::Max(v, hn::Set(f, srgb::lowest)), hn::Set(f, 1.0f));
  const auto bucket = hn::Sub(hn::ShiftRight<srgb::bucket_shift>(hn::BitCast(u, x)), hn::Set(u, srgb::first_bucket));
  const auto code = hn::GatherIndex(s, srgb::code_of_bucket.data(), hn::BitCast(s, bucket));
  const Vec next = hn::GatherIndex(f, srgb::threshold.data() + 1, code);
  return hn::Sub(code, hn::BitCast(s, hn::VecFromMask(f, hn::Ge(x, next))));
}
HWY_INLINE Vec srgb_linear(hn::Vec<Ints> code) { return hn::GatherIndex(f, srgb::linear_of_code.data(), code); }

// ---- Small unsigned floats: 5 bits of exponent (bias 15), Bits of mantissa, no sign (packed 11-bit format).

template <int Bits>
HWY_INLINE WordVec to_small_float(Vec v) {
  const Vec x = hn::Max(v, hn::Zero(f));
  const auto bits = hn::BitCast(u, x);
  // Normal: round the mantissa to nearest even, then change the bias; a carry raises the exponent as it should.
  const auto odd = hn::And(hn::ShiftRight<23 - Bits>(bits), hn::Set(u, 1u));
  const auto rounded = hn::Add(bits, hn::Add(odd, hn::Set(u, (1u << (22 - Bits)) - 1)));
  const auto normal = hn::Sub(hn::ShiftRight<23 - Bits>(rounded), hn::Set(u, 112u << Bits));
  // Subnormal: a whole number of the smallest step.
  constexpr float scale = float(1 << (14 + Bits));
  const Vec steps = hn::MulAdd(hn::Min(x, hn::Set(f, 0x1p-14f)), hn::Set(f, scale), hn::Set(f, 0x1p23f));
  const auto subnormal = hn::And(hn::BitCast(u, steps), hn::Set(u, (1u << (Bits + 1)) - 1));
  const auto small = hn::MaskFromVec(hn::BitCast(u, hn::VecFromMask(f, hn::Lt(x, hn::Set(f, 0x1p-14f)))));
  const auto finite = hn::Min(hn::IfThenElse(small, subnormal, normal), hn::Set(u, 31u << Bits));
  const auto is_nan = hn::MaskFromVec(hn::BitCast(u, hn::VecFromMask(f, hn::IsNaN(v))));
  return hn::IfThenElse(is_nan, hn::Set(u, (31u << Bits) | (1u << (Bits - 1))), finite);
}

template <int Bits>
HWY_INLINE Vec from_small_float(WordVec code) {
  const auto shifted = hn::ShiftLeft<23 - Bits>(code);
  const auto exponent = hn::ShiftRight<Bits>(code);
  const auto bias = hn::IfThenElse(hn::Eq(exponent, hn::Set(u, 31u)), hn::Set(u, 224u << 23), hn::Set(u, 112u << 23));
  constexpr float step = 1.0f / float(1 << (14 + Bits));
  const Vec subnormal = hn::Mul(float_of(code), hn::Set(f, step));
  const auto is_small = hn::Eq(exponent, hn::Zero(u));
  return hn::BitCast(f, hn::IfThenElse(is_small, hn::BitCast(u, subnormal), hn::Add(shifted, bias)));
}

// ---- Pixels of one 32-bit word each. `bytes` of a pixel, unpack, pack, round (= unpack of pack).

template <int Shift, std::uint32_t Mask>
HWY_INLINE WordVec field(WordVec word) {
  const WordVec low = hn::ShiftRight<Shift>(word);
  if constexpr (Shift + std::bit_width(Mask) == 32) return low;
  return hn::And(low, hn::Set(u, Mask));
}
HWY_INLINE WordVec join(WordVec a, WordVec b, WordVec c, WordVec d) { return hn::Or(hn::Or(a, b), hn::Or(c, d)); }

struct Rgba8 {
  HWY_INLINE static Rgba unpack(WordVec w) {
    return {from_steps<255>(float_of(field<0, 255>(w))), from_steps<255>(float_of(field<8, 255>(w))),
            from_steps<255>(float_of(field<16, 255>(w))), from_steps<255>(float_of(field<24, 255>(w)))};
  }
  HWY_INLINE static WordVec pack(const Rgba& p) {
    const auto bits = [](Vec v) HWY_ATTR { return hn::BitCast(u, to_steps<255>(v)); };
    return join(hn::And(bits(p.r), hn::Set(u, 255u)), hn::And(hn::ShiftLeft<8>(bits(p.g)), hn::Set(u, 0xff00u)),
                hn::ShiftLeft<16>(hn::And(bits(p.b), hn::Set(u, 255u))), hn::ShiftLeft<24>(bits(p.a)));
  }
  HWY_INLINE static Rgba round(const Rgba& p) {
    return {round_to_steps<255>(p.r), round_to_steps<255>(p.g), round_to_steps<255>(p.b), round_to_steps<255>(p.a)};
  }
};

struct SrgbA8 {
  HWY_INLINE static Rgba unpack(WordVec w) {
    const auto linear = [](WordVec code) HWY_ATTR { return srgb_linear(hn::BitCast(s, code)); };
    return {linear(field<0, 255>(w)), linear(field<8, 255>(w)), linear(field<16, 255>(w)),
            from_steps<255>(float_of(field<24, 255>(w)))};
  }
  HWY_INLINE static WordVec pack(const Rgba& p) {
    const auto code = [](Vec v) HWY_ATTR { return hn::BitCast(u, srgb_code(v)); };
    return join(code(p.r), hn::ShiftLeft<8>(code(p.g)), hn::ShiftLeft<16>(code(p.b)),
                hn::ShiftLeft<24>(hn::BitCast(u, to_steps<255>(p.a))));
  }
  HWY_INLINE static Rgba round(const Rgba& p) {
    return {srgb_linear(srgb_code(p.r)), srgb_linear(srgb_code(p.g)), srgb_linear(srgb_code(p.b)),
            round_to_steps<255>(p.a)};
  }
};

struct Rgb10A2 {
  HWY_INLINE static Rgba unpack(WordVec w) {
    return {from_steps<1023>(float_of(field<0, 1023>(w))), from_steps<1023>(float_of(field<10, 1023>(w))),
            from_steps<1023>(float_of(field<20, 1023>(w))), from_steps<3>(float_of(field<30, 3>(w)))};
  }
  HWY_INLINE static WordVec pack(const Rgba& p) {
    const auto low = [](Vec v) HWY_ATTR { return hn::And(hn::BitCast(u, to_steps<1023>(v)), hn::Set(u, 1023u)); };
    return join(low(p.r), hn::ShiftLeft<10>(low(p.g)), hn::ShiftLeft<20>(low(p.b)),
                hn::ShiftLeft<30>(hn::BitCast(u, to_steps<3>(p.a))));
  }
  HWY_INLINE static Rgba round(const Rgba& p) {
    return {round_to_steps<1023>(p.r), round_to_steps<1023>(p.g), round_to_steps<1023>(p.b), round_to_steps<3>(p.a)};
  }
};

struct R11G11B10 {
  HWY_INLINE static Rgba unpack(WordVec w) {
    return {from_small_float<6>(field<0, 2047>(w)), from_small_float<6>(field<11, 2047>(w)),
            from_small_float<5>(field<22, 1023>(w)), hn::Set(f, 1.0f)};
  }
  HWY_INLINE static WordVec pack(const Rgba& p) {
    return join(to_small_float<6>(p.r), hn::ShiftLeft<11>(to_small_float<6>(p.g)),
                hn::ShiftLeft<22>(to_small_float<5>(p.b)), hn::Zero(u));
  }
  HWY_INLINE static Rgba round(const Rgba& p) { return unpack(pack(p)); }
};

template <class Word>
struct Packed {
  static constexpr std::size_t bytes = 4;
  HWY_INLINE static Rgba load(const std::byte* from) {
    return Word::unpack(hn::LoadU(u, reinterpret_cast<const std::uint32_t*>(from)));
  }
  HWY_INLINE static void store(const Rgba& p, std::byte* to) {
    hn::StoreU(Word::pack(p), u, reinterpret_cast<std::uint32_t*>(to));
  }
  HWY_INLINE static Rgba round(const Rgba& p) { return Word::round(p); }
};

// ---- Pixels of separate components, all of one type.

template <class T>
struct Fixed {
  using Type = T;
  using Tag = hn::Rebind<T, Floats>;
  static constexpr int max = std::numeric_limits<T>::max();
  HWY_INLINE static Vec unpack(hn::Vec<Tag> v) { return from_steps<max>(hn::ConvertTo(f, hn::PromoteTo(s, v))); }
  HWY_INLINE static hn::Vec<Tag> pack(Vec v) {
    return hn::DemoteTo(Tag(), hn::BitCast(s, hn::And(hn::BitCast(u, to_steps<max>(v)), hn::Set(u, unsigned(max)))));
  }
  HWY_INLINE static Vec round(Vec v) { return round_to_steps<max>(v); }
};

// As 16-bit words in memory, because vectors of halves cannot be interleaved.
struct Half {
  using Type = std::uint16_t;
  using Tag = hn::Rebind<std::uint16_t, Floats>;
  using HalfTag = hn::Rebind<hwy::float16_t, Floats>;
  HWY_INLINE static Vec unpack(hn::Vec<Tag> v) { return hn::PromoteTo(f, hn::BitCast(HalfTag(), v)); }
  HWY_INLINE static hn::Vec<Tag> pack(Vec v) { return hn::BitCast(Tag(), hn::DemoteTo(HalfTag(), v)); }
  HWY_INLINE static Vec round(Vec v) { return unpack(pack(v)); }
};

struct Full {
  using Type = float;
  using Tag = Floats;
  HWY_INLINE static Vec unpack(Vec v) { return v; }
  HWY_INLINE static Vec pack(Vec v) { return v; }
  HWY_INLINE static Vec round(Vec v) { return v; }
};

template <class C, Layout L>
struct Components {
  using Tag = typename C::Tag;
  static constexpr int channels = L == Layout::rgba                     ? 4
                                  : L == Layout::rgb                    ? 3
                                  : L == Layout::mono || L == Layout::a ? 1
                                                                        : 2;
  static constexpr std::size_t bytes = channels * sizeof(typename C::Type);

  HWY_INLINE static Rgba load(const std::byte* from) {
    const auto* p = reinterpret_cast<const typename C::Type*>(from);
    const Tag t;
    hn::Vec<Tag> x, y, z, w;
    if constexpr (channels == 4) {
      hn::LoadInterleaved4(t, p, x, y, z, w);
      return {C::unpack(x), C::unpack(y), C::unpack(z), C::unpack(w)};
    } else if constexpr (channels == 3) {
      hn::LoadInterleaved3(t, p, x, y, z);
      return {C::unpack(x), C::unpack(y), C::unpack(z), hn::Set(f, 1.0f)};
    } else if constexpr (channels == 2) {
      hn::LoadInterleaved2(t, p, x, y);
      return fill(C::unpack(x), C::unpack(y));
    } else {
      const Vec v = C::unpack(hn::LoadU(t, p));
      return fill(v, v);
    }
  }

  HWY_INLINE static void store(const Rgba& v, std::byte* to) {
    auto* p = reinterpret_cast<typename C::Type*>(to);
    const Tag t;
    if constexpr (L == Layout::rgba)
      hn::StoreInterleaved4(C::pack(v.r), C::pack(v.g), C::pack(v.b), C::pack(v.a), t, p);
    if constexpr (L == Layout::rgb) hn::StoreInterleaved3(C::pack(v.r), C::pack(v.g), C::pack(v.b), t, p);
    if constexpr (L == Layout::rg) hn::StoreInterleaved2(C::pack(v.r), C::pack(v.g), t, p);
    if constexpr (L == Layout::monoalpha) hn::StoreInterleaved2(C::pack(v.r), C::pack(v.a), t, p);
    if constexpr (L == Layout::mono) hn::StoreU(C::pack(v.r), t, p);
    if constexpr (L == Layout::a) hn::StoreU(C::pack(v.a), t, p);
  }

  HWY_INLINE static Rgba round(const Rgba& v) {
    if constexpr (L == Layout::rgba) return {C::round(v.r), C::round(v.g), C::round(v.b), C::round(v.a)};
    if constexpr (L == Layout::rgb) return {C::round(v.r), C::round(v.g), C::round(v.b), hn::Set(f, 1.0f)};
    if constexpr (L == Layout::rg) return fill(C::round(v.r), C::round(v.g));
    if constexpr (L == Layout::monoalpha) return fill(C::round(v.r), C::round(v.a));
    const Vec kept = C::round(L == Layout::a ? v.a : v.r);
    return fill(kept, kept);
  }

 private:
  // The four planes of a format of one or two components.
  HWY_INLINE static Rgba fill(Vec first, Vec second) {
    const Vec zero = hn::Zero(f), one = hn::Set(f, 1.0f);
    if constexpr (L == Layout::rg) return {first, second, zero, one};
    if constexpr (L == Layout::a) return {zero, zero, zero, first};
    if constexpr (L == Layout::mono) return {first, first, first, one};
    return {first, first, first, second};
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
