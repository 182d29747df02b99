// Parameter Color Space: colour parameters given in another space, brought into the working space, sRGB.
#pragma once
#include <array>

#include "op/registry.h"

namespace cookline {

// A colour of the space with this index of the Parameter Color Space menu, as sRGB. Other primaries go through linear
// light, other whites are adapted (Bradford); values outside 0-1 keep their sign. Accurate to a float's precision.
std::array<double, 3> to_srgb(const std::array<double, 3>& colour, int space);

// Converts all colours among an operator's own parameters, if it has the menu and its choice asks for it.
void convert_colours(const TypeInfo& type, ParSet& pars);

}  // namespace cookline
