// Conversion goes through the planar floats of kernels/pixels.h, so rounding is the operators' own.
#include "io/row_converter.h"

#include <cstring>

#include "kernels/pixels.h"

namespace cookline {
namespace {
PixelFormat as_stored(PixelFormat format) {
  return format == PixelFormat::srgba8fixed ? PixelFormat::rgba8fixed : format;
}
}  // namespace

RowConverter::RowConverter(PixelFormat from, PixelFormat to, int width_px)
    : from_(as_stored(from)), to_(as_stored(to)), width_(width_px) {
  if (from_ != to_) planes_.resize(std::size_t(width_px) * 4);
}

void RowConverter::operator()(const std::byte* from, std::byte* to) {
  if (from_ == to_) {
    std::memcpy(to, from, std::size_t(width_) * std::size_t(info(to_).bytes));
    return;
  }
  float* const r = planes_.data();
  float* const g = r + width_;
  float* const b = g + width_;
  float* const a = b + width_;
  kernels::load_pixels(from_, from, width_, r, g, b, a);
  kernels::store_pixels(to_, r, g, b, a, width_, to);
}

Image converted(const Image& image, PixelFormat format) {
  Image result(image.width(), image.height(), format);
  result.aspect = image.aspect;
  RowConverter convert(image.format(), format, image.width());
  for (int y = 0; y < image.height(); ++y) convert(image.row(y), result.row(y));
  return result;
}

}  // namespace cookline
