#include "io/picture_store.h"

#include <gtest/gtest.h>

namespace cookline {
namespace {

constexpr std::size_t picture_bytes = std::size_t(16) * 16 * 4;

Key key_of(int number) { return Hasher().add(number).key(); }

ImageHandle picture() { return std::make_shared<const Image>(16, 16, PixelFormat::rgba8fixed); }

// Asks for pictures as one who decodes what is not there; how many were.
int play(PictureStore& store, int first, int count) {
  int found = 0;
  for (int i = first; i < first + count; ++i) {
    if (store.find(key_of(i)))
      ++found;
    else
      store.keep(key_of(i), picture());
  }
  return found;
}

TEST(picture_store, what_is_played_once_takes_an_eighth_of_the_budget) {
  PictureStore store(80 * picture_bytes);
  EXPECT_EQ(play(store, 0, 1000), 0);
  EXPECT_EQ(store.bytes(), 10 * picture_bytes);
  EXPECT_TRUE(store.find(key_of(999)));
  EXPECT_FALSE(store.find(key_of(989)));
}

TEST(picture_store, a_loop_that_fits_is_found_from_its_third_round_on) {
  PictureStore store(80 * picture_bytes);
  EXPECT_EQ(play(store, 0, 60), 0);
  EXPECT_LE(play(store, 0, 60), 10);
  EXPECT_EQ(play(store, 0, 60), 60);
  play(store, 1000, 5000);
  EXPECT_GE(play(store, 0, 60), 50) << "what is played once does not push it out";
}

TEST(picture_store, never_holds_more_than_its_budget) {
  PictureStore store(8 * picture_bytes);
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 100; ++i) {
      play(store, i, 20);
      EXPECT_LE(store.bytes(), 8 * picture_bytes);
    }
}

TEST(picture_store, a_picture_larger_than_the_budget_is_not_kept) {
  PictureStore store(picture_bytes - 1);
  store.keep(key_of(1), picture());
  EXPECT_FALSE(store.find(key_of(1)));
  EXPECT_EQ(store.bytes(), 0u);
}

}  // namespace
}  // namespace cookline
