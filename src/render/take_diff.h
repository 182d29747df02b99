// How far two takes differ, picture by picture.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/image.h"
#include "io/media.h"
#include "render/take_log.h"

namespace cookline {

struct TakePicture {
  std::string path = {};                      // of its file; empty: the take has no such picture
  std::optional<std::int64_t> in_movie = {};  // which of the movie's pictures it is, from 0
};

struct PictureDifference {
  std::int64_t index = 0;
  TakePicture a, b;     // one has no path where only the other take has the picture
  bool equal = false;   // the same file by the logs, or the same pixels
  double psnr_db = 0;   // of all channels, of pictures in 0 to 1; infinite for equal pictures
  double largest = 0;   // of all differences of two values
  std::string problem;  // why the two could not be compared: a file that cannot be read, another size
};

// What stands for a take of which there is only a movie, or one image: its log would say no more than the name.
TakeLog log_of_file(const std::filesystem::path& file);

// Compares pictures of equal index, in order of it; a movie's have those of the other take's images, in their order, or
// count from 0. Files are read where their hashes differ. Errors: a movie cannot be opened.
Result<std::vector<PictureDifference>> diff_takes(const TakeLog& a, const TakeLog& b, MediaPool& movies);

// |a - b| of two pictures of one size, ten times as bright, opaque. Errors: they cannot be read.
Result<Image> picture_of_difference(const PictureDifference& difference, MediaPool& movies);

}  // namespace cookline
