// Attributes of an OpenEXR's header from text. Used by src/io alone; what throws is the library.
#pragma once
#include <ImfHeader.h>

#include <optional>
#include <string>
#include <string_view>

#include "io/exr_options.h"

namespace cookline {

// Names of our own attributes.
inline constexpr const char* exr_space_attribute = "colorSpace";   // item of outputcolorspace, where it is not sRGB
inline constexpr const char* exr_points_attribute = "pointcloud";  // int 1

// Adds an attribute, which check_exr_attribute has passed.
void add_exr_attribute(Imf::Header& header, const ExrAttribute& attribute);

// Whether an attribute describes the file itself, not what it is of.
bool is_own_exr_attribute(std::string_view name);

// The value of an attribute as it is written in tables; nothing for types that people do not read.
std::optional<std::string> exr_attribute_text(const Imf::Attribute& attribute);

}  // namespace cookline
