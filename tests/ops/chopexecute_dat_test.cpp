#include <gtest/gtest.h>

#include "ops/op_harness.h"

namespace cookline {
const OpDef& chopexecute_dat();
namespace {

using Names = std::vector<std::string>;
struct ChopExecute : testing::Test {
  Harness h{chopexecute_dat()};
  void SetUp() override {
    for (const char* toggle : {"offtoon", "whileon", "ontooff", "whileoff", "valuechange"}) h.set(toggle, true);
  }
  Names look(std::int64_t frame, double value, bool again = false) {
    h.refer("chop", one_sample({{"record", value}}));
    EXPECT_TRUE(h.watch(frame, again));
    return h.callbacks();
  }
};

TEST_F(ChopExecute, the_first_look_only_records) { EXPECT_EQ(look(0, 1), Names{}); }

TEST_F(ChopExecute, a_switch_calls_every_function_in_order) {
  look(0, 0);
  EXPECT_EQ(look(1, 0), Names{"whileOff"});
  EXPECT_EQ(look(2, 1), (Names{"onOffToOn", "whileOn", "onValueChange"}));
  EXPECT_EQ(look(3, 2), (Names{"whileOn", "onValueChange"}));
  EXPECT_EQ(look(4, 0), (Names{"onOnToOff", "whileOff", "onValueChange"}));
}

TEST_F(ChopExecute, a_second_look_in_a_frame_sees_changes_but_no_time) {
  look(0, 0);
  look(1, 0);
  EXPECT_EQ(look(1, 1, true), (Names{"onOffToOn", "onValueChange"}));
  EXPECT_EQ(look(1, 1, true), Names{});
}

TEST_F(ChopExecute, the_arguments_are_channel_sample_value_and_former_value) {
  look(0, 0);
  look(1, 2.5);
  ASSERT_FALSE(h.events.empty());
  const Event& e = h.events.front();
  EXPECT_FALSE(e.owner_first);
  ASSERT_EQ(e.arguments.size(), 4u);
  EXPECT_EQ(std::get<ChannelArgument>(e.arguments[0]).op, "/chop_target");
  EXPECT_EQ(std::get<ChannelArgument>(e.arguments[0]).channel, "record");
  EXPECT_EQ(std::get<Value>(e.arguments[1]), Value(std::int64_t(0)));
  EXPECT_EQ(std::get<Value>(e.arguments[2]), Value(2.5));
  EXPECT_EQ(std::get<Value>(e.arguments[3]), Value(0.0));
}

TEST_F(ChopExecute, nothing_is_called_while_inactive_and_turning_it_on_is_no_change) {
  look(0, 0);
  h.set("active", false);
  EXPECT_EQ(look(1, 1), Names{});
  h.set("active", true);
  EXPECT_EQ(look(2, 1), Names{"whileOn"});
}

TEST_F(ChopExecute, only_the_chosen_channels_are_watched) {
  h.set("channel", "other");
  look(0, 0);
  EXPECT_EQ(look(1, 1), Names{});
}

TEST_F(ChopExecute, slices_go_on_from_the_last_sample_and_curves_compare_sample_by_sample) {
  for (const char* toggle : {"whileon", "whileoff", "valuechange"}) h.set(toggle, false);
  Channels c;
  c.channels = {{"a", {0, 1, 0}}};
  c.time_slice = true;
  h.refer("chop", c);
  ASSERT_TRUE(h.watch(0));
  c.channels = {{"a", {1, 0, 1}}};
  h.refer("chop", c);
  ASSERT_TRUE(h.watch(1));
  EXPECT_EQ(h.callbacks(), (Names{"onOffToOn", "onOnToOff", "onOffToOn"}));
  c.time_slice = false;
  c.channels = {{"a", {1, 1, 1}}};
  h.refer("chop", c);
  ASSERT_TRUE(h.watch(2));
  EXPECT_EQ(h.callbacks(), Names{"onOffToOn"}) << "only the middle sample changed";
}

TEST_F(ChopExecute, while_functions_run_once_a_frame_if_so_chosen) {
  h.set("valuechange", false);
  h.set("freq", "onceperframe");
  Channels c;
  c.channels = {{"a", {1, 1, 1}}};
  h.refer("chop", c);
  ASSERT_TRUE(h.watch(0));
  ASSERT_TRUE(h.watch(1));
  EXPECT_EQ(h.callbacks(), Names{"whileOn"});
  h.set("freq", "everysample");
  ASSERT_TRUE(h.watch(2));
  EXPECT_EQ(h.callbacks(), (Names{"whileOn", "whileOn", "whileOn"}));
}

TEST_F(ChopExecute, its_table_is_its_own_text_or_that_of_its_input) {
  h.services.held.text = "def onOffToOn(): pass\n";
  EXPECT_EQ(h.cook_table(0).text, "def onOffToOn(): pass\n");
  h.input(0, Table{.text = "# other"});
  EXPECT_EQ(h.cook_table(1).text, "# other");
}

}  // namespace
}  // namespace cookline
