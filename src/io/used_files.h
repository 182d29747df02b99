// The files that a run was made from: pictures, movies and texts outside of the project's own file, each by its
// content as it was when it was first read.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cookline {

struct FileDigest;

struct UsedFile {
  std::string name;         // seen from the project's folder; absolute for what is not in it
  std::int64_t images = 0;  // of a folder or pattern that stands for a sequence: how many it has; 0: a file
  std::uint64_t bytes = 0;  // of a file
  std::string hash;         // XXH3-128, hexadecimal: of the file's bytes, or of the names of a sequence
  bool operator==(const UsedFile&) const = default;
};

// Thread-safe.
class UsedFiles {
 public:
  explicit UsedFiles(std::filesystem::path project_folder) : folder_(std::move(project_folder)) {}
  // A file is read now; the first time its content is hashed. Errors: it cannot be read.
  Status read(const std::filesystem::path& path);
  // The same of a file whose content is known.
  void read(const std::filesystem::path& path, const FileDigest& digest);
  // A folder or pattern is taken as a sequence of images.
  Status listed(const std::filesystem::path& path);
  // The run has made this file itself, so it is not made from it.
  void written(const std::filesystem::path& path);
  // What was used so far, in the order of first use, from place `first` on.
  std::vector<UsedFile> list(std::size_t first = 0) const;

 private:
  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::set<std::string> seen_;
  std::vector<UsedFile> files_;
};

// What there is now under the name that `then` has. Errors: it is not there any more, or cannot be read.
Result<UsedFile> used_file_now(const UsedFile& then, const std::filesystem::path& project_folder);

}  // namespace cookline
