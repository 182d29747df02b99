// The time that is left, with frames that are only run through.
#include "render/pace.h"

#include <gtest/gtest.h>

namespace cookline {
namespace {

TEST(pace, frames_without_pictures_do_not_make_it_lie) {
  Pace pace;
  for (int i = 0; i < 1000; ++i) pace.frame(0.001, false);
  EXPECT_LT(pace.left_s(50, 0), 0) << "nothing is known of pictures yet";
  EXPECT_DOUBLE_EQ(pace.left_s(0, 500), 0.5);
  pace.frame(2, true), pace.frame(4, true);
  EXPECT_DOUBLE_EQ(pace.left_s(50, 0), 150);
  EXPECT_DOUBLE_EQ(pace.left_s(50, 500), 150.5);
}

TEST(pace, a_frame_that_was_never_timed_counts_as_one_with_a_picture) {
  Pace pace;
  EXPECT_EQ(pace.left_s(0, 0), 0);
  pace.frame(2, true);
  EXPECT_DOUBLE_EQ(pace.left_s(1, 3), 8);
}

}  // namespace
}  // namespace cookline
