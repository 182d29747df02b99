// What an OpenEXR file holds besides the picture itself: names of channels, further pictures, attributes of its header.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/image.h"

namespace cookline {

// Names of red, green, blue and alpha; an empty one is not written. One of grey takes the name of red, which is Y
// where that is R.
using ExrNames = std::array<std::string, 4>;

// A picture in the file besides the first one.
struct ExrLayer {
  std::string source;  // the operator it is of, for messages and for the name of its part
  ExrNames names = {"R", "G", "B", "A"};
  int width_px = 0, height_px = 0;
  PixelFormat format = PixelFormat::rgba8fixed;
  ImageHandle image;  // once it is cooked
};

// An attribute of the header as text.
struct ExrAttribute {
  std::string name, value;
  std::string type;  // empty: that of the standard attribute of this name, else string
};

struct ExrOptions {
  std::string source;  // of the picture itself, for messages
  ExrNames names = {"R", "G", "B", "A"};
  std::vector<ExrLayer> layers;
  std::vector<ExrAttribute> attributes;
  bool parts = false;   // each picture is a part of its own, in place of all in one
  bool points = false;  // channels are coordinates and attributes of points: the header says so, no colour is converted
};

// Whether a file of a first picture with this size and format can hold all layers. Errors, which name the operator: two
// channels with one name in a part, or parts with one name; no channel that has a name; pictures of different size
// without `parts`.
Status check_exr(const ExrOptions& options, int width_px, int height_px, PixelFormat format);

// Whether a header can have this attribute: the name is none of the format's own, the value is right for the type.
Status check_exr_attribute(const ExrAttribute& attribute);

// Whether it can be the name of a channel: at most 255 bytes without control characters.
Status check_exr_channel_name(std::string_view name);

}  // namespace cookline
