// The formulas of composite.h, one struct an operation: A is the top pixel, B the bottom one. Included once per
// instruction set by composite.cpp, after planes-inl.h; not a header for others, hence without a guard.
//
// Sources of the formulas:
//   D  documented on the Composite TOP page of TouchDesigner's manual (docs.derivative.ca/Composite_TOP)
//   P  Porter and Duff, Compositing Digital Images, 1984
//   W  W3C, Compositing and Blending Level 1, with names as in image editors
//   M  measured against TouchDesigner 2025 by frank890417/WebToe (docs/TD-PARITY.md: 37 operations agree within 1e-7)
//   F  fitted by the same project to TouchDesigner's output (9 operations within 3e-5), so perhaps not its own formula
// The blend modes lay f(A, B') over A with B's alpha as opacity: A·(1 - B.a) + f·B.a, where B' is B without its
// premultiplication, limited to [0, 1] (M). The alpha of the result is A's.
HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// ---- Parts.

struct Rgb {
  Vec r, g, b;
};

HWY_INLINE Vec one() { return constant(1.0f); }
HWY_INLINE Vec one_minus(Vec v) { return hn::Sub(one(), v); }
HWY_INLINE Vec twice(Vec v) { return hn::Add(v, v); }

// n / d without NaN or infinity, as composite.h says.
HWY_INLINE Vec ratio(Vec n, Vec d) {
  const Vec largest = constant(std::numeric_limits<float>::max());
  const Vec limited = clamp(hn::Div(n, d), hn::Neg(largest), largest);
  return hn::IfThenElseZero(hn::Ne(n, hn::Zero(f)), limited);
}

HWY_INLINE Vec weighted(Vec r, Vec g, Vec b, float wr, float wg, float wb) {
  return hn::MulAdd(r, constant(wr), hn::MulAdd(g, constant(wg), hn::Mul(b, constant(wb))));
}
// The luminance of most operations (M).
template <class P>
HWY_INLINE Vec luminance(const P& p) {
  return weighted(p.r, p.g, p.b, 0.3f, 0.59f, 0.11f);
}
// 0 where a colour is dark, 1 where it is light, with a ramp between (M).
HWY_INLINE Vec lightness_switch(const Rgb& p) {
  const Vec luma = weighted(p.r, p.g, p.b, 0.2125f, 0.7154f, 0.0721f);
  return clamp01(hn::Div(hn::Sub(luma, constant(0.45f)), constant(0.1f)));
}

HWY_INLINE Rgb rgb(const Rgba& p) { return {p.r, p.g, p.b}; }
HWY_INLINE Rgba with_alpha(const Rgb& p, Vec alpha) { return {p.r, p.g, p.b, alpha}; }
HWY_INLINE Rgba scaled(const Rgba& p, Vec k) {
  return {hn::Mul(p.r, k), hn::Mul(p.g, k), hn::Mul(p.b, k), hn::Mul(p.a, k)};
}
// scaled(p, k) + q
HWY_INLINE Rgba scaled_plus(const Rgba& p, Vec k, const Rgba& q) {
  return {hn::MulAdd(p.r, k, q.r), hn::MulAdd(p.g, k, q.g), hn::MulAdd(p.b, k, q.b), hn::MulAdd(p.a, k, q.a)};
}
HWY_INLINE Rgb choose(hn::Mask<Floats> first, const Rgb& x, const Rgb& y) {
  return {hn::IfThenElse(first, x.r, y.r), hn::IfThenElse(first, x.g, y.g), hn::IfThenElse(first, x.b, y.b)};
}
HWY_INLINE Rgba choose(hn::Mask<Floats> first, const Rgba& x, const Rgba& y) {
  return with_alpha(choose(first, rgb(x), rgb(y)), hn::IfThenElse(first, x.a, y.a));
}

// B without its premultiplication, in [0, 1]; black where B is transparent.
HWY_INLINE Rgb straight(const Rgba& b) {
  return {clamp01(ratio(b.r, b.a)), clamp01(ratio(b.g, b.a)), clamp01(ratio(b.b, b.a))};
}
HWY_INLINE Rgba laid_over(const Rgba& a, const Rgba& b, const Rgb& mode) {
  const Vec rest = one_minus(b.a);
  return {hn::MulAdd(mode.r, b.a, hn::Mul(a.r, rest)), hn::MulAdd(mode.g, b.a, hn::Mul(a.g, rest)),
          hn::MulAdd(mode.b, b.a, hn::Mul(a.b, rest)), a.a};
}

