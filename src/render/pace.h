// How long a run still takes: frames that make pictures and frames that are only run through are timed apart.
#pragma once
#include <cstdint>

namespace cookline {

// How far a run has come.
struct Progress {
  double done = -1;    // in [0, 1]; below 0 if not known
  double left_s = -1;  // seconds; below 0 if not known
};

class Pace {
 public:
  // One more frame, which took so long; `made` if a picture of it was written.
  void frame(double seconds, bool made);
  // For so many frames of each kind; below 0 while nothing is known of frames that make pictures, but some are to
  // follow.
  double left_s(double frames_made, double frames_passed) const;

 private:
  struct Kind {
    double seconds = 0;
    std::int64_t frames = 0;
    double mean_s() const { return seconds / double(frames); }
  };
  Kind made_, passed_;
};

}  // namespace cookline
