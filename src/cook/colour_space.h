// Parameter Color Space: colour parameters given in another space, brought into the working space, sRGB.
#pragma once
#include <array>
#include <string_view>

#include "op/registry.h"

namespace cookline {

// A colour of a space by its item of the Parameter Color Space menu, as sRGB: see kernels/colour_space.h.
std::array<double, 3> to_srgb(const std::array<double, 3>& colour, std::string_view space);

// Converts all colours among an operator's own parameters, if it has the menu and its choice asks for it.
void convert_colours(const TypeInfo& type, ParSet& pars);

}  // namespace cookline
