// Reading and writing by the system's calls, and the one place where the system's error numbers become sentences.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace cookline {

// What tells a file from others, read block by block: files may be larger than memory.
struct FileDigest {
  Key hash;                     // hash_bytes() of all of it
  std::uint64_t bytes = 0;      // its size
  std::vector<std::byte> head;  // its first 64 bytes, or all there are
};

// A regular file that is open for reading, at any place of it.
class InputFile {
 public:
  // Errors: missing, a folder, another thing that is no regular file, no permission.
  static Result<InputFile> open(const std::filesystem::path& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  std::uint64_t size() const { return size_; }  // when it was opened
  // Fills `to` from `offset` on. How many bytes there were, fewer only where the file ends; the error names the file.
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> to) const;
  // The same with rows of one size that stand one behind the other in the file, each to its own place.
  Result<std::size_t> read_rows_at(std::uint64_t offset, std::span<std::byte* const> rows, std::size_t row_bytes) const;

  // From now on hashes what is read while it is in the cache; one thread alone reads then.
  void begin_digest();
  // Of the whole file, after begin_digest(): reads what was not read so far, or not in order.
  Result<FileDigest> digest() const;

 private:
  struct Digesting {
    Hasher hasher;
    FileDigest digest;  // of what comes before the place up to which all was read
  };
  InputFile(std::filesystem::path path, int fd);
  void see(std::uint64_t offset, std::span<const std::byte> bytes) const;
  std::filesystem::path path_;
  int fd_;
  std::uint64_t size_ = 0;
  std::unique_ptr<Digesting> digesting_;  // what it points to changes as one reads
};

// The whole content of a regular file. Errors: missing, a folder, no permission, larger than max_bytes.
Result<std::vector<std::byte>> read_file_bytes(const std::filesystem::path& path, std::size_t max_bytes);

// Errors: those of read_file_bytes() but for the size.
Result<FileDigest> digest_file(const std::filesystem::path& path);
// Of a file whose bytes are all in memory.
FileDigest digest_bytes(std::span<const std::byte> bytes);

// Writes all of it where an open file stands, in one call of the system where that takes it whole. 0 or errno.
int write_all(int fd, std::span<const std::byte> bytes);

// What went wrong with `path` when the system said `error` (an errno value). `action` completes "cannot be …":
// "read", "written". Names the folder, limit or free space that matters.
Error file_error(const std::filesystem::path& path, std::string_view action, int error);

}  // namespace cookline
