#include "data/pixel_format.h"

namespace cookline {
std::optional<PixelFormat> pixel_format_named(std::string_view name) {
  for (int i = 0; i < pixel_format_count; ++i)
    if (pixel_formats[std::size_t(i)].name == name) return PixelFormat(i);
  return std::nullopt;
}

PixelFormat as_float32(PixelFormat format) {
  switch (info(format).layout) {
    case Layout::rgb:
      return PixelFormat::rgb32float;
    case Layout::mono:
      return PixelFormat::mono32float;
    case Layout::rg:
      return PixelFormat::rg32float;
    case Layout::a:
      return PixelFormat::a32float;
    case Layout::monoalpha:
      return PixelFormat::monoalpha32float;
    case Layout::rgba:
      break;
  }
  return PixelFormat::rgba32float;
}

}  // namespace cookline
