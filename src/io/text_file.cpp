// Strict decoders: what is not text in its encoding is an error with its place, never a replacement character.
#include "io/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>

#include "io/file_bytes.h"

namespace cookline {
namespace {
using namespace std::string_view_literals;

constexpr std::array<TextEncodingInfo, text_encoding_count> encodings = {{
    {"manual", "Auto Detect"},
    {"utf8", "UTF8"},
    {"utf16le", "UTF16-LE"},
    {"utf16be", "UTF16-BE"},
    {"cp1252", "CP1252"},
}};

constexpr std::string_view utf8_mark = "\xef\xbb\xbf"sv, utf16le_mark = "\xff\xfe"sv, utf16be_mark = "\xfe\xff"sv;

// Code points of the bytes 0x80 to 0x9f (the best fit tables of unicode.org); 0 where CP1252 has no character.
constexpr std::array<std::uint16_t, 32> cp1252_high = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                       0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                                       0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                       0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

void append_utf8(std::string& text, std::uint32_t code) {
  const auto tail = [&](int shift) { text += char(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) {
    text += char(code);
  } else if (code < 0x800) {
    text += char(0xc0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    text += char(0xe0 | (code >> 12));
    tail(6), tail(0);
  } else {
    text += char(0xf0 | (code >> 18));
    tail(12), tail(6), tail(0);
  }
}

// Bytes of the UTF-8 sequence at the start of a non-empty text, 0 if there is no valid one (table 3-7 of Unicode 15).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? std::uint8_t(text[i]) : std::uint8_t(0); };
  const auto tails = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      if (byte(i) < 0x80 || byte(i) > 0xbf) return false;
    return true;
  };
  const std::uint8_t first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tails(1, 2) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool too_small = first == 0xe0 && second < 0xa0, surrogate = first == 0xed && second > 0x9f;
    return !too_small && !surrogate && tails(1, 3) ? 3 : 0;
  }
  const bool too_small = first == 0xf0 && second < 0x90, too_large = first == 0xf4 && second > 0x8f;
  return first >= 0xf0 && first <= 0xf4 && !too_small && !too_large && tails(1, 4) ? 4 : 0;
}

// Where the text stops being UTF-8; its size if it does not.
std::size_t first_not_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

// `before` is what was decoded, as UTF-8.
Error not_text(TextEncoding encoding, std::string_view before, std::string_view found) {
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::string_view last = before.substr(before.rfind('\n') + 1);
  const auto column = 1 + std::ranges::count_if(last, [](char c) { return (std::uint8_t(c) & 0xc0) != 0x80; });
  return project_error(
      "", fmt::format("is not text in {}: line {}, column {} has {}", info(encoding).label, line, column, found),
      "choose another encoding: utf8, utf16le, utf16be or cp1252");
}

Result<DecodedText> from_utf8(std::string_view bytes) {
  const std::size_t wrong = first_not_utf8(bytes);
  if (wrong == bytes.size()) return DecodedText{std::string(bytes), TextEncoding::utf8};
  return not_text(TextEncoding::utf8, bytes.substr(0, wrong),
                  fmt::format("the byte 0x{:02x}", std::uint8_t(bytes[wrong])));
}

Result<DecodedText> from_cp1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = std::uint8_t(c);
    const std::uint32_t code = byte >= 0x80 && byte < 0xa0 ? cp1252_high[byte - 0x80] : byte;
    if (code == 0 && byte != 0) return not_text(TextEncoding::cp1252, text, fmt::format("the byte 0x{:02x}", byte));
    append_utf8(text, code);
  }
  return DecodedText{std::move(text), TextEncoding::cp1252};
}

Result<DecodedText> from_utf16(std::string_view bytes, TextEncoding encoding) {
  const bool big = encoding == TextEncoding::utf16be;
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    if (at + 1 >= bytes.size()) return 0;
    const auto first = std::uint8_t(bytes[at]), second = std::uint8_t(bytes[at + 1]);
    return big ? std::uint32_t(first << 8 | second) : std::uint32_t(second << 8 | first);
  };
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    if (at + 1 == bytes.size()) return not_text(encoding, text, "half a character: the number of bytes is odd");
    std::uint32_t code = unit(at);
    if (code >= 0xd800 && code < 0xe000) {
      const std::uint32_t low = unit(at + 2);
      if (code >= 0xdc00 || low < 0xdc00 || low >= 0xe000)
        return not_text(encoding, text, fmt::format("the lone surrogate 0x{:04x}", code));
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      at += 2;
    }
    append_utf8(text, code);
  }
  return DecodedText{std::move(text), encoding};
}

Result<DecodedText> detect(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos)
    return project_error("", "is no text: it has zero bytes and no byte order mark",
                         "if it is UTF-16, choose the encoding utf16le or utf16be");
  return first_not_utf8(bytes) == bytes.size() ? from_utf8(bytes) : from_cp1252(bytes);
}

}  // namespace

const TextEncodingInfo& info(TextEncoding encoding) { return encodings[std::size_t(encoding)]; }

std::optional<TextEncoding> text_encoding_named(std::string_view name) {
  for (std::size_t i = 0; i < encodings.size(); ++i)
    if (encodings[i].name == name) return TextEncoding(i);
  return std::nullopt;
}

Result<DecodedText> decode_text(std::span<const std::byte> bytes, TextEncoding encoding) try {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with(utf8_mark)) return from_utf8(text.substr(utf8_mark.size()));
  if (text.starts_with(utf16le_mark)) return from_utf16(text.substr(utf16le_mark.size()), TextEncoding::utf16le);
  if (text.starts_with(utf16be_mark)) return from_utf16(text.substr(utf16be_mark.size()), TextEncoding::utf16be);
  switch (encoding) {
    case TextEncoding::utf8:
      return from_utf8(text);
    case TextEncoding::utf16le:
    case TextEncoding::utf16be:
      return from_utf16(text, encoding);
    case TextEncoding::cp1252:
      return from_cp1252(text);
    case TextEncoding::manual:
      break;
  }
  return detect(text);
} catch (const std::bad_alloc&) {
  return failure("", "does not fit into memory");
}

Result<DecodedText> read_text_file(const std::filesystem::path& path, TextEncoding encoding, std::size_t max_bytes) {
  const auto bytes = read_file_bytes(path, max_bytes);
  if (!bytes) return bytes.error();
  Result<DecodedText> text = decode_text(*bytes, encoding);
  if (text) return text;
  Error error = text.error();
  error.where = path;
  return error;
}

}  // namespace cookline
