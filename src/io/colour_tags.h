// What image files say of the colour space they are in. sRGB needs no words but in a PNG; passthrough has none.
#pragma once
#include <cstddef>
#include <vector>

#include "io/output_colour.h"

namespace cookline {

// The ICC profile of a picture in this space; empty where the file says nothing.
std::vector<std::byte> profile_of(const OutputColour& colour, bool grey);

// Puts a profile into the bytes of a whole JPEG (APP2 segments) or WebP (a chunk before the picture).
void add_profile_to_jpeg(std::vector<std::byte>& file, const std::vector<std::byte>& profile);
void add_profile_to_webp(std::vector<std::byte>& file, const std::vector<std::byte>& profile, int width_px,
                         int height_px, bool alpha);

}  // namespace cookline
