// Values to YAML text: the form, and that it reads back as the same values.
#include "tdn/yaml_writer.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "tdn/read_node.h"

namespace cookline::tdn {
namespace {

std::string written(std::string_view text) { return to_yaml(map_node({{"a", {}, text_node(text)}})); }

TEST(yaml_writer, texts_are_quoted_exactly_where_they_would_read_as_something_else) {
  for (const char* text : {"abc", "=me.time.frame", "~op('x').par.y", "a:b", "-viewer", "1e5", "1.5e3", "a#b", "x'y",
                           "0.9.0", "2026-02-19 16:09:43 UTC", "ä", "a, b", "?x", ":x", "--", "<<<", "==", "y"})
    EXPECT_EQ(written(text), std::string("a: ") + text + "\n");
  for (const char* text :
       {"on", "No",  "12",   "012", "0x1F", "1:30", "1.5", ".5",   "~",   "null",       "",      "=",    "<<",  "- x",
        "-",  "? x", "a: b", "a:",  "a #b", "#x",   "[x",  "]x",   "{x",  "&x",         "*x",    "!x",   "|x",  ">x",
        "%x", "@x",  "`x",   ",x",  "\"x",  " x",   "x ",  "---x", "...", "2026-02-19", "1_000", ".inf", ".NaN"})
    EXPECT_EQ(written(text), std::string("a: '") + text + "'\n");
  EXPECT_EQ(written("it's: x"), "a: 'it''s: x'\n");
  EXPECT_EQ(written("'x'"), "a: '''x'''\n");
}

TEST(yaml_writer, texts_that_quotes_alone_cannot_keep_are_escaped) {
  EXPECT_EQ(written("a\tb"), "a: \"a\\tb\"\n");
  EXPECT_EQ(written("\\\"\r"), "a: \"\\\\\\\"\\r\"\n");
  EXPECT_EQ(written(std::string_view("\0\x7F\x1B", 3)), "a: \"\\0\\x7F\\e\"\n");
  EXPECT_EQ(written("\u0085\u2028\uFEFF"), "a: \"\\N\\L\\uFEFF\"\n");
  EXPECT_EQ(written("😀"), "a: \"\\U0001F600\"\n");
}

TEST(yaml_writer, texts_of_several_lines_are_literal_blocks_with_their_line_ends) {
  EXPECT_EQ(written("x\ny"), "a: |-\n  x\n  y\n");
  EXPECT_EQ(written("x\n\ny\n"), "a: |\n  x\n\n  y\n");
  EXPECT_EQ(written("x\n\n\n"), "a: |+\n  x\n\n\n");
  EXPECT_EQ(written("  x\ny"), "a: |2-\n    x\n  y\n");
  EXPECT_EQ(written("\nx"), "a: |2-\n\n  x\n");
  EXPECT_EQ(written("\tx\n\ty  \n"), "a: |2\n  \tx\n  \ty  \n");
  EXPECT_EQ(written("\n"), "a: \"\\n\"\n");
  EXPECT_EQ(written("x\n  "), "a: \"x\\n  \"\n");
  EXPECT_EQ(to_yaml(list_node({list_node({text_node("x\ny\n")})})), "- - |\n    x\n    y\n");
}

TEST(yaml_writer, numbers_keep_their_type) {
  EXPECT_EQ(to_yaml(map_node({{"a", {}, integer_node(-5)},
                              {"b", {}, real_node(2)},
                              {"c", {}, real_node(1e-7)},
                              {"d", {}, boolean_node(true)},
                              {"e", {}, null_node()}})),
            "a: -5\nb: 2.0\nc: 1.0e-07\nd: true\ne: null\n");
  const std::string long_integer = "123456789012345678901234567890";
  EXPECT_EQ(to_yaml(*read_node("a: " + long_integer, "x")), "a: " + long_integer + "\n");
}

TEST(yaml_writer, short_vectors_of_numbers_stand_in_one_line_and_all_else_in_blocks) {
  const Node four = list_node({integer_node(1), real_node(0.5), integer_node(3), integer_node(4)});
  EXPECT_EQ(to_yaml(map_node({{"a", {}, four}})), "a: [1, 0.5, 3, 4]\n");
  Node five = four;
  five.items.push_back(integer_node(5));
  EXPECT_EQ(to_yaml(map_node({{"a", {}, five}})), "a:\n- 1\n- 0.5\n- 3\n- 4\n- 5\n");
  EXPECT_EQ(to_yaml(map_node({{"a", {}, list_node()}, {"b", {}, map_node()}})), "a: []\nb: {}\n");
  EXPECT_EQ(to_yaml(list_node({map_node({{"a", {}, integer_node(1)}, {"b", {}, list_node({text_node("x")})}}),
                               list_node({list_node({text_node("y")}), map_node()})})),
            "- a: 1\n  b:\n  - x\n- - - y\n  - {}\n");
}

TEST(yaml_writer, long_keys_get_the_explicit_form) {
  const std::string key(2000, 'k');
  const std::string text = to_yaml(map_node({{"x", {}, map_node({{key, {}, list_node({text_node("v")})}})}}));
  EXPECT_EQ(text, "x:\n  ? " + key + "\n  :\n  - v\n");
  EXPECT_EQ(*read_node(text, "x"), map_node({{"x", {}, map_node({{key, {}, list_node({text_node("v")})}})}}));
}

// Random values whose texts are full of characters with a meaning in YAML.
class RandomNodes {
 public:
  explicit RandomNodes(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t next(std::uint64_t below) { return random_bits(seed_, counter_++) % below; }

  std::string text() {
    static const std::vector<std::string> pieces = {
        "a", "b",      " ",      "\n", "\t",    ":",  "#",    "-",   "'",    "\"", "\\", "{",  "}",      "[", "]",
        ",", "&",      "*",      "!",  "|",     ">",  "%",    "@",   "`",    "=",  "~",  "0",  ".",      "1", "é",
        "😀", "\u2028", "\u0085", "\r", "x\x01", "on", "null", "---", "\n\n", "  ", ": ", " #", "\uFEFF", "<<"};
    std::string out;
    for (std::uint64_t i = next(8); i > 0; --i) out += pieces[next(pieces.size())];
    return out;
  }

  Node node(int depth) {
    switch (next(depth > 3 ? 6 : 10)) {
      case 0:
        return null_node();
      case 1:
        return boolean_node(next(2) == 1);
      case 2:
        return integer_node(std::int64_t(next(2000)) - 1000);
      case 3:
        return real_node(std::bit_cast<double>(random_bits(seed_, counter_++)));
      case 4:
      case 5:
        return text_node(text());
      case 6:
      case 7: {
        Node list = list_node();
        for (std::uint64_t i = next(6); i > 0; --i) list.items.push_back(node(depth + 1));
        return list;
      }
      default: {
        Node map = map_node();
        for (std::uint64_t i = next(6); i > 0; --i) {
          const std::string key = text();
          if (!map.find(key)) map.entries.push_back({key, {}, node(depth + 1)});
        }
        return map;
      }
    }
  }

 private:
  std::uint64_t seed_, counter_ = 0;
};

TEST(yaml_writer, random_values_read_back_the_same) {
  for (std::uint64_t seed = 0; seed < 5000; ++seed) {
    const Node node = RandomNodes(seed).node(0);
    const std::string text = to_yaml(node);
    const Result<Node> again = read_yaml(text, "again");
    ASSERT_TRUE(again) << to_string(again.error()) << "\n" << text;
    ASSERT_TRUE(*again == node) << text;
    ASSERT_EQ(to_yaml(*again), text);
  }
}

}  // namespace
}  // namespace cookline::tdn
