#include "base/parallel.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <memory>
#include <mutex>

#include "base/limits.h"
#include "base/thread_sanitizer.h"

namespace cookline {
namespace {

// oneTBB's own limit is process-wide state; this is its one owner. Guarded by `mutex`.
struct Limit {
  std::mutex mutex;
  int threads = 0;
  std::unique_ptr<tbb::global_control> control;
};
Limit& limit() {
  static Limit instance;
  return instance;
}

}  // namespace

void set_thread_limit(int threads) {
  Limit& l = limit();
  std::lock_guard lock(l.mutex);
  l.threads = threads > 0 ? threads : usable_cores();
  l.control.reset();
  l.control = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism, l.threads);
}

int thread_limit() {
  Limit& l = limit();
  std::lock_guard lock(l.mutex);
  return l.threads ? l.threads : usable_cores();
}

void parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body) {
  if (count == 1) return body(0);
  hand_over(&body);
  tbb::parallel_for(std::int64_t(0), count, [&body](std::int64_t i) {
    take_over(&body);
    body(i);
    hand_over(&body);
  });
  take_over(&body);
}

}  // namespace cookline
