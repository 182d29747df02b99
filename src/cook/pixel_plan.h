// The pixels of one frame as data: an immutable graph of TOPs with their parameters filled in and sizes worked out.
// Made in the script phase, cooked without any access to the network.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "graph/node.h"
#include "op/common.h"

namespace cookline {

// One TOP, or one pass of it. Inputs are indices of earlier nodes of the plan, or -1.
struct PixelNode {
  NodeId id;
  std::string path;
  const OpDef* def = nullptr;  // null: a leaf
  std::shared_ptr<const ParSet> pars;
  std::vector<int> inputs;  // wired ones, then references
  std::vector<Held> held;   // what inputs of other families hold, same indices
  int wired = 0;
  int first_also = 0;   // Cook::first_also
  int pass_number = 0;  // of the Common page's Passes
  int pass = -1;        // index of the node whose image this one is, unchanged
  bool zero = false;    // bypassed without an input: transparent black
  ImageHandle image;    // of a leaf: the picture of the frame before, or one that a TOP has chosen
  std::function<Result<ImageHandle>()> read;  // of a leaf without an image: reads it from a file
  std::vector<float> weights;                 // of chosen pictures, which are the last inputs

  int width_px = 1, height_px = 1;
  double aspect = 1;
  PixelFormat format = PixelFormat::rgba8fixed;
  FilterType filter = FilterType::linear;
  std::string channel_mask = "rgba";
  Frame frame;

  Key key;              // equal keys, equal pixels
  bool moving = false;  // depends on time or on state: its key is likely to change every frame
};

// One picture of a store: as it was kept, or a node of the plan that makes it.
struct StoreSlot {
  ImageHandle image;
  Key key;
  std::int64_t frame = 0;  // it is from, or what the operator's last step has left
  int node = -1;
  bool empty = false;
};

struct PixelPlan {
  std::vector<PixelNode> nodes;  // inputs before users
  int output = -1;
  // Nodes whose picture the next frame reads (feedback targets), by operator.
  std::vector<std::pair<NodeId, int>> keep;
  // What TOPs keep from this frame on, by operator.
  std::vector<std::pair<NodeId, std::vector<StoreSlot>>> stores;
};
using PixelPlanHandle = std::shared_ptr<const PixelPlan>;

}  // namespace cookline
