// The verb `record`: presses Record on a component (or on a Movie File Out itself) and runs frames until it has
// stopped.
#pragma once
#include "render/run.h"

namespace cookline {

struct RecordOptions {
  int takes = 1;
  std::optional<std::int64_t> frames;  // turn Record off after this many frames of each take
};

// Runs prime(), then take after take; the network's scripts decide when each ends. The frame counter goes on from take
// to take. Errors: there is no Record parameter; a take that nothing can end (no --frames, and Record never changes)
// runs until it is stopped.
Result<RunResult> record(Run& run, NodeId target, const RecordOptions& options);

// The parameter that record presses: a custom parameter called Record, or the sink's own.
Result<std::string> record_parameter(const Network& network, NodeId target);

}  // namespace cookline
