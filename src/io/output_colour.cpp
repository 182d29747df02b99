#include "io/output_colour.h"

#include "kernels/pixels.h"

namespace cookline {
namespace {
// What is stored through the sRGB curve is stored values here, as in all files.
PixelFormat as_stored(PixelFormat format) {
  return format == PixelFormat::srgba8fixed ? PixelFormat::rgba8fixed : format;
}
}  // namespace

OutputRows::OutputRows(PixelFormat from, PixelFormat to, int width_px, const OutputColour& colour)
    : from_(as_stored(from)), to_(as_stored(to)), width_(width_px), planes_(std::size_t(width_px) * 4) {
  if (const kernels::ColourSpace* const space = kernels::colour_space_named(colour.space); space && colour.converts())
    transform_.emplace(kernels::colour_spaces().front(), *space, kernels::light_of_white(space->curve, colour.white));
}

void OutputRows::operator()(const std::byte* from, std::byte* to) {
  float* const r = planes_.data();
  float *const g = r + width_, *const b = g + width_, *const a = b + width_;
  kernels::load_pixels(from_, from, width_, r, g, b, a);
  if (transform_) (*transform_)(r, g, b, width_);
  kernels::store_pixels(to_, r, g, b, a, width_, to);
}

Image in_output_colour(const Image& image, const OutputColour& colour) {
  Image out(image.width(), image.height(), image.format());
  out.aspect = image.aspect;
  OutputRows rows(image.format(), image.format(), image.width(), colour);
  for (int y = 0; y < image.height(); ++y) rows(image.row(y), out.row(y));
  return out;
}

}  // namespace cookline
