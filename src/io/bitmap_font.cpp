// Glyphs of 5 x 8 pixels, the lowest row for what goes below the base line.
#include "io/bitmap_font.h"

#include <algorithm>
#include <cstring>

namespace cookline {
namespace {

// From space to tilde. Row after row from the top, each row's left pixel in its highest bit.
// clang-format off
constexpr std::array<std::uint64_t, 95> glyphs = {
    0x0000000000, 0x2108420080, 0x5280000000, 0x02beafa800, 0x23e8e2f880, 0xce84442e60, 0x45288ac9a0, 0x2100000000,
    0x1110841040, 0x4104211100, 0x012aea9000, 0x0109f21000, 0x0000001088, 0x0001f00000, 0x0000000080, 0x0844444200,
    0x74675cc5c0, 0x23084211c0, 0x74422223e0, 0x744260c5c0, 0x11952f8840, 0xfc3c10c5c0, 0x3221e8c5c0, 0xf844421080,
    0x7462e8c5c0, 0x7462f08980, 0x0008001000, 0x0008001088, 0x1111041040, 0x003e0f8000, 0x4104111100, 0x7442220080,
    0x746f5bc1c0, 0x7463f8c620, 0xf463e8c7c0, 0x74610845c0, 0xf46318c7c0, 0xfc21e843e0, 0xfc21e84200, 0x746178c5c0,
    0x8c63f8c620, 0x71084211c0, 0x3884214980, 0x8ca98a4a20, 0x84210843e0, 0x8eeb58c620, 0x8e6b38c620, 0x746318c5c0,
    0xf463e84200, 0x74631ac9a0, 0xf463ea4a20, 0x7c20e087c0, 0xf908421080, 0x8c6318c5c0, 0x8c6318a880, 0x8c635aee20,
    0x8c54454620, 0x8c54421080, 0xf8444443e0, 0x72108421c0, 0x8410410420, 0x70842109c0, 0x22a2000000, 0x00000003e0,
    0x4100000000, 0x001c17c5e0, 0x843d18c7c0, 0x001d0841c0, 0x085f18c5e0, 0x001d1fc1c0, 0x323c842100, 0x001f18bc2e,
    0x843d18c620, 0x20184211c0, 0x100c210a4c, 0x84254c5240, 0x61084211c0, 0x00355ad6a0, 0x003d18c620, 0x001d18c5c0,
    0x003d18fa10, 0x001f18bc21, 0x002d984200, 0x001f0707c0, 0x423c8420c0, 0x002318c5e0, 0x002318a880, 0x00235ad540,
    0x0022a22a20, 0x002318bc2e, 0x003e2223e0, 0x1908821060, 0x2108421080, 0xc108221300, 0x0011510000,
};
// clang-format on

bool is_set(std::uint64_t glyph, int x, int y) {
  return (glyph >> (glyph_width_px * glyph_height_px - 1 - (y * glyph_width_px + x))) & 1;
}

// A filled square; `top` counts from the top of the picture, rows lie bottom first.
void fill_square(Image& image, int left, int top, int size, const std::uint8_t (&rgba)[4]) {
  for (int y = std::max(top, 0); y < std::min(top + size, image.height()); ++y)
    for (int x = std::max(left, 0); x < std::min(left + size, image.width()); ++x)
      std::memcpy(image.row(image.height() - 1 - y) + x * 4, rgba, 4);
}

}  // namespace

std::string drawable_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool continues = (std::uint8_t(c) & 0xc0) == 0x80;
    if (!continues) result += c >= ' ' && c <= '~' ? c : '?';
  }
  return result;
}

void draw_text(Image& image, int left, int top, int scale, std::string_view text, std::array<std::uint8_t, 3> colour) {
  const std::uint8_t rgba[4] = {colour[0], colour[1], colour[2], 255};
  for (const char c : drawable_text(text)) {
    const std::uint64_t glyph = glyphs[std::size_t(c - ' ')];
    for (int y = 0; y < glyph_height_px; ++y)
      for (int x = 0; x < glyph_width_px; ++x)
        if (is_set(glyph, x, y)) fill_square(image, left + x * scale, top + y * scale, scale, rgba);
    left += glyph_advance_px * scale;
  }
}

}  // namespace cookline
