// Timer CHOP: segments, jumps, sub-ranges and time from outside.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "ops/timer_harness.h"

namespace cookline {
namespace {

TEST(timer_chop, serial_segments_follow_each_other_from_the_table) {
  Timer t;
  t.refer("segdat",
          segments({"delay", "length", "cycle", "cyclelimit", "maxcycles", "level"},
                   {{"1", "3", "0", "0", "1", "10"}, {"0", "2", "1", "1", "2", "20"}, {"2", "1", "", "", "", "40"}}));
  t.set("channelcolumns", "level");
  std::vector<Names> told;
  std::vector<double> segment, level;
  for (int f = 0; f <= 11; ++f) {
    const Channels c = f == 0 ? t.start(0) : t.run(f);
    told.push_back(t.told());
    segment.push_back(value_of(c, "segment"));
    level.push_back(value_of(c, "level"));
  }
  EXPECT_EQ(told[0], (Names{"onInitialize 1", "onReady", "onStart", "onSegmentEnter 0 False"}));
  EXPECT_EQ(told[1], Names{"onTimerPulse 0"});
  EXPECT_EQ(told[4], (Names{"onCycleEndAlert 0 0 1 False False", "onSegmentExit 0 False", "onSegmentEnter 1 False",
                            "onTimerPulse 1", "onCycleStart 1 0"}));
  EXPECT_EQ(told[6], (Names{"onCycleEndAlert 1 0 1 False False", "onCycle 1 0", "onCycleStart 1 1"}));
  EXPECT_EQ(told[8], (Names{"onCycleEndAlert 1 1 2 False False", "onCycle 1 1", "onSegmentExit 1 False",
                            "onSegmentEnter 2 False"}));
  EXPECT_EQ(told[10], Names{"onTimerPulse 2"});
  EXPECT_EQ(told[11], (Names{"onCycleEndAlert 2 0 2 True False", "onSegmentExit 2 False", "onDone 2 False"}));
  EXPECT_EQ(segment, (std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}));
  EXPECT_EQ(level, (std::vector<double>{10, 10, 10, 10, 20, 20, 20, 20, 40, 40, 40, 40}));
}

// What a serial timer is at a frame after its start, worked out from nothing but its rows, in seconds.
struct Row {
  double delay, length;
  int cycles;
};
struct Expected {
  bool done = false;
  int segment = 0, cycle = 0;
  bool active = false;
  double in_cycle = 0;
};
Expected expected_at(const std::vector<Row>& rows, const Rate& rate, double frame) {
  const auto exact = [&](double seconds) { return seconds * double(rate.num) / double(rate.den); };
  const auto whole = [&](double seconds) { return std::round(exact(seconds)); };
  double t = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double begin = t + rows[i].delay;
    if (frame < whole(begin)) return {false, int(i), 0, false, 0};
    for (int c = 0; c < rows[i].cycles; ++c)
      if (frame < whole(begin + (c + 1) * rows[i].length))
        return {false, int(i), c, true, std::max(0.0, frame - exact(begin + c * rows[i].length))};
    t = begin + rows[i].cycles * rows[i].length;
  }
  return {true, int(rows.size()) - 1, 0, false, 0};
}

TEST(timer_chop, serial_segments_agree_with_a_slow_reference_for_random_tables) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    auto random = [&, n = std::uint64_t(0)]() mutable { return random_unit(seed, n++); };
    Timer t;
    t.rate = seed % 3 == 0 ? Rate{30000, 1001} : seed % 3 == 1 ? Rate{24, 1} : Rate{60, 1};
    t.set("segunits", "seconds");
    std::vector<Row> rows(1 + std::size_t(random() * 4));
    Table table = segments({"length", "delay", "cycle", "cyclelimit", "maxcycles"}, {});
    for (Row& row : rows) {
      row = {random() < 0.4 ? 0 : random() * 0.3, random() * 0.7, 1 + int(random() * 3)};
      table.rows.push_back({number_text(row.length), number_text(row.delay), "1", "1", std::to_string(row.cycles)});
    }
    t.refer("segdat", table);
    for (int f = 0; f < 400; ++f) {
      const Channels c = f == 0 ? t.start(7) : t.run(7 + f);
      const Expected e = expected_at(rows, t.rate, f);
      ASSERT_EQ(value_of(c, "done"), e.done) << "seed " << seed << " frame " << f;
      if (e.done) break;
      ASSERT_EQ(value_of(c, "segment"), e.segment) << "seed " << seed << " frame " << f;
      ASSERT_EQ(value_of(c, "cycles"), e.cycle) << "seed " << seed << " frame " << f;
      ASSERT_EQ(value_of(c, "timer_active"), e.active) << "seed " << seed << " frame " << f;
      ASSERT_NEAR(value_of(c, "timer_frames"), e.in_cycle, 1e-9) << "seed " << seed << " frame " << f;
      ASSERT_EQ(value_of(c, "master_frames"), f);
    }
  }
}

