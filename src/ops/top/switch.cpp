// Switch TOP: one of its inputs, or a blend of two neighbours.
#include <cmath>

#include "ops/top/pass.h"

namespace cookline::switch_op {
namespace {

enum class Extend { clamp, loop, zigzag };
constexpr MenuItem extends[] = {{"clamp", "Clamp"}, {"loop", "Loop"}, {"zigzag", "ZigZag"}};

struct Pars {
  double index = 0;
  bool blend = false;
  Extend extend = Extend::clamp;
};
constexpr Par table[] = {
    par<&Pars::index>("index", "Index").on("Switch").slider(0, 10).help("Which input is shown, from 0."),
    par<&Pars::blend>("blend", "Blend between Inputs")
        .on("Switch")
        .help("A fractional index mixes the two inputs around it."),
    par<&Pars::extend>("extend", "Extend").on("Switch").items(extends).help("What an index beyond the inputs means."),
};

// The index brought into [0, count - 1]; with Loop, blending goes from the last input on to the first.
double bring_in(double index, int count, Extend extend) {
  if (!std::isfinite(index)) return 0;
  const double last = count - 1;
  switch (extend) {
    case Extend::clamp:
      return std::min(std::max(index, 0.0), last);
    case Extend::loop:
      return index - std::floor(index / count) * count;
    case Extend::zigzag:
      break;
  }
  if (count == 1) return 0;
  const double period = 2 * last, at = index - std::floor(index / period) * period;
  return at <= last ? at : period - at;
}

struct Choice {
  int first, second;
  double weight;
};
Choice choose(const Pars& p, int count) {
  const double at = bring_in(p.index, count, p.extend);
  const int first = std::min(int(at), count - 1);
  if (!p.blend) return {first, first, 0};
  const int next = p.extend == Extend::loop ? (first + 1) % count : std::min(first + 1, count - 1);
  return {first, next, at - first};
}

Use use(const Pars& p, const Connected& connected) {
  if (connected.wired == 0) return {};
  const Choice c = choose(p, connected.wired);
  if (c.weight == 0) return {{c.first}, connected[c.first]};
  return {{c.first, c.second}, false};
}

void shade(const Pars& p, const Tiles& in, Tile& out) {
  if (in.wired == 0) return pass::copy_tile({}, out);
  const Choice c = choose(p, in.wired);
  pass::copy_tile(in[c.first], out);
  if (c.weight == 0) return;
  const InTile& b = in[c.second];
  const float w = float(c.weight);
  float* to[] = {out.r, out.g, out.b, out.a};
  const float* from[] = {b.r, b.g, b.b, b.a};
  for (int plane = 0; plane < 4; ++plane)
    for (int i = 0; i < out.count; ++i) to[plane][i] = to[plane][i] * (1 - w) + (b ? from[plane][i] : 0.0f) * w;
}

}  // namespace
}  // namespace cookline::switch_op

namespace cookline {

const OpDef& switch_top() {
  using namespace switch_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "switchTOP", "Switch", "Shows one of its inputs, or a blend of two.")
          .inputs(0, any_number)
          .shade<&shade>()
          .use<&use>();
  return op;
}

}  // namespace cookline
