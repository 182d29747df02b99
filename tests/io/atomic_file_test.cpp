// Failures are real ones, of kinds that also stop the superuser: sysfs for a folder without the right to write, the
// process's file size limit, and a small file system of its own for a full disk and a read-only one.
#include "io/atomic_file.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "io/io_testing.h"

namespace cookline {
namespace fs = std::filesystem;
using namespace io_testing;
namespace {

std::string what(const Status& status) { return status ? "written" : status.error().what; }

std::string write_text(const fs::path& path, std::string_view text, const WriteOptions& options = {}) {
  return what(write_file(path, bytes_of(text), options));
}

// Runs `check` in a child process and returns the text it gives.
std::string in_child(const std::function<std::string()>& check) {
  int ends[2];
  if (::pipe(ends) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string text = check();
    const bool told = ::write(ends[1], text.data(), text.size()) == ssize_t(text.size());
    ::_exit(told ? 0 : 1);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) text.append(buffer, std::size_t(got));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? text : "the child process died after: " + text;
}

// Mounts 64 KiB of memory at the folder, in a name space of the calling process; false where that is not allowed.
bool mount_small_disk(const fs::path& folder) {
  // Root may mount at once; others may in a user name space, where files can be made once user and group are mapped.
  if (::unshare(CLONE_NEWNS) != 0) {
    const std::string user = "0 " + std::to_string(::getuid()) + " 1", group = "0 " + std::to_string(::getgid()) + " 1";
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    put("/proc/self/uid_map", user);
    put("/proc/self/setgroups", "deny");
    put("/proc/self/gid_map", group);
  }
  ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  return ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
}

constexpr std::string_view not_allowed = "this machine does not let the test mount a file system";

}  // namespace

TEST(atomic_file, a_file_has_its_content_and_nothing_else_stays) {
  const TemporaryFolder folder;
  for (const Sync sync : {Sync::never, Sync::file}) {
    const fs::path path = folder / (sync == Sync::file ? "b" : "a");
    EXPECT_EQ(write_text(path, std::string(100000, 'x'), {.sync = sync}), "written");
    EXPECT_EQ(content(path), std::string(100000, 'x'));
  }
  EXPECT_EQ(write_text(folder / "empty", ""), "written");
  EXPECT_EQ(fs::file_size(folder / "empty"), 0u);
  EXPECT_EQ(folder.files(), 3u);
}

TEST(atomic_file, a_new_file_has_the_rights_that_the_umask_leaves) {
  const TemporaryFolder folder;
  put(folder / "usual", "");
  EXPECT_EQ(write_text(folder / "ours", ""), "written");
  EXPECT_EQ(fs::status(folder / "ours").permissions(), fs::status(folder / "usual").permissions());
}

TEST(atomic_file, missing_folders_are_made) {
  const TemporaryFolder folder;
  EXPECT_EQ(write_text(folder / "a/b/c.txt", "x"), "written");
  EXPECT_EQ(content(folder / "a/b/c.txt"), "x");
}

TEST(atomic_file, a_name_alone_is_a_file_in_the_current_folder) {
  const TemporaryFolder folder;
  EXPECT_EQ(in_child([&] {
              fs::current_path(folder.path());
              return write_text("alone.txt", "x");
            }),
            "written");
  EXPECT_EQ(content(folder / "alone.txt"), "x");
}

TEST(atomic_file, an_existing_file_is_replaced_only_when_told) {
  const TemporaryFolder folder;
  put(folder / "a", "old");
  EXPECT_EQ(write_text(folder / "a", "new"), "cannot be written: a file of this name exists already");
  EXPECT_EQ(content(folder / "a"), "old");
  EXPECT_EQ(write_text(folder / "a", "new", {.overwrite = true}), "written");
  EXPECT_EQ(content(folder / "a"), "new");
  EXPECT_EQ(folder.files(), 1u);
}

TEST(atomic_file, a_link_is_replaced_and_what_it_points_to_is_not_touched) {
  const TemporaryFolder folder;
  put(folder / "precious", "old");
  fs::create_symlink("precious", folder / "link");
  EXPECT_NE(write_text(folder / "link", "new"), "written");
  EXPECT_EQ(write_text(folder / "link", "new", {.overwrite = true}), "written");
  EXPECT_EQ(content(folder / "precious"), "old");
  EXPECT_EQ(content(folder / "link"), "new");
}

TEST(atomic_file, what_is_not_a_regular_file_is_never_replaced) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(write_text(folder / "pipe", "x", {.overwrite = true}),
            "cannot be written: something that is not a regular file has this name");
  fs::create_directory(folder / "folder");
  EXPECT_EQ(write_text(folder / "folder", "x", {.overwrite = true}), "cannot be written: it is a folder, not a file");
  EXPECT_EQ(write_text(folder / "folder/", "x"), "cannot be written: it names a folder, not a file");
  EXPECT_EQ(write_text(folder / "folder/..", "x"), "cannot be written: it names a folder, not a file");
  EXPECT_EQ(write_text("", "x"), "cannot be written: it names a folder, not a file");
}

