#include "io/media.h"

#include <fmt/format.h>

#include "io/image_file.h"
#include "io/image_sequence.h"
#include "io/movie_read.h"

namespace cookline {
namespace fs = std::filesystem;

MediaPool::MediaPool(std::size_t budget_bytes) : pictures_(std::make_shared<PictureStore>(budget_bytes)) {}

Result<MediaHandle> MediaPool::open(const fs::path& path, int generation) {
  std::lock_guard lock(mutex_);
  const auto known = open_.find(path);
  if (known != open_.end() && known->second.first >= generation) return known->second.second;
  std::error_code ignored;
  const bool exists = fs::exists(path, ignored);
  if (!exists && !is_sequence_pattern(path.filename().string())) {
    Error error = project_error(path.string(), "there is no such file");
    error.missing = true;
    return error;
  }
  const bool images = !exists || fs::is_directory(path, ignored) || image_file_type_of(path);
  Result<MediaHandle> media = images ? open_images(path, pictures_) : open_movie(path, pictures_);
  if (media) open_[path] = {generation, *media};
  return media;
}

}  // namespace cookline
