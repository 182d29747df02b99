// What would cook for a picture and how: read from the network alone, without running any of its Python. Expressions
// are read as text, so an operator that one refers to under a made-up name is not seen.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cook/engine.h"
#include "render/media_report.h"

namespace cookline {

// fixed: the same in every frame. per_frame: any frame in any order. stateful: remembers; every frame once, in order.
// external: depends on what is not in the network (the clock, the system, the network of computers).
enum class TimeClass { fixed, per_frame, stateful, external };
// "static", "per frame", "stateful", "external".
std::string_view time_class_name(TimeClass time);

struct PlannedOp {
  NodeId id;
  std::string path, type;
  TimeClass time = TimeClass::fixed;
  std::string why;     // "absTime.seconds in period"; empty for static operators
  std::string device;  // why its last digits are those of a device: "runs a shader"; empty: it is the same everywhere
};

struct PlannedProblem {
  std::string where, what;
  bool fatal = false;  // the picture cannot be rendered
};

// How frames can be given to several processes.
enum class Split {
  any,     // any frames in any order
  script,  // each process runs the script phase (not the pictures) from the first frame to its own
  none     // pictures need the pictures before them
};

struct PlannedSink {
  NodeId id;
  std::string path, type;
  std::optional<Engine::PictureInfo> picture;  // as far as it does not depend on expressions
  std::vector<std::string> size_expressions;   // parameters with expressions that its size or format depends on
  std::vector<PlannedOp> ops;                  // all that it needs, itself first
  std::vector<PlannedMedium> media;            // files that those read
  std::vector<PlannedProblem> problems;
  Split split = Split::any;
  std::vector<std::string> split_because;  // paths with reasons
};

// Plans the picture of a TOP. Replaces the engine's hooks for the time of the call: expressions give the constant under
// them. Missing operators, files and unknown types are problems of the result.
PlannedSink plan_report(Engine& engine, NodeId top);

}  // namespace cookline
