#include "ops/dat/support/file_page.h"

namespace cookline::dat {
namespace {

// Loads the file if there is one. `needed`: it is an error when it is missing.
Status load(Cook& cook, const FilePage& p, FileState& state, bool needed,
            Table (*parse)(const Cook&, const std::string&, const FilePage&)) {
  auto text = cook.services.read_text_file(p.file, encodings[p.defaultreadencoding].name);
  if (!text) {
    if (text.error().missing && !needed) return {};
    return text.error();
  }
  state.loaded = parse(cook, *text, p);
  state.edited = cook.services.content();
  return {};
}

}  // namespace

Result<Table> current_text(Cook& cook, const FilePage& p, FileState& state,
                           Table (*parse)(const Cook&, const std::string&, const FilePage&)) {
  const bool starts = !state.started;
  state.started = true;
  if (starts) state.edited = cook.services.content();
  if (!p.file.empty() && (p.loadonstartpulse.pressed || (starts && (p.syncfile || p.loadonstart)))) {
    // Sync makes the file later if it is not there yet; the others need it.
    if (Status s = load(cook, p, state, p.loadonstartpulse.pressed || p.loadonstart, parse); !s) return s.error();
  } else if (state.edited != cook.services.content()) {
    state.loaded.reset();
    state.edited = cook.services.content();
    if (p.syncfile && !p.file.empty())
      if (Status s = cook.services.write_text_file(p.file, as_text(state.edited)); !s) return s.error();
  }
  const Table text = state.loaded ? *state.loaded : cook.services.content();
  if (p.writepulse.pressed) {
    if (p.file.empty()) return cook.error("file", "there is no file to write to", "set File first");
    if (Status s = cook.services.write_text_file(p.file, as_text(text)); !s) return s.error();
  }
  return text;
}

}  // namespace cookline::dat
