// The files that operators read: whether they are there and what they are, without decoding them and without Python.
#pragma once
#include <optional>
#include <string>

#include "cook/engine.h"

namespace cookline {

struct PlannedMedium {
  std::string where;  // the parameter: "/show/movie1.file", behind its place in the project's file
  std::string file;   // as the parameter names it
  std::string kind;   // image, sequence, movie, sound, text; empty if it is missing or cannot be read
  bool present = false;
  int width_px = 0, height_px = 0;    // of the first picture there is
  std::int64_t images = 0;            // of a sequence or movie
  Rate rate{0, 1};                    // of a movie
  std::vector<std::int64_t> missing;  // numbers of a sequence that have no file
  int channels = 0;                   // of a sound
  double rate_hz = 0, seconds = 0;
  std::string problem;  // what is wrong with it; empty: nothing
  bool fatal = false;   // a picture that needs it cannot be rendered
};

// The file that a parameter names; nothing for a parameter that names none, or one by an expression.
std::optional<PlannedMedium> planned_medium(const Engine& engine, const Node& node, const Parameter& par);

// "image 24x14", "movie 24x14, 10 images, 60 images/s", "missing".
std::string to_text(const PlannedMedium& medium);

}  // namespace cookline
