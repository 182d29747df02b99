#include "app/movie_options.h"

#include <filesystem>
#include <set>

namespace cookline::app {
namespace {

// The usual codec of the kind of file.
std::string codec_of(const MovieOptions& o, const std::string& file) {
  if (!o.codec.empty()) return o.codec == "h264" || o.codec == "h265" ? o.codec + "nvgpu" : o.codec;
  const std::string extension = std::filesystem::path(file).extension().string();
  if (extension == ".gif") return "gif";
  if (extension == ".webm") return "vp9";
  return "h264nvgpu";
}

}  // namespace

void add_movie_options(CLI::App& verb, MovieOptions& o) {
  std::set<std::string> codecs, types, pixels;
  for (const MovieVariant& v : movie_variants()) {
    codecs.emplace(v.codec == "h264nvgpu" ? "h264" : v.codec == "h265nvgpu" ? "h265" : v.codec);
    if (!v.type.empty()) types.emplace(v.type);
    pixels.emplace(v.pixels);
  }
  verb.add_option("--codec", o.codec, "Of a movie: else H.264, in a .webm VP9, in a .gif GIF")
      ->check(CLI::IsMember(codecs));
  verb.add_option("--type", o.type, "Of ProRes and Hap")->check(CLI::IsMember(types));
  verb.add_option("--pixels", o.pixels, "How pixels of a movie are stored; else the codec's first")
      ->check(CLI::IsMember(pixels));
  verb.add_flag("--lossless", o.lossless, "H.264, H.265, VP9, AV1: every value as it is stored");
  verb.add_option("--key-frames", o.key_frames, "Pictures from one key frame to the next; else the encoder decides")
      ->check(CLI::Range(1, 100000));
}

MovieSettings movie_settings_of(const MovieOptions& o, const std::string& file, const Rate& rate) {
  MovieSettings s;
  s.codec = codec_of(o, file), s.type = o.type, s.pixels = o.pixels;
  s.lossless = o.lossless;
  s.key_frame_interval = o.key_frames;
  // By quantisers of one scale for all pictures, or of a codec that looks where errors are seen.
  const bool plain = s.codec == "mjpa" || s.codec == "mpeg4" || s.codec == "cineform";
  s.quality = o.quality >= 0 ? o.quality : plain ? 0.9 : 0.65;
  s.rate = rate;
  return s;
}

}  // namespace cookline::app
