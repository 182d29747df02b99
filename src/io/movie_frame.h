// Decoded frames of FFmpeg as pictures. Used by src/io alone.
#pragma once
#include "base/result.h"
#include "data/image.h"

struct AVFrame;

namespace cookline {

// The picture of a frame, as io/movie_read.h says. Bytes depend neither on threads nor on the processor.
// Errors: a pixel format or colour matrix that is not read.
Result<Image> picture_of(const AVFrame& frame);

}  // namespace cookline
