// Python for a network: expressions, callbacks, Execute DATs, delayed calls and scripts, by an embedded CPython. One
// Script serves one Engine; several may follow each other in a process, which keeps one interpreter to its end. It is
// started when a network needs it first: many that only play, mix or write pictures never do.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "cook/engine.h"

namespace cookline {

namespace python {
class Core;
}

struct ScriptOptions {
  std::string project_name;                                // project.name
  std::function<void(const std::string&)> output;          // what print() writes; the engine's log if empty
  std::function<Status(const std::string&)> save_project;  // project.save(path); an error in Python if empty
};

// The thread that calls into a Script, or into its engine, must not hold the GIL.
class Script {
 public:
  // Fills the engine's hooks. The engine must outlive the Script.
  explicit Script(Engine& engine, ScriptOptions options = {});
  // Empties the hooks and the edit list; objects that Python still holds raise tdError from then on.
  ~Script();
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  // The beginning of a run: extensions with Init Extensions On Start, then onCreate and onStart of Execute DATs.
  Status start();
  // Its end: onExit of Execute DATs, onDestroyTD of extensions.
  Status exit();

  // Runs a Python file, or text that errors call `name`, with TouchDesigner's names in scope and `me` the root.
  // sys.argv is the path and the arguments. Errors are at "file.py:12"; sys.exit() with 0 or nothing is success.
  Status run_file(const std::string& path, std::span<const std::string> arguments = {});
  Status run_text(const std::string& text, const std::string& name = "<script>");
  // One expression, seen from an operator.
  Result<Value> evaluate(NodeId owner, const std::string& expression);

  // project.quit() was called: stop after this frame.
  bool quit_requested() const;
  // Delayed run() calls that are still waiting.
  int pending_runs() const;
  // Writes what Python keeps in OP.storage into the network's nodes, before the network is saved.
  Status sync_storage();

 private:
  void fill_hooks();
  // Starts Python and loads the td package, if that has not been done. Errors: Python cannot be started.
  Status wake();
  // Whether anything of the network is to be done when a run starts.
  bool has_start() const;

  Engine& engine_;
  std::shared_ptr<python::Core> core_;
  bool awake_ = false;
};

}  // namespace cookline
