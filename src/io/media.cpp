#include "io/media.h"

#include <fmt/format.h>

#include "io/image_file.h"
#include "io/image_sequence.h"
#include "io/movie_read.h"

namespace cookline {
namespace fs = std::filesystem;

MediaPool::MediaPool(std::size_t budget_bytes, std::shared_ptr<UsedFiles> used)
    : pictures_(std::make_shared<PictureStore>(budget_bytes)), used_(std::move(used)) {}

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
  Result<MediaHandle> media = images ? open_images(path, pictures_, used_) : open_movie(path, pictures_);
  if (media && used_ && (*media)->facts().kind != MediaKind::image) {
    const bool movie = (*media)->facts().kind == MediaKind::movie;
    if (Status noted = movie ? used_->read(path) : used_->listed(path); !noted) return noted.error();
  }
  if (media) open_[path] = {generation, *media};
  return media;
}

}  // namespace cookline
