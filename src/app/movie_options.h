// The options by which `movie` and `render` say how a movie is stored.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "io/movie_format.h"

namespace cookline::app {

struct MovieOptions {
  std::string codec, type = "none", pixels = "yuv420";  // items of Movie File Out's menus; no codec: by the file's name
  double quality = -1;                                  // below 0: usual for the codec
  int key_frames = 0;                                   // 0: the encoder decides
  bool lossless = false;
};

// --codec, --type, --pixels, --lossless, --key-frames.
void add_movie_options(CLI::App& verb, MovieOptions& options);
inline constexpr const char* movie_option_names[] = {"--codec", "--type", "--pixels", "--lossless", "--key-frames"};

MovieSettings movie_settings_of(const MovieOptions& options, const std::string& file, const Rate& rate);

}  // namespace cookline::app
