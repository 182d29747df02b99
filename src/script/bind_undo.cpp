// Functions of td._core about undo: blocks, steps and callbacks of the network's edit list.
#include <pybind11/stl.h>

#include "script/core.h"

namespace cookline::python {
namespace {

// The edit list outlives Python's hold on the function and may let go of it in any thread.
EditList::Callback undo_callback(Core& core, const py::object& function) {
  const std::shared_ptr<py::object> held(new py::object(function), [](py::object* object) {
    const py::gil_scoped_acquire gil;
    delete object;
  });
  return [held, &core](bool undo) -> Status {
    const py::gil_scoped_acquire gil;
    try {
      (*held)(undo);
      return {};
    } catch (py::error_already_set& failure) {
      return core.describe(failure, {});
    }
  };
}

}  // namespace

void define_undo(CoreClass& c) {
  c.def("start_block",
        [](Core& core, const std::string& name, bool enable) { core.network().edits().begin(name, enable); });
  c.def("end_block", [](Core& core) { core.check(core.network().edits().end()); });
  c.def("undo", [](Core& core) { core.check(core.network().edits().undo()); });
  c.def("redo", [](Core& core) { core.check(core.network().edits().redo()); });
  c.def("clear_undo", [](Core& core) { core.network().edits().clear(); });
  c.def("undo_names", [](Core& core) { return core.network().edits().undo_names(); });
  c.def("redo_names", [](Core& core) { return core.network().edits().redo_names(); });
  c.def("undo_recording", [](Core& core) { return core.network().edits().recording(); });
  c.def("undo_enabled", [](Core& core) { return core.network().edits().enabled(); });
  c.def("enable_undo", [](Core& core, bool on) { core.network().edits().enable(on); });
  c.def("add_undo_callback", [](Core& core, const py::object& function) {
    core.check(core.network().edits().add_callback(undo_callback(core, function)));
  });
}

}  // namespace cookline::python
