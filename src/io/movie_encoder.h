// FFmpeg's encoders, opened as a movie's settings say. For src/io alone.
#pragma once
#include "io/ffmpeg.h"
#include "io/movie_format.h"

namespace cookline {

// The kind of file that a movie's name asks for. Errors: another extension.
Result<const AVOutputFormat*> movie_file_kind(const std::string& file);

// The encoder of the pictures. The number of its threads is fixed, so that it is the same on every machine and with it
// the bytes.
Result<ffmpeg::Codec> open_video_encoder(const MovieSettings& settings, const MovieVariant& variant,
                                         const AVOutputFormat& container, int width_px, int height_px);

}  // namespace cookline
