#include "ops/top/transform/overlay.h"

#include <cmath>

#include "ops/top/transform/rotation.h"

namespace cookline {
namespace {

// Lengths in heights of the output as shown, from its lower left corner.
struct Box {
  double x = 0, y = 0, w = 1, h = 1;
};

Box fitted(const Placement& p, const PictureSize& overlay, const PictureSize& output) {
  const double wide = overlay.aspect / output.aspect;  // above 1: the overlay is the wider of the two
  const Box across = {0, 0, output.aspect, output.aspect / overlay.aspect}, up = {0, 0, overlay.aspect, 1};
  Box box = {0, 0, output.aspect, 1};
  switch (p.prefit) {
    case Prefit::fill:
      break;
    case Prefit::fithorz:
      box = across;
      break;
    case Prefit::fitvert:
      box = up;
      break;
    case Prefit::fitbest:
      box = wide > 1 ? across : up;
      break;
    case Prefit::fitoutside:
      box = wide > 1 ? up : across;
      break;
    case Prefit::nativeres:
      box.w = output.aspect * overlay.width / output.width;
      box.h = double(overlay.height) / output.height;
      break;
  }
  box.x = (output.aspect - box.w) * 0.5 * int(p.justifyh);
  box.y = (1 - box.h) * 0.5 * int(p.justifyv);
  return box;
}

// A factor whose inverse is finite: what is scaled to nothing lies in less than a billionth of a pixel.
double inverse(double scale) { return scale == 0 ? 1e9 : 1 / scale; }

// Rounding must not move pictures that lie pixel on pixel: what is within a billionth of a half is that half.
double settled(double v) {
  const double half = std::round(v * 2) / 2;
  return std::abs(v - half) < 1e-9 ? half : v;
}

}  // namespace

Point2 in_heights(const XY& value, LengthUnit unit, const PictureSize& frame) {
  switch (unit) {
    case LengthUnit::pixels:
      return {value[0] * frame.aspect / frame.width, value[1] / frame.height};
    case LengthUnit::fraction:
      return {value[0] * frame.aspect, value[1]};
    case LengthUnit::fractionaspect:
      break;
  }
  return {value[0], value[1]};
}

kernels::PixelMap through(const kernels::PixelMap& a, const kernels::PixelMap& b) {
  return {b.xx * a.xx + b.xy * a.yx, b.xx * a.xy + b.xy * a.yy, b.xx * a.x0 + b.xy * a.y0 + b.x0,
          b.yx * a.xx + b.yy * a.yx, b.yx * a.xy + b.yy * a.yy, b.yx * a.x0 + b.yy * a.y0 + b.y0};
}

// As measured, the overlay is translated, then scaled, then rotated counter-clockwise; the legacy order is the reverse.
// The map goes the other way: it takes a pixel of the output back to the overlay.
kernels::PixelMap overlay_map(const Placement& p, const PictureSize& overlay, const PictureSize& output) {
  const Box box = fitted(p, overlay, output);
  Point2 pivot = {p.pivot[0] * box.w, p.pivot[1] * box.h};
  if (p.pivot_unit == LengthUnit::pixels) pivot = in_heights(p.pivot, LengthUnit::pixels, output);
  if (p.pivot_unit == LengthUnit::fractionaspect) pivot = {p.pivot[0] * box.h, p.pivot[1] * box.h};
  pivot.x += box.x, pivot.y += box.y;

  const Rotation turn = rotation(p.legacy ? p.rotate_deg : -p.rotate_deg);
  const double ix = inverse(p.scale.x), iy = inverse(p.scale.y);
  // Back from shown coordinates: unrotate then unscale; legacy: unscale then unrotate.
  const double xx = turn.cos * ix, xy = -turn.sin * (p.legacy ? iy : ix);
  const double yx = turn.sin * (p.legacy ? ix : iy), yy = turn.cos * iy;
  const Point2 after = p.legacy ? Point2{} : p.translate, before = p.legacy ? p.translate : Point2{};
  const double from_x = -pivot.x - before.x, from_y = -pivot.y - before.y;
  const double x0 = xx * from_x + xy * from_y + pivot.x - after.x - box.x;
  const double y0 = yx * from_x + yy * from_y + pivot.y - after.y - box.y;

  // From pixels of the output to heights, and from heights to pixels of the overlay.
  const double in_x = output.aspect / output.width, in_y = 1.0 / output.height;
  const double out_x = overlay.width / box.w, out_y = overlay.height / box.h;
  return {settled(xx * in_x * out_x), settled(xy * in_y * out_x), settled(x0 * out_x),
          settled(yx * in_x * out_y), settled(yy * in_y * out_y), settled(y0 * out_y)};
}

}  // namespace cookline
