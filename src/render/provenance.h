// What an image says of how it was made, so that it can be rendered again: a JSON object without clock, host or folder,
// so that the same frame of the same project is the same file.
#pragma once
#include <string>

#include "render/writer.h"

namespace cookline {

// What all images of a run say alike.
struct RunProvenance {
  std::string engine;        // version
  std::string project;       // name of the project's file, without its folder
  std::string project_hash;  // of the network as it was loaded
  std::string recipe;        // JSON object: the command, as far as it changes pixels
};

struct Provenance {
  RunProvenance run;
  std::string sink;  // the operator whose picture it is
  std::int64_t take = 0, index = 0, frame = 0, order = -1;
  int width_px = 0, height_px = 0;
  std::string format;  // pixel format
  std::string pixels;  // hash of the picture before it was encoded, hash_pixels in hexadecimal
};

// As compact JSON in ASCII.
std::string provenance_text(const RunProvenance& run, const WrittenImage& image);
// The reverse. Errors: it is damaged.
Result<Provenance> parse_provenance(const std::string& text);

}  // namespace cookline
