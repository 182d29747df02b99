#include "render/pace.h"

namespace cookline {

void Pace::frame(double seconds, bool made) {
  Kind& kind = made ? made_ : passed_;
  kind.seconds += seconds;
  ++kind.frames;
}

double Pace::left_s(double frames_made, double frames_passed) const {
  if (frames_made > 0 && made_.frames == 0) return -1;
  double seconds = frames_made > 0 ? frames_made * made_.mean_s() : 0;
  // A frame that makes no picture takes no longer than one that does.
  if (frames_passed > 0 && passed_.frames > 0)
    seconds += frames_passed * passed_.mean_s();
  else if (frames_passed > 0 && made_.frames > 0)
    seconds += frames_passed * made_.mean_s();
  return seconds;
}

}  // namespace cookline
