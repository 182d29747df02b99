// The movies of a run: pictures and sound go to the encoder of their take on a thread of its own, while the next frames
// cook.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "data/channels.h"
#include "io/movie_write.h"
#include "render/writer.h"

namespace cookline {

// One movie as it is made. Errors of the encoder and the disk come with a later call, of finish() at the latest.
class MovieTake {
 public:
  // What waits is bounded in bytes; at the bound the caller waits.
  MovieTake(WrittenImage file, MovieSettings settings, WriteOptions options, std::size_t queue_bytes);
  ~MovieTake();  // a movie that was not finished leaves nothing behind

  const WrittenImage& file() const;
  bool has_sound() const;
  Status picture(ImageHandle image, double cook_s);
  Status sound(const Channels& channels);
  // Silence as long as one picture lasts.
  Status silence();
  // Ends the movie. Of one that is `whole` the name is its own, else NAME.part.EXTENSION. Gives what was written;
  // nothing if there was no picture, or none was to be kept.
  Result<std::optional<WrittenImage>> finish(bool whole);

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

// The name under which what there is of an unfinished movie is kept: "look.0.part.mov".
std::filesystem::path part_name(const std::filesystem::path& movie);

}  // namespace cookline
