// What the td package calls into: the engine of one Script as plain functions over operator numbers. The classes that
// users see (OP, Par, …) are Python files in script/python; they hold nothing but such numbers and names.
#pragma once
#include <pybind11/pybind11.h>

#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cook/engine.h"

namespace cookline::python {

namespace py = pybind11;

// An operator handle as one Python int: generation and index. Never used again for another operator.
using Id = std::uint64_t;
inline Id pack(NodeId id) { return (Id(id.generation) << 32) | id.index; }
inline NodeId unpack(Id id) { return {std::uint32_t(id), std::uint32_t(id >> 32)}; }

// All members need the GIL, except those that take it (evaluate, callback, call) or say that they do not. Before the td
// package is loaded there is nothing of Python in it.
class Core {
 public:
  explicit Core(Engine& e) : engine_(&e) {}
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  // After this every call from Python raises tdError.
  void detach();

  Engine& engine() const;  // raises tdError after detach
  Network& network() const { return engine().network(); }
  Node& node(Id id) const;  // raises tdError for a stale handle
  // The parameter, found as Network::parameter does; raises if the operator or the parameter does not exist.
  Parameter& parameter(Id id, std::string_view name) const;
  // Raise the error as a Python exception: tdError, or tdAttributeError for a missing name.
  [[noreturn]] void raise(const Error& error) const;
  [[noreturn]] void raise_attribute(const std::string& text) const;
  void check(const Status& status) const {
    if (!status) raise(status.error());
  }
  template <class T>
  T take(Result<T> result) const {
    if (!result) raise(result.error());
    return std::move(*result);
  }

  // The OP object of an operator, None for no operator; one object per operator.
  py::object wrap(NodeId id);
  py::list wrap_all(std::span<const NodeId> ids);
  // All operators of a type in network order; found anew only after operators were made or destroyed.
  const std::vector<NodeId>& of_type(const std::string& type);
  // A parameter's value as Python sees it: OP for operator styles, item name for menus, bool for switches.
  py::object value(Id owner, const ParInfo& info, const Value& value);

  // An expression of `owner` as a Python object; the code of every text is compiled once.
  py::object run(NodeId owner, const std::string& expr, std::span<const std::pair<std::string, Value>> names = {});
  // The names that Python code of an operator sees, made once per operator.
  py::object scope(NodeId owner);

  // The engine's hooks.
  Result<Value> evaluate(NodeId owner, const ParInfo* info, const std::string& expr,
                         std::span<const std::pair<std::string, Value>> names);
  Result<std::optional<Value>> callback(NodeId owner, NodeId dat, const Event& event);
  // Calls a function of td._lifecycle, turning exceptions into errors. The arguments are made with the GIL held.
  Status call(const char* function, const std::function<py::tuple()>& arguments);
  Status call(const char* function);
  // Whether frames begin and end with anything in Python; most of most networks do not. Needs no GIL.
  bool has_work_each_frame() { return !of_type("executeDAT").empty() || runs_waiting; }
  // The Python exception in flight as an Error at `where`, or at the line of the DAT or script that raised it.
  Error describe(py::error_already_set& failure, std::string where) const;

  // Set by the td package when it is loaded.
  py::object op_factory, scope_factory, error_class, attribute_error_class, describe_failure, find_callback,
      call_callback, lifecycle;

  // Set by Script.
  std::function<void(const std::string&)> output;
  std::function<Status(const std::string& path)> save_project;
  std::string project_name;
  bool quit_requested = false;
  bool runs_waiting = false;                               // delayed run() calls
  std::vector<std::pair<NodeId, std::string>> evaluating;  // stack: owner and parameter of running expressions

 private:
  py::object make_call(NodeId owner, NodeId dat, const Event& event);
  py::object compiled(const std::string& expr);
  // Lets go of what is kept for operators that were destroyed, so that making and destroying them for hours does not
  // fill the memory.
  void forget_destroyed();

  Engine* engine_;
  struct Wrapped {
    py::object object;
    std::string path;
  };
  std::unordered_map<NodeId, Wrapped, NodeIdHash> wrapped_;
  std::size_t forget_at_ = 4096;  // how many wrapped operators make it worth looking
  std::unordered_map<NodeId, py::object, NodeIdHash> scopes_;
  std::unordered_map<std::string, py::object> code_;
  struct Listed {
    std::uint64_t structure = 0;
    std::vector<NodeId> operators;
  };
  std::unordered_map<std::string, Listed> listed_;
};

// Makes the Python class Core with all its functions, once per process; the class is what sys.modules holds an instance
// of as "td._core".
void define_core();
using CoreClass = py::class_<Core, std::shared_ptr<Core>>;
void define_network(CoreClass& c);     // operators, wires, flags
void define_parameters(CoreClass& c);  // values, modes, custom parameters
void define_tables(CoreClass& c);      // DATs
void define_samples(CoreClass& c);     // CHOPs and TOPs
void define_undo(CoreClass& c);        // blocks of edits
void define_runtime(CoreClass& c);     // time, project, evaluation

}  // namespace cookline::python
