#include "app/project.h"
#include "gpu/gpu.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "base/parallel.h"
#include "base/text.h"
#include "io/atomic_file.h"
#include "io/media.h"
#include "io/sound_read.h"
#include "io/text_file.h"
#include "ops/list.h"
#include "tdn/load.h"
#include "tdn/save.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

// Where compiled shaders are kept between runs: the user's cache folder, if there is one.
std::string pipeline_cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache) return std::string(cache) + "/cookline";
  const char* const home = std::getenv("HOME");
  return home && *home ? std::string(home) + "/.cache/cookline" : std::string();
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  const auto number = parse_number(text);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 1e15) return std::nullopt;
  return std::int64_t(*number);
}

// How much pictures may take that are neither being cooked nor written: in the queue of those to be written, still ones
// between frames, decoded ones of files.
struct PictureMemory {
  std::size_t queue_bytes, still_bytes, media_bytes;
};

// As shares of `wanted` bytes; 0: of an eighth of what the system lets this process use, at most 512 MiB.
PictureMemory picture_memory(std::uint64_t wanted) {
  constexpr std::uint64_t most = std::uint64_t(512) << 20;
  const auto bytes = std::size_t(wanted ? wanted : std::min(most, usable_memory_bytes() / 8));
  return {bytes / 8, bytes * 3 / 16, bytes / 2};
}

FileHooks file_hooks(const fs::path& folder, std::size_t media_bytes, const std::shared_ptr<UsedFiles>& used) {
  const auto place = [folder](const std::string& name) {
    return fs::path(name).is_absolute() ? fs::path(name) : folder / name;
  };
  FileHooks hooks;
  hooks.read = [place, used](const std::string& name, std::string_view encoding) -> Result<std::string> {
    const fs::path path = place(name);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      Error error = project_error(path.string(), "there is no such file");
      error.missing = true;
      return error;
    }
    const auto known = text_encoding_named(encoding);
    if (!known) return project_error(path.string(), fmt::format("'{}' is not a text encoding", encoding));
    Result<DecodedText> file = read_text_file(path, *known);
    if (!file) return file.error();
    if (used)
      if (Status noted = used->read(path); !noted) return noted.error();
    return std::move(file->text);
  };
  hooks.media = [place, pool = std::make_shared<MediaPool>(media_bytes, used)](
                    const std::string& name, int generation) { return pool->open(place(name), generation); };
  hooks.sound = [place, pool = std::make_shared<SoundPool>(used)](const std::string& name, int generation) {
    return pool->open(place(name), generation);
  };
  hooks.write = [place, used](const std::string& name, const std::string& text) {
    if (used) used->written(place(name));
    return write_file(place(name), std::as_bytes(std::span(text)), {.overwrite = true});
  };
  return hooks;
}

// What project.save() does. Without a name of its own it saves over the project's file; a script's network goes beside
// the script. Files written are those of the network's own format, so an extension is added where there is none.
Status save_project(const Network& network, const fs::path& own_file, const fs::path& named) {
  fs::path path = named;
  if (named == fs::path(own_file).replace_extension()) path = own_file;
  if (is_script(path.string()) || !path.has_extension()) path.replace_extension(".tdn");
  Result<std::vector<tdn::SavedFile>> files = tdn::save_texts(
      network, network.root(), path.string(), {.generator = "Cookline/" COOKLINE_VERSION, .exported_at = {}});
  if (!files) return files.error();
  for (const tdn::SavedFile& file : *files)
    if (Status status = write_file(file.path, std::as_bytes(std::span(file.text)), {.overwrite = true}); !status)
      return status;
  return {};
}

// "par=value" or "/path.par=value"
Status apply_set(Project& project, const std::string& set, NodeId target) {
  const std::size_t equals = set.find('=');
  if (equals == std::string::npos || equals == 0)
    return usage_error("--set", fmt::format("'{}' is not par=value", set));
  std::string name = set.substr(0, equals), value = set.substr(equals + 1);
  NodeId id = target;
  if (name[0] == '/') {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos)
      return usage_error("--set", fmt::format("'{}' names no parameter", name), "write /path/to/op.par=value");
    Result<NodeId> found = find_operator(project, name.substr(0, dot));
    if (!found) return found.error();
    id = *found;
    name = name.substr(dot + 1);
  }
  Status status = value.starts_with('=') ? project.network->set_expression(id, name, value.substr(1))
                                         : project.network->set_value(id, name, Value(value));
  if (status) return status;
  Error error = status.error();
  error.code = ErrorCode::usage;
  error.where = "--set " + set + ": " + error.where;
  return error;
}

}  // namespace

bool is_script(const std::string& file) { return file.ends_with(".py"); }

std::unique_ptr<Registry> make_registry() { return std::make_unique<Registry>(all_operators()); }

Result<Rate> parse_rate(const std::string& text) {
  const Error wrong =
      usage_error("--rate", fmt::format("'{}' is not a frame rate", text), "write 30, 29.97 or 30000/1001");
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const auto num = whole_number(std::string_view(text).substr(0, slash)),
               den = whole_number(std::string_view(text).substr(slash + 1));
    if (!num || !den || *num <= 0 || *den <= 0) return wrong;
    return Rate{*num, *den};
  }
  const auto number = parse_number(text);
  if (!number || !(*number > 0) || *number > 100000) return wrong;
  return rate_of(*number);
}

