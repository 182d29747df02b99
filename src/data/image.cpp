#include "data/image.h"

#include <cstdlib>
#include <new>

namespace cookline {

Image::Image(int width_px, int height_px, PixelFormat format) : width_(width_px), height_(height_px), format_(format) {
  const std::size_t padded = (bytes() + 127) / 64 * 64;
  pixels_.reset(static_cast<std::byte*>(std::aligned_alloc(64, padded)));
  if (!pixels_) throw std::bad_alloc();
}

void Image::Free::operator()(std::byte* p) const { std::free(p); }

}  // namespace cookline
