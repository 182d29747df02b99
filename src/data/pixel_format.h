// The pixel formats of TouchDesigner's Pixel Format menu: their code names and how one pixel lies in memory.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cookline {

// In the order of the menu, without its first item "useinput".
enum class PixelFormat : std::uint8_t {
  rgba8fixed,
  srgba8fixed,
  rgba16float,
  rgba32float,
  rgb10a2fixed,
  rgba16fixed,
  rgba11float,
  rgb16float,
  rgb32float,
  mono8fixed,
  mono16fixed,
  mono16float,
  mono32float,
  rg8fixed,
  rg16fixed,
  rg16float,
  rg32float,
  a8fixed,
  a16fixed,
  a16float,
  a32float,
  monoalpha8fixed,
  monoalpha16fixed,
  monoalpha16float,
  monoalpha32float,
};
inline constexpr int pixel_format_count = 25;

enum class Component : std::uint8_t { u8, u16, f16, f32, packed10, packed11 };  // packed: one uint32 holds the pixel
enum class Layout : std::uint8_t { rgba, rgb, mono, rg, a, monoalpha };

struct PixelFormatInfo {
  std::string_view name, label;  // menu item
  Component component;
  Layout layout;
  int channels;       // stored components of a pixel
  int bytes;          // of a pixel
  bool srgb = false;  // RGB is stored through the sRGB curve
  constexpr bool fixed() const {
    return component == Component::u8 || component == Component::u16 || component == Component::packed10;
  }
};

// Indexed by PixelFormat; name and label are the items of the Pixel Format menu.
inline constexpr std::array<PixelFormatInfo, pixel_format_count> pixel_formats = {{
    {"rgba8fixed", "8-bit fixed (RGBA)", Component::u8, Layout::rgba, 4, 4},
    {"srgba8fixed", "sRGB 8-bit fixed (RGBA)", Component::u8, Layout::rgba, 4, 4, true},
    {"rgba16float", "16-bit float (RGBA)", Component::f16, Layout::rgba, 4, 8},
    {"rgba32float", "32-bit float (RGBA)", Component::f32, Layout::rgba, 4, 16},
    {"rgb10a2fixed", "10-bit RGB, 2-bit Alpha, fixed (RGBA)", Component::packed10, Layout::rgba, 4, 4},
    {"rgba16fixed", "16-bit fixed (RGBA)", Component::u16, Layout::rgba, 4, 8},
    {"rgba11float", "11-bit float (RGB), Positive Values Only", Component::packed11, Layout::rgb, 3, 4},
    {"rgb16float", "16-bit float (RGB)", Component::f16, Layout::rgb, 3, 6},
    {"rgb32float", "32-bit float (RGB)", Component::f32, Layout::rgb, 3, 12},
    {"mono8fixed", "8-bit fixed (Mono)", Component::u8, Layout::mono, 1, 1},
    {"mono16fixed", "16-bit fixed (Mono)", Component::u16, Layout::mono, 1, 2},
    {"mono16float", "16-bit float (Mono)", Component::f16, Layout::mono, 1, 2},
    {"mono32float", "32-bit float (Mono)", Component::f32, Layout::mono, 1, 4},
    {"rg8fixed", "8-bit fixed (RG)", Component::u8, Layout::rg, 2, 2},
    {"rg16fixed", "16-bit fixed (RG)", Component::u16, Layout::rg, 2, 4},
    {"rg16float", "16-bit float (RG)", Component::f16, Layout::rg, 2, 4},
    {"rg32float", "32-bit float (RG)", Component::f32, Layout::rg, 2, 8},
    {"a8fixed", "8-bit fixed (A)", Component::u8, Layout::a, 1, 1},
    {"a16fixed", "16-bit fixed (A)", Component::u16, Layout::a, 1, 2},
    {"a16float", "16-bit float (A)", Component::f16, Layout::a, 1, 2},
    {"a32float", "32-bit float (A)", Component::f32, Layout::a, 1, 4},
    {"monoalpha8fixed", "8-bit fixed (Mono+Alpha)", Component::u8, Layout::monoalpha, 2, 2},
    {"monoalpha16fixed", "16-bit fixed (Mono+Alpha)", Component::u16, Layout::monoalpha, 2, 4},
    {"monoalpha16float", "16-bit float (Mono+Alpha)", Component::f16, Layout::monoalpha, 2, 4},
    {"monoalpha32float", "32-bit float (Mono+Alpha)", Component::f32, Layout::monoalpha, 2, 8},
}};

constexpr const PixelFormatInfo& info(PixelFormat format) { return pixel_formats[std::size_t(format)]; }
std::optional<PixelFormat> pixel_format_named(std::string_view name);
// The same layout with 32-bit float components, as used by `--precision float32`.
PixelFormat as_float32(PixelFormat format);

}  // namespace cookline
