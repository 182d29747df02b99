// How far two takes differ, image by image.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/image.h"
#include "render/take_log.h"

namespace cookline {

struct ImageDifference {
  std::int64_t index = 0;
  std::string a, b;     // paths; one is empty where only the other take has the image
  bool equal = false;   // the same file by the logs, or the same pixels
  double psnr_db = 0;   // of all channels, of pictures in 0 to 1; infinite for equal pictures
  double largest = 0;   // of all differences of two values
  std::string problem;  // why the two could not be compared: a file that cannot be read, another size
};

// Compares images of equal index, in order of it. Files are read where their hashes differ.
std::vector<ImageDifference> diff_takes(const TakeLog& a, const TakeLog& b);

// |a - b| of two pictures of one size, ten times as bright, opaque. Errors: they cannot be read.
Result<Image> picture_of_difference(const ImageDifference& difference);

}  // namespace cookline
