// Opening what TOPs play back: images, sequences of images and movies, with the pictures that were decoded last.
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "data/media.h"
#include "io/picture_store.h"
#include "io/used_files.h"

namespace cookline {

// Files that are open, each once. Thread-safe.
class MediaPool {
 public:
  // Decoded pictures take at most `budget_bytes`; the least recently used go first.
  // What is played is noted in `used`, if that is given: movies and lists of sequences as they are opened, images as
  // they are read.
  explicit MediaPool(std::size_t budget_bytes = std::size_t(256) << 20, std::shared_ptr<UsedFiles> used = nullptr);

  // The image, movie, folder of images or pattern of their names (io/image_sequence.h). What is open stays as it was
  // found, until it is asked for with a larger `generation`. Errors: not there (`missing` is set), not a file that can
  // be played.
  Result<MediaHandle> open(const std::filesystem::path& path, int generation = 0);

 private:
  std::shared_ptr<PictureStore> pictures_;
  std::shared_ptr<UsedFiles> used_;
  std::mutex mutex_;
  std::map<std::filesystem::path, std::pair<int, MediaHandle>> open_;
};

// An image file, or a folder or pattern that stands for several; `used` may be null.
Result<MediaHandle> open_images(const std::filesystem::path& path, std::shared_ptr<PictureStore> pictures,
                                std::shared_ptr<UsedFiles> used);

}  // namespace cookline
