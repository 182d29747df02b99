#include "kernels/area.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "kernels/pixels.h"

namespace cookline::kernels {

AreaResize::Taps AreaResize::taps_of(int i, int from, int to) {
  Taps taps;
  if (from <= to) {
    const double at = std::clamp((i + 0.5) * from / to - 0.5, 0.0, double(from - 1));
    taps.first = int(at);
    const float part = float(at - taps.first);
    taps.weights = part > 0 ? std::vector<float>{1 - part, part} : std::vector<float>{1};
    return taps;
  }
  // In units of 1 / `to` of a pixel: output pixels are `from` long, input pixels `to`; all whole numbers.
  const std::int64_t begin = std::int64_t(i) * from, end = begin + from;
  taps.first = int(begin / to);
  for (std::int64_t pixel = taps.first; pixel * to < end; ++pixel) {
    const std::int64_t covered = std::min((pixel + 1) * to, end) - std::max(pixel * to, begin);
    taps.weights.push_back(float(double(covered) / from));
  }
  return taps;
}

AreaResize::AreaResize(ImageHandle image, int width_px, int height_px) : image_(std::move(image)) {
  for (int x = 0; x < width_px; ++x) columns_.push_back(taps_of(x, image_->width(), width_px));
  for (int y = 0; y < height_px; ++y) rows_.push_back(taps_of(y, image_->height(), height_px));
}

void AreaResize::row(int y, float* r, float* g, float* b, float* a) const {
  const std::size_t w = std::size_t(image_->width());
  std::vector<float> planes(4 * w), sum(4 * w), pixels(4 * w);
  // Rows first, as planes: long runs that vectorise.
  const Taps& rows = rows_[std::size_t(y)];
  for (std::size_t k = 0; k < rows.weights.size(); ++k) {
    load_pixels(image_->format(), image_->row(rows.first + int(k)), int(w), &planes[0], &planes[w], &planes[2 * w],
                &planes[3 * w]);
    const float weight = rows.weights[k];
    for (std::size_t i = 0; i < 4 * w; ++i) sum[i] += weight * planes[i];
  }
  // Then columns, four channels at a time.
  for (std::size_t x = 0; x < w; ++x)
    for (std::size_t c = 0; c < 4; ++c) pixels[4 * x + c] = sum[c * w + x];
  for (std::size_t x = 0; x < columns_.size(); ++x) {
    const Taps& columns = columns_[x];
    const float* from = &pixels[4 * std::size_t(columns.first)];
    float v[4] = {0, 0, 0, 0};
    for (const float weight : columns.weights) {
      for (int c = 0; c < 4; ++c) v[c] += weight * from[c];
      from += 4;
    }
    r[x] = v[0], g[x] = v[1], b[x] = v[2], a[x] = v[3];
  }
}

}  // namespace cookline::kernels
