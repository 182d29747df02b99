// Facts added to the bytes of whole JPEG and WebP files, whose libraries write the picture alone.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace cookline {

void append_text(std::vector<std::byte>& to, std::string_view text);

// One segment of at most 65,533 bytes: its marker (0xe1 is APP1), its length, and what is in it.
void append_jpeg_segment(std::vector<std::byte>& to, int marker, std::span<const std::byte> content);

// Puts segments behind the start of the image and its JFIF segment, which must come first.
void add_to_jpeg(std::vector<std::byte>& file, std::span<const std::byte> segments);

struct WebpChunk {
  std::string_view name;  // four letters
  unsigned flag = 0;      // of the VP8X header: that there is such a chunk
  bool before_picture = false;
};

// Adds a chunk, and the VP8X header that allows it if the file has none yet.
void add_to_webp(std::vector<std::byte>& file, const WebpChunk& chunk, std::span<const std::byte> content, int width_px,
                 int height_px, bool alpha);

}  // namespace cookline
