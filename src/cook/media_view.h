// How TOPs look at pictures of files: single fields, alpha in the lower half, colour multiplied by alpha.
#pragma once
#include "data/media.h"

namespace cookline {

// A picture in a view; its size and format are those of facts_of_view.
ImageHandle picture_in_view(const ImageHandle& image, const MediaView& view);

}  // namespace cookline
