// What the user sees while a verb works: a progress bar on a terminal, a line an image otherwise, JSON lines for
// machines.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "render/run.h"

namespace cookline::app {

// "36.3 kB", "1.0 MB", "2.15 GB".
std::string bytes_text(std::uint64_t bytes);

class Console {
 public:
  Console(bool json, bool quiet);

  LogSink sink();                         // warnings and notes
  void image(const WrittenImage& image);  // one is on disk
  void progress(const Progress& now);
  // Lines of text on standard output.
  void print(const std::string& lines);
  // The last words: images, seconds, images/s, bytes, the contact sheet; in JSON also how often each picture was
  // cooked.
  void summary(const RunResult& result, const std::string& folder, const std::string& sheet,
               const std::map<std::string, std::int64_t>& cooks);
  // Some of the images written so far, no movies, evenly chosen, in order of take and index; the first and the last are
  // among them.
  std::vector<std::string> files() const;
  // The movies written so far, at most 64, and how many pictures each has.
  std::vector<std::pair<std::string, std::int64_t>> movies() const;
  std::int64_t images() const { return images_; }
  // Of all threads.
  double encode_s() const { return encode_s_; }
  // Of the last file; empty if there is none.
  std::string folder() const { return folder_; }

 private:
  void draw_bar();
  void print_progress();
  void clear_bar();

  const bool json_, quiet_, bar_;
  mutable std::mutex mutex_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), drawn_{};
  std::int64_t images_ = 0;
  std::uint64_t bytes_ = 0;
  double encode_s_ = 0;
  std::string folder_;
  Progress progress_;
  bool bar_shown_ = false;
  struct Sample {
    std::int64_t take, index;
    std::string path;
  };
  std::vector<Sample> samples_;  // for the contact sheet: at most 64, thinned out evenly
  Sample last_{};
  std::vector<std::pair<std::string, std::int64_t>> movies_;
  std::int64_t sample_every_ = 1;
};

}  // namespace cookline::app
