// The verb `render`: any TOP as a sequence of images, for a list of frames.
#pragma once
#include "render/run.h"

namespace cookline {

struct SequenceOptions {
  std::vector<std::int64_t> frames;
  std::string file;       // as Movie File Out's File, without a suffix; may be empty
  std::string names;      // or a NamePattern in which project and date have been replaced
  std::int64_t take = 0;  // N in the suffix
  ImageFileType type = ImageFileType::png;
  EncodeOptions encode;
};

// Runs the script phase of every frame from 0 on (states need each of them) and writes N.frame.ext for those in the
// list. Pictures are cooked for listed frames only, unless feedback needs every one.
Result<RunResult> render_sequence(Run& run, NodeId top, const SequenceOptions& options);

}  // namespace cookline
