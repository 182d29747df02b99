// Makes PixelPlans: walks from a TOP to its sources, fills parameters in, works out sizes, formats and keys. Private to
// the cook layer.
#pragma once
#include <unordered_map>
#include <vector>

#include "cook/runtime.h"

namespace cookline {

class PlanBuilder {
 public:
  explicit PlanBuilder(Engine& engine) : engine_(engine), net_(engine.network_) {}

  Result<int> add(NodeId id);
  // What is kept for later frames: pictures that feedback reads, and those of stores that are part of the plan.
  Status add_keeps();
  // Keeps the next picture of a feedback target, or what a store holds, whether or not the plan reads it.
  void keep(NodeId target);
  Status keep_store(NodeId store);
  // The feedback targets found so far.
  const std::vector<NodeId>& targets() const { return targets_; }
  PixelPlan plan;

 private:
  Result<int> add_fresh(NodeId id);
  Status add_inputs(const Engine::Filled& filled, const std::vector<NodeId>& sources, PixelNode& node);
  Status add_also_read(const Engine::Filled& filled, PixelNode& node);
  Result<int> previous(NodeId target);
  Status add_chosen(NodeId id, PixelNode& node, PixelNode& like);
  Result<int> chosen_leaf(const PixelNode& user, const ChosenPicture& picture, bool moving);
  Status add_stored(NodeId id, const Engine::Filled& filled, PixelNode& node, PixelNode& like);
  Result<std::size_t> store_of(NodeId id);
  Result<int> slot_node(std::size_t store, std::size_t place);
  Status show(const std::vector<std::pair<int, double>>& nodes, PixelNode& node, PixelNode& like) const;
  Status work_out_size(const TopCommon& common, const PixelNode* source, PixelNode& node) const;
  Key key_of(const PixelNode& node, const Engine::Filled& filled, const TypeInfo& type) const;
  int push(PixelNode node) {
    if (const auto read = engine_.read_.pictures.find(node.key); node.def && read != engine_.read_.pictures.end())
      node.image = read->second;
    plan.nodes.push_back(std::move(node));
    return int(plan.nodes.size()) - 1;
  }

  Engine& engine_;
  Network& net_;
  std::unordered_map<NodeId, int, NodeIdHash> known_;
  std::vector<NodeId> stack_, targets_;
  // Of each store of the plan what it shows.
  std::vector<std::vector<std::pair<int, double>>> shown_;
};

}  // namespace cookline
