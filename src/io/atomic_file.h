// Writing files so that a file under its final name is always complete: a temporary file in the same folder, then one
// rename. Also the check that keeps names inside the output folder.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace cookline {

enum class Sync {
  never,  // the system writes the data when it likes: a crash of the machine may lose the last files
  file,   // the data is on disk before the file gets its name: slower, for shared and unreliable storage
  take,   // as never, then sync_folder() when a take is whole
};

struct WriteOptions {
  bool overwrite = false;
  Sync sync = Sync::never;
};

// Writes the bytes under this name, making missing folders. An existing file is an error unless options.overwrite is
// set, also when it appears while the bytes are written; what is not a regular file is never replaced. On every error
// nothing is left behind but folders. Any number of threads and processes may write into one folder.
Status write_file(const std::filesystem::path& path, std::span<const std::byte> bytes,
                  const WriteOptions& options = {});

// Returns when everything written to the file system of this folder is on disk.
Status sync_folder(const std::filesystem::path& folder);

// True if `path`, with all symbolic links followed, lies below `folder`; neither needs to exist. Relative paths are
// taken from the current folder. A link that leads nowhere or in a circle is not inside anything.
bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& path);

}  // namespace cookline
