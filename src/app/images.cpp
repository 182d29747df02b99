#include "app/images.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>

#include "app/exit_code.h"
#include "app/profile.h"
#include "app/provenance.h"
#include "app/recipe.h"
#include "app/signals.h"
#include "io/contact_sheet.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
using Work = std::function<Result<RunResult>(Project&, Run&)>;

// The command line has checked the names.
OnFault policy_named(const std::string& name) { return on_fault_named(name).value_or(OnFault::stop); }

// Images that are not what they should be: all went on without them, but the run did not do what it was asked to.
Status all_were_rendered(std::int64_t faulty) {
  if (faulty == 0) return {};
  return Error{ErrorCode::verification,
               fmt::format("{} image{} not rendered because of errors", faulty, faulty == 1 ? " was" : "s were"),
               {},
               "cookline verify names them, cookline resume renders them when the cause is gone"};
}

// One line for operators that render nothing but may be needed; what needs them fails with their names.
void warn_of_unknown_types(const Project& project, const LogSink& log) {
  std::set<std::string> types;
  int count = 0;
  for (NodeId id : project.network->walk(project.network->root())) {
    const Node& node = project.network->at(id);
    if (node.type || node.type_name.empty()) continue;
    types.insert(node.type_name);
    ++count;
  }
  if (count)
    log({LogLevel::warning, "",
         fmt::format("{} operator{} of unknown type ({}): kept, fails only what needs it", count, count == 1 ? "" : "s",
                     fmt::join(types, ", "))});
}

// contact-sheet.png, or contact-sheet.1.png and so on where files of that name exist and must stay.
fs::path sheet_path(const fs::path& folder, bool overwrite) {
  fs::path path = folder / "contact-sheet.png";
  std::error_code ignored;
  for (int i = 1; !overwrite && fs::exists(path, ignored); ++i)
    path = folder / ("contact-sheet." + std::to_string(i) + ".png");
  return path;
}

// Images, or pictures of movies where there are no images.
std::vector<ContactFrame> sheet_frames(const Console& console) {
  std::vector<ContactFrame> frames;
  for (const std::string& file : console.files()) frames.push_back({file, ""});
  if (!frames.empty()) return frames;
  const auto movies = console.movies();
  for (const auto& [file, images] : movies) {
    const std::size_t share = std::max<std::size_t>(1, std::size_t(ContactSheetOptions().max_frames) / movies.size());
    for (const std::size_t i : chosen_frames(std::size_t(images), share)) frames.push_back({file, "", std::int64_t(i)});
  }
  return frames;
}

PngEffort png_effort(const ImageOptions& options) {
  return options.png == "small" ? PngEffort::small : PngEffort::fast;
}

// The contact sheet beside the images; empty if there are none.
Result<std::string> make_sheet(const ImageOptions& options, const Console& console) {
  const std::vector<ContactFrame> frames = options.no_sheet ? std::vector<ContactFrame>() : sheet_frames(console);
  if (frames.empty()) return std::string();
  const fs::path path = sheet_path(frames.front().file.parent_path(), options.overwrite);
  const ContactSheetOptions sheet{.png_effort = png_effort(options)};
  if (Status status = write_contact_sheet(frames, path, sheet, {.overwrite = options.overwrite}); !status)
    return status.error();
  return path.string();
}

std::string new_run_name() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}", device(), device());
}

// What the logs of all takes say alike. Errors: the takes to go on with were made by something else.
Result<TakeHeader> take_header(const ImageOptions& options, const Project& project, const RunProvenance& now,
                               const Recipe& recipe, const Resumed* resumed, const std::vector<std::string>& changed) {
  TakeHeader header;
  std::error_code ignored;
  header.engine = now.engine;
  header.project = now.project_hash;
  header.recipe = to_json(recipe);
  header.frames = recipe.verb == Recipe::Verb::render && !recipe.is_movie() ? recipe.list : "";
  header.source = fs::absolute(options.project.file, ignored).string();
  header.run = resumed ? resumed->run : new_run_name();
  if (!resumed || resumed->anyway) return header;
  const RunProvenance then{.engine = resumed->header.engine, .project_hash = resumed->header.project};
  std::vector<std::string> others = changed;
  if (const std::string& device = resumed->header.device; !device.empty() && device_of(project) != device)
    others.push_back(fmt::format("the take's shaders ran on {}, they would now run on {}", device, device_of(project)));
  if (Status same = check_made_with(then, now, others, header.source, "the take"); !same) return same.error();
  return header;
}

