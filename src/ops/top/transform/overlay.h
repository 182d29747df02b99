// Placing one picture over another as the Transform page of two-input TOPs says: pre-fit, justify, scale, rotate,
// translate.
#pragma once
#include "kernels/resample.h"
#include "op/par.h"

namespace cookline {

enum class Prefit { fill, fithorz, fitvert, fitbest, fitoutside, nativeres };
enum class JustifyH { left, center, right };
enum class JustifyV { bottom, center, top };
enum class LengthUnit { pixels, fraction, fractionaspect };
inline constexpr MenuItem prefits[] = {
    {"fill", "Fill"},        {"fithorz", "Fit Horizontal"}, {"fitvert", "Fit Vertical"},
    {"fitbest", "Fit Best"}, {"fitoutside", "Fit Outside"}, {"nativeres", "Native Resolution"}};
inline constexpr MenuItem justify_h[] = {{"left", "Left"}, {"center", "Center"}, {"right", "Right"}};
inline constexpr MenuItem justify_v[] = {{"bottom", "Bottom"}, {"center", "Center"}, {"top", "Top"}};
inline constexpr MenuItem extends[] = {{"hold", "Hold"}, {"zero", "Zero"}, {"repeat", "Repeat"}, {"mirror", "Mirror"}};
inline constexpr MenuItem unit_menu[] = {{"pixels", "P"}, {"fraction", "F"}, {"fractionaspect", "A"}};

// Size in pixels and width : height as shown of a picture.
struct PictureSize {
  int width = 1, height = 1;
  double aspect = 1;
};

struct Point2 {
  double x = 0, y = 0;
};

// A length given in a unit of `frame`, measured in heights of the frame as shown: fractions are of its width and
// height, aspect fractions of its height alone.
Point2 in_heights(const XY& value, LengthUnit unit, const PictureSize& frame);

struct Placement {
  Prefit prefit = Prefit::fill;
  JustifyH justifyh = JustifyH::center;
  JustifyV justifyv = JustifyV::center;
  double rotate_deg = 0;
  Point2 translate;  // in heights of the output
  Point2 scale = {1, 1};
  XY pivot = {0.5, 0.5};  // within the overlay as it lies after pre-fit and justify
  LengthUnit pivot_unit = LengthUnit::fraction;
  bool legacy = false;  // rotate clockwise, and translate last instead of first
};

// First `first`, then `next`, both maps of pixel positions.
kernels::PixelMap through(const kernels::PixelMap& first, const kernels::PixelMap& next);

// Where a pixel of the output lies in the overlay.
kernels::PixelMap overlay_map(const Placement& placement, const PictureSize& overlay, const PictureSize& output);

}  // namespace cookline
