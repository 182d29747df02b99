#include "kernels/shapes.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/shapes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/planes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

HWY_INLINE Vec from_double(double v) { return constant(float(v)); }

// One outline of a rectangle about the origin; coordinates are its own.
struct Outline {
  double half_width, half_height, radius;

  // By `by` pixels larger on every side (smaller where negative).
  Outline grown(double by) const {
    return {half_width + by, half_height + by, radius > 0 ? std::max(radius + by, 0.0) : 0.0};
  }
};

// The length of the pixel about x (one wide) inside [-half, half].
HWY_INLINE Vec overlap(Vec x, Vec half) {
  const Vec centre_to_edge = constant(0.5f);
  const Vec high = hn::Min(hn::Add(x, centre_to_edge), half);
  const Vec low = hn::Max(hn::Sub(x, centre_to_edge), hn::Neg(half));
  return hn::Max(hn::Sub(high, low), hn::Zero(f));
}
HWY_INLINE Vec inside(Vec x, Vec half) {
  return hn::IfThenElseZero(hn::And(hn::Ge(x, hn::Neg(half)), hn::Lt(x, half)), constant(1.0f));
}

// Distance to the outline, negative inside (I. Quilez, 2D distance functions: rounded box).
HWY_INLINE Vec distance(const Outline& o, Vec x, Vec y) {
  const Vec qx = hn::Sub(hn::Abs(x), from_double(o.half_width - o.radius));
  const Vec qy = hn::Sub(hn::Abs(y), from_double(o.half_height - o.radius));
  const Vec ox = hn::Max(qx, hn::Zero(f)), oy = hn::Max(qy, hn::Zero(f));
  const Vec outside = hn::Sqrt(hn::MulAdd(ox, ox, hn::Mul(oy, oy)));
  return hn::Sub(hn::Add(outside, hn::Min(hn::Max(qx, qy), hn::Zero(f))), from_double(o.radius));
}

// The share of the pixel about (x, y) that the outline encloses.
HWY_INLINE Vec coverage(const Outline& o, bool antialias, Vec x, Vec y) {
  const Vec half_width = from_double(o.half_width), half_height = from_double(o.half_height);
  const Vec box = antialias ? hn::Mul(overlap(x, half_width), overlap(y, half_height))
                            : hn::Mul(inside(x, half_width), inside(y, half_height));
  if (o.radius <= 0) return box;
  const Vec d = distance(o, x, y);
  const Vec corner =
      antialias ? clamp01(hn::Sub(constant(0.5f), d)) : hn::IfThenElseZero(hn::Le(d, hn::Zero(f)), constant(1.0f));
  return hn::Min(box, corner);
}

// 0 at the outline, 1 from `softness` pixels inside on, with a smooth step between.
HWY_INLINE Vec softened(const Outline& o, double softness, Vec x, Vec y) {
  const Vec t = clamp01(hn::Mul(distance(o, x, y), from_double(-1 / softness)));
  return hn::Mul(hn::Mul(t, t), hn::Sub(constant(3.0f), hn::Add(t, t)));
}

// fill·inner + border·(outer - inner) + background·(1 - outer)
struct Blend {
  Vec fill, border, background;
  Blend(const RectangleColors& c, std::size_t channel)
      : fill(of(c, c.fill, channel)), border(of(c, c.border, channel)), background(of(c, c.background, channel)) {}
  HWY_INLINE Vec at(Vec inner, Vec rim, Vec rest) const {
    return hn::MulAdd(fill, inner, hn::MulAdd(border, rim, hn::Mul(background, rest)));
  }

 private:
  static Vec of(const RectangleColors& c, const std::array<double, 4>& color, std::size_t channel) {
    const bool multiply = c.multiply_rgb_by_alpha && channel < 3;
    return from_double(color[channel] * (multiply ? color[3] : 1));
  }
};

void rectangle_run(const RectangleShape& p, const RectangleColors& colors, double column, double row, std::size_t count,
                   const Planes& out) {
  const double radius = std::clamp(p.corner_radius, 0.0, std::max(std::min(p.half_width, p.half_height), 0.0));
  const double width = std::max(p.border_width, 0.0);
  const Outline edge{p.half_width, p.half_height, radius};
  const Outline outer = edge.grown(width * p.border_offset), inner = edge.grown(width * (p.border_offset - 1));
  const Vec cos = from_double(p.cos), sin = from_double(p.sin), one = constant(1.0f);
  const Vec dy = from_double(row + 0.5 - p.center_y), half = constant(0.5f), center = from_double(p.center_x);
  const Blend r(colors, 0), g(colors, 1), b(colors, 2), a(colors, 3);
  generate_run(out, count, [&](std::size_t i) HWY_ATTR {
    const Vec at = hn::Sub(hn::Add(hn::Iota(f, float(column + double(i))), half), center);
    const Vec x = hn::MulAdd(at, cos, hn::Mul(dy, sin)), y = hn::NegMulAdd(at, sin, hn::Mul(dy, cos));
    Vec outer_share = coverage(outer, p.antialias, x, y);
    Vec inner_share = width > 0 ? hn::Min(coverage(inner, p.antialias, x, y), outer_share) : outer_share;
    if (p.softness > 0) {
      const Vec soft = softened(outer, p.softness, x, y);
      outer_share = hn::Mul(outer_share, soft);
      inner_share = hn::Mul(inner_share, soft);
    }
    const Vec rim = hn::Sub(outer_share, inner_share), rest = hn::Sub(one, outer_share);
    return Rgba{r.at(inner_share, rim, rest), g.at(inner_share, rim, rest), b.at(inner_share, rim, rest),
                a.at(inner_share, rim, rest)};
  });
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(rectangle_run);

void draw_rectangle(const RectangleShape& shape, const RectangleColors& colors, int column, int row, int count,
                    const Planes& out) {
  HWY_DYNAMIC_DISPATCH(rectangle_run)(shape, colors, column, row, std::size_t(count), out);
}

}  // namespace cookline::kernels
#endif