// What the run is of, as the options of `run` say it. Errors: what was made before was made by something else.
Status say_origin(const ImageOptions& options, const Project& project, const RunOf& of, RunOptions& run) {
  if (!of.recipe) return {};
  const RunProvenance now = provenance_of_run(project, *of.recipe);
  run.media.files = options.project.used;
  const std::map<std::string, UsedFile> media = of.resumed ? of.resumed->media
                                                : of.again ? of.again->media
                                                           : std::map<std::string, UsedFile>();
  const std::vector<std::string> changed = changed_files(media, project.folder, run.media.changed);
  if (of.again) {
    run.only = of.again->image;
    if (of.again->order >= 0) run.take_numbers[of.again->order] = of.again->image.take;
    if (!of.again->anyway)
      if (Status same = check_made_with(of.again->made, now, changed, options.project.file, "the image"); !same)
        return same;
  } else {
    Result<TakeHeader> header = take_header(options, project, now, *of.recipe, of.resumed, changed);
    if (!header) return header.error();
    run.log = std::move(*header);
  }
  run.device = [&project] { return device_of(project); };
  if (of.resumed) run.done = of.resumed->done, run.take_numbers = of.resumed->numbers;
  if (!options.no_provenance) run.provenance = now;
  return {};
}

Status show_profile(const ImageOptions& options, const Project& project, const ProfileTotals& totals,
                    Console& console) {
  if (options.profile.empty()) return {};
  const std::vector<ProfileRow> rows = profile_rows(project);
  console.print(options.json ? profile_json(rows, totals).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                             : profile_table(rows, totals));
  if (options.profile == "true") return {};
  const std::string graph = profile_graph(project, rows);
  return write_file(options.profile, std::as_bytes(std::span(graph)), {.overwrite = true});
}

OutputFolder folder_of(const ImageOptions& options, const Project& project) {
  return options.out.empty() ? OutputFolder{project.folder, false} : OutputFolder{fs::absolute(options.out), true};
}

// One run over all frames.
struct Pass {
  std::unique_ptr<Project> project;
  RunResult run;
  std::int64_t faulty = 0, asked_for = 0;  // images
};

// `before` is the pass before, whose figures go on.
Result<Pass> make_pass(const ImageOptions& options, const Work& work, const RunOf& of, Console& console,
                       Cooperation* cooperation, const Pass* before) {
  Result<std::unique_ptr<Project>> opened = open_project(options.project, console.sink());
  if (!opened) return opened.error();
  Pass pass{.project = std::move(*opened), .run = {}};
  Project& project = *pass.project;
  if (!before) warn_of_unknown_types(project, console.sink());
  RunOptions run_options;
  run_options.folder = folder_of(options, project);
  run_options.queue_bytes = project.queue_bytes;
  run_options.write.overwrite = options.overwrite;
  run_options.write.sync = options.fsync == "file" ? Sync::file : options.fsync == "take" ? Sync::take : Sync::never;
  run_options.png_effort = png_effort(options);
  run_options.exr_parts = options.exr == "parts";
  run_options.faults = {policy_named(options.on_error), policy_named(options.on_nan), policy_named(options.on_black),
                        policy_named(options.on_duplicate)};
  if (Status status = say_origin(options, project, of, run_options); !status) return status.error();
  run_options.stop = &stop_flag();
  run_options.cooperation = cooperation;
  run_options.quit = [&] { return project.script->quit_requested(); };
  run_options.on_written = [&](const WrittenImage& image) { console.image(image); };
  run_options.on_frame = [&](const Progress& now) { console.progress(now); };
  CookCounts& counts = project.engine->counts;
  counts.timed = !options.profile.empty();
  if (before)
    counts.cooks = before->project->engine->counts.cooks, counts.times = before->project->engine->counts.times;

  Result<RunResult> result = RunResult{};
  {
    Run run(*project.engine, run_options);
    if (Status status = project.script->start(); !status) return status.error();
    result = work(project, run);
    pass.faulty = run.faulty(), pass.asked_for = run.images();
  }
  const Status left = project.script->exit();
  if (!result) return result.error();
  if (!left) return left.error();
  pass.run = *result;
  return pass;
}

