// Between Python objects and the values of the engine.
#pragma once
#include <pybind11/pybind11.h>

#include "base/result.h"
#include "data/value.h"
#include "op/event.h"
#include "op/registry.h"

namespace cookline::python {

pybind11::object to_python(const Value& value);

// bool, int, float, str, paths, numbers of other libraries (numpy), and the td classes that stand for a value (OP its
// path, Par, Channel, Cell). None is empty text where `info` is not a number. Anything else is an error that names the
// type. Needs the GIL.
Result<Value> to_value(pybind11::handle object, const ParInfo* info);

// An argument of a callback as a tuple (kind, …) that the td package turns into the object users see.
pybind11::tuple describe_argument(const Argument& argument);

}  // namespace cookline::python
