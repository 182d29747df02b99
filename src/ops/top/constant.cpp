// Constant TOP: one colour everywhere.
#include <algorithm>

#include "ops/top/generator/output_page.h"

namespace cookline::constant_top_op {
namespace {

enum class Unit { u1, u256, u65536 };
constexpr MenuItem units[] = {{"u1", "0 to 1"}, {"u256", "0 to 255"}, {"u65536", "0 to 65535"}};

struct Pars {
  RGB color = {1, 1, 1};
  double alpha = 1;
  bool multrgbbyalpha = true;
  Unit rgbaunit = Unit::u1;
  bool compoverinput = true;
  kernels::CompositeOperation operand = kernels::CompositeOperation::multiply;
  bool swaporder = false;
};
constexpr auto table =
    joined(std::to_array<Par>({
               par<&Pars::color>("color", "Color").on("Constant").help("Red, green and blue."),
               par<&Pars::alpha>("alpha", "Alpha").on("Constant").help("Opacity."),
               par<&Pars::multrgbbyalpha>("multrgbbyalpha", "Multiply RGB by Alpha.")
                   .on("Constant")
                   .help("Premultiplies the colour."),
               par<&Pars::rgbaunit>("rgbaunit", "RGBA Units")
                   .on("Constant")
                   .items(units)
                   .help("The range colour and alpha are given in; the picture's own range is always 0 to 1."),
           }),
           output_page<Pars>());

void shade(const Pars& p, const Tiles& in, Tile& out) {
  const double unit = p.rgbaunit == Unit::u1 ? 1 : p.rgbaunit == Unit::u256 ? 255 : 65535;
  const double alpha = p.alpha / unit, scale = (p.multrgbbyalpha ? alpha : 1) / unit;
  float* rgb[] = {out.r, out.g, out.b};
  for (std::size_t c = 0; c < 3; ++c) std::fill_n(rgb[c], out.count, float(p.color[c] * scale));
  std::fill_n(out.a, out.count, float(alpha));
  comp_over_input(p, in[0], out);
}

}  // namespace
}  // namespace cookline::constant_top_op

namespace cookline {

const OpDef& constant_top() {
  using namespace constant_top_op;
  static constexpr std::string_view inputs[] = {"Composite Input"};
  static const OpDef op = Define<Pars, table>(Family::TOP, "constantTOP", "Constant", "One colour everywhere.")
                              .inputs(0, 1, inputs)
                              .colour_pars()
                              .shade<&shade>();
  return op;
}

}  // namespace cookline
