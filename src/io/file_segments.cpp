#include "io/file_segments.h"

#include <algorithm>

#include "io/little_endian.h"

namespace cookline {
namespace {

// In a file with a VP8X header: where its flags and what follows it lie.
constexpr std::ptrdiff_t riff_header = 12, flags_at = 20, behind_header = 30;

bool has_extended_header(std::span<const std::byte> file) {
  constexpr std::string_view name = "VP8X";
  return file.size() >= std::size_t(behind_header) && std::equal(name.begin(), name.end(), file.begin() + riff_header,
                                                                 [](char c, std::byte b) { return std::byte(c) == b; });
}

void add_extended_header(std::vector<std::byte>& file, int width_px, int height_px, bool alpha) {
  constexpr std::uint32_t has_alpha = 0x10;
  std::vector<std::byte> header;
  append_text(header, "VP8X");
  append_little_endian(header, 10);
  append_little_endian(header, alpha ? has_alpha : 0);
  append_little_endian(header, std::uint32_t(width_px - 1), 3);
  append_little_endian(header, std::uint32_t(height_px - 1), 3);
  file.insert(file.begin() + riff_header, header.begin(), header.end());
}

}  // namespace

void append_text(std::vector<std::byte>& to, std::string_view text) {
  const auto* const from = reinterpret_cast<const std::byte*>(text.data());
  to.insert(to.end(), from, from + text.size());
}

void append_jpeg_segment(std::vector<std::byte>& to, int marker, std::span<const std::byte> content) {
  const std::size_t length = content.size() + 2;
  for (const std::size_t byte : {std::size_t(0xff), std::size_t(marker), length >> 8, length & 255})
    to.push_back(std::byte(byte));
  to.insert(to.end(), content.begin(), content.end());
}

void add_to_jpeg(std::vector<std::byte>& file, std::span<const std::byte> segments) {
  std::size_t at = 2;
  if (file.size() > 6 && file[2] == std::byte(0xff) && file[3] == std::byte(0xe0))
    at += 2 + (std::size_t(file[4]) << 8 | std::size_t(file[5]));
  file.insert(file.begin() + std::ptrdiff_t(at), segments.begin(), segments.end());
}

void add_to_webp(std::vector<std::byte>& file, const WebpChunk& chunk, std::span<const std::byte> content, int width_px,
                 int height_px, bool alpha) {
  if (!has_extended_header(file)) add_extended_header(file, width_px, height_px, alpha);
  file[std::size_t(flags_at)] |= std::byte(chunk.flag);
  std::vector<std::byte> bytes;
  append_text(bytes, chunk.name);
  append_little_endian(bytes, std::uint32_t(content.size()));
  bytes.insert(bytes.end(), content.begin(), content.end());
  if (content.size() % 2) bytes.push_back(std::byte(0));
  file.insert(chunk.before_picture ? file.begin() + behind_header : file.end(), bytes.begin(), bytes.end());
  std::vector<std::byte> size;
  append_little_endian(size, std::uint32_t(file.size() - 8));
  std::copy(size.begin(), size.end(), file.begin() + 4);
}

}  // namespace cookline
