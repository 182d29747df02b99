// Null TOP: its input, unchanged; a stable place for others to refer to.
#include "ops/top/pass.h"

namespace cookline {

const OpDef& null_top() {
  static const OpDef op = Define<pass::Pars, pass::no_pars>(Family::TOP, "nullTOP", "Null", "Passes its input through.")
                              .inputs(0, 1)
                              .shade<&pass::copy>()
                              .use<&pass::use_first>();
  return op;
}

}  // namespace cookline
