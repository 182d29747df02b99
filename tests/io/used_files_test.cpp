#include "io/used_files.h"

#include "base/hash.h"
#include "io/file_bytes.h"
#include "io_testing.h"

namespace cookline {
namespace {

using io_testing::put;
using io_testing::TemporaryFolder;

TEST(used_files, a_file_is_noted_once_with_its_first_content_and_its_name_in_the_project) {
  TemporaryFolder folder, elsewhere;
  put(folder / "in.txt", "first");
  put(elsewhere / "far.txt", "far");
  UsedFiles used(folder / ".");
  ASSERT_TRUE(used.read(folder / "in.txt"));
  put(folder / "in.txt", "other");
  ASSERT_TRUE(used.read(folder / "in.txt"));
  ASSERT_TRUE(used.read(elsewhere / "far.txt"));
  const std::vector<UsedFile> files = used.list();
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].name, "in.txt");
  EXPECT_EQ(files[0].bytes, 5u);
  EXPECT_EQ(files[0].hash, to_hex(hash_bytes(std::as_bytes(std::span(std::string_view("first"))))));
  EXPECT_EQ(files[1].name, (elsewhere / "far.txt").string());
  EXPECT_EQ(used.list(1), std::vector<UsedFile>{files[1]});
  EXPECT_TRUE(used.list(2).empty());
}

TEST(used_files, a_file_whose_content_is_known_is_noted_as_one_that_is_read_for_it) {
  TemporaryFolder folder;
  put(folder / "in.txt", "first");
  UsedFiles reading(folder / "."), knowing(folder / ".");
  ASSERT_TRUE(reading.read(folder / "in.txt"));
  const auto digest = digest_file(folder / "in.txt");
  ASSERT_TRUE(digest);
  knowing.read(folder / "in.txt", *digest);
  knowing.read(folder / "in.txt", FileDigest{});
  EXPECT_EQ(knowing.list(), reading.list());
}

TEST(used_files, what_the_run_has_written_is_not_noted_and_what_is_not_there_is_an_error) {
  TemporaryFolder folder;
  put(folder / "own.txt", "own");
  UsedFiles used(folder / ".");
  used.written(folder / "own.txt");
  EXPECT_TRUE(used.read(folder / "own.txt"));
  EXPECT_TRUE(used.list().empty());
  EXPECT_FALSE(used.read(folder / "gone.txt"));
}

TEST(used_files, a_changed_file_is_another_and_so_is_a_sequence_of_other_names) {
  TemporaryFolder folder;
  for (const char* name : {"a.1.png", "a.2.png"}) put(folder / name, "picture");
  UsedFiles used(folder / ".");
  ASSERT_TRUE(used.listed(folder / "a.*.png"));
  ASSERT_TRUE(used.read(folder / "a.1.png"));
  const std::vector<UsedFile> then = used.list();
  EXPECT_EQ(then[0].images, 2);
  for (const UsedFile& file : then) EXPECT_EQ(*used_file_now(file, folder / "."), file);
  put(folder / "a.1.png", "Picture");
  put(folder / "a.3.png", "picture");
  for (const UsedFile& file : then) EXPECT_NE(*used_file_now(file, folder / "."), file);
  std::filesystem::remove(folder / "a.1.png");
  EXPECT_FALSE(used_file_now(then[1], folder / "."));
}

}  // namespace
}  // namespace cookline
