// Temporary file, write, close, publish; whatever fails, the temporary file goes.
#include "io/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "io/file_bytes.h"
#include "io/temporary_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

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

// Whether a path that begins as the folder does, and goes on without links and dots, shows by that to be inside: what
// most do, and sooner seen than by following both from the root.
bool is_plainly_inside(const fs::path& folder, const fs::path& path) {
  const fs::path outer = folder.has_filename() ? folder : folder.parent_path();  // without a slash at its end
  auto [end, name] = std::mismatch(outer.begin(), outer.end(), path.begin(), path.end());
  std::error_code ignored;
  if (outer.empty() || end != outer.end() || name == path.end() || !fs::is_directory(outer, ignored)) return false;
  for (fs::path part = outer; name != path.end(); ++name) {
    if (name->empty() || *name == "." || *name == "..") return false;
    const fs::file_type type = fs::symlink_status(part /= *name, ignored).type();
    if (type != fs::file_type::not_found && type != fs::file_type::regular && type != fs::file_type::directory)
      return false;
  }
  return true;
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
  if (is_plainly_inside(folder, path)) return true;
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
