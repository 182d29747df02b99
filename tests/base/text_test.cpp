#include "base/text.h"

#include <gtest/gtest.h>

namespace cookline {

TEST(text, patterns_match_as_in_touchdesigner) {
  EXPECT_TRUE(match_pattern("*", ""));
  EXPECT_TRUE(match_pattern("chan*", "chan12"));
  EXPECT_TRUE(match_pattern("t[xyz]", "ty"));
  EXPECT_FALSE(match_pattern("t[^xy]", "tx"));
  EXPECT_TRUE(match_pattern("t[a-z]?", "tb1"));
  EXPECT_FALSE(match_pattern("a*b", "abc"));
  EXPECT_TRUE(match_patterns("* ^t*", "rx"));
  EXPECT_FALSE(match_patterns("* ^t*", "tx"));
}

TEST(text, a_typing_error_finds_the_name_that_was_meant) {
  const std::vector<std::string> names = {"size", "filter", "mono"};
  EXPECT_EQ(nearest_name("siez", names), "size");
  EXPECT_EQ(nearest_name("monochrome", names), "mono");
  EXPECT_EQ(nearest_name("entirelydifferent", names), std::nullopt);
}

TEST(text, numbers_read_back_exactly) {
  for (double v : {0.0, 1.0, -3.0, 0.1, 1e300, 1.0 / 3}) EXPECT_EQ(parse_number(number_text(v)), v);
  EXPECT_EQ(number_text(5), "5");
  EXPECT_EQ(parse_number("12x"), std::nullopt);
}

}  // namespace cookline
