// Which pictures Movie File In shows: against lists that are written out picture by picture.
#include "ops/top/moviefilein/playhead.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/random.h"

namespace cookline::moviefilein_op {
namespace {

MediaFacts movie(std::int64_t count, Rate rate = {30, 1}) { return {.count = count, .rate = rate}; }

// The pictures from -2 lengths to +3 lengths, by building the list as people would: the part again and again.
std::int64_t slow_extend(Extend mode, std::int64_t at, std::int64_t count) {
  std::vector<std::int64_t> forwards, backwards;
  for (std::int64_t i = 0; i < count; ++i) forwards.push_back(i), backwards.insert(backwards.begin(), i);
  std::vector<std::int64_t> line;
  for (int turn = -4; turn < 4; ++turn) {
    const bool back = mode == Extend::mirror && turn % 2 != 0;
    for (const std::int64_t i : back ? backwards : forwards) line.push_back(i);
  }
  if (mode == Extend::hold) return at < 0 ? 0 : count - 1;
  return line[std::size_t(at + 4 * count)];
}

TEST(moviefilein, every_extend_mode_shows_what_a_list_of_its_turns_shows) {
  for (const std::int64_t count : {1, 2, 5})
    for (const Extend mode : {Extend::hold, Extend::cycle, Extend::mirror})
      for (std::int64_t at = -3 * count; at < 4 * count; ++at) {
        Pars p;
        p.textendleft = p.textendright = mode;
        const auto shown = pictures_at(p, {at, 0}, {10, count}, 0);
        ASSERT_EQ(shown.size(), 1u);
        const std::int64_t expected = at >= 0 && at < count ? at : slow_extend(mode, at, count);
        EXPECT_EQ(shown[0].index, 10 + expected) << at << " of " << count << " mode " << int(mode);
      }
}

TEST(moviefilein, black_and_zero_are_beyond_the_ends_only) {
  Pars p;
  p.textendleft = Extend::black, p.textendright = Extend::zero;
  EXPECT_EQ(pictures_at(p, {-1, 0}, {0, 3}, 0)[0].what, Shown::What::black);
  EXPECT_EQ(pictures_at(p, {2, 0}, {0, 3}, 0)[0].what, Shown::What::picture);
  EXPECT_EQ(pictures_at(p, {3, 0}, {0, 3}, 0)[0].what, Shown::What::zero);
}

TEST(moviefilein, a_frame_shows_the_picture_that_began_last_by_exact_fractions) {
  const Rate rates[] = {{24, 1}, {30, 1}, {60, 1}, {30000, 1001}, {24000, 1001}, {25, 1}, {120, 1}, {12, 5}};
  for (const Rate& rate : rates)
    for (const Rate& project : rates) {
      const MediaFacts facts = movie(1000, rate);
      const Scale scale(facts, rate, project, Indexing::zero);
      // By adding up in whole units: the last picture whose beginning i / rate is not after frame / project.
      std::int64_t picture = 0;
      for (std::int64_t frame = 0; frame < 2000; ++frame) {
        while ((picture + 1) * rate.den * project.num <= frame * project.den * rate.num) ++picture;
        ASSERT_EQ(scale.locked(frame).whole, picture) << frame;
      }
      EXPECT_EQ(scale.locked(-1).whole, -std::int64_t(std::ceil(scale.pictures_per_frame())));
    }
}

TEST(moviefilein, an_hour_into_the_film_no_frame_is_off) {
  const MediaFacts facts = movie(1'000'000, {30000, 1001});
  const Scale scale(facts, facts.rate, {60000, 1001}, Indexing::zero);
  for (std::int64_t frame = 215784; frame < 215884; ++frame) EXPECT_EQ(scale.locked(frame).whole, frame / 2);
}

TEST(moviefilein, products_of_doubles_that_miss_a_whole_number_by_a_hair_count_as_it) {
  for (int i = 0; i < 100000; ++i) EXPECT_EQ(position_at(i / 60.0 * 30.0 * 2).whole, i);
  EXPECT_EQ(position_at(2.99).whole, 2);
  EXPECT_EQ(position_at(-0.5).whole, -1);
  EXPECT_EQ(position_at(NAN).whole, 0);
  EXPECT_EQ(position_at(1e300).whole, 1'000'000'000'000'000);
}

TEST(moviefilein, trim_includes_the_last_index_and_ends_at_a_moment_otherwise) {
  const MediaFacts facts = movie(100);
  const Scale scale(facts, facts.rate, {60, 1}, Indexing::zero);
  struct Case {
    double start;
    Unit start_unit;
    double end;
    Unit end_unit;
    std::int64_t first, last;
  };
  const Case cases[] = {
      {0, Unit::indices, 1, Unit::fraction, 0, 99},        {10, Unit::indices, 19, Unit::indices, 10, 19},
      {1, Unit::seconds, 2, Unit::seconds, 30, 59},        {20, Unit::frames, 40, Unit::frames, 10, 19},
      {0.25, Unit::fraction, 0.5, Unit::fraction, 25, 49}, {50, Unit::indices, 20, Unit::indices, 20, 20},
      {-5, Unit::indices, 500, Unit::indices, 0, 99},      {0, Unit::indices, 0.01, Unit::seconds, 0, 0},
  };
  for (const Case& c : cases) {
    Pars p;
    p.trim = true, p.tstart = c.start, p.tstartunit = c.start_unit, p.tend = c.end, p.tendunit = c.end_unit;
    const Range range = trimmed(p, scale, 100);
    EXPECT_EQ(range.first, c.first);
    EXPECT_EQ(range.first + range.count - 1, c.last);
  }
}

TEST(moviefilein, filename_based_indices_are_the_numbers_of_the_files) {
  MediaFacts facts = movie(4);
  facts.numbers = {10, 12, 14, 20};
  const Scale scale(facts, facts.rate, {60, 1}, Indexing::filename);
  EXPECT_EQ(scale.place(10, Unit::indices), 0);
  EXPECT_EQ(scale.place(14, Unit::indices), 2);
  EXPECT_EQ(scale.place(20, Unit::indices), 3);
  EXPECT_LT(scale.place(9, Unit::indices), 0);
  EXPECT_GT(scale.place(21, Unit::indices), 3);
  EXPECT_EQ(scale.missing_number(13, Unit::indices), 13);
  EXPECT_EQ(scale.missing_number(12, Unit::indices), -1);
  EXPECT_EQ(scale.missing_number(99, Unit::indices), -1);
}

TEST(moviefilein, weights_add_up_to_one_whatever_the_settings) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    auto pick = [&, drawn = std::uint64_t(0)](int n) mutable {
      return int(random_bits(seed, drawn++) % std::uint64_t(n));
    };
    Pars p;
    p.interp = pick(2), p.stepsize = 1 + pick(3);
    p.textendleft = Extend(pick(5)), p.textendright = Extend(pick(5));
    const Range range{pick(10), 1 + pick(12)};
    const auto shown = pictures_at(p, {pick(60) - 30, pick(4) / 4.0}, range, pick(6));
    double sum = 0;
    for (const Shown& s : shown) {
      sum += s.weight;
      EXPECT_GT(s.weight, 0);
      EXPECT_TRUE(s.what != Shown::What::picture || (s.index >= range.first && s.index < range.first + range.count));
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}

TEST(moviefilein, a_loop_crossfade_shows_the_end_and_the_beginning_together) {
  Pars p;
  const Range range{0, 10};
  for (std::int64_t at = 0; at < 8; ++at) EXPECT_EQ(pictures_at(p, {at, 0}, range, 2)[0].index, at);
  const auto ninth = pictures_at(p, {8, 0}, range, 2), tenth = pictures_at(p, {9, 0}, range, 2);
  ASSERT_EQ(ninth.size(), 2u);
  EXPECT_EQ(ninth[0].index, 8);
  EXPECT_EQ(ninth[1].index, 0);
  EXPECT_DOUBLE_EQ(ninth[1].weight, 1 / 3.0);
  EXPECT_EQ(tenth[0].index, 9);
  EXPECT_DOUBLE_EQ(tenth[1].weight, 2 / 3.0);
  EXPECT_EQ(pictures_at(p, {10, 0}, range, 2)[0].index, 2);
  EXPECT_EQ(pictures_at(p, {16, 0}, range, 2)[0].index, 8);
}

// Positions of Sequential over frames, with what `edit` sets before each.
std::vector<double> play(Pars p, std::int64_t frames, double rate,
                         const std::function<void(Pars&, std::int64_t)>& edit) {
  std::vector<double> at;
  Playhead head;
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    p.cuepulse.pressed = false;
    edit(p, frame);
    head = advanced(head, p, frame, p.cuepoint, p.speed * rate, {0, 100});
    at.push_back(head.at);
  }
  return at;
}
using List = std::vector<double>;

TEST(moviefilein, sequential_moves_on_by_speed) {
  EXPECT_EQ(play({}, 4, 1, [](Pars&, std::int64_t) {}), (List{0, 1, 2, 3}));
  EXPECT_EQ(play({}, 4, 0.5, [](Pars& p, std::int64_t) { p.speed = -3; }), (List{0, -1.5, -3, -4.5}));
  EXPECT_EQ(play({}, 6, 1, [](Pars& p, std::int64_t f) { p.speed = f < 3 ? 1 : 2; }), (List{0, 1, 2, 4, 6, 8}));
  EXPECT_EQ(play({}, 6, 1, [](Pars& p, std::int64_t f) { p.play = f < 2 || f > 3; }), (List{0, 1, 1, 1, 2, 3}));
}

TEST(moviefilein, a_hundred_thousand_frames_at_a_steady_speed_add_no_error) {
  Playhead head;
  for (std::int64_t frame = 0; frame <= 100000; ++frame) head = advanced(head, {}, frame, 0, 0.1, {0, 100});
  EXPECT_EQ(head.at, 100000 * 0.1);
}

TEST(moviefilein, cue_holds_and_a_pulse_jumps) {
  const auto held = [](CueBehavior behavior) {
    return play({}, 6, 1,
                [=](Pars& p, std::int64_t f) { p.cuepoint = 7, p.cue = f == 2 || f == 3, p.cuebehavior = behavior; });
  };
  EXPECT_EQ(held(CueBehavior::repeat), (List{0, 1, 7, 7, 7, 8}));
  EXPECT_EQ(held(CueBehavior::play), (List{0, 1, 7, 7, 8, 9}));
  const auto pulsed = play({}, 5, 1, [](Pars& p, std::int64_t f) { p.cuepoint = 7, p.cuepulse.pressed = f == 2; });
  EXPECT_EQ(pulsed, (List{0, 1, 7, 8, 9}));
}

TEST(moviefilein, a_held_end_is_left_at_once_when_the_speed_turns) {
  const auto turn = [](Extend right) {
    return play({}, 105, 1, [=](Pars& p, std::int64_t f) { p.textendright = right, p.speed = f < 103 ? 1 : -1; });
  };
  EXPECT_EQ(turn(Extend::hold)[103], 98);
  EXPECT_EQ(turn(Extend::cycle)[103], 101);
}

}  // namespace
}  // namespace cookline::moviefilein_op
