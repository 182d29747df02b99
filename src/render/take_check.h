// Whether the images of a take are what its log says.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "render/take_log.h"

namespace cookline {

struct ImageFinding {
  std::string name;    // of the image's file
  std::string what;    // "missing", "cut off after 12 of 345 bytes", "is the picture of 0.7.png" …
  bool needed = true;  // the take is not right without it; false: a file that should not be there
  std::int64_t index = -1;
};

struct TakeCheck {
  std::vector<std::string> good;       // names of images that are as logged and made by the last header
  std::vector<ImageFinding> findings;  // by index
  bool whole = false;  // all images that the take should have are known: it ended, or it has a frame list
  bool passed() const { return whole && findings.empty(); }
  // Frame list of the images that are not there or not right ("3-5,9"); empty if there is none.
  std::string missing() const;
};

// Reads every file of the take. `others` are the logs of the same folder: a wrong file that is one of theirs is named
// so. Files that look like images of the take but are not in its log are findings too.
TakeCheck check_take(const TakeLog& log, std::span<const TakeLog> others);

// "0-3,7,9-11" of numbers in any order.
std::string frame_list_text(std::vector<std::int64_t> frames);

}  // namespace cookline
