// A tree of pointwise TOPs as one loop over runs of pixels: each run passes through all operators while it is in cache.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cook/pixel_plan.h"
#include "kernels/code_table.h"
#include "kernels/resample.h"

namespace cookline {

class TileProgram {
 public:
  // The tree below node `root`; leaves are the nodes that have an image in `images`. The plan must outlive the program.
  // With `tables` separable operators over 8-bit pixels become a table.
  TileProgram(const PixelPlan& plan, int root, const std::vector<ImageHandle>& images, bool tables);

  // Cooks row `y` in runs of `tile_pixels` and stores it. Thread-safe.
  // `times`: adds the nanoseconds of each step, loading with the operator that it is for; empty: they are not measured.
  void run_row(int y, int tile_pixels, std::byte* to, std::span<std::int64_t> times = {}) const;

  // Indices of the plan's nodes it runs.
  std::vector<int> steps() const;

 private:
  class Laps;
  struct Leaf {
    ImageHandle image;
    kernels::Texture texture;  // when it must be sampled
    kernels::PixelMap map;
    kernels::Filter filter = kernels::Filter::linear;
  };
  // Where an operand comes from: a buffer that an earlier step filled.
  struct Step {
    int leaf = -1;               // loads this leaf …
    int node = -1;               // … or runs this node
    std::vector<int> operands;   // buffers, -1: nothing connected
    std::vector<InTile> inputs;  // what stays the same of them: size and format
    int buffer = 0;              // written
  };
  int emit(int node, const std::vector<ImageHandle>& images);
  int emit_leaf(int node, const PixelNode& user, const ImageHandle& image);
  int take_buffer();
  bool separable() const;
  void tabulate();
  void run_tile(int y, int x, int count, float* scratch, std::byte* to, std::span<std::int64_t> times = {}) const;
  void mask_channels(const PixelNode& node, const Step& step, int count, float* scratch, int stride) const;

  const PixelPlan& plan_;
  int root_;
  std::vector<Leaf> leaves_;
  std::vector<Step> steps_;
  std::vector<bool> used_;  // buffers in use while emitting; its size is how many there are
  // The whole program for every 8-bit code, where it is a row of separable operators over one 8-bit picture.
  std::unique_ptr<kernels::CodeTable> table_;
};

}  // namespace cookline
