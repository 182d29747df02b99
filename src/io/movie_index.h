// Where the frames of a movie are: found by reading all of its packets once. Used by src/io alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/media.h"
#include "io/ffmpeg.h"

namespace cookline {

struct CloseInput {
  void operator()(AVFormatContext* c) const { avformat_close_input(&c); }
};
using InputHandle = std::unique_ptr<AVFormatContext, CloseInput>;

struct MovieKeyFrame {
  std::int64_t pts = 0, dts = 0;
};

// Times are in the stream's time base.
struct MovieIndex {
  int stream = 0;
  std::vector<std::int64_t> pts;    // of the frames that are shown, ascending
  std::vector<MovieKeyFrame> keys;  // by pts, ascending
  Key file;                         // path, size and time stamp
  // The last key frame that is not shown after a frame.
  const MovieKeyFrame& key_before(std::int64_t pts) const;
};

// The file with its streams described. Errors: not a movie.
Result<InputHandle> open_input(const std::filesystem::path& path);

// Errors: no video stream, no frame, cut off before the length that the file states.
Result<MovieIndex> index_movie(AVFormatContext& input, const std::filesystem::path& path);

MediaFacts movie_facts(const AVFormatContext& input, const MovieIndex& index, const std::filesystem::path& path);

}  // namespace cookline
