// Starting Python and loading the td package; the Script class.
#include "script/interpreter.h"

#include <fmt/format.h>
#include <pybind11/stl.h>

#include "script/core.h"
#include "script/embedded.h"

namespace cookline {

namespace py = pybind11;
using python::Core;

namespace {

// Starts the interpreter of the build's own Python, independent of PATH and the environment, and gives the GIL back.
Status start_python() {
  if (Py_IsInitialized()) return {};
  PyConfig config;
  PyConfig_InitPythonConfig(&config);
  config.use_environment = 0;
  config.install_signal_handlers = 0;
  config.parse_argv = 0;
  // Sets of text keep one order in every process.
  config.use_hash_seed = 1;
  config.hash_seed = 0;
  PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, COOKLINE_PYTHON);
  if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
  PyConfig_Clear(&config);
  if (PyStatus_Exception(status))
    return failure(COOKLINE_PYTHON,
                   fmt::format("Python cannot start: {}", status.err_msg ? status.err_msg : "unknown reason"),
                   "install the packages libpython3.11 and python3.11");
  PyEval_SaveThread();
  return {};
}

// Loads a fresh td package that talks to `core`, in place of that of an earlier Script.
void load_package(const std::shared_ptr<Core>& core) {
  python::define_core();
  py::dict codes;
  for (const python::EmbeddedModule& module : python::embedded_modules())
    codes[py::str(std::string(module.name))] = py::bytes(module.code.data(), module.code.size());
  const py::object boot = py::module_::import("marshal").attr("loads")(codes["boot"]);
  py::dict globals;
  globals["__builtins__"] = py::module_::import("builtins");
  globals["codes"] = codes;
  globals["core"] = py::cast(core);
  if (PyObject* done = PyEval_EvalCode(boot.ptr(), globals.ptr(), globals.ptr()))
    Py_DECREF(done);
  else
    throw py::error_already_set();
}

}  // namespace

Result<std::unique_ptr<Script>> Script::attach(Engine& engine, ScriptOptions options) {
  if (Status started = start_python(); !started) return started.error();
  const py::gil_scoped_acquire gil;
  try {
    auto core = std::make_shared<Core>(engine);
    core->output = std::move(options.output);
    core->save_project = std::move(options.save_project);
    core->project_name = std::move(options.project_name);
    load_package(core);
    std::unique_ptr<Script> script(new Script(engine, std::move(core)));
    script->fill_hooks();
    return script;
  } catch (py::error_already_set& failed) {
    return failure("td", fmt::format("the Python package td cannot be loaded: {}", failed.what()));
  }
}

Script::Script(Engine& engine, std::shared_ptr<Core> core) : engine_(engine), core_(std::move(core)) {}

void Script::fill_hooks() {
  Core* core = core_.get();
  engine_.hooks.evaluate = [core](NodeId owner, const ParInfo* info, const std::string& expr, auto names) {
    return core->evaluate(owner, info, expr, names);
  };
  engine_.hooks.callback = [core](NodeId owner, NodeId dat, const Event& event) {
    return core->callback(owner, dat, event);
  };
  const auto phase = [core](const char* function) {
    return [core, function](const Frame& frame) { return core->frame(function, frame); };
  };
  engine_.hooks.frame_start = phase("frame_start");
  engine_.hooks.frame_end = phase("frame_end");
}

Script::~Script() {
  engine_.hooks = {};
  const py::gil_scoped_acquire gil;
  (void)core_->call("detach");
  engine_.network().edits().clear();
  core_->detach();
  core_.reset();
}

Status Script::start() { return core_->call("start"); }
Status Script::exit() { return core_->call("exit"); }

Status Script::run_file(const std::string& path, std::span<const std::string> arguments) {
  return core_->call(
      "run_file", [&] { return py::make_tuple(path, std::vector<std::string>(arguments.begin(), arguments.end())); });
}

Status Script::run_text(const std::string& text, const std::string& name) {
  return core_->call("run_text", [&] { return py::make_tuple(text, name); });
}

Result<Value> Script::evaluate(NodeId owner, const std::string& expression) {
  return core_->evaluate(owner, nullptr, expression, {});
}

bool Script::quit_requested() const { return core_->quit_requested; }

int Script::pending_runs() const {
  const py::gil_scoped_acquire gil;
  return core_->lifecycle.attr("pending_runs")().cast<int>();
}

Status Script::sync_storage() { return core_->call("sync_storage"); }

}  // namespace cookline
