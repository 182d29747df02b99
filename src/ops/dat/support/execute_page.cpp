#include "ops/dat/support/execute_page.h"

namespace cookline::dat {
namespace {

Table free_text(const Cook&, const std::string& text, const FilePage&) { return {.text = text}; }

}  // namespace

Result<Table> execute_text(Cook& cook, const ExecutePage& p, const Inputs<Table>& in, FileState& state) {
  if (in.wired() > 0 && in[0]) return Table{.text = as_text(*in[0])};
  return current_text(cook, p, state, free_text);
}

Status keep_file(Cook& cook, const ExecutePage& p, FileState& state) {
  if (p.file.empty() && !p.writepulse.pressed) return {};
  const auto text = current_text(cook, p, state, free_text);
  return text ? Status() : Status(text.error());
}

}  // namespace cookline::dat
