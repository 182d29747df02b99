// Null DAT: its input, unchanged; a stable place for others to refer to.
#include "op/op.h"

namespace cookline::null_dat_op {
namespace {

struct Pars {};
constexpr std::array<Par, 0> table{};

Result<Table> cook(const Inputs<Table>& in) { return in[0] ? *in[0] : Table{}; }

}  // namespace
}  // namespace cookline::null_dat_op

namespace cookline {

const OpDef& null_dat() {
  using namespace null_dat_op;
  static const OpDef op =
      Define<Pars, table>(Family::DAT, "nullDAT", "Null", "Passes its input through.").inputs(0, 1).cook<&cook>();
  return op;
}

}  // namespace cookline
