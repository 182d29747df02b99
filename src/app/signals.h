// SIGINT and SIGTERM as a flag that the work in hand looks at, so that what it leaves is whole.
#pragma once
#include <atomic>

namespace cookline::app {

// From now on the first of these signals raises the flag, the second one ends the process at once. A file size limit
// becomes an error of the write.
void watch_signals();

// Raised: stop when the frame or picture in hand is done.
std::atomic<bool>& stop_flag();

}  // namespace cookline::app
