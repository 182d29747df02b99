// Out TOP: a component's output: what others see of it.
#include "ops/top/pass.h"

namespace cookline::out_op {
namespace {

struct Pars {
  std::string label;
};
constexpr Par table[] = {
    par<&Pars::label>("label", "Label")
        .on("Out")
        .help("What an editor shows at the component's output; no effect here."),
};

}  // namespace
}  // namespace cookline::out_op

namespace cookline {

const OpDef& out_top() {
  using namespace out_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "outTOP", "Out", "A component's image output.")
                              .inputs(0, 1)
                              .shade<&pass::copy_first<Pars>>()
                              .use<&pass::first<Pars>>();
  return op;
}

}  // namespace cookline
