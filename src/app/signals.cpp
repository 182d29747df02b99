#include "app/signals.h"

#include <csignal>

namespace cookline::app {
namespace {

extern "C" void on_stop_signal(int) { stop_flag() = true; }

}  // namespace

// The one thing a signal handler may touch.
std::atomic<bool>& stop_flag() {
  static std::atomic<bool> flag{false};
  return flag;
}

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  action.sa_flags = SA_RESETHAND;  // whatever a script is doing
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGXFSZ, SIG_IGN);
}

}  // namespace cookline::app
