// Runs one TOP through its OpDef without an engine: parameters by name, inputs of the output's own size, pixels as
// floats before they are stored.
#pragma once
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <map>
#include <stdexcept>

#include "kernels/pixels.h"
#include "op/registry.h"
#include "ops/list.h"

namespace cookline {

// Four planes, row 0 at the bottom.
struct Picture {
  Picture(int w, int h) : width(w), height(h) {
    for (auto& p : planes) p.assign(std::size_t(w) * std::size_t(h), 0.0f);
  }
  // value(x, y, channel)
  Picture(int w, int h, const std::function<double(int, int, int)>& value) : Picture(w, h) {
    for (int c = 0; c < 4; ++c)
      for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x) at(x, y, c) = float(value(x, y, c));
  }
  float& at(int x, int y, int c) {
    return planes[std::size_t(c)][std::size_t(y) * std::size_t(width) + std::size_t(x)];
  }
  float at(int x, int y, int c) const { return const_cast<Picture*>(this)->at(x, y, c); }
  float* row(int y, int c) { return &at(0, y, c); }
  ImageHandle stored(PixelFormat format) const {
    auto image = std::make_shared<Image>(width, height, format);
    image->aspect = double(width) / height;
    Picture copy = *this;
    for (int y = 0; y < height; ++y)
      kernels::store_pixels(format, copy.row(y, 0), copy.row(y, 1), copy.row(y, 2), copy.row(y, 3), width,
                            image->row(y));
    return image;
  }
  static Picture loaded(const Image& image) {
    Picture p(image.width(), image.height());
    for (int y = 0; y < p.height; ++y)
      kernels::load_pixels(image.format(), image.row(y), p.width, p.row(y, 0), p.row(y, 1), p.row(y, 2), p.row(y, 3));
    return p;
  }
  bool operator==(const Picture&) const = default;

  int width, height;
  std::array<std::vector<float>, 4> planes;
};

inline const OpDef& operator_named(std::string_view type) {
  for (const OpDef* op : all_operators())
    if (op->type == type) return *op;
  throw std::runtime_error("no operator " + std::string(type));
}

class TopHarness {
 public:
  explicit TopHarness(std::string_view type) : def_(&operator_named(type)), registry_(list_) {
    type_ = registry_.find(type);
    set_ = type_->make_pars();
  }
  TopHarness(const TopHarness&) = delete;

  void set(const std::string& name, const Value& value) {
    for (const ParInfoHandle& info : type_->pars) {
      if (info->name != name) continue;
      const Result<Value> coerced = coerce(*info, value);
      if (!coerced) throw std::runtime_error(name + ": " + to_string(coerced.error()));
      return store(set_, *info, *coerced);
    }
    throw std::runtime_error(std::string(def_->type) + " has no parameter " + name);
  }
  void input(int i, const Picture& picture) { inputs_.insert_or_assign(i, picture); }

  // The shade function over the whole picture, in runs of `run` pixels.
  Picture shade(int width, int height, int run = 1 << 20) {
    Picture out(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; x += run) shade_run(out, x, y, std::min(run, width - x));
    return out;
  }
  bool pointwise() const { return def_->shade && (!def_->pointwise || def_->pointwise(set_.own())); }
  const TypeInfo& type() const { return *type_; }
  const OpDef& def() const { return *def_; }
  const void* pars() const { return set_.own(); }
  double aspect = 0;  // of the output; 0: square pixels
  PixelFormat input_format = PixelFormat::rgba32float;

 private:
  void shade_run(Picture& out, int x, int y, int count) {
    std::vector<InTile> tiles(inputs_.empty() ? 0 : std::size_t(inputs_.rbegin()->first) + 1);
    for (auto& [i, p] : inputs_)
      tiles[std::size_t(i)] = {&p.at(x, y, 0), &p.at(x, y, 1), &p.at(x, y, 2), &p.at(x, y, 3),
                               p.width,        p.height,       input_format};
    Tile tile{x, y, count, out.width, out.height, aspect > 0 ? aspect : double(out.width) / out.height};
    tile.r = &out.at(x, y, 0), tile.g = &out.at(x, y, 1), tile.b = &out.at(x, y, 2), tile.a = &out.at(x, y, 3);
    def_->shade(set_.own(), {tiles, int(tiles.size())}, tile, {});
    const float* made[] = {tile.r, tile.g, tile.b, tile.a};  // channels may share a plane
    for (int c = 0; c < 4; ++c)
      if (made[c] != &out.at(x, y, c)) std::copy_n(made[c], count, &out.at(x, y, c));
  }

  const OpDef* def_;
  std::array<const OpDef*, 1> list_{def_};
  Registry registry_;
  const TypeInfo* type_ = nullptr;
  ParSet set_;
  std::map<int, Picture> inputs_;
};

}  // namespace cookline
