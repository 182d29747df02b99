// Constant, Null, In, Out, Select and Info CHOP.
#include <gtest/gtest.h>

#include "ops/op_harness.h"

namespace cookline {
const OpDef& constant_chop();
const OpDef& null_chop();
const OpDef& in_chop();
const OpDef& out_chop();
const OpDef& select_chop();
const OpDef& info_chop();
namespace {

using Names = std::vector<std::string>;
using Samples = std::vector<double>;

TEST(constant_chop, blocks_are_channels_and_patterns_are_several) {
  Harness h(constant_chop());
  EXPECT_EQ(names_of(h.cook(0)), Names{"chan1"});
  h.set("const0name", "t[xy]");
  h.set("const0value", 0.5);
  h.set("const1value", 2.0);
  h.set("const2name", "z");
  h.set("const2value", 3.0);
  const Channels c = h.cook(1);
  EXPECT_EQ(names_of(c), (Names{"tx", "ty", "z"})) << "a block without a name is no channel";
  EXPECT_EQ(value_of(c, "ty"), 0.5);
  EXPECT_EQ(value_of(c, "z"), 3);
}

TEST(constant_chop, the_channel_page_gives_an_interval_and_what_is_outside) {
  Harness h(constant_chop());
  h.set("single", false);
  h.set("rate", 120.0);
  h.set("startunit", "seconds");
  h.set("start", 0.5);
  h.set("endunit", "frames");
  h.set("end", 60.0);
  h.set("right", "default");
  h.set("defval", 7.0);
  const Channels c = h.cook(0);
  EXPECT_EQ(c.start, 60);
  EXPECT_EQ(c.length(), 61u);
  EXPECT_EQ(c.rate_hz, 120);
  EXPECT_EQ(c.extend_right, Extend::constant);
  EXPECT_EQ(c.extend_value, 7);
  h.set("end", 1e12);
  EXPECT_FALSE(h.channels(1));
}

TEST(constant_chop, a_snapshot_stands_in_until_a_parameter_is_edited) {
  Harness h(constant_chop());
  h.input(0, one_sample({{"a", 1}, {"b", 2}, {"c", 3}}));
  h.set("first", std::int64_t(1));
  EXPECT_EQ(names_of(h.cook(0)), Names{"chan1"});
  h.press("snap");
  EXPECT_EQ(names_of(h.cook(1)), (Names{"b", "c"}));
  h.input(0, one_sample({{"a", 9}, {"b", 9}, {"c", 9}}));
  EXPECT_EQ(value_of(h.cook(2), "c"), 3);
  h.set("const0value", 5.0);
  EXPECT_EQ(value_of(h.cook(3), "chan1"), 5);
}

TEST(constant_chop, the_active_input_adds_what_the_first_input_changes_by) {
  Harness h(constant_chop());
  const auto at = [&](std::int64_t f, double value, double active) {
    h.input(0, one_sample({{"a", value}}));
    h.input(1, one_sample({{"on", active}}));
    return value_of(h.cook(f), "chan1");
  };
  h.set("const0value", 10.0);
  EXPECT_EQ(at(0, 3, 0), 10);
  EXPECT_EQ(at(1, 5, 1), 10) << "it begins here";
  EXPECT_EQ(at(2, 6, 1), 11);
  EXPECT_EQ(at(3, 100, 0), 11);
  EXPECT_EQ(at(4, 50, 1), 11);
  EXPECT_EQ(at(5, 49, 1), 10);
  h.set("current", true);
  EXPECT_EQ(at(6, 0, 1), 10) << "no operator is current without an editor";
}

TEST(null_chop, passes_its_input_through) {
  Harness h(null_chop());
  EXPECT_TRUE(h.cook(0).channels.empty());
  const Channels c = one_sample({{"a", 1}});
  h.input(0, c);
  EXPECT_EQ(h.cook(1), c);
}

TEST(null_chop, selective_keeps_what_it_holds_while_only_unchecked_things_change) {
  Harness h(null_chop());
  h.set("cooktype", "selective");
  h.set("checkvalues", false);
  h.input(0, one_sample({{"a", 1}}));
  h.cook(0);
  h.input(0, one_sample({{"a", 2}}));
  EXPECT_EQ(value_of(h.cook(1), "a"), 1);
  h.input(0, one_sample({{"b", 3}}));
  EXPECT_EQ(value_of(h.cook(2), "b"), 3);
  h.set("checknames", false);
  h.input(0, one_sample({{"c", 4}}));
  EXPECT_EQ(names_of(h.cook(3)), Names{"b"});
  Channels moved = one_sample({{"c", 4}});
  moved.start = 5;
  h.input(0, moved);
  EXPECT_EQ(names_of(h.cook(4)), Names{"c"});
  h.set("checkrange", false);
  moved.start = 6;
  h.input(0, moved);
  EXPECT_EQ(h.cook(5).start, 5);
}

TEST(in_chop, names_filter_with_a_number_and_rename_without) {
  Harness h(in_chop());
  h.input(0, one_sample({{"a", 1}, {"b", 2}, {"c", 3}}));
  EXPECT_EQ(names_of(h.cook(0)), (Names{"a", "b", "c"}));
  h.set("channames", "t[xy]");
  EXPECT_EQ(names_of(h.cook(1)), (Names{"tx", "ty", "c"}));
  h.set("channames", "b c");
  h.set("numchannels", std::int64_t(2));
  EXPECT_EQ(names_of(h.cook(2)), (Names{"b", "c"}));
  h.set("numchannels", std::int64_t(3));
  const auto wrong = h.channels(3);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, "/op1.numchannels");
}

TEST(out_chop, passes_its_input_through) {
  Harness h(out_chop());
  h.input(0, one_sample({{"a", 1}}));
  EXPECT_EQ(value_of(h.cook(0), "a"), 1);
}

TEST(select_chop, names_give_the_order_and_may_come_twice) {
  Harness h(select_chop());
  h.refer("chop", one_sample({{"c1", 1}, {"c2", 2}, {"c3", 3}, {"c10", 10}}));
  h.set("channames", "c2 c10 c3 c3");
  EXPECT_EQ(names_of(h.cook(0)), (Names{"c2", "c10", "c3", "c3"}));
  h.set("channames", "c[1-10] ^c3");
  EXPECT_EQ(names_of(h.cook(1)), (Names{"c1", "c2", "c10"}));
  h.set("channames", "* ^c?");
  EXPECT_EQ(names_of(h.cook(2)), Names{"c10"});
}

TEST(select_chop, channels_are_renamed_with_what_the_stars_stood_for) {
  Harness h(select_chop());
  h.input(0, one_sample({{"left_x", 1}, {"right_x", 2}}));
  h.set("renamefrom", "*_x");
  h.set("renameto", "x_*(0)");
  EXPECT_EQ(names_of(h.cook(0)), (Names{"x_left", "x_right"}));
}

TEST(select_chop, digits_filter_and_can_be_stripped) {
  Harness h(select_chop());
  h.input(0, one_sample({{"tx1", 1}, {"tx2", 2}, {"ty1", 3}, {"t11", 4}, {"t", 5}}));
  h.set("filterbydigits", true);
  h.set("digits", std::int64_t(1));
  EXPECT_EQ(names_of(h.cook(0)), (Names{"tx1", "ty1"}));
  h.set("stripdigits", true);
  EXPECT_EQ(names_of(h.cook(1)), (Names{"tx", "ty"}));
}

TEST(select_chop, equal_names_of_two_sources_get_the_name_of_their_chop) {
  Harness h(select_chop());
  h.input(0, one_sample({{"a", 1}}));
  h.refer("chop", one_sample({{"a", 2}, {"b", 3}}));
  h.set("autoprefix", true);
  EXPECT_EQ(names_of(h.cook(0)), (Names{"a", "chop_target:a", "b"}));
}

// One channel on an interval.
Channels curve(double start, Samples samples) {
  Channels c;
  c.start = start;
  c.channels = {{"a", std::move(samples)}};
  return c;
}

TEST(select_chop, align_brings_two_sources_to_one_interval) {
  struct Case {
    const char* how;
    double start;
    Samples first, second;
  };
  const Case cases[] = {
      {"none", 0, {1, 2, 3, 3, 3}, {10, 10, 10, 20, 30}},
      {"auto", 0, {1, 2, 3, 3, 3}, {10, 10, 10, 20, 30}},
      {"stretch", 0, {1, 1.5, 2, 2.5, 3}, {10, 15, 20, 25, 30}},
      {"start", 0, {1, 2, 3}, {10, 20, 30}},
      {"end", 2, {1, 2, 3}, {10, 20, 30}},
      {"shift1", 0, {1, 2, 3}, {10, 20, 30}},
      {"trim1", 0, {1, 2, 3}, {10, 10, 10}},
      {"stretch1", 0, {1, 2, 3}, {10, 20, 30}},
      {"trim", 2, {3}, {10}},
      {"squash", 2, {1}, {10}},
  };
  for (const Case& c : cases) {
    Harness h(select_chop());
    h.input(0, curve(0, {1, 2, 3}));
    h.refer("chop", curve(2, {10, 20, 30}));
    h.set("align", c.how);
    const Channels out = h.cook(0);
    EXPECT_EQ(out.start, c.start) << c.how;
    EXPECT_EQ(out.channels[0].samples, c.first) << c.how;
    EXPECT_EQ(out.channels[1].samples, c.second) << c.how;
  }
}

TEST(select_chop, extend_conditions_tell_what_is_outside) {
  const auto extended = [](Extend left, Extend right) {
    Harness h(select_chop());
    Channels c = curve(2, {1, 2, 4});
    c.extend_left = left, c.extend_right = right, c.extend_value = 9;
    h.input(0, curve(0, {0, 0, 0, 0, 0, 0, 0, 0}));
    h.refer("chop", c);
    h.set("align", "trim1");
    return h.cook(0).channels[1].samples;
  };
  EXPECT_EQ(extended(Extend::hold, Extend::hold), (Samples{1, 1, 1, 2, 4, 4, 4, 4}));
  EXPECT_EQ(extended(Extend::slope, Extend::slope), (Samples{-1, 0, 1, 2, 4, 6, 8, 10}));
  EXPECT_EQ(extended(Extend::cycle, Extend::cycle), (Samples{2, 4, 1, 2, 4, 1, 2, 4}));
  EXPECT_EQ(extended(Extend::mirror, Extend::mirror), (Samples{2, 1, 1, 2, 4, 4, 2, 1}));
  EXPECT_EQ(extended(Extend::constant, Extend::constant), (Samples{9, 9, 1, 2, 4, 9, 9, 9}));
}

TEST(info_chop, numbers_are_chosen_by_type_name_and_value) {
  Harness h(info_chop());
  h.services.infos["noise1"] = {{"total_cooks", 12}, {"warnings", 0}, {"hour", 1}, {"frame", 7}};
  EXPECT_TRUE(h.cook(0).channels.empty()) << "no operator is named";
  h.set("op", "noise1");
  EXPECT_EQ(names_of(h.cook(1)), (Names{"total_cooks", "warnings", "hour", "frame"}));
  h.set("infotype", "timecode");
  EXPECT_EQ(names_of(h.cook(2)), (Names{"hour", "frame"}));
  h.set("infotype", "general");
  EXPECT_EQ(names_of(h.cook(3)), (Names{"total_cooks", "warnings"}));
  h.set("values", "inside");
  EXPECT_EQ(names_of(h.cook(4)), Names{"warnings"});
  h.set("values", "outside");
  EXPECT_EQ(names_of(h.cook(5)), Names{"total_cooks"});
  h.set("iscope", "w*");
  EXPECT_TRUE(h.cook(6).channels.empty());
  h.set("op", "nobody");
  EXPECT_FALSE(h.channels(7));
}

}  // namespace
}  // namespace cookline
