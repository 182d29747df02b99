// A disk that fails or is slow, for tests of the real program: loaded with LD_PRELOAD, it stands before the system's
// calls and does what the environment says to files below one folder.
//   FAILING_UNDER   the folder
//   FAILING_CALL    write, fsync, rename or open (to write); none of them fails if it is not set
//   FAILING_ERROR   the errno value with which it fails
//   FAILING_AFTER   how many of those calls succeed first; of writes, how many bytes: a write over the limit is cut off
//   FAILING_SLEEP   microseconds that every write lasts longer
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::string setting(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

// What the environment says, and how much is left before calls fail.
struct Disk {
  std::string under = setting("FAILING_UNDER"), call = setting("FAILING_CALL");
  int error = std::atoi(setting("FAILING_ERROR").c_str());
  unsigned sleep_us = unsigned(std::atoi(setting("FAILING_SLEEP").c_str()));
  std::atomic<long long> left = std::atoll(setting("FAILING_AFTER").c_str());

  bool has(std::string_view path) const { return !under.empty() && path.starts_with(under); }
  bool has(int fd) const {
    char path[PATH_MAX];
    const ssize_t size = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof path);
    return size > 0 && has(std::string_view(path, std::size_t(size)));
  }
  // How much of `wanted` succeeds of a call to what is in the folder.
  long long granted(std::string_view name, long long wanted) {
    if (call != name) return wanted;
    return std::clamp(left.fetch_sub(wanted), 0LL, wanted);
  }
};

Disk& disk() {
  static Disk the_disk;
  return the_disk;
}

template <class F>
F real(const char* name) {
  return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

// The size to write of `size` bytes; below 0: none, errno is set.
ssize_t size_to_write(int fd, std::size_t size) {
  if (fd < 3 || !disk().has(fd)) return ssize_t(size);
  if (disk().sleep_us) ::usleep(disk().sleep_us);
  const long long granted = disk().granted("write", (long long)size);
  if (granted > 0 || size == 0) return ssize_t(granted);
  errno = disk().error;
  return -1;
}

// Whether a call that `concerned` says is to the folder fails now.
bool fails(const char* call, bool concerned) {
  if (!concerned || disk().granted(call, 1) > 0) return false;
  errno = disk().error;
  return true;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* from, std::size_t size) {
  static const auto next = real<ssize_t (*)(int, const void*, std::size_t)>("write");
  const ssize_t now = size_to_write(fd, size);
  return now < 0 ? -1 : next(fd, from, std::size_t(now));
}

ssize_t pwrite(int fd, const void* from, std::size_t size, off_t offset) {
  static const auto next = real<ssize_t (*)(int, const void*, std::size_t, off_t)>("pwrite");
  const ssize_t now = size_to_write(fd, size);
  return now < 0 ? -1 : next(fd, from, std::size_t(now), offset);
}

ssize_t pwrite64(int fd, const void* from, std::size_t size, off64_t offset) { return pwrite(fd, from, size, offset); }

ssize_t writev(int fd, const iovec* parts, int count) {
  static const auto next = real<ssize_t (*)(int, const iovec*, int)>("writev");
  if (fd < 3 || !disk().has(fd) || count < 1) return next(fd, parts, count);
  return write(fd, parts[0].iov_base, parts[0].iov_len);
}

int fsync(int fd) {
  static const auto next = real<int (*)(int)>("fsync");
  return fails("fsync", disk().has(fd)) ? -1 : next(fd);
}

int fdatasync(int fd) {
  static const auto next = real<int (*)(int)>("fdatasync");
  return fails("fsync", disk().has(fd)) ? -1 : next(fd);
}

int syncfs(int fd) noexcept {
  static const auto next = real<int (*)(int)>("syncfs");
  return fails("fsync", disk().has(fd)) ? -1 : next(fd);
}

int rename(const char* from, const char* to) noexcept {
  static const auto next = real<int (*)(const char*, const char*)>("rename");
  return fails("rename", disk().has(to)) ? -1 : next(from, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  static const auto next = real<int (*)(int, const char*, int, const char*, unsigned)>("renameat2");
  return fails("rename", disk().has(to)) ? -1 : next(from_folder, from, to_folder, to, flags);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  static const auto next = real<int (*)(int, const char*, int, const char*, int)>("linkat");
  return fails("rename", disk().has(to)) ? -1 : next(from_folder, from, to_folder, to, flags);
}

int link(const char* from, const char* to) noexcept { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int openat(int folder, const char* path, int flags, ...) {
  static const auto next = real<int (*)(int, const char*, int, mode_t)>("openat");
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  const bool to_write = (flags & O_ACCMODE) != O_RDONLY;
  return fails("open", to_write && disk().has(path)) ? -1 : next(folder, path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return openat(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return openat(AT_FDCWD, path, flags, mode);
}

}  // extern "C"
