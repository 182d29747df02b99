#include "render/take_movie.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/parallel.h"
#include "io/movie_read.h"

namespace cookline {
namespace {

Error verification(const std::filesystem::path& path, std::string what) {
  return {ErrorCode::verification, std::move(what), path.string(), "the movie is kept; make it anew"};
}

// Decodes every picture of the movie.
Status count_pictures(const std::filesystem::path& path, std::int64_t count) {
  constexpr std::size_t few_pictures = std::size_t(64) << 20;
  const Result<MediaHandle> movie = open_movie(path, std::make_shared<PictureStore>(few_pictures));
  if (!movie) return verification(path, "the movie cannot be read again: " + movie.error().what);
  const std::int64_t found = (*movie)->facts().count;
  for (std::int64_t i = 0; i < found; ++i)
    if (const Result<ImageHandle> picture = (*movie)->read(i); !picture)
      return verification(path, fmt::format("picture {} of the movie cannot be decoded: {}", i, picture.error().what));
  if (found != count)
    return verification(path, fmt::format("the movie has {} pictures, and {} went into it", found, count));
  return {};
}

}  // namespace

Result<MovieFacts> write_movie_of(const MovieSource& source, const std::filesystem::path& path,
                                  const MovieSettings& settings, const WriteOptions& options,
                                  const std::function<void(std::int64_t)>& on_picture) {
  std::unique_ptr<MovieWriter> writer;
  const std::int64_t portion = std::int64_t{2} * std::max(1, thread_limit());
  for (std::int64_t first = 0; first < source.count; first += portion) {
    const std::int64_t size = std::min(portion, source.count - first);
    std::vector<Result<ImageHandle>> pictures;
    pictures.resize(std::size_t(size), Result<ImageHandle>{ImageHandle()});
    parallel_for(size, [&](std::int64_t i) { pictures[std::size_t(i)] = source.read(first + i); });
    for (const Result<ImageHandle>& picture : pictures) {
      if (!picture) return picture.error();
      if (!writer) {
        Result<std::unique_ptr<MovieWriter>> opened =
            MovieWriter::open(path, settings, (*picture)->width(), (*picture)->height(), options);
        if (!opened) return opened.error();
        writer = std::move(*opened);
      }
      if (Status status = writer->picture(**picture); !status) return status.error();
    }
    on_picture(first + size);
  }
  if (!writer) return project_error(path.string(), "there are no pictures for a movie");
  Result<MovieFacts> facts = writer->close();
  if (!facts) return facts.error();
  if (Status status = count_pictures(path, facts->pictures); !status) return status.error();
  return facts;
}

}  // namespace cookline
