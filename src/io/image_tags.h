// What image files say besides their pixels: the colour space that they are in, and which way up they are.
#pragma once
#include <cstddef>
#include <span>
#include <string>

namespace cookline {

struct ImageTags {
  // Item of inputcolorspace; empty: the file says nothing, or of a space that is none of the items.
  std::string colour;
  int orientation = 1;  // EXIF's, 1 to 8 (io/image_orientation.h)
};

// Read are cICP, iCCP, sRGB and eXIf chunks of PNG, ICC profiles and EXIF of JPEG and WebP, tags of TIFF, and of
// OpenEXR our attribute colorSpace and chromaticities. What is damaged counts as not there.
ImageTags image_tags(std::span<const std::byte> bytes);

}  // namespace cookline
