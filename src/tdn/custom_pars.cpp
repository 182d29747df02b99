#include "tdn/custom_pars.h"

#include <algorithm>
#include <limits>

#include "tdn/codec.h"

namespace cookline::tdn {
namespace {

constexpr std::size_t at_the_end = std::numeric_limits<std::size_t>::max();

Value zero(const ParInfo& info) {
  if (info.style == cookline::Style::Int || info.style == cookline::Style::Menu ||
      info.style == cookline::Style::Sequence)
    return std::int64_t{0};
  if (info.is_number()) return 0.0;
  const bool is_switch = info.style == cookline::Style::Toggle || info.style == cookline::Style::Momentary ||
                         info.style == cookline::Style::Pulse;
  return is_switch ? Value(false) : Value(std::string());
}

template <class T>
T component(const std::optional<Components<T>>& field, std::size_t i, T otherwise) {
  return field ? field->at(i).value_or(otherwise) : otherwise;
}

std::vector<std::string> strings(const std::optional<std::vector<Text>>& list) {
  std::vector<std::string> out;
  if (list)
    for (const Text& text : *list) out.push_back(text.value);
  return out;
}

std::vector<Text> texts(const std::vector<std::string>& list) {
  std::vector<Text> out;
  out.reserve(list.size());
  for (const std::string& text : list) out.push_back({text, {}});
  return out;
}

// Base name of the group: what the names of its components have in common.
std::string group_name(const CustomPar& par, const std::vector<std::string>& names) {
  const bool has_letters = names[0] != par.name.value && par.style.value != "Float" && par.style.value != "Int";
  return has_letters ? names[0].substr(0, names[0].size() - 1) : par.name.value;
}

// A menu that is filled by a source has, until that has run, the items that the definition itself mentions.
std::vector<std::string> mentioned_items(const CustomPar& par) {
  std::vector<std::string> items;
  const auto add = [&](const Value& value) {
    const std::string* item = std::get_if<std::string>(&value);
    if (item && !item->empty() && std::find(items.begin(), items.end(), *item) == items.end()) items.push_back(*item);
  };
  if (par.default_value)
    for (const Value& value : par.default_value->values) add(value);
  if (par.value && par.value->mode == ParMode::constant) add(par.value->constant);
  return items;
}

Status set_default(const CustomPar& par, std::size_t i, ParInfo& info) {
  info.default_value = zero(info);
  const std::string mode = component<std::string>(par.default_mode, i, "");
  if (mode == "EXPRESSION") info.default_expr = component<std::string>(par.default_expr, i, "");
  if (mode == "BIND") info.default_bind = component<std::string>(par.default_bind_expr, i, "");
  const std::optional<Value> given = par.default_value ? par.default_value->at(i) : std::nullopt;
  if (!given) return {};
  Result<Value> value = coerce(info, *given);
  if (!value) return Error{ErrorCode::project, value.error().what, "default", value.error().hint};
  info.default_value = std::move(*value);
  return {};
}

// A field of all components: absent if each has the usual value, else one value or a list.
template <class T, class Get>
std::optional<Components<T>> gather(std::span<const Parameter* const> components, const T& usual, Get get) {
  Components<T> field;
  for (const Parameter* par : components) field.values.push_back(get(*par));
  if (std::all_of(field.values.begin(), field.values.end(), [&](const T& value) { return value == usual; }))
    return std::nullopt;
  field.is_list =
      std::any_of(field.values.begin(), field.values.end(), [&](const T& value) { return value != field.values[0]; });
  if (!field.is_list) field.values.resize(1);
  return field;
}

// How a stored value is written: items of menus by name.
Value written(const ParInfo& info, const Value& value) {
  if (info.style == cookline::Style::Menu)
    if (const std::string item = menu_item(info, value); !item.empty()) return item;
  return compact(value);
}

bool is_full_arity(const std::string& style, std::size_t count) {
  CustomPar full;
  full.name.value = "A";
  full.style.value = style;
  return component_names(full).size() == count;
}

void gather_defaults(std::span<const Parameter* const> components, CustomPar& par) {
  const ParInfo& first = *components[0]->info;
  // The first item of a menu that is filled by a source is not known from the file, so it is always said.
  const Value usual = first.menu_source.empty() ? written(first, zero(first)) : zero(first);
  par.default_value =
      gather<Value>(components, usual, [](const Parameter& p) { return written(*p.info, p.info->default_value); });
  const auto expr = gather<std::string>(components, "", [](const Parameter& p) { return p.info->default_expr; });
  const auto bind = gather<std::string>(components, "", [](const Parameter& p) { return p.info->default_bind; });
  if (expr) par.default_expr = expr;
  if (bind) par.default_bind_expr = bind;
  if (expr || bind)
    par.default_mode = gather<std::string>(components, "", [](const Parameter& p) -> std::string {
      return !p.info->default_bind.empty() ? "BIND" : !p.info->default_expr.empty() ? "EXPRESSION" : "CONSTANT";
    });
}

void gather_values(std::span<const Parameter* const> components, CustomPar& par) {
  const bool has_none = par.style.value == "Pulse" || par.style.value == "Momentary" || par.style.value == "Header" ||
                        par.style.value == "Sequence";
  const bool all_default = std::all_of(components.begin(), components.end(), [](const Parameter* p) {
    return p->mode != cookline::ParMode::EXPRESSION && p->mode != cookline::ParMode::BIND &&
           p->value == p->info->default_value;
  });
  const bool starts_as_code = std::any_of(components.begin(), components.end(), [](const Parameter* p) {
    return !p->info->default_expr.empty() || !p->info->default_bind.empty();
  });
  if (has_none || (all_default && !starts_as_code)) return;
  if (components.size() == 1) {
    par.value = par_value_of(*components[0]);
    return;
  }
  par.values.emplace();
  for (const Parameter* p : components) par.values->value.push_back(par_value_of(*p));
}

}  // namespace

Result<std::vector<ParInfo>> par_infos(const CustomPar& par, const std::string& page) {
  const std::vector<std::string> names = component_names(par);
  std::vector<ParInfo> infos;
  for (std::size_t i = 0; i < names.size(); ++i) {
    ParInfo info;
    info.name = names[i];
    info.group = group_name(par, names);
    info.label = par.label ? par.label->value : info.group;
    info.page = page;
    style_named(par.style.value, info.style);
    info.vec_index = int(i);
    info.vec_size = int(names.size());
    info.min = component(par.min, i, 0.0);
    info.max = component(par.max, i, 1.0);
    info.norm_min = component(par.norm_min, i, 0.0);
    info.norm_max = component(par.norm_max, i, 1.0);
    info.clamp_min = component(par.clamp_min, i, false);
    info.clamp_max = component(par.clamp_max, i, false);
    info.menu_names = par.menu_source && !par.menu_names ? mentioned_items(par) : strings(par.menu_names);
    info.menu_labels = par.menu_labels ? strings(par.menu_labels) : info.menu_names;
    if (par.menu_source) info.menu_source = par.menu_source->value;
    info.read_only = component(par.read_only, i, false);
    info.start_section = i == 0 && par.start_section && par.start_section->value;
    info.help = component<std::string>(par.help, i, "");
    info.custom = true;
    if (Status status = set_default(par, i, info); !status) return status.error();
    infos.push_back(std::move(info));
  }
  return infos;
}

Node remaining_fields(const CustomPar& par) {
  CustomPar rest;
  rest.password = par.password;
  rest.style_clone_immune = par.style_clone_immune;
  rest.bind_range = par.bind_range;
  // Code that a parameter does not start with has no place in ParInfo.
  const bool in_use =
      par.default_mode && std::all_of(par.default_mode->values.begin(), par.default_mode->values.end(),
                                      [](const std::string& mode) { return mode == "EXPRESSION" || mode == "BIND"; });
  if (!in_use) {
    rest.default_expr = par.default_expr;
    rest.default_bind_expr = par.default_bind_expr;
    rest.default_mode = par.default_mode;
  }
  rest.extra = par.extra;
  for (Extra& field : rest.extra) field.index = at_the_end;
  Node map = encode(std::vector{rest})->items[0];
  std::erase_if(map.entries, [](const Entry& entry) { return entry.key == "name" || entry.key == "style"; });
  return map;
}

CustomPar custom_par_of(std::span<const Parameter* const> components, const Node& remaining) {
  const ParInfo& first = *components[0]->info;
  Node source = remaining;
  source.entries.push_back({"name", {}, text_node(first.group)});
  source.entries.push_back({"style", {}, text_node(style_name(first.style))});
  Reader reader("");
  std::vector<CustomPar> decoded;
  decode(reader, list_node({source}), decoded);
  CustomPar par = std::move(decoded.at(0));
  for (Extra& field : par.extra) field.index = at_the_end;

  if (first.label != first.group) par.label = Text{first.label, {}};
  const bool numbered = par.style.value == "Float" || par.style.value == "Int";
  if (numbered ? components.size() > 1 : !is_full_arity(par.style.value, components.size()))
    par.size = At<std::int64_t>{std::int64_t(components.size()), {}};
  if (first.start_section) par.start_section = At<bool>{true, {}};
  par.min = gather<double>(components, 0, [](const Parameter& p) { return p.info->min; });
  par.max = gather<double>(components, 1, [](const Parameter& p) { return p.info->max; });
  par.clamp_min = gather<bool>(components, false, [](const Parameter& p) { return p.info->clamp_min; });
  par.clamp_max = gather<bool>(components, false, [](const Parameter& p) { return p.info->clamp_max; });
  par.norm_min = gather<double>(components, 0, [](const Parameter& p) { return p.info->norm_min; });
  par.norm_max = gather<double>(components, 1, [](const Parameter& p) { return p.info->norm_max; });
  par.read_only = gather<bool>(components, false, [](const Parameter& p) { return p.info->read_only; });
  par.enable = gather<bool>(components, true, [](const Parameter& p) { return p.enable; });
  par.enable_expr = gather<std::string>(components, "", [](const Parameter& p) { return p.enable_expr; });
  par.help = gather<std::string>(components, "", [](const Parameter& p) { return p.info->help; });
  if (!first.menu_source.empty())
    par.menu_source = Text{first.menu_source, {}};
  else if (!first.menu_names.empty())
    par.menu_names = texts(first.menu_names);
  if (!first.menu_names.empty() && first.menu_labels != first.menu_names) par.menu_labels = texts(first.menu_labels);
  gather_defaults(components, par);
  gather_values(components, par);
  return par;
}

ParValue par_value_of(const Parameter& par) {
  if (par.mode == cookline::ParMode::EXPRESSION) return {ParMode::expression, std::int64_t{0}, par.expr, {}};
  if (par.mode == cookline::ParMode::BIND) return {ParMode::bind, std::int64_t{0}, par.bind_expr, {}};
  return {ParMode::constant, written(*par.info, par.value), "", {}};
}

}  // namespace cookline::tdn
