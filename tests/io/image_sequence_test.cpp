#include "io/image_sequence.h"

#include <algorithm>

#include "io_testing.h"

namespace cookline {
namespace {

using io_testing::put;
using io_testing::TemporaryFolder;

// The names in the list; a missing one in brackets.
std::vector<std::string> names(const Result<std::vector<SequenceFile>>& list) {
  std::vector<std::string> found;
  if (!list) return {to_string(list.error())};
  for (const SequenceFile& file : *list) {
    const std::string name = file.path.filename().string();
    found.push_back(file.missing ? "[" + name + "]" : name);
  }
  return found;
}

using Names = std::vector<std::string>;

TEST(image_sequence, names_sort_as_people_count) {
  Names list = {"b1.png", "a10.png", "a2.png", "a02.png", "a.png", "a2b3.png", "a2b12.png", "A1.png", "a002.png"};
  std::sort(list.begin(), list.end(), natural_less);
  EXPECT_EQ(list,
            (Names{"A1.png", "a.png", "a002.png", "a02.png", "a2.png", "a2b3.png", "a2b12.png", "a10.png", "b1.png"}));
}

TEST(image_sequence, natural_order_is_an_order) {
  Names list;
  for (std::uint64_t i = 0; i < 60; ++i) {
    std::string name;
    for (std::uint64_t j = 0; j < 4; ++j) name += "01a9."[io_testing::random_int(7, i * 4 + j, 0, 4)];
    list.push_back(name);
  }
  for (const auto& a : list)
    for (const auto& b : list) {
      EXPECT_EQ(natural_less(a, b) || natural_less(b, a), a != b) << a << " " << b;
      for (const auto& c : list)
        if (natural_less(a, b) && natural_less(b, c)) {
          EXPECT_TRUE(natural_less(a, c)) << a << b << c;
        }
    }
}

TEST(image_sequence, a_folder_plays_its_numbered_images_in_order_and_nothing_else) {
  TemporaryFolder folder;
  for (const char* name : {"10.png", "9.png", "8.jpg", "cover.png", "contact-sheet.png", "notes7.txt", ".hidden3.png"})
    put(folder / name, "x");
  EXPECT_EQ(names(list_sequence(folder.path())), (Names{"8.jpg", "9.png", "10.png"}));
}

TEST(image_sequence, a_folder_without_numbers_plays_its_images_by_name) {
  TemporaryFolder folder;
  for (const char* name : {"dusk.png", "dawn.exr", "contact-sheet.png"}) put(folder / name, "x");
  EXPECT_EQ(names(list_sequence(folder.path())), (Names{"dawn.exr", "dusk.png"}));
}

TEST(image_sequence, every_numbering_works) {
  TemporaryFolder folder;
  for (const char* name : {"0.0.png", "0.1.png", "0.2.png"}) put(folder / name, "x");
  EXPECT_EQ((*list_sequence(folder.path()))[2].number, 2);
  put(folder / "shot_12.ext.png", "x");
  put(folder / "prefix.0013.exr", "x");
  EXPECT_EQ(names(list_sequence(folder / "shot*")), Names{"shot_12.ext.png"});
  EXPECT_EQ((*list_sequence(folder / "shot*"))[0].number, 12);
  EXPECT_EQ((*list_sequence(folder / "prefix.####.exr"))[0].number, 13);
}

TEST(image_sequence, a_number_between_others_is_missing) {
  TemporaryFolder folder;
  for (const char* name : {"a.08.png", "a.09.png", "a.11.png", "a.12.png"}) put(folder / name, "x");
  EXPECT_EQ(names(list_sequence(folder.path())), (Names{"a.08.png", "a.09.png", "[a.10.png]", "a.11.png", "a.12.png"}));
}

TEST(image_sequence, steps_and_loose_numbers_are_no_gaps) {
  TemporaryFolder folder;
  for (const char* name : {"1.png", "3.png", "5.png", "9.png"}) put(folder / name, "x");
  EXPECT_EQ(names(list_sequence(folder.path())), (Names{"1.png", "3.png", "5.png", "[7.png]", "9.png"}));
  put(folder / "40.png", "x");
  EXPECT_EQ(names(list_sequence(folder.path())), (Names{"1.png", "3.png", "5.png", "9.png", "40.png"}));
}

TEST(image_sequence, patterns_match_digits_of_their_width) {
  TemporaryFolder folder;
  for (const char* name : {"a.0009.png", "a.0010.png", "a.11.png", "a.00012.png", "a.10013.png", "b.0010.png"})
    put(folder / name, "x");
  const Names four = {"a.0009.png", "a.0010.png", "a.10013.png"};
  EXPECT_EQ(names(list_sequence(folder / "a.####.png")), four);
  EXPECT_EQ(names(list_sequence(folder / "a.%04d.png")), four);
  EXPECT_EQ(names(list_sequence(folder / "a.%d.png")), (Names{"a.11.png", "a.10013.png"}));
  EXPECT_EQ(names(list_sequence(folder / "?.0010.png")), (Names{"a.0010.png", "b.0010.png"}));
  EXPECT_TRUE(is_sequence_pattern("a.%02d.png"));
  EXPECT_FALSE(is_sequence_pattern("100%.png"));
}

TEST(image_sequence, what_is_not_there_is_named) {
  TemporaryFolder folder;
  const auto empty = list_sequence(folder.path());
  ASSERT_FALSE(empty);
  EXPECT_NE(to_string(empty.error()).find(folder.path().string() + ": there is no image"), std::string::npos);
  EXPECT_TRUE(empty.error().missing);
  const auto none = list_sequence(folder / "a.*.png");
  ASSERT_FALSE(none);
  EXPECT_NE(to_string(none.error()).find("a.*.png: no image file"), std::string::npos);
  EXPECT_FALSE(list_sequence(folder / "no/a.*.png"));
}

}  // namespace
}  // namespace cookline
