#include "cook/media_view.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "base/parallel.h"
#include "kernels/colour_space.h"
#include "kernels/pixels.h"

namespace cookline {
namespace {

bool changes_pixels(const MediaView& view) {
  return view.bottom_half_alpha || view.multiply_rgb || !view.colour.empty();
}

// From the space of the view into sRGB; nothing for what is taken as it is.
std::optional<kernels::ColourTransform> transform_of(const MediaView& view) {
  const kernels::ColourSpace* const from = kernels::colour_space_named(view.colour);
  if (!from) return std::nullopt;
  return kernels::ColourTransform(*from, kernels::colour_spaces().front(),
                                  kernels::light_of_white(from->curve, view.white));
}

}  // namespace

ImageHandle picture_in_view(const ImageHandle& image, const MediaView& view) {
  if (view == MediaView{}) return image;
  const PictureFacts facts = facts_of_view({image->width(), image->height(), image->aspect, image->format(), {}}, view);
  auto seen = std::make_shared<Image>(facts.width_px, facts.height_px, facts.format);
  seen->aspect = facts.aspect;
  const int height = image->height(), step = view.field == Field::both ? 1 : 2;
  // The row of the picture that is row y of the field, both counted from the top.
  const auto source = [&](int y) {
    return image->row(height - 1 - std::min(height - 1, y * step + (view.field == Field::odd)));
  };
  const int width = facts.width_px;
  const std::optional<kernels::ColourTransform> transform = transform_of(view);
  // Of another space the values are what is stored, whatever curve the format has.
  const PixelFormat stored =
      transform && image->format() == PixelFormat::srgba8fixed ? PixelFormat::rgba8fixed : image->format();
  parallel_for(facts.height_px, [&](std::int64_t y) {
    std::byte* to = seen->row(facts.height_px - 1 - int(y));
    if (!changes_pixels(view)) {
      std::memcpy(to, source(int(y)), image->row_bytes());
      return;
    }
    std::vector<float> planes(std::size_t(width) * 8);
    float *r = planes.data(), *g = r + width, *b = g + width, *a = b + width, *lower = a + width;
    kernels::load_pixels(stored, source(int(y)), width, r, g, b, a);
    if (view.bottom_half_alpha) {
      kernels::load_pixels(stored, source(int(y) + facts.height_px), width, lower, lower + width, lower + 2 * width,
                           lower + 3 * width);
      std::copy_n(lower, width, a);
    }
    if (transform) (*transform)(r, g, b, width);
    for (int x = 0; x < width && view.multiply_rgb; ++x) r[x] *= a[x], g[x] *= a[x], b[x] *= a[x];
    kernels::store_pixels(facts.format, r, g, b, a, width, to);
  });
  return seen;
}

}  // namespace cookline
