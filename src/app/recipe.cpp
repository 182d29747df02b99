#include "app/recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "app/exit_code.h"
#include "render/frame_list.h"
#include "render/name_pattern.h"
#include "render/record.h"
#include "render/sequence.h"

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;

// The TOP whose size --res means: the first Movie File Out at or below the target.
Result<NodeId> sized_top(const Project& project, NodeId target) {
  for (NodeId id : project.network->walk(target)) {
    const Node& node = project.network->at(id);
    if (node.type && node.type->def->record) return id;
  }
  return usage_error("--res", "there is no Movie File Out TOP whose size it could set");
}

// The TOP to render when --op is not given: the only one that shows the display flag, or the last Out or Null.
Result<NodeId> default_top(const Project& project) {
  std::vector<NodeId> tops;
  NodeId shown;
  for (NodeId id : project.network->walk(project.network->root())) {
    const Node& node = project.network->at(id);
    if (node.family() != "TOP") continue;
    tops.push_back(id);
    if (node.flags.display) shown = id;
  }
  if (shown) return shown;
  if (tops.size() == 1) return tops.front();
  return usage_error("--op", fmt::format("the project has {} TOPs", tops.size()),
                     "name the one to render: --op /path/to/top");
}

Result<RunResult> record_takes(const Recipe& r, Project& project, Run& run) {
  Result<NodeId> target = find_operator(project, r.op);
  if (!target) return target.error();
  if (Status status = apply_sets(project, r.images.project.set, *target); !status) return status.error();
  if (!r.images.project.size.empty()) {
    Result<NodeId> top = sized_top(project, *target);
    if (!top) return top.error();
    if (Status status = apply_size(project, r.images.project.size, *top); !status) return status.error();
  }
  RecordOptions options{.takes = r.takes, .frames = {}};
  if (r.frames > 0) options.frames = r.frames;
  return record(run, *target, options);
}

Result<EncodeOptions> encode_options_of(const Recipe& r) {
  const auto compression = compression_named(r.compression);
  if (!compression) return usage_error("--compression", fmt::format("'{}' is not a compression", r.compression));
  const auto chroma = std::find(chroma_names.begin(), chroma_names.end(), r.chroma);
  if (chroma == chroma_names.end())
    return usage_error("--chroma", fmt::format("'{}' is not 444, 422 or 420", r.chroma));
  EncodeOptions options;
  options.quality = r.quality;
  options.compression = *compression;
  options.chroma = ChromaSubsampling(chroma - chroma_names.begin());
  options.mip_maps = r.mip_maps;
  return options;
}

// The sound's codec, if nothing is said: one that the kind of file holds and that many programs play.
std::string audio_codec_of(const Recipe& r) {
  if (!r.audio_codec.empty()) return r.audio_codec;
  const std::string extension = std::filesystem::path(r.names).extension().string();
  return extension == ".webm" ? "opus" : extension == ".mp4" ? "aac" : extension == ".avi" ? "pcm16" : "alac";
}

Result<RunResult> render_movie(const Recipe& r, const Project& project, Run& run, NodeId top, SequenceOptions options) {
  std::vector<std::int64_t>& frames = options.frames;
  std::sort(frames.begin(), frames.end());
  frames.erase(std::unique(frames.begin(), frames.end()), frames.end());
  SequenceMovie movie{movie_settings_of(r.movie, r.names, project.engine->options().rate), {}};
  if (!r.audio.empty()) {
    const Result<NodeId> chop = find_operator(project, r.audio);
    if (!chop) return chop.error();
    if (project.network->at(*chop).family() != "CHOP")
      return usage_error("--audio " + r.audio, fmt::format("a {} has no sound", project.network->at(*chop).type_name),
                         "name a CHOP");
    if (!frames.empty() && frames.back() - frames.front() + 1 != std::int64_t(frames.size()))
      return usage_error("--audio", "frames are left out, where sound would jump: --frames " + r.list,
                         "render frames in a row, or without sound");
    movie.sound = *chop;
    movie.settings.sound = SoundSettings{.codec = audio_codec_of(r)};
  }
  options.movie = std::move(movie);
  return render_sequence(run, top, options);
}

Result<RunResult> render_frames(const Recipe& r, Project& project, Run& run) {
  Result<NodeId> top = r.op.empty() ? default_top(project) : find_operator(project, r.op);
  if (!top) return top.error();
  if (project.network->at(*top).family() != "TOP")
    return usage_error("--op " + r.op, fmt::format("a {} has no picture", project.network->at(*top).type_name),
                       "name a TOP");
  if (Status status = apply_sets(project, r.images.project.set, *top); !status) return status.error();
  if (Status status = apply_size(project, r.images.project.size, *top); !status) return status.error();
  Result<std::vector<std::int64_t>> frames = parse_frame_list(r.list);
  if (!frames) return frames.error();
  SequenceOptions options{.frames = std::move(*frames), .file = r.file, .names = r.names, .take = r.take};
  if (r.is_movie()) return render_movie(r, project, run, *top, std::move(options));
  const auto type = image_file_type_named(r.type);
  if (!type) return usage_error("--format", fmt::format("'{}' is not an image type", r.type));
  options.type = *type;
  const Result<EncodeOptions> encode = encode_options_of(r);
  if (!encode) return encode.error();
  options.encode = *encode;
  return render_sequence(run, *top, options);
}

// Errors: what several processes cannot do together.
Status check_cooperation(const Recipe& recipe, const Resumed* resumed) {
  if (!recipe.images.cooperate) return {};
  if (recipe.is_movie())
    return usage_error("--cooperate", "one process makes a movie: --cooperate shares sequences of images",
                       "render images, and make them a movie with cookline movie");
  if (recipe.images.overwrite && !resumed)
    return usage_error("--cooperate", "one process would replace what another has just made: --overwrite",
                       "use another folder, or cookline resume --cooperate");
  if (recipe.images.on_duplicate != "allow")
    return usage_error("--cooperate",
                       "a process does not have the image before: --on-duplicate " + recipe.images.on_duplicate,
                       "leave one of the two out");
  return {};
}

}  // namespace

