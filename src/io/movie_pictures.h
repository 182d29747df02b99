// Pictures as frames for a video encoder: turned over, in the encoder's pixel format. For src/io alone.
#pragma once
#include <memory>

#include "base/result.h"
#include "data/image.h"
#include "io/ffmpeg.h"

namespace cookline {

class MoviePictures {
 public:
  // For the encoder's size, pixel format, matrix and range. Errors: pixels that nothing converts to.
  static Result<std::unique_ptr<MoviePictures>> open(const AVCodecContext& encoder);
  // The frame of a picture, without a time. Values are limited to [0, 1]; colour planes of lower resolution get means.
  // Alpha is stored as it is, neither multiplied nor divided out. Errors: a picture of another size.
  Result<ffmpeg::Frame> convert(const Image& image);

 private:
  explicit MoviePictures(const AVCodecContext& encoder) : encoder_(encoder) {}
  Status palette(const AVFrame& from, AVFrame& to);

  const AVCodecContext& encoder_;
  ffmpeg::Scaler scaler_;
  ffmpeg::Frame source_;  // RGBA, top row first
  PixelFormat source_format_ = PixelFormat::rgba8fixed;
};

}  // namespace cookline
