// Output Color Space: pictures brought from sRGB, which they are computed in, into the colour space of a file.
#pragma once
#include <string>

#include "data/image.h"

namespace cookline {

struct OutputColour {
  std::string space = "srgb";     // item of outputcolorspace; "passthrough" leaves pixels and file as they are
  std::string white = "default";  // item of outputreferencewhite; of spaces with a peak
  // Whether pixels change.
  bool converts() const { return space != "srgb" && space != "passthrough"; }
};

// The picture in that space, in its own pixel format. Grey stays grey; alpha is not changed.
Image in_output_colour(const Image& image, const OutputColour& colour);

}  // namespace cookline
