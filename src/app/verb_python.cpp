// cookline python SCRIPT: the td API without a network file.
#include <fmt/format.h>

#include <chrono>

#include "app/images.h"
#include "app/verbs.h"

namespace cookline::app {
namespace {

struct Options {
  ImageOptions images;
  std::string script;
  std::vector<std::string> arguments;
};

// A Record that a script left on has written nothing, as no frame followed: most likely a mistake.
void warn_of_idle_sinks(Project& project) {
  for (NodeId id : project.network->walk(project.network->root())) {
    const Node& node = project.network->at(id);
    if (!node.type || !node.type->def->record || !project.engine->log) continue;
    const Result<Value> record = project.engine->eval(id, "record"), pause = project.engine->eval(id, "pause");
    if (record && pause && to_bool(*record) && !to_bool(*pause))
      project.engine->log({LogLevel::warning, project.network->path(id),
                           "Record is on, but the script has ended and no frame follows; use `cookline record`, or "
                           "run(..., delayFrames=N) to go on"});
  }
}

// The script, then frames for as long as run() calls that it delayed are waiting.
Result<RunResult> work(const Options& o, Project& project, Run& run) {
  const auto start = std::chrono::steady_clock::now();
  RunResult result;
  Status status = run.engine().prime();
  if (status) status = project.script->run_file(o.script, o.arguments);
  while (status && !run.over() && project.script->pending_runs() > 0) status = run.frame(result.frames++);
  if (status && !run.over()) warn_of_idle_sinks(project);
  const Status written = run.finish();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.stopped = run.stop_asked();
  if (!status && !result.stopped) return status.error();
  if (!written) return written.error();
  return result;
}

}  // namespace

void add_python(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  o->images.always_sum_up = false;
  o->images.no_sheet = true;
  CLI::App* verb =
      app.add_subcommand("python", "Run a Python script with TouchDesigner's names: op, parent, project, tdu …");
  verb->add_option("SCRIPT", o->script, "The Python file")->required()->check(CLI::ExistingFile);
  verb->add_option("ARGUMENTS", o->arguments, "What the script finds in sys.argv");
  verb->add_option("--project", o->images.project.file, "Open this .tdn first; without it the network is empty");
  add_run_options(*verb, o->images);
  verb->footer(
      "Images are written by TOP.save() and by pulses of a Movie File Out's Add Frame. Frames run only while delayed\n"
      "run() calls wait; to record what a script builds, name the script as the project: cookline record build.py "
      "/comp\n\n"
      "  cookline python build_show.py show.tdn        (the script calls project.save(sys.argv[1]))\n"
      "  cookline python --project show.tdn tweak.py");
  verb->callback([o, &run] {
    run = [o] { return run_images(o->images, [o](Project& project, Run& r) { return work(*o, project, r); }); };
  });
}

}  // namespace cookline::app
