// Random values for all parameters of an operator, drawn from a seed: most within the range of the slider, some at its
// ends and beyond.
#pragma once
#include "base/random.h"
#include "stage.h"

namespace cookline {

class RandomSettings {
 public:
  explicit RandomSettings(std::uint64_t seed) : seed_(seed) {}

  Settings draw(const TypeInfo& type) {
    Settings settings;
    for (const ParInfoHandle& par : type.pars) {
      if (par->style == Style::Pulse || par->style == Style::Sequence) continue;
      if (pick(3) == 0) settings.emplace_back(par->name, value_for(*par));
    }
    bound(type, settings);
    return settings;
  }

 private:
  int pick(int n) { return int(random_bits(seed_, drawn_++) % std::uint64_t(n)); }

  Value value_for(const ParInfo& par) {
    if (par.is_number()) return *coerce(par, number_for(par));
    if (par.style == Style::Toggle || par.style == Style::Momentary) return pick(2) == 1;
    if (par.is_menu() && !par.menu_names.empty()) return std::int64_t(pick(int(par.menu_names.size())));
    if (par.style == Style::Str || par.style == Style::StrMenu) return std::string(pick(2) ? "*" : "a* b2");
    const std::vector<std::string> targets = Stage::targets(par.style);
    return targets[std::size_t(pick(int(targets.size())))];
  }
  Value number_for(const ParInfo& par) {
    switch (pick(10)) {
      case 0:
        return 0.0;
      case 1:
        return par.norm_max;
      case 2:
        return par.norm_min;
      case 3:
        return -1.5 * par.norm_max;
      default:
        return par.norm_min + random_unit(seed_, drawn_++) * (par.norm_max - par.norm_min);
    }
  }
  // Sizes stay small, and files are those of the stage.
  static void bound(const TypeInfo& type, Settings& settings) {
    for (auto& [name, value] : settings) {
      if (name == "resolutionw" || name == "resolutionh") value = to_int(value) % 64 + 1;
      if (name == "npasses") value = to_int(value) % 3 + 1;
      if (name == "rows" || name == "cols") value = to_int(value) % 5;
      if (name == "file") value = std::string("lines.txt");
      if (name == "chanmask") value = std::string("rb");
      if (name == "rate" || name == "fps") value = 20.0 + to_int(value) % 50;
    }
    if (type.def->record) settings.emplace_back("type", std::string("imagesequence"));
    if (type.def->type == "cacheselectTOP") settings.emplace_back("cachetop", std::string("cache1"));
    if (type.def->type == "moviefileinTOP") settings.emplace_back("file", std::string("clip"));
  }

  std::uint64_t seed_, drawn_ = 0;
};

}  // namespace cookline
