#include "ops/chop/topto/pixels.h"

#include <algorithm>
#include <cmath>

#include "kernels/pixels.h"

namespace cookline::topto_op {
namespace {

constexpr double slack = 1e-9;  // what a product of doubles may lack of a whole number

// A whole number that may be far away, infinite or none.
std::int64_t whole(double v) { return std::int64_t(std::floor(std::min(1e15, std::max(-1e15, v)))); }

std::int64_t first_pixel(double at, UvUnits units, int size) {
  return whole((units == UvUnits::norm ? at * size : at) + slack);
}
Range range(double start, double end, UvUnits units, int size) {
  const std::int64_t first = first_pixel(start, units, size);
  const std::int64_t last = units == UvUnits::norm ? -whole(-end * size + slack) - 1 : whole(end + slack);
  return {first, std::max<std::int64_t>(1, last - first + 1)};
}

// The pixel that stands for one outside; -1 is the default color.
int place(std::int64_t index, int size, Edge before, Edge behind) {
  if (index >= 0 && index < size) return int(index);
  const auto wrapped = [](std::int64_t i, std::int64_t n) { return (i % n + n) % n; };
  switch (index < 0 ? before : behind) {
    case Edge::hold:
      return index < 0 ? 0 : size - 1;
    case Edge::cycle:
      return int(wrapped(index, size));
    case Edge::mirror: {
      const std::int64_t at = wrapped(index, 2 * std::int64_t(size));
      return int(std::min(at, 2 * std::int64_t(size) - 1 - at));
    }
    case Edge::constant:
      break;
  }
  return -1;
}

using Colour = std::array<float, 4>;
Colour default_colour(const Pars& p) {
  return {float(p.defcolor[0]), float(p.defcolor[1]), float(p.defcolor[2]), float(p.defcolor[3])};
}

Colour pixel(const Pars& p, const Image& image, std::int64_t column, std::int64_t row) {
  const int x = place(column, image.width(), p.imageleft, p.imageright);
  const int y = place(row, image.height(), p.imagebottom, p.imagetop);
  if (x < 0 || y < 0) return default_colour(p);
  Colour c;
  const std::byte* from = image.row(y) + std::size_t(x) * std::size_t(info(image.format()).bytes);
  kernels::load_pixels(image.format(), from, 1, &c[0], &c[1], &c[2], &c[3]);
  return c;
}

Colour mixed(const Pars& p, const Image& image, double u, double v) {
  const double x = u * image.width() - 0.5, y = v * image.height() - 0.5;
  const std::int64_t left = whole(x), low = whole(y);
  const double part_x = std::isfinite(x) ? x - std::floor(x) : 0, part_y = std::isfinite(y) ? y - std::floor(y) : 0;
  Colour sum{};
  for (int i = 0; i < 4; ++i) {
    const double weight = (i % 2 ? part_x : 1 - part_x) * (i / 2 ? part_y : 1 - part_y);
    if (weight == 0) continue;
    const Colour c = pixel(p, image, left + i % 2, low + i / 2);
    for (std::size_t k = 0; k < 4; ++k) sum[k] += float(weight) * c[k];
  }
  return sum;
}

void add(const Colour& colour, Colours& to) {
  for (std::size_t c = 0; c < 4; ++c) to[c].push_back(colour[c]);
}

}  // namespace

Rectangle rectangle_of(const Pars& p, int width, int height) {
  Rectangle all{{0, width}, {0, height}};
  if (p.crop == Crop::full) return all;
  all.columns = range(p.ustart, p.uend, p.uvunits, width);
  all.rows = range(p.vstart, p.vend, p.uvunits, height);
  if (p.crop == Crop::pixel || p.crop == Crop::col) all.columns.count = 1;
  if (p.crop == Crop::pixel || p.crop == Crop::row) all.rows.count = 1;
  return all;
}

Colours read_rectangle(const Pars& p, const Image& image, const Rectangle& rectangle) {
  Colours colours;
  const auto [columns, rows] = rectangle;
  for (auto& channel : colours) channel.reserve(std::size_t(columns.count * rows.count));
  if (columns.count == 1) {
    for (std::int64_t y = 0; y < rows.count; ++y) add(pixel(p, image, columns.first, rows.first + y), colours);
    return colours;
  }
  std::vector<int> places;
  for (std::int64_t x = 0; x < columns.count; ++x)
    places.push_back(place(columns.first + x, image.width(), p.imageleft, p.imageright));
  const std::size_t w = std::size_t(image.width());
  std::vector<float> row(4 * w);
  const Colour outside = default_colour(p);
  for (std::int64_t i = 0; i < rows.count; ++i) {
    const int y = place(rows.first + i, image.height(), p.imagebottom, p.imagetop);
    if (y >= 0) kernels::load_pixels(image.format(), image.row(y), int(w), &row[0], &row[w], &row[2 * w], &row[3 * w]);
    for (const int x : places)
      for (std::size_t c = 0; c < 4; ++c)
        colours[c].push_back(x < 0 || y < 0 ? outside[c] : row[c * w + std::size_t(x)]);
  }
  return colours;
}

Colours read_positions(const Pars& p, const Image& image, const std::vector<double>& u, const std::vector<double>& v) {
  Colours colours;
  for (std::size_t i = 0; i < u.size(); ++i) {
    if (p.interp == Interpolate::linear)
      add(mixed(p, image, u[i], v[i]), colours);
    else
      add(pixel(p, image, whole(u[i] * image.width()), whole(v[i] * image.height())), colours);
  }
  return colours;
}

}  // namespace cookline::topto_op
