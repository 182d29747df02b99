// Colour spaces as files name them: the code points of ITU-T H.273, which PNG's cICP chunk and movies share.
#pragma once
#include <string_view>

namespace cookline {

struct ColourCodes {
  std::string_view space;           // item of outputcolorspace
  int primaries = 2, transfer = 2;  // 2: unspecified
  int matrix = 1;                   // of luma and chroma in movies
  bool known() const { return primaries != 2 && transfer != 2; }
};

// All 2 but the matrix for passthrough and spaces that H.273 does not know.
ColourCodes colour_codes(std::string_view space);

}  // namespace cookline
