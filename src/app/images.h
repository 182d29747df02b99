// What `record` and `render` share: their options, the signals that stop them, and the end of a run.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/console.h"
#include "app/project.h"
#include "render/run.h"

namespace cookline::app {

struct ImageOptions {
  ProjectOptions project;
  std::string out, fsync = "never", on_nan = "stop", on_error = "stop", on_black = "allow", on_duplicate = "allow",
                   png = "fast", exr = "layers",
                   profile;  // empty: none; "true": a table; else a file for the graph too
  bool no_provenance = false;
  bool overwrite = false, json = false, quiet = false, no_sheet = false;
  bool cooperate = false;     // with other processes that run the same command
  double lease_s = 30;        // how long they may be silent
  bool always_sum_up = true;  // print the summary even if no image was written
};

// FILE, --set, --res, --no-sheet and add_run_options.
void add_image_options(CLI::App& verb, ImageOptions& options);

// --fsync, of every verb that writes images.
void add_fsync_option(CLI::App& verb, ImageOptions& options);

// --cooperate and --lease, of verbs that make takes.
void add_cooperate_option(CLI::App& verb, ImageOptions& options);

// --profile, of every verb that cooks images.
void add_profile_option(CLI::App& verb, ImageOptions& options);

// --threads, --memory.
void add_limit_options(CLI::App& verb, ImageOptions& options);

// Those, --rate, --precision, --out, --overwrite, --json, --quiet.
void add_run_options(CLI::App& verb, ImageOptions& options);

struct Recipe;
struct Resumed;
struct Again;

// What a run is of, and what it goes on with.
struct RunOf {
  const Recipe* recipe = nullptr;    // takes are logged with it; none: no logs, and images say nothing of themselves
  const Resumed* resumed = nullptr;  // what is there already
  const Again* again = nullptr;      // the one image that is wanted; no logs
};

// Opens the project, runs `work` between Python's start and exit, waits for the images, makes the contact sheet and
// prints the summary. SIGINT and SIGTERM let the frame in hand finish, project.quit() too. Gives the exit code.
int run_images(const ImageOptions& options, const std::function<Result<RunResult>(Project&, Run&)>& work,
               const RunOf& of = {});

}  // namespace cookline::app
