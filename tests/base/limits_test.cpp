#include "base/limits.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <string>

namespace cookline {
namespace {
namespace fs = std::filesystem;

class Groups : public testing::Test {
 protected:
  Groups() {
    std::string name = testing::TempDir() + "groupsXXXXXX";
    root = mkdtemp(name.data());
    fs::create_directories(root / "a.slice/job");
  }
  ~Groups() override { fs::remove_all(root); }
  void put(const std::string& name, const std::string& text) const { std::ofstream(root / name) << text << '\n'; }
  fs::path root;
};

using limits = Groups;

TEST_F(limits, of_groups_above_hold_for_those_below) {
  put("a.slice/memory.max", "1000000");
  put("a.slice/job/memory.max", "max");
  put("a.slice/job/memory.high", "2000000");
  put("a.slice/cpu.max", "350000 100000");
  put("a.slice/job/cpu.max", "max 100000");
  const GroupLimits job = group_limits(root, "/a.slice/job");
  EXPECT_EQ(job.memory_bytes, 1000000u);
  EXPECT_EQ(job.cores, 4);
  EXPECT_EQ(group_limits(root, "/").memory_bytes, GroupLimits::no_memory_limit);
}

TEST_F(limits, of_a_container_stand_at_the_root) {
  put("memory.max", "268435456");
  put("cpu.max", "50000 100000");
  const GroupLimits container = group_limits(root, "/not/seen/from/inside");
  EXPECT_EQ(container.memory_bytes, std::uint64_t(256) << 20);
  EXPECT_EQ(container.cores, 1);
}

TEST_F(limits, that_cannot_be_read_are_none) {
  put("memory.max", "much");
  put("cpu.max", "");
  const GroupLimits none = group_limits(root, "/a.slice");
  EXPECT_EQ(none.memory_bytes, GroupLimits::no_memory_limit);
  EXPECT_EQ(none.cores, 0);
  EXPECT_EQ(group_limits(root / "nowhere", "/").cores, 0);
}

TEST(limits_of_this_process, are_at_least_a_core_and_some_memory) {
  EXPECT_GE(usable_cores(), 1);
  EXPECT_GT(usable_memory_bytes(), std::uint64_t(1) << 20);
}

}  // namespace
}  // namespace cookline
