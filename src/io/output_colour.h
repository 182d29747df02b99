// Output Color Space: pictures brought from sRGB, which they are computed in, into the colour space of a file.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "data/image.h"
#include "kernels/colour_space.h"

namespace cookline {

struct OutputColour {
  std::string space = "srgb";     // item of outputcolorspace; "passthrough" leaves pixels and file as they are
  std::string white = "default";  // item of outputreferencewhite; of spaces with a peak
  // Whether pixels change.
  bool converts() const { return space != "srgb" && space != "passthrough"; }
};

// Rows of pixels brought into the space and into another format.
class OutputRows {
 public:
  // Rows of `width_px` pixels. sRGB-encoded pixels count as what is stored, in both formats.
  OutputRows(PixelFormat from, PixelFormat to, int width_px, const OutputColour& colour);
  // Writes one row; `from` and `to` do not overlap.
  void operator()(const std::byte* from, std::byte* to);

 private:
  PixelFormat from_, to_;
  int width_;
  std::optional<kernels::ColourTransform> transform_;
  std::vector<float> planes_;
};

// The picture in that space, in its own pixel format. Grey stays grey; alpha is not changed.
Image in_output_colour(const Image& image, const OutputColour& colour);

}  // namespace cookline
