// Plain POSIX reading: one open, one fstat, reads until the end.
#include "io/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

namespace cookline {
namespace fs = std::filesystem;
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Fills `bytes` from the file and returns how many bytes there were, or -1 with errno set.
ssize_t read_all(int fd, std::vector<std::byte>& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(fd, bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += std::size_t(got);
  }
  return ssize_t(done);
}

std::string not_a_folder(const fs::path& path) {
  for (fs::path part = path.parent_path(); part.has_relative_path(); part = part.parent_path()) {
    std::error_code ignored;
    const fs::file_status status = fs::status(part, ignored);
    if (fs::exists(status) && !fs::is_directory(status))
      return fmt::format("'{}' is a file, not a folder", part.string());
  }
  return "a part of the path is not a folder";
}

std::string too_long(const fs::path& path) {
  for (const fs::path& part : path)
    if (part.native().size() > NAME_MAX)
      return fmt::format("the name '{}…' has {} bytes; at most {} are allowed", part.string().substr(0, 24),
                         part.native().size(), NAME_MAX);
  return fmt::format("the path has {} bytes, more than the file system allows", path.native().size());
}

std::string free_space(const fs::path& path) {
  std::error_code failed;
  const fs::space_info space = fs::space(path.parent_path().empty() ? "." : path.parent_path(), failed);
  return failed ? "the disk is full" : fmt::format("the disk is full ({} bytes are free)", space.available);
}

}  // namespace

Error file_error(const fs::path& path, std::string_view action, int error) {
  const auto usage = [&](const std::string& why) {
    return usage_error(path, fmt::format("cannot be {}: {}", action, why));
  };
  const auto failed = [&](const std::string& why, std::string hint = {}) {
    return failure(path, fmt::format("cannot be {}: {}", action, why), std::move(hint));
  };
  switch (error) {
    case ENOENT:
      return usage("there is no such file or folder");
    case EEXIST:
      return usage("a file of this name exists already");
    case EISDIR:
      return usage("it is a folder, not a file");
    case ENOTDIR:
      return usage(not_a_folder(path));
    case ENAMETOOLONG:
      return usage(too_long(path));
    case ELOOP:
      return usage("its symbolic links form a loop");
    case EROFS:
      return failed("the file system is read-only", "choose another folder");
    case EACCES:
    case EPERM:
      return failed("permission denied", "check the rights of the file and of its folder");
    case ENOSPC:
      return failed(free_space(path), "free some space or choose another folder");
    case EDQUOT:
      return failed("your disk quota is used up", "free some space or choose another folder");
    case EFBIG:
      return failed("it is larger than the file system or the process's file size limit allows");
    default:
      return failed(std::strerror(error));
  }
}

// Whether what was opened can be read; `status` is filled in.
static Status check_source(const fs::path& path, const Descriptor& file, struct stat& status) {
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return file_error(path, "read", errno);
  if (S_ISDIR(status.st_mode)) return file_error(path, "read", EISDIR);
  if (!S_ISREG(status.st_mode)) return usage_error(path, "cannot be read: it is not a regular file");
  return {};
}

// Without O_NONBLOCK a named pipe would wait for a writer for ever.
constexpr int read_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

Result<FileDigest> digest_file(const fs::path& path) {
  constexpr std::size_t block_bytes = std::size_t(1) << 20, head_bytes = 64;
  const Descriptor file(::open(path.c_str(), read_flags));
  struct stat status {};
  if (Status readable = check_source(path, file, status); !readable) return readable.error();
  FileDigest digest;
  Hasher hasher;
  std::vector<std::byte> block(block_bytes);
  for (;;) {
    const ssize_t got = read_all(file.get(), block);
    if (got < 0) return file_error(path, "read", errno);
    if (digest.bytes == 0) digest.head.assign(block.begin(), block.begin() + std::min(got, ssize_t(head_bytes)));
    hasher.bytes(block.data(), std::size_t(got));
    digest.bytes += std::uint64_t(got);
    if (std::size_t(got) < block.size()) break;
  }
  digest.hash = hasher.key();
  return digest;
}

Result<std::vector<std::byte>> read_file_bytes(const fs::path& path, std::size_t max_bytes) try {
  const Descriptor file(::open(path.c_str(), read_flags));
  struct stat status {};
  if (Status readable = check_source(path, file, status); !readable) return readable.error();
  // One byte more than the file should have, so that a file that grows or states no size (/proc) is noticed.
  std::vector<std::byte> bytes(std::min(std::size_t(status.st_size), max_bytes) + 1);
  const ssize_t size = read_all(file.get(), bytes);
  if (size < 0) return file_error(path, "read", errno);
  if (std::size_t(size) > max_bytes)
    return usage_error(path, fmt::format("has more than {} bytes, the most that is read here", max_bytes));
  if (size > status.st_size) return failure(path, "is being written to while it is read");
  bytes.resize(std::size_t(size));
  return bytes;
} catch (const std::bad_alloc&) {
  return failure(path, "does not fit into memory");
}

}  // namespace cookline
