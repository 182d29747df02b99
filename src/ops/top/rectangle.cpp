// Rectangle TOP: a rectangle with border, round corners and soft edges, over a background or an input.
#include "kernels/shapes.h"
#include "ops/top/generator/output_page.h"
#include "ops/top/transform/overlay.h"
#include "ops/top/transform/rotation.h"

namespace cookline::rectangle_top_op {
namespace {

struct Pars {
  XY size = {0.5, 0.5};
  LengthUnit sizeunit = LengthUnit::fractionaspect;
  double rotate = 0;
  XY center = {0, 0};
  LengthUnit centerunit = LengthUnit::fraction;
  JustifyH justifyh = JustifyH::center;
  JustifyV justifyv = JustifyV::center;
  RGB fillcolor = {1, 1, 1};
  double fillalpha = 1;
  RGB border = {0, 0, 0};
  double borderalpha = 1;
  RGB bgcolor = {0, 0, 0};
  double bgalpha = 0;
  bool multrgbbyalpha = true;
  double borderwidth = 0;
  LengthUnit borderwidthunit = LengthUnit::fraction;
  double borderoffset = 0, cornerradius = 0;
  LengthUnit cornerradiusunit = LengthUnit::fraction;
  bool antialias = true;
  double softness = 0;
  LengthUnit softnessunit = LengthUnit::fractionaspect;
  bool compoverinput = true;
  kernels::CompositeOperation operand = kernels::CompositeOperation::over;
  bool swaporder = false;
};
constexpr auto table =
    joined(std::to_array<Par>({
               par<&Pars::size>("size", "Size").on("Rectangle").slider(0, 1).help("Width and height."),
               par<&Pars::sizeunit>("sizeunit", "Size Unit")
                   .on("Rectangle")
                   .items(unit_menu)
                   .help("Pixels, fractions of the picture's width and height, or fractions of its height alone."),
               par<&Pars::rotate>("rotate", "Rotate")
                   .on("Rectangle")
                   .slider(-180, 180)
                   .in("deg")
                   .help("Rotates counter-clockwise."),
               par<&Pars::center>("center", "Center")
                   .on("Rectangle")
                   .slider(-1, 1)
                   .help("Where the middle lies, from where Justify puts it; (0, 0) is the middle of the picture."),
               par<&Pars::centerunit>("centerunit", "Center Unit")
                   .on("Rectangle")
                   .items(unit_menu)
                   .help("The unit of Center."),
               par<&Pars::justifyh>("justifyh", "Justify Horizontal")
                   .on("Rectangle")
                   .items(justify_h)
                   .help("The side of the picture that the rectangle touches, or its middle."),
               par<&Pars::justifyv>("justifyv", "Justify Vertical")
                   .on("Rectangle")
                   .items(justify_v)
                   .help("The side of the picture that the rectangle touches, or its middle."),
               par<&Pars::fillcolor>("fillcolor", "Fill Color").on("Rectangle").help("Colour of the inside."),
               par<&Pars::fillalpha>("fillalpha", "Fill Alpha").on("Rectangle").help("Opacity of the inside."),
               par<&Pars::border>("border", "Border Color").on("Rectangle").help("Colour of the border."),
               par<&Pars::borderalpha>("borderalpha", "Border Alpha").on("Rectangle").help("Opacity of the border."),
               par<&Pars::bgcolor>("bgcolor", "Background Color").on("Rectangle").help("Colour outside."),
               par<&Pars::bgalpha>("bgalpha", "Background Alpha").on("Rectangle").help("Opacity outside."),
               par<&Pars::multrgbbyalpha>("multrgbbyalpha", "Multiply RGB by Alpha")
                   .on("Rectangle")
                   .help("Premultiplies the colours."),
               par<&Pars::borderwidth>("borderwidth", "Border Width")
                   .on("Rectangle")
                   .at_least(0)
                   .slider(0, 0.2)
                   .help("Width of the border."),
               par<&Pars::borderwidthunit>("borderwidthunit", "Border Width Unit")
                   .on("Rectangle")
                   .items(unit_menu)
                   .help("Pixels, fractions of the picture's width, or of its height."),
               par<&Pars::borderoffset>("borderoffset", "Border Offset")
                   .on("Rectangle")
                   .slider(0, 1)
                   .help("The share of the border that lies outside the rectangle."),
               par<&Pars::cornerradius>("cornerradius", "Corner Radius")
                   .on("Rectangle")
                   .at_least(0)
                   .slider(0, 0.5)
                   .help("Radius of the corners."),
               par<&Pars::cornerradiusunit>("cornerradiusunit", "Corner Radius Unit")
                   .on("Rectangle")
                   .items(unit_menu)
                   .help("Pixels, fractions of the picture's width, or of its height."),
               par<&Pars::antialias>("antialias", "Anti-Alias").on("Rectangle").help("Smooth edges."),
               par<&Pars::softness>("softness", "Softness")
                   .on("Rectangle")
                   .at_least(0)
                   .slider(0, 0.5)
                   .help("Over this length from the edge inwards, the background blends into the shape."),
               par<&Pars::softnessunit>("softnessunit", "Softness Unit")
                   .on("Rectangle")
                   .items(unit_menu)
                   .help("Pixels, fractions of the picture's width, or of its height."),
           }),
           output_page<Pars>());

// A length across the picture in pixels.
double in_pixels(double length, LengthUnit unit, const Tile& tile) {
  if (unit == LengthUnit::pixels) return length;
  return length * (unit == LengthUnit::fraction ? tile.width : tile.height);
}

Point2 in_pixels(const XY& length, LengthUnit unit, const Tile& tile) {
  if (unit == LengthUnit::pixels) return {length[0], length[1]};
  const double across = unit == LengthUnit::fraction ? tile.width : tile.width / tile.aspect;
  return {length[0] * across, length[1] * tile.height};
}

kernels::RectangleShape shape_of(const Pars& p, const Tile& tile) {
  const Point2 size = in_pixels(p.size, p.sizeunit, tile), center = in_pixels(p.center, p.centerunit, tile);
  const Rotation turn = rotation(p.rotate);
  kernels::RectangleShape shape;
  // Justify counts 0, 1, 2 from the left and from below: -1, 0, 1 times the free space on one side.
  shape.center_x = tile.width * 0.5 + (int(p.justifyh) - 1) * (tile.width - size.x) * 0.5 + center.x;
  shape.center_y = tile.height * 0.5 + (int(p.justifyv) - 1) * (tile.height - size.y) * 0.5 + center.y;
  shape.half_width = size.x * 0.5, shape.half_height = size.y * 0.5;
  shape.cos = turn.cos, shape.sin = turn.sin;
  shape.corner_radius = in_pixels(p.cornerradius, p.cornerradiusunit, tile);
  shape.border_width = in_pixels(p.borderwidth, p.borderwidthunit, tile);
  shape.border_offset = p.borderoffset;
  shape.softness = in_pixels(p.softness, p.softnessunit, tile);
  shape.antialias = p.antialias;
  return shape;
}

std::array<double, 4> rgba(const RGB& color, double alpha) { return {color[0], color[1], color[2], alpha}; }

void shade(const Pars& p, const Tiles& in, Tile& out) {
  const kernels::RectangleColors colors = {rgba(p.fillcolor, p.fillalpha), rgba(p.border, p.borderalpha),
                                           rgba(p.bgcolor, p.bgalpha), p.multrgbbyalpha};
  kernels::draw_rectangle(shape_of(p, out), colors, out.x, out.y, out.count, planes(out));
  comp_over_input(p, in[0], out);
}

}  // namespace
}  // namespace cookline::rectangle_top_op

namespace cookline {

const OpDef& rectangle_top() {
  using namespace rectangle_top_op;
  static constexpr std::string_view inputs[] = {"Composite Input"};
  static const OpDef op = Define<Pars, table>(Family::TOP, "rectangleTOP", "Rectangle", "A rectangle with a border.")
                              .inputs(0, 1, inputs)
                              .colour_pars()
                              .shade<&shade>();
  return op;
}

}  // namespace cookline
