#include "io/text_file.h"

#include <gtest/gtest.h>

#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
using namespace std::literals;
namespace {

std::string decoded(std::string_view bytes, TextEncoding encoding = TextEncoding::manual) {
  const auto result = decode_text(bytes_of(bytes), encoding);
  return result ? std::string(info(result.operator*().encoding).name) + ":" + result.operator*().text
                : result.error().what;
}

std::string utf16(const std::u16string& text, bool big) {
  std::string bytes;
  for (const char16_t unit : text) {
    bytes += char(big ? unit >> 8 : unit & 255);
    bytes += char(big ? unit & 255 : unit >> 8);
  }
  return bytes;
}

}  // namespace

TEST(text_file, encodings_have_the_menu_s_names) {
  EXPECT_EQ(text_encoding_named("manual"), TextEncoding::manual);
  EXPECT_EQ(text_encoding_named("utf16be"), TextEncoding::utf16be);
  EXPECT_EQ(text_encoding_named("latin1"), std::nullopt);
}

TEST(text_file, plain_text_is_utf8_with_its_line_ends) {
  EXPECT_EQ(decoded(""), "utf8:");
  EXPECT_EQ(decoded("a\r\nb\n\tc"), "utf8:a\r\nb\n\tc");
  EXPECT_EQ(decoded("Grüße, 世界 🎥"), "utf8:Grüße, 世界 🎥");
}

TEST(text_file, a_byte_order_mark_decides) {
  const std::u16string text = u"Grüße 🎥\n";
  for (int encoding = 0; encoding < text_encoding_count; ++encoding) {
    EXPECT_EQ(decoded("\xef\xbb\xbfGrüße"sv, TextEncoding(encoding)), "utf8:Grüße");
    EXPECT_EQ(decoded("\xff\xfe" + utf16(text, false), TextEncoding(encoding)), "utf16le:Grüße 🎥\n");
    EXPECT_EQ(decoded("\xfe\xff" + utf16(text, true), TextEncoding(encoding)), "utf16be:Grüße 🎥\n");
  }
}

TEST(text_file, a_stated_encoding_needs_no_mark) {
  EXPECT_EQ(decoded(utf16(u"aß🎥", false), TextEncoding::utf16le), "utf16le:aß🎥");
  EXPECT_EQ(decoded(utf16(u"aß🎥", true), TextEncoding::utf16be), "utf16be:aß🎥");
  EXPECT_EQ(decoded("Gr\xfc\xdf"
                    "e",
                    TextEncoding::cp1252),
            "cp1252:Grüße");
  EXPECT_EQ(decoded("Grüße", TextEncoding::cp1252), "cp1252:GrÃ¼ÃŸe");
}

TEST(text_file, what_is_not_utf8_is_taken_for_cp1252) {
  EXPECT_EQ(decoded("Gr\xfc\xdf"
                    "e \x80 \x93quoted\x94"),
            "cp1252:Grüße € “quoted”");
}

TEST(text_file, every_character_of_cp1252_has_its_code_point) {
  const std::u16string expected = u"€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ"s;
  std::size_t none = 0;
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const char16_t code = byte < 0xa0 ? expected[std::size_t(byte - 0x80)] : char16_t(byte);
    const std::string text = decoded(std::string(1, char(byte)), TextEncoding::cp1252);
    if (code == 0) {
      ++none;
      EXPECT_NE(text.find("is not text in CP1252"), std::string::npos) << byte;
    } else {
      EXPECT_EQ("utf16be" + text.substr(6), decoded(utf16({code}, true), TextEncoding::utf16be)) << byte;
    }
  }
  EXPECT_EQ(none, 5u);
}

TEST(text_file, every_code_point_passes_through_utf16_and_utf8) {
  for (std::uint32_t code = 1; code < 0x110000; code += code < 0x3000 ? 1 : 37) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const std::u16string units =
        code < 0x10000 ? std::u16string{char16_t(code)}
                       : std::u16string{char16_t(0xd7c0 + (code >> 10)), char16_t(0xdc00 + (code & 0x3ff))};
    if (code == 0xfeff || code == 0xfffe) continue;  // at the start these are marks
    const std::string text = decoded(utf16(units, false), TextEncoding::utf16le);
    ASSERT_TRUE(text.starts_with("utf16le:")) << code;
    ASSERT_EQ(decoded(text.substr(8), TextEncoding::utf8), "utf8:" + text.substr(8)) << code;
  }
}

TEST(text_file, errors_give_line_and_column) {
  EXPECT_EQ(decoded("a\nü\xff", TextEncoding::utf8), "is not text in UTF8: line 2, column 2 has the byte 0xff");
  EXPECT_EQ(decoded("\n\nab\x81", TextEncoding::cp1252), "is not text in CP1252: line 3, column 3 has the byte 0x81");
  EXPECT_EQ(decoded(utf16(u"a\nb", true) + "c", TextEncoding::utf16be),
            "is not text in UTF16-BE: line 2, column 2 has half a character: the number of bytes is odd");
  EXPECT_EQ(decoded("\0a\xd8\0\0b"sv, TextEncoding::utf16be),
            "is not text in UTF16-BE: line 1, column 2 has the lone surrogate 0xd800");
  EXPECT_EQ(decoded("\xdc\0"sv, TextEncoding::utf16be),
            "is not text in UTF16-BE: line 1, column 1 has the lone surrogate 0xdc00");
  EXPECT_EQ(decoded("\xd8\0"sv, TextEncoding::utf16be),
            "is not text in UTF16-BE: line 1, column 1 has the lone surrogate 0xd800");
}

TEST(text_file, forms_that_unicode_forbids_are_not_utf8) {
  for (const std::string_view bytes :
       {"\x80"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xc3"sv, "\xe0\x80\x80"sv, "\xe2\x82"sv, "\xed\xa0\x80"sv,
        "\xf0\x80\x80\x80"sv, "\xf0\x9f\x8e"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xfe"sv})
    EXPECT_TRUE(decoded(bytes, TextEncoding::utf8).starts_with("is not text in UTF8: line 1, column 1")) << bytes;
}

TEST(text_file, zero_bytes_without_a_mark_are_not_guessed_at) {
  EXPECT_EQ(decoded("a\0b\0"sv), "is no text: it has zero bytes and no byte order mark");
  EXPECT_EQ(decoded("a\0b"sv, TextEncoding::utf8), std::string("utf8:a\0b", 8));
}

TEST(text_file, a_file_is_read_up_to_the_limit_and_named_in_errors) {
  const TemporaryFolder folder;
  put(folder / "a.txt", "Grüße");
  const auto text = read_text_file(folder / "a.txt");
  ASSERT_TRUE(text);
  EXPECT_EQ(text.operator*().text, "Grüße");
  const auto large = read_text_file(folder / "a.txt", TextEncoding::manual, 3);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().what, "has more than 3 bytes, the most that is read here");
  put(folder / "b.txt", "\xff");
  const auto wrong = read_text_file(folder / "b.txt", TextEncoding::utf8);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, folder / "b.txt");
  EXPECT_FALSE(read_text_file(folder / "missing"));
}

}  // namespace cookline
