#include "op/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace cookline {
namespace {

ParInfo scalar(const Par& row, const void* pars, int component, int table) {
  ParInfo info;
  info.name = info.group = row.name;
  if (row.size > 1) info.name += row.suffix[std::size_t(component)];
  info.label = row.label, info.page = row.page, info.help = row.help_text, info.unit = row.unit;
  info.style = row.style, info.vec_index = component, info.vec_size = row.size;
  info.min = row.min, info.max = row.max, info.norm_min = row.soft_min, info.norm_max = row.soft_max;
  info.clamp_min = row.clamp_min, info.clamp_max = row.clamp_max;
  for (const MenuItem& item : row.menu) {
    info.menu_names.emplace_back(item.name);
    info.menu_labels.emplace_back(item.label);
  }
  info.default_value = row.get(pars, component);
  // The head of a sequence says how many blocks there are, the least number included.
  if (row.style == Style::Sequence)
    info.default_value = std::max<std::int64_t>(to_int(info.default_value), row.min_blocks);
  if (const Result<Value> stored = coerce(info, info.default_value)) info.default_value = *stored;
  info.default_expr = row.default_expr;
  info.start_section = row.section && component == 0;
  info.table = table, info.row = &row;
  return info;
}

std::string allowed_menu(const ParInfo& info) {
  std::string text = fmt::format(
      "{}",
      fmt::join(info.menu_names.begin(),
                info.menu_names.begin() + std::ptrdiff_t(std::min<std::size_t>(12, info.menu_names.size())), ", "));
  if (info.menu_names.size() > 12) text += ", …";
  return text;
}

Result<Value> coerce_menu(const ParInfo& info, const Value& value) {
  const std::int64_t count = std::int64_t(info.menu_names.size());
  if (auto* name = std::get_if<std::string>(&value)) {
    const auto at = std::find(info.menu_names.begin(), info.menu_names.end(), *name);
    if (at != info.menu_names.end()) return Value(std::int64_t(at - info.menu_names.begin()));
    const auto label = std::find(info.menu_labels.begin(), info.menu_labels.end(), *name);
    if (label != info.menu_labels.end()) return Value(std::int64_t(label - info.menu_labels.begin()));
    const auto number = parse_number(*name);
    if (!number) {
      const auto near = nearest_name(*name, info.menu_names);
      return project_error({}, fmt::format("'{}' is not an item of the menu ({})", *name, allowed_menu(info)),
                           near ? fmt::format("did you mean '{}'?", *near) : std::string());
    }
  }
  const std::int64_t index = to_int(value);
  if (count == 0) return Value(index);
  return Value(std::clamp<std::int64_t>(index, 0, count - 1));
}

Result<Value> coerce_number(const ParInfo& info, const Value& value) {
  if (auto* text = std::get_if<std::string>(&value); text && !parse_number(*text))
    return project_error({}, fmt::format("'{}' is not a number", *text), "a number is needed here");
  double number = to_double(value);
  if (std::isnan(number)) return project_error({}, "the value is not a number (NaN)", "a finite number is needed here");
  if (info.clamp_min) number = std::max(number, info.min);
  if (info.clamp_max) number = std::min(number, info.max);
  if (std::isinf(number)) return project_error({}, "the value is infinite", "a finite number is needed here");
  const bool whole = info.style == Style::Int || std::holds_alternative<std::int64_t>(info.default_value);
  if (whole) return Value(to_int(Value(number)));
  return Value(number);
}

}  // namespace

bool ParInfo::is_number() const {
  switch (style) {
    case Style::Float:
    case Style::Int:
    case Style::XY:
    case Style::XYZ:
    case Style::XYZW:
    case Style::UV:
    case Style::UVW:
    case Style::WH:
    case Style::RGB:
    case Style::RGBA:
      return true;
    default:
      return false;
  }
}

Result<Value> coerce(const ParInfo& info, const Value& value) {
  if (info.is_number()) return coerce_number(info, value);
  switch (info.style) {
    case Style::Menu:
      return coerce_menu(info, value);
    case Style::Toggle:
    case Style::Momentary:
    case Style::Pulse: {
      if (auto* text = std::get_if<std::string>(&value)) {
        const std::string lower = to_lower(*text);
        if (lower == "on" || lower == "true" || lower == "yes") return Value(true);
        if (lower == "off" || lower == "false" || lower == "no" || lower.empty()) return Value(false);
        if (!parse_number(lower))
          return project_error({}, fmt::format("'{}' is not on or off", *text), "use 0, 1, on or off");
      }
      return Value(to_bool(value));
    }
    case Style::Sequence:
      return Value(std::clamp<std::int64_t>(to_int(value), 0, 10000));
    default:
      return Value(to_text(value));
  }
}

