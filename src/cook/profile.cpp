#include "cook/profile.h"

namespace cookline {

ProfileScope::~ProfileScope() {
  if (!running_) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  counts_.scope = parent_;
  if (parent_) parent_->nested_s_ += seconds;
  if (work_ == Work::others) return;
  const std::lock_guard lock(counts_.mutex);
  OperatorTime& time = counts_.times[path_];
  if (work_ == Work::script) {
    time.script_s += seconds - nested_s_;
    return;
  }
  ++time.calls, ++time.cooks;
  time.cook_s += seconds - nested_s_;
}

}  // namespace cookline
