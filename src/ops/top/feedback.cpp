// Feedback TOP: the picture its target had one frame ago; its own input in the first frame and while it is reset.
#include "ops/top/pass.h"

namespace cookline::feedback_op {
namespace {

struct Pars {
  OpRef<Image> top;
  bool reset = false;
  Pulse resetpulse;
};
constexpr Par table[] = {
    par<&Pars::top>("top", "Target TOP")
        .on("Feedback")
        .previous()
        .help("The TOP whose picture of the frame before is shown."),
    par<&Pars::reset>("reset", "Reset").on("Feedback").help("While on, the input is shown instead of the target."),
    par<&Pars::resetpulse>("resetpulse", "Reset Pulse").on("Feedback").help("Shows the input for one frame."),
};

Use use(const Pars& p, const Connected& connected) {
  const bool reset = p.reset || p.resetpulse.pressed;
  if (!reset && connected[p.top.input]) return {{p.top.input}, true};
  if (connected[0] && connected.wired > 0) return {{0}, true};
  return {};
}

void shade(const Pars& p, const Tiles& in, Tile& out) {
  const bool reset = p.reset || p.resetpulse.pressed;
  pass::copy_tile(!reset && in[p.top.input] ? in[p.top.input] : in.wired > 0 ? in[0] : InTile{}, out);
}

}  // namespace
}  // namespace cookline::feedback_op

namespace cookline {

const OpDef& feedback_top() {
  using namespace feedback_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "feedbackTOP", "Feedback", "Shows what its target showed one frame ago.")
          .inputs(0, 1)
          .shade<&shade>()
          .use<&use>();
  return op;
}

}  // namespace cookline
