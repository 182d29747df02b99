// Base COMP: a network of operators in one.
#include "op/op.h"

namespace cookline::base_comp_op {
namespace {

struct Pars {};
constexpr std::array<Par, 0> table{};

}  // namespace
}  // namespace cookline::base_comp_op

namespace cookline {

const OpDef& base_comp() {
  using namespace base_comp_op;
  static const OpDef op = Define<Pars, table>(Family::COMP, "baseCOMP", "Base", "Operators in a network of their own.");
  return op;
}

}  // namespace cookline
