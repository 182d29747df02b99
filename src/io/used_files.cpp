#include "io/used_files.h"

#include "io/file_bytes.h"
#include "io/image_sequence.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

std::string name_in_project(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_normal().lexically_relative(folder.lexically_normal());
  return relative.empty() || *relative.begin() == ".." ? path.lexically_normal().string() : relative.string();
}

Result<UsedFile> file_facts(const fs::path& path, std::string name) {
  const Result<FileDigest> digest = digest_file(path);
  if (!digest) return digest.error();
  return UsedFile{std::move(name), 0, digest->bytes, to_hex(digest->hash)};
}

// Which images there are, and which are missing, decides what a frame shows.
Result<UsedFile> sequence_facts(const fs::path& path, std::string name) {
  const Result<std::vector<SequenceFile>> list = list_sequence(path);
  if (!list) return list.error();
  Hasher names;
  for (const SequenceFile& file : *list) names.text(file.path.filename().string()).add(file.missing);
  return UsedFile{std::move(name), std::int64_t(list->size()), 0, to_hex(names.key())};
}

}  // namespace

Status UsedFiles::read(const fs::path& path) {
  // Under the lock: who meets a file that another thread is hashing must not be done before it is in the list.
  std::lock_guard lock(mutex_);
  if (!seen_.insert(path.string()).second) return {};
  Result<UsedFile> file = file_facts(path, name_in_project(path, folder_));
  if (!file) return file.error();
  files_.push_back(std::move(*file));
  return {};
}

void UsedFiles::read(const fs::path& path, const FileDigest& digest) {
  std::lock_guard lock(mutex_);
  if (seen_.insert(path.string()).second)
    files_.push_back({name_in_project(path, folder_), 0, digest.bytes, to_hex(digest.hash)});
}

Status UsedFiles::listed(const fs::path& path) {
  std::lock_guard lock(mutex_);
  if (!seen_.insert(path.string()).second) return {};
  Result<UsedFile> list = sequence_facts(path, name_in_project(path, folder_));
  if (!list) return list.error();
  files_.push_back(std::move(*list));
  return {};
}

void UsedFiles::written(const fs::path& path) {
  std::lock_guard lock(mutex_);
  seen_.insert(path.string());
}

std::vector<UsedFile> UsedFiles::list(std::size_t first) const {
  std::lock_guard lock(mutex_);
  if (first >= files_.size()) return {};
  return {files_.begin() + std::ptrdiff_t(first), files_.end()};
}

Result<UsedFile> used_file_now(const UsedFile& then, const fs::path& project_folder) {
  const fs::path path = project_folder / then.name;
  return then.images > 0 ? sequence_facts(path, then.name) : file_facts(path, then.name);
}

}  // namespace cookline
