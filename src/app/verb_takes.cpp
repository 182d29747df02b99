// cookline verify | missing | resume TAKE: whether a take's images are right, which are not, and making those.
#include <fmt/format.h>

#include "app/exit_code.h"
#include "app/recipe.h"
#include "app/take_logs.h"
#include "app/verbs.h"
#include "render/take_check.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string take;
  ImageOptions images;
  bool anyway = false;
};

std::string name_of(const TakeLog& log) { return (log.folder() / log.header.prefix).string(); }

void say_findings(const TakeLog& log, const TakeCheck& check, bool json) {
  for (const ImageFinding& f : check.findings)
    say(json,
        {{"event", "finding"},
         {"take", log.path.string()},
         {"name", f.name},
         {"index", f.index},
         {"needed", f.needed},
         {"what", f.what}},
        fmt::format("{} {}", (log.folder() / f.name).string(), f.what));
  if (log.unreadable > 0)
    say(json, {{"event", "note"}, {"take", log.path.string()}, {"unreadable_lines", log.unreadable}},
        fmt::format("{}: {} damaged line{}, as a killed run leaves one", log.path.string(), log.unreadable,
                    log.unreadable == 1 ? "" : "s"));
}

int verify(const Options& o) {
  const Result<std::vector<TakeLog>> logs = read_logs(o.take);
  if (!logs) return report(logs.error(), o.images.json);
  bool passed = true;
  for (const TakeLog& log : *logs) {
    const TakeCheck check = check_take(log, *logs);
    passed &= check.passed();
    say_findings(log, check, o.images.json);
    say(o.images.json,
        {{"event", "take"},
         {"take", log.path.string()},
         {"good", check.good.size()},
         {"findings", check.findings.size()},
         {"whole", check.whole},
         {"passed", check.passed()}},
        fmt::format("{}: {} image{} verified{}{}", name_of(log), check.good.size(), check.good.size() == 1 ? "" : "s",
                    check.findings.empty() ? "" : fmt::format(", {} wrong", check.findings.size()),
                    check.whole ? "" : "; the run that made it did not come to its end: cookline resume goes on"));
  }
  return passed ? 0 : int(ErrorCode::verification);
}

int missing(const Options& o) {
  const Result<std::vector<TakeLog>> logs = read_logs(o.take);
  if (!logs) return report(logs.error(), o.images.json);
  bool complete = true;
  for (const TakeLog& log : *logs) {
    const TakeCheck check = check_take(log, *logs);
    const std::string list = check.missing();
    complete &= check.whole && list.empty();
    const std::string rest = check.whole ? "" : fmt::format("{}and all that were to follow", list.empty() ? "" : " ");
    say(o.images.json, {{"event", "missing"}, {"take", log.path.string()}, {"frames", list}, {"whole", check.whole}},
        fmt::format("{}: {}{}", name_of(log), list.empty() && check.whole ? "none" : list, rest));
  }
  return complete ? 0 : int(ErrorCode::verification);
}

// The output folder of a take, from where its log lies now.
std::string output_folder(const TakeLog& log) {
  if (log.header.folder.empty()) return {};
  std::error_code ignored;
  fs::path folder = fs::absolute(log.folder(), ignored).lexically_normal();
  for (const fs::path& part : fs::path(log.header.folder))
    if (part != ".") folder = folder.parent_path();
  return folder.string();
}

// Goes on with all takes of one run.
int resume_run(const Options& o, const std::vector<const TakeLog*>& takes, std::span<const TakeLog> all) {
  const TakeLog& first = *takes.front();
  Recipe recipe;
  recipe.images = o.images;
  if (Status status = from_json(first.header.recipe, recipe); !status) {
    Error error = status.error();
    error.where = first.path.string();
    return report(error, o.images.json);
  }
  if (recipe.images.project.file.empty()) recipe.images.project.file = first.header.source;
  recipe.images.out = output_folder(first);
  recipe.images.overwrite = true;  // what is not right is replaced
  if (!first.frames.empty()) recipe.list = first.frames;
  Resumed resumed{.run = first.header.run, .header = first.header, .anyway = o.anyway};
  bool right = true;
  for (const TakeLog* log : takes) {
    const TakeCheck check = check_take(*log, all);
    resumed.media.insert(log->media.begin(), log->media.end());
    right &= check.whole && check.missing().empty();
    std::error_code ignored;
    for (const std::string& name : check.good)
      resumed.done[fs::absolute(log->folder() / name, ignored).lexically_normal().string()] =
          log->images.at(name).pixels;
    if (log->header.order >= 0) resumed.numbers[log->header.order] = log->header.take;
  }
  if (right) {
    say(o.images.json, {{"event", "summary"}, {"images", 0}, {"complete", resumed.done.size()}},
        fmt::format("nothing to do: all {} images of {} are there and right", resumed.done.size(), name_of(first)));
    return 0;
  }
  return run_recipe(recipe, &resumed);
}

int resume(const Options& o) {
  const Result<std::vector<TakeLog>> logs = read_logs(o.take);
  if (!logs) return report(logs.error(), o.images.json);
  std::map<std::string, std::vector<const TakeLog*>> runs;
  for (const TakeLog& log : *logs) runs[log.header.run].push_back(&log);
  for (const auto& [run, takes] : runs)
    if (const int code = resume_run(o, takes, *logs); code != 0) return code;
  return 0;
}

CLI::App* add_take_verb(CLI::App& app, RunVerb& run, const std::string& name, const std::string& help,
                        int (*work)(const Options&), const std::shared_ptr<Options>& o) {
  CLI::App* verb = app.add_subcommand(name, help);
  verb->add_option("TAKE", o->take, "A folder with images, or the N.take.jsonl beside them")->required();
  verb->add_flag("--json", o->images.json, "One JSON object a line instead of text");
  verb->callback([o, work, &run] { run = [o, work] { return work(*o); }; });
  return verb;
}

}  // namespace

void add_takes(CLI::App& app, RunVerb& run) {
  add_take_verb(app, run, "verify", "Read every image of a take and say whether all are there and right", &verify,
                std::make_shared<Options>())
      ->footer(
          "Exit code 5 if an image is missing, cut off, changed, of another take, or if the take never came to its "
          "end.\n\n"
          "  cookline verify out");
  add_take_verb(app, run, "missing", "Print the frames of a take that are not there or not right", &missing,
                std::make_shared<Options>())
      ->footer("  cookline missing out/0.take.jsonl");
  const auto o = std::make_shared<Options>();
  CLI::App* verb = add_take_verb(
      app, run, "resume", "Go on with a take that was interrupted: make the images that are not there or not right",
      &resume, o);
  verb->add_option("--project", o->images.project.file, "The project's file, if it is no longer where it was");
  add_limit_options(*verb, o->images);
  add_fsync_option(*verb, o->images);
  add_profile_option(*verb, o->images);
  add_cooperate_option(*verb, o->images);
  verb->add_flag("--anyway", o->anyway,
                 "Also if the project or the program was changed since: the take will be made of both");
  verb->add_flag("--no-sheet", o->images.no_sheet, "Make no contact sheet");
  verb->add_flag("--quiet", o->images.quiet, "Print no line an image and no progress bar");
  verb->footer(
      "Timers, counts, callbacks and Python run again from the first frame, without pixels; only what is missing is "
      "cooked,\n"
      "and what image feedback needs. The result is that of a run that was never interrupted.\n\n"
      "  cookline resume out\n"
      "  cookline resume out --cooperate    # on several machines, or beside processes that share the take");
}

}  // namespace cookline::app
