// Rows of pixels from the format a TOP has to the format a file holds.
#pragma once
#include <cstddef>
#include <vector>

#include "data/image.h"

namespace cookline {

class RowConverter {
 public:
  // Rows of `width_px` pixels. sRGB-encoded pixels count as what is stored, not as the linear light they stand for.
  RowConverter(PixelFormat from, PixelFormat to, int width_px);

  // Writes one converted row; `from` and `to` do not overlap.
  void operator()(const std::byte* from, std::byte* to);

 private:
  PixelFormat from_, to_;
  int width_;
  std::vector<float> planes_;  // r, g, b, a of one row; unused where the formats are equal
};

// The whole picture in another format.
Image converted(const Image& image, PixelFormat format);

}  // namespace cookline
