#include "cook/tile_program.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <utility>

#include "kernels/pixels.h"

namespace cookline {
namespace {

constexpr int planes = 4;

// Working memory of one thread, 64-byte aligned, grown as needed.
struct Scratch {
  struct Free {
    void operator()(float* p) const { std::free(p); }
  };
  std::unique_ptr<float[], Free> data;
  std::size_t size = 0;
  float* at_least(std::size_t floats) {
    if (floats > size) {
      size = (floats + 15) / 16 * 16;
      data.reset(static_cast<float*>(std::aligned_alloc(64, size * sizeof(float))));
      if (!data) throw std::bad_alloc();
    }
    return data.get();
  }
};
float* thread_scratch(std::size_t floats) {
  thread_local Scratch scratch;
  return scratch.at_least(floats);
}

int stride_of(int count) { return (count + 15) / 16 * 16; }

}  // namespace

TileProgram::TileProgram(const PixelPlan& plan, int root, const std::vector<ImageHandle>& images, bool tables)
    : plan_(plan), root_(root) {
  emit(root, images);
  if (tables && separable()) tabulate();
}

// A leaf of 8-bit pixels of the same size, then operators in a row, the last one stored as 8-bit pixels. A channel mask
// hands on the first input's channel, which is as separable.
bool TileProgram::separable() const {
  constexpr PixelFormat codes = PixelFormat::rgba8fixed;
  if (leaves_.size() != 1 || plan_.nodes[std::size_t(root_)].format != codes) return false;
  if (!leaves_[0].texture.empty() || leaves_[0].image->format() != codes) return false;
  return std::all_of(steps_.begin() + 1, steps_.end(), [&](const Step& step) {
    const PixelNode& node = plan_.nodes[std::size_t(step.node)];
    return step.operands.size() == 1 && node.def->separable && node.def->separable(node.pars->own());
  });
}

// Cooks a row that has every code in every channel.
void TileProgram::tabulate() {
  constexpr int codes = kernels::CodeTable::codes;
  auto row = std::make_shared<Image>(codes, 1, PixelFormat::rgba8fixed);
  for (int i = 0; i < planes * codes; ++i) row->row(0)[i] = std::byte(i / planes);
  const ImageHandle image = std::exchange(leaves_[0].image, row);
  std::byte cooked[planes * codes];
  run_tile(0, 0, codes, thread_scratch(used_.size() * planes * std::size_t(stride_of(codes))), cooked);
  leaves_[0].image = image;
  table_ = std::make_unique<kernels::CodeTable>();
  for (int i = 0; i < planes * codes; ++i) table_->channels[i % planes][i / planes] = std::uint8_t(cooked[i]);
}

int TileProgram::take_buffer() {
  const auto free = std::find(used_.begin(), used_.end(), false);
  if (free != used_.end()) return *free = true, int(free - used_.begin());
  used_.push_back(true);
  return int(used_.size()) - 1;
}

int TileProgram::emit_leaf(int index, const PixelNode& user, const ImageHandle& image) {
  Leaf leaf{.image = image};
  if (image->width() != user.width_px || image->height() != user.height_px) {
    leaf.filter = kernels::Filter(user.filter);
    leaf.texture = kernels::make_texture(image, leaf.filter);
    leaf.map = kernels::stretch(image->width(), image->height(), user.width_px, user.height_px);
  }
  leaves_.push_back(std::move(leaf));
  Step step{.leaf = int(leaves_.size()) - 1, .node = index};
  step.buffer = take_buffer();
  steps_.push_back(step);
  return step.buffer;
}

int TileProgram::emit(int index, const std::vector<ImageHandle>& images) {
  const PixelNode& node = plan_.nodes[std::size_t(index)];
  Step step{.node = index};
  for (int input : node.inputs) {
    if (input < 0) {
      step.operands.push_back(-1);
      step.inputs.emplace_back();
      continue;
    }
    const PixelNode& in = plan_.nodes[std::size_t(input)];
    const ImageHandle& image = in.image ? in.image : images[std::size_t(input)];
    step.operands.push_back(image ? emit_leaf(input, node, image) : emit(input, images));
    step.inputs.push_back({.width = in.width_px, .height = in.height_px, .format = in.format});
  }
  step.buffer = take_buffer();
  for (int operand : step.operands)
    if (operand >= 0) used_[std::size_t(operand)] = false;
  steps_.push_back(step);
  return step.buffer;
}

std::vector<int> TileProgram::steps() const {
  std::vector<int> list;
  for (const Step& step : steps_)
    if (step.leaf < 0) list.push_back(step.node);
  return list;
}

// Channels that the mask leaves out keep the first input's values.
void TileProgram::mask_channels(const PixelNode& node, const Step& step, int count, float* scratch, int stride) const {
  constexpr std::string_view letters = "rgba";
  for (int c = 0; c < planes; ++c) {
    if (node.channel_mask.find(letters[std::size_t(c)]) != std::string::npos) continue;
    float* to = scratch + (step.buffer * planes + c) * stride;
    const int operand = step.operands.empty() ? -1 : step.operands[0];
    if (operand >= 0)
      std::copy_n(scratch + (operand * planes + c) * stride, count, to);
    else
      std::fill_n(to, count, 0.0f);
  }
}

// Adds the time since it was last asked to one step after the other.
class TileProgram::Laps {
 public:
  explicit Laps(std::span<std::int64_t> times) : times_(times) {
    if (!times_.empty()) last_ = std::chrono::steady_clock::now();
  }
  void step_is_over() {
    if (times_.empty()) return;
    const auto now = std::chrono::steady_clock::now();
    times_[step_++] += std::chrono::nanoseconds(now - std::exchange(last_, now)).count();
  }

