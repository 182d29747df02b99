// Execute DAT: Python functions that are called when the project starts, ends, and in every frame.
#include "ops/dat/support/execute_page.h"

namespace cookline::execute_dat_op {
namespace {

constexpr std::string_view page = "Execute";

// The engine reads these when the moment comes; the DAT itself only holds the text.
struct Pars : dat::ExecutePage {
  bool start = false, create = false, exit = false, framestart = false, frameend = false, playstatechange = false;
  bool devicechange = false, projectpresave = false, projectpostsave = false;
};
constexpr std::array own_rows{
    par<&Pars::start>("start", "Start").on(page).help("onStart: the project has been loaded and starts."),
    par<&Pars::create>("create", "Create").on(page).help("onCreate: this operator has been created or loaded."),
    par<&Pars::exit>("exit", "Exit").on(page).help("onExit: the run ends."),
    par<&Pars::framestart>("framestart", "Frame Start").on(page).help("onFrameStart(frame): a frame begins."),
    par<&Pars::frameend>("frameend", "Frame End").on(page).help("onFrameEnd(frame): a frame ends."),
    // TD differs: the timeline of an offline run never pauses and no device comes or goes, so these are never called.
    par<&Pars::playstatechange>("playstatechange", "Play State Change")
        .on(page)
        .help("onPlayStateChange(state): never happens in an offline run."),
    par<&Pars::devicechange>("devicechange", "Device Change")
        .on(page)
        .help("onDeviceChange: never happens in an offline run."),
    par<&Pars::projectpresave>("projectpresave", "Project Pre Save")
        .on(page)
        .help("onProjectPreSave: before the project is saved."),
    par<&Pars::projectpostsave>("projectpostsave", "Project Post Save")
        .on(page)
        .help("onProjectPostSave: after the project was saved."),
};
constexpr auto table = join_rows(dat::execute_rows(page), own_rows, dat::edit_row(page), dat::file_rows("File"));

Result<Table> cook(Cook& cook, const Pars& p, const Inputs<Table>& in, dat::FileState& state) {
  return dat::execute_text(cook, p, in, state);
}

}  // namespace
}  // namespace cookline::execute_dat_op

namespace cookline {

const OpDef& execute_dat() {
  using namespace execute_dat_op;
  static const OpDef op =
      Define<Pars, table>(Family::DAT, "executeDAT", "Execute", "Calls Python functions at moments of a run.")
          .inputs(0, 1)
          .holds_content()
          .cook<&cook>();
  return op;
}

}  // namespace cookline
