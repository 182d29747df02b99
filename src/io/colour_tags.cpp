#include "io/colour_tags.h"

#include <algorithm>
#include <string_view>

#include "io/file_segments.h"
#include "io/icc_profile.h"

namespace cookline {
std::vector<std::byte> profile_of(const OutputColour& colour, bool grey) {
  return colour.converts() ? icc_profile(colour.space, grey) : std::vector<std::byte>();
}

void add_profile_to_jpeg(std::vector<std::byte>& file, const std::vector<std::byte>& profile) {
  using namespace std::string_view_literals;
  constexpr std::size_t most = 65000;  // of the profile in one segment
  constexpr int app2 = 0xe2;
  const std::size_t parts = (profile.size() + most - 1) / most;
  std::vector<std::byte> segments;
  for (std::size_t part = 0; part < parts; ++part) {
    const auto from = profile.begin() + std::ptrdiff_t(part * most);
    const std::size_t size = std::min(most, profile.size() - part * most);
    std::vector<std::byte> content;
    append_text(content, "ICC_PROFILE\0"sv);
    content.push_back(std::byte(part + 1));
    content.push_back(std::byte(parts));
    content.insert(content.end(), from, from + std::ptrdiff_t(size));
    append_jpeg_segment(segments, app2, content);
  }
  add_to_jpeg(file, segments);
}

void add_profile_to_webp(std::vector<std::byte>& file, const std::vector<std::byte>& profile, int width_px,
                         int height_px, bool alpha) {
  add_to_webp(file, {.name = "ICCP", .flag = 0x20, .before_picture = true}, profile, width_px, height_px, alpha);
}

}  // namespace cookline
