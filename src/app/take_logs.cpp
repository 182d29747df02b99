#include "app/take_logs.h"

#include <fmt/format.h>

#include <cstdio>

namespace cookline::app {
namespace fs = std::filesystem;

Result<std::vector<TakeLog>> read_logs(const std::string& path) {
  Result<std::vector<fs::path>> paths = find_take_logs(path);
  if (!paths) return paths.error();
  std::vector<TakeLog> logs;
  for (const fs::path& each : *paths) {
    Result<TakeLog> log = read_take_log(each);
    if (!log) return log.error();
    logs.push_back(std::move(*log));
  }
  return logs;
}

Result<TakeLog> one_log(const std::string& path) {
  Result<std::vector<TakeLog>> logs = read_logs(path);
  if (!logs) return logs.error();
  if (logs->size() == 1) return std::move(logs->front());
  std::vector<std::string> names;
  for (const TakeLog& log : *logs) names.push_back(log.path.filename().string());
  return usage_error(path, fmt::format("there are {} takes: {}", names.size(), fmt::join(names, ", ")),
                     "name one of them");
}

void say(bool json, const Json& object, const std::string& text) {
  fmt::print("{}\n", json ? object.dump(-1, ' ', false, Json::error_handler_t::replace) : text);
}

}  // namespace cookline::app
