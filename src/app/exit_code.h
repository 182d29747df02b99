// From Result to the process's exit code: 0 done, 1 failed, 2 usage, 3 stopped early, 4 the project is wrong, 5 not
// verified.
#pragma once
#include "base/result.h"

namespace cookline::app {

// Prints the error to stderr, as text or as one JSON line, and gives its exit code.
int report(const Error& error, bool json);

}  // namespace cookline::app
