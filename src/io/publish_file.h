// The last step of an atomic write: giving a complete file its name without ever replacing another file.
#pragma once
#include <filesystem>

namespace cookline {

// Ways to do it, best first; not every file system has the first two.
enum class PublishBy {
  rename_noreplace,  // one step
  link,              // one step, then the old name goes
  reservation,       // takes the name with an empty file, then renames over it: killed in between, that file stays
};

// Moves the file `from` to the free name `to` in the same file system. 0, or the system's error number: EEXIST if the
// name is taken. If it fails, `from` is still there.
int publish_file(const std::filesystem::path& from, const std::filesystem::path& to, PublishBy way);

// The same by the best way that the file system has.
int publish_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace cookline