TEST(atomic_file, of_many_writers_exactly_one_makes_the_file) {
  const TemporaryFolder folder;
  for (int round = 0; round < 30; ++round) {
    const fs::path path = folder / std::to_string(round);
    std::atomic<int> winners = 0, winner = -1;
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
          if (!write_file(path, bytes_of(std::string(5000, char('a' + i))))) return;
          ++winners;
          winner = i;
        });
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(content(path), std::string(5000, char('a' + winner)));
  }
  EXPECT_EQ(folder.files(), 30u);
}

TEST(atomic_file, readers_never_see_half_a_file) {
  const TemporaryFolder folder;
  const fs::path path = folder / "picture";
  ASSERT_EQ(write_text(path, std::string(200000, 'a')), "written");
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i)
      EXPECT_EQ(write_text(path, std::string(200000, char('a' + i % 26)), {.overwrite = true}), "written");
  });
  for (int i = 0; i < 200; ++i) {
    const std::string seen = content(path);
    ASSERT_EQ(seen, std::string(200000, seen[0]));
  }
}

TEST(atomic_file, a_folder_below_a_file_is_an_error_that_names_the_file) {
  const TemporaryFolder folder;
  put(folder / "file", "x");
  const std::string named = "'" + (folder / "file").string() + "' is a file, not a folder";
  EXPECT_EQ(write_text(folder / "file/a", "x"), "cannot be written: " + named);
  EXPECT_EQ(write_text(folder / "file/deeper/a", "x"), "cannot be written: " + named);
  EXPECT_EQ(folder.files(), 1u);
}

TEST(atomic_file, a_name_that_is_too_long_is_an_error_and_the_longest_name_is_none) {
  const TemporaryFolder folder;
  EXPECT_EQ(write_text(folder / std::string(256, 'n'), "x"),
            "cannot be written: the name 'nnnnnnnnnnnnnnnnnnnnnnnn…' has 256 bytes; at most 255 are allowed");
  EXPECT_EQ(write_text(folder / (std::string(300, 'f') + "/a"), "x"),
            "cannot be written: the name 'ffffffffffffffffffffffff…' has 300 bytes; at most 255 are allowed");
  fs::path deep = folder.path();
  for (int i = 0; i < 50; ++i) deep /= std::string(100, 'd');
  EXPECT_NE(write_text(deep, "x").find("the path has "), std::string::npos) << write_text(deep, "x");
  EXPECT_EQ(folder.files(), 0u);
  EXPECT_EQ(write_text(folder / std::string(255, 'n'), "x"), "written");
  EXPECT_EQ(folder.files(), 1u);
}

TEST(atomic_file, a_folder_that_takes_no_files_is_an_error) {
  // Nobody may make files in sysfs, in containers it is read-only besides.
  const std::string text = write_text("/sys/cookline-test", "x");
  EXPECT_TRUE(text == "cannot be written: permission denied" ||
              text == "cannot be written: the file system is read-only")
      << text;
  const std::string made = write_text("/sys/cookline-test/deeper", "x");
  EXPECT_TRUE(made.starts_with("cannot be written, its folder cannot be made: ")) << made;
}