Result<NodeId> find_operator(const Project& project, const std::string& path) {
  const Network& network = *project.network;
  const NodeId id = network.lookup_in(network.root(), path);
  if (id) return id;
  std::vector<std::string> known;
  for (NodeId any : network.walk(network.root())) known.push_back(network.path(any));
  const auto near = nearest_name(path.starts_with('/') ? path : "/" + path, known);
  return usage_error(path, "there is no such operator in the project",
                     near ? fmt::format("did you mean '{}'?", *near) : std::string());
}

Status apply_sets(Project& project, const std::vector<std::string>& sets, NodeId target) {
  for (const std::string& set : sets)
    if (Status status = apply_set(project, set, target); !status) return status;
  return {};
}

Status apply_size(Project& project, const std::string& size, NodeId top) {
  if (size.empty()) return {};
  const std::size_t x = size.find('x');
  const auto w = x == std::string::npos ? std::nullopt : whole_number(std::string_view(size).substr(0, x));
  const auto h = x == std::string::npos ? std::nullopt : whole_number(std::string_view(size).substr(x + 1));
  if (!w || !h || *w < 1 || *h < 1 || *w > 65536 || *h > 65536)
    return usage_error("--res", fmt::format("'{}' is not a size", size), "write 1920x1080");
  Result<Engine::PictureInfo> now = project.engine->picture_info(top);
  if (!now) return now.error();
  project.engine->options().scale_x = double(*w) / now->width_px;
  project.engine->options().scale_y = double(*h) / now->height_px;
  project.engine->set_frame(project.engine->frame());
  now = project.engine->picture_info(top);
  if (!now) return now.error();
  if (now->width_px == *w && now->height_px == *h) return {};
  return usage_error(
      "--res",
      fmt::format("{} comes out as {}x{}, not {}", project.network->path(top), now->width_px, now->height_px, size),
      "its size comes from an operator with Use Global Res Multiplier off");
}

fs::path folder_of_project(const ProjectOptions& options) {
  return options.file.empty() ? fs::current_path() : fs::absolute(options.file).parent_path();
}

std::string device_of(const Project& project) {
  const Result<DeviceFacts> facts = project.engine->options().pixels.gpu->device();
  return facts ? fmt::format("{}, {}", facts->name, facts->driver) : "no device";
}

void add_device_options(CLI::App& verb, ProjectOptions& o) {
  verb.add_option("--device", o.device, "Device for shaders: part of its name, or its number in `cookline devices`")
      ->default_str("the first");
  verb.add_option("--device-timeout", o.device_timeout_s, "Seconds that a shader may take; longer is an error")
      ->check(CLI::Range(0.01, 1e6))
      ->default_str("300");
  verb.add_option("--device-memory", o.device_memory_bytes, "What textures may take on the device: 500M, 4G")
      ->transform(CLI::AsSizeValue(false))
      ->default_str("three quarters of what it has");
}

Result<std::unique_ptr<Project>> open_project(const ProjectOptions& options, LogSink log) {
  auto project = std::make_unique<Project>();
  set_thread_limit(options.threads);
  const PictureMemory memory = picture_memory(options.memory_bytes);
  project->queue_bytes = memory.queue_bytes;
  project->registry = make_registry();
  project->network = std::make_unique<Network>(*project->registry);
  project->folder = folder_of_project(options);
  const bool script_builds_it = is_script(options.file);
  EngineOptions engine;
  if (!options.rate.empty()) {
    Result<Rate> rate = parse_rate(options.rate);
    if (!rate) return rate.error();
    engine.rate = *rate;
  }
  engine.cache_bytes = memory.still_bytes;
  engine.float32 = options.precision == "float32";
  engine.project_folder = project->folder.string();
  engine.pixels.gpu = std::make_shared<Gpu>(
      GpuSettings{options.device, pipeline_cache_folder(), options.device_timeout_s, options.device_memory_bytes});
  if (!options.file.empty() && !script_builds_it) {
    std::vector<tdn::Warning> warnings;
    if (Status status = tdn::load_file(options.file, *project->network, warnings); !status) return status.error();
    for (const tdn::Warning& warning : warnings)
      if (log)
        log({LogLevel::warning, warning.where,
             warning.hint.empty() ? warning.what : warning.what + "; " + warning.hint});
  }
  project->engine = std::make_unique<Engine>(*project->network, engine);
  project->engine->log = log;
  project->engine->files = file_hooks(project->folder, memory.media_bytes, options.used);
  ScriptOptions script;
  script.project_name = options.file.empty() ? "NewProject" : fs::path(options.file).stem().string();
  script.save_project = [network = project->network.get(),
                         own =
                             project->folder / fs::path(options.file.empty() ? "NewProject" : options.file).filename()](
                            const std::string& path) { return save_project(*network, own, path); };
  project->script = std::make_unique<Script>(*project->engine, std::move(script));
  if (script_builds_it)
    if (Status status = project->script->run_file(options.file); !status) return status.error();
  return project;
}

}  // namespace cookline::app
