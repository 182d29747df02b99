// Starting Python and loading the td package; the Script class.
#include "script/interpreter.h"

#include <fmt/format.h>
#include <pybind11/stl.h>

#include <optional>

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

Script::Script(Engine& engine, ScriptOptions options) : engine_(engine), core_(std::make_shared<Core>(engine)) {
  core_->output = std::move(options.output);
  core_->save_project = std::move(options.save_project);
  core_->project_name = std::move(options.project_name);
  fill_hooks();
}

Status Script::wake() {
  if (awake_) return {};
  if (Status started = start_python(); !started) return started;
  const py::gil_scoped_acquire gil;
  try {
    load_package(core_);
  } catch (py::error_already_set& failed) {
    return failure("td", fmt::format("the Python package td cannot be loaded: {}", failed.what()));
  }
  awake_ = true;
  return {};
}

void Script::fill_hooks() {
  engine_.hooks.evaluate = [this](NodeId owner, const ParInfo* info, const std::string& expr,
                                  auto names) -> Result<Value> {
    if (Status status = wake(); !status) return status.error();
    return core_->evaluate(owner, info, expr, names);
  };
  engine_.hooks.callback = [this](NodeId owner, NodeId dat, const Event& event) -> Result<std::optional<Value>> {
    if (Status status = wake(); !status) return status.error();
    return core_->callback(owner, dat, event);
  };
  const auto phase = [this](const char* function) {
    return [this, function](const Frame& frame) -> Status {
      if (!core_->has_work_each_frame()) return {};
      if (Status status = wake(); !status) return status;
      return core_->call(function, [&] { return py::make_tuple(frame.index); });
    };
  };
  engine_.hooks.frame_start = phase("frame_start");
  engine_.hooks.frame_end = phase("frame_end");
}

Script::~Script() {
  engine_.hooks = {};
  std::optional<py::gil_scoped_acquire> gil;  // the edit list may hold objects of Python's
  if (awake_) gil.emplace();
  if (awake_) (void)core_->call("detach");
  engine_.network().edits().clear();
  if (awake_) core_->detach();
  core_.reset();
}

bool Script::has_start() const {
  const Network& network = engine_.network();
  for (const NodeId id : network.walk(network.root())) {
    const Node& node = network.at(id);
    if (node.type_name == "executeDAT") return true;
    // The objects of extensions, which components make by expressions in their parameters.
    for (const Parameter& par : node.pars)
      if (node.is_comp() && par.info->name.starts_with("ext") && par.info->name.ends_with("object") &&
          (par.mode != ParMode::CONSTANT || !to_text(par.value).empty()))
        return true;
  }
  return false;
}

Status Script::start() {
  if (!awake_ && !has_start()) return {};
  if (Status status = wake(); !status) return status;
  return core_->call("start");
}

Status Script::exit() { return awake_ ? core_->call("exit") : Status(); }

Status Script::run_file(const std::string& path, std::span<const std::string> arguments) {
  if (Status status = wake(); !status) return status;
  return core_->call(
      "run_file", [&] { return py::make_tuple(path, std::vector<std::string>(arguments.begin(), arguments.end())); });
}

Status Script::run_text(const std::string& text, const std::string& name) {
  if (Status status = wake(); !status) return status;
  return core_->call("run_text", [&] { return py::make_tuple(text, name); });
}

Result<Value> Script::evaluate(NodeId owner, const std::string& expression) {
  if (Status status = wake(); !status) return status.error();
  return core_->evaluate(owner, nullptr, expression, {});
}

bool Script::quit_requested() const { return core_->quit_requested; }

int Script::pending_runs() const {
  if (!awake_) return 0;
  const py::gil_scoped_acquire gil;
  return core_->lifecycle.attr("pending_runs")().cast<int>();
}

Status Script::sync_storage() { return awake_ ? core_->call("sync_storage") : Status(); }

}  // namespace cookline
