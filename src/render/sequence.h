// The verb `render`: any TOP as a sequence of images or as a movie, for a list of frames.
#pragma once
#include "render/run.h"

namespace cookline {

struct SequenceMovie {
  MovieSettings settings;  // rate and channels of its sound are those of the CHOP
  NodeId sound;            // whose channels are the sound; no node: none
};

struct SequenceOptions {
  std::vector<std::int64_t> frames;
  std::string file;                    // as Movie File Out's File, without a suffix; may be empty
  std::string names;                   // or a NamePattern in which project and date have been replaced
  std::int64_t take = 0;               // N in the suffix
  std::optional<SequenceMovie> movie;  // which `names` is the name of; none: images
  ImageFileType type = ImageFileType::png;
  EncodeOptions encode;
};

// Runs the script phase of every frame from 0 on (states need each of them) and writes N.frame.ext for those in the
// list. Pictures are cooked for listed frames only, unless feedback needs every one.
Result<RunResult> render_sequence(Run& run, NodeId top, const SequenceOptions& options);

}  // namespace cookline
