// Functions of td._core about operators: finding, making, wiring and naming them, flags and appearance.
#include <fmt/format.h>
#include <pybind11/stl.h>

#include <algorithm>

#include "base/text.h"
#include "script/convert.h"
#include "script/core.h"

namespace cookline::python {
namespace {

constexpr std::pair<std::string_view, bool Flags::*> flag_fields[] = {
    {"bypass", &Flags::bypass},          {"lock", &Flags::lock},
    {"display", &Flags::display},        {"render", &Flags::render},
    {"viewer", &Flags::viewer},          {"expose", &Flags::expose},
    {"export", &Flags::export_channels}, {"allowCooking", &Flags::allow_cooking},
};

bool Flags::*flag_field(const Core& core, const std::string& name) {
  for (const auto& [known, field] : flag_fields)
    if (known == name) return field;
  core.raise_attribute(fmt::format("'{}' is not a flag of operators", name));
}

py::object ancestor(Core& core, Id id, int levels) {
  if (levels < 0) core.raise(usage_error({}, fmt::format("parent({}): levels count from 0", levels)));
  NodeId at = core.node(id).id;
  for (; levels > 0 && at; --levels) at = core.network().at(at).parent;
  return core.wrap(at);
}

// (operator, its output) for every input up to the last one connected.
py::list inputs(Core& core, Id id, bool components) {
  py::list list;
  for (const Wire& wire : components ? core.node(id).comp_inputs : core.node(id).inputs)
    list.append(py::make_tuple(core.wrap(wire.source), wire.output));
  return list;
}

// (operator, its input, output of this operator) for every wire that leaves it.
py::list outputs(Core& core, Id id) {
  py::list list;
  const Node& source = core.node(id);
  const Node* owner = core.network().find(source.parent);
  if (!owner) return list;
  for (NodeId sibling : owner->children) {
    const std::vector<Wire>& wires = core.network().at(sibling).inputs;
    for (std::size_t i = 0; i < wires.size(); ++i)
      if (wires[i].source == source.id) list.append(py::make_tuple(core.wrap(sibling), i, wires[i].output));
  }
  return list;
}

py::object get_field(Core& core, Id id, const std::string& name) {
  const Node& n = core.node(id);
  if (name == "position") return py::make_tuple(n.position.first, n.position.second);
  if (name == "size") return py::make_tuple(n.size.first, n.size.second);
  if (name == "color") return n.color ? py::cast(*n.color) : py::none();
  if (name == "comment") return py::str(n.comment);
  if (name == "tags") return py::cast(n.tags);
  if (name == "dock") return core.wrap(n.dock);
  if (name == "storage") return py::cast(n.storage);
  if (name == "startup_storage") return py::cast(n.startup_storage);
  if (name == "file") return py::str(n.file);
  core.raise_attribute(fmt::format("'{}' is not kept with operators", name));
}

void set_field(Core& core, Id id, const std::string& name, const py::object& value) {
  Network& network = core.network();
  Node& n = core.node(id);
  const auto look = [&]<class T>(T Look::*field, T changed) {
    network.change_look(n.id, [&](Look& l) { l.*field = std::move(changed); });
  };
  if (name == "position")
    look(&Look::position, value.cast<std::pair<double, double>>());
  else if (name == "size")
    look(&Look::size, value.cast<std::pair<double, double>>());
  else if (name == "color")
    look(&Look::color, std::optional(value.cast<std::array<double, 3>>()));
  else if (name == "comment")
    look(&Look::comment, value.cast<std::string>());
  else if (name == "tags")
    look(&Look::tags, value.cast<std::vector<std::string>>());
  else if (name == "dock")
    look(&Look::dock, value.is_none() ? NodeId{} : core.node(value.cast<Id>()).id);
  else if (name == "storage")
    n.storage = value.cast<std::vector<std::pair<std::string, std::string>>>();
  else if (name == "startup_storage")
    n.startup_storage = value.cast<std::vector<std::pair<std::string, std::string>>>();
  else
    core.raise_attribute(fmt::format("'{}' cannot be set", name));
}

// The component with this Global OP Shortcut.
py::object shortcut(Core& core, const std::string& name) {
  const Network& network = core.network();
  for (NodeId id : network.walk(network.root())) {
    const Node& n = network.at(id);
    const Parameter* p = n.is_comp() ? n.find("opshortcut") : nullptr;
    if (p && to_text(p->value) == name) return core.wrap(id);
  }
  return py::none();
}

// The nearest component above (not itself) with this Parent Shortcut.
py::object parent_shortcut(Core& core, Id id, const std::string& name) {
  const Network& network = core.network();
  for (NodeId at = core.node(id).parent; at; at = network.at(at).parent) {
    const Parameter* p = network.at(at).find("parentshortcut");
    if (p && to_text(p->value) == name) return core.wrap(at);
  }
  return py::none();
}

// A path that Network::lookup follows from `from` to `to`: a sibling's name or below it, else up and down.
std::string relative_path(Core& core, Id from, Id to) {
  const Network& network = core.network();
  std::vector<NodeId> above;  // the target and the components it is in
  for (NodeId at = core.node(to).id; at; at = network.at(at).parent) above.push_back(at);
  NodeId base = core.node(from).parent ? core.node(from).parent : unpack(from);
  std::string up;
  while (std::find(above.begin(), above.end(), base) == above.end()) {
    up += up.empty() ? ".." : "/..";
    base = network.at(base).parent;
  }
  auto at = std::find(above.begin(), above.end(), base);
  if (at == above.begin()) return up.empty() ? ".." : up + "/..";
  std::string path = up;
  while (at != above.begin()) path += (path.empty() ? "" : "/") + network.at(*--at).name;
  return path;
}

py::object type_facts(Core& core, const std::string& type) {
  const TypeInfo* info = core.network().registry().find(type);
  if (!info) return py::none();
  py::dict facts;
  facts["label"] = std::string(info->def->label);
  facts["doc"] = std::string(info->def->doc);
  facts["inputs"] = py::make_tuple(info->def->min_in, info->def->max_in);
  facts["family"] = std::string(family_names[std::size_t(info->def->family)]);
  facts["pages"] = info->pages;
  facts["content"] = info->def->holds_content;
  return facts;
}

// Name, style, page, default and menu of every parameter of a type.
py::dict type_parameters(Core& core, const std::string& type) {
  const TypeInfo* info = core.network().registry().find(type);
  if (!info) core.raise(core.network().registry().unknown_type(type, {}));
  py::dict all;
  for (const ParInfoHandle& par : info->pars) {
    py::dict d;
    d["name"] = par->name, d["label"] = par->label, d["page"] = par->page,
    d["style"] = std::string(style_name(par->style));
    d["default"] =
        par->style == Style::Menu ? py::str(menu_item(*par, par->default_value)) : to_python(par->default_value);
    d["min"] = par->min, d["max"] = par->max, d["help"] = par->help;
    if (par->is_menu()) d["menuNames"] = par->menu_names, d["menuLabels"] = par->menu_labels;
    all[py::str(par->name)] = d;
  }
  return all;
}

void define_tree(CoreClass& c) {
  c.def("root", [](Core& core) { return core.wrap(core.network().root()); });
  c.def("wrap", [](Core& core, Id id) { return core.wrap(unpack(id)); });
  c.def("valid", [](Core& core, Id id) { return core.network().find(unpack(id)) != nullptr; });
  c.def("path", [](Core& core, Id id) { return core.network().path(core.node(id).id); });
  c.def("name", [](Core& core, Id id) { return core.node(id).name; });
  c.def("rename",
        [](Core& core, Id id, const std::string& name) { core.check(core.network().rename(unpack(id), name)); });
  c.def("split_digits", [](Core&, const std::string& name) { return split_digits(name); });
  c.def("type_name", [](Core& core, Id id) { return core.node(id).type_name; });
  c.def("type_facts", &type_facts);
  c.def("types", [](Core& core) {
    std::vector<std::string> names;
    for (const TypeInfo* info : core.network().registry().all()) names.emplace_back(info->def->type);
    return names;
  });
  c.def("type_parameters", &type_parameters);
  c.def("of_type", [](Core& core, const std::string& type) { return core.wrap_all(core.of_type(type)); });
  c.def("ancestor", &ancestor);
  c.def("children", [](Core& core, Id id) { return core.wrap_all(core.node(id).children); });
  c.def("child_count", [](Core& core, Id id) { return core.node(id).children.size(); });
  c.def("walk", [](Core& core, Id id) { return core.wrap_all(core.network().walk(core.node(id).id)); });
  // The operator of a path, or the first that matches a pattern.
  c.def("find", [](Core& core, Id id, const std::string& path, bool bare_is_child) {
    const NodeId from = core.node(id).id;
    if (path.find_first_of("*?[ ") == std::string::npos)
      return core.wrap(bare_is_child ? core.network().lookup_in(from, path) : core.network().lookup(from, path));
    const std::vector<NodeId> found = core.network().match(from, path, bare_is_child);
    return found.empty() ? py::object(py::none()) : core.wrap(found.front());
  });
  c.def("match", [](Core& core, Id id, const std::string& patterns, bool bare_is_child) {
    return core.wrap_all(core.network().match(core.node(id).id, patterns, bare_is_child));
  });
  c.def("shortcut", &shortcut);
  c.def("parent_shortcut", &parent_shortcut);
  c.def("relative_path", &relative_path);
}

void define_edits(CoreClass& c) {
  c.def("create", [](Core& core, Id parent, const std::string& type, const std::string& name) {
    return core.wrap(core.take(core.network().create(core.node(parent).id, type, name)));
  });
  c.def("destroy", [](Core& core, Id id) { core.check(core.network().destroy(core.node(id).id)); });
  c.def("copy", [](Core& core, Id id, Id parent, const std::string& name) {
    return core.wrap(core.take(core.network().copy(core.node(id).id, core.node(parent).id, name)));
  });
  c.def("inputs", &inputs);
  c.def("outputs", &outputs);
  c.def("connect", [](Core& core, Id source, int output, Id target, int input) {
    core.check(core.network().connect(core.node(source).id, output, core.node(target).id, input));
  });
  c.def("disconnect",
        [](Core& core, Id target, int input) { core.check(core.network().disconnect(core.node(target).id, input)); });
  c.def("connectors", [](Core& core, Id id, bool outputs) {
    return core.wrap_all(core.engine().connectors(core.node(id).id, outputs));
  });
  c.def("flag", [](Core& core, Id id, const std::string& name) { return core.node(id).flags.*flag_field(core, name); });
  c.def("set_flag", [](Core& core, Id id, const std::string& name, bool on) {
    Flags flags = core.node(id).flags;
    flags.*flag_field(core, name) = on;
    core.network().set_flags(unpack(id), flags);
  });
  c.def("field", &get_field);
  c.def("set_field", &set_field);
  c.def("touch", [](Core& core) { core.network().touch(); });
}

}  // namespace

void define_network(CoreClass& c) {
  define_tree(c);
  define_edits(c);
}

}  // namespace cookline::python
