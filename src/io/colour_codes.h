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

// The reverse: the space that primaries and transfer mean, empty where it is none of those above. The curves of
// BT.601, BT.709 and BT.2020 are one.
std::string_view space_of_codes(int primaries, int transfer);

}  // namespace cookline
