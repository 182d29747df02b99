// Tells the thread sanitizer that one thread hands memory to another, where it cannot see that itself: oneTBB's library
// is not built with it. Without the sanitizer these functions are nothing. COOKLINE_THREAD_SANITIZER is defined by
// cmake/compiler.cmake.
#pragma once

#ifdef COOKLINE_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace cookline {

// Everything that this thread has done so far ...
inline void hand_over([[maybe_unused]] const void* place) {
#ifdef COOKLINE_THREAD_SANITIZER
  __tsan_release(const_cast<void*>(place));
#endif
}

// ... is done before anything that a thread does from here on.
inline void take_over([[maybe_unused]] const void* place) {
#ifdef COOKLINE_THREAD_SANITIZER
  __tsan_acquire(const_cast<void*>(place));
#endif
}

}  // namespace cookline
