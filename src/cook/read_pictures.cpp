// Pictures that operators of the script phase read (TOP to CHOP): planned and cooked when they are asked for, shared
// with the plans of their frame, and followed by what the next frame needs of them.
#include "cook/plan_builder.h"
#include "cook/profile.h"

#include <algorithm>

namespace cookline {
namespace {

void add_missing(std::vector<NodeId>& list, NodeId id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

}  // namespace

// Feedback targets and stores behind the picture are not cooked now: they may depend on who reads it, which closes a
// loop one frame later, as it should.
Result<ImageHandle> Engine::read_picture(NodeId id) {
  PlanBuilder builder(*this);
  cooking_.push_back(id);  // a loop through it names it
  Result<int> output = builder.add(id);
  cooking_.pop_back();
  if (!output) return output.error();
  PixelPlan plan = std::move(builder.plan);
  const PixelNode& node = plan.nodes[std::size_t(*output)];
  if (node.moving) note_time_read();
  read_device_ = read_device_ || uses_device(plan);
  for (const NodeId target : builder.targets()) add_missing(read_.targets, target);
  for (const auto& [store, slots] : plan.stores) add_missing(read_.stores, store);
  if (const auto known = read_.pictures.find(node.key); known != read_.pictures.end()) return known->second;
  plan.output = *output, plan.stores.clear();
  const ProfileScope others(counts, ProfileScope::Work::others, [] { return std::string(); });
  Result<CookedPixels> cooked = cook_pixels(plan, cache_, options_.pixels, &counts);
  if (!cooked) return cooked.error();
  for (const Error& warning : cooked->warnings) warn_once(warning);
  return read_.pictures[node.key] = cooked->output;
}

Status Engine::settle_read_pictures() {
  if (read_.targets.empty() && read_.stores.empty()) return {};
  PlanBuilder builder(*this);
  const auto gone = [&](NodeId id) { return !network_.find(id); };
  std::erase_if(read_.targets, gone);
  std::erase_if(read_.stores, gone);
  for (const NodeId target : read_.targets) builder.keep(target);
  for (const NodeId store : read_.stores)
    if (Status status = builder.keep_store(store); !status) return status;
  if (Status status = builder.add_keeps(); !status) return status;
  if (builder.plan.nodes.empty()) return {};
  builder.plan.output = int(builder.plan.nodes.size()) - 1;
  Result<CookedPixels> cooked = cook_pixels(builder.plan, cache_, options_.pixels, &counts);
  if (!cooked) return cooked.error();
  commit(*cooked);
  return {};
}

}  // namespace cookline
