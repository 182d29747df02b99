// Shapes drawn into runs of pixels: the rectangle of the Rectangle TOP.
#pragma once
#include <array>

#include "kernels/planes.h"

namespace cookline::kernels {

// A rectangle with its border, in pixels from the lower left corner of the picture.
struct RectangleShape {
  double center_x = 0, center_y = 0;
  double half_width = 0, half_height = 0;
  double cos = 1, sin = 0;  // of the counter-clockwise rotation about the centre
  double corner_radius = 0;
  double border_width = 0;
  double border_offset = 0;  // the share of the border that lies outside the rectangle: 0 inside, 1 outside
  double softness = 0;       // over so many pixels inwards from the outline the background blends into the shape
  bool antialias = true;
};

// Straight colours, r g b a.
struct RectangleColors {
  std::array<double, 4> fill = {1, 1, 1, 1}, border = {1, 1, 1, 1}, background = {0, 0, 0, 0};
  bool multiply_rgb_by_alpha = true;
};

// Draws `count` pixels of a row from `column` on: fill, border and background, each by the share of the pixel that it
// covers. With antialias an edge is a ramp of one pixel and the area of an unrotated rectangle with square corners is
// exact; edges on pixel borders are hard. Without it a pixel belongs to what its centre lies in; of the edges, the
// left and the lower one are inside. Rounded corners shrink to half the shorter side; the outer and inner outline of
// the border have radii larger and smaller by what lies between, square corners stay square.
void draw_rectangle(const RectangleShape& shape, const RectangleColors& colors, int column, int row, int count,
                    const Planes& out);

}  // namespace cookline::kernels
