// Styles of custom parameters and the names of their components.
#include "tdn/pars.h"

#include <algorithm>
#include <cmath>

namespace cookline::tdn {
namespace {

struct Suffixes {
  std::string_view style, letters;
};
constexpr Suffixes suffixes[] = {{"XY", "xy"}, {"XYZ", "xyz"}, {"XYZW", "xyzw"}, {"WH", "wh"},
                                 {"UV", "uv"}, {"UVW", "uvw"}, {"RGB", "rgb"},   {"RGBA", "rgba"}};

constexpr std::string_view styles[] = {
    "Float", "Int",     "XY",     "XYZ",   "XYZW",      "WH",     "UV",   "UVW",      "RGB",       "RGBA",    "Str",
    "Menu",  "StrMenu", "Toggle", "Pulse", "Momentary", "Header", "File", "FileSave", "Folder",    "Python",  "OP",
    "COMP",  "TOP",     "CHOP",   "SOP",   "DAT",       "MAT",    "POP",  "Object",   "PanelCOMP", "Sequence"};

}  // namespace

std::vector<std::string> component_names(const CustomPar& par) {
  const std::size_t given = par.values ? par.values->value.size() : 0;
  const std::size_t size = par.size ? std::size_t(std::max<std::int64_t>(par.size->value, 1)) : given;
  std::vector<std::string> names;
  const auto suffix = std::find_if(std::begin(suffixes), std::end(suffixes),
                                   [&](const Suffixes& s) { return s.style == par.style.value; });
  if (suffix == std::end(suffixes)) {
    if (size < 2 || (par.style.value != "Float" && par.style.value != "Int")) return {par.name.value};
    for (std::size_t i = 1; i <= size; ++i) names.push_back(par.name.value + std::to_string(i));
    return names;
  }
  const std::string_view letters = suffix->letters;
  const std::size_t count = size == 0 ? letters.size() : std::min(size, letters.size());
  std::string base = par.name.value;
  if (!par.size && count < letters.size() && base.size() > 1 && base.back() == letters[0]) base.pop_back();
  for (std::size_t i = 0; i < count; ++i) names.push_back(base + letters[i]);
  return names;
}

std::span<const std::string_view> par_styles() { return styles; }

Value compact(const Value& value) {
  const double* real = std::get_if<double>(&value);
  if (!real || std::abs(*real) >= 0x1p53 || *real != std::trunc(*real) || (*real == 0 && std::signbit(*real)))
    return value;
  return std::int64_t(*real);
}

}  // namespace cookline::tdn
