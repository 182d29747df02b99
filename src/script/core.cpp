// Evaluation and errors: expressions, callbacks, and Python exceptions as engine errors.
#include "script/core.h"

#include <fmt/format.h>
#include <pybind11/stl.h>

#include "base/text.h"
#include "script/convert.h"

namespace cookline::python {
namespace {

// Undo blocks that Python code leaves open end with it.
class BlocksEnd {
 public:
  explicit BlocksEnd(EditList& edits) : edits_(edits), depth_(edits.depth()) {}
  BlocksEnd(const BlocksEnd&) = delete;
  BlocksEnd& operator=(const BlocksEnd&) = delete;
  ~BlocksEnd() { edits_.end_above(depth_); }

 private:
  EditList& edits_;
  std::size_t depth_;
};

}  // namespace

void Core::detach() {
  engine_ = nullptr;
  wrapped_.clear();
  scopes_.clear();
  code_.clear();
  op_factory = scope_factory = describe_failure = find_callback = call_callback = lifecycle = py::none();
}

void Core::raise(const Error& error) const {
  // What callers decide by travels with the exception and comes back in describe().
  const py::object exception = error_class(to_string(error));
  exception.attr("code") = int(error.code);
  exception.attr("missing") = error.missing;
  PyErr_SetObject(error_class.ptr(), exception.ptr());
  throw py::error_already_set();
}

void Core::raise_attribute(const std::string& text) const {
  PyErr_SetString(attribute_error_class.ptr(), text.c_str());
  throw py::error_already_set();
}

Engine& Core::engine() const {
  if (!engine_) raise(usage_error({}, "the network that this object belongs to has been closed"));
  return *engine_;
}

Node& Core::node(Id id) const {
  if (Node* found = network().find(unpack(id))) return *found;
  const auto known = wrapped_.find(unpack(id));
  raise(usage_error(known == wrapped_.end() ? std::string() : known->second.path,
                    "this operator does not exist any more",
                    "check .valid before using an operator that may have been destroyed"));
}

Parameter& Core::parameter(Id id, std::string_view name) const {
  Node& owner = node(id);
  if (Parameter* found = network().parameter(owner.id, name)) return *found;
  raise_attribute(to_string(network().no_parameter(owner, name)));
}

py::object Core::wrap(NodeId id) {
  const Node* found = id ? network().find(id) : nullptr;
  if (!found) return py::none();
  const auto known = wrapped_.find(id);
  if (known != wrapped_.end()) return known->second.object;
  if (wrapped_.size() >= forget_at_) forget_destroyed();
  py::object made = op_factory(pack(id), found->type_name, found->family());
  wrapped_[id] = {made, network().path(id)};
  return made;
}

void Core::forget_destroyed() {
  py::list gone;
  for (const auto& [id, wrapped] : wrapped_)
    if (!network().may_exist(id)) gone.append(pack(id));
  for (py::handle id : gone) {
    wrapped_.erase(unpack(id.cast<Id>()));
    scopes_.erase(unpack(id.cast<Id>()));
  }
  lifecycle.attr("forget")(gone);
  forget_at_ = std::max<std::size_t>(4096, 2 * wrapped_.size());
}

py::list Core::wrap_all(std::span<const NodeId> ids) {
  py::list list;
  for (NodeId id : ids) list.append(wrap(id));
  return list;
}

const std::vector<NodeId>& Core::of_type(const std::string& type) {
  Listed& listed = listed_[type];
  if (listed.structure == network().structure()) return listed.operators;
  listed = {network().structure(), {}};
  for (NodeId id : network().walk(network().root()))
    if (network().at(id).type_name == type) listed.operators.push_back(id);
  return listed.operators;
}

py::object Core::value(Id owner, const ParInfo& info, const Value& value) {
  switch (info.style) {
    case Style::OP:
    case Style::COMP:
    case Style::TOP:
    case Style::CHOP:
    case Style::SOP:
    case Style::DAT:
    case Style::MAT:
    case Style::POP:
    case Style::Object:
    case Style::PanelCOMP: {
      const std::vector<NodeId> found = network().match(unpack(owner), to_text(value));
      return found.empty() ? py::none() : wrap(found.front());
    }
    case Style::Menu:
      return py::str(menu_item(info, value));
    case Style::Toggle:
    case Style::Momentary:
    case Style::Pulse:
      return py::bool_(to_bool(value));
    default:
      return to_python(value);
  }
}

py::object Core::compiled(const std::string& expr) {
  const auto known = code_.find(expr);
  if (known != code_.end()) return known->second;
  const std::size_t begin = std::min(expr.find_first_not_of(" \t\r\n"), expr.size());
  const std::string text = expr.substr(begin);
  PyObject* code = Py_CompileString(text.c_str(), "<expression>", Py_eval_input);
  if (!code) throw py::error_already_set();
  // Scripts may make expressions without end.
  if (code_.size() >= 10000) code_.clear();
  return code_.emplace(expr, py::reinterpret_steal<py::object>(code)).first->second;
}

py::object Core::scope(NodeId owner) {
  const auto known = scopes_.find(owner);
  if (known != scopes_.end()) return known->second;
  py::object made = scope_factory(wrap(owner));
  scopes_[owner] = made;
  return made;
}

py::object Core::run(NodeId owner, const std::string& expr, std::span<const std::pair<std::string, Value>> names) {
  const py::object code = compiled(expr);
  py::object globals = scope(owner);
  // A copy, not locals: lambdas and comprehensions of an expression see globals alone.
  if (!names.empty()) globals = globals.attr("copy")();
  py::dict members;
  for (const auto& [name, value] : names) {
    const bool of_me = name.starts_with("me.");
    const py::object& target = of_me ? members : globals;
    target[py::str(of_me ? name.substr(3) : name)] = to_python(value);
  }
  if (!members.empty()) globals["me"] = py::module_::import("td._members").attr("WithMembers")(globals["me"], members);
  PyObject* result = PyEval_EvalCode(code.ptr(), globals.ptr(), globals.ptr());
  if (!result) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(result);
}

Result<Value> Core::evaluate(NodeId owner, const ParInfo* info, const std::string& expr,
                             std::span<const std::pair<std::string, Value>> names) {
  const py::gil_scoped_acquire gil;
  const auto place = [&] {
    const std::string path = network().path(owner);
    return info ? path + "." + info->name : path;
  };
  evaluating.emplace_back(owner, info ? info->name : std::string());
  try {
    const py::object result = run(owner, expr, names);
    evaluating.pop_back();
    Result<Value> value = to_value(result, info);
    if (value) return value;
    Error error = value.error();
    error.where = place();
    error.what += fmt::format(", from the expression '{}'", expr);
    return error;
  } catch (py::error_already_set& failure) {
    evaluating.pop_back();
    Error error = describe(failure, place());
    error.what += fmt::format(", in the expression '{}'", expr);
    return error;
  }
}

// The result of the function that an event names; null if there is no such function.
py::object Core::make_call(NodeId owner, NodeId dat, const Event& event) {
  const py::object function = find_callback(wrap(dat), event.callback);
  if (function.is_none()) return {};
  if (py::isinstance<py::tuple>(function)) return function[py::int_(0)];
  py::list arguments;
  if (event.owner_first) arguments.append(py::make_tuple("value", wrap(owner)));
  for (const Argument& argument : event.arguments) arguments.append(describe_argument(argument));
  return call_callback(function, arguments);
}

Result<std::optional<Value>> Core::callback(NodeId owner, NodeId dat, const Event& event) {
  const py::gil_scoped_acquire gil;
  const auto place = [&] { return network().path(dat); };
  const BlocksEnd blocks(network().edits());
  try {
    const py::object answer = make_call(owner, dat, event);
    if (!answer) return std::optional<Value>();
    if (!event.wants_reply) return std::optional<Value>(Value(std::string()));
    Result<Value> reply = to_value(answer, nullptr);
    if (reply) return std::optional<Value>(std::move(*reply));
    Error error = reply.error();
    error.where = place();
    error.what = fmt::format("{} returned something that cannot be used: {}", event.callback, error.what);
    return error;
  } catch (py::error_already_set& failure) {
    Error error = describe(failure, place());
    error.what += fmt::format(", in {}", event.callback);
    return error;
  }
}

Status Core::call(const char* function, const std::function<py::tuple()>& arguments) {
  const py::gil_scoped_acquire gil;
  const BlocksEnd blocks(network().edits());
  try {
    lifecycle.attr(function)(*arguments());
    return {};
  } catch (py::error_already_set& failure) {
    return describe(failure, {});
  }
}

Status Core::call(const char* function) {
  return call(function, [] { return py::tuple(); });
}

Error Core::describe(py::error_already_set& failure, std::string where) const {
  if (failure.matches(PyExc_SystemExit)) return {ErrorCode::stopped, "the script asked to stop", std::move(where), {}};
  try {
    const py::tuple parts =
        describe_failure(failure.value(), failure.trace() ? failure.trace() : py::object(py::none()));
    Error error = project_error(std::move(where), parts[0].cast<std::string>(), parts[2].cast<std::string>());
    if (const std::string line = parts[1].cast<std::string>(); !line.empty()) error.where = line;
    if (py::hasattr(failure.value(), "missing") && py::isinstance(failure.value(), error_class)) {
      error.code = ErrorCode(failure.value().attr("code").cast<int>());
      error.missing = failure.value().attr("missing").cast<bool>();
    }
    return error;
  } catch (py::error_already_set& second) {
    return project_error(std::move(where), fmt::format("{} (while describing it: {})", failure.what(), second.what()));
  }
}

}  // namespace cookline::python
