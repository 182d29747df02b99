#include "ops/top/support/fitted.h"

#include <algorithm>

#include "base/parallel.h"
#include "kernels/pixels.h"
#include "kernels/resample.h"

namespace cookline {

void fit_into(const ImageHandle& image, int input_filter, Image& out, int slice) {
  const int w = out.width(), h = out.height();
  if (image->width() == w && image->height() == h && image->format() == out.format()) {
    std::copy_n(image->row(0), image->slice_bytes(), out.row(0, slice));
    return;
  }
  const auto filter = kernels::Filter(input_filter);
  const kernels::Texture texture = kernels::make_texture(image, filter);
  const kernels::PixelMap map = kernels::stretch(image->width(), image->height(), w, h);
  parallel_for(h, [&](std::int64_t row) {
    const int y = int(row);
    const std::size_t n = std::size_t(w);
    std::vector<float> planes(4 * n);
    float *r = planes.data(), *g = r + n, *b = g + n, *a = b + n;
    kernels::sample_run(texture, filter, kernels::Extend::hold, map, 0, y, w, r, g, b, a);
    kernels::store_pixels(out.format(), r, g, b, a, w, out.row(y, slice));
  });
}

Result<ImageHandle> fitted(const ImageHandle& image, const Cook& cook) {
  const bool same_pixels =
      image->width() == cook.width_px && image->height() == cook.height_px && image->format() == cook.format;
  if (same_pixels && image->aspect == cook.aspect) return image;
  if (Status status = image->fetch(); !status) return status.error();
  auto out = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format);
  out->aspect = cook.aspect;
  fit_into(image, cook.input_filter, *out);
  return ImageHandle(out);
}

}  // namespace cookline