TEST(timer_chop, parallel_segments_run_side_by_side_with_channels_of_their_own) {
  Timer t;
  t.set("segmethod", "parallel");
  t.refer("segdat", segments({"begin", "length", "speed"}, {{"0", "4", "1"}, {"2", "4", "2"}}));
  Channels c = t.start(0);
  EXPECT_EQ(t.told(), (Names{"onInitialize 1", "onReady", "onStart", "onSegmentEnter 0 False", "onSegmentEnter 1 False",
                             "onTimerPulse 0"}));
  c = t.run(1);
  EXPECT_EQ(value_of(c, "timer_frames0"), 1);
  EXPECT_EQ(value_of(c, "timer_active1"), 1) << "its delay passes at its own speed";
  c = t.run(3);
  EXPECT_EQ(value_of(c, "timer_fraction0"), 0.75);
  EXPECT_EQ(value_of(c, "timer_fraction1"), 1);
  EXPECT_EQ(value_of(c, "done"), 0);
  c = t.run(4);
  EXPECT_EQ(value_of(c, "done"), 1);
  EXPECT_EQ(value_of(c, "running_frames"), 4);
}

TEST(timer_chop, the_end_time_can_come_from_the_length_parameter) {
  const auto done_at = [](const char* how, double length) {
    Timer t;
    t.refer("segdat", segments({"length"}, {{"3"}, {"4"}}));
    t.set("length", length);
    t.set("segsendtime", how);
    t.start(0);
    for (int f = 1; f < 50; ++f)
      if (value_of(t.run(f), "done")) return f;
    return -1;
  };
  EXPECT_EQ(done_at("dat", 5), 7);
  EXPECT_EQ(done_at("par", 5), 5);
  EXPECT_EQ(done_at("par", 10), 10);
  EXPECT_EQ(done_at("max", 5), 7);
  EXPECT_EQ(done_at("max", 10), 10);
}

TEST(timer_chop, pulses_jump_between_segments_and_say_that_they_interrupt) {
  Timer t;
  t.refer("segdat", segments({"length"}, {{"10"}, {"10"}, {"10"}}));
  t.start(0);
  t.press("gotonextseg");
  EXPECT_EQ(value_of(t.run(3), "segment"), 1);
  EXPECT_EQ(t.told(), (Names{"onSegmentExit 0 True", "onSegmentEnter 1 True", "onTimerPulse 1"}));
  EXPECT_EQ(value_of(t.run(4), "timer_frames"), 1);
  t.press("gotoprevseg");
  EXPECT_EQ(value_of(t.run(6), "segment"), 0);
  EXPECT_EQ(value_of(t.run(8), "timer_frames"), 2);
  t.press("gotoendcycle");
  const Channels c = t.run(9);
  EXPECT_EQ(t.told(), (Names{"onCycleEndAlert 0 0 1 False True", "onSegmentExit 0 True", "onSegmentEnter 1 True",
                             "onTimerPulse 1"}));
  EXPECT_EQ(value_of(c, "cycle_pulse"), 1);
  EXPECT_EQ(value_of(c, "cumulative_frames"), 9);
  EXPECT_EQ(value_of(t.run(18), "segment"), 1);
  EXPECT_EQ(value_of(t.run(19), "segment"), 2);
  t.press("gotonextseg");
  EXPECT_EQ(value_of(t.run(20), "done"), 1);
  EXPECT_EQ(t.told(), (Names{"onSegmentExit 2 True", "onDone 2 True"}));
}

