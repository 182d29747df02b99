#include "io/image_tags.h"

#include <libdeflate.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "io/codecs.h"
#include "io/colour_codes.h"
#include "io/icc_profile.h"
#include "io/little_endian.h"

namespace cookline {
namespace {
using namespace std::string_view_literals;
using Bytes = std::span<const std::byte>;

constexpr std::size_t most_profile_bytes = std::size_t(4) << 20;

std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// The first directory of a TIFF, which EXIF is as well, in either byte order.
class Directory {
 public:
  explicit Directory(Bytes bytes) : bytes_(bytes) {
    const std::string_view text = text_of(bytes);
    big_ = text.starts_with("MM\0*"sv);
    if (bytes.size() < 8 || (!big_ && !text.starts_with("II*\0"sv))) return;
    start_ = number(4, 4);
    if (start_ > bytes.size() - 2) return;
    count_ = std::min<std::size_t>(number(start_, 2), (bytes.size() - start_ - 2) / 12);
  }

  // The one number of an entry, or nothing.
  std::optional<std::uint32_t> number_of(std::uint32_t tag) const {
    constexpr std::uint32_t two_bytes = 3, four_bytes = 4;
    const std::optional<std::size_t> at = entry(tag);
    if (!at || number(*at + 4, 4) != 1) return std::nullopt;
    const std::uint32_t type = number(*at + 2, 2);
    if (type == two_bytes) return number(*at + 8, 2);
    return type == four_bytes ? std::optional(number(*at + 8, 4)) : std::nullopt;
  }
  // The bytes of an entry whose values have one byte each.
  Bytes bytes_of(std::uint32_t tag) const {
    const std::optional<std::size_t> at = entry(tag);
    if (!at) return {};
    const std::size_t size = number(*at + 4, 4), start = number(*at + 8, 4);
    if (size <= 4 || start > bytes_.size() || size > bytes_.size() - start) return {};
    return bytes_.subspan(start, size);
  }

 private:
  std::uint32_t number(std::size_t at, int size) const {
    return big_ ? big_endian_at(bytes_, at, size) : std::uint32_t(little_endian_at(bytes_, at, size));
  }
  std::optional<std::size_t> entry(std::uint32_t tag) const {
    for (std::size_t i = 0; i < count_; ++i)
      if (number(start_ + 2 + 12 * i, 2) == tag) return start_ + 2 + 12 * i;
    return std::nullopt;
  }

