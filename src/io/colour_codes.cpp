#include "io/colour_codes.h"

#include <algorithm>
#include <iterator>

namespace cookline {
namespace {

// sRGB and the wide spaces use the luma weights of the television standard nearest to their primaries.
constexpr ColourCodes codes[] = {
    {"srgb", 1, 13, 1},          {"srgblinear", 1, 8, 1},          {"rec601ntsc", 6, 6, 6},  {"rec709", 1, 1, 1},
    {"rec2020", 9, 14, 9},       {"rec2020st2084pq", 9, 16, 9},    {"rec2020hlg", 9, 18, 9}, {"dcip3", 11, 17, 1},
    {"displayp3d65", 12, 13, 1}, {"displayp3d65linear", 12, 8, 1},
};

}  // namespace

ColourCodes colour_codes(std::string_view space) {
  const auto* const found =
      std::find_if(std::begin(codes), std::end(codes), [&](const ColourCodes& c) { return c.space == space; });
  return found == std::end(codes) ? ColourCodes{.space = space} : *found;
}

}  // namespace cookline
