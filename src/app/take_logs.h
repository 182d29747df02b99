// What the verbs on takes share: the logs at a path, and lines on standard output.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "render/take_log.h"

namespace cookline::app {

using Json = nlohmann::ordered_json;

// The logs of the takes in a folder, or the one at a path.
Result<std::vector<TakeLog>> read_logs(const std::string& path);

// The only log at a path; a folder with several is an error that names them.
Result<TakeLog> one_log(const std::string& path);

// A line of JSON or of text on standard output.
void say(bool json, const Json& object, const std::string& text);

}  // namespace cookline::app
