#include "ops/dat/support/execute_page.h"

namespace cookline::dat {

Result<Table> execute_text(Cook& cook, const ExecutePage& p, const Inputs<Table>& in, FileState& state) {
  if (in.wired() > 0 && in[0]) return Table{.text = as_text(*in[0])};
  return current_text(cook, p, state,
                      [](const Cook&, const std::string& text, const FilePage&) { return Table{.text = text}; });
}

}  // namespace cookline::dat
