#include "io/file_bytes.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;

namespace {
std::string what(const std::filesystem::path& path, std::size_t most = 100) {
  const auto result = read_file_bytes(path, most);
  return result ? "read" : result.error().what;
}
}  // namespace

TEST(file_bytes, a_file_is_read_whole_up_to_the_limit) {
  const TemporaryFolder folder;
  put(folder / "a", std::string("a\0b", 3));
  const auto read = read_file_bytes(folder / "a", 3);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, std::vector<std::byte>({std::byte('a'), std::byte(0), std::byte('b')}));
  EXPECT_EQ(what(folder / "a", 2), "has more than 2 bytes, the most that is read here");
  put(folder / "empty", "");
  ASSERT_TRUE(read_file_bytes(folder / "empty", 0));
  EXPECT_TRUE(read_file_bytes(folder / "empty", 0).operator*().empty());
}

TEST(file_bytes, what_is_no_readable_file_says_why) {
  const TemporaryFolder folder;
  put(folder / "file", "x");
  EXPECT_EQ(what(folder / "missing"), "cannot be read: there is no such file or folder");
  EXPECT_EQ(what(folder.path()), "cannot be read: it is a folder, not a file");
  EXPECT_EQ(what(folder / "file/below/it"),
            "cannot be read: '" + (folder / "file").string() + "' is a file, not a folder");
  EXPECT_EQ(what(folder / std::string(300, 'n')),
            "cannot be read: the name 'nnnnnnnnnnnnnnnnnnnnnnnn…' has 300 bytes; at most 255 are allowed");
  EXPECT_EQ(what("/dev/null"), "cannot be read: it is not a regular file");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(what(folder / "pipe"), "cannot be read: it is not a regular file");  // and does not wait for a writer
  std::filesystem::create_symlink("loop", folder / "loop");
  EXPECT_EQ(what(folder / "loop"), "cannot be read: its symbolic links form a loop");
  EXPECT_EQ(read_file_bytes(folder / "missing", 1).error().where, folder / "missing");
}

}  // namespace cookline
