// A project opened by the command line: its network, the engine and Python, with the options that all verbs share.
#pragma once
#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "cook/engine.h"
#include "io/used_files.h"
#include "script/interpreter.h"

namespace cookline::app {

struct ProjectOptions {
  std::string file;  // .tdn, .tdxn or .json, or .py: a script that builds the network; empty: an empty network
  std::vector<std::string> set;      // "par=value" or "/path.par=value"
  std::string rate;                  // "30", "29.97", "30000/1001"; empty: 60
  std::string size;                  // "WxH": pixels of `size_of`; empty: as the network says
  std::string precision = "native";  // or float32
  int threads = 0;
  std::shared_ptr<UsedFiles> used = {};   // notes the files that are read; none: nothing is noted
  std::string device;                     // for shaders: part of a name or a number; empty: the first
  double device_timeout_s = 300;          // for what it is given at once
  std::uint64_t device_memory_bytes = 0;  // for its textures; 0: three quarters of what it has
  std::uint64_t memory_bytes = 0;         // for pictures that wait or are kept; 0: by what the system lets it use
};

// Members are destroyed in reverse order: Python before the engine, the engine before the network.
struct Project {
  std::unique_ptr<Registry> registry;
  std::unique_ptr<Network> network;
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Script> script;
  std::filesystem::path folder;
  std::size_t queue_bytes = 0;  // RunOptions::queue_bytes
};

// Where relative names of files start: the folder of the project's file.
std::filesystem::path folder_of_project(const ProjectOptions& options);

// What runs shaders, opened now, with its driver, whose other versions may draw otherwise; "no device" if it fails.
std::string device_of(const Project& project);

// What --device, --device-timeout and --device-memory set.
void add_device_options(CLI::App& verb, ProjectOptions& options);

// Opens the file, applies rate, precision and threads, and attaches Python. Runs none of a network's Python; runs a
// script.
Result<std::unique_ptr<Project>> open_project(const ProjectOptions& options, LogSink log);

// Applies --set; a bare name is a parameter of `target`. A value that begins with '=' is an expression.
Status apply_sets(Project& project, const std::vector<std::string>& sets, NodeId target);

// Applies --res: the global resolution multiplier that makes `top` WxH.
Status apply_size(Project& project, const std::string& size, NodeId top);

// The operator a path on the command line names. Errors suggest one that exists.
Result<NodeId> find_operator(const Project& project, const std::string& path);

// "30", "29.97" or "30000/1001" as an exact fraction; 23.976, 29.97, 59.94 mean the NTSC ones.
Result<Rate> parse_rate(const std::string& text);

// Whether a project file is a Python script that builds the network.
bool is_script(const std::string& file);

// The program's own list of operator types.
std::unique_ptr<Registry> make_registry();

}  // namespace cookline::app
