// Threads: a loop over independent items, and how many threads the process uses. Results must not depend on either.
#pragma once
#include <cstdint>
#include <functional>

namespace cookline {

// Calls body(i) for every i in [0, count), on all threads in no particular order, and returns when all are done.
// Body must not throw.
void parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body);

// Limits the threads used from now on; 0 means every core this process may use (affinity and cgroup respected).
void set_thread_limit(int threads);
int thread_limit();

}  // namespace cookline
