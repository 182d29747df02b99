// Movies as media, decoded by FFmpeg: frames by index, exactly, in any order.
#pragma once
#include <filesystem>
#include <memory>

#include "data/media.h"
#include "io/picture_store.h"

namespace cookline {

// The first video stream of a movie. Its packets are read once, to know where each frame begins: frame i is the i-th in
// the order in which they are shown, decoded from the key frame before it. Frames of 8 bits are rgba8fixed (grey:
// mono8fixed), of more bits rgba16fixed or rgba32float. RGB is taken as it is stored; YUV by the matrix and range that
// the stream states, else BT.709 from 720 rows on, BT.601 below, limited range.
// Errors: no movie, no decoder for it, cut off before the length that it states, damaged frames.
Result<MediaHandle> open_movie(const std::filesystem::path& path, std::shared_ptr<PictureStore> pictures);

}  // namespace cookline
