// Pictures of other TOPs brought to the size and pixel format of one that hands them on whole.
#pragma once
#include "op/cook.h"

namespace cookline {

// Writes the first slice of a picture in memory into a slice of `out`, stretched over it and sampled by `input_filter`
// (Cook::input_filter); unchanged where size and format are the same.
void fit_into(const ImageHandle& image, int input_filter, Image& out, int slice = 0);

// The picture itself, wherever it lies, if it has the cook's size, format and aspect; else a copy in memory of its
// first slice that has them. Fails if the picture cannot be fetched.
Result<ImageHandle> fitted(const ImageHandle& image, const Cook& cook);

}  // namespace cookline
