// TOPs that keep pictures for later frames (Cache), and those that show them: what a plan needs of them, and what it
// leaves behind.
#include <fmt/format.h>

#include <algorithm>

#include "cook/plan_builder.h"

namespace cookline {

// What a store keeps from this frame on; worked out once a plan. Its place among the stores of the plan.
Result<std::size_t> PlanBuilder::store_of(NodeId id) {
  const auto known = std::find_if(plan.stores.begin(), plan.stores.end(), [&](const auto& s) { return s.first == id; });
  if (known != plan.stores.end()) return std::size_t(known - plan.stores.begin());
  Result<Engine::Filled> filled = engine_.fill(id);
  if (!filled) return filled.error();
  std::vector<StoreSlot> before;
  if (const auto stored = engine_.stores_.find(id); stored != engine_.stores_.end()) before = stored->second;
  std::vector<std::int64_t> frames;
  for (const StoreSlot& slot : before) frames.push_back(slot.frame);
  const StoreStep step = net_.at(id).type->def->store(filled->pars->own(), frames, engine_.frame_);
  std::vector<StoreSlot> kept;
  for (const int place : step.kept) {
    if (place == StoreStep::now)
      kept.push_back({.image = {}, .key = {}, .frame = engine_.frame_.index});
    else if (place == StoreStep::nothing)
      kept.push_back({.image = {}, .key = {}, .frame = -1, .node = -1, .empty = true});
    else
      kept.push_back(before[std::size_t(place)]);
  }
  for (std::size_t i = 0; i < step.frames.size(); ++i) kept[i].frame = step.frames[i];
  plan.stores.emplace_back(id, std::move(kept));
  shown_.push_back(step.shown);
  return plan.stores.size() - 1;
}

Status PlanBuilder::keep_store(NodeId store) {
  Result<std::size_t> found = store_of(store);
  return found ? Status() : Status(found.error());
}

// The node of a kept picture; that of this frame is what the input makes. Nodes are looked up by place, as planning the
// input may find more stores.
Result<int> PlanBuilder::slot_node(std::size_t store, std::size_t place) {
  const NodeId id = plan.stores[store].first;
  const StoreSlot slot = plan.stores[store].second[place];
  if (slot.node >= 0) return slot.node;
  if (slot.image) {
    PixelNode leaf;
    leaf.id = id, leaf.path = net_.path(id), leaf.image = slot.image, leaf.key = slot.key, leaf.moving = true;
    leaf.width_px = slot.image->width(), leaf.height_px = slot.image->height();
    leaf.aspect = slot.image->aspect, leaf.format = slot.image->format();
    return push(std::move(leaf));
  }
  const std::vector<NodeId> sources = engine_.wires_of(net_.at(id));
  if (sources.empty() || !sources[0]) return project_error(net_.path(id), "its input is not connected");
  Result<int> input = add(sources[0]);
  if (!input) return input;
  for (StoreSlot& other : plan.stores[store].second)
    if (!other.image && !other.empty) other.node = *input;
  return input;
}

// Makes nodes the last inputs, in proportion; `like` gets the size and format of the first that is seen.
Status PlanBuilder::show(const std::vector<std::pair<int, double>>& nodes, PixelNode& node, PixelNode& like) const {
  const auto there = [](const auto& shown) { return shown.first >= 0; };
  const auto seen = [&](const auto& shown) { return there(shown) && shown.second > 0; };
  auto first = std::find_if(nodes.begin(), nodes.end(), seen);
  if (first == nodes.end()) first = std::find_if(nodes.begin(), nodes.end(), there);
  if (first != nodes.end()) {
    const PixelNode& picture = plan.nodes[std::size_t(first->first)];
    like.width_px = picture.width_px, like.height_px = picture.height_px;
    like.aspect = picture.aspect, like.format = picture.format;
  }
  for (const auto& [index, weight] : nodes) {
    node.inputs.push_back(index);
    node.held.emplace_back();
    node.weights.push_back(float(weight));
  }
  node.moving = true;
  if (node.def->shade && node.weights.size() == 1 && node.weights[0] == 1) node.pass = node.inputs.back();
  return {};
}

Status PlanBuilder::add_stored(NodeId id, const Engine::Filled& filled, PixelNode& node, PixelNode& like) {
  NodeId owner = id;
  if (node.def->stored_place) {
    owner = filled.refs.empty() ? NodeId{} : filled.refs.front();
    if (!owner) return project_error(net_.path(id) + ".cachetop", "no Cache TOP is named");
    const Node& named = net_.at(owner);
    if (!named.type || !named.type->def->store || named.type_name != "cacheTOP")
      return project_error(net_.path(id) + ".cachetop",
                           fmt::format("{} is a {}, and a cacheTOP is needed", net_.path(owner), named.type_name));
  }
  Result<std::size_t> store = store_of(owner);
  if (!store) return store.error();
  std::vector<std::pair<int, double>> places = shown_[*store];
  if (node.def->stored_place) places = {{node.def->stored_place(filled.pars->own()), 1.0}};
  for (auto& [place, weight] : places) {
    const auto& slots = plan.stores[*store].second;
    const bool there = place >= 0 && std::size_t(place) < slots.size() && !slots[std::size_t(place)].empty;
    Result<int> found = there ? slot_node(*store, std::size_t(place)) : Result<int>(-1);
    if (!found) return found.error();
    place = *found;
  }
  if (places.empty()) places = {{-1, 1.0}};
  return show(places, node, like);
}

// Pictures that later frames read must be cooked in this one; planning them may find more.
Status PlanBuilder::add_keeps() {
  std::size_t stores = 0;
  do {
    for (; plan.keep.size() < targets_.size();) {
      const NodeId target = targets_[plan.keep.size()];
      Result<int> index = add(target);
      if (!index) return index.error();
      plan.keep.emplace_back(target, *index);
    }
    for (; stores < plan.stores.size(); ++stores)
      for (std::size_t place = 0; place < plan.stores[stores].second.size(); ++place) {
        if (const StoreSlot& slot = plan.stores[stores].second[place]; slot.image || slot.empty) continue;
        if (Result<int> input = slot_node(stores, place); !input) return input.error();
      }
  } while (plan.keep.size() < targets_.size());
  return {};
}

}  // namespace cookline
