#include "data/channel_names.h"

#include <gtest/gtest.h>

namespace cookline {
namespace {

using Names = std::vector<std::string>;

TEST(channel_names, patterns_spell_out_every_name_in_order) {
  EXPECT_EQ(expand_names("t[xyz]"), (Names{"tx", "ty", "tz"}));
  EXPECT_EQ(expand_names("geo[1-5:2]:s[xy]"),
            (Names{"geo1:sx", "geo1:sy", "geo3:sx", "geo3:sy", "geo5:sx", "geo5:sy"}));
  EXPECT_EQ(expand_names("c[3-1] d"), (Names{"c3", "c2", "c1", "d"}));
  EXPECT_EQ(expand_names("f[08-11]"), (Names{"f08", "f09", "f10", "f11"}));
  EXPECT_EQ(expand_names("[a-e:2]"), (Names{"a", "c", "e"}));
  EXPECT_EQ(expand_names("  "), Names{});
}

TEST(channel_names, what_is_no_set_stays_as_it_is) {
  EXPECT_EQ(expand_names("a[ b] c[]"), (Names{"a[", "b]", "c[]"}));
  EXPECT_EQ(expand_names("a[-3]"), (Names{"a-", "a3"}));
}

TEST(channel_names, a_mistyped_range_does_not_take_all_memory) {
  EXPECT_EQ(expand_names("a[1-999999999]").size(), 100000u);
  EXPECT_EQ(expand_names("a[1-999999999] b[1-999999999]").size(), 100000u);
  EXPECT_EQ(expand_names("[ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab]").size(), 100000u);
}

TEST(channel_names, ranges_may_end_at_the_largest_number) {
  EXPECT_EQ(expand_names("[2147483646-2147483647]"), (Names{"2147483646", "2147483647"}));
  EXPECT_EQ(expand_names("[0-2147483647:2147483647]"), (Names{"0", "2147483647"}));
  EXPECT_EQ(expand_names("[a-c:2147483647]"), Names{"a"});
  EXPECT_EQ(rename_channels(Names{"a", "b"}, "*", "c2147483647"), (Names{"c2147483647", "c2147483648"}));
}

TEST(channel_names, a_word_of_very_many_sets_is_no_harm) {
  std::string word;
  for (int i = 0; i < 20000; ++i) word += "[a]";
  EXPECT_EQ(expand_names(word), Names{std::string(20000, 'a')});
}

Names renamed(Names names, const char* from, const char* to) { return rename_channels(names, from, to); }

TEST(channel_names, stars_are_carried_over) {
  EXPECT_EQ(renamed({"left_x", "right_x", "z"}, "*_x", "pos_*"), (Names{"pos_left", "pos_right", "z"}));
  EXPECT_EQ(renamed({"a_b"}, "*_*", "*(1)_*(0)"), Names{"b_a"});
  EXPECT_EQ(renamed({"a_b"}, "*_*", "*-*"), Names{"a-b"});
  EXPECT_EQ(renamed({"v12"}, "v*", "*(5)x"), Names{"x"});
}

TEST(channel_names, words_of_both_lists_belong_together) {
  EXPECT_EQ(renamed({"c1", "c3", "c5", "ambient"}, "c* ambient", "b[1-3] amb"), (Names{"b1", "b2", "b3", "amb"}));
  EXPECT_EQ(renamed({"tx", "ty"}, "tx ty", "u"), (Names{"u", "u1"})) << "the last word serves for the rest";
}

TEST(channel_names, equal_names_get_the_next_free_number) {
  EXPECT_EQ(renamed({"a", "b", "c"}, "*", "chan1"), (Names{"chan1", "chan2", "chan3"}));
  EXPECT_EQ(renamed({"a", "x", "b"}, "a b", "x"), (Names{"x1", "x", "x2"}))
      << "a channel that keeps its name has it first";
}

TEST(channel_names, nothing_to_rename_to_renames_nothing) {
  EXPECT_EQ(renamed({"a", "b"}, "*", ""), (Names{"a", "b"}));
}

}  // namespace
}  // namespace cookline
