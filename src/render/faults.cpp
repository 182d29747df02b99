#include "render/faults.h"

#include <algorithm>
#include <span>
#include <vector>

#include "kernels/pixels.h"

namespace cookline {

std::optional<OnFault> on_fault_named(std::string_view name) {
  const auto found = std::ranges::find(on_fault_names, name);
  if (found == on_fault_names.end()) return std::nullopt;
  return OnFault(found - on_fault_names.begin());
}

Image black_image(int width_px, int height_px, PixelFormat format) {
  Image image(width_px, height_px, format);
  const auto width = std::size_t(width_px);
  const std::vector<float> zeros(width, 0.0f), ones(width, 1.0f);
  for (int y = 0; y < height_px; ++y)
    kernels::store_pixels(format, zeros.data(), zeros.data(), zeros.data(), ones.data(), width_px, image.row(y));
  return image;
}

bool is_black(const Image& image) {
  const auto width = std::size_t(image.width());
  const bool alpha_alone = info(image.format()).layout == Layout::a;
  std::vector<float> planes(4 * width);
  float *r = planes.data(), *g = r + width, *b = g + width, *a = b + width;
  for (int y = 0; y < image.height(); ++y) {
    kernels::load_pixels(image.format(), image.row(y), image.width(), r, g, b, a);
    const std::span<const float> seen = alpha_alone ? std::span<const float>(a, width) : std::span(r, 3 * width);
    if (std::ranges::any_of(seen, [](float value) { return value != 0; })) return false;
  }
  return true;
}

}  // namespace cookline
