// A small built-in font for captions, so that pictures with labels need no font file.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/image.h"

namespace cookline {

inline constexpr int glyph_width_px = 5, glyph_height_px = 8, glyph_advance_px = 6;  // at scale 1

// The text as the font can show it: printable ASCII, one `?` for any other character of UTF-8.
std::string drawable_text(std::string_view text);

// Draws drawable_text in one colour (R, G, B) into an rgba8fixed picture, its upper left corner at (left, top) counted
// from the upper left corner of the picture. What lies outside the picture is left out.
void draw_text(Image& image, int left, int top, int scale, std::string_view text, std::array<std::uint8_t, 3> colour);

}  // namespace cookline
