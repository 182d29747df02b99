// A movie file as it is written: pictures and sound go in, one file comes out whole or not at all.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/hash.h"
#include "base/result.h"
#include "data/image.h"
#include "io/atomic_file.h"
#include "io/movie_format.h"

namespace cookline {

struct MovieFacts {
  std::int64_t pictures = 0;
  std::uint64_t bytes = 0;
  Key file;  // hash of the file's bytes
};

// The same pictures, sound and settings give the same bytes with every number of threads, from the same libraries.
class MovieWriter {
 public:
  // `path` is the final name; its folder is made. Errors: those of can_write_movie(), a file that is there already
  // unless options.overwrite, and the file system's.
  static Result<std::unique_ptr<MovieWriter>> open(const std::filesystem::path& path, const MovieSettings& settings,
                                                   int width_px, int height_px, const WriteOptions& options);
  ~MovieWriter();  // a movie that was not closed leaves nothing behind
  MovieWriter(const MovieWriter&) = delete;
  MovieWriter& operator=(const MovieWriter&) = delete;

  // The next picture. Errors: another size than the movie's, the encoder's, the file system's.
  Status picture(const Image& image);
  // The next samples of all channels, -1 to 1; they start with the first picture.
  Status sound(std::span<const std::span<const double>> channels);
  // Ends the movie and gives it its name: that of open(), or `name` in the same folder, in place of a file that has it.
  // Errors: no picture.
  Result<MovieFacts> close(const std::filesystem::path& name = {});

 private:
  struct Parts;
  explicit MovieWriter(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace cookline