TEST(timer_chop, go_to_done_counts_as_if_it_had_played_to_the_end) {
  Timer t;
  t.refer("segdat",
          segments({"length", "cycle", "cyclelimit", "maxcycles"}, {{"10", "1", "1", "3"}, {"5", "0", "0", "1"}}));
  t.start(0);
  t.press("gotodone");
  const Channels c = t.run(2);
  EXPECT_EQ(t.told(), (Names{"onSegmentExit 0 True", "onDone 1 True"}));
  EXPECT_EQ(value_of(c, "segment_plus_fraction"), 2);
  EXPECT_EQ(value_of(c, "timer_fraction"), 1);
}

TEST(timer_chop, an_endless_cycle_is_left_at_its_end_when_asked) {
  Timer t;
  t.set("length", 5.0);
  t.set("cycle", true);
  t.start(0);
  t.run(12);
  t.press("exitendcycle");
  t.run(13);
  EXPECT_EQ(value_of(t.run(14), "done"), 0);
  const Channels c = t.run(15);
  EXPECT_EQ(value_of(c, "done"), 1);
  EXPECT_EQ(value_of(c, "cycles"), 3);
}

TEST(timer_chop, the_cue_point_holds_and_the_cue_pulse_jumps) {
  Timer t;
  t.set("length", 100.0);
  t.set("cuepoint", 40.0);
  t.start(0);
  t.run(5);
  t.set("cue", true);
  EXPECT_EQ(value_of(t.run(6), "timer_frames"), 40);
  EXPECT_EQ(value_of(t.run(20), "timer_frames"), 40);
  t.set("cue", false);
  EXPECT_EQ(value_of(t.run(21), "timer_frames"), 40);
  EXPECT_EQ(value_of(t.run(22), "timer_frames"), 41);
  t.set("cueunits", "fraction");
  t.set("cuepoint", 0.9);
  t.press("cuepulse");
  EXPECT_EQ(value_of(t.run(23), "timer_frames"), 90);
  EXPECT_EQ(value_of(t.run(32), "done"), 0);
  EXPECT_EQ(value_of(t.run(33), "done"), 1);
}

TEST(timer_chop, a_jump_lands_in_the_right_segment_cycle_and_frame) {
  for (int target = 0; target < 40; ++target) {
    const auto table = segments({"delay", "length", "cycle", "cyclelimit", "maxcycles"},
                                {{"2", "5", "0", "0", "1"}, {"1", "4", "1", "1", "3"}, {"0", "20", "0", "0", "1"}});
    Timer walked, jumped;
    for (Timer* t : {&walked, &jumped}) t->refer("segdat", table), t->start(0);
    Channels a, b;
    for (int f = 1; f <= target; ++f) a = walked.run(f);
    if (target == 0) a = walked.run(0);
    jumped.set("cuepoint", double(target));
    jumped.press("cuepulse");
    b = jumped.run(1);
    for (const char* name :
         {"segment", "cycles", "timer_frames", "delay_frames", "timer_active", "master_frames", "done"})
      EXPECT_EQ(value_of(a, name), value_of(b, name)) << name << " at " << target;
  }
}

TEST(timer_chop, a_sub_range_begins_inside_and_holds_or_loops) {
  Timer t;
  t.set("length", 100.0);
  t.set("subrange", true);
  t.set("substart", 20.0);
  t.set("subend", 25.0);
  EXPECT_EQ(value_of(t.start(0), "timer_frames"), 20);
  EXPECT_EQ(t.told().back(), "onSubrangeStart");
  EXPECT_EQ(value_of(t.run(4), "timer_frames"), 24);
  EXPECT_EQ(value_of(t.run(5), "timer_frames"), 25);
  EXPECT_EQ(value_of(t.run(9), "timer_frames"), 25);
  t.set("subendaction", "loop");
  EXPECT_EQ(value_of(t.run(10), "timer_frames"), 20);
  EXPECT_EQ(t.told(), Names{"onSubrangeStart"});
  for (int f = 11; f < 30; ++f) EXPECT_EQ(value_of(t.run(f), "timer_frames"), 20 + (f - 10) % 5) << f;
  t.set("subrange", false);
  EXPECT_EQ(value_of(t.run(30), "timer_frames"), 25);
}

