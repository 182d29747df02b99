// Info DAT: what there is to say about an operator, as a table.
#include "op/op.h"

namespace cookline::info_dat_op {
namespace {

struct Pars {
  OpRef<void> op;
  bool passive = false;
};
constexpr Par table[] = {
    par<&Pars::op>("op", "Operator").on("Info").help("The operator to tell about."),
    // TD differs: what is told is always of this frame, never one frame late.
    par<&Pars::passive>("passive", "Passive")
        .on("Info")
        .help("No effect: what is told about has cooked before in every frame."),
};

Result<Table> cook(Cook& cook, const Pars& p, const Frame&) {
  if (p.op.path.empty()) return Table{.is_table = true};
  return cook.services.info_table(p.op.path);
}

}  // namespace
}  // namespace cookline::info_dat_op

namespace cookline {

const OpDef& info_dat() {
  using namespace info_dat_op;
  static const OpDef op = Define<Pars, table>(Family::DAT, "infoDAT", "Info", "Text about an operator.").cook<&cook>();
  return op;
}

}  // namespace cookline
