// What a movie can be made of: codecs by the names of Movie File Out's menus, the pixels each can store, and the kinds
// of files that hold them. The encoders are those of FFmpeg's libraries that run on a CPU.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/rate.h"
#include "io/output_colour.h"

namespace cookline {

// Names are menu items: videocodec, videocodectype ("" where a codec has one kind), moviepixelformat.
struct MovieVariant {
  std::string_view codec, type, pixels;
  std::string_view encoder;        // FFmpeg's name
  std::string_view stored_pixels;  // FFmpeg's name of the pixel format
  std::string_view options = "";   // of the encoder, "key=value:key=value"
};

// All that can be written; the first of a codec and type is what it stores when the asked-for pixels are the menu's
// own default and the codec does not have them.
std::span<const MovieVariant> movie_variants();

struct SoundSettings {
  std::string codec = "alac";  // item of audiocodec: alac, mp3, aac, vorbis, opus, pcm16, pcm24, pcm32
  int kbps = 0;                // of lossy codecs; 0: the codec's own
  double rate_hz = 44100;      // of the samples that are handed over
  int channels = 2;
};

struct BitRate {
  bool constant = true, high_quality = false;
  double average_kbps = 12000, peak_kbps = 16000;
};

struct MovieSettings {
  std::string codec = "mjpa", type = "none", pixels = "yuv420";  // menu items
  double quality = 0.9;                                          // 0 to 1, where bit_rate does not decide
  std::optional<BitRate> bit_rate;                               // H.264, H.265 and AV1
  bool lossless = false;                                         // H.264, H.265, VP9, AV1
  int key_frame_interval = 0;  // pictures from key frame to key frame; 0: the encoder's own
  int b_frames = 0;            // most in a row
  std::string profile = "autoselect", entropy = "autoselect", motion = "default";  // H.264, menu items
  int slices = 0;                                                                  // of a picture; 0: the encoder's own
  bool secondary_compression = true;                                               // Hap
  OutputColour colour;                            // pictures are brought into it, and the file is tagged with it
  std::string stereo = "off", spherical = "off";  // menu items
  bool keep = true;                               // off: encodes, but writes no file (Encode Test Mode)
  std::string timecode;                           // of the first picture, HH:MM:SS:FF; may be empty
  Rate rate;                                      // pictures a second
  std::optional<SoundSettings> sound;
};

// Kinds of movie files by extension, without the dot: mov, mp4, mkv, webm, gif, avi.
std::span<const std::string_view> movie_extensions();
// Whether the name ends like one of them, in either case.
bool is_movie_name(std::string_view file);

// What stores these settings. Errors name the setting, its value and what is allowed: no encoder for this codec on a
// CPU, pixels or type that it does not have.
Result<MovieVariant> movie_variant(const MovieSettings& settings);

// Whether a movie `file` with these settings and pictures of this size can be written, by opening the encoders. Errors
// as above, also: a kind of file that cannot hold the codec or the sound, a size that the codec cannot store.
Status can_write_movie(const std::string& file, const MovieSettings& settings, int width_px, int height_px);

}  // namespace cookline
