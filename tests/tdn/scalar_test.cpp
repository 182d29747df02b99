// YAML 1.1 plain scalars, checked against the patterns of PyYAML's resolver given to the C library.
#include "tdn/scalar.h"

#include <gtest/gtest.h>
#include <regex.h>

#include <cmath>

#include "base/random.h"

namespace cookline::tdn {
namespace {

class Pattern {
 public:
  explicit Pattern(const std::string& pattern) {
    EXPECT_EQ(regcomp(&compiled_, ("^(" + pattern + ")$").c_str(), REG_EXTENDED | REG_NOSUB), 0);
  }
  ~Pattern() { regfree(&compiled_); }
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;
  bool matches(const std::string& text) const { return regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0; }

 private:
  regex_t compiled_{};
};

Plain type_by_pattern(const std::string& text) {
  static const Pattern boolean("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  static const Pattern real(
      "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
      "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  static const Pattern integer(
      "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+");
  static const Pattern timestamp(
      "[0-9]{4}-[0-9][0-9]-[0-9][0-9]|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([Tt]|[ \t]+)[0-9][0-9]?:[0-9][0-9]:[0-9][0-9]"
      "(\\.[0-9]*)?([ \t]*(Z|[-+][0-9][0-9]?(:[0-9][0-9])?))?");
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return Plain::null;
  if (boolean.matches(text)) return Plain::boolean;
  if (real.matches(text)) return Plain::real;
  if (integer.matches(text)) return Plain::integer;
  if (timestamp.matches(text)) return Plain::timestamp;
  return text == "<<" ? Plain::merge : text == "=" ? Plain::value : Plain::text;
}

TEST(scalar, types_agree_with_the_patterns_of_yaml_1_1_for_random_spellings) {
  static const std::vector<std::string> pieces = {
      "0", "1",    "7",  "8",   "9",  "60",         "5",        "_",   ".",   "-",  "+",  ":",
      "e", "E",    "e+", "e-5", "0x", "0b",         "aF",       "inf", "NaN", "on", "No", "true",
      "~", "null", "T",  " ",   "Z",  "2001-12-14", "12:30:45", "<<",  "=",   "x"};
  for (std::uint64_t i = 0; i < 60'000; ++i) {
    std::string text;
    const std::uint64_t count = random_bits(1, i * 16) % 6;
    for (std::uint64_t k = 0; k < count; ++k) text += pieces[random_bits(1, i * 16 + 1 + k) % pieces.size()];
    ASSERT_EQ(plain_type(text), type_by_pattern(text)) << "'" << text << "'";
  }
}

std::int64_t integer(std::string_view text) {
  const auto node = plain_value(text);
  EXPECT_TRUE(node && node->kind == Kind::integer) << text;
  return node ? node->integer : 0;
}

double real(std::string_view text) {
  const auto node = plain_value(text);
  EXPECT_TRUE(node && node->kind == Kind::real) << text;
  return node ? node->real : 0;
}

TEST(scalar, integers_are_decimal_octal_hexadecimal_binary_or_base_60) {
  EXPECT_EQ(integer("1_000"), 1000);
  EXPECT_EQ(integer("012"), 10);
  EXPECT_EQ(integer("-0x1F"), -31);
  EXPECT_EQ(integer("0b101"), 5);
  EXPECT_EQ(integer("1:30"), 90);
  EXPECT_EQ(integer("-12:30:45"), -45045);
  EXPECT_EQ(integer("+7"), 7);
  EXPECT_EQ(integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST(scalar, integers_beyond_64_bits_become_reals_that_keep_their_spelling) {
  const auto node = plain_value("123456789012345678901234567890");
  ASSERT_TRUE(node);
  EXPECT_EQ(node->kind, Kind::real);
  EXPECT_EQ(node->real, 123456789012345678901234567890.0);
  EXPECT_EQ(node->text, "123456789012345678901234567890");
  EXPECT_EQ(real("-9223372036854775809"), -9223372036854775809.0);
}

TEST(scalar, reals_need_a_point_and_a_signed_exponent) {
  EXPECT_EQ(real("1.5e+3"), 1500);
  EXPECT_EQ(real(".5"), 0.5);
  EXPECT_EQ(real("-1_0.2_5"), -10.25);
  EXPECT_EQ(real("1."), 1);
  EXPECT_EQ(real("1:30.5"), 90.5);
  EXPECT_EQ(real("-.inf"), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(real(".nan")));
  for (const char* text : {"1e5", "1.5e3", "-.5", "1e-07", "0o7", "08", "0x", "1:60", "--1", "1__a"})
    EXPECT_EQ(plain_type(text), Plain::text) << text;
}

TEST(scalar, numbers_too_large_for_a_double_are_refused_and_too_small_ones_are_zero) {
  EXPECT_FALSE(plain_value("1.0e+999"));
  EXPECT_FALSE(plain_value(std::string(400, '9')));
  EXPECT_FALSE(plain_value("1.0e+99999999999999999999"));
  EXPECT_FALSE(plain_value("0x" + std::string(400, 'F')));
  EXPECT_EQ(real("1.0e-999"), 0);
  EXPECT_EQ(real("1.0e-99999999999999999999"), 0);
  EXPECT_EQ(real("0." + std::string(400, '0') + "1"), 0);
  EXPECT_EQ(real("1" + std::string(400, '0') + ".0e-400"), 1);
}

TEST(scalar, words_for_truth_and_nothing_are_those_of_yaml_1_1) {
  EXPECT_TRUE(plain_value("on")->boolean);
  EXPECT_FALSE(plain_value("No")->boolean);
  EXPECT_EQ(plain_value("off")->text, "off");
  EXPECT_EQ(plain_value("~")->kind, Kind::null);
  EXPECT_EQ(plain_value("")->kind, Kind::null);
  EXPECT_EQ(plain_type("y"), Plain::text);
  EXPECT_EQ(plain_type("tRUE"), Plain::text);
}

TEST(scalar, text_of_a_real_reads_back_as_the_same_double) {
  EXPECT_EQ(real_text(1), "1.0");
  EXPECT_EQ(real_text(0.1), "0.1");
  EXPECT_EQ(real_text(1e-7), "1.0e-07");
  EXPECT_EQ(real_text(1.5e300), "1.5e+300");
  EXPECT_EQ(real_text(-0.0), "-0.0");
  EXPECT_EQ(real_text(1e16), "1.0e+16");
  EXPECT_EQ(real_text(-std::numeric_limits<double>::infinity()), "-.inf");
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const double value = std::bit_cast<double>(random_bits(2, i));
    if (std::isnan(value)) continue;
    const std::string text = real_text(value);
    ASSERT_EQ(plain_type(text), Plain::real) << text;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(real(text)), std::bit_cast<std::uint64_t>(value)) << text;
  }
}

}  // namespace
}  // namespace cookline::tdn
