#include "app/exit_code.h"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

namespace cookline::app {

int report(const Error& error, bool json) {
  if (json) {
    const nlohmann::ordered_json line = {{"event", "error"},
                                         {"code", int(error.code)},
                                         {"where", error.where},
                                         {"what", error.what},
                                         {"hint", error.hint}};
    fmt::print(stderr, "{}\n", line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    fmt::print(stderr, "error: {}\n", to_string(error));
  }
  return int(error.code);
}

}  // namespace cookline::app
