// The tree: making, destroying, copying and naming operators, and their wires. Paths are in path.cpp, parameters in
// parameters.cpp.
#include "graph/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace cookline {

Network::Network(const Registry& registry) : registry_(registry) {
  Node& node = add_node({}, registry.find("baseCOMP"), "baseCOMP", "");
  root_ = node.id;
}

const Node* Network::find(NodeId id) const {
  if (!id || id.index >= slots_.size() || slots_[id.index].generation != id.generation) return nullptr;
  return slots_[id.index].node.get();
}

Node* Network::find(NodeId id) { return const_cast<Node*>(static_cast<const Network*>(this)->find(id)); }

Node& Network::add_node(NodeId parent, const TypeInfo* type, std::string_view type_name, std::string name) {
  std::uint32_t index;
  if (free_.empty()) {
    index = std::uint32_t(slots_.size());
    slots_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  Slot& slot = slots_[index];
  slot.node = std::make_unique<Node>();
  Node& node = *slot.node;
  node.id = {index, ++slot.generation};
  node.parent = parent;
  node.name = std::move(name);
  node.type = type;
  node.type_name = type_name;
  if (type)
    for (const ParInfoHandle& info : type->pars) {
      Parameter p{.info = info, .value = info->default_value};
      if (!info->default_expr.empty()) p.mode = ParMode::EXPRESSION, p.expr = info->default_expr;
      node.pars.push_back(std::move(p));
    }
  if (Node* owner = find(parent)) {
    owner->children.push_back(node.id);
    slots_[parent.index].names.ids[node.name] = node.id;
  }
  if (edits_.recording()) edits_.keep(node.id, EditList::Existence{});
  rebuilt();
  return node;
}

bool Network::may_exist(NodeId id) const {
  if (!id || id.index >= slots_.size() || slots_[id.index].generation != id.generation) return false;
  return slots_[id.index].node || slots_[id.index].held;
}

std::string Network::free_name(const Node& parent, std::string_view wanted) {
  if (!child(parent, wanted)) return std::string(wanted);
  const auto [base, digits] = split_digits(wanted);
  // Numbers below `next` are taken: many operators of one name are made without trying all of them each time.
  std::int64_t& next =
      slots_[parent.id.index].names.next.try_emplace(std::string(wanted), digits.value_or(0) + 1).first->second;
  for (;; ++next) {
    std::string name = base + std::to_string(next);
    if (!child(parent, name)) return name;
  }
}

// Gives an operator a name, or the next free one. A name that is given up may be free below others' numbers.
void Network::set_name(Node& node, std::string_view wanted) {
  Names& names = slots_[node.parent.index].names;
  names.ids.erase(node.name);
  names.next.clear();
  node.name = free_name(at(node.parent), wanted);
  names.ids[node.name] = node.id;
  touch();
}

Result<NodeId> Network::create(NodeId parent, std::string_view type, std::string_view name, bool placeholder) {
  const Node* owner = find(parent);
  if (!owner) return usage_error(std::string(name), "the component to create it in does not exist any more");
  if (!owner->is_comp())
    return usage_error(path(parent), fmt::format("a {} cannot hold other operators", owner->type_name),
                       "only components can");
  const TypeInfo* info = registry_.find(type);
  if (!info && !placeholder) return registry_.unknown_type(type, path(parent));
  std::string wanted(name);
  if (wanted.empty()) {
    std::size_t lower = type.size();
    while (lower > 0 && type[lower - 1] >= 'A' && type[lower - 1] <= 'Z') --lower;
    wanted = std::string(type.substr(0, lower)) + "1";
  }
  if (!legal_name(wanted))
    return usage_error(path(parent), fmt::format("'{}' is not an operator name", wanted),
                       "letters, digits and _ are allowed");
  const std::string free = free_name(*owner, wanted);
  return add_node(parent, info, type, free).id;
}

std::pair<std::unique_ptr<Node>, std::size_t> Network::take_out(NodeId id) {
  Slot& slot = slots_[id.index];
  std::size_t place = 0;
  if (Node* parent = find(slot.node->parent)) {
    // Those made last are often destroyed first.
    const auto found = std::find(parent->children.rbegin(), parent->children.rend(), id);
    place = std::size_t(parent->children.rend() - found) - 1;
    parent->children.erase(std::prev(found.base()));
    Names& names = slots_[parent->id.index].names;
    names.ids.erase(slot.node->name);
    names.next.clear();
  }
  slot.names = {};
  slot.held = true;
  rebuilt();
  return {std::move(slot.node), place};
}

void Network::put_back(std::unique_ptr<Node> node, std::size_t place) {
  Node& parent = *find(node->parent);
  node->name = free_name(parent, node->name);
  slots_[parent.id.index].names.ids[node->name] = node->id;
  parent.children.insert(parent.children.begin() + std::ptrdiff_t(std::min(place, parent.children.size())), node->id);
  Slot& slot = slots_[node->id.index];
  slot.held = false;
  slot.node = std::move(node);
  rebuilt();
}

void Network::release(NodeId id) {
  slots_[id.index].held = false;
  free_.push_back(id.index);
}

void Network::drop_dangling() {
  const auto gone = [&](NodeId id) { return id && !find(id); };
  const auto wire_gone = [&](const Wire& wire) { return gone(wire.source); };
  for (Slot& slot : slots_) {
    if (!slot.node) continue;
    Node& node = *slot.node;
    if (std::any_of(node.inputs.begin(), node.inputs.end(), wire_gone) ||
        std::any_of(node.comp_inputs.begin(), node.comp_inputs.end(), wire_gone)) {
      if (edits_.recording()) edits_.keep(node.id, EditList::Wires{node.inputs, node.comp_inputs});
      std::replace_if(node.inputs.begin(), node.inputs.end(), wire_gone, Wire{});
      std::replace_if(node.comp_inputs.begin(), node.comp_inputs.end(), wire_gone, Wire{});
      while (!node.inputs.empty() && !node.inputs.back().source) node.inputs.pop_back();
    }
    if (gone(node.dock)) {
      if (edits_.recording()) edits_.keep(node.id, Look(node));
      node.dock = {};
    }
  }
}

Status Network::destroy(NodeId id) {
  if (!find(id)) return usage_error({}, "the operator does not exist any more");
  if (id == root_) return usage_error("/", "the root cannot be destroyed");
  const std::vector<NodeId> doomed = walk(id);
  for (auto it = doomed.rbegin(); it != doomed.rend(); ++it) {
    auto [node, place] = take_out(*it);
    if (edits_.recording())
      edits_.keep(*it, EditList::Existence{std::move(node), place});
    else
      release(*it);
  }
  drop_dangling();
  return {};
}

Result<NodeId> Network::copy(NodeId id, NodeId parent, std::string_view name) {
  const Node* top = find(id);
  const Node* owner = find(parent);
  if (!top || !owner) return usage_error(path(id), "copy: the operator or the component does not exist any more");
  if (!owner->is_comp()) return usage_error(path(parent), "copy: only components can hold operators");
  const std::vector<NodeId> sources = walk(id);
  if (std::find(sources.begin(), sources.end(), parent) != sources.end())
    return usage_error(path(id), "a component cannot be copied into itself");
  if (!name.empty() && !legal_name(name))
    return usage_error(path(id), fmt::format("'{}' is not an operator name", name));
  std::unordered_map<NodeId, NodeId, NodeIdHash> copies;
  for (NodeId from : sources) {
    const bool is_top = from == id;
    const NodeId into = is_top ? parent : copies.at(at(from).parent);
    const std::string wanted = is_top && !name.empty() ? std::string(name) : at(from).name;
    const std::string free = free_name(at(into), wanted);
    Node& made = add_node(into, at(from).type, at(from).type_name, free);
    const Node& source = at(from);
    const NodeId made_id = made.id;
    const std::string made_name = made.name;
    made = source;
    made.id = made_id, made.parent = into, made.name = made_name;
    made.children.clear();
    copies[from] = made_id;
  }
  for (const auto& [from, to] : copies) {
    Node& made = *find(to);
    for (Wire& wire : made.inputs)
      if (auto inside = copies.find(wire.source); inside != copies.end())
        wire.source = inside->second;
      else if (at(from).parent != made.parent)
        wire = {};
    for (Wire& wire : made.comp_inputs)
      if (auto inside = copies.find(wire.source); inside != copies.end()) wire.source = inside->second;
    if (auto inside = copies.find(made.dock); inside != copies.end()) made.dock = inside->second;
    while (!made.inputs.empty() && !made.inputs.back().source) made.inputs.pop_back();
  }
  rebuilt();
  return copies.at(id);
}

Status Network::rename(NodeId id, std::string_view name) {
  Node* node = find(id);
  if (!node || id == root_) return usage_error(path(id), "this operator cannot be renamed");
  if (!legal_name(name))
    return usage_error(path(id), fmt::format("'{}' is not an operator name", name),
                       "letters, digits and _ are allowed");
  if (node->name == name) return {};
  const std::string before = node->name;
  set_name(*node, name);
  if (edits_.recording()) edits_.keep(id, EditList::Name{before});
  return {};
}

Status Network::connect(NodeId source, int output, NodeId target, int input) {
  const Node* from = find(source);
  Node* to = find(target);
  if (!from || !to) return usage_error(path(target), "connect: an operator does not exist any more");
  if (input < 0 || output < 0) return usage_error(path(target), "connect: inputs and outputs count from 0");
  if (to->type && !to->is_comp()) {
    const OpDef& def = *to->type->def;
    if (input >= def.max_in)
      return project_error(path(target), fmt::format("input {} does not exist: {} has {} input{}", input, to->type_name,
                                                     def.max_in, def.max_in == 1 ? "" : "s"));
    if (!from->is_comp() && from->family() != to->family())
      return project_error(path(target), fmt::format("a {} cannot be wired into a {}", from->family(), to->family()),
                           "wires join operators of one family");
  }
  if (edits_.recording()) edits_.keep(target, EditList::Wires{to->inputs, to->comp_inputs});
  if (to->inputs.size() <= std::size_t(input)) to->inputs.resize(std::size_t(input) + 1);
  to->inputs[std::size_t(input)] = {source, output};
  touch();
  return {};
}

Status Network::disconnect(NodeId target, int input) {
  Node* to = find(target);
  if (!to) return usage_error({}, "disconnect: the operator does not exist any more");
  if (input < 0 || std::size_t(input) >= to->inputs.size()) return {};
  if (edits_.recording()) edits_.keep(target, EditList::Wires{to->inputs, to->comp_inputs});
  to->inputs[std::size_t(input)] = {};
  while (!to->inputs.empty() && !to->inputs.back().source) to->inputs.pop_back();
  touch();
  return {};
}

void Network::set_flags(NodeId id, const Flags& flags) {
  if (Node* node = find(id); node && node->flags != flags) {
    if (edits_.recording()) edits_.keep(id, node->flags);
    node->flags = flags;
    rebuilt();
  }
}

void Network::set_content(NodeId id, Table content) {
  Node* node = find(id);
  if (!node || node->content == content) return;
  change_content(id, [&](Table& now) { now = std::move(content); });
}

void Network::change_content(NodeId id, const std::function<void(Table&)>& change) {
  Node* node = find(id);
  if (!node) return;
  if (edits_.recording()) edits_.keep(id, node->content);
  change(node->content);
  ++node->content_revision;
  touch();
}

void Network::change_look(NodeId id, const std::function<void(Look&)>& change) {
  Node* node = find(id);
  if (!node) return;
  if (edits_.recording()) edits_.keep(id, Look(*node));
  change(*node);
  touch();
}

bool legal_name(std::string_view name) {
  if (name.empty()) return false;
  for (char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  return true;
}

}  // namespace cookline
