// Conversions between Python objects and engine values; numbers of the C types first, because every expression ends
// here.
#include "script/convert.h"

#include <fmt/format.h>

namespace cookline::python {

namespace py = pybind11;

py::object to_python(const Value& value) {
  if (auto* d = std::get_if<double>(&value)) return py::float_(*d);
  if (auto* i = std::get_if<std::int64_t>(&value)) return py::int_(*i);
  if (auto* b = std::get_if<bool>(&value)) return py::bool_(*b);
  return py::str(std::get<std::string>(value));
}

namespace {

Error wrong_type(py::handle object, const ParInfo* info) {
  const std::string type = Py_TYPE(object.ptr())->tp_name;
  const bool number = info && info->is_number();
  return project_error({}, fmt::format("the Python value is of type {}", type),
                       number ? "a number is needed here" : "a number, text or an operator is needed here");
}

// What is not one of Python's own types: numbers of libraries, paths.
Result<Value> foreign_value(py::handle object, const ParInfo* info) {
  if (py::hasattr(object, "_td_value")) return to_value(object.attr("_td_value")(), info);
  if (PyIndex_Check(object.ptr()))
    return to_value(py::reinterpret_steal<py::object>(PyNumber_Index(object.ptr())), info);
  if (py::hasattr(object, "__float__")) return to_value(py::float_(py::reinterpret_borrow<py::object>(object)), info);
  if (py::hasattr(object, "__fspath__")) return to_value(object.attr("__fspath__")(), info);
  return wrong_type(object, info);
}

}  // namespace

Result<Value> to_value(py::handle object, const ParInfo* info) {
  PyObject* o = object.ptr();
  if (PyFloat_Check(o)) return Value(PyFloat_AS_DOUBLE(o));
  if (PyBool_Check(o)) return Value(o == Py_True);
  if (PyLong_Check(o)) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(o, &overflow);
    if (!overflow) return Value(std::int64_t(number));
    return Value(PyLong_AsDouble(o));
  }
  if (PyUnicode_Check(o)) return Value(std::string(py::reinterpret_borrow<py::str>(object)));
  if (o == Py_None) {
    if (info && info->is_number()) return project_error({}, "the Python value is None", "a number is needed here");
    return Value(std::string());
  }
  return foreign_value(object, info);
}

namespace {

py::list to_list(const ListArgument& list) {
  py::list out;
  for (const Value& item : list.items) out.append(to_python(item));
  return out;
}

struct Describe {
  py::tuple operator()(const Value& value) const { return py::make_tuple("value", to_python(value)); }
  py::tuple operator()(const ChannelArgument& a) const { return py::make_tuple("channel", a.op, a.channel); }
  py::tuple operator()(const ParArgument& a) const { return py::make_tuple("par", a.op, a.par); }
  py::tuple operator()(const SegmentArgument& a) const {
    py::dict members;
    for (const auto& [name, value] : a.members) members[py::str(name)] = to_python(value);
    return py::make_tuple("segment", members);
  }
  py::tuple operator()(const TableArgument& a) const {
    if (!a.former) return py::make_tuple("op", a.op);
    py::list rows;
    for (const auto& row : a.former->rows) rows.append(py::cast(row));
    return py::make_tuple("former", a.op, a.former->is_table, rows, a.former->text);
  }
  py::tuple operator()(const ListArgument& a) const { return py::make_tuple("value", to_list(a)); }
  py::tuple operator()(const CellArgument& a) const {
    py::list cells;
    for (const auto& [row, column] : a.cells) cells.append(py::make_tuple(row, column));
    return py::make_tuple("cells", a.op, cells);
  }
  py::tuple operator()(const std::vector<std::pair<ParArgument, Value>>& changes) const {
    py::list list;
    for (const auto& [par, former] : changes) list.append(py::make_tuple(par.op, par.par, to_python(former)));
    return py::make_tuple("changes", list);
  }
  py::tuple operator()(const std::vector<std::pair<std::string, ListArgument>>& lists) const {
    py::dict members;
    for (const auto& [name, list] : lists) members[py::str(name)] = to_list(list);
    return py::make_tuple("info", members);
  }
};

}  // namespace

py::tuple describe_argument(const Argument& argument) { return std::visit(Describe{}, argument); }

}  // namespace cookline::python