std::string menu_item(const ParInfo& info, const Value& value) {
  if (auto* text = std::get_if<std::string>(&value)) return *text;
  const std::int64_t index = to_int(value);
  if (index < 0 || index >= std::int64_t(info.menu_names.size())) return {};
  return info.menu_names[std::size_t(index)];
}

ParSet TypeInfo::make_pars() const {
  ParSet set;
  for (const ParTable& table : tables) set.tables.push_back(table.make());
  return set;
}

ParSet TypeInfo::copy_pars(const ParSet& from) const {
  ParSet set;
  for (std::size_t i = 0; i < tables.size(); ++i) set.tables.push_back(tables[i].copy(from.tables[i].get()));
  return set;
}

std::vector<ParInfoHandle> TypeInfo::block_pars(const ParInfo& sequence, int index) const {
  // A fresh set with one more block than `index` gives the defaults of the block's fields.
  ParSet set = make_pars();
  void* own = set.tables[std::size_t(sequence.table)].get();
  sequence.row->set(own, 0, Value(std::int64_t(index) + 1));
  const void* block = sequence.row->block_at(own, index);
  std::vector<ParInfoHandle> infos;
  for (const Par& row : sequence.row->block)
    for (int c = 0; c < row.size; ++c) {
      ParInfo info = scalar(row, block, c, sequence.table);
      const std::string prefix = sequence.name + std::to_string(index);
      info.name = prefix + info.name, info.group = prefix + info.group;
      info.page = sequence.page, info.sequence = sequence.name, info.block = index, info.sequence_row = sequence.row;
      infos.push_back(std::make_shared<const ParInfo>(std::move(info)));
    }
  return infos;
}

void store(ParSet& set, const ParInfo& info, const Value& value) {
  void* pars = set.tables[std::size_t(info.table)].get();
  if (info.sequence_row) pars = info.sequence_row->block_at(pars, info.block);
  info.row->set(pars, info.vec_index, value);
}

Registry::Registry(std::span<const OpDef* const> ops) {
  for (const OpDef* def : ops) {
    TypeInfo type;
    type.def = def;
    type.tables.push_back({def->pars, def->make_pars, def->copy_pars});
    for (ParTable& table : common_tables(*def)) type.tables.push_back(table);
    const ParSet defaults = type.make_pars();
    for (std::size_t t = 0; t < type.tables.size(); ++t)
      for (const Par& row : type.tables[t].rows) {
        for (int c = 0; c < row.size; ++c)
          type.pars.push_back(std::make_shared<const ParInfo>(scalar(row, defaults.tables[t].get(), c, int(t))));
        const ParInfoHandle last = type.pars.back();
        if (std::find(type.pages.begin(), type.pages.end(), last->page) == type.pages.end())
          type.pages.push_back(last->page);
        if (row.style != Style::Sequence) continue;
        const int blocks = std::max(row.min_blocks, int(to_int(last->default_value)));
        for (int b = 0; b < blocks; ++b)
          for (ParInfoHandle& info : type.block_pars(*last, b)) type.pars.push_back(std::move(info));
      }
    types_.emplace(std::string(def->type), std::move(type));
  }
}

const TypeInfo* Registry::find(std::string_view type) const {
  const auto at = types_.find(type);
  return at == types_.end() ? nullptr : &at->second;
}

std::vector<const TypeInfo*> Registry::all() const {
  std::vector<const TypeInfo*> list;
  for (const auto& [name, type] : types_) list.push_back(&type);
  return list;
}

Error Registry::unknown_type(std::string_view type, std::string where) const {
  std::vector<std::string> names;
  for (const auto& [name, info] : types_) names.push_back(name);
  const auto near = nearest_name(type, names);
  return project_error(std::move(where), fmt::format("unknown operator type '{}'", type),
                       near ? fmt::format("did you mean '{}'?", *near) : "'cookline ops' lists what there is");
}

}  // namespace cookline
