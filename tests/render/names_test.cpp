// Frame lists, names of files, places they may go to, and take numbers that are free.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/random.h"
#include "render/file_name.h"
#include "render/frame_list.h"

namespace cookline {
namespace {

namespace fs = std::filesystem;
using Frames = std::vector<std::int64_t>;

Frames frames(std::string_view text) {
  const auto list = parse_frame_list(text);
  return list ? *list : Frames{-1};
}

TEST(frame_list, has_ranges_steps_and_single_frames_in_the_order_given) {
  EXPECT_EQ(frames("0-3"), (Frames{0, 1, 2, 3}));
  EXPECT_EQ(frames("1-10x4"), (Frames{1, 5, 9}));
  EXPECT_EQ(frames("7, 1-2 ,5"), (Frames{7, 1, 2, 5}));
  EXPECT_EQ(frames("4-4x9"), (Frames{4}));
  EXPECT_EQ(frames("3,1-4,3"), (Frames{3, 1, 2, 4}));
}

TEST(frame_list, names_the_part_that_is_wrong) {
  for (const char* part : {"", "a", "-1", "5-1", "1-", "1-5x0", "1-5x", "1-5y2", "1 2", "0x10", "1.5", "--", "1-2-3"}) {
    const auto list = parse_frame_list(std::string("1,") + part);
    ASSERT_FALSE(list) << part;
    EXPECT_EQ(list.error().what, std::string("'") + part + "' is not a frame list");
    EXPECT_EQ(list.error().code, ErrorCode::usage);
  }
}

TEST(frame_list, huge_lists_and_numbers_are_errors) {
  for (const char* text :
       {"0-99999999999", "0-9223372036854775807", "1,0-9223372036854775807x1", "99999999999999999999"})
    EXPECT_FALSE(parse_frame_list(text)) << text;
  EXPECT_FALSE(parse_frame_list("0-3", 3));
  EXPECT_EQ(frames("9223372036854775807"), (Frames{9223372036854775807}));
  EXPECT_EQ(frames("9223372036854775800-9223372036854775807x5"), (Frames{9223372036854775800, 9223372036854775805}));
}

std::string completed(const std::string& file, std::string_view suffix, std::string_view extension) {
  const auto name = complete_name(file, suffix, extension);
  return name ? *name : "error: " + name.error().what;
}

TEST(complete_name, adds_the_suffix_where_it_is_missing) {
  EXPECT_EQ(completed("", "0.12.jpg", "jpg"), "0.12.jpg");
  EXPECT_EQ(completed("dir/", "0.12.jpg", "jpg"), "dir/0.12.jpg");
  EXPECT_EQ(completed("/tmp", "0.12.jpg", "jpg"), "/tmp/0.12.jpg");
  EXPECT_EQ(completed("name", "0.12.jpg", "jpg"), "name.0.12.jpg");
  EXPECT_EQ(completed("name.jpg", "0.12.jpg", "jpg"), "name.0.12.jpg");
  EXPECT_EQ(completed("name.jpeg", "0.12.jpg", "jpg"), "name.0.12.jpg");
  EXPECT_EQ(completed("a.b", "0.12.jpg", "jpg"), "a.b.0.12.jpg");
  EXPECT_EQ(completed("x/TDMovieOut.0.12.jpg", "0.12.jpg", "jpg"), "x/TDMovieOut.0.12.jpg");
}

TEST(complete_name, leaves_a_single_image_as_it_is_named) {
  EXPECT_EQ(completed("name.jpg", "0.jpg", "jpg"), "name.jpg");
  EXPECT_EQ(completed("name", "0.jpg", "jpg"), "name.0.jpg");
}

TEST(complete_name, refuses_the_extension_of_another_type) {
  EXPECT_EQ(completed("name.png", "0.12.jpg", "jpg"),
            "error: the file name 'name.png' is that of a PNG image, but Image File Type is JPEG");
}

std::string placed(const OutputFolder& folder, const std::string& name) {
  const auto path = place_name(folder, name);
  return path ? path->string() : "error: " + path.error().what;
}

TEST(place_name, puts_relative_names_into_the_folder_and_lets_none_leave_it) {
  const OutputFolder out{"/out", false};
  EXPECT_EQ(placed(out, "a/b.jpg"), "/out/a/b.jpg");
  EXPECT_EQ(placed(out, "a/../b.jpg"), "/out/b.jpg");
  EXPECT_EQ(placed(out, "../b.jpg"), "error: this name leaves the output folder '/out'");
  EXPECT_EQ(placed(out, "a/../../b.jpg"), "error: this name leaves the output folder '/out'");
  EXPECT_EQ(placed(out, "../outside/b.jpg"), "error: this name leaves the output folder '/out'");
  EXPECT_EQ(placed(out, std::string("a\0b.jpg", 7)), "error: the file name has a zero byte in it");
}

TEST(place_name, takes_absolute_names_only_where_no_folder_was_asked_for) {
  EXPECT_EQ(placed({"/out", false}, "/elsewhere/b.jpg"), "/elsewhere/b.jpg");
  EXPECT_EQ(placed({"/out", true}, "/elsewhere/b.jpg"), "error: this name leaves the output folder '/out'");
  EXPECT_EQ(placed({"/out", true}, "/out/b.jpg"), "/out/b.jpg");
  EXPECT_EQ(placed({"/out", true}, "/outside/b.jpg"), "error: this name leaves the output folder '/out'");
}

// Hostile names never lead out of the folder, nor crash.
TEST(place_name, holds_for_random_names) {
  const std::string_view parts[] = {"..", ".", "a",     "",   "/",   "//",      "~",
                                    " ",  "é", "a.jpg", "\\", "CON", "0.0.jpg", "\n"};
  for (std::uint64_t i = 0; i < 5000; ++i) {
    std::string name;
    for (std::uint64_t k = 0; k < 1 + random_bits(i, 0) % 6; ++k)
      name += std::string(parts[random_bits(i, k + 1) % std::size(parts)]) + (random_bits(i, k + 50) % 2 ? "/" : "");
    const auto full = complete_name(name, "3.0.jpg", "jpg");
    if (!full) continue;
    const auto path = place_name({"/out/here", true}, *full);
    EXPECT_TRUE(!path || path->string().starts_with("/out/here")) << name;
  }
}

struct Folder : testing::Test {
  fs::path path = fs::temp_directory_path() / ("cookline_names_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() override { fs::remove_all(path); }
  void touch(const std::string& name) { std::ofstream(path / name) << "x"; }
};

TEST_F(Folder, the_first_take_that_no_file_has_is_free) {
  EXPECT_EQ(first_free_take(path / "look.0.0.jpg", 0), 0);
  touch("look.0.0.jpg"), touch("look.1.5.jpg"), touch("look.3.0.jpg"), touch("other.2.0.jpg"), touch("look.x.0.jpg");
  EXPECT_EQ(first_free_take(path / "look.0.0.jpg", 0), 2);
  EXPECT_EQ(first_free_take(path / "look.3.0.jpg", 3), 4);
  EXPECT_EQ(first_free_take(path / "new" / "look.0.0.jpg", 0), 0);
}

TEST_F(Folder, takes_of_names_without_a_prefix_and_of_single_images_are_found) {
  touch("0.0.jpg"), touch("0.1.jpg"), touch("1.jpg");
  EXPECT_EQ(first_free_take(path / "0.0.jpg", 0), 2);
  EXPECT_EQ(first_free_take(path / "0.jpg", 0), 2);
  touch("99999999999999999999.0.jpg");
  EXPECT_EQ(first_free_take(path / "0.0.jpg", 0), 2);
}

TEST_F(Folder, padded_indices_and_other_types_of_the_same_take_count_too) {
  touch("a.0.0007.png");
  EXPECT_EQ(first_free_take(path / "a.0.0000.jpg", 0), 1);
}

}  // namespace
}  // namespace cookline
