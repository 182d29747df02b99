#include "gpu/contract.h"

#include <fmt/format.h>

#include <algorithm>

#include "gpu/glsl_texts.h"
#include "kernels/noise_tables.h"

namespace cookline {
namespace {

struct KindNames {
  std::string_view sampler, inputs, infos, count;
};
KindNames names_of(TextureKind kind) {
  switch (kind) {
    case TextureKind::texture3d:
      return {"sampler3D", "sTD3DInputs", "uTD3DInfos", "TD_NUM_3D_INPUTS"};
    case TextureKind::texture2darray:
      return {"sampler2DArray", "sTD2DArrayInputs", "uTD2DArrayInfos", "TD_NUM_2D_ARRAY_INPUTS"};
    case TextureKind::cube:
      return {"samplerCube", "sTDCubeInputs", "uTDCubeInfos", "TD_NUM_CUBE_INPUTS"};
    default:
      return {"sampler2D", "sTD2DInputs", "uTD2DInfos", "TD_NUM_2D_INPUTS"};
  }
}

// GLSL's name of the format in which a compute shader writes. Formats of three channels have four on a device, and
// sRGB is written as it is stored.
std::string_view image_format(PixelFormat format) {
  const PixelFormatInfo& f = info(format);
  const bool one = f.layout == Layout::mono || f.layout == Layout::a;
  const bool two = f.layout == Layout::rg || f.layout == Layout::monoalpha;
  switch (f.component) {
    case Component::u8:
      return one ? "r8" : two ? "rg8" : "rgba8";
    case Component::u16:
      return one ? "r16" : two ? "rg16" : "rgba16";
    case Component::f16:
      return one ? "r16f" : two ? "rg16f" : "rgba16f";
    case Component::f32:
      return one ? "r32f" : two ? "rg32f" : "rgba32f";
    case Component::packed10:
      return "rgb10_a2";
    default:
      return "r11f_g11f_b10f";
  }
}

std::string_view swizzle(Layout layout) {
  switch (layout) {
    case Layout::a:
      return "aaaa";
    case Layout::monoalpha:
      return "raaa";
    default:
      return "rgba";
  }
}
std::string_view swizzle_back(Layout layout) {
  switch (layout) {
    case Layout::a:
      return "vec4(0.0, 0.0, 0.0, c.r)";
    case Layout::mono:
      return "vec4(c.rrr, 1.0)";
    case Layout::monoalpha:
      return "c.rrrg";
    case Layout::rg:
      return "vec4(c.rg, 0.0, 1.0)";
    case Layout::rgb:
      return "vec4(c.rgb, 1.0)";
    default:
      return "c";
  }
}

void add_swizzle(std::string& text, PixelFormat format) {
  const std::string_view s = swizzle(info(format).layout);
  for (const std::string_view type : {"vec4", "ivec4", "uvec4"})
    text += fmt::format("{0} TDOutputSwizzle({0} c) {{ return c.{1}; }}\n", type, s);
}

void add_outputs(std::string& text, const ShaderRequest& r) {
  const std::string_view dims = r.output == TextureKind::texture3d        ? "3D"
                                : r.output == TextureKind::texture2darray ? "2DArray"
                                                                          : "2D";
  const std::string_view at = r.output == TextureKind::texture2d ? "ivec2(p.xy)" : "ivec3(p)";
  const bool srgb = info(r.format).srgb;
  text += fmt::format("layout(set = 1, binding = {}, {}) uniform {}image{} mTDComputeOutputs[TD_NUM_COLOR_BUFFERS];\n",
                      EngineBindings::outputs, image_format(r.format),
                      r.access == OutputAccess::writeonly  ? "writeonly "
                      : r.access == OutputAccess::readonly ? "readonly "
                                                           : "",
                      dims);
  text += "#define sTDComputeOutputs mTDComputeOutputs\n";
  if (srgb) text += glsl::srgb;
  if (r.access != OutputAccess::readonly)
    for (const std::string_view type : {"ivec3", "uvec3"})
      text += fmt::format(
          "void TDImageStoreOutput(uint index, {} p, vec4 c) {{ imageStore(mTDComputeOutputs[index], {}, "
          "TDOutputSwizzle({})); }}\n",
          type, at, srgb ? "TDEncodeSRGB(c)" : "c");
  if (r.access != OutputAccess::writeonly)
    for (const std::string_view type : {"ivec3", "uvec3"})
      text += fmt::format(
          "vec4 TDImageLoadOutput(uint index, {} p) {{ vec4 c = imageLoad(mTDComputeOutputs[index], {}); return {}{}; "
          "}}\n",
          type, at, srgb ? "TDDecodeSRGB" : "", fmt::format("({})", swizzle_back(info(r.format).layout)));
}

}  // namespace

int input_binding(TextureKind kind) {
  switch (kind) {
    case TextureKind::texture3d:
      return EngineBindings::inputs_3d;
    case TextureKind::texture2darray:
      return EngineBindings::inputs_2d_array;
    case TextureKind::cube:
      return EngineBindings::inputs_cube;
    default:
      return EngineBindings::inputs_2d;
  }
}

int count_inputs(const ShaderRequest& request, TextureKind kind) {
  return int(std::count(request.inputs.begin(), request.inputs.end(), kind));
}

std::string engine_text(const ShaderRequest& r, bool vertex_stage) {
  std::string text = fmt::format(
      "#define TD_NUM_COLOR_BUFFERS {}\n#define TD_OUTPUT_3D {}\nstruct TDTexInfo {{ vec4 res; vec4 depth; }};\n",
      r.colour_buffers, int(r.output != TextureKind::texture2d));
  std::string infos = "TDTexInfo uTDOutputInfo; ";
  for (const TextureKind kind : info_order) {
    const KindNames n = names_of(kind);
    const int count = count_inputs(r, kind);
    text += fmt::format("#define {} {}\n", n.count, count);
    if (count == 0) continue;
    infos += fmt::format("TDTexInfo {}[{}]; ", n.infos, count);
    text += fmt::format("layout(set = 1, binding = {}) uniform {} {}[{}];\n", input_binding(kind), n.sampler, n.inputs,
                        count);
  }
  text += fmt::format("layout(set = 1, binding = {}, std140) uniform TDInfos {{ {}}};\n", EngineBindings::infos, infos);
  text += "layout(push_constant) uniform TDPasses { int uTDPass; int uTDCurrentDepth; };\n";
  text += fmt::format("layout(set = 1, binding = {}) uniform sampler2D sTDNoiseMap;\n", EngineBindings::noise_map);
  text += fmt::format("layout(set = 1, binding = {}) uniform sampler1D sTDSineLookup;\n", EngineBindings::sine_lookup);
  text += glsl::common;
  const auto mentions = [&](std::string_view word) {
    if (r.main.text.find(word) != std::string::npos || r.vertex.text.find(word) != std::string::npos) return true;
    return std::any_of(r.includes.begin(), r.includes.end(),
                       [&](const auto& i) { return i.second.text.find(word) != std::string::npos; });
  };
  if (mentions("Noise")) {
    text += fmt::format(
        "layout(set = 1, binding = {}, std430) readonly buffer TDNoiseTables {{ uint TDNoisePermutation[256]; uint "
        "TDNoiseCodes3[16]; uint TDNoiseCodes4[32]; vec4 TDNoiseDirections[768]; }};\n",
        EngineBindings::noise_tables);
    text += glsl::noise;
    text += r.quality_noise ? glsl::noise_quality : glsl::noise_performance;
    text += glsl::noise_simplex;
  }
  if (vertex_stage) return text + std::string(glsl::vertex);
  add_swizzle(text, r.format);
  if (r.compute) {
    text += "#define TD_PIXEL vec2(gl_GlobalInvocationID.xy)\n";
    add_outputs(text, r);
  } else {
    text += "#define TD_PIXEL gl_FragCoord.xy\n";
    if (r.vertex.text.empty()) text += "layout(location = 0) in vec3 vUV;\n";
  }
  return text + std::string(glsl::dither);
}

std::string default_vertex_text() {
  return "layout(location = 0) out vec3 vUV;\nvoid main() { vUV = uv[0]; gl_Position = vec4(P, 1.0); }\n";
}

void fill_noise_buffer(NoiseBuffer& buffer) {
  std::copy(kernels::noise_permutation.begin(), kernels::noise_permutation.end(), buffer.permutation);
  std::copy(kernels::noise_codes_3d.begin(), kernels::noise_codes_3d.end(), buffer.codes_3d);
  std::copy(kernels::noise_codes_4d.begin(), kernels::noise_codes_4d.end(), buffer.codes_4d);
  for (int d = 0; d < 3; ++d)
    for (int i = 0; i < 256; ++i)
      for (int k = 0; k < 4; ++k)
        buffer.directions[d][i][k] =
            k < d + 2 ? kernels::noise_directions(d + 2).component[std::size_t(k)][std::size_t(i)] : 0;
}

}  // namespace cookline
