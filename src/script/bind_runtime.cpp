// Functions of td._core about the run: time, cooking, messages, the project.
#include <pybind11/stl.h>

#include "base/hash.h"
#include "base/random.h"
#include "script/convert.h"
#include "script/core.h"

namespace cookline::python {
namespace {

void define_time(CoreClass& c) {
  c.def("frame_index", [](Core& core) {
    core.engine().note_time_read();
    return core.engine().frame().index;
  });
  c.def("seconds", [](Core& core) {
    core.engine().note_time_read();
    return core.engine().frame().seconds();
  });
  c.def("rate", [](Core& core) {
    const Rate rate = core.engine().frame().rate;
    return std::pair(rate.num, rate.den);
  });
  c.def("set_rate", [](Core& core, std::int64_t num, std::int64_t den) {
    core.engine().options().rate = {num, den};
    Frame frame = core.engine().frame();
    frame.rate = {num, den};
    core.engine().set_frame(frame);
  });
}

void define_cooking(CoreClass& c) {
  c.def("cook", [](Core& core, Id id, bool force) {
    Engine& engine = core.engine();
    const NodeId node = core.node(id).id;
    const auto cook = [&] {
      const py::gil_scoped_release released;
      return engine.cook(node, force);
    };
    core.check(cook());
  });
  c.def("cook_count", [](Core& core, Id id) { return core.engine().cook_count(core.node(id).id); });
  // (frame, frame before, milliseconds) of its last cook; frames are -1 for never.
  c.def("cook_stats", [](Core& core, Id id) {
    const CookStats stats = core.engine().cook_stats(core.node(id).id);
    return py::make_tuple(stats.frame, stats.frame_before, stats.seconds * 1000);
  });
  c.def("parts", [](Core& core, Id id) {
    py::list list;
    for (const SegmentArgument& part : core.engine().parts(core.node(id).id))
      list.append(describe_argument(part)[py::int_(1)]);
    return list;
  });
  c.def("leave_reply", [](Core& core, Id id, const std::string& name, double value) {
    core.engine().leave_reply(core.node(id).id, name, value);
  });
  c.def("info", [](Core& core, Id id) { return core.engine().info(core.node(id).id); });
  c.def("own_info", [](Core& core, Id id) { return core.engine().own_info(core.node(id).id); });
  c.def("warnings", [](Core& core, Id id) { return core.engine().warnings(core.node(id).id); });
  c.def("last_error", [](Core& core, Id id) { return core.engine().last_error(core.node(id).id); });
  c.def("file_suffix", [](Core& core, Id id) { return core.engine().file_suffix(core.node(id).id); });
}

}  // namespace

void define_runtime(CoreClass& c) {
  define_time(c);
  define_cooking(c);
  c.def("current_par", [](Core& core) -> py::object {
    if (core.evaluating.empty() || core.evaluating.back().second.empty()) return py::none();
    return py::make_tuple(core.wrap(core.evaluating.back().first), core.evaluating.back().second);
  });
  c.def("version", [](Core&) { return std::string(COOKLINE_VERSION); });
  c.def("project_name", [](Core& core) { return core.project_name; });
  c.def("project_folder", [](Core& core) { return core.engine().options().project_folder; });
  c.def("save_project", [](Core& core, const std::string& path) {
    if (!core.save_project) core.raise(usage_error(path, "this run cannot save the project"));
    core.check(core.save_project(path));
  });
  c.def("set_runs_waiting", [](Core& core, bool waiting) { core.runs_waiting = waiting; });
  c.def("quit", [](Core& core) { core.quit_requested = true; });
  c.def("log", [](Core& core, const std::string& level, const std::string& where, const std::string& text) {
    const LogLevel kind = level == "warning" ? LogLevel::warning : level == "debug" ? LogLevel::debug : LogLevel::info;
    if (core.engine().log) core.engine().log({kind, where, text});
  });
  c.def("print", [](Core& core, const std::string& text) {
    if (core.output)
      core.output(text);
    else if (core.engine().log)
      core.engine().log({LogLevel::info, {}, text});
  });
  // A number in [0, 1) that depends on the text alone.
  c.def("random", [](Core&, const std::string& seed) {
    std::uint64_t h = 0;
    for (unsigned char byte : seed) h = mix64(h ^ byte);
    return random_unit(h, 0);
  });
  c.def("install", [](Core& core, const std::string& name, const py::object& object) {
    if (name == "op_factory")
      core.op_factory = object;
    else if (name == "scope_factory")
      core.scope_factory = object;
    else if (name == "error_class")
      core.error_class = object;
    else if (name == "attribute_error_class")
      core.attribute_error_class = object;
    else if (name == "describe_failure")
      core.describe_failure = object;
    else if (name == "lifecycle")
      core.lifecycle = object;
    else if (name == "find_callback")
      core.find_callback = object;
    else if (name == "call_callback")
      core.call_callback = object;
    else
      core.raise_attribute(name);
  });
}

void define_core() {
  if (py::detail::get_type_info(typeid(Core))) return;
  const py::object module = py::module_::import("types").attr("ModuleType")("td._native");
  CoreClass c(module, "Core");
  define_network(c);
  define_parameters(c);
  define_tables(c);
  define_samples(c);
  define_undo(c);
  define_runtime(c);
}

}  // namespace cookline::python
