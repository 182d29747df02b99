// Where warnings and progress go: a function given by the program. Layers below app hand lines to it and print nothing.
#pragma once
#include <functional>
#include <string>

namespace cookline {

enum class LogLevel { debug, info, warning, error };

struct LogLine {
  LogLevel level = LogLevel::info;
  std::string where;  // operator path, file:line:column, or empty
  std::string text;
};

using LogSink = std::function<void(const LogLine&)>;

}  // namespace cookline
