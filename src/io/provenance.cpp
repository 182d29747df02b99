#include "io/provenance.h"

#include <array>
#include <optional>
#include <utility>

#include "io/file_segments.h"
#include "io/little_endian.h"

namespace cookline {
namespace {
using namespace std::string_view_literals;

constexpr std::string_view xmp_segment = "http://ns.adobe.com/xap/1.0/\0"sv;  // how XMP in a JPEG begins
constexpr std::string_view xmp_before =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\" xmlns:c=\"urn:cookline:provenance\"><c:cookline>";
constexpr std::string_view xmp_after = "</c:cookline></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";
constexpr std::array<std::pair<std::string_view, char>, 4> entities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};

using Bytes = std::span<const std::byte>;

std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string unescaped(std::string_view xml) {
  std::string text;
  for (std::size_t at = 0; at < xml.size();) {
    std::size_t length = 1;
    char c = xml[at];
    for (const auto& [entity, plain] : entities)
      if (xml.substr(at).starts_with(entity)) c = plain, length = entity.size();
    text += c;
    at += length;
  }
  return text;
}

// The text in an XMP packet; of a packet of another program there is none.
std::optional<std::string> text_in_xmp(std::string_view xmp) {
  constexpr std::string_view open = "<c:cookline>", close = "</c:cookline>";
  const std::size_t start = xmp.find(open), end = xmp.find(close);
  if (start == std::string_view::npos || end == std::string_view::npos || end < start + open.size())
    return std::nullopt;
  return unescaped(xmp.substr(start + open.size(), end - start - open.size()));
}

std::optional<std::string> in_png(Bytes bytes) {
  // Keyword, its end, two bytes for "not compressed", empty language and translated keyword with their ends.
  const std::string before = std::string(provenance_name) + std::string(5, '\0');
  for (std::size_t at = 8; bytes.size() >= 12 && at <= bytes.size() - 12;) {
    const std::size_t size = big_endian_at(bytes, at, 4), left = bytes.size() - at - 12;
    if (size > left) break;
    const std::string_view type = text_of(bytes.subspan(at + 4, 4)), data = text_of(bytes.subspan(at + 8, size));
    if (type == "iTXt" && data.starts_with(before)) return std::string(data.substr(before.size()));
    at += size + 12;
  }
  return std::nullopt;
}

std::optional<std::string> in_jpeg(Bytes bytes) {
  constexpr std::uint32_t start_of_scan = 0xda, app1 = 0xe1;
  for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == std::byte(0xff);) {
    const std::uint32_t marker = std::uint32_t(bytes[at + 1]), size = big_endian_at(bytes, at + 2, 2);
    if (marker == start_of_scan || size < 2 || size > bytes.size() - at - 2) break;
    const std::string_view data = text_of(bytes.subspan(at + 4, size - 2));
    if (marker == app1 && data.starts_with(xmp_segment))
      if (auto text = text_in_xmp(data.substr(xmp_segment.size()))) return text;
    at += 2 + size;
  }
  return std::nullopt;
}

std::optional<std::string> in_webp(Bytes bytes) {
  for (std::size_t at = 12; bytes.size() >= 8 && at <= bytes.size() - 8;) {
    const std::size_t size = little_endian_at(bytes, at + 4);
    if (size > bytes.size() - at - 8) break;
    if (text_of(bytes.subspan(at, 4)) == "XMP ") return text_in_xmp(text_of(bytes.subspan(at + 8, size)));
    at += 8 + size + size % 2;
  }
  return std::nullopt;
}

// The description of the first picture of a little-endian TIFF, as this program writes it.
std::optional<std::string> in_tiff(Bytes bytes) {
  constexpr std::uint32_t description = 270, ascii = 2;
  if (bytes.size() < 8 || !text_of(bytes).starts_with("II*\0"sv)) return std::nullopt;
  const std::size_t directory = little_endian_at(bytes, 4);
  if (directory > bytes.size() - 2) return std::nullopt;
  const std::size_t count = little_endian_at(bytes, directory, 2);
  if (count * 12 > bytes.size() - directory - 2) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = directory + 2 + i * 12;
    if (little_endian_at(bytes, at, 2) != description || little_endian_at(bytes, at + 2, 2) != ascii) continue;
    const std::size_t size = little_endian_at(bytes, at + 4), start = little_endian_at(bytes, at + 8);
    if (size < 5 || start > bytes.size() || size > bytes.size() - start) return std::nullopt;
    const std::string_view text = text_of(bytes.subspan(start, size - 1));
    return text.starts_with("{\"cookline\"") ? std::optional(std::string(text)) : std::nullopt;
  }
  return std::nullopt;
}

// The next text that a zero byte ends; `at` goes behind it. Empty where the header of the file ends.
std::string_view next_name(Bytes bytes, std::size_t& at) {
  const std::string_view rest = at < bytes.size() ? text_of(bytes.subspan(at)).substr(0, 256) : "";
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos) return {};
  at += end + 1;
  return rest.substr(0, end);
}

std::optional<std::string> in_exr(Bytes bytes) {
  for (std::size_t at = 8;;) {
    const std::string_view name = next_name(bytes, at), type = name.empty() ? "" : next_name(bytes, at);
    if (type.empty() || at + 4 > bytes.size()) return std::nullopt;
    const std::size_t size = little_endian_at(bytes, at);
    at += 4;
    if (size > bytes.size() - at) return std::nullopt;
    if (name == provenance_name && type == "string") return std::string(text_of(bytes.subspan(at, size)));
    at += size;
  }
}

}  // namespace

bool keeps_provenance(ImageFileType type) { return type != ImageFileType::bmp && type != ImageFileType::dds; }

std::string xmp_of(std::string_view text) {
  std::string xml(xmp_before);
  for (const char c : text) {
    std::string_view written(&c, 1);
    for (const auto& [entity, plain] : entities)
      if (c == plain) written = entity;
    xml += written;
  }
  return xml += xmp_after;
}

void add_xmp_to_jpeg(std::vector<std::byte>& file, std::string_view xmp) {
  constexpr int app1 = 0xe1;
  std::vector<std::byte> content, segment;
  append_text(content, xmp_segment);
  append_text(content, xmp);
  append_jpeg_segment(segment, app1, content);
  add_to_jpeg(file, segment);
}

void add_xmp_to_webp(std::vector<std::byte>& file, std::string_view xmp, int width_px, int height_px, bool alpha) {
  add_to_webp(file, {.name = "XMP ", .flag = 0x04}, std::as_bytes(std::span(xmp)), width_px, height_px, alpha);
}

Result<std::string> provenance_of(std::span<const std::byte> bytes) {
  using Find = std::optional<std::string> (*)(Bytes);
  constexpr std::array<std::pair<std::string_view, Find>, 5> finders = {{{"\x89PNG\r\n\x1a\n", in_png},
                                                                         {"\xff\xd8\xff", in_jpeg},
                                                                         {"RIFF", in_webp},
                                                                         {"II*", in_tiff},
                                                                         {"\x76\x2f\x31\x01", in_exr}}};
  for (const auto& [magic, find] : finders)
    if (text_of(bytes).starts_with(magic)) {
      if (auto text = find(bytes)) return std::move(*text);
      return project_error("", "does not say how it was made: it was made by another program, or with --no-provenance");
    }
  return project_error("", "is of a type that does not say how it was made",
                       "png, jpeg, tiff, exr and webp do; bmp and dds cannot");
}

}  // namespace cookline
