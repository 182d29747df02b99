// Pictures of random pixels for the tests of kernels that look at whole pictures.
#pragma once
#include <memory>

#include "kernels/kernel_testing.h"
#include "kernels/pixels.h"

namespace cookline::kernels {

inline ImageHandle random_image(int width, int height, PixelFormat format, std::uint64_t seed) {
  auto image = std::make_shared<Image>(width, height, format);
  for (int y = 0; y < height; ++y) {
    const TestPlanes p = random_planes(width, seed + std::uint64_t(y), -0.2, 1.2);
    store_pixels(format, p[0], p[1], p[2], p[3], width, image->row(y));
  }
  return image;
}

inline TestPlanes row_of(const Image& image, int y) {
  TestPlanes p(image.width());
  load_pixels(image.format(), image.row(y), image.width(), p[0], p[1], p[2], p[3]);
  return p;
}

}  // namespace cookline::kernels
