// ICC profiles of the colour spaces that pictures are written in, for files whose formats can hold one.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace cookline {

// A profile (ICC version 4) of RGB or grey pictures in the space by its item of outputcolorspace, always the same
// bytes. Empty for passthrough and for ACESproxy, which is for cameras and not for display.
std::vector<std::byte> icc_profile(std::string_view space, bool grey);

// The space that a profile describes, ours or another program's, by its primaries and curve (of grey by the curve);
// empty where it is none of those that icc_profile knows.
std::string_view space_of_profile(std::span<const std::byte> profile);

}  // namespace cookline
