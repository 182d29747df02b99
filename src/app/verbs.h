// One function a verb: adds its options to the command line. What it runs is returned through `run`.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>

namespace cookline::app {

// Set by the verb that was chosen; gives the exit code.
using RunVerb = std::function<int()>;

void add_record(CLI::App& app, RunVerb& run);
void add_render(CLI::App& app, RunVerb& run);
void add_check(CLI::App& app, RunVerb& run);
void add_plan(CLI::App& app, RunVerb& run);
void add_ops(CLI::App& app, RunVerb& run);
void add_python(CLI::App& app, RunVerb& run);
void add_takes(CLI::App& app, RunVerb& run);  // verify, missing, resume
void add_rerender(CLI::App& app, RunVerb& run);
void add_diff(CLI::App& app, RunVerb& run);
void add_movie(CLI::App& app, RunVerb& run);
void add_devices(CLI::App& app, RunVerb& run);

}  // namespace cookline::app
