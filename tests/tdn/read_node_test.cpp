// YAML and JSON to values with places, and what broken or hostile text gives.
#include "tdn/read_node.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace cookline::tdn {
namespace {

Node read(std::string_view text) {
  const Result<Node> node = read_node(text, "show.tdn");
  EXPECT_TRUE(node) << (node ? "" : to_string(node.error()));
  return node ? *node : Node{};
}

std::string error_of(std::string_view text, const ReadLimits& limits = {}) {
  const Result<Node> node = read_node(text, "show.tdn", limits);
  return node ? "no error" : to_string(node.error());
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(read_node, yaml_values_have_types_styles_and_places) {
  const Node root = read("a: 1\nb:\n  - 'x'\n  - \"y\\n\"\n  - |\n    z\nc: {d: on, e: ~}\n");
  EXPECT_EQ(root, map_node({{"a", {}, integer_node(1)},
                            {"b", {}, list_node({text_node("x"), text_node("y\n"), text_node("z\n")})},
                            {"c", {}, map_node({{"d", {}, boolean_node(true)}, {"e", {}, null_node()}})}}));
  const Node& list = *root.find("b");
  EXPECT_EQ(list.items[0].style, Style::single_quoted);
  EXPECT_EQ(list.items[1].style, Style::double_quoted);
  EXPECT_EQ(list.items[2].style, Style::literal);
  EXPECT_EQ(list.style, Style::block);
  EXPECT_EQ(root.find("c")->style, Style::flow);
  EXPECT_EQ(list.items[1].place.line, 4u);
  EXPECT_EQ(list.items[1].place.column, 5u);
  EXPECT_EQ(root.entries[2].place.line, 7u);
}

TEST(read_node, columns_count_characters) {
  const Node root = read("{ä: ö}");
  EXPECT_EQ(root.entries[0].value.place.column, 5u);
  EXPECT_EQ(read("[\"ä\", 1]").items[1].place.column, 7u);
}

TEST(read_node, json_gives_the_same_values_as_yaml) {
  const Node root = read(
      "\xEF\xBB\xBF\n\t{\"a\":\t[1, -2.5e3, true, null, \"\\u00e4\\ud83d\\ude00\\n\"],\n\t\"b\": {}, \"c\": "
      "-Infinity}\n");
  EXPECT_EQ(
      root,
      map_node({{"a",
                 {},
                 list_node({integer_node(1), real_node(-2500), boolean_node(true), null_node(), text_node("ä😀\n")})},
                {"b", {}, map_node()},
                {"c", {}, real_node(-std::numeric_limits<double>::infinity())}}));
  EXPECT_EQ(root.entries[1].place.line, 3u);
  EXPECT_EQ(root.entries[1].place.column, 2u);
}

TEST(read_node, text_that_begins_like_json_and_is_none_is_read_as_yaml) {
  EXPECT_EQ(read("{a: 1, b: [x]}"), map_node({{"a", {}, integer_node(1)}, {"b", {}, list_node({text_node("x")})}}));
}

TEST(read_node, of_equal_keys_the_last_counts) {
  EXPECT_EQ(read("a: 1\nb: 2\na: 3\n"), map_node({{"a", {}, integer_node(3)}, {"b", {}, integer_node(2)}}));
  EXPECT_EQ(read("{\"a\": 1, \"b\": 2, \"a\": 3}"), map_node({{"a", {}, integer_node(3)}, {"b", {}, integer_node(2)}}));
}

TEST(read_node, keys_that_are_no_text_keep_their_spelling) {
  EXPECT_EQ(read("on: 1\n012: 2\n~: 3\n"),
            map_node({{"on", {}, integer_node(1)}, {"012", {}, integer_node(2)}, {"~", {}, integer_node(3)}}));
}

TEST(read_node, aliases_and_merge_keys_are_expanded) {
  EXPECT_EQ(
      read("a: &x {k: 1, l: 2}\nb: *x\nc:\n  m: 3\n  k: 4\n  <<: *x\n"),
      map_node(
          {{"a", {}, map_node({{"k", {}, integer_node(1)}, {"l", {}, integer_node(2)}})},
           {"b", {}, map_node({{"k", {}, integer_node(1)}, {"l", {}, integer_node(2)}})},
           {"c", {}, map_node({{"k", {}, integer_node(4)}, {"l", {}, integer_node(2)}, {"m", {}, integer_node(3)}})}}));
  EXPECT_EQ(*read("a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc: {<<: [*x, *y]}\n").find("c"),
            map_node({{"k", {}, integer_node(1)}, {"l", {}, integer_node(3)}}));
  EXPECT_EQ(read("'<<': 1\n"), map_node({{"<<", {}, integer_node(1)}}));
  EXPECT_EQ(error_of("a: 1\n<<: 2\n"), "show.tdn:2:5: '<<' merges a map or a list of maps, found the number 2");
}

TEST(read_node, tags_of_yaml_are_obeyed_and_others_are_errors) {
  EXPECT_EQ(read("[!!str 1, !!float 2, !!int 3]"), list_node({text_node("1"), real_node(2), integer_node(3)}));
  EXPECT_EQ(
      error_of("a: !!python/object:os.system x\n"),
      "show.tdn:1:4: the tag 'tag:yaml.org,2002:python/object:os.system' does not fit this value; remove the tag");
  EXPECT_EQ(error_of("a: !!int x\n"),
            "show.tdn:1:4: the tag 'tag:yaml.org,2002:int' does not fit this value; remove the tag");
  EXPECT_EQ(error_of("a: !foo [1]\n"), "show.tdn:1:4: the tag '!foo' does not fit this value; remove the tag");
}

TEST(read_node, windows_line_ends_and_byte_order_marks_are_read) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a: |\r\n  x\r\n  y\r\nb: 1\r\n"),
            map_node({{"a", {}, text_node("x\ny\n")}, {"b", {}, integer_node(1)}}));
}

