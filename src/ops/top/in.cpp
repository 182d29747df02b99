// In TOP: a component's input, seen from inside. Its own wire is what it shows while nothing is connected outside.
#include "ops/top/pass.h"

namespace cookline::in_op {
namespace {

struct Pars {
  std::string label;
};
constexpr Par table[] = {
    par<&Pars::label>("label", "Label").on("In").help("What an editor shows at the component's input; no effect here."),
};

}  // namespace
}  // namespace cookline::in_op

namespace cookline {

const OpDef& in_top() {
  using namespace in_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "inTOP", "In", "A component's image input, seen from inside.")
          .inputs(0, 1)
          .shade<&pass::copy_first<Pars>>()
          .use<&pass::first<Pars>>();
  return op;
}

}  // namespace cookline
