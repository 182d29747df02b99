#include "kernels/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "kernels/pixels.h"

namespace cookline::kernels {
namespace {

constexpr int block = 128;  // pixels handled at once; all scratch memory is on the stack
using Planes = std::array<float*, 4>;
struct Block {
  alignas(64) float plane[4][block];
};

// ---- Positions along one axis.

// The pixels that a position lies between and how far towards the second; -1 is outside.
struct Axis {
  alignas(64) int low[block], high[block] = {};
  alignas(64) float fraction[block] = {};
};

// Index of a pixel that may lie outside [0, size), brought inside or -1. Whole numbers, as doubles.
template <Extend E>
inline int place(double index, double size) {
  if constexpr (E == Extend::zero) return index >= 0 && index < size ? int(index) : -1;
  if constexpr (E == Extend::repeat) index -= size * std::floor(index / size);
  if constexpr (E == Extend::mirror) {
    index -= 2 * size * std::floor(index / (2 * size));
    index = std::min(index, 2 * size - 1 - index);
  }
  return int(std::min(std::max(0.0, index), size - 1));
}

template <Extend E>
void place_axis(double start, double step, int column, int count, int size, bool between, Axis& axis) {
  alignas(64) double at[block], low[block];
  const double shift = between ? 0.5 : 0.0;
  for (int i = 0; i < count; ++i) {
    // The limit keeps whole numbers exact, and NaN out: std::max gives its first argument for it.
    const double exact = step * (double(column + i) + 0.5) + start - shift;
    at[i] = std::min(std::max(-0x1p40, exact), 0x1p40);
    low[i] = std::floor(at[i]);
  }
  for (int i = 0; i < count; ++i) axis.low[i] = place<E>(low[i], size);
  if (!between) return;
  for (int i = 0; i < count; ++i) axis.high[i] = place<E>(low[i] + 1, size);
  for (int i = 0; i < count; ++i) axis.fraction[i] = float(at[i] - low[i]);
}

// An axis that the row does not move along (the usual case for y) is the same for all its pixels.
void repeat_first(int count, Axis& axis) {
  std::fill_n(axis.low, count, int(axis.low[0]));
  std::fill_n(axis.high, count, int(axis.high[0]));
  std::fill_n(axis.fraction, count, float(axis.fraction[0]));
}

void place_axis(Extend extend, double start, double step, int column, int run, int size, bool between, Axis& axis) {
  const int count = step == 0 ? 1 : run;
  switch (extend) {
    case Extend::hold:
      place_axis<Extend::hold>(start, step, column, count, size, between, axis);
      break;
    case Extend::zero:
      place_axis<Extend::zero>(start, step, column, count, size, between, axis);
      break;
    case Extend::repeat:
      place_axis<Extend::repeat>(start, step, column, count, size, between, axis);
      break;
    case Extend::mirror:
      place_axis<Extend::mirror>(start, step, column, count, size, between, axis);
      break;
  }
  if (step == 0) repeat_first(run, axis);
}

// ---- Stored pixels at those positions.

template <std::size_t Bytes>
void collect(const std::byte* pixels, const unsigned* index, int count, std::byte* to) {
  for (int i = 0; i < count; ++i)
    std::memcpy(to + std::size_t(i) * Bytes, pixels + std::size_t(index[i]) * Bytes, Bytes);
}

void collect(const Image& image, const unsigned* index, int count, std::byte* to) {
  switch (info(image.format()).bytes) {
    case 1:
      return collect<1>(image.row(0), index, count, to);
    case 2:
      return collect<2>(image.row(0), index, count, to);
    case 4:
      return collect<4>(image.row(0), index, count, to);
    case 6:
      return collect<6>(image.row(0), index, count, to);
    case 8:
      return collect<8>(image.row(0), index, count, to);
    case 12:
      return collect<12>(image.row(0), index, count, to);
    default:
      return collect<16>(image.row(0), index, count, to);
  }
}

void fetch(const Image& image, Extend extend, const int* x, const int* y, int count, Block& out) {
  alignas(64) std::byte stored[block * 16];
  alignas(64) unsigned index[block];
  const unsigned width = unsigned(image.width());
  for (int i = 0; i < count; ++i) index[i] = unsigned(std::max(y[i], 0)) * width + unsigned(std::max(x[i], 0));
  collect(image, index, count, stored);
  load_pixels(image.format(), stored, count, out.plane[0], out.plane[1], out.plane[2], out.plane[3]);
  if (extend != Extend::zero) return;
  for (auto& plane : out.plane)
    for (int i = 0; i < count; ++i) plane[i] = (x[i] | y[i]) < 0 ? 0.0f : plane[i];
}

// from + (to - from) · t; the same value on both sides stays that value.
void mix(Block& from, const Block& to, const float* t, int count) {
  for (int c = 0; c < 4; ++c)
    for (int i = 0; i < count; ++i) from.plane[c][i] += (to.plane[c][i] - from.plane[c][i]) * t[i];
}

// ---- One level.

struct Row {
  double x, y, step_x, step_y;
};  // position of column c: x + step_x·(c + ½), y + step_y·(c + ½)

bool whole(double v) { return v == std::floor(v); }

// Every pixel of the row lies on the centre of an input pixel: nothing to interpolate.
bool on_centres(const Row& row) {
  return whole(row.step_x) && whole(row.step_y) && whole(row.x + row.step_x / 2 - 0.5) &&
         whole(row.y + row.step_y / 2 - 0.5);
}

void sample_level(const Image& image, bool nearest, Extend extend, const Row& row, int column, int count, Block& out) {
  const bool between = !nearest && !on_centres(row);
  Axis x, y;
  place_axis(extend, row.x, row.step_x, column, count, image.width(), between, x);
  place_axis(extend, row.y, row.step_y, column, count, image.height(), between, y);
  fetch(image, extend, x.low, y.low, count, out);
  if (!between) return;
  Block right, above;
  fetch(image, extend, x.high, y.low, count, right);
  mix(out, right, x.fraction, count);
  fetch(image, extend, x.low, y.high, count, above);
  fetch(image, extend, x.high, y.high, count, right);
  mix(above, right, x.fraction, count);
  mix(out, above, y.fraction, count);
}

// ---- Levels.

// log2 of v >= 1 by the series of the inverse hyperbolic tangent, exact to 1e-9: libm differs from host to host.
double log2_of(double v) {
  int exponent = 0;
  const double m = 2 * std::frexp(v, &exponent);  // [1, 2)
  const double s = (m - 1) / (m + 1), z = s * s;
  double sum = 0;
  for (int k = 17; k >= 1; k -= 2) sum = sum * z + 1.0 / k;
  return exponent - 1 + 2.8853900817779268 * s * sum;
}

// Level of the pyramid for a map: log2 of the longer side of an output pixel seen in the input.
double level_of(const PixelMap& map, std::size_t levels) {
  const double side = std::max(map.xx * map.xx + map.yx * map.yx, map.xy * map.xy + map.yy * map.yy);
  return side > 1 ? std::min(log2_of(std::min(side, 0x1p99)) / 2, double(levels - 1)) : 0.0;
}

// The row of the map in a level that is `scale` times smaller.
Row scaled_row(const PixelMap& map, int row, const Image& first, const Image& level) {
  const double sx = double(level.width()) / first.width(), sy = double(level.height()) / first.height();
  return {(map.xy * (row + 0.5) + map.x0) * sx, (map.yy * (row + 0.5) + map.y0) * sy, map.xx * sx, map.yx * sy};
}

// ---- The pyramid.

// The inputs of output i when n pixels become max(1, n/2), and their weights: two, or for odd n three by area.
struct Taps {
  int first;
  std::array<float, 3> weight;
};
Taps taps_of(int i, int n) {
  if (n == 1) return {0, {1, 0, 0}};
  if (n % 2 == 0) return {2 * i, {0.5f, 0.5f, 0}};
  const int half = n / 2;
  const double area = n;
  return {2 * i, {float((half - i) / area), float(half / area), float((i + 1) / area)}};
}

// Adds weight · the rows of `image` to four planes of its width.
void add_row(const Image& image, int y, float weight, std::vector<float>& row, std::vector<float>& sum) {
  const std::size_t w = std::size_t(image.width());
  load_pixels(image.format(), image.row(y), image.width(), &row[0], &row[w], &row[2 * w], &row[3 * w]);
  for (std::size_t i = 0; i < 4 * w; ++i) sum[i] += weight * row[i];
}

ImageHandle half_size(const Image& image) {
  const int w = image.width(), half_w = std::max(1, w / 2), half_h = std::max(1, image.height() / 2);
  auto half = std::make_shared<Image>(half_w, half_h, as_float32(image.format()));
  std::vector<float> row(4 * std::size_t(w)), sum(row.size()), narrow(4 * std::size_t(half_w));
  for (int y = 0; y < half_h; ++y) {
    const Taps rows = taps_of(y, image.height());
    std::fill(sum.begin(), sum.end(), 0.0f);
    for (int k = 0; k < 3; ++k)
      if (rows.weight[std::size_t(k)] > 0) add_row(image, rows.first + k, rows.weight[std::size_t(k)], row, sum);
    for (int c = 0; c < 4; ++c)
      for (int x = 0; x < half_w; ++x) {
        const Taps columns = taps_of(x, w);
        float v = 0;
        for (int k = 0; k < 3; ++k)
          if (columns.weight[std::size_t(k)] > 0)
            v += columns.weight[std::size_t(k)] * sum[std::size_t(c * w + columns.first + k)];
        narrow[std::size_t(c * half_w + x)] = v;
      }
    const float* p = narrow.data();
    store_pixels(half->format(), p, p + half_w, p + 2 * half_w, p + 3 * half_w, half_w, half->row(y));
  }
  return half;
}

}  // namespace

PixelMap stretch(int input_width, int input_height, int output_width, int output_height) {
  PixelMap map;
  map.xx = double(input_width) / output_width;
  map.yy = double(input_height) / output_height;
  return map;
}

Texture make_texture(ImageHandle image, Filter filter) {
  Texture levels{std::move(image)};
  while (filter == Filter::mipmap && (levels.back()->width() > 1 || levels.back()->height() > 1))
    levels.push_back(half_size(*levels.back()));
  return levels;
}

void sample_run(const Texture& texture, Filter filter, Extend extend, const PixelMap& map, int column, int row,
                int count, float* r, float* g, float* b, float* a) {
  const double level = filter == Filter::mipmap ? level_of(map, texture.size()) : 0.0;
  const std::size_t fine = std::size_t(level), coarse = std::min(fine + 1, texture.size() - 1);
  const bool nearest = filter == Filter::nearest;
  const Image& first = *texture[0];
  std::array<float, block> t;
  t.fill(float(level - double(fine)));
  Block out, next;
  for (int done = 0; done < count; done += block) {
    const int n = std::min(block, count - done);
    sample_level(*texture[fine], nearest, extend, scaled_row(map, row, first, *texture[fine]), column + done, n, out);
    if (t[0] > 0) {
      sample_level(*texture[coarse], nearest, extend, scaled_row(map, row, first, *texture[coarse]), column + done, n,
                   next);
      mix(out, next, t.data(), n);
    }
    int c = 0;
    for (float* plane : Planes{r, g, b, a}) std::copy_n(out.plane[c++], n, plane + done);
  }
}

}  // namespace cookline::kernels