TEST(read_node, broken_yaml_names_place_problem_and_advice) {
  EXPECT_EQ(error_of("a: [1, 2\nb: 3\n"),
            "show.tdn:2:2: this is not valid YAML: did not find expected ',' or ']', while parsing a flow sequence "
            "from line 1");
  EXPECT_EQ(error_of("a: \"x\nb: 1\n"),
            "show.tdn:3:1: this is not valid YAML: found unexpected end of stream, while scanning a quoted scalar from "
            "line 1");
  EXPECT_EQ(error_of("a:\n\tb: 1\n"),
            "show.tdn:2:1: this is not valid YAML: found character that cannot start any token, while scanning for the "
            "next token from line 2; "
            "indent with spaces, YAML allows no tabs there");
  EXPECT_EQ(error_of("a: b: c\n"),
            "show.tdn:1:5: this is not valid YAML: mapping values are not allowed in this context; "
            "check the indentation, or put a text that holds ': ' in quotes");
  EXPECT_EQ(
      error_of("a: 1\nb\n"),
      "show.tdn:3:1: this is not valid YAML: could not find expected ':', while scanning a simple key from line 2");
  EXPECT_EQ(error_of("a: @b\n"),
            "show.tdn:1:4: this is not valid YAML: found character that cannot start any token, while scanning for the "
            "next token from line 1; "
            "put a text that begins with this character in quotes");
  EXPECT_EQ(error_of("a: 1\n---\nb: 2\n"), "show.tdn:2:1: the file holds more than one YAML document; keep one");
  EXPECT_EQ(error_of("? [a]\n: 1\n"), "show.tdn:1:3: a key must be a single value, found a list");
}

TEST(read_node, broken_json_names_place_and_problem) {
  EXPECT_EQ(error_of("{\"a\": 1,\n \"b\" 2}"), "show.tdn:2:6: this is not valid JSON: expected ':', found '2'");
  EXPECT_EQ(error_of("[1, 2"), "show.tdn:1:6: this is not valid JSON: expected ',' or ']', found the end of the file");
  EXPECT_EQ(error_of("{\"a\": \"x\n\"}"), "no error");  // YAML allows what JSON does not
  EXPECT_EQ(error_of("[\"a\\q\"]"), "show.tdn:1:4: this is not valid JSON: unknown escape in a text");
  EXPECT_EQ(error_of("[\"\\ud800\"]"), "show.tdn:1:3: this is not valid JSON: half of a surrogate pair");
  EXPECT_EQ(error_of("[\"abc"), "show.tdn:1:2: this is not valid JSON: the text that begins here has no closing quote");
  EXPECT_EQ(error_of("[1] 2"), "show.tdn:1:5: this is not valid JSON: something follows the value: '2'");
  EXPECT_EQ(error_of("[1e999]"), "no error");  // a text in YAML, which has no such number
  EXPECT_EQ(to_string(read_json("[1e999]", "show.tdn").error()), "show.tdn:1:2: the number '1e999' is too large");
  for (const char* text :
       {"[01]", "[+1]", "[1.]", "[.5]", "[1e]", "[tru]", "[--1]", "{\"a\":1,}", "[1,]", "{a:1}", "[1 2]", "[\"\t\"]"})
    EXPECT_FALSE(read_json(text, "show.tdn")) << text;
}

TEST(read_node, empty_files_are_errors) {
  EXPECT_EQ(error_of(""), "show.tdn: the file is empty");
  EXPECT_EQ(error_of(" \n\t\r\n"), "show.tdn: the file is empty");
  EXPECT_EQ(error_of("# only a comment\n"), "show.tdn: the file is empty");
}

