// The little that is read and changed in SPIR-V itself.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gpu/shader.h"

namespace cookline {

// Specialisation constants with names.
std::vector<SpecialConstant> special_constants(const std::vector<std::uint32_t>& module);

// Whether samplers are indexed by what differs from pixel to pixel.
bool has_uneven_indices(const std::vector<std::uint32_t>& module);

// Gives the inputs of a pixel stage the locations of the vertex stage's outputs of the same names. Returns the names
// that the vertex stage does not write.
std::vector<std::string> match_locations(const std::vector<std::uint32_t>& vertex, std::vector<std::uint32_t>& pixel);

}  // namespace cookline
