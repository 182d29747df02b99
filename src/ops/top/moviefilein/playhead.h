// Movie File In TOP: where it stands in its file in a frame, and which pictures that means. Positions count pictures
// from the beginning of the trimmed range; a value less than a millionth below a whole number is taken for it.
#pragma once
#include <cstdint>
#include <vector>

#include "data/media.h"
#include "op/frame.h"
#include "ops/top/moviefilein/pars.h"

namespace cookline::moviefilein_op {

// The part of a file that is played: pictures [first, first + count).
struct Range {
  std::int64_t first = 0, count = 1;
};

// A position as a whole picture and what is beyond it, 0 <= part < 1.
struct Position {
  std::int64_t whole = 0;
  double part = 0;
};
Position position_at(double pictures);

// What values with units mean for a file.
class Scale {
 public:
  // `rate`: pictures per second as it is played, other than 0; `project`: frames per second.
  Scale(const MediaFacts& facts, Rate rate, Rate project, Indexing indexing)
      : facts_(facts), rate_(rate), project_(project), indexing_(indexing) {}

  // Pictures per second over frames per second.
  double pictures_per_frame() const;
  // The position of a frame, exactly: frame / project * rate, rounded down.
  Position locked(std::int64_t frame) const;
  // A length in pictures.
  double length(double value, Unit unit) const;
  // A place in the file; with Filename Based indexing an index is the number in a file's name.
  double place(double value, Unit unit) const;
  // The whole number of an index that no file has, although there are smaller and greater ones; else -1.
  std::int64_t missing_number(double value, Unit unit) const;

 private:
  const MediaFacts& facts_;
  Rate rate_, project_;
  Indexing indexing_;
};

// Trim Start to Trim End: an end in indices is the last picture, other ends are the moment at which it is over.
Range trimmed(const Pars& p, const Scale& scale, std::int64_t count);

// What is shown at a position: a picture of the file, or black, or nothing.
struct Shown {
  enum class What { picture, black, zero } what = What::picture;
  std::int64_t index = 0;  // in the file
  double weight = 1;
};

// The pictures at a position, with what Extend, Step Size, Loop Crossfade and Interpolate Frames make of it; weights
// add up to 1.
std::vector<Shown> pictures_at(const Pars& p, Position at, Range range, double crossfade);

// The playhead of Sequential.
struct Playhead {
  bool started = false, cued = false, plays = false;
  std::int64_t frame = 0;  // of which `at` tells
  double at = 0;           // position
  double from = 0;         // position in frame `since`, moving by `speed` pictures a frame from there
  std::int64_t since = 0;
  double speed = 0;
};

// The playhead one frame or more later (or in the same, if `before` is what it was at its beginning). `cue_point` is a
// position, `speed` in pictures a frame.
Playhead advanced(const Playhead& before, const Pars& p, std::int64_t frame, double cue_point, double speed,
                  Range range);

}  // namespace cookline::moviefilein_op
