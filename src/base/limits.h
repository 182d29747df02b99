// What the system lets this process use: cores and memory, of the machine, its affinity and its control groups.
#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string_view>

namespace cookline {

// What a process in a control group (version 2) may use. A limit of a group holds for all groups below it.
struct GroupLimits {
  static constexpr std::uint64_t no_memory_limit = std::numeric_limits<std::uint64_t>::max();
  int cores = 0;                                 // of cpu.max, rounded up; 0: no limit
  std::uint64_t memory_bytes = no_memory_limit;  // the smallest memory.max or memory.high
};

// `root` is where the groups are mounted, `group` the path below it that /proc/self/cgroup gives, such as
// "/user.slice/job". What cannot be read sets no limit.
GroupLimits group_limits(const std::filesystem::path& root, std::string_view group);

// At least 1.
int usable_cores();
// The machine's memory, or the limit of the process's control group if that is less.
std::uint64_t usable_memory_bytes();

}  // namespace cookline
