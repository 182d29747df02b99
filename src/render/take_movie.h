// The verb `movie`: one movie of images that are there already.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>

#include "io/movie_write.h"

namespace cookline {

struct MovieSource {
  std::int64_t count = 0;
  // Picture `index` of [0, count); called from any thread.
  std::function<Result<ImageHandle>(std::int64_t index)> read;
};

// Writes the movie, reading pictures on all cores, then decodes it and counts: as many pictures as went in, or an
// error. `on_picture` is told how many are encoded.
Result<MovieFacts> write_movie_of(const MovieSource& source, const std::filesystem::path& path,
                                  const MovieSettings& settings, const WriteOptions& options,
                                  const std::function<void(std::int64_t)>& on_picture);

}  // namespace cookline
