// Every parameter does something that can be seen, or its help text says that it does not.
#include <algorithm>

#include "base/text.h"
#include "stage.h"
#include "witnesses.h"

namespace cookline {
namespace {

constexpr std::int64_t frames = 9;

template <class Row>
const Row* row_for(std::span<const Row> rows, const std::string& type, const std::string& par) {
  for (const Row& row : rows)
    if (match_patterns(row.type, type) && match_patterns(row.pars, par)) return &row;
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

// "a=1; b=x y" as settings.
Settings parse(std::string_view text) {
  Settings settings;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    const std::size_t equals = part.find('=');
    settings.emplace_back(part.substr(0, equals), std::string(part.substr(equals + 1)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return settings;
}

std::vector<Value> number_choices(const ParInfo& par, double now) {
  std::vector<Value> choices;
  const double low = par.norm_min, high = par.norm_max;
  for (const double v : {low + 0.37 * (high - low), now * 0.5, now + 1, now - 1, high, low}) {
    const Result<Value> value = coerce(par, Value(v));
    if (value && to_double(*value) != now) choices.push_back(*value);
  }
  return choices;
}

// Values to try in place of `now`.
std::vector<Value> other_values(const ParInfo& par, const Value& now) {
  std::vector<Value> choices;
  if (par.is_number()) return number_choices(par, to_double(now));
  switch (par.style) {
    case Style::Toggle:
    case Style::Momentary:
      return {Value(!to_bool(now))};
    case Style::Menu:
      for (std::int64_t i = 0; i < std::int64_t(par.menu_names.size()); ++i)
        if (i != to_int(now)) choices.emplace_back(i);
      return choices;
    case Style::StrMenu:
    case Style::Str:
      for (const std::string& item : par.menu_names) choices.emplace_back(item);
      for (const char* item : {"a*", "b*", "x"}) choices.emplace_back(std::string(item));
      return choices;
    case Style::Sequence:
      return {Value(to_int(now) + 1)};
    default:
      for (const std::string& target : Stage::targets(par.style)) choices.emplace_back(target);
      return choices;
  }
}

std::string observe(const TypeInfo& type, const Settings& settings) {
  StageOptions options;
  options.engine.scale_x = 1.5;
  return Stage(type, settings, options).run(0, frames);
}

bool has_effect(const TypeInfo& type, const ParInfo& par) {
  const Witness* witness = row_for(std::span<const Witness>(witnesses), std::string(type.def->type), par.name);
  const Settings base = witness ? parse(witness->settings) : Settings{};
  const std::string before = observe(type, base);
  std::vector<Settings> changes;
  if (par.style == Style::Pulse) {
    changes.push_back({{par.name, Value(std::string("!2"))}});
  } else if (witness && !witness->change.empty()) {
    changes.push_back(parse(witness->change));
  } else {
    Stage stage(type, base);
    const Parameter* now = stage.engine().network().parameter(stage.probe(), par.name);
    for (const Value& value : other_values(par, now ? now->value : par.default_value))
      changes.push_back({{par.name, value}});
  }
  return std::any_of(changes.begin(), changes.end(), [&](const Settings& change) {
    Settings all = base;
    all.insert(all.end(), change.begin(), change.end());
    return observe(type, all) != before;
  });
}

class Effects : public EveryOperator {};
INSTANTIATE_TEST_SUITE_P(all, Effects, testing::ValuesIn(all_types().all()), type_suffix);

TEST_P(Effects, shows_what_each_parameter_does_or_says_that_it_does_nothing) {
  for (const ParInfoHandle& par : all_pars(type())) {
    const Silent* silence = row_for(std::span<const Silent>(silent), name(), par->name);
    if (silence) {
      EXPECT_NE(par->help.find(silence->words), std::string::npos)
          << name() << "." << par->name << " does nothing, but its help says '" << par->help << "'";
    }
    const bool python = row_for(std::span<const Scripted>(scripted), name(), par->name) != nullptr;
    EXPECT_EQ(has_effect(type(), *par), !silence && !python)
        << name() << "." << par->name
        << (silence ? " is said to do nothing" : " does nothing: add a witness or say so in its help");
  }
}

}  // namespace
}  // namespace cookline
