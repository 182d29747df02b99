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

std::string_view space_of_codes(int primaries, int transfer) {
  const auto television = [](int code) { return code == 1 || code == 6 || code == 14 || code == 15; };
  const auto same = [&](const ColourCodes& c) {
    const bool ntsc = c.primaries == 6 && (primaries == 6 || primaries == 7);  // two numbers for the same primaries
    const bool curve = c.transfer == transfer || (television(c.transfer) && television(transfer));
    return (c.primaries == primaries || ntsc) && curve;
  };
  const auto* const found = std::find_if(std::begin(codes), std::end(codes), same);
  return found == std::end(codes) ? std::string_view() : found->space;
}

}  // namespace cookline
