// cookline python SCRIPT: the td API without a network file.
#include "app/console.h"
#include "app/exit_code.h"
#include "app/project.h"
#include "app/verbs.h"

namespace cookline::app {
namespace {

struct Options {
  ProjectOptions project;
  std::string script;
  std::vector<std::string> arguments;
};

int run_python(const Options& o) {
  Console console(false, false);
  Result<std::unique_ptr<Project>> project = open_project(o.project, console.sink());
  if (!project) return report(project.error(), false);
  Status status = (*project)->script->start();
  if (status) status = (*project)->script->run_file(o.script, o.arguments);
  if (Status exited = (*project)->script->exit(); status) status = exited;
  return status ? 0 : report(status.error(), false);
}

}  // namespace

void add_python(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("python", "Run a Python script with TouchDesigner's names: op, parent, project, tdu …");
  verb->add_option("SCRIPT", o->script, "The Python file")->required()->check(CLI::ExistingFile);
  verb->add_option("ARGUMENTS", o->arguments, "What the script finds in sys.argv");
  verb->add_option("--project", o->project.file, "Open this .tdn first; without it the network is empty");
  verb->add_option("--rate", o->project.rate, "Frames per second of the project")->default_str("60");
  verb->add_option("--threads", o->project.threads, "Threads to use; 0 means every core")->check(CLI::Range(0, 1024));
  verb->footer("  cookline python build_show.py\n"
               "  cookline python --project show.tdn tweak.py");
  verb->callback([o, &run] { run = [o] { return run_python(*o); }; });
}

}  // namespace cookline::app
