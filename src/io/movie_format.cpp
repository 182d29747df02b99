#include "io/movie_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "io/movie_encoder.h"
#include "io/movie_sound.h"

namespace cookline {
namespace {

constexpr MovieVariant variants[] = {
    {"rle", "", "rgb", "qtrle", "rgb24"},
    {"rle", "", "rgba", "qtrle", "argb"},
    {"mjpa", "", "yuv420", "mjpeg", "yuvj420p"},
    {"mjpa", "", "yuv422", "mjpeg", "yuvj422p"},
    {"mjpa", "", "yuv444", "mjpeg", "yuvj444p"},
    {"mpeg4", "", "yuv420", "mpeg4", "yuv420p"},
    {"h264nvgpu", "", "yuv420", "libx264", "yuv420p"},
    {"h264nvgpu", "", "yuv420p10bit", "libx264", "yuv420p10le"},
    {"h264nvgpu", "", "yuv422", "libx264", "yuv422p"},
    {"h264nvgpu", "", "yuv444", "libx264", "yuv444p"},
    {"h264nvgpu", "", "yuv444p10bit", "libx264", "yuv444p10le"},
    {"h264nvgpu", "", "rgb", "libx264rgb", "rgb24"},
    {"cineform", "", "yuv422", "cfhd", "yuv422p10le"},
    {"cineform", "", "rgb", "cfhd", "gbrp12le"},
    {"cineform", "", "rgba", "cfhd", "gbrap12le"},
    {"hap", "hap", "rgb", "hap", "rgba", "format=hap"},
    {"hap", "hap", "rgba", "hap", "rgba", "format=hap_alpha"},
    {"hap", "hapq", "rgb", "hap", "rgba", "format=hap_q"},
    {"h265nvgpu", "", "yuv420", "libx265", "yuv420p"},
    {"h265nvgpu", "", "yuv420p10bit", "libx265", "yuv420p10le"},
    {"h265nvgpu", "", "yuv422", "libx265", "yuv422p"},
    {"h265nvgpu", "", "yuv444", "libx265", "yuv444p"},
    {"h265nvgpu", "", "yuv444p10bit", "libx265", "yuv444p10le"},
    {"h265nvgpu", "", "rgb", "libx265", "gbrp"},
    {"gif", "", "3", "gif", "pal8"},
    {"vp8", "", "yuv420", "libvpx", "yuv420p"},
    {"vp8", "", "rgba", "libvpx", "yuva420p"},
    {"vp9", "", "yuv420", "libvpx-vp9", "yuv420p"},
    {"vp9", "", "yuv420p10bit", "libvpx-vp9", "yuv420p10le"},
    {"vp9", "", "yuv422", "libvpx-vp9", "yuv422p"},
    {"vp9", "", "yuv444", "libvpx-vp9", "yuv444p"},
    {"vp9", "", "yuv444p10bit", "libvpx-vp9", "yuv444p10le"},
    {"vp9", "", "rgb", "libvpx-vp9", "gbrp"},
    {"vp9", "", "rgba", "libvpx-vp9", "yuva420p"},
    {"prores", "standard", "yuv422", "prores_ks", "yuv422p10le", "profile=standard"},
    {"prores", "proxy", "yuv422", "prores_ks", "yuv422p10le", "profile=proxy"},
    {"prores", "lt", "yuv422", "prores_ks", "yuv422p10le", "profile=lt"},
    {"prores", "hq", "yuv422", "prores_ks", "yuv422p10le", "profile=hq"},
    {"prores", "4444", "yuv444p10bit", "prores_ks", "yuv444p10le", "profile=4444"},
    {"prores", "4444", "rgba", "prores_ks", "yuva444p10le", "profile=4444"},
    {"prores", "4444xq", "yuv444p10bit", "prores_ks", "yuv444p10le", "profile=4444xq"},
    {"prores", "4444xq", "rgba", "prores_ks", "yuva444p10le", "profile=4444xq"},
    {"av1", "", "yuv420", "libaom-av1", "yuv420p"},
    {"av1", "", "yuv420p10bit", "libaom-av1", "yuv420p10le"},
    {"av1", "", "yuv422", "libaom-av1", "yuv422p"},
    {"av1", "", "yuv444", "libaom-av1", "yuv444p"},
    {"av1", "", "yuv444p10bit", "libaom-av1", "yuv444p10le"},
    {"av1", "", "rgb", "libaom-av1", "gbrp"},
};

constexpr std::array<std::string_view, 6> extensions = {"mov", "mp4", "mkv", "webm", "gif", "avi"};

std::string extension_of(std::string_view file) {
  const std::size_t dot = file.rfind('.');
  return dot == std::string_view::npos ? std::string() : to_lower(file.substr(dot + 1));
}

// The values of one column among the variants that a condition leaves, for a message.
template <class Keep>
std::string column(std::string_view MovieVariant::*field, Keep keep) {
  std::vector<std::string_view> values;
  std::string all;
  for (const MovieVariant& v : variants) {
    if (!keep(v) || (v.*field).empty() || std::find(values.begin(), values.end(), v.*field) != values.end()) continue;
    values.push_back(v.*field);
    all.append(all.empty() ? "" : ", ").append(v.*field);
  }
  return all;
}

}  // namespace

std::span<const MovieVariant> movie_variants() { return variants; }
std::span<const std::string_view> movie_extensions() { return extensions; }

bool is_movie_name(std::string_view file) {
  return std::find(extensions.begin(), extensions.end(), extension_of(file)) != extensions.end();
}

Result<MovieVariant> movie_variant(const MovieSettings& s) {
  const auto of_codec = [&](const MovieVariant& v) { return v.codec == s.codec; };
  const MovieVariant* const first = std::find_if(std::begin(variants), std::end(variants), of_codec);
  if (first == std::end(variants))
    return project_error(
        "", fmt::format("there is no encoder for the video codec '{}' that runs on a CPU", s.codec),
        "these are written: " + column(&MovieVariant::codec, [](const MovieVariant&) { return true; }));
  const bool any_type = s.type.empty() || s.type == "none" || first->type.empty();
  const std::string_view type = any_type ? first->type : std::string_view(s.type);
  const auto of_type = [&](const MovieVariant& v) { return of_codec(v) && v.type == type; };
  const MovieVariant* found = std::find_if(std::begin(variants), std::end(variants), of_type);
  if (found == std::end(variants))
    return project_error("", fmt::format("the video codec {} has no type '{}'", s.codec, s.type),
                         "its types: " + column(&MovieVariant::type, of_codec));
  const auto wanted = std::find_if(std::begin(variants), std::end(variants),
                                   [&](const MovieVariant& v) { return of_type(v) && v.pixels == s.pixels; });
  if (wanted != std::end(variants)) return *wanted;
  if (s.pixels == MovieSettings().pixels) return *found;
  return project_error("",
                       fmt::format("the video codec {} cannot store the movie pixel format '{}'", s.codec, s.pixels),
                       "it stores: " + column(&MovieVariant::pixels, of_type));
}

Status can_write_movie(const std::string& file, const MovieSettings& settings, int width_px, int height_px) {
  const Result<MovieVariant> variant = movie_variant(settings);
  if (!variant) return variant.error();
  const Result<const AVOutputFormat*> container = movie_file_kind(file);
  if (!container) return container.error();
  const Result<ffmpeg::Codec> video = open_video_encoder(settings, *variant, **container, width_px, height_px);
  if (!video) return video.error();
  if (!settings.sound) return {};
  const Result<ffmpeg::Codec> sound = open_sound_encoder(*settings.sound, **container);
  return sound ? Status() : sound.error();
}

}  // namespace cookline
