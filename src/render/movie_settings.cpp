#include "render/movie_settings.h"

#include <fmt/format.h>

#include <cmath>

#include "data/channel_samples.h"
#include "data/movie_container.h"

namespace cookline {
namespace {

// Reads parameters of one operator; the first that fails is kept.
struct Reader {
  Engine& engine;
  NodeId node;
  std::optional<Error> error;

  Value value(const char* name) {
    const Result<Value> v = engine.eval(node, name);
    if (!v && !error) error = v.error();
    return v ? *v : Value();
  }
  std::string text(const char* name) { return to_text(value(name)); }
  // The name of a menu's item.
  std::string item(const char* name) {
    const Parameter* par = engine.network().parameter(node, name);
    return par ? menu_item(*par->info, value(name)) : std::string();
  }
  double number(const char* name) { return to_double(value(name)); }
  bool on(const char* name) { return to_bool(value(name)); }
};

void set_bit_rate(MovieSettings& s, Reader& read) {
  if (s.codec != "h264nvgpu" && s.codec != "h265nvgpu" && s.codec != "av1") return;
  const std::string mode = read.item("bitratemode");
  s.bit_rate = BitRate{.constant = mode.starts_with("constant"),
                       .high_quality = mode.ends_with("hq"),
                       .average_kbps = read.number("avgbitrate"),
                       .peak_kbps = read.number("peakbitrate")};
}

Result<std::string> timecode(Engine& engine, NodeId sink, const std::string& named) {
  if (named.empty()) return std::string();
  const std::string where = engine.network().path(sink) + ".starttimecode";
  const NodeId chop = engine.network().lookup(sink, named);
  if (!chop) return project_error(where, fmt::format("there is no operator '{}'", named));
  const Result<ChannelsHandle> held = engine.channels(chop);
  if (!held) return held.error();
  int fields[4] = {};
  const char* const names[4] = {"hour", "minute", "second", "frame"};
  for (int i = 0; i < 4; ++i) {
    const Channel* const channel = (*held)->find(names[i]);
    if (!channel || channel->samples.empty())
      return project_error(where, fmt::format("'{}' has no channel '{}'", named, names[i]),
                           "a timecode has hour, minute, second and frame");
    fields[i] = int(std::clamp(channel->samples.front(), 0.0, 999.0));
  }
  return fmt::format("{:02}:{:02}:{:02}:{:02}", fields[0], fields[1], fields[2], fields[3]);
}

int kbps_of(const std::string& item) { return item.size() > 1 ? std::stoi(item.substr(1)) : 0; }

}  // namespace

Result<MovieSettings> movie_settings(Engine& engine, NodeId sink, const Channels* sound) {
  Reader read{engine, sink, {}};
  MovieSettings s;
  s.codec = read.item("videocodec"), s.type = read.item("videocodectype");
  s.pixels = read.item("moviepixelformat");
  s.quality = read.number("quality");
  set_bit_rate(s, read);
  s.lossless = read.item("preset") == "lossless";
  s.key_frame_interval = int(read.number("keyframeinterval"));
  s.b_frames = int(read.number("maxbframes"));
  s.profile = read.item("profile"), s.entropy = read.item("entropymode"), s.motion = read.item("motionpredict");
  if (read.on("frameslicing")) s.slices = int(read.number("numslices"));
  s.secondary_compression = read.on("secondarycompression");
  s.colour = {read.item("outputcolorspace"), read.item("outputreferencewhite")};
  s.keep = !read.on("encodetestmode");
  s.stereo = read.item("stereomode"), s.spherical = read.item("sphericalmode");
  const double fps = read.number("fps");
  if (sound)
    s.sound = SoundSettings{.codec = read.item("audiocodec"),
                            .kbps = kbps_of(read.item("audiobitrate")),
                            .rate_hz = sound->rate_hz,
                            .channels = int(sound->channels.size())};
  const std::string start = read.text("starttimecode");
  if (read.error) return *read.error;
  if (!(fps > 0) || !std::isfinite(fps))
    return project_error(engine.network().path(sink) + ".fps", fmt::format("{} is not a rate of a movie", fps));
  const Rate& project = engine.options().rate;
  s.rate = std::abs(fps - project.hz()) < 1e-9 * fps ? project : rate_of(fps);
  Result<std::string> code = timecode(engine, sink, start);
  if (!code) return code.error();
  s.timecode = *code;
  return s;
}

Result<NodeId> sound_source(Engine& engine, NodeId sink) {
  Reader read{engine, sink, {}};
  const std::string type = read.item("type"), named = read.text("audiochop");
  if (read.error) return *read.error;
  if (named.empty() || type != "movie") return NodeId();
  const NodeId chop = engine.network().lookup(sink, named);
  if (chop) return chop;
  return project_error(engine.network().path(sink) + ".audiochop", fmt::format("there is no operator '{}'", named));
}

Channels sound_of_frame(const Channels& channels, const Frame& frame) {
  if (channels.time_slice) return channels;
  const double per_frame = channels.rate_hz * double(frame.rate.den) / double(frame.rate.num);
  const double first = std::floor(double(frame.index) * per_frame + 1e-9);
  const double next = std::floor(double(frame.index + 1) * per_frame + 1e-9);
  return resampled(channels, first, std::size_t(next - first), channels.rate_hz, first - channels.start, 1);
}

Status check_movie(Engine& engine, NodeId sink) {
  const Result<MovieSettings> settings = movie_settings(engine, sink, nullptr);
  if (!settings) return {};  // an expression: known only when it runs
  const std::string path = engine.network().path(sink);
  Reader read{engine, sink, {}};
  const std::string container = read.item("moviecontainer");
  std::string file = read.text("file");
  if (read.error || !is_movie_name(file)) file = "x." + std::string(movie_container(settings->codec, container));
  const Result<Engine::PictureInfo> picture = engine.picture_info(sink);
  Status status =
      can_write_movie(file, *settings, picture ? picture->width_px : 1280, picture ? picture->height_px : 720);
  if (status) return status;
  Error error = status.error();
  error.where = path;
  return error;
}

}  // namespace cookline
