// The names of all images of a `render`, known and judged before its first frame.
#pragma once
#include <filesystem>
#include <span>
#include <string>

#include "render/file_name.h"
#include "render/name_pattern.h"
#include "render/sequence.h"

namespace cookline {

class TakeNames {
 public:
  // Errors, all before anything is written: of the pattern; two frames of one name; a name outside of the output
  // folder; a file that exists and must stay; a log there that is of another take.
  static Result<TakeNames> plan(Run& run, NodeId top, const SequenceOptions& options,
                                std::span<const std::int64_t> frames);
  // What is known of an image of the take without its picture.
  Result<WrittenImage> image(std::int64_t frame) const;

 private:
  Status use_pattern(Run& run, NodeId top, const SequenceOptions& options);
  Result<std::string> name(std::int64_t frame) const;
  std::string suffix(std::int64_t frame) const;
  std::string movie_suffix() const;
  Status check_log(const Run& run) const;
  Status check_names(const Run& run, std::span<const std::int64_t> frames) const;

  OutputFolder folder_;
  std::string sink_, file_, extension_;
  std::int64_t take_ = 0;
  bool movie_ = false;  // one file for all frames
  Rate rate_;
  NamePattern pattern_;          // of the file's name; empty: the usual names
  std::filesystem::path below_;  // the folder of the pattern, in the output folder
  std::filesystem::path log_;
};

}  // namespace cookline
