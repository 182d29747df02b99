#include "io/exr_channels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace cookline {
namespace {

constexpr std::size_t most_name_bytes = 255;

// Which of red, green, blue and alpha the components of a layout are.
std::span<const int> roles_of(Layout layout) {
  static constexpr int rgba[] = {0, 1, 2, 3}, alpha[] = {3}, grey_alpha[] = {0, 3};
  switch (layout) {
    case Layout::a:
      return alpha;
    case Layout::monoalpha:
      return grey_alpha;
    case Layout::mono:
      return std::span(rgba, 1);
    case Layout::rg:
      return std::span(rgba, 2);
    case Layout::rgb:
      return std::span(rgba, 3);
    case Layout::rgba:
      break;
  }
  return rgba;
}

// The layer that all channels of a picture are in, or nothing.
std::string_view layer_of(const std::vector<ExrChannel>& channels) {
  const std::string_view layer = exr_layer(channels.front().name);
  const auto within = [&](const ExrChannel& c) { return exr_layer(c.name) == layer; };
  return std::all_of(channels.begin(), channels.end(), within) ? layer : std::string_view();
}

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

Status check_picture(const std::string& source, PixelFormat format, const ExrNames& names) {
  if (!exr_channels(format, names).empty()) return {};
  return project_error(source, fmt::format("none of its channels would be written: its format {} has only those whose "
                                           "names are empty",
                                           info(format).name));
}

}  // namespace

std::vector<ExrChannel> exr_channels(PixelFormat format, const ExrNames& names) {
  const Layout layout = info(format).layout;
  const bool grey = layout == Layout::mono || layout == Layout::monoalpha;
  std::vector<ExrChannel> channels;
  int component = 0;
  for (const int role : roles_of(layout)) {
    const std::string& name = names[std::size_t(role)];
    if (!name.empty()) channels.push_back({grey && name == "R" ? "Y" : name, component});
    ++component;
  }
  return channels;
}

std::string_view exr_layer(std::string_view channel) {
  const std::size_t dot = channel.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : channel.substr(0, dot);
}

std::string_view exr_component(std::string_view channel) {
  const std::size_t dot = channel.rfind('.');
  return dot == std::string_view::npos ? channel : channel.substr(dot + 1);
}

std::vector<std::string> exr_part_names(const ExrOptions& options, PixelFormat format) {
  const auto first = exr_channels(format, options.names);
  std::vector<std::string> names = {std::string(layer_of(first))};
  if (names.front().empty()) names.front() = "rgba";
  for (const ExrLayer& layer : options.layers) {
    const auto channels = exr_channels(layer.format, layer.names);
    names.emplace_back(layer_of(channels));
    if (names.back().empty()) names.back() = last_name(layer.source);
  }
  return names;
}

Status check_exr(const ExrOptions& options, int width_px, int height_px, PixelFormat format) {
  if (Status status = check_picture(options.source, format, options.names); !status) return status;
  for (const ExrLayer& layer : options.layers)
    if (Status status = check_picture(layer.source, layer.format, layer.names); !status) return status;
  if (options.parts) {
    std::set<std::string> known;
    for (const std::string& name : exr_part_names(options, format))
      if (!known.insert(name).second)
        return project_error(options.source, fmt::format("two parts of the OpenEXR file would be called '{}'", name),
                             "name the channels of one of them as a layer: diffuse.R");
  }
  std::map<std::string, std::string> owners;  // of the names of the part
  // TD differs: of two channels with one name, TouchDesigner writes the last.
  const auto add = [&](const std::string& source, PixelFormat of, const ExrNames& names) -> Status {
    if (options.parts) owners.clear();
    for (const ExrChannel& channel : exr_channels(of, names))
      if (const auto [at, fresh] = owners.emplace(channel.name, source); !fresh)
        return project_error(source, fmt::format("channel '{}' is also one of {}", channel.name, at->second),
                             "name the channels as a layer, diffuse.R, or write parts: --exr parts");
    return {};
  };
  if (Status status = add(options.source, format, options.names); !status) return status;
  for (const ExrLayer& layer : options.layers) {
    if (Status status = add(layer.source, layer.format, layer.names); !status) return status;
    if (!options.parts && (layer.width_px != width_px || layer.height_px != height_px))
      return project_error(
          layer.source,
          fmt::format("has {} x {} pixels, but channels of one part are as large as the input: {} x {}", layer.width_px,
                      layer.height_px, width_px, height_px),
          "scale it (Fit TOP, Resolution TOP), or write parts: --exr parts");
  }
  return {};
}

Status check_exr_channel_name(std::string_view name) {
  const bool control = std::any_of(name.begin(), name.end(), [](char c) { return (c >= 0 && c < ' ') || c == 127; });
  if (name.size() <= most_name_bytes && !control) return {};
  return project_error("", fmt::format("'{}' cannot be the name of a channel", std::string(name)),
                       "names have at most 255 bytes, without tabs and line ends");
}

}  // namespace cookline