// ---- Hue, saturation, value: the usual hexagon (A. R. Smith, 1978), hue in [0, 6).

struct Hsv {
  Vec h, s, v;
};

HWY_INLINE Hsv to_hsv(const Rgb& p) {
  const Vec v = hn::Max(hn::Max(p.r, p.g), p.b), least = hn::Min(hn::Min(p.r, p.g), p.b);
  const Vec chroma = hn::Sub(v, least);
  const Vec from_red = ratio(hn::Sub(p.g, p.b), chroma);
  const Vec from_green = hn::Add(ratio(hn::Sub(p.b, p.r), chroma), constant(2.0f));
  const Vec from_blue = hn::Add(ratio(hn::Sub(p.r, p.g), chroma), constant(4.0f));
  const Vec h = hn::IfThenElse(hn::Eq(v, p.r), from_red, hn::IfThenElse(hn::Eq(v, p.g), from_green, from_blue));
  const Vec turned = hn::IfThenElse(hn::Lt(h, hn::Zero(f)), hn::Add(h, constant(6.0f)), h);
  return {hn::IfThenElseZero(hn::Gt(chroma, hn::Zero(f)), turned), ratio(chroma, v), v};
}

// v - v·s·limited(min(k, 4 - k)) with k = (n + h) mod 6; n is 5, 3, 1 for red, green, blue.
HWY_INLINE Vec hsv_channel(const Hsv& c, float n) {
  const Vec k0 = hn::Add(c.h, constant(n)), six = constant(6.0f);
  const Vec k = hn::IfThenElse(hn::Ge(k0, six), hn::Sub(k0, six), k0);
  const Vec w = clamp01(hn::Min(k, hn::Sub(constant(4.0f), k)));
  return hn::NegMulAdd(hn::Mul(c.v, c.s), w, c.v);
}
HWY_INLINE Rgb to_rgb(const Hsv& c) { return {hsv_channel(c, 5), hsv_channel(c, 3), hsv_channel(c, 1)}; }

// ---- Kinds of operations, by what a channel of the result depends on.

// Op::of(x, y) on red, green, blue and alpha alike.
template <class Op>
struct AllChannels {
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return {Op::of(a.r, b.r), Op::of(a.g, b.g), Op::of(a.b, b.b), Op::of(a.a, b.a)};
  }
};
// Op::of(x, y) on the colours as they are; the result is opaque.
template <class Op>
struct OpaqueColours {
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return {Op::of(a.r, b.r), Op::of(a.g, b.g), Op::of(a.b, b.b), one()};
  }
};
// A blend mode that works channel by channel.
template <class Op>
struct ChannelMode {
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    const Rgb y = straight(b);
    return laid_over(a, b, {Op::of(a.r, y.r), Op::of(a.g, y.g), Op::of(a.b, y.b)});
  }
};
// A blend mode that looks at the whole colour.
template <class Op>
struct ColourMode {
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return laid_over(a, b, Op::of(rgb(a), straight(b))); }
};

// ---- Arithmetic.

struct Add : AllChannels<Add> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Add(x, y); }
};
struct Subtract : AllChannels<Subtract> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Sub(x, y); }
};
struct Multiply : AllChannels<Multiply> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Mul(x, y); }
};
struct Screen : AllChannels<Screen> {  // D, W: x + y - xy
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::MulAdd(x, one_minus(y), y); }
};
struct Average : AllChannels<Average> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Mul(hn::Add(x, y), constant(0.5f)); }
};
struct Maximum : AllChannels<Maximum> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Max(x, y); }
};
struct Minimum : AllChannels<Minimum> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Min(x, y); }
};
struct Divide : AllChannels<Divide> {  // D; where y is 0, x (F)
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::IfThenElse(hn::Eq(y, hn::Zero(f)), x, ratio(x, y)); }
};
struct Difference : OpaqueColours<Difference> {  // D
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::AbsDiff(x, y); }
};
struct Negate : OpaqueColours<Negate> {  // M: 1 - |1 - x - y|
  HWY_INLINE static Vec of(Vec x, Vec y) { return one_minus(hn::Abs(hn::Sub(one_minus(x), y))); }
};
struct Exclude : OpaqueColours<Exclude> {  // W, M: x + y - 2xy
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::NegMulAdd(twice(x), y, hn::Add(x, y)); }
};
struct Dodge : OpaqueColours<Dodge> {  // M: x / (1 - y)
  HWY_INLINE static Vec of(Vec x, Vec y) { return ratio(x, one_minus(y)); }
};
struct Freeze : OpaqueColours<Freeze> {  // F: 1 - (1 - x)² / y
  HWY_INLINE static Vec of(Vec x, Vec y) { return one_minus(ratio(hn::Mul(one_minus(x), one_minus(x)), y)); }
};
struct YFilm : OpaqueColours<YFilm> {  // F: 2x - x² / (1 - y)
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Sub(twice(x), ratio(hn::Mul(x, x), one_minus(y))); }
};
struct ZFilm : OpaqueColours<ZFilm> {  // F: 4x - 9y + 6·negate(x, y)
  HWY_INLINE static Vec of(Vec x, Vec y) {
    return hn::MulAdd(Negate::of(x, y), constant(6.0f), hn::MulSub(x, constant(4.0f), hn::Mul(y, constant(9.0f))));
  }
};