TEST(atomic_file, a_file_beyond_the_size_limit_is_an_error_and_leaves_nothing) {
  const TemporaryFolder folder;
  const std::string text = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return std::string("no limit");
    return write_text(folder / "large", std::string(10000, 'x'));
  });
  EXPECT_EQ(text, "cannot be written: it is larger than the file system or the process's file size limit allows");
  EXPECT_EQ(folder.files(), 0u);
}

TEST(atomic_file, a_full_disk_is_an_error_that_states_the_free_space_and_leaves_nothing) {
  const TemporaryFolder folder;
  const std::string text = in_child([&] {
    if (!mount_small_disk(folder.path())) return std::string(not_allowed);
    std::string told = write_text(folder / "small", std::string(20000, 'x'));
    told += "; " + write_text(folder / "large", std::string(80000, 'x'));
    return told + "; " + std::to_string(folder.files());
  });
  if (text == not_allowed) GTEST_SKIP() << text;
  EXPECT_EQ(text, "written; cannot be written: the disk is full (45056 bytes are free); 1");
}

TEST(atomic_file, a_read_only_file_system_is_an_error) {
  const TemporaryFolder folder;
  const std::string text = in_child([&] {
    if (!mount_small_disk(folder.path())) return std::string(not_allowed);
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) != 0)
      return std::string(not_allowed);
    return write_text(folder / "a", "x");
  });
  if (text == not_allowed) GTEST_SKIP() << text;
  EXPECT_EQ(text, "cannot be written: the file system is read-only");
}

TEST(is_inside, follows_dots_and_links) {
  const TemporaryFolder folder;
  const fs::path out = folder / "out";
  fs::create_directories(out / "sub");
  fs::create_directories(folder / "outside");
  fs::create_symlink("../outside", out / "leaves");
  fs::create_symlink("sub", out / "stays");
  fs::create_symlink("../nowhere", out / "dangling");
  fs::create_symlink("circle", out / "circle");
  fs::create_symlink(out, folder / "alias");
  for (const char* inside : {"a.jpg", "sub/a.jpg", "sub/../a.jpg", "new/folder/a.jpg", "stays/a.jpg", "./a.jpg",
                             "../out/a.jpg", "..a.jpg", "new/../a.jpg"})
    EXPECT_TRUE(is_inside(out, out / inside)) << inside;
  for (const char* outside :
       {"..", "../a.jpg", "../outer/a.jpg", "../outside/a.jpg", "leaves/a.jpg", "leaves", "sub/../../a.jpg",
        "new/../../a.jpg", "dangling/a.jpg", "dangling", "circle/a.jpg", "stays/../../a.jpg", "", "."})
    EXPECT_FALSE(is_inside(out, out / outside)) << outside;
  EXPECT_FALSE(is_inside(out, "/etc/passwd"));
  EXPECT_FALSE(is_inside(out, ""));
  EXPECT_FALSE(is_inside(out, folder / "out2/a.jpg"));
  EXPECT_TRUE(is_inside(folder / "alias", out / "a.jpg"));
  EXPECT_TRUE(is_inside(out.string() + "/", out / "a.jpg"));
  EXPECT_TRUE(is_inside(folder / "not/made/yet/", folder / "not/made/yet/a.jpg"));
  EXPECT_TRUE(is_inside("/", "/a.jpg"));
}

TEST(is_inside, takes_relative_paths_from_the_current_folder) {
  const TemporaryFolder folder;
  EXPECT_EQ(in_child([&] {
              fs::create_directory(folder / "out");
              fs::current_path(folder.path());
              std::string told;
              for (const bool yes : {is_inside("out", "out/a"), is_inside("", "a"), is_inside(".", "a"),
                                     is_inside("out", folder / "out/a"), is_inside("out", "a"),
                                     is_inside("out", "../a"), is_inside("out", "out")})
                told += yes ? 'y' : 'n';
              return told;
            }),
            "yyyynnn");
}

}  // namespace cookline
