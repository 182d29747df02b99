#include "data/pixel_format.h"

namespace cookline {
namespace {
using C = Component;
using L = Layout;
constexpr std::array<PixelFormatInfo, pixel_format_count> infos = {{
    {"rgba8fixed", "8-bit fixed (RGBA)", C::u8, L::rgba, 4, 4},
    {"srgba8fixed", "sRGB 8-bit fixed (RGBA)", C::u8, L::rgba, 4, 4, true},
    {"rgba16float", "16-bit float (RGBA)", C::f16, L::rgba, 4, 8},
    {"rgba32float", "32-bit float (RGBA)", C::f32, L::rgba, 4, 16},
    {"rgb10a2fixed", "10-bit RGB, 2-bit Alpha, fixed (RGBA)", C::packed10, L::rgba, 4, 4},
    {"rgba16fixed", "16-bit fixed (RGBA)", C::u16, L::rgba, 4, 8},
    {"rgba11float", "11-bit float (RGB), Positive Values Only", C::packed11, L::rgb, 3, 4},
    {"rgb16float", "16-bit float (RGB)", C::f16, L::rgb, 3, 6},
    {"rgb32float", "32-bit float (RGB)", C::f32, L::rgb, 3, 12},
    {"mono8fixed", "8-bit fixed (Mono)", C::u8, L::mono, 1, 1},
    {"mono16fixed", "16-bit fixed (Mono)", C::u16, L::mono, 1, 2},
    {"mono16float", "16-bit float (Mono)", C::f16, L::mono, 1, 2},
    {"mono32float", "32-bit float (Mono)", C::f32, L::mono, 1, 4},
    {"rg8fixed", "8-bit fixed (RG)", C::u8, L::rg, 2, 2},
    {"rg16fixed", "16-bit fixed (RG)", C::u16, L::rg, 2, 4},
    {"rg16float", "16-bit float (RG)", C::f16, L::rg, 2, 4},
    {"rg32float", "32-bit float (RG)", C::f32, L::rg, 2, 8},
    {"a8fixed", "8-bit fixed (A)", C::u8, L::a, 1, 1},
    {"a16fixed", "16-bit fixed (A)", C::u16, L::a, 1, 2},
    {"a16float", "16-bit float (A)", C::f16, L::a, 1, 2},
    {"a32float", "32-bit float (A)", C::f32, L::a, 1, 4},
    {"monoalpha8fixed", "8-bit fixed (Mono+Alpha)", C::u8, L::monoalpha, 2, 2},
    {"monoalpha16fixed", "16-bit fixed (Mono+Alpha)", C::u16, L::monoalpha, 2, 4},
    {"monoalpha16float", "16-bit float (Mono+Alpha)", C::f16, L::monoalpha, 2, 4},
    {"monoalpha32float", "32-bit float (Mono+Alpha)", C::f32, L::monoalpha, 2, 8},
}};
}  // namespace

const PixelFormatInfo& info(PixelFormat format) { return infos[std::size_t(format)]; }

std::optional<PixelFormat> pixel_format_named(std::string_view name) {
  for (int i = 0; i < pixel_format_count; ++i)
    if (infos[std::size_t(i)].name == name) return PixelFormat(i);
  return std::nullopt;
}

PixelFormat as_float32(PixelFormat format) {
  switch (info(format).layout) {
    case Layout::rgb: return PixelFormat::rgb32float;
    case Layout::mono: return PixelFormat::mono32float;
    case Layout::rg: return PixelFormat::rg32float;
    case Layout::a: return PixelFormat::a32float;
    case Layout::monoalpha: return PixelFormat::monoalpha32float;
    case Layout::rgba: break;
  }
  return PixelFormat::rgba32float;
}

}  // namespace cookline
