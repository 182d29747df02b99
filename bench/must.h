// What benchmarks share.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <type_traits>

#include "base/result.h"

namespace cookline {

// A benchmark that cannot be set up ends the program: there is nothing to measure.
template <class R>
auto must(R result) {
  if (!result) {
    std::fprintf(stderr, "bench: %s\n", to_string(result.error()).c_str());
    std::exit(1);
  }
  if constexpr (!std::is_same_v<R, Status>) return *result;
}

}  // namespace cookline
