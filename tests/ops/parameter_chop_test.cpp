#include <gtest/gtest.h>

#include "ops/list.h"
#include "ops/op_harness.h"

namespace cookline {
const OpDef& parameter_chop();
namespace {

ParView view(std::string name, Value value, Style style = Style::Float) {
  ParView v;
  v.op = "/project1/geo1", v.name = v.group = std::move(name), v.value = std::move(value), v.style = style,
  v.custom = true;
  return v;
}
struct ParameterChop : testing::Test {
  Harness h{parameter_chop()};
  void SetUp() override { h.set("ops", "geo1"); }
};

TEST_F(ParameterChop, numbers_toggles_and_menus_are_channels_and_text_is_not) {
  h.services.views = {view("Record", true, Style::Toggle), view("Recordlength", 2.5),
                      view("Kind", std::int64_t(2), Style::Menu), view("Folder", std::string("."), Style::Folder)};
  const Channels c = h.cook(0);
  EXPECT_EQ(names_of(c), (std::vector<std::string>{"Record", "Recordlength", "Kind"}));
  EXPECT_EQ(value_of(c, "Record"), 1);
  EXPECT_EQ(value_of(c, "Recordlength"), 2.5);
  EXPECT_EQ(value_of(c, "Kind"), 2);
}

TEST_F(ParameterChop, a_pulse_is_one_in_the_frame_it_was_pressed_in_however_often_that_frame_is_cooked) {
  h.services.views = {view("Go", false, Style::Pulse)};
  h.services.views[0].pulses = 7;
  EXPECT_EQ(value_of(h.cook(0), "Go"), 0);
  EXPECT_EQ(value_of(h.cook(1), "Go"), 0);
  h.services.views[0].pulses = 8;
  EXPECT_EQ(value_of(h.cook(1, true), "Go"), 1);
  EXPECT_EQ(value_of(h.cook(1, true), "Go"), 1);
  EXPECT_EQ(value_of(h.cook(2), "Go"), 0);
}

TEST_F(ParameterChop, names_have_three_formats) {
  h.services.views = {view("Gain", 1.0)};
  h.set("nameformat", "op");
  EXPECT_EQ(names_of(h.cook(0)), std::vector<std::string>{"geo1:Gain"});
  h.set("nameformat", "path");
  EXPECT_EQ(names_of(h.cook(1)), std::vector<std::string>{"/project1/geo1:Gain"});
}

TEST_F(ParameterChop, channels_are_renamed_by_patterns) {
  h.services.views = {view("Xa", 1.0), view("Xb", 2.0), view("Other", 3.0)};
  h.set("renamefrom", "X*");
  h.set("renameto", "v_*(0)");
  EXPECT_EQ(names_of(h.cook(0)), (std::vector<std::string>{"v_a", "v_b", "Other"}));
}

TEST_F(ParameterChop, groups_custom_and_built_in_are_chosen) {
  h.services.views = {view("tx", 1.0), view("ty", 2.0), view("sx", 3.0)};
  for (ParView& v : h.services.views) v.custom = false, v.group = v.name.substr(0, 1);
  EXPECT_TRUE(h.cook(0).channels.empty());
  h.set("builtin", true);
  h.set("pargroups", "t");
  EXPECT_EQ(names_of(h.cook(1)), (std::vector<std::string>{"tx", "ty"}));
  h.set("parameters", "* ^ty");
  EXPECT_EQ(names_of(h.cook(2)), std::vector<std::string>{"tx"});
}

TEST_F(ParameterChop, sequences_give_a_sample_for_each_block_and_shorter_ones_hold) {
  const auto block = [](std::string sequence, int index, std::string name, double value) {
    ParView v = view(sequence + std::to_string(index) + name, value);
    v.sequence = std::move(sequence), v.block = index;
    return v;
  };
  h.services.views = {block("vec", 0, "valuex", 1), block("vec", 1, "valuex", 2), block("vec", 2, "valuex", 3),
                      block("key", 0, "pos", 9), view("tx", 5.0)};
  h.set("fetch", "sequencetypes");
  const Channels c = h.cook(0);
  ASSERT_EQ(names_of(c), (std::vector<std::string>{"vecvaluex", "keypos"}));
  EXPECT_EQ(c.channels[0].samples, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(c.channels[1].samples, (std::vector<double>{9, 9, 9}));
  h.set("sequences", "key");
  EXPECT_EQ(names_of(h.cook(1)), std::vector<std::string>{"keypos"});
}

TEST_F(ParameterChop, without_an_operator_there_are_no_channels) {
  h.set("ops", "");
  h.services.views = {view("Gain", 1.0)};
  EXPECT_TRUE(h.cook(0).channels.empty());
}

}  // namespace
}  // namespace cookline