TEST(read_node, bytes_that_are_not_utf_8_or_not_printable_are_errors) {
  EXPECT_EQ(error_of("a: 1\nb: \xFF\n"), "show.tdn:2:4: byte 0xff is not valid UTF-8; save the file as UTF-8");
  EXPECT_EQ(error_of("a: \xC0\xAF\n"), "show.tdn:1:4: byte 0xc0 is not valid UTF-8; save the file as UTF-8");
  EXPECT_EQ(error_of("a: \xED\xA0\x80\n"), "show.tdn:1:4: byte 0xed is not valid UTF-8; save the file as UTF-8");
  EXPECT_EQ(error_of("a: \xE2\x82"), "show.tdn:1:4: byte 0xe2 is not valid UTF-8; save the file as UTF-8");
  EXPECT_EQ(error_of(std::string_view("a: 1\nb: \0x\n", 11)),
            "show.tdn:2:4: this is not valid YAML: control characters are not allowed");
}

TEST(read_node, deep_nesting_is_an_error_and_needs_no_deep_stack) {
  const std::string message = "lists and maps are nested deeper than 200 levels";
  EXPECT_EQ(error_of(repeated("[", 100'000)), "show.tdn:1:201: " + message);
  EXPECT_NE(error_of(repeated("- ", 100'000)).find(message), std::string::npos);
  EXPECT_NE(error_of(repeated("{a: ", 100'000)).find("show.tdn"), std::string::npos);
  EXPECT_NE(error_of("x: " + repeated("{a: ", 100'000)).find(message), std::string::npos);
  EXPECT_NE(error_of(repeated("{\"a\":", 100'000)).find(message), std::string::npos);
  EXPECT_NE(error_of(repeated("? ", 100'000)).find("show.tdn"), std::string::npos);
  EXPECT_EQ(error_of(repeated("[", 200) + repeated("]", 200)), "no error");
}

TEST(read_node, nesting_by_aliases_counts_too) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 300; ++i)
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  EXPECT_NE(error_of(text).find("nested deeper than 200 levels"), std::string::npos);
}

TEST(read_node, alias_bombs_are_errors) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(last + ", ", 9) + last + "]\n";
  }
  EXPECT_EQ(error_of(text), "show.tdn:6:40: holds more than 1000000 values, aliases expanded");
  const std::string large = "a: &a " + std::string(1 << 20, 'x') + "\nb: [" + repeated("*a, ", 300) + "]\n";
  EXPECT_NE(error_of(large).find("bytes of text, aliases expanded"), std::string::npos);
}

TEST(read_node, an_alias_inside_its_own_anchor_or_without_one_is_an_error) {
  EXPECT_EQ(error_of("a: &a [1, *a]\n"), "show.tdn:1:11: the alias '*a' stands inside its own anchor");
  EXPECT_EQ(error_of("a: &a {b: *a}\n"), "show.tdn:1:11: the alias '*a' stands inside its own anchor");
  EXPECT_EQ(error_of("a: *b\n"), "show.tdn:1:4: the alias '*b' has no anchor '&b' before it");
}

TEST(read_node, limits_on_bytes_and_values_are_kept) {
  EXPECT_EQ(error_of("a: 1234567\n", {.bytes = 10}), "show.tdn: the text has 11 bytes, at most 10 are read");
  EXPECT_EQ(error_of("[1, 2, 3]", {.nodes = 3}), "show.tdn:1:8: holds more than 3 values, aliases expanded");
  EXPECT_NE(error_of("a: 1\nb: 2\nc: 3\n", {.nodes = 3}).find("holds more than 3 values"), std::string::npos);
}

TEST(read_node, random_damage_to_a_file_never_does_more_than_give_an_error) {
  const std::string yaml =
      "a: &x\n  - |\n    text\n  - 'q'\n  - \"d\\u00e4\"\nb: {c: [1, 2.5, ~], <<: {e: on}}\nf: *x\n? long\n: >-\n  "
      "folded\n  more\n";
  const std::string json = "{\"a\": [1, 2.5e-3, null, true], \"b\": {\"c\": \"\\ud83d\\ude00\\n\"}, \"d\": -0}";
  static constexpr std::string_view bytes = "[]{},:-?&*!|>'\"%@`#\n\t \\x0~<=\xC3\xA4\xFF";
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    std::string text = i % 2 ? yaml : json;
    const std::uint64_t edits = 1 + random_bits(3, i * 64) % 6;
    for (std::uint64_t k = 0; k < edits; ++k) {
      const std::size_t at = random_bits(3, i * 64 + 2 * k + 1) % text.size();
      const std::uint64_t what = random_bits(3, i * 64 + 2 * k + 2);
      if (what % 3 == 0)
        text[at] = bytes[what / 3 % bytes.size()];
      else if (what % 3 == 1)
        text.insert(at, 1, bytes[what / 3 % bytes.size()]);
      else
        text.erase(at, 1 + what / 3 % 4);
      if (text.empty()) text = "a";
    }
    const Result<Node> node = read_node(text, "show.tdn");
    ASSERT_TRUE(node || (node.error().where.starts_with("show.tdn") && !node.error().what.empty())) << text;
  }
}

}  // namespace
}  // namespace cookline::tdn
