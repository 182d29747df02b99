// Reading a stored image at positions that are not its own pixels: nearest, bilinear and mipmapped, with a rule for
// what lies outside.
#pragma once
#include <vector>

#include "data/image.h"

namespace cookline::kernels {

enum class Filter : std::uint8_t { nearest, linear, mipmap };
// Outside the image: the edge pixel, transparent black, the image again, the image mirrored.
enum class Extend : std::uint8_t { hold, zero, repeat, mirror };

// Where the centre of an output pixel lies in the input, in input pixels from its lower left corner (a pixel's centre
// is at half): x = xx·(column + ½) + xy·(row + ½) + x0, y likewise. The default maps every pixel on itself.
struct PixelMap {
  double xx = 1, xy = 0, x0 = 0;
  double yx = 0, yy = 1, y0 = 0;
};

// Stretches the whole of an input over the whole of an output; sizes in pixels.
PixelMap stretch(int input_width, int input_height, int output_width, int output_height);

// An image to sample from: its levels, each half the size of the one before. Without a pyramid there is only the first.
using Texture = std::vector<ImageHandle>;

// The image, and for Filter::mipmap its pyramid down to one pixel: box-filtered (odd sizes by area, so nothing shifts),
// in 32-bit float of the same layout.
Texture make_texture(ImageHandle image, Filter filter);

// Samples `count` output pixels of a row, from `column` on, into four planes. Every pixel depends on its own column and
// row alone. Linear filtering interpolates between pixel centres, in linear light for srgba8fixed; mipmap adds
// interpolation between the two levels nearest to the scale of the map. Where the map meets pixel centres exactly
// (same size, whole offsets, flips) the stored values come out unchanged with any filter.
void sample_run(const Texture& texture, Filter filter, Extend extend, const PixelMap& map, int column, int row,
                int count, float* r, float* g, float* b, float* a);

}  // namespace cookline::kernels
