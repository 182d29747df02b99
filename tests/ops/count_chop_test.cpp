#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "ops/op_harness.h"

namespace cookline {
const OpDef& count_chop();
namespace {

double count(Harness& h, std::int64_t frame, double value, bool again = false) {
  h.input(0, one_sample({{"a", value}}));
  return value_of(h.cook(frame, again), "a");
}

TEST(count_chop, takes_are_numbered_by_the_release_of_record) {
  Harness h(count_chop());
  h.set("offtoon", "none");
  h.set("ontooff", "inc");
  EXPECT_EQ(count(h, 0, 0), 0);
  EXPECT_EQ(count(h, 1, 1), 0);
  EXPECT_EQ(count(h, 2, 1), 0);
  EXPECT_EQ(count(h, 3, 0), 1);
  EXPECT_EQ(count(h, 4, 1), 1);
  EXPECT_EQ(count(h, 4, 0, true), 2) << "an edge within a frame counts";
  EXPECT_EQ(count(h, 4, 0, true), 2);
}

TEST(count_chop, what_is_on_at_the_start_has_not_gone_on) {
  Harness h(count_chop());
  EXPECT_EQ(count(h, 0, 1), 0);
  EXPECT_EQ(count(h, 1, 1), 0);
  EXPECT_EQ(count(h, 2, 0), 0);
  EXPECT_EQ(count(h, 3, 1), 1);
}

TEST(count_chop, while_on_counts_once_a_frame_however_often_it_is_cooked) {
  Harness h(count_chop());
  h.set("offtoon", "none");
  h.set("on", "inc");
  count(h, 0, 0);
  EXPECT_EQ(count(h, 1, 1), 0) << "the sample that triggers is not yet while on";
  EXPECT_EQ(count(h, 2, 1), 1);
  EXPECT_EQ(count(h, 2, 1, true), 1);
  EXPECT_EQ(count(h, 3, 1), 2);
}

TEST(count_chop, time_is_exact_after_a_million_frames) {
  Harness h(count_chop());
  h.rate = {30000, 1001};
  h.set("offtoon", "none");
  h.set("off", "inctime");
  double last = 0;
  for (int f = 0; f <= 100000; ++f) last = count(h, f, 0);
  EXPECT_EQ(last, 100000 / (30000.0 / 1001.0));
}

TEST(count_chop, thresholds_make_a_hysteresis) {
  Harness h(count_chop());
  h.set("threshold", false);
  h.set("threshup", 0.7);
  h.set("threshdown", 0.3);
  h.set("ontooff", "inc");
  const double values[] = {0, 0.5, 0.8, 0.5, 0.31, 0.3, 0.5, 0.7, 0.71};
  const double counts[] = {0, 0, 1, 1, 1, 2, 2, 2, 3};
  for (int i = 0; i < 9; ++i) EXPECT_EQ(count(h, i, values[i]), counts[i]) << i;
}

TEST(count_chop, decreasing_values_trigger_below_the_threshold) {
  Harness h(count_chop());
  h.set("triggeron", "decrease");
  h.set("threshup", 0.5);
  const double values[] = {1, 0.5, 0.4, 0.2, 0.6, 0.1};
  const double counts[] = {0, 0, 1, 1, 1, 2};
  for (int i = 0; i < 6; ++i) EXPECT_EQ(count(h, i, values[i]), counts[i]) << i;
}

TEST(count_chop, a_trigger_within_the_delay_does_not_count) {
  Harness h(count_chop());
  h.set("retrigger", 4.0);
  h.set("retriggerunit", "frames");
  const double values[] = {0, 1, 0, 1, 0, 1, 0, 1};
  const double counts[] = {0, 1, 1, 1, 1, 2, 2, 2};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(count(h, i, values[i]), counts[i]) << i;
}

TEST(count_chop, the_reset_input_resets_and_holds_as_its_condition_says) {
  struct Case {
    const char* condition;
    std::vector<double> counts;
  };
  const Case cases[] = {{"offtoon", {0, 1, 5, 6, 7, 8}},
                        {"on", {0, 1, 5, 5, 6, 7}},
                        {"ontooff", {0, 1, 2, 3, 5, 6}},
                        {"off", {5, 5, 6, 7, 5, 5}}};
  for (const Case& c : cases) {
    Harness h(count_chop());
    h.set("offtoon", "none");
    h.set("off", "inc");
    h.set("resetcondition", c.condition);
    const double reset[] = {0, 0, 1, 1, 0, 0};
    for (int i = 0; i < 6; ++i) {
      h.set("resetvalue", i == 0 && std::string(c.condition) != "off" ? 0.0 : 5.0);
      h.input(1, one_sample({{"r", reset[i]}}));
      const double expected = c.counts[std::size_t(i)];
      // A reset sample still does its own step unless it holds.
      const bool stepped =
          (std::string(c.condition) == "offtoon" && i >= 2) || (std::string(c.condition) == "ontooff" && i >= 4);
      EXPECT_EQ(count(h, i, 0), expected + (stepped ? 1 : 0)) << c.condition << " " << i;
    }
  }
}

TEST(count_chop, reset_holds_and_reset_pulse_resets_once) {
  Harness h(count_chop());
  h.set("off", "inc");
  h.set("resetvalue", 10.0);
  EXPECT_EQ(count(h, 0, 0), 10);
  EXPECT_EQ(count(h, 1, 0), 11);
  h.set("reset", true);
  EXPECT_EQ(count(h, 2, 0), 10);
  EXPECT_EQ(count(h, 3, 0), 10);
  h.set("reset", false);
  EXPECT_EQ(count(h, 4, 0), 11);
  h.press("resetpulse");
  EXPECT_EQ(count(h, 4, 0, true), 10);
  EXPECT_EQ(count(h, 5, 0), 11);
}

TEST(count_chop, the_third_input_gives_the_step) {
  Harness h(count_chop());
  h.input(2, one_sample({{"step", 5}}));
  const double values[] = {0, 1, 0, 1};
  const double counts[] = {0, 5, 5, 10};
  for (int i = 0; i < 4; ++i) EXPECT_EQ(count(h, i, values[i]), counts[i]);
}

TEST(count_chop, a_curve_is_counted_from_its_beginning) {
  Harness h(count_chop());
  Channels c;
  c.channels = {{"a", {0, 1, 0, 1, 1, 0, 1}}};
  h.input(0, c);
  EXPECT_EQ(h.cook(0).channels[0].samples, (std::vector<double>{0, 1, 1, 2, 2, 2, 3}));
  EXPECT_EQ(h.cook(1).channels[0].samples, (std::vector<double>{0, 1, 1, 2, 2, 2, 3}));
}

// Limits against the definition, written out step by step.
double limited(const std::string& limit, double v, double min, double max) {
  const auto loop_low = [&] {
    while (v < min) v += max - min + 1;
  };
  const auto loop_high = [&] {
    while (v > max) v -= max - min + 1;
  };
  if (limit == "loop") loop_low(), loop_high();
  if (limit == "min") v = std::min(std::max(v, min), max);
  if (limit == "lc") loop_low(), v = std::min(v, max);
  if (limit == "cl") v = std::max(v, min), loop_high();
  return v;
}

TEST(count_chop, limits_agree_with_counting_by_hand_for_random_input) {
  for (const std::string limit : {"off", "loop", "min", "lc", "cl"})
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Harness h(count_chop());
      h.set("output", limit);
      h.set("limitmin", -2.0);
      h.set("limitmax", 3.0);
      h.set("offtoon", seed % 2 ? "inc" : "dec");
      h.set("on", seed % 3 ? "inc" : "none");
      h.set("ontooff", seed % 5 ? "dec" : "inc");
      double expected = 0;
      bool was = false;
      const auto step = [&](double by) { expected = limited(limit, expected + by, -2, 3); };
      for (int f = 0; f < 200; ++f) {
        const bool on = f > 0 && random_bits(seed, std::uint64_t(f)) % 3 == 0;
        if (on && !was)
          step(seed % 2 ? 1 : -1);
        else if (!on && was)
          step(seed % 5 ? -1 : 1);
        else if (on && f > 0)
          step(seed % 3 ? 1 : 0);
        was = on;
        ASSERT_EQ(count(h, f, on), expected) << limit << " seed " << seed << " frame " << f;
      }
    }
}

TEST(count_chop, a_zigzag_turns_round_at_both_ends) {
  Harness h(count_chop());
  h.set("output", "zigzag");
  h.set("limitmax", 3.0);
  h.set("off", "inc");
  const double counts[] = {0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2};
  for (int i = 0; i < 11; ++i) EXPECT_EQ(count(h, i, 0), counts[i]) << i;
}

TEST(count_chop, every_channel_has_its_own_count) {
  Harness h(count_chop());
  h.input(0, one_sample({{"a", 0}, {"b", 0}}));
  h.cook(0);
  h.input(0, one_sample({{"a", 1}, {"b", 0}}));
  const Channels c = h.cook(1);
  EXPECT_EQ(value_of(c, "a"), 1);
  EXPECT_EQ(value_of(c, "b"), 0);
}

TEST(count_chop, a_restored_state_goes_on_the_same_way) {
  Harness h(count_chop());
  h.set("off", "inctime");
  for (int f = 0; f < 50; ++f) count(h, f, f % 7 == 0);
  const auto saved = h.snapshot();
  std::vector<double> first, second;
  for (int f = 50; f < 90; ++f) first.push_back(count(h, f, f % 7 == 0));
  h.restore(saved);
  for (int f = 50; f < 90; ++f) second.push_back(count(h, f, f % 7 == 0));
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace cookline
