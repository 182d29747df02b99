// Which kind of movie file is written where nobody says so.
#pragma once
#include <string_view>

namespace cookline {

// The extension, without the dot, of a movie by items of Movie File Out's videocodec and moviecontainer menus.
constexpr std::string_view movie_container(std::string_view codec, std::string_view container) {
  if (container != "automatic") return container;
  if (codec == "gif") return "gif";
  if (codec == "vp8" || codec == "vp9") return "webm";
  if (codec == "mpeg4" || codec == "h264nvgpu" || codec == "h265nvgpu" || codec == "av1") return "mp4";
  return "mov";
}

}  // namespace cookline
