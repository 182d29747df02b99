// The Python files of this layer as they are inside the program: compiled by the build, so that nothing is read or
// compiled at run time.
#pragma once
#include <span>
#include <string_view>

namespace cookline::python {

struct EmbeddedModule {
  std::string_view name;  // "td._par"
  std::string_view code;  // marshalled code object of the embedded Python's version
};
std::span<const EmbeddedModule> embedded_modules();

}  // namespace cookline::python