// ---- Coverage.

struct Over {  // D, P: A + B·(1 - A.a)
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return scaled_plus(b, one_minus(clamp01(a.a)), a); }
};
struct Under {  // D, P
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return Over::pixel(b, a); }
};
struct Inside {  // D, P: A·B.a
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return scaled(a, clamp01(b.a)); }
};
struct Outside {  // D, P: A·(1 - B.a)
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return scaled(a, one_minus(clamp01(b.a))); }
};
struct Xor {  // D, P
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return scaled_plus(b, one_minus(clamp01(a.a)), Outside::pixel(a, b));
  }
};
struct Atop {  // D, P: A·B.a + B·(1 - A.a); the alpha is B's
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return with_alpha(rgb(scaled_plus(b, one_minus(clamp01(a.a)), scaled(a, b.a))), b.a);
  }
};
struct InsideLuminance {  // M
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return scaled(a, clamp01(luminance(b))); }
};
struct OutsideLuminance {  // M
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return scaled(a, one_minus(clamp01(luminance(b)))); }
};
struct StencilLuminance {  // M
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) { return with_alpha(rgb(a), clamp01(luminance(b))); }
};
struct Brightest {  // M
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return choose(hn::Gt(luminance(a), luminance(b)), a, b);
  }
};
struct Dimmest {  // M
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return choose(hn::Lt(luminance(a), luminance(b)), a, b);
  }
};
struct Subtractive {  // M: colours A - B·B.a, alphas added
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    return {hn::NegMulAdd(b.r, b.a, a.r), hn::NegMulAdd(b.g, b.a, a.g), hn::NegMulAdd(b.b, b.a, a.b),
            hn::Add(a.a, b.a)};
  }
};

// ---- Blend modes; x of A, y of B'.

struct BurnLinear : ChannelMode<BurnLinear> {  // M: x + y - 1 in [0, 1]
  HWY_INLINE static Vec of(Vec x, Vec y) { return clamp01(hn::Sub(hn::Add(x, y), one())); }
};
struct LinearLight : ChannelMode<LinearLight> {  // M: x + 2y - 1
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::Sub(hn::Add(x, twice(y)), one()); }
};
struct SoftLight : ChannelMode<SoftLight> {  // M (Pegtop's form): (1 - 2y)·x² + 2xy
  HWY_INLINE static Vec of(Vec x, Vec y) {
    return hn::MulAdd(one_minus(twice(y)), hn::Mul(x, x), hn::Mul(twice(x), y));
  }
};
struct PinLight : ChannelMode<PinLight> {  // M: min(x, 2y) below one half, max(x, 2y - 1) above
  HWY_INLINE static Vec of(Vec x, Vec y) {
    const Vec low = hn::Min(x, twice(y)), high = hn::Max(x, hn::Sub(twice(y), one()));
    return hn::IfThenElse(hn::Lt(y, constant(0.5f)), low, high);
  }
};
struct HardMix : ChannelMode<HardMix> {  // M: 1 where x + y >= 1
  HWY_INLINE static Vec of(Vec x, Vec y) { return hn::IfThenElseZero(hn::Ge(hn::Add(x, y), one()), one()); }
};
struct VividLight : ChannelMode<VividLight> {  // M: burn below one half, dodge above, in [0, 1]
  HWY_INLINE static Vec of(Vec x, Vec y) {
    const Vec burn = one_minus(ratio(one_minus(x), twice(y))), dodge = ratio(x, twice(one_minus(y)));
    return clamp01(hn::IfThenElse(hn::Lt(y, constant(0.5f)), burn, dodge));
  }
};
struct Inverse : ChannelMode<Inverse> {  // M: y / (1 - x)
  HWY_INLINE static Vec of(Vec x, Vec y) { return ratio(y, one_minus(x)); }
};
struct Glow : ChannelMode<Glow> {  // M: y² / (1 - x)
  HWY_INLINE static Vec of(Vec x, Vec y) { return ratio(hn::Mul(y, y), one_minus(x)); }
};
struct Reflect : ChannelMode<Reflect> {  // M: x² / (1 - y)
  HWY_INLINE static Vec of(Vec x, Vec y) { return ratio(hn::Mul(x, x), one_minus(y)); }
};
struct Heat : ChannelMode<Heat> {  // M: 1 - (1 - y)² / x
  HWY_INLINE static Vec of(Vec x, Vec y) { return one_minus(ratio(hn::Mul(one_minus(y), one_minus(y)), x)); }
};

