// Constant TOP: one colour everywhere.
#include <algorithm>

#include "op/op.h"

namespace cookline::constant_top_op {
namespace {

enum class Unit { u1, u256, u65536 };
constexpr MenuItem units[] = {{"u1", "0 to 1"}, {"u256", "0 to 255"}, {"u65536", "0 to 65535"}};

struct Pars {
  RGB color = {1, 1, 1};
  double alpha = 1;
  bool multrgbbyalpha = true;
  Unit rgbaunit = Unit::u1;
};
constexpr Par table[] = {
    par<&Pars::color>("color", "Color").on("Constant").help("Red, green and blue."),
    par<&Pars::alpha>("alpha", "Alpha").on("Constant").help("Opacity."),
    par<&Pars::multrgbbyalpha>("multrgbbyalpha", "Multiply RGB by Alpha")
        .on("Constant")
        .help("Premultiplies the colour."),
    par<&Pars::rgbaunit>("rgbaunit", "RGBA Units")
        .on("Constant")
        .items(units)
        .help("The range colour and alpha are given in."),
};

void shade(const Pars& p, const Tiles&, Tile& out) {
  const double unit = p.rgbaunit == Unit::u1 ? 1 : p.rgbaunit == Unit::u256 ? 255 : 65535;
  const double alpha = p.alpha / unit, scale = (p.multrgbbyalpha ? alpha : 1) / unit;
  float* planes[] = {out.r, out.g, out.b};
  for (std::size_t c = 0; c < 3; ++c) std::fill_n(planes[c], out.count, float(p.color[c] * scale));
  std::fill_n(out.a, out.count, float(alpha));
}

}  // namespace
}  // namespace cookline::constant_top_op

namespace cookline {

const OpDef& constant_top() {
  using namespace constant_top_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "constantTOP", "Constant", "One colour everywhere.")
                              .inputs(0, 1)
                              .colour_pars()
                              .shade<&shade>();
  return op;
}

}  // namespace cookline
