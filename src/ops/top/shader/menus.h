// GLSL TOP and GLSL Multi TOP: the menus of their parameters.
#pragma once
#include "op/par.h"

namespace cookline::shader_op {

inline constexpr MenuItem versions[] = {{"glsl120", "1.20"}, {"glsl330", "3.30"}, {"glsl400", "4.00"},
                                        {"glsl410", "4.10"}, {"glsl420", "4.20"}, {"glsl430", "4.30"},
                                        {"glsl440", "4.40"}, {"glsl450", "4.50"}, {"glsl460", "4.60"}};
inline constexpr MenuItem modes[] = {{"vertexpixel", "Vertex/Pixel Shader"}, {"compute", "Compute Shader"}};
inline constexpr MenuItem compile_behaviors[] = {{"stalluntildone", "Stall Until Done"},
                                                 {"threadedcheckerboard", "Threaded, Show Checkerboard Until Done"},
                                                 {"threadedblack", "Threaded, Show Black Until Done"},
                                                 {"threadedprevious", "Threaded, Show Previous Shader Until Done"}};
inline constexpr MenuItem error_behaviors[] = {
    {"showcheckerboard", "Show Checkerboard"}, {"showblack", "Show Black"}, {"showprevious", "Show Previous Shader"}};
inline constexpr MenuItem accesses[] = {{"writeonly", "Write Only"}, {"readwrite", "Read-Write"}};
inline constexpr MenuItem multi_accesses[] = {
    {"writeonly", "Write Only"}, {"readonly", "Read Only"}, {"readwrite", "Read-Write"}};
inline constexpr MenuItem types[] = {
    {"texture2d", "2D Texture"}, {"texture2darray", "2D Texture Array"}, {"texture3d", "3D Texture"}};
inline constexpr MenuItem depths[] = {{"input", "Input"}, {"custom", "Custom"}};
inline constexpr MenuItem mappings[] = {{"all", "All Inputs to Every Slice"}, {"ninputs", "N Input(s) per Slice"}};
inline constexpr MenuItem extends[] = {{"hold", "Hold"}, {"zero", "Zero"}, {"repeat", "Repeat"}, {"mirror", "Mirror"}};
inline constexpr MenuItem filters[] = {{"nearest", "Nearest"}, {"linear", "Linear"}, {"mipmaplinear", "Mipmap Linear"}};
inline constexpr MenuItem noises[] = {{"performance", "Performance"}, {"quality", "Quality"}};
inline constexpr MenuItem array_types[] = {{"float", "float"}, {"vec2", "vec2"}, {"vec3", "vec3"}, {"vec4", "vec4"}};
inline constexpr MenuItem array_kinds[] = {{"uniformarray", "Uniform Array"}, {"texturebuffer", "Texture Buffer"}};
inline constexpr MenuItem attribute_classes[] = {{"point", "Point"}, {"vertex", "Vertex"}, {"primitive", "Primitive"}};
inline constexpr MenuItem initials[] = {{"val", "Single Value"}, {"chop", "CHOP Values"}};

}  // namespace cookline::shader_op
