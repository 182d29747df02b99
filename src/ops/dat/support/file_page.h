// The File page that DATs with text of their own share: loading that text from a file and writing it there.
#pragma once
#include <array>
#include <optional>

#include "op/cook.h"
#include "op/par.h"
#include "ops/support/rows.h"

namespace cookline::dat {

inline constexpr MenuItem encodings[] = {{"manual", "Auto Detect"},
                                         {"utf8", "UTF8"},
                                         {"utf16le", "UTF16-LE"},
                                         {"utf16be", "UTF16-BE"},
                                         {"cp1252", "CP1252"}};

// Parameters of the page. A Pars struct that has the page derives from this alone, as its first base.
struct FilePage {
  std::string file;
  bool syncfile = false, loadonstart = false;
  Pulse loadonstartpulse;
  bool write = false;
  Pulse writepulse;
  int defaultreadencoding = 0;
};

// Its rows, on the page `page`.
constexpr std::array<Par, 7> file_rows(std::string_view page) {
  using F = FilePage;
  return {
      par<&F::file>("file", "File")
          .on(page)
          .as(Style::File)
          .help("The file the text comes from; relative names start at the project's folder."),
      par<&F::syncfile>("syncfile", "Sync to File")
          .on(page)
          .help("Load the file at the start; when the text is changed, write it there. A file that is not there is "
                "made then."),
      par<&F::loadonstart>("loadonstart", "Load on Start").on(page).help("Load the file at the start."),
      par<&F::loadonstartpulse>("loadonstartpulse", "Load File").on(page).help("Load the file now."),
      // TD differs: nothing is written when a project is saved; Cookline never saves one behind the user's back.
      par<&F::write>("write", "Write on Toe Save").on(page).help("Kept for TouchDesigner: no .toe is saved here."),
      par<&F::writepulse>("writepulse", "Write File").on(page).help("Write the text to the file now."),
      par<&F::defaultreadencoding>("defaultreadencoding", "Default Read Encoding")
          .on(page)
          .as(Style::Menu)
          .items(encodings)
          .help("The encoding of the file."),
  };
}

// What was loaded, and the text it stands in for: a later edit wins over the file.
struct FileState {
  bool started = false;
  std::optional<Table> loaded;
  Table edited;  // the operator's own content when the file was loaded, or when it was last written
};

// The text that is current: the operator's own, or what was loaded from the file since. `parse` makes a table of a
// file.
Result<Table> current_text(Cook& cook, const FilePage& p, FileState& state,
                           Table (*parse)(const Cook&, const std::string&, const FilePage&));

}  // namespace cookline::dat
