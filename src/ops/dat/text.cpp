// Text DAT: free text, edited by scripts and files.
#include "op/op.h"
#include "ops/dat/support/file_page.h"

namespace cookline::text_dat_op {
namespace {

struct Pars : dat::FilePage {
  Pulse edit;
};
constexpr auto table = join_rows(std::array{par<&Pars::edit>("edit", "Edit..")
                                                .on("File")
                                                .help("Opens an editor in TouchDesigner; does nothing without one.")},
                                 dat::file_rows("File"));

Table parse(const Cook&, const std::string& text, const dat::FilePage&) { return {.text = text}; }

// A wired input takes the place of the text.
Result<Table> cook(Cook& cook, const Pars& p, const Inputs<Table>& in, dat::FileState& state) {
  if (in.wired() > 0 && in[0]) return Table{.text = as_text(*in[0])};
  auto text = dat::current_text(cook, p, state, parse);
  if (!text) return text.error();
  return text->is_table ? Table{.text = as_text(*text)} : *text;
}

// A file is read once, when the network starts; what scripts edit afterwards is theirs.
Time time_of(const Pars&) { return Time::fixed; }

}  // namespace
}  // namespace cookline::text_dat_op

namespace cookline {

const OpDef& text_dat() {
  using namespace text_dat_op;
  static const OpDef op = Define<Pars, table>(Family::DAT, "textDAT", "Text", "Free text: scripts, shaders, notes.")
                              .inputs(0, 1)
                              .holds_content()
                              .cook<&cook>()
                              .time_of<&time_of>();
  return op;
}

}  // namespace cookline