TEST(timer_chop, a_sub_range_of_fractional_length_loops_without_drift) {
  Timer t;
  t.set("length", 100.0);
  t.set("subrange", true);
  t.set("substart", 10.0);
  t.set("subend", 12.4);
  t.set("subendaction", "loop");
  t.start(0);
  int loops = 0;
  for (int f = 1; f <= 240; ++f) {
    t.run(f);
    loops += int(t.told().size());
  }
  EXPECT_EQ(loops, 100) << "240 frames are a hundred times 2.4";
}

TEST(timer_chop, inputs_initialise_and_start_when_they_rise) {
  Timer t;
  t.set("length", 5.0);
  const auto feed = [&](double initialize, double start) {
    t.input(0, one_sample({{"i", initialize}}));
    t.input(1, one_sample({{"s", start}}));
  };
  feed(0, 1);
  EXPECT_EQ(value_of(t.run(0), "running"), 0) << "what is on at the start has not risen";
  feed(1, 0);
  EXPECT_EQ(value_of(t.run(1), "ready"), 1);
  feed(1, 1);
  EXPECT_EQ(value_of(t.run(2), "running"), 1);
  EXPECT_EQ(value_of(t.run(7), "done"), 1);
}

TEST(timer_chop, active_says_when_it_cooks) {
  Timer t;
  t.set("length", 10.0);
  t.start(0);
  t.run(3);
  t.set("active", "never");
  t.run(4);
  EXPECT_EQ(value_of(t.run(20), "timer_frames"), 4);
  EXPECT_EQ(value_of(t.run(20), "running_frames"), 4);
  t.press("initialize");
  EXPECT_EQ(value_of(t.run(21), "running"), 1);
  t.set("active", "playing");
  t.run(30);
  EXPECT_EQ(value_of(t.run(31), "running_frames"), 5);
  t.set("play", false);
  t.run(32);
  EXPECT_EQ(value_of(t.run(40), "running_frames"), 6) << "while it does not play, it does not cook";
}

TEST(timer_chop, the_timeline_alone_moves_a_locked_timer) {
  Timer t;
  t.set("length", 10.0);
  t.set("timecontrol", "lock");
  t.set("speed", 3.0);
  EXPECT_EQ(value_of(t.run(4), "timer_frames"), 4);
  EXPECT_EQ(value_of(t.run(7), "timer_frames"), 7);
  EXPECT_EQ(value_of(t.run(2), "timer_frames"), 2);
  EXPECT_EQ(value_of(t.run(10), "done"), 1);
  EXPECT_EQ(value_of(t.run(5), "timer_frames"), 5) << "the timeline went back";
}

TEST(timer_chop, a_channel_can_be_the_time) {
  Timer t;
  t.set("length", 10.0);
  t.set("timecontrol", "chop");
  t.set("extunits", "frames");
  t.set("extstartoff", 0.5);  // 30 frames
  const auto at = [&](std::int64_t f, double time) {
    t.refer("extchop", one_sample({{"time", time}}));
    return t.run(f);
  };
  EXPECT_EQ(value_of(at(0, 0), "ready"), 1);
  EXPECT_EQ(value_of(at(1, 29), "ready"), 1);
  EXPECT_EQ(value_of(at(2, 33), "timer_frames"), 3);
  EXPECT_EQ(value_of(at(3, 31.5), "timer_frames"), 1.5);
  EXPECT_EQ(value_of(at(4, 40), "done"), 1);
  EXPECT_EQ(value_of(at(5, 35), "timer_frames"), 5);
  EXPECT_EQ(value_of(at(6, 10), "ready"), 1);
  t.set("extchannel", "nobody");
  EXPECT_FALSE(t.channels(7));
}