 private:
  std::span<std::int64_t> times_;
  std::size_t step_ = 0;
  std::chrono::steady_clock::time_point last_;
};

void TileProgram::run_tile(int y, int x, int count, float* scratch, std::byte* to,
                           std::span<std::int64_t> times) const {
  Laps laps(times);
  const int stride = stride_of(count);
  const auto plane = [&](int buffer, int c) { return scratch + (buffer * planes + c) * stride; };
  std::vector<InTile> operands;
  for (const Step& step : steps_) {
    float *r = plane(step.buffer, 0), *g = plane(step.buffer, 1), *b = plane(step.buffer, 2),
          *a = plane(step.buffer, 3);
    if (step.leaf >= 0) {
      const Leaf& leaf = leaves_[std::size_t(step.leaf)];
      const PixelFormat format = leaf.image->format();
      if (leaf.texture.empty())
        kernels::load_pixels(format, leaf.image->row(y) + std::size_t(x) * std::size_t(info(format).bytes), count, r, g,
                             b, a);
      else
        kernels::sample_run(leaf.texture, leaf.filter, kernels::Extend::hold, leaf.map, x, y, count, r, g, b, a);
      continue;
    }
    const PixelNode& node = plan_.nodes[std::size_t(step.node)];
    operands.clear();
    for (std::size_t i = 0; i < step.operands.size(); ++i) {
      const int buffer = step.operands[i];
      InTile& in = operands.emplace_back(step.inputs[i]);
      if (buffer >= 0)
        in.r = plane(buffer, 0), in.g = plane(buffer, 1), in.b = plane(buffer, 2), in.a = plane(buffer, 3);
    }
    Tile tile{x, y, count, node.width_px, node.height_px, node.aspect, r, g, b, a};
    node.def->shade(node.pars->own(), Tiles{operands, node.wired, node.weights}, tile, node.frame);
    const bool masked = node.channel_mask != "rgba";
    if (step.node == root_ && !masked) {
      kernels::store_pixels(node.format, tile.r, tile.g, tile.b, tile.a, count, to);
      laps.step_is_over();
      continue;
    }
    // Planes that the operator shares between channels part here.
    const float* made[] = {tile.r, tile.g, tile.b, tile.a};
    for (int c = 0; c < planes; ++c)
      if (float* own = plane(step.buffer, c); made[c] != own) std::copy_n(made[c], count, own);
    if (masked) mask_channels(node, step, count, scratch, stride);
    if (step.node == root_)
      kernels::store_pixels(node.format, r, g, b, a, count, to);
    else
      kernels::quantise_pixels(node.format, count, r, g, b, a);
    laps.step_is_over();
  }
}

void TileProgram::run_row(int y, int tile_pixels, std::byte* to, std::span<std::int64_t> times) const {
  const PixelNode& root = plan_.nodes[std::size_t(root_)];
  if (table_) {
    // Operators that became one table have equal parts in it.
    for (std::int64_t& time : times) ++time;
    return kernels::map_codes(*table_, leaves_[0].image->row(y), root.width_px, to);
  }
  const int widest = std::min(tile_pixels, root.width_px);
  float* scratch = thread_scratch(used_.size() * planes * std::size_t(stride_of(widest)));
  for (int x = 0; x < root.width_px; x += widest)
    run_tile(y, x, std::min(widest, root.width_px - x), scratch,
             to + std::size_t(x) * std::size_t(info(root.format).bytes), times);
}

}  // namespace cookline
