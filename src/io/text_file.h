// Reading whole text files in the encodings of a DAT's Default Read Encoding menu, as UTF-8.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cookline {

// In the order of the menu. `manual` is its Auto Detect: a byte order mark decides, then UTF-8 if the bytes are that,
// then CP1252.
enum class TextEncoding : std::uint8_t { manual, utf8, utf16le, utf16be, cp1252 };
inline constexpr int text_encoding_count = 5;

struct TextEncodingInfo {
  std::string_view name, label;  // menu item
};

const TextEncodingInfo& info(TextEncoding encoding);
std::optional<TextEncoding> text_encoding_named(std::string_view name);

struct DecodedText {
  std::string text;       // UTF-8, without a byte order mark; line ends as in the file
  TextEncoding encoding;  // the one it was in; never manual
};

// Text in the stated encoding; a byte order mark of another one wins over the statement. Errors give line and column
// of the first byte that is wrong, and say when bytes look like no text at all.
Result<DecodedText> decode_text(std::span<const std::byte> bytes, TextEncoding encoding = TextEncoding::manual);

inline constexpr std::size_t max_text_bytes = std::size_t(64) << 20;

// decode_text of a file; errors carry the path.
Result<DecodedText> read_text_file(const std::filesystem::path& path, TextEncoding encoding = TextEncoding::manual,
                                   std::size_t max_bytes = max_text_bytes);

}  // namespace cookline
