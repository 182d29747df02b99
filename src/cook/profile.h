// Where the time of a run goes, by operator. Measured only where CookCounts::timed is set.
#pragma once
#include <chrono>
#include <string>
#include <utility>

#include "cook/pixels.h"

namespace cookline {

// Times what an operator does on the thread that runs the script phase, without what it causes others to do: times of
// all operators add up to at most the time of the run.
class ProfileScope {
 public:
  enum class Work { cook, script, others };
  // `path()` is called only if the time is asked for.
  template <class Path>
  ProfileScope(CookCounts& counts, Work work, const Path& path) : counts_(counts), work_(work) {
    if (!counts.timed) return;
    running_ = true;
    path_ = path();
    parent_ = std::exchange(counts.scope, this);
    start_ = std::chrono::steady_clock::now();
  }
  ~ProfileScope();
  ProfileScope(const ProfileScope&) = delete;
  ProfileScope& operator=(const ProfileScope&) = delete;

 private:
  CookCounts& counts_;
  Work work_;
  bool running_ = false;
  std::string path_;
  ProfileScope* parent_ = nullptr;
  std::chrono::steady_clock::time_point start_;
  double nested_s_ = 0;
};

}  // namespace cookline
