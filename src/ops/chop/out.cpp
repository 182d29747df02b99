// Out CHOP: makes its input an output of the component it is in.
#include "op/op.h"

namespace cookline::out_chop_op {
namespace {

struct Pars {
  std::string label;
};
constexpr Par table[] = {par<&Pars::label>("label", "Label")
                             .on("Out")
                             .help("What an editor shows at the component's output; no effect here.")};

Result<Channels> cook(const Inputs<Channels>& in) { return in[0] ? *in[0] : Channels{}; }

}  // namespace
}  // namespace cookline::out_chop_op

namespace cookline {

const OpDef& out_chop() {
  using namespace out_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "outCHOP", "Out", "An output of its component.")
                              .inputs(0, 1)
                              .rename_pars()
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