  Bytes bytes_;
  bool big_ = false;
  std::size_t start_ = 0, count_ = 0;
};

int orientation_of(Bytes exif) {
  constexpr std::uint32_t tag = 274;
  // Some writers put JPEG's mark before EXIF in other files too.
  if (text_of(exif).starts_with("Exif\0\0"sv)) exif = exif.subspan(6);
  const std::uint32_t value = Directory(exif).number_of(tag).value_or(1);
  return value >= 1 && value <= 8 ? int(value) : 1;
}

// The profile in a PNG's iCCP chunk: a name, the method 0, then what zlib has made of it.
std::vector<std::byte> unpacked_profile(Bytes chunk) {
  const std::size_t end = text_of(chunk).find('\0');
  if (end == std::string_view::npos || end + 2 >= chunk.size() || chunk[end + 1] != std::byte(0)) return {};
  const Bytes packed = chunk.subspan(end + 2);
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> unpacker(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!unpacker) throw std::bad_alloc();
  std::vector<std::byte> profile(std::size_t(1) << 14);
  for (; profile.size() <= most_profile_bytes; profile.resize(profile.size() * 4)) {
    std::size_t size = 0;
    const auto result =
        libdeflate_zlib_decompress(unpacker.get(), packed.data(), packed.size(), profile.data(), profile.size(), &size);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) continue;
    profile.resize(result == LIBDEFLATE_SUCCESS ? size : 0);
    return profile;
  }
  return {};
}

// By rank: cICP counts before a profile, that before sRGB.
ImageTags in_png(Bytes bytes) {
  ImageTags tags;
  std::string by_profile, by_name;
  for (std::size_t at = 8; bytes.size() >= 12 && at <= bytes.size() - 12;) {
    const std::size_t size = big_endian_at(bytes, at, 4);
    if (size > bytes.size() - at - 12) break;
    const std::string_view type = text_of(bytes.subspan(at + 4, 4));
    const Bytes data = bytes.subspan(at + 8, size);
    if (type == "cICP" && size == 4) tags.colour = space_of_codes(int(data[0]), int(data[1]));
    if (type == "iCCP") by_profile = space_of_profile(unpacked_profile(data));
    if (type == "sRGB") by_name = "srgb";
    if (type == "eXIf") tags.orientation = orientation_of(data);
    at += size + 12;
  }
  if (tags.colour.empty()) tags.colour = by_profile.empty() ? by_name : by_profile;
  return tags;
}

ImageTags in_jpeg(Bytes bytes) {
  constexpr std::uint32_t start_of_scan = 0xda, app1 = 0xe1, app2 = 0xe2;
  constexpr std::string_view exif = "Exif\0\0"sv, icc = "ICC_PROFILE\0"sv;
  ImageTags tags;
  std::vector<std::byte> profile;  // in segments, in their order
  for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == std::byte(0xff);) {
    const std::uint32_t marker = std::uint32_t(bytes[at + 1]), size = big_endian_at(bytes, at + 2, 2);
    if (marker == start_of_scan || size < 2 || size > bytes.size() - at - 2) break;
    const Bytes data = bytes.subspan(at + 4, size - 2);
    if (marker == app1 && text_of(data).starts_with(exif)) tags.orientation = orientation_of(data);
    if (marker == app2 && text_of(data).starts_with(icc) && data.size() > icc.size() + 2) {
      const Bytes part = data.subspan(icc.size() + 2);
      profile.insert(profile.end(), part.begin(), part.end());
    }
    at += 2 + size;
  }
  if (!profile.empty()) tags.colour = space_of_profile(profile);
  return tags;
}

ImageTags in_webp(Bytes bytes) {
  ImageTags tags;
  for (std::size_t at = 12; bytes.size() >= 8 && at <= bytes.size() - 8;) {
    const std::size_t size = little_endian_at(bytes, at + 4);
    if (size > bytes.size() - at - 8) break;
    const std::string_view name = text_of(bytes.subspan(at, 4));
    const Bytes data = bytes.subspan(at + 8, size);
    if (name == "ICCP") tags.colour = space_of_profile(data);
    if (name == "EXIF") tags.orientation = orientation_of(data);
    at += 8 + size + size % 2;
  }
  return tags;
}

ImageTags in_tiff(Bytes bytes) {
  constexpr std::uint32_t profile = 34675;
  ImageTags tags{.orientation = orientation_of(bytes)};
  if (const Bytes found = Directory(bytes).bytes_of(profile); !found.empty()) tags.colour = space_of_profile(found);
  return tags;
}

ImageTags in_exr(Bytes bytes) { return {.colour = exr_colour(bytes)}; }

}  // namespace

ImageTags image_tags(Bytes bytes) {
  using Find = ImageTags (*)(Bytes);
  constexpr std::array<std::pair<std::string_view, Find>, 6> finders = {{{"\x89PNG\r\n\x1a\n"sv, in_png},
                                                                         {"\xff\xd8\xff"sv, in_jpeg},
                                                                         {"RIFF"sv, in_webp},
                                                                         {"II*\0"sv, in_tiff},
                                                                         {"MM\0*"sv, in_tiff},
                                                                         {"\x76\x2f\x31\x01"sv, in_exr}}};
  for (const auto& [magic, find] : finders)
    if (text_of(bytes).starts_with(magic)) return find(bytes);
  return {};
}

}  // namespace cookline
