#include "io/output_colour.h"

#include <vector>

#include "kernels/colour_space.h"
#include "kernels/pixels.h"

namespace cookline {

Image in_output_colour(const Image& image, const OutputColour& colour) {
  using namespace kernels;
  const ColourSpace* const to = colour_space_named(colour.space);
  // What is stored through the sRGB curve is stored values here, as in all files.
  const PixelFormat format = image.format() == PixelFormat::srgba8fixed ? PixelFormat::rgba8fixed : image.format();
  Image out(image.width(), image.height(), image.format());
  out.aspect = image.aspect;
  const ColourSpace& srgb = colour_spaces().front();
  const ColourTransform transform(srgb, to ? *to : srgb, to ? light_of_white(to->curve, colour.white) : 1);
  const int width = image.width();
  std::vector<float> planes(std::size_t(width) * 4);
  float* const r = planes.data();
  float *const g = r + width, *const b = g + width, *const a = b + width;
  for (int y = 0; y < image.height(); ++y) {
    load_pixels(format, image.row(y), width, r, g, b, a);
    if (to) transform(r, g, b, width);
    store_pixels(format, r, g, b, a, width, out.row(y));
  }
  return out;
}

}  // namespace cookline
