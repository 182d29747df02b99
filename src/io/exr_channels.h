// Which channels of an OpenEXR a picture becomes. Used by the writer and the reader of src/io alone.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "data/float_format.h"
#include "data/image.h"
#include "io/exr_options.h"

namespace cookline {

struct ExrChannel {
  std::string name;
  int component;  // of a pixel of the stored format
};

inline bool is_half(PixelFormat format) { return info(format).component == Component::f16; }

// The channels of a picture under these names, in the order in which its format stores them.
std::vector<ExrChannel> exr_channels(PixelFormat format, const ExrNames& names);

// "diffuse" of "diffuse.R"; empty for names without a layer.
std::string_view exr_layer(std::string_view channel);
// "R" of both.
std::string_view exr_component(std::string_view channel);

// The names of all parts of a file, each its own. The first is of the picture itself.
std::vector<std::string> exr_part_names(const ExrOptions& options, PixelFormat format);

}  // namespace cookline