TEST(timer_chop, a_timecode_can_be_the_time) {
  Timer t;
  t.set("length", 1000.0);
  t.set("timecontrol", "timecode");
  t.refer("exttcop", Table{.is_table = true, .rows = {{"00:00:02:05"}}});
  EXPECT_EQ(value_of(t.run(0), "timer_frames"), 125);
  t.refer("exttcop", Table{.text = "1:2"});
  EXPECT_FALSE(t.channels(1));
  Timer chop;
  chop.set("length", 1000.0);
  chop.set("timecontrol", "timecode");
  chop.refer("exttcop", one_sample({{"hour", 0}, {"minute", 0}, {"second", 3}, {"frame", 1}}));
  EXPECT_EQ(value_of(chop.run(0), "timer_frames"), 181);
  chop.set("exttcobj", "op('x').timecode");
  chop.services.evaluator = [](const std::string&, auto) { return Value(std::string("00:00:01:00")); };
  EXPECT_EQ(value_of(chop.run(1), "timer_frames"), 60);
}

TEST(timer_chop, custom_channels_go_over_to_a_segments_value) {
  Timer t;
  t.refer("segdat", segments({"length", "v"}, {{"4", "1"}, {"4", "3"}}));
  t.set("channelcolumns", "v");
  const auto at = [&](const char* how, int f) {
    t.set("interpolation", how);
    return value_of(f == 0 ? t.start(0) : t.run(f), "v");
  };
  EXPECT_EQ(at("lineartovalue", 0), 1);
  EXPECT_EQ(at("lineartovalue", 3), 1);
  EXPECT_EQ(at("steptovalue", 4), 3);
  EXPECT_EQ(at("lineartovalue", 5), 1.5);
  EXPECT_EQ(at("easeintovalue", 6), 1.5);
  EXPECT_EQ(at("easeouttovalue", 6), 2.5);
  EXPECT_EQ(at("easeinouttovalue", 6), 2);
  EXPECT_EQ(at("lineartovalue", 8), 3);
}

TEST(timer_chop, a_cell_that_is_no_number_is_an_error_that_names_it) {
  Timer t;
  t.refer("segdat", segments({"length"}, {{"3"}, {"soon"}}));
  const auto result = t.channels(0);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "/op1.segdat");
  EXPECT_NE(result.error().what.find("row 2"), std::string::npos);
  EXPECT_NE(result.error().what.find("soon"), std::string::npos);
}

TEST(timer_chop, segment_objects_tell_times_and_columns) {
  Timer t;
  t.refer("segdat", segments({"length", "my col"}, {{"30", "x"}}));
  t.start(0);
  std::map<std::string, Value> members;
  for (const auto& [name, value] : std::get<SegmentArgument>(t.happened.back().arguments[0]).members)
    members[name] = value;
  EXPECT_EQ(members["lengthSeconds"], Value(0.5));
  EXPECT_EQ(members["lengthFrames"], Value(30.0));
  EXPECT_EQ(members["row.my_col"], Value(std::string("x")));
  EXPECT_EQ(members["custom.my col"], Value(std::string("x")));
  EXPECT_EQ(members.count("custom.length"), 0u);
}

TEST(timer_chop, goes_where_python_tells_it_once_it_runs) {
  Timer t;
  t.refer("segdat", segments({"delay", "length"}, {{"1", "3"}, {"2", "4"}}));
  EXPECT_TRUE(t.segments().empty()) << "it has not cooked";
  t.services.replies["goTo"] = 2.0;
  t.run(0);
  ASSERT_EQ(t.segments().size(), 2u);
  const auto members = t.segments()[1].members;
  EXPECT_NE(std::find(members.begin(), members.end(), std::pair<std::string, Value>("beginFrames", 6.0)),
            members.end());
  t.start(1);
  EXPECT_EQ(value_of(t.run(2), "segment"), 0) << "what it was told before it ran is forgotten";
  t.services.replies["goTo"] = 7.0;
  const Channels there = t.run(3);
  EXPECT_EQ(value_of(there, "segment"), 1);
  EXPECT_EQ(value_of(there, "timer_fraction"), 0.25);
  EXPECT_EQ(value_of(t.run(4), "timer_fraction"), 0.5);
  t.services.replies["goTo"] = 1000.0;
  EXPECT_EQ(value_of(t.run(5), "done"), 1) << "behind the end it is done";
}

}  // namespace
}  // namespace cookline
