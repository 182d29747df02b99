// Select TOP: the picture of a TOP anywhere in the network.
#include "ops/top/pass.h"

namespace cookline::select_top_op {
namespace {

struct Pars {
  OpRef<Image> top;
};
constexpr Par table[] = {
    par<&Pars::top>("top", "TOP").on("Select").help("The TOP whose picture this one shows."),
};

Use use(const Pars& p, const Connected& connected) {
  if (!connected[p.top.input]) return {};
  return {{p.top.input}, true};
}

void shade(const Pars& p, const Tiles& in, Tile& out) { pass::copy_tile(in[p.top.input], out); }

}  // namespace
}  // namespace cookline::select_top_op

namespace cookline {

const OpDef& select_top() {
  using namespace select_top_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "selectTOP", "Select", "Shows a TOP from anywhere.").shade<&shade>().use<&use>();
  return op;
}

}  // namespace cookline
