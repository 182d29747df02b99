#include "io/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <new>
#include <utility>

namespace cookline {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t digest_head_bytes = 64;
constexpr std::size_t cached_bytes = std::size_t(1) << 18;  // what a core keeps in its own cache

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

InputFile::InputFile(fs::path path, int fd) : path_(std::move(path)), fd_(fd) {}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      size_(other.size_),
      digesting_(std::move(other.digesting_)) {}

InputFile::~InputFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<InputFile> InputFile::open(const fs::path& path) {
  // Without O_NONBLOCK a named pipe would wait for a writer for ever.
  InputFile file(path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (file.fd_ < 0 || ::fstat(file.fd_, &status) != 0) return file_error(path, "read", errno);
  if (S_ISDIR(status.st_mode)) return file_error(path, "read", EISDIR);
  if (!S_ISREG(status.st_mode)) return usage_error(path, "cannot be read: it is not a regular file");
  file.size_ = std::uint64_t(status.st_size);
  return file;
}

Result<std::size_t> InputFile::read_at(std::uint64_t offset, std::span<std::byte> to) const {
  std::size_t done = 0;
  while (done < to.size()) {
    const ssize_t got = ::pread(fd_, to.data() + done, to.size() - done, off_t(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(path_, "read", errno);
    if (got == 0) break;
    done += std::size_t(got);
  }
  see(offset, to.first(done));
  return done;
}

Result<std::size_t> InputFile::read_rows_at(std::uint64_t offset, std::span<std::byte* const> rows,
                                            std::size_t row_bytes) const {
  std::size_t done = 0;
  const std::size_t cached = std::clamp<std::size_t>(cached_bytes / std::max<std::size_t>(1, row_bytes), 1, IOV_MAX),
                    most = digesting_ ? cached : IOV_MAX;
  std::vector<struct iovec> parts;
  while (done < rows.size()) {
    parts.clear();
    for (std::byte* row : rows.subspan(done, std::min(rows.size() - done, most))) parts.push_back({row, row_bytes});
    const std::uint64_t at = offset + done * row_bytes;
    const ssize_t got = ::preadv(fd_, parts.data(), int(parts.size()), off_t(at));
    if (got < 0 && errno != EINTR) return file_error(path_, "read", errno);
    if (got == ssize_t(parts.size() * row_bytes)) {
      for (std::size_t i = 0; i < parts.size(); ++i) see(at + i * row_bytes, {rows[done + i], row_bytes});
      done += parts.size();
      continue;
    }
    // Interrupted, or the file ends here: one row shows which.
    const Result<std::size_t> one = read_at(at, {rows[done], row_bytes});
    if (!one || *one < row_bytes) return one ? Result<std::size_t>(done * row_bytes + *one) : one;
    ++done;
  }
  return done * row_bytes;
}

void InputFile::begin_digest() { digesting_ = std::make_unique<Digesting>(); }

void InputFile::see(std::uint64_t offset, std::span<const std::byte> bytes) const {
  if (!digesting_) return;
  FileDigest& digest = digesting_->digest;
  if (offset > digest.bytes || offset + bytes.size() <= digest.bytes) return;
  const std::span<const std::byte> news = bytes.subspan(std::size_t(digest.bytes - offset));
  const auto head = news.first(std::min(news.size(), digest_head_bytes - digest.head.size()));
  digest.head.insert(digest.head.end(), head.begin(), head.end());
  digesting_->hasher.bytes(news.data(), news.size());
  digest.bytes += news.size();
}

Result<FileDigest> InputFile::digest() const {
  // What is left, and one byte more that tells the end.
  const std::uint64_t left = size_ - std::min(size_, digesting_->digest.bytes);
  std::vector<std::byte> block(std::size_t(std::min<std::uint64_t>(left + 1, cached_bytes)));
  for (;;) {
    const Result<std::size_t> got = read_at(digesting_->digest.bytes, block);
    if (!got) return got.error();
    if (*got < block.size()) break;
  }
  FileDigest digest = digesting_->digest;
  digest.hash = digesting_->hasher.key();
  return digest;
}

Result<FileDigest> digest_file(const fs::path& path) {
  Result<InputFile> file = InputFile::open(path);
  if (!file) return file.error();
  file->begin_digest();
  return file->digest();
}

FileDigest digest_bytes(std::span<const std::byte> bytes) {
  const auto head = bytes.first(std::min(bytes.size(), digest_head_bytes));
  return {hash_bytes(bytes), bytes.size(), {head.begin(), head.end()}};
}

Result<std::vector<std::byte>> read_file_bytes(const fs::path& path, std::size_t max_bytes) try {
  const Result<InputFile> file = InputFile::open(path);
  if (!file) return file.error();
  // One byte more than the file should have, so that a file that grows or states no size (/proc) is noticed.
  std::vector<std::byte> bytes(std::min(std::size_t(file->size()), max_bytes) + 1);
  const Result<std::size_t> size = file->read_at(0, bytes);
  if (!size) return size.error();
  if (*size > max_bytes)
    return usage_error(path, fmt::format("has more than {} bytes, the most that is read here", max_bytes));
  if (*size > file->size()) return failure(path, "is being written to while it is read");
  bytes.resize(*size);
  return bytes;
} catch (const std::bad_alloc&) {
  return failure(path, "does not fit into memory");
}

int write_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes = bytes.subspan(std::size_t(written));
  }
  return 0;
}

}  // namespace cookline
