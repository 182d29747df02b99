// The command line: parses verbs and options, runs one, exits with its code.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "app/verbs.h"
#include "base/result.h"
#include "base/text.h"

namespace {

int usage_exit(const CLI::App& app, const CLI::ParseError& error) {
  const int code = app.exit(error);
  return code == 0 ? 0 : int(cookline::ErrorCode::usage);
}

// A first word that is no verb, with the one that was meant.
bool unknown_verb(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands({})) verbs.push_back(verb->get_name());
  if (std::find(verbs.begin(), verbs.end(), argv[1]) != verbs.end()) return false;
  const auto near = cookline::nearest_name(argv[1], verbs);
  std::fprintf(stderr, "error: there is no verb '%s'; %s\n", argv[1],
               near ? ("did you mean '" + *near + "'?").c_str() : "cookline --help lists them");
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  // Files come and go every frame: memory that was one stays with the process to be the next one, instead of being
  // mapped and cleared by the kernel again. (Pictures have memory of their own: data/pixel_memory.h.)
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  CLI::App app(
      "Cookline cooks TouchDesigner networks frame by frame, without a GPU or a display, and writes image sequences.");
  app.set_version_flag("--version", COOKLINE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Start with:  cookline check FILE.tdn   then   cookline record FILE.tdn /component\n"
      "Exit codes: 0 done, 1 failed (may be retried), 2 usage, 3 stopped early, 4 the project is wrong, 5 verification "
      "failed.\n"
      "Each verb explains itself: cookline record --help");
  cookline::app::RunVerb run;
  cookline::app::add_record(app, run);
  cookline::app::add_render(app, run);
  cookline::app::add_check(app, run);
  cookline::app::add_plan(app, run);
  cookline::app::add_ops(app, run);
  cookline::app::add_takes(app, run);
  cookline::app::add_rerender(app, run);
  cookline::app::add_diff(app, run);
  cookline::app::add_movie(app, run);
  cookline::app::add_devices(app, run);
  cookline::app::add_python(app, run);
  if (unknown_verb(app, argc, argv)) return int(cookline::ErrorCode::usage);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_exit(app, error);
  }
  try {
    return run();
  } catch (const std::bad_alloc&) {
    std::fputs("error: out of memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
  }
  return int(cookline::ErrorCode::failed);
}
