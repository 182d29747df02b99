// Timer CHOP: lengths, states, cycles, callbacks and counts.
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "ops/timer_harness.h"

namespace cookline {
namespace {

TEST(timer_chop, a_length_of_l_seconds_is_exactly_its_rounded_number_of_frames) {
  const Rate rates[] = {{60, 1}, {30000, 1001}, {24, 1}, {25, 1}, {1, 1}, {1000, 7}};
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Rate rate = rates[random_bits(1, seed) % 6];
    const double length = random_unit(2, seed) * (seed % 2 ? 0.5 : 4);
    const std::int64_t begin = std::int64_t(random_bits(3, seed) % 50);
    const std::int64_t frames = std::llround(length * double(rate.num) / double(rate.den));
    Harness h(timer_chop());
    h.rate = rate;
    h.set("length", length);
    h.set("outrunning", true);
    h.set("outdonepulse", true);
    for (std::int64_t f = begin; f <= begin + frames + 1; ++f) {
      if (f == begin) h.press("start");
      const Channels c = h.cook(f);
      ASSERT_EQ(value_of(c, "done"), f >= begin + frames)
          << "length " << length << " rate " << rate.hz() << " frame " << f - begin;
      ASSERT_EQ(value_of(c, "running"), f < begin + frames);
      ASSERT_EQ(value_of(c, "done_pulse"), f == begin + frames);
    }
  }
}

TEST(timer_chop, a_plain_run_calls_its_functions_in_order) {
  Timer t;
  t.set("length", 3.0);
  t.start(10);
  EXPECT_EQ(t.told(true), (Names{"onInitialize 1", "onReady", "onStart", "onTimerPulse 0", "whileTimerActive 0 0 0"}));
  t.run(11);
  EXPECT_EQ(t.told(true).size(), 1u);
  t.run(12);
  const Channels c = t.run(13);
  EXPECT_EQ(t.told(true), (Names{"onCycleEndAlert 0 0 0 True False", "onDone 0 False"}));
  EXPECT_EQ(value_of(c, "timer_fraction"), 1);
  EXPECT_EQ(value_of(c, "timer_frames"), 3);
  EXPECT_EQ(value_of(c, "cycles"), 1);
  EXPECT_EQ(value_of(c, "running_frames"), 3);
  EXPECT_EQ(value_of(t.run(20), "running_frames"), 3) << "it stops counting when done";
  EXPECT_EQ(t.told(true), Names{});
}

TEST(timer_chop, states_and_their_pulses_follow_each_other) {
  Timer t;
  t.set("length", 2.0);
  const auto states = [](const Channels& c) {
    std::string s;
    for (const char* name : {"initializing", "ready", "ready_pulse", "running", "done", "done_pulse", "timer_active"})
      s += value_of(c, name) ? '1' : '0';
    return s;
  };
  EXPECT_EQ(states(t.run(0)), "0000000");
  t.press("initialize");
  EXPECT_EQ(states(t.run(1)), "0110000");
  EXPECT_EQ(states(t.run(2)), "0100000");
  EXPECT_EQ(states(t.start(3)), "0001001");
  EXPECT_EQ(t.told(), (Names{"onStart", "onTimerPulse 0"})) << "it was ready already";
  EXPECT_EQ(states(t.run(4)), "0001001");
  EXPECT_EQ(states(t.run(5)), "0000110");
  EXPECT_EQ(states(t.run(6)), "0000100");
}

TEST(timer_chop, on_initialize_is_called_again_until_it_needs_no_more_frames) {
  Timer t;
  t.set("length", 2.0);
  t.press("start");
  t.cook(5);
  t.services.replies["onInitialize"] = std::int64_t(3);
  EXPECT_EQ(value_of(t.cook(5, true), "initializing"), 1);
  for (int f = 6; f < 8; ++f) EXPECT_EQ(value_of(t.cook(f), "running"), 0);
  t.cook(8);
  EXPECT_EQ(t.callbacks(), Names{"onInitialize"});
  EXPECT_EQ(std::get<Value>(t.events[0].arguments[0]), Value(std::int64_t(2)));
  const Channels c = t.cook(8, true);
  EXPECT_EQ(t.callbacks(), (Names{"onReady", "onStart", "onTimerPulse", "whileTimerActive"}));
  EXPECT_EQ(value_of(c, "running_frames"), 0);
  EXPECT_EQ(value_of(t.cook(9), "done"), 0);
  EXPECT_EQ(value_of(t.cook(10), "done"), 1);
}

TEST(timer_chop, an_answer_that_comes_a_frame_late_does_not_shift_the_run) {
  Timer t;
  t.set("length", 4.0);
  t.press("start");
  t.cook(5);
  EXPECT_EQ(value_of(t.cook(6), "timer_frames"), 1);
  EXPECT_EQ(value_of(t.cook(8), "done"), 0);
  EXPECT_EQ(value_of(t.cook(9), "done"), 1);
}

TEST(timer_chop, run_values_move_the_counters_but_not_the_end) {
  Timer t;
  t.set("length", 3.0);
  t.set("runvalues", "one");
  const double shown[] = {1, 2, 3};
  for (int f = 0; f < 3; ++f) {
    const Channels c = f == 0 ? t.start(0) : t.run(f);
    EXPECT_EQ(value_of(c, "timer_frames"), shown[f]);
    EXPECT_DOUBLE_EQ(value_of(c, "timer_fraction"), shown[f] / 3);
    EXPECT_EQ(value_of(c, "done"), 0);
  }
  EXPECT_EQ(value_of(t.run(3), "done"), 1);
}

TEST(timer_chop, cycles_begin_and_end_without_drift) {
  Timer t;
  t.set("length", 2.5);
  t.set("cycle", true);
  t.set("cyclelimit", true);
  t.set("maxcycles", std::int64_t(4));
  std::vector<double> ends;
  for (int f = 0; f <= 12; ++f) {
    const Channels c = f == 0 ? t.start(0) : t.run(f);
    if (value_of(c, "cycle_pulse")) ends.push_back(f);
    if (f == 5) {
      EXPECT_EQ(t.told(), (Names{"onCycleEndAlert 0 1 0 False False", "onCycle 0 1", "onCycleStart 0 2"}));
    } else if (f == 10) {
      EXPECT_EQ(value_of(c, "cycles_plus_fraction"), 4);
    }
  }
  EXPECT_EQ(ends, (std::vector<double>{3, 5, 8, 10}));
}

TEST(timer_chop, the_alert_comes_before_the_end_of_each_cycle) {
  Timer t;
  t.set("length", 4.0);
  t.set("cycleendalert", 1.0);
  t.set("cycle", true);
  t.start(0);
  for (int f = 1; f < 10; ++f) {
    t.run(f);
    const Names told = t.told();
    const bool alerted =
        std::any_of(told.begin(), told.end(), [](const std::string& s) { return s.starts_with("onCycleEndAlert"); });
    EXPECT_EQ(alerted, f == 3 || f == 7) << f;
  }
}

TEST(timer_chop, play_pauses_and_speed_scales_without_loss) {
  Timer t;
  t.set("length", 60.0);
  t.set("speed", 0.1);
  t.start(0);
  for (int f = 1; f < 600; ++f) ASSERT_EQ(value_of(t.run(f), "done"), 0) << f;
  EXPECT_EQ(value_of(t.run(600), "done"), 1) << "600 steps of a tenth are 60 frames";

  Timer pauses;
  pauses.set("length", 20.0);
  pauses.start(0);
  int f = 1;
  for (; f <= 100; ++f) {
    pauses.set("play", f % 3 == 0);
    const Channels c = pauses.run(f);
    if (value_of(c, "done")) break;
    EXPECT_EQ(value_of(c, "running_frames"), f);
    EXPECT_EQ(value_of(c, "playing_frames"), value_of(c, "timer_frames"));
  }
  // Frame 0 plays, and then every third: 20 played frames end at 3 * 19 + 1.
  EXPECT_EQ(f, 58);
}

TEST(timer_chop, the_counts_differ_in_what_stops_them) {
  Timer t;
  t.set("length", 20.0);
  t.set("delay", 5.0);
  t.set("speed", 0.5);
  t.start(0);
  Channels c;
  for (int f = 1; f <= 20; ++f) {
    t.set("play", f < 15);
    c = t.run(f);
  }
  EXPECT_EQ(value_of(c, "running_frames"), 20);
  EXPECT_EQ(value_of(c, "playing_frames"), 15);
  EXPECT_EQ(value_of(c, "master_frames"), 7.5);
  EXPECT_EQ(value_of(c, "cumulative_frames"), 2.5);
  EXPECT_EQ(value_of(c, "timer_frames"), 2.5);
  EXPECT_EQ(value_of(c, "delay_frames"), 5);
  EXPECT_EQ(value_of(c, "delay_fraction"), 1);
  EXPECT_EQ(value_of(c, "master_seconds"), 0.125);
  EXPECT_EQ(value_of(c, "length_samples"), 20);
}

TEST(timer_chop, on_done_can_begin_again) {
  Timer t;
  t.set("length", 3.0);
  t.set("ondone", "restart");
  t.start(0);
  for (int f = 1; f < 10; ++f) {
    const Channels c = t.run(f);
    EXPECT_EQ(value_of(c, "done_pulse"), f % 3 == 0) << f;
    EXPECT_EQ(value_of(c, "running"), 1);
    EXPECT_EQ(value_of(c, "timer_frames"), f % 3);
  }
  EXPECT_EQ(t.told(), (Names{"onCycleEndAlert 0 0 0 True False", "onDone 0 False", "onInitialize 1", "onReady",
                             "onStart", "onTimerPulse 0"}));
  t.set("ondone", "restartnoinit");
  for (int f = 10; f < 13; ++f) t.run(f);
  EXPECT_EQ(t.told(), (Names{"onCycleEndAlert 0 0 0 True False", "onDone 0 False", "onStart", "onTimerPulse 0"}));
  t.set("ondone", "reinit");
  for (int f = 13; f < 15; ++f) t.run(f);
  EXPECT_EQ(value_of(t.run(15), "ready"), 1);
}

TEST(timer_chop, an_infinite_timer_ends_only_when_told) {
  Timer t;
  t.set("lengthtype", "infinite");
  t.set("length", 2.0);
  t.start(0);
  for (int f = 1; f < 50; ++f) EXPECT_EQ(value_of(t.run(f), "timer_frames"), f);
  t.press("gotodone");
  EXPECT_EQ(value_of(t.run(50), "done"), 1);
  EXPECT_EQ(t.told(), Names{"onDone 0 True"});
}

TEST(timer_chop, deferred_changes_wait_for_the_next_initialize) {
  Timer t;
  t.set("length", 10.0);
  t.set("deferpars", true);
  t.start(0);
  t.set("length", 4.0);
  EXPECT_EQ(value_of(t.run(5), "done"), 0);
  EXPECT_EQ(value_of(t.run(10), "done"), 1);
  t.start(20);
  EXPECT_EQ(value_of(t.run(23), "done"), 0);
  EXPECT_EQ(value_of(t.run(24), "done"), 1);
}

TEST(timer_chop, other_changes_move_the_end_and_not_the_place) {
  Timer t;
  t.set("length", 10.0);
  t.set("cycle", true);
  t.start(0);
  t.run(23);
  t.set("length", 20.0);
  EXPECT_EQ(value_of(t.run(24), "timer_frames"), 4);
  EXPECT_EQ(value_of(t.run(39), "cycle_pulse"), 0);
  EXPECT_EQ(value_of(t.run(40), "cycle_pulse"), 1);
}

TEST(timer_chop, a_restored_state_goes_on_the_same_way) {
  Timer t;
  t.refer("segdat", segments({"delay", "length", "cycle"}, {{"1.3", "2.7", "0"}, {"0", "3.1", "1"}}));
  t.set("speed", 0.7);
  t.start(0);
  for (int f = 1; f < 9; ++f) t.run(f);
  const auto saved = t.snapshot();
  std::vector<Channels> first, second;
  for (int f = 9; f < 60; ++f) first.push_back(t.run(f));
  t.restore(saved);
  for (int f = 9; f < 60; ++f) second.push_back(t.run(f));
  EXPECT_EQ(first, second);
}

TEST(timer_chop, a_second_cook_in_a_frame_changes_nothing_by_itself) {
  Timer t;
  t.refer("segdat", segments({"length", "cycle"}, {{"1.5", "0"}, {"2.5", "1"}}));
  t.start(0);
  for (int f = 1; f < 20; ++f) {
    const Channels once = t.run(f);
    EXPECT_EQ(t.cook(f, true), once) << f;
    EXPECT_TRUE(t.events.empty());
  }
}

TEST(timer_chop, its_numbers_are_told_to_info_operators) {
  Timer t;
  t.refer("segdat", segments({"length", "mood"}, {{"4", "7"}, {"4", "9"}}));
  t.set("infocolumns", "mood");
  t.start(0);
  t.run(5);
  std::map<std::string, double> numbers;
  for (const auto& [name, value] : t.info()) numbers[name] = value;
  EXPECT_EQ(numbers["frames_timer"], 1);
  EXPECT_EQ(numbers["frames_running"], 5);
  EXPECT_EQ(numbers["masterFrames"], 5);
  EXPECT_EQ(numbers["masterFraction"], 0.625);
  EXPECT_EQ(numbers["segment"], 1);
  EXPECT_EQ(numbers["mood"], 9);
}

TEST(timer_chop, without_a_callbacks_dat_nothing_is_called_and_it_starts_at_once) {
  Harness h(timer_chop());
  h.set("outrunning", true);
  h.press("start");
  EXPECT_EQ(value_of(h.cook(0), "running"), 1);
  EXPECT_TRUE(h.events.empty());
}

}  // namespace
}  // namespace cookline
