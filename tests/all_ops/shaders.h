// Shaders for operators that run them, each of which shows some of what parameters give it.
#pragma once
#include <string_view>

namespace cookline {

struct NamedShader {
  std::string_view name, text;
};

inline constexpr NamedShader shaders[] = {
    // Inputs and what lies around them, sizes, passes, slices, noise.
    {"pixel", R"(
#ifndef SHIFT
#define SHIFT 0.0
#endif
out vec4 c;
void main() {
  c = vec4(vUV.st, vUV.p * 0.1, 0.5) + SHIFT + float(TD_NUM_COLOR_BUFFERS - 1) * 0.125 + float(uTDPass) * 0.25;
  c.r += TDSimplexNoise(vec3(vUV.st * 3.0, 0.3)) + uTDOutputInfo.depth.y * 0.0625;
#if TD_NUM_2D_INPUTS > 0
  c += 0.5 * texture(sTD2DInputs[TD_NUM_2D_INPUTS - 1], vUV.st * 1.7 - 0.35);
#endif
#if TD_NUM_3D_INPUTS > 0
  c += texture(sTD3DInputs[0], vec3(vUV.st, vUV.s * 3.0 - 1.0));
#endif
})"},
    {"other", "out vec4 c;\nvoid main() { c = vec4(0.25, vUV.s, 0, 1); }"},
    {"before", "#define SHIFT 0.25"},
    {"vertex", "out vec3 vUV;\nvoid main() { vUV = uv[0]; gl_Position = TDSOPToProj(vec4(P, 1)); }"},
    {"value", "uniform vec4 u;\nout vec4 c;\nvoid main() { c = u + vec4(vUV.st, 0, 0); }"},
    {"list", "uniform vec2 u[6];\nout vec4 c;\nvoid main() { c = vec4(u[0], u[1]) + vec4(u[2].y, u[3].x, 0, 0); }"},
    {"texels", "uniform samplerBuffer u;\nout vec4 c;\nvoid main() { c = texelFetch(u, 0); }"},
    {"matrix1", "uniform mat4 u;\nout vec4 c;\nvoid main() { c = u * vec4(vUV.st, 0, 1); }"},
    {"counter", "uniform atomic_uint u;\nout vec4 c;\nvoid main() { c = vec4(float(atomicCounter(u)) * 0.01); }"},
    {"constant", "layout(constant_id = 0) const float u = 0.5;\nout vec4 c;\nvoid main() { c = vec4(u); }"},
    {"sampled", "uniform sampler2D u;\nout vec4 c;\nvoid main() { c = texture(u, vUV.st * 3.1 - 1.05); }"},
    {"sampled3", "uniform sampler3D u;\nout vec4 c;\nvoid main() { c = texture(u, vec3(vUV.st, vUV.s * 3.0 - 1.0)); }"},
    {"volume", "out vec4 c;\nvoid main() { c = vec4(vUV, 1) * 0.5 + 0.25; }"},
    {"compute",
     "layout(local_size_x = 4, local_size_y = 4) in;\nvoid main() { TDImageStoreOutput(0, "
     "gl_GlobalInvocationID, vec4(vec2(gl_GlobalInvocationID.xy) * 0.03, 0.25, 1)); }"},
    {"reader",
     "layout(local_size_x = 4, local_size_y = 4) in;\nvoid main() { TDImageStoreOutput(0, "
     "gl_GlobalInvocationID, TDImageLoadOutput(0, gl_GlobalInvocationID) + 0.25); }"},
};

}  // namespace cookline