// Multiply where t is 0, screen where it is 1.
HWY_INLINE Vec multiply_or_screen(Vec x, Vec y, Vec t) {
  const Vec product = hn::Mul(twice(x), y);
  const Vec screen = one_minus(hn::Mul(twice(one_minus(x)), one_minus(y)));
  return hn::MulAdd(hn::Sub(screen, product), t, product);
}
HWY_INLINE Rgb multiply_or_screen(const Rgb& x, const Rgb& y, Vec t) {
  return {multiply_or_screen(x.r, y.r, t), multiply_or_screen(x.g, y.g, t), multiply_or_screen(x.b, y.b, t)};
}
struct HardLight : ColourMode<HardLight> {  // W with the switch of M: by the lightness of B'
  HWY_INLINE static Rgb of(const Rgb& x, const Rgb& y) { return multiply_or_screen(x, y, lightness_switch(y)); }
};
struct Overlay {  // W with the switch of M: by the lightness of A; opaque
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    const Rgb mode = multiply_or_screen(rgb(a), straight(b), lightness_switch(rgb(a)));
    return with_alpha(rgb(laid_over(a, b, mode)), one());
  }
};
struct DarkerColor : ColourMode<DarkerColor> {  // M
  HWY_INLINE static Rgb of(const Rgb& x, const Rgb& y) { return choose(hn::Lt(luminance(x), luminance(y)), x, y); }
};
struct LighterColor : ColourMode<LighterColor> {  // M
  HWY_INLINE static Rgb of(const Rgb& x, const Rgb& y) { return choose(hn::Gt(luminance(x), luminance(y)), x, y); }
};

// The chroma of B' with the luminance of A. TouchDesigner gives the same for both menu items (F).
struct Color : ColourMode<Color> {
  HWY_INLINE static Rgb of(const Rgb& x, const Rgb& y) {
    const Vec luma = weighted(x.r, x.g, x.b, 0.29029125f, 0.5699029f, 0.13980582f);
    return {hn::Add(luma, weighted(y.r, y.g, y.b, 0.70970872f, -0.56929602f, -0.13980583f)),
            hn::Add(luma, weighted(y.r, y.g, y.b, -0.29029123f, 0.43173089f, -0.13980583f)),
            hn::Add(luma, weighted(y.r, y.g, y.b, -0.29029129f, -0.57782309f, 0.86019416f))};
  }
};
struct Hue : ColourMode<Hue> {  // F: A with the hue of B'
  HWY_INLINE static Rgb of(const Rgb& x, const Rgb& y) {
    const Hsv a = to_hsv(x);
    return to_rgb({to_hsv(y).h, a.s, a.v});
  }
};
struct ChromaDifference {  // F: A with the difference of the hues; opaque
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    const Hsv x = to_hsv(rgb(a));
    const Vec turn = hn::Sub(x.h, to_hsv(rgb(b)).h);
    const Vec hue = hn::IfThenElse(hn::Lt(turn, hn::Zero(f)), hn::Add(turn, constant(6.0f)), turn);
    return with_alpha(to_rgb({hue, x.s, x.v}), one());
  }
};
struct LuminanceDifference {  // F: the chroma of A with the difference of the luminances; opaque
  HWY_INLINE static Rgba pixel(const Rgba& a, const Rgba& b) {
    const Vec luma = hn::AbsDiff(luminance(a), luminance(b));
    return {hn::Add(luma, weighted(a.r, a.g, a.b, 0.7038f, -0.59008f, -0.11372f)),
            hn::Add(luma, weighted(a.r, a.g, a.b, -0.29907f, 0.4126f, -0.11353f)),
            hn::Add(luma, weighted(a.r, a.g, a.b, -0.30675f, -0.57636f, 0.88311f)), one()};
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
