// Uniforms whose names mean something else already. Private to the gpu layer.
#pragma once
#include <string>
#include <string_view>

namespace cookline {

// The first plain uniform of a preprocessed shader whose name was declared before as anything but the same uniform;
// empty if there is none. glslang (12.0) ends the program at such a text instead of calling it wrong.
std::string redeclared_uniform(std::string_view text);

// The first line, from 1, that declares a uniform of this name, as far as words tell; 0 if none does.
int line_of_uniform(std::string_view text, std::string_view name);

}  // namespace cookline
