#include "op/par.h"

namespace cookline {
namespace {
constexpr std::string_view names[] = {
    "Float",  "Int", "Toggle", "Momentary", "Pulse", "Menu", "Str", "StrMenu", "File",   "FileSave", "Folder",
    "Python", "OP",  "COMP",   "TOP",       "CHOP",  "SOP",  "DAT", "MAT",     "POP",    "Object",   "PanelCOMP",
    "XY",     "XYZ", "XYZW",   "UV",        "UVW",   "WH",   "RGB", "RGBA",    "Header", "Sequence"};
static_assert(std::size(names) == std::size_t(Style::Sequence) + 1);
}  // namespace

std::string_view style_name(Style style) { return names[std::size_t(style)]; }

bool style_named(std::string_view name, Style& style) {
  for (std::size_t i = 0; i < std::size(names); ++i)
    if (names[i] == name) return style = Style(i), true;
  return false;
}

}  // namespace cookline