// Passes until all images are there, made by this process or by others.
Result<Pass> share_work(const ImageOptions& options, const Work& work, const RunOf& of, Console& console) {
  const auto start = std::chrono::steady_clock::now();
  Cooperation cooperation(options.lease_s);
  Result<Pass> pass = make_pass(options, work, of, console, &cooperation, nullptr);
  std::int64_t faulty = 0, waited_for = 0;
  while (pass && !pass->run.stopped) {
    faulty += pass->faulty;
    if (const auto left = std::int64_t(cooperation.left()); left > 0 && left != waited_for) {
      waited_for = left;
      console.sink()({LogLevel::info, "",
                      fmt::format("waiting for {} image{} that other processes make", left, left == 1 ? "" : "s")});
    }
    const Result<Cooperation::Next> next = cooperation.wait(&stop_flag(), options.fsync == "take");
    if (!next) return next.error();
    if (*next == Cooperation::Next::stopped) pass->run.stopped = true;
    if (*next != Cooperation::Next::another_pass) break;
    cooperation.begin_pass();
    pass = make_pass(options, work, of, console, &cooperation, &*pass);
  }
  if (!pass) return pass;
  pass->faulty = faulty + cooperation.faulty();
  pass->run.kept = std::max<std::int64_t>(0, pass->asked_for - console.images());
  pass->run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return pass;
}

}  // namespace

void add_image_options(CLI::App& verb, ImageOptions& o) {
  verb.add_option("FILE", o.project.file,
                  "The project: a .tdn file (TDN 1.x JSON, 2.0 and 2.1 YAML), or a .py script that builds it")
      ->required();
  verb.add_option("--set", o.project.set, "Set a parameter first: par=value, /path/op.par=value; par==expression")
      ->type_name("PAR=VALUE");
  verb.add_option("--res", o.project.size, "Render at WxH instead of the network's own size")->type_name("WxH");
  verb.add_flag("--no-sheet", o.no_sheet, "Make no contact sheet");
  add_cooperate_option(verb, o);
  add_run_options(verb, o);
}

void add_cooperate_option(CLI::App& verb, ImageOptions& o) {
  CLI::Option* const cooperate =
      verb.add_flag("--cooperate", o.cooperate,
                    "Share the work with other processes that run the same command, here or on other machines");
  verb.add_option("--lease", o.lease_s, "Seconds after which a process that is silent is taken for dead")
      ->check(CLI::Range(1.0, 86400.0))
      ->default_str("30")
      ->needs(cooperate);
}

void add_fsync_option(CLI::App& verb, ImageOptions& o) {
  verb.add_option("--fsync", o.fsync,
                  "When images are forced to the disk: never (the system decides), file (each, before it has its "
                  "name), take (when it ends)")
      ->check(CLI::IsMember({"never", "file", "take"}))
      ->default_str("never");
}

void add_profile_option(CLI::App& verb, ImageOptions& o) {
  verb.add_flag("--profile", o.profile,
                "Show where the time went, by operator; --profile=FILE.dot also draws the network for Graphviz");
}

void add_limit_options(CLI::App& verb, ImageOptions& o) {
  constexpr std::uint64_t least = std::uint64_t(8) << 20, most = std::uint64_t(1) << 50;
  verb.add_option("--threads", o.project.threads, "Threads to use; 0 means every core")
      ->check(CLI::Range(0, 1024))
      ->default_str("0");
  verb.add_option("--memory", o.project.memory_bytes,
                  "What pictures may take that wait to be written or are kept for later, 8M or more: 300M, 2G")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(least, most))
      ->default_str("an eighth of the machine's or container's, at most 512M");
  add_device_options(verb, o.project);
}

