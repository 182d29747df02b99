// Pictures that were stored lying on a side or mirrored, as cameras do, the right way up.
#pragma once
#include "data/image.h"

namespace cookline {

// A picture as EXIF's Orientation says it is to be seen: 1 as it is stored, 2 mirrored, 3 upside down, 4 both, 6 turned
// clockwise by 90 degrees, 8 anticlockwise, 5 and 7 those mirrored; any other number counts as 1. Of 5 to 8 width and
// height change places. Source: EXIF 2.32, tag 274.
Image oriented(Image image, int orientation);

// The same of its size alone, with undefined pixels.
Image oriented_size(Image image, int orientation);

}  // namespace cookline
