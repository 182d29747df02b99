// A file on its way to its final name: written beside it under a name of its own, then published in one step.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "io/atomic_file.h"

namespace cookline {

// Removes itself unless it was published. Functions return 0 or errno where they return int.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // A new empty file in the folder of `final_path`, which must exist.
  int create_beside(const std::filesystem::path& final_path);
  const std::filesystem::path& path() const { return path_; }
  // Appends.
  int write(std::span<const std::byte> bytes);
  // Writes from `offset` on, wherever the file ends.
  int write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  // Network file systems report a full disk only here, so the result counts.
  int close(Sync sync);
  // Gives it its name; `overwrite` replaces a file that has it.
  int publish(const std::filesystem::path& final_path, bool overwrite);

 private:
  int fd_ = -1;
  std::filesystem::path path_;
};

// Says early, before anything is written, what publishing under this name would refuse.
Status check_target(const std::filesystem::path& path, bool overwrite);

}  // namespace cookline
