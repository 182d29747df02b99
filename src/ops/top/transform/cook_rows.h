// Whole pictures cooked row by row on all cores, for TOPs that read their inputs at other positions.
#pragma once
#include <algorithm>
#include <vector>

#include "base/parallel.h"
#include "kernels/pixels.h"
#include "kernels/planes.h"
#include "op/cook.h"

namespace cookline {

// Four planes of one row, cut from `memory`.
inline kernels::Planes row_planes(std::vector<float>& memory, int width) {
  memory.resize(std::size_t(width) * 4);
  float* p = memory.data();
  return {p, p + width, p + 2 * width, p + 3 * width};
}

// Fills the output picture: make_worker() gives each thread's task a function row(y, planes), which fills a row.
template <class MakeWorker>
ImageHandle cook_rows(const Cook& cook, MakeWorker make_worker) {
  auto image = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format);
  image->aspect = cook.aspect;
  const int rows = std::max(1, 32768 / cook.width_px);
  parallel_for((cook.height_px + rows - 1) / rows, [&](std::int64_t task) {
    const int first = int(task) * rows, last = std::min(cook.height_px, first + rows);
    std::vector<float> memory;
    const kernels::Planes row = row_planes(memory, cook.width_px);
    auto worker = make_worker();
    for (int y = first; y < last; ++y) {
      worker(y, row);
      kernels::store_pixels(cook.format, row.r, row.g, row.b, row.a, cook.width_px, image->row(y));
    }
  });
  return image;
}

}  // namespace cookline
