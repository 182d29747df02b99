// The pixel formats of TouchDesigner's Pixel Format menu: their code names and how one pixel lies in memory.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cookline {

// In the order of the menu, without its first item "useinput".
enum class PixelFormat : std::uint8_t {
  rgba8fixed, srgba8fixed, rgba16float, rgba32float, rgb10a2fixed, rgba16fixed, rgba11float, rgb16float, rgb32float,
  mono8fixed, mono16fixed, mono16float, mono32float, rg8fixed, rg16fixed, rg16float, rg32float,
  a8fixed, a16fixed, a16float, a32float, monoalpha8fixed, monoalpha16fixed, monoalpha16float, monoalpha32float,
};
inline constexpr int pixel_format_count = 25;

enum class Component : std::uint8_t { u8, u16, f16, f32, packed10, packed11 };  // packed: one uint32 holds the pixel
enum class Layout : std::uint8_t { rgba, rgb, mono, rg, a, monoalpha };

struct PixelFormatInfo {
  std::string_view name, label;  // menu item
  Component component;
  Layout layout;
  int channels;         // stored components of a pixel
  int bytes;            // of a pixel
  bool srgb = false;    // RGB is stored through the sRGB curve
  constexpr bool fixed() const {
    return component == Component::u8 || component == Component::u16 || component == Component::packed10;
  }
};

const PixelFormatInfo& info(PixelFormat format);
std::optional<PixelFormat> pixel_format_named(std::string_view name);
// The same layout with 32-bit float components, as used by `--precision float32`.
PixelFormat as_float32(PixelFormat format);

}  // namespace cookline
