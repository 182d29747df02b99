// Temporary file, write, close, publish; whatever fails, the temporary file goes.
#include "io/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdint>
#include <optional>
#include <string>

#include "io/file_bytes.h"
#include "io/publish_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

// A new empty file beside the final one. Removes itself unless it was published. Functions return 0 or errno.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  ~TemporaryFile() {
    if (fd_ >= 0) ::close(fd_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  int create_beside(const fs::path& final_path) {
    for (;;) {
      fs::path candidate = final_path.parent_path() / temporary_name(final_path.filename().string());
      fd_ = ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd_ < 0 && (errno == EEXIST || errno == EINTR)) continue;
      if (fd_ < 0) return errno;
      path_ = std::move(candidate);
      return 0;
    }
  }

  int write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return errno;
      bytes = bytes.subspan(std::size_t(written));
    }
    return 0;
  }

  // Network file systems report a full disk only here, so the result counts.
  int close(Sync sync) {
    const int sync_error = sync == Sync::file && ::fsync(fd_) != 0 ? errno : 0;
    const int close_error = ::close(fd_) != 0 && errno != EINTR ? errno : 0;
    fd_ = -1;
    return sync_error != 0 ? sync_error : close_error;
  }

  int publish(const fs::path& final_path, bool overwrite) {
    int error = 0;
    if (!overwrite)
      error = publish_file(path_, final_path);
    else if (::rename(path_.c_str(), final_path.c_str()) != 0)
      error = errno;
    if (error == 0) path_.clear();
    return error;
  }

 private:
  // The final name, so that a look into the folder explains it, and 64 random bits: processes on other machines may
  // write to the same folder.
  static std::string temporary_name(const std::string& final_name) {
    std::uint64_t random = 0;
    if (::getrandom(&random, sizeof random, 0) != ssize_t(sizeof random)) random = std::uint64_t(::getpid());
    const std::string suffix = fmt::format(".{:016x}.tmp", random);
    return (final_name.size() + suffix.size() <= NAME_MAX ? final_name : std::string("long-name")) + suffix;
  }

  int fd_ = -1;
  fs::path path_;
};

// Says early, before anything is written, what the final rename would refuse.
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

// 0 or errno. The temporary file is gone when it returns, so that free space is told as it is without it.
int write_by_temporary(const fs::path& path, std::span<const std::byte> bytes, const WriteOptions& options) {
  TemporaryFile file;
  int error = file.create_beside(path);
  if (error == 0) error = file.write(bytes);
  if (error == 0) error = file.close(options.sync);
  if (error == 0) error = file.publish(path, options.overwrite);
  return error;
}

// The path with links followed and dots removed; parts that do not exist are taken as they stand.
std::optional<fs::path> resolved(const fs::path& path) {
  std::error_code failed;
  const fs::path whole = fs::absolute(path, failed);
  if (failed) return std::nullopt;
  const fs::path result = fs::weakly_canonical(whole, failed);
  if (failed) return std::nullopt;
  // A link that is still there leads nowhere yet: what is written through it later could end up anywhere.
  fs::path part;
  for (const fs::path& name : result) {
    part /= name;
    if (fs::is_symlink(fs::symlink_status(part, failed))) return std::nullopt;
  }
  return result;
}

}  // namespace

Status write_file(const fs::path& path, std::span<const std::byte> bytes, const WriteOptions& options) {
  if (Status allowed = check_target(path, options.overwrite); !allowed) return allowed;
  int error = write_by_temporary(path, bytes, options);
  if (error == ENOENT) {
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    if (failed) return file_error(path, "written, its folder cannot be made", failed.value());
    error = write_by_temporary(path, bytes, options);
  }
  return error == 0 ? Status() : file_error(path, "written", error);
}

Status sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return file_error(folder, "opened", errno);
  const int error = ::syncfs(fd) == 0 ? 0 : errno;
  ::close(fd);
  return error == 0 ? Status() : file_error(folder, "brought to the disk", error);
}

bool is_inside(const fs::path& folder, const fs::path& path) {
  const std::optional<fs::path> outer = resolved(folder.empty() ? "." : folder), inner = resolved(path);
  if (!outer || !inner) return false;
  auto at = inner->begin();
  for (const fs::path& name : *outer) {
    if (name.empty()) continue;  // after a trailing slash
    if (at == inner->end() || *at != name) return false;
    ++at;
  }
  return at != inner->end() && !at->empty();
}

}  // namespace cookline
