// Functions of td._core about parameters: their values in every mode, their facts, sequences and custom parameters.
#include <fmt/format.h>
#include <pybind11/stl.h>

#include <algorithm>

#include "base/text.h"
#include "script/convert.h"
#include "script/core.h"

namespace cookline::python {
namespace {

// ParInfo's fields that Python reads and, for custom parameters, writes, by their keys in facts().
template <class T>
struct Field {
  std::string_view key;
  T ParInfo::*field;
};
constexpr Field<std::string> text_fields[] = {{"name", &ParInfo::name},
                                              {"label", &ParInfo::label},
                                              {"page", &ParInfo::page},
                                              {"help", &ParInfo::help},
                                              {"group", &ParInfo::group},
                                              {"menu_source", &ParInfo::menu_source},
                                              {"default_expr", &ParInfo::default_expr},
                                              {"default_bind", &ParInfo::default_bind},
                                              {"sequence", &ParInfo::sequence}};
constexpr Field<double> number_fields[] = {
    {"min", &ParInfo::min}, {"max", &ParInfo::max}, {"norm_min", &ParInfo::norm_min}, {"norm_max", &ParInfo::norm_max}};
constexpr Field<bool> flag_fields[] = {{"clamp_min", &ParInfo::clamp_min},
                                       {"clamp_max", &ParInfo::clamp_max},
                                       {"custom", &ParInfo::custom},
                                       {"read_only", &ParInfo::read_only},
                                       {"start_section", &ParInfo::start_section}};
constexpr Field<int> count_fields[] = {
    {"vec_index", &ParInfo::vec_index}, {"vec_size", &ParInfo::vec_size}, {"block", &ParInfo::block}};
constexpr Field<std::vector<std::string>> list_fields[] = {{"menu_names", &ParInfo::menu_names},
                                                           {"menu_labels", &ParInfo::menu_labels}};

// Calls `use` with each of these tables.
template <class F>
void for_all_fields(F use) {
  use(text_fields), use(number_fields), use(flag_fields), use(count_fields), use(list_fields);
}

py::dict facts(Core& core, Id id, const std::string& name) {
  const ParInfo& info = *core.parameter(id, name).info;
  py::dict d;
  for_all_fields([&](const auto& fields) {
    for (const auto& [key, field] : fields) d[py::str(key.data(), key.size())] = info.*field;
  });
  d["style"] = std::string(style_name(info.style));
  d["default"] = core.value(id, info, info.default_value);
  return d;
}

// Fills a ParInfo from a dictionary with the keys of facts(); unknown keys are a mistake of this layer, so they raise.
void apply(const Core& core, ParInfo& info, const py::dict& d) {
  for (const auto& item : d) {
    const std::string key = item.first.cast<std::string>();
    const py::handle value = item.second;
    bool known = key == "default";
    if (known) info.default_value = core.take(coerce(info, core.take(to_value(value, &info))));
    for_all_fields([&](const auto& fields) {
      for (const auto& row : fields) {
        if (row.key != key) continue;
        info.*row.field = value.cast<std::remove_reference_t<decltype(info.*row.field)>>();
        known = true;
      }
    });
    if (!known) core.raise(usage_error({}, fmt::format("'{}' is not an attribute of a parameter", key)));
  }
}

void add_custom(Core& core, Id id, const std::string& style, const py::dict& d) {
  ParInfo info;
  if (!style_named(style, info.style)) core.raise(usage_error({}, fmt::format("'{}' is not a parameter style", style)));
  if (info.style == Style::Int || info.style == Style::Menu)
    info.default_value = std::int64_t(0);
  else if (info.style == Style::Sequence)
    info.default_value = std::int64_t(1);
  else if (info.style == Style::Toggle || info.style == Style::Pulse || info.style == Style::Momentary)
    info.default_value = false;
  else if (!info.is_number())
    info.default_value = std::string();
  apply(core, info, d);
  core.check(core.network().add_custom(core.node(id).id, std::move(info)));
}

py::object state(Core& core, Id id, const std::string& name, const std::string& key) {
  const Parameter& p = core.parameter(id, name);
  if (key == "mode") return py::int_(int(p.mode));
  if (key == "expr") return py::str(p.expr);
  if (key == "bind_expr") return py::str(p.bind_expr);
  if (key == "enable") return py::bool_(p.enable);
  if (key == "enable_expr") return py::str(p.enable_expr);
  if (key == "export_source") return py::str(p.export_source);
  if (key == "constant") return core.value(id, *p.info, p.value);
  if (key == "index") return to_python(p.value);
  core.raise_attribute(fmt::format("'{}' is not a state of a parameter", key));
}

// The value now; what a Python parameter's text evaluates to is any object.
py::object evaluated(Core& core, Id id, const std::string& name) {
  const Parameter& p = core.parameter(id, name);
  const ParInfoHandle info = p.info;
  if (info->style != Style::Python || p.mode == ParMode::EXPORT)
    return core.value(id, *info, core.take(core.engine().eval(unpack(id), p)));
  const std::string text = p.mode == ParMode::CONSTANT ? to_text(p.value)
                           : p.mode == ParMode::BIND   ? p.bind_expr
                                                       : p.expr;
  return text.empty() ? py::object(py::none()) : core.run(unpack(id), text);
}

void define_values(CoreClass& c) {
  c.def("eval", &evaluated);
  // The stored form: the index of a menu, the text of an operator parameter.
  c.def("eval_stored", [](Core& core, Id id, const std::string& name) {
    return to_python(core.take(core.engine().eval(unpack(id), core.parameter(id, name))));
  });
  c.def("eval_ops", [](Core& core, Id id, const std::string& name) {
    const Value text = core.take(core.engine().eval(unpack(id), core.parameter(id, name)));
    return core.wrap_all(core.network().match(unpack(id), to_text(text)));
  });
  c.def("run", [](Core& core, Id id, const std::string& expr) { return core.run(core.node(id).id, expr); });
  c.def("set_value", [](Core& core, Id id, const std::string& name, const py::object& value) {
    const Parameter& p = core.parameter(id, name);
    Result<Value> stored = to_value(value, p.info.get());
    if (!stored) {
      Error error = stored.error();
      error.where = core.network().path(unpack(id)) + "." + p.info->name;
      core.raise(error);
    }
    core.check(core.network().set_value(unpack(id), name, *stored));
  });
  c.def("set_expr", [](Core& core, Id id, const std::string& name, std::string expr) {
    core.check(core.network().set_expression(core.node(id).id, name, std::move(expr)));
  });
  c.def("set_bind", [](Core& core, Id id, const std::string& name, std::string expr) {
    core.check(core.network().set_bind(core.node(id).id, name, std::move(expr)));
  });
  c.def("set_mode", [](Core& core, Id id, const std::string& name, int mode) {
    core.check(core.network().set_mode(core.node(id).id, name, ParMode(std::clamp(mode, 0, 3))));
  });
  c.def("pulse",
        [](Core& core, Id id, const std::string& name) { core.check(core.engine().pulse(core.node(id).id, name)); });
  c.def("state", &state);
  c.def("set_enable",
        [](Core& core, Id id, const std::string& name, std::optional<bool> enable, std::optional<std::string> expr) {
          const std::string own = core.parameter(id, name).info->name;
          core.check(core.network().set_enable(unpack(id), own, enable, std::move(expr)));
        });
}

}  // namespace

void define_parameters(CoreClass& c) {
  define_values(c);
  // The parameter's own name, None if there is none.
  c.def("par", [](Core& core, Id id, const std::string& name) -> py::object {
    const Parameter* p = core.network().parameter(core.node(id).id, name);
    return p ? py::str(p->info->name) : py::object(py::none());
  });
  c.def("no_parameter", [](Core& core, Id id, const std::string& name) {
    return to_string(core.network().no_parameter(core.node(id), name));
  });
  c.def("par_names", [](Core& core, Id id) {
    std::vector<std::string> names;
    for (const Parameter& p : core.node(id).pars) names.push_back(p.info->name);
    return names;
  });
  // (name, group, page, custom) of every parameter, in order.
  c.def("par_rows", [](Core& core, Id id) {
    py::list rows;
    for (const Parameter& p : core.node(id).pars)
      rows.append(py::make_tuple(p.info->name, p.info->group, p.info->page, p.info->custom));
    return rows;
  });
  c.def("facts", &facts);
  c.def("style", [](Core& core, Id id, const std::string& name) {
    return std::string(style_name(core.parameter(id, name).info->style));
  });
  c.def("add_custom", &add_custom);
  c.def("change_custom", [](Core& core, Id id, const std::string& name, const py::dict& d) {
    core.check(core.network().change_custom(core.node(id).id, core.parameter(id, name).info->name,
                                            [&](ParInfo& info) { apply(core, info, d); }));
  });
  c.def("remove_custom", [](Core& core, Id id, const std::string& name) {
    core.check(core.network().remove_custom(core.node(id).id, name));
  });
  c.def("order_custom", [](Core& core, Id id, const std::vector<std::string>& groups) {
    core.network().order_custom(core.node(id).id, groups);
  });
  c.def("custom_pages", [](Core& core, Id id) { return core.node(id).custom_pages; });
  c.def("set_custom_pages", [](Core& core, Id id, std::vector<std::string> pages) {
    core.network().set_custom_pages(core.node(id).id, std::move(pages));
  });
  c.def("set_blocks", [](Core& core, Id id, const std::string& sequence, int count) {
    core.check(core.network().set_blocks(core.node(id).id, sequence, count));
  });
  c.def("match_names", [](Core&, const std::string& patterns, const std::vector<std::string>& names) {
    std::vector<std::string> found;
    for (const std::string& name : names)
      if (match_patterns(patterns, name)) found.push_back(name);
    return found;
  });
  c.def("nearest", [](Core&, const std::string& name, const std::vector<std::string>& names) {
    return nearest_name(name, names);
  });
}

}  // namespace cookline::python