std::string to_json(const Recipe& r) {
  const ProjectOptions& p = r.images.project;
  Json j{{"verb", r.verb == Recipe::Verb::record ? "record" : "render"},
         {"op", r.op},
         {"set", p.set},
         {"rate", p.rate},
         {"res", p.size},
         {"precision", p.precision},
         {"png", r.images.png},
         {"on_nan", r.images.on_nan},
         {"on_error", r.images.on_error},
         {"on_black", r.images.on_black},
         {"on_duplicate", r.images.on_duplicate}};
  if (r.images.no_provenance) j["no_provenance"] = true;  // it changes bytes
  if (r.images.exr != "layers") j["exr"] = r.images.exr;
  if (r.verb == Recipe::Verb::record)
    j.update(Json{{"takes", r.takes}, {"frames", r.frames}});
  else
    j.update(Json{{"format", r.type},
                  {"file", r.file},
                  {"take", r.take},
                  {"quality", r.quality},
                  {"compression", r.compression},
                  {"chroma", r.chroma},
                  {"mip_maps", r.mip_maps}});
  if (!r.names.empty()) j["name"] = r.names;
  // Of a movie all frames are needed again.
  if (r.is_movie())
    j["movie"] = {{"codec", r.movie.codec},     {"type", r.movie.type},         {"pixels", r.movie.pixels},
                  {"quality", r.movie.quality}, {"lossless", r.movie.lossless}, {"key_frames", r.movie.key_frames},
                  {"audio", r.audio},           {"audio_codec", r.audio_codec}, {"frames", r.list}};
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status from_json(const std::string& text, Recipe& r) {
  try {
    const Json j = Json::parse(text);
    const auto take = [&](const char* key, auto& to) {
      if (j.contains(key)) j.at(key).get_to(to);
    };
    ProjectOptions& p = r.images.project;
    r.verb = j.at("verb") == "record" ? Recipe::Verb::record : Recipe::Verb::render;
    take("op", r.op), take("set", p.set), take("rate", p.rate), take("res", p.size), take("precision", p.precision);
    take("png", r.images.png), take("exr", r.images.exr), take("on_nan", r.images.on_nan);
    take("on_error", r.images.on_error), take("on_black", r.images.on_black);
    take("on_duplicate", r.images.on_duplicate);
    take("no_provenance", r.images.no_provenance);
    if (r.verb == Recipe::Verb::record)
      take("takes", r.takes), take("frames", r.frames);
    else
      take("format", r.type), take("file", r.file), take("take", r.take), take("quality", r.quality),
          take("compression", r.compression), take("chroma", r.chroma), take("mip_maps", r.mip_maps),
          take("name", r.names);
    if (j.contains("movie")) {
      const Json& m = j.at("movie");
      m.at("codec").get_to(r.movie.codec), m.at("type").get_to(r.movie.type), m.at("pixels").get_to(r.movie.pixels);
      m.at("quality").get_to(r.movie.quality), m.at("lossless").get_to(r.movie.lossless);
      m.at("key_frames").get_to(r.movie.key_frames), m.at("audio").get_to(r.audio);
      m.at("audio_codec").get_to(r.audio_codec), m.at("frames").get_to(r.list);
    }
    return {};
  } catch (const Json::exception&) {
    return Error{ErrorCode::verification,
                 "the recipe in the log of the take is damaged",
                 {},
                 "run the command that made the take again, with --overwrite"};
  }
}

Status settle_names(Recipe& recipe) {
  std::string& out = recipe.images.out;
  std::error_code ignored;
  if (recipe.verb == Recipe::Verb::render && is_movie_name(out) && !std::filesystem::is_directory(out, ignored)) {
    if (!recipe.names.empty())
      return usage_error("--name", fmt::format("--out names the movie already: {}", out), "give --out a folder");
    recipe.names = std::filesystem::path(out).filename().string();
    out = std::filesystem::path(out).parent_path().string();
    if (out.empty()) out = ".";
  }
  if (recipe.names.empty()) return {};
  Result<NamePattern> pattern = parse_name_pattern(recipe.names, "--name");
  if (!pattern) return pattern.error();
  if (recipe.images.cooperate && has_token(*pattern, NameToken::date))
    return usage_error("--name", "processes that share a take may begin on two days: {date}",
                       "write the date, or join by cookline resume --cooperate");
  const std::time_t now = std::time(nullptr);
  std::tm today{};
  ::localtime_r(&now, &today);
  const std::string date = fmt::format("{:04}-{:02}-{:02}", today.tm_year + 1900, today.tm_mon + 1, today.tm_mday);
  const std::string project = std::filesystem::path(recipe.images.project.file).stem().string();
  recipe.names = to_text(replaced(replaced(*pattern, NameToken::project, project), NameToken::date, date));
  return {};
}

Result<RunResult> run_work(const Recipe& recipe, Project& project, Run& run) {
  return recipe.verb == Recipe::Verb::record ? record_takes(recipe, project, run) : render_frames(recipe, project, run);
}

int run_recipe(const Recipe& recipe, const Resumed* resumed) {
  if (Status status = check_cooperation(recipe, resumed); !status) return report(status.error(), recipe.images.json);
  return run_images(recipe.images, [&](Project& project, Run& run) { return run_work(recipe, project, run); },
                    {.recipe = &recipe, .resumed = resumed});
}

}  // namespace cookline::app
