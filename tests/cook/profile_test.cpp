// Times of operators: whose they are, that they add up, and that pixels do not change.
#include "cook/profile.h"

#include <gtest/gtest.h>

#include <chrono>

#include "studio.h"

namespace cookline {
namespace {

void busy(double seconds) {
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < std::chrono::duration<double>(seconds)) continue;
}

TEST(profile, an_operator_is_not_charged_for_what_it_causes_others_to_do) {
  CookCounts counts;
  counts.timed = true;
  const auto start = std::chrono::steady_clock::now();
  {
    const ProfileScope outer(counts, ProfileScope::Work::script, [] { return std::string("/outer"); });
    {
      const ProfileScope inner(counts, ProfileScope::Work::cook, [] { return std::string("/inner"); });
      busy(0.02);
    }
    const ProfileScope others(counts, ProfileScope::Work::others, [] { return std::string(); });
    busy(0.02);
  }
  const double whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ASSERT_EQ(counts.times.size(), 2u);
  const OperatorTime outer = counts.times["/outer"], inner = counts.times["/inner"];
  EXPECT_GE(inner.cook_s, 0.02);
  EXPECT_EQ(inner.cooks, 1);
  EXPECT_EQ(outer.cooks, 0);
  EXPECT_GE(outer.script_s, 0);
  EXPECT_LE(outer.script_s + inner.cook_s, whole - 0.02);
  EXPECT_EQ(counts.scope, nullptr);
}

TEST(profile, is_empty_unless_it_is_asked_for) {
  CookCounts counts;
  bool asked = false;
  {
    const ProfileScope scope(counts, ProfileScope::Work::cook, [&] { return asked = true, std::string("/x"); });
  }
  EXPECT_TRUE(counts.times.empty());
  EXPECT_FALSE(asked);
}

struct Profile : Studio, testing::Test {
  NodeId noise = make("noiseTOP", 100, 50);
  NodeId level = make("levelTOP", {{"brightness1", 0.5}}, {noise});
  NodeId small = make("compositeTOP", 60, 30, {}, {level, noise});
};

TEST_F(Profile, names_every_operator_that_cooked_and_changes_no_pixel) {
  const auto plain = engine.image(small);
  ASSERT_TRUE(plain);
  EXPECT_TRUE(engine.counts.times.empty());
  const auto plan = engine.plan(small);
  ASSERT_TRUE(plan);
  for (const int tile : {1024, 32}) {
    PixelCache cache(1 << 20);
    CookCounts counts;
    counts.timed = true;
    const auto start = std::chrono::steady_clock::now();
    const auto timed = cook_pixels(**plan, cache, {.tile_pixels = tile}, &counts);
    const double whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ASSERT_TRUE(timed);
    EXPECT_TRUE(std::equal((*plain)->pixels().begin(), (*plain)->pixels().end(), timed->output->pixels().begin()));
    ASSERT_EQ(counts.times.size(), 3u);
    double sum = 0;
    for (const auto& [path, time] : counts.times) {
      EXPECT_EQ(time.cooks, counts.cooks[path]) << path;
      EXPECT_GT(time.cook_s, 0) << path;
      sum += time.cook_s;
    }
    EXPECT_LE(sum, whole);
    EXPECT_EQ(counts.times[network.path(noise)].calls, tile == 32 ? 50 * 4 : 50);
    EXPECT_EQ(counts.times[network.path(small)].calls, tile == 32 ? 30 * 2 : 30);
  }
}

}  // namespace
}  // namespace cookline
