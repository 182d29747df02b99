// Timer CHOP: its states (ready, running, done …) and what moves it from one to the next.
#pragma once
#include <memory>
#include <optional>

#include "ops/chop/timer/callbacks.h"
#include "ops/chop/timer/lane.h"

namespace cookline::timer_chop_op {

enum class Phase { idle, initializing, ready, running, done };

// Counts frames while it is going.
struct FrameCounter {
  std::int64_t base = 0, since = 0;
  bool going = false;
  std::int64_t at(std::int64_t frame) const { return base + (going ? frame - since : 0); }
  void go(bool on, std::int64_t frame) {
    if (on != going) base = at(frame), since = frame, going = on;
  }
};

// Numbers for Info CHOPs and Python, as of the last cook.
struct Shown {
  double frames_per_second = 60, sample_rate_hz = 60;
  double timer = 0, fraction = 0, cumulative = 0, playing = 0, running = 0, master = 0, length = 0;  // frames
  std::int64_t segment = 0, cycle = 0;
  std::vector<std::pair<std::string, double>> columns;  // of the current segment's row
  std::shared_ptr<const Schedule> schedule;
};

struct State {
  Phase phase = Phase::idle;
  std::vector<Lane> lanes;
  TimeLine clock;  // timer time at the speed of the parameter: master time of parallel timers
  double clock_base = 0;
  FrameCounter running, playing;
  std::int64_t ready_frame = -1, done_frame = -1, while_frame = -1;

  // Initialising: calls of onInitialize so far, the frame of the last, whether its answer is awaited, the next call.
  std::int64_t calls = 0, call_frame = 0, next_call = 0;
  bool awaits_reply = false, starts_then = false;

  bool inputs_known = false, input_on[2] = {};
  bool held = false;                 // at the end of a sub-range
  std::optional<double> external;    // the master time that was last given from outside
  std::optional<Schedule> deferred;  // what Initialize found, with Defer Par Changes
  Shown shown;
};

// Everything one cook works with.
struct Machine {
  Cook& cook;
  const Pars& p;
  const Inputs<Channels>& in;
  const Frame& frame;
  const Schedule& found;  // by the parameters as they are now
  State& s;
  Callbacks& call;

  // Does what the parameters and inputs ask for and lets time pass up to this frame.
  Status run();

  double now(const Lane& lane) const { return lane.time.at(frame.index); }
  double master() const;
  // What runs: with Defer Par Changes, what the last Initialize found.
  const Schedule& schedule() const { return p.deferpars && s.deferred ? *s.deferred : found; }

 private:
  bool begin_initialize();
  void poll_initialize();
  void become_ready();
  void start(std::int64_t since);
  void initialize(bool starts);
  void triggers(bool& initializes, bool& starts);
  Status follow_external();
  void place(double target, Reporter& out);
  void fit_lanes();
  void jumps();
  void interrupt_all(bool completes_cycle);
  bool sub_range();
  Status walk(bool interrupted);
  bool all_ended() const;
  void finish(bool interrupt);
  void go_on();
  bool listens() const;
  bool driven() const { return p.timecontrol != TimeControl::sequential; }
};

}  // namespace cookline::timer_chop_op
