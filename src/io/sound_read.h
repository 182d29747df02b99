// The sound of audio files and of movies, decoded by FFmpeg.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/result.h"
#include "data/sound.h"
#include "io/used_files.h"

namespace cookline {

// The first audio stream of a file, whole, without what a codec puts before it. Of a movie sample 0 is the time of the
// first picture, by the file's time stamps: where the sound begins later there is silence, what comes before is left
// out. Errors: no sound, none after the first picture, no decoder for it, damaged, changes of rate or channels in
// between, more than 2^28 samples of all channels.
Result<Sound> read_sound(const std::filesystem::path& path);

// Sounds that are open, each once. Thread-safe.
class SoundPool {
 public:
  // What is opened is noted in `used`, if that is given.
  explicit SoundPool(std::shared_ptr<UsedFiles> used = nullptr) : used_(std::move(used)) {}
  // What is open stays as it was found, until it is asked for with a larger `generation`. Errors: those of
  // read_sound(); not there (`missing` is set).
  Result<SoundHandle> open(const std::filesystem::path& path, int generation = 0);

 private:
  std::shared_ptr<UsedFiles> used_;
  std::mutex mutex_;
  std::map<std::filesystem::path, std::pair<int, SoundHandle>> open_;
};

}  // namespace cookline
