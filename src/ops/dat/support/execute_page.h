// What the Execute DATs share: Active, where scripts run from, and the File page.
#pragma once
#include "op/op.h"
#include "ops/dat/support/file_page.h"

namespace cookline::dat {

enum class ExecuteLoc { current, here, op };
inline constexpr MenuItem execute_locs[] = {
    {"current", "Current Node"}, {"here", "This Node"}, {"op", "Specified Operator"}};

struct ExecutePage : FilePage {
  bool active = true;
  ExecuteLoc executeloc = ExecuteLoc::here;
  OpRef<void> fromop;
  Pulse edit;
};

// Active and the two Tscript settings, on the operator's first page.
constexpr std::array<Par, 3> execute_rows(std::string_view page) {
  using E = ExecutePage;
  return {
      par<&E::active>("active", "Active").on(page).help("Callbacks are made only while this is on."),
      par<&E::executeloc>("executeloc", "Execute from")
          .on(page)
          .items(execute_locs)
          .help("Where Tscript scripts run from; Python callbacks always belong to this DAT."),
      par<&E::fromop>("fromop", "From Operator")
          .on(page)
          .help("The operator of Execute from: Specified Operator (Tscript)."),
  };
}
constexpr std::array<Par, 1> edit_row(std::string_view page) {
  return {par<&ExecutePage::edit>("edit", "Edit..")
              .on(page)
              .help("Opens an editor in TouchDesigner; does nothing without one.")};
}

// The text whose functions are called: that of a wired input, else the operator's own.
Result<Table> execute_text(Cook& cook, const ExecutePage& p, const Inputs<Table>& in, FileState& state);

// Loads and writes the text's file when the File page asks for it; for the watch, which runs in every frame.
Status keep_file(Cook& cook, const ExecutePage& p, FileState& state);

}  // namespace cookline::dat
