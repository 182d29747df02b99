// Built for the oldest processors and run before anything else: a processor below the baseline gets a sentence, not
// SIGILL.
#include <unistd.h>

#include <cstring>

namespace {

void require_baseline(int, char**, char**) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma")) return;
  const char text[] =
      "error: this processor lacks AVX2, BMI2 or FMA (x86-64-v3), which Cookline needs; processors since 2013 to 2015 "
      "have them\n";
  [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
  _exit(1);
}

}  // namespace

// .preinit_array runs before the constructors of any library.
__attribute__((section(".preinit_array"), used)) static void (*const require_baseline_entry)(int, char**,
                                                                                             char**) = require_baseline;
