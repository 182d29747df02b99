// The pixels of a picture that TOP to CHOP reads: rectangles of them, also beyond its edges, and positions in it.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "data/channels.h"
#include "data/image.h"
#include "ops/chop/topto/parameters.h"

namespace cookline::topto_op {

// Columns or rows, counted from the left or bottom; they may lie outside the picture.
struct Range {
  std::int64_t first = 0, count = 1;
};
struct Rectangle {
  Range columns, rows;
};

// What the Crop page asks for of a picture of this size.
Rectangle rectangle_of(const Pars& p, int width, int height);

using Colours = std::array<std::vector<float>, 4>;

// Row by row from the bottom up. The picture is in memory; its first slice counts.
Colours read_rectangle(const Pars& p, const Image& image, const Rectangle& rectangle);
// One colour for each pair of samples; 0 and 1 are the picture's edges.
Colours read_positions(const Pars& p, const Image& image, const std::vector<double>& u, const std::vector<double>& v);

}  // namespace cookline::topto_op
