#include "io/colour_tags.h"

#include <algorithm>
#include <string_view>

#include "io/icc_profile.h"
#include "io/little_endian.h"

namespace cookline {
namespace {

void append_text(std::vector<std::byte>& to, std::string_view text) {
  const auto* const from = reinterpret_cast<const std::byte*>(text.data());
  to.insert(to.end(), from, from + text.size());
}

}  // namespace

std::vector<std::byte> profile_of(const OutputColour& colour, bool grey) {
  return colour.converts() ? icc_profile(colour.space, grey) : std::vector<std::byte>();
}

void add_profile_to_jpeg(std::vector<std::byte>& file, const std::vector<std::byte>& profile) {
  using namespace std::string_view_literals;
  constexpr std::size_t most = 65000;  // of the profile in one segment
  const std::size_t parts = (profile.size() + most - 1) / most;
  std::vector<std::byte> segments;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t start = part * most, size = std::min(most, profile.size() - start), length = size + 16;
    for (const std::size_t byte : {std::size_t(0xff), std::size_t(0xe2), length >> 8, length & 255})
      segments.push_back(std::byte(byte));
    append_text(segments, "ICC_PROFILE\0"sv);
    segments.push_back(std::byte(part + 1));
    segments.push_back(std::byte(parts));
    const auto from = profile.begin() + std::ptrdiff_t(start);
    segments.insert(segments.end(), from, from + std::ptrdiff_t(size));
  }
  // Behind the start of the image and its JFIF segment, which must come first.
  std::size_t at = 2;
  if (file.size() > 6 && file[2] == std::byte(0xff) && file[3] == std::byte(0xe0))
    at += 2 + (std::size_t(file[4]) << 8 | std::size_t(file[5]));
  file.insert(file.begin() + std::ptrdiff_t(at), segments.begin(), segments.end());
}

void add_profile_to_webp(std::vector<std::byte>& file, const std::vector<std::byte>& profile, int width_px,
                         int height_px, bool alpha) {
  constexpr std::uint32_t has_profile = 0x20, has_alpha = 0x10;
  constexpr std::ptrdiff_t riff_header = 12;
  const bool extended = file.size() > 16 && file[12] == std::byte('V') && file[15] == std::byte('X');
  std::vector<std::byte> chunks;
  if (!extended) {
    append_text(chunks, "VP8X");
    append_little_endian(chunks, 10);
    append_little_endian(chunks, alpha ? has_alpha : 0);
    append_little_endian(chunks, std::uint32_t(width_px - 1), 3);
    append_little_endian(chunks, std::uint32_t(height_px - 1), 3);
    file.insert(file.begin() + riff_header, chunks.begin(), chunks.end());
    chunks.clear();
  }
  constexpr std::ptrdiff_t behind_header = 30, flags = 20;
  append_text(chunks, "ICCP");
  append_little_endian(chunks, std::uint32_t(profile.size()));
  chunks.insert(chunks.end(), profile.begin(), profile.end());
  if (profile.size() % 2) chunks.push_back(std::byte(0));
  file.insert(file.begin() + behind_header, chunks.begin(), chunks.end());
  file[flags] |= std::byte(has_profile);
  std::vector<std::byte> size;
  append_little_endian(size, std::uint32_t(file.size() - 8));
  std::copy(size.begin(), size.end(), file.begin() + 4);
}

}  // namespace cookline
