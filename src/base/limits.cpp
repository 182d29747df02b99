#include "base/limits.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>

namespace cookline {
namespace fs = std::filesystem;
namespace {

// cpu.max: "max 100000", or the microseconds of a period that may be used, "150000 100000"; 0 = no limit.
int cores_of(const fs::path& group) {
  std::ifstream file(group / "cpu.max");
  std::string quota;
  double period = 0;
  if (!(file >> quota >> period) || quota == "max" || period <= 0) return 0;
  return std::max(1, int(std::ceil(std::strtod(quota.c_str(), nullptr) / period)));
}

std::uint64_t memory_of(const fs::path& file_path) {
  std::ifstream file(file_path);
  std::uint64_t bytes = 0;
  return file >> bytes ? bytes : GroupLimits::no_memory_limit;  // "max" is no number
}

// "0::/path", the line of version 2; the root's own path if there is none.
std::string own_group() {
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("0::/")) return line.substr(3);
  return "/";
}

const GroupLimits& own_limits() {
  static const GroupLimits limits = group_limits("/sys/fs/cgroup", own_group());
  return limits;
}

}  // namespace

GroupLimits group_limits(const fs::path& root, std::string_view group) {
  GroupLimits limits;
  fs::path at = root;
  const auto take = [&] {
    if (const int cores = cores_of(at); cores > 0) limits.cores = limits.cores ? std::min(limits.cores, cores) : cores;
    limits.memory_bytes = std::min({limits.memory_bytes, memory_of(at / "memory.max"), memory_of(at / "memory.high")});
  };
  take();
  for (const fs::path& part : fs::path(group).relative_path()) {
    at /= part;
    take();
  }
  return limits;
}

int usable_cores() {
  cpu_set_t set;
  const int cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  const int quota = own_limits().cores;
  return std::max(1, quota ? std::min(cores, quota) : cores);
}

std::uint64_t usable_memory_bytes() {
  const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  const std::uint64_t machine = pages > 0 && page > 0 ? std::uint64_t(pages) * std::uint64_t(page) : 0;
  return machine ? std::min(machine, own_limits().memory_bytes) : own_limits().memory_bytes;
}

}  // namespace cookline
