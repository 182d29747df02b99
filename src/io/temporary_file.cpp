#include "io/temporary_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string>

#include "io/file_bytes.h"
#include "io/publish_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

// The final name, so that a look into the folder explains it, and 64 random bits: processes on other machines may
// write to the same folder.
std::string temporary_name(const std::string& final_name) {
  std::uint64_t random = 0;
  if (::getrandom(&random, sizeof random, 0) != ssize_t(sizeof random)) random = std::uint64_t(::getpid());
  const std::string suffix = fmt::format(".{:016x}.tmp", random);
  return (final_name.size() + suffix.size() <= NAME_MAX ? final_name : std::string("long-name")) + suffix;
}

}  // namespace

TemporaryFile::~TemporaryFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

int TemporaryFile::create_beside(const fs::path& final_path) {
  for (;;) {
    fs::path candidate = final_path.parent_path() / temporary_name(final_path.filename().string());
    fd_ = ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd_ < 0 && (errno == EEXIST || errno == EINTR)) continue;
    if (fd_ < 0) return errno;
    path_ = std::move(candidate);
    return 0;
  }
}

int TemporaryFile::write(std::span<const std::byte> bytes) { return write_all(fd_, bytes); }

int TemporaryFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), off_t(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes = bytes.subspan(std::size_t(written));
    offset += std::uint64_t(written);
  }
  return 0;
}

int TemporaryFile::close(Sync sync) {
  const int sync_error = sync == Sync::file && ::fsync(fd_) != 0 ? errno : 0;
  const int close_error = ::close(fd_) != 0 && errno != EINTR ? errno : 0;
  fd_ = -1;
  return sync_error != 0 ? sync_error : close_error;
}

int TemporaryFile::publish(const fs::path& final_path, bool overwrite) {
  int error = 0;
  if (!overwrite)
    error = publish_file(path_, final_path);
  else if (::rename(path_.c_str(), final_path.c_str()) != 0)
    error = errno;
  if (error == 0) path_.clear();
  return error;
}

Status check_target(const fs::path& path, bool overwrite) {
  if (!path.has_filename() || path.filename() == "." || path.filename() == "..")
    return usage_error(path.string(), "cannot be written: it names a folder, not a file");
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return errno == ENOENT ? Status() : file_error(path, "written", errno);
  if (S_ISDIR(status.st_mode)) return file_error(path, "written", EISDIR);
  if (!S_ISREG(status.st_mode) && !S_ISLNK(status.st_mode))
    return usage_error(path, "cannot be written: something that is not a regular file has this name");
  return overwrite ? Status() : file_error(path, "written", EEXIST);
}

}  // namespace cookline