void add_run_options(CLI::App& verb, ImageOptions& o) {
  verb.add_option("--rate", o.project.rate, "Frames per second of the project: 30, 29.97, 30000/1001")
      ->default_str("60");
  verb.add_option("--precision", o.project.precision,
                  "native keeps each operator's pixel format, float32 overrides all of them")
      ->check(CLI::IsMember({"native", "float32"}))
      ->default_str("native");
  add_limit_options(verb, o);
  verb.add_option("-o,--out", o.out, "Output folder: relative names go there, others are refused")->type_name("DIR");
  verb.add_flag("--overwrite", o.overwrite, "Replace files that exist");
  add_fsync_option(verb, o);
  add_profile_option(verb, o);
  verb.add_option("--png", o.png, "PNG files, contact sheets too: fast, or small, which takes many times as long")
      ->check(CLI::IsMember({"fast", "small"}))
      ->default_str("fast");
  verb.add_option(
          "--exr", o.exr,
          "OpenEXR files with Additional Input TOPs: all channels as layers of one part, or a part for each TOP")
      ->check(CLI::IsMember({"layers", "parts"}))
      ->default_str("layers");
  const auto policy = [&](const char* name, std::string& to, std::vector<std::string> choices, const char* help) {
    verb.add_option(name, to, help)->check(CLI::IsMember(std::move(choices)))->default_str(to);
  };
  policy("--on-error", o.on_error, {"stop", "skip", "black"},
         "An operator that fails while an image is cooked: stop, skip the image, or write black in its place");
  policy("--on-nan", o.on_nan, {"stop", "warn", "skip", "black"},
         "Float pictures with infinite or NaN pixels: stop, warn and write them, skip them, or write black");
  policy("--on-black", o.on_black, {"allow", "warn", "stop"}, "Pictures that are all black");
  policy("--on-duplicate", o.on_duplicate, {"allow", "warn", "stop"},
         "Pictures with the same pixels as the one before in their take");
  verb.add_flag("--no-provenance", o.no_provenance, "Do not write into images how they were made");
  verb.add_flag("--json", o.json, "One JSON object a line instead of text");
  verb.add_flag("--quiet", o.quiet, "Print no line an image and no progress bar");
}

int run_images(const ImageOptions& given, const Work& work, const RunOf& of) {
  ImageOptions options = given;
  if (of.recipe && !of.again) options.project.used = std::make_shared<UsedFiles>(folder_of_project(options.project));
  Console console(options.json, options.quiet);
  watch_signals();
  const Result<Pass> pass = options.cooperate ? share_work(options, work, of, console)
                                              : make_pass(options, work, of, console, nullptr, nullptr);
  if (!pass) {
    if (console.images() > 0)
      console.sink()({LogLevel::info, "", std::to_string(console.images()) + " images were complete before the error"});
    return report(pass.error(), options.json);
  }
  if (!options.always_sum_up && console.images() == 0 && pass->faulty == 0)
    return pass->run.stopped ? int(ErrorCode::stopped) : 0;
  const ProfileTotals totals{.run_s = pass->run.seconds, .encode_s = console.encode_s(), .images = console.images()};
  if (Status status = show_profile(options, *pass->project, totals, console); !status)
    return report(status.error(), options.json);
  // Of a shared take each process has only some of the images.
  const Result<std::string> sheet = options.cooperate ? std::string() : make_sheet(options, console);
  if (!sheet) return report(sheet.error(), options.json);
  console.summary(pass->run,
                  console.folder().empty() ? folder_of(options, *pass->project).path.string() : console.folder(),
                  *sheet, pass->project->engine->counts.cooks);
  if (pass->run.stopped) return int(ErrorCode::stopped);
  const Status rendered = all_were_rendered(pass->faulty);
  return rendered ? 0 : report(rendered.error(), options.json);
}

}  // namespace cookline::app
