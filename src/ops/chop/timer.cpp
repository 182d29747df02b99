// Timer CHOP: runs timed processes and calls functions when something happens in them.
#include <algorithm>

#include "op/op.h"
#include "ops/chop/timer/table.h"

namespace cookline::timer_chop_op {
namespace {

enum class Phase { idle, ready, running, done };
struct State {
  Phase phase = Phase::idle;
  std::int64_t start = 0;  // frame of Start
  int cycle = 0;
  std::int64_t ready_frame = -1, done_frame = -1, cycle_frame = -1;
};

Event event(std::string name, std::vector<Argument> arguments = {}) { return {std::move(name), std::move(arguments)}; }
SegmentArgument whole() { return {{{"index", std::int64_t(0)}}}; }

void initialize(Cook& cook, const Frame& frame, State& s) {
  s = {.phase = Phase::ready, .ready_frame = frame.index};
  cook.emit(event("onInitialize", {std::int64_t(1)}));
  cook.emit(event("onReady"));
}

void start(Cook& cook, const Frame& frame, State& s) {
  if (s.phase != Phase::ready) initialize(cook, frame, s);
  s.phase = Phase::running, s.start = frame.index;
  cook.emit(event("onStart"));
  cook.emit(event("onTimerPulse", {whole()}));
}

void finish(Cook& cook, const Frame& frame, State& s) {
  s.phase = Phase::done, s.done_frame = frame.index;
  cook.emit(event("onDone", {whole(), false}));
}

// Frame boundaries of cycles are those of the exact sums of lengths, so that cycles do not drift.
std::int64_t boundary(const Pars& p, const Frame& frame, int cycles) {
  return chop::whole_frames(double(cycles) * chop::to_frames(p.length, p.lengthunits, frame.rate, p.rate));
}

void advance(Cook& cook, const Pars& p, const Frame& frame, State& s) {
  const std::int64_t elapsed = frame.index - s.start;
  while (s.phase == Phase::running && p.lengthtype == LengthType::fixed && elapsed >= boundary(p, frame, s.cycle + 1)) {
    s.cycle += 1, s.cycle_frame = frame.index;
    if (p.cycle) cook.emit(event("onCycle", {whole(), std::int64_t(s.cycle - 1)}));
    const bool again = p.cycle && (!p.cyclelimit || s.cycle < p.maxcycles) && boundary(p, frame, 1) > 0;
    if (!again) finish(cook, frame, s);
  }
}

Result<Channels> cook(Cook& cook, const Pars& p, const Frame& frame, State& s) {
  if (p.initialize.pressed) initialize(cook, frame, s);
  if (p.start.pressed) {
    if (s.phase != Phase::ready) s.phase = Phase::idle;
    start(cook, frame, s);
  }
  if (s.phase == Phase::running) advance(cook, p, frame, s);
  Channels out{.rate_hz = frame.rate.hz(), .start = double(frame.index), .time_slice = true};
  const auto add = [&](bool on, const char* name, double value) {
    if (on) out.channels.push_back({name, {value}});
  };
  const double from = double(boundary(p, frame, s.cycle)), to = double(boundary(p, frame, s.cycle + 1));
  const double elapsed = s.phase == Phase::running ? double(frame.index - s.start) - from : 0;
  const double fraction = s.phase == Phase::done ? 1 : to > from ? elapsed / (to - from) : 0;
  add(p.outfraction, "timer_fraction", fraction);
  add(p.outready, "ready", s.phase == Phase::ready);
  add(p.outreadypulse, "ready_pulse", s.ready_frame == frame.index);
  add(p.outrunning, "running", s.phase == Phase::running);
  add(p.outdone, "done", s.phase == Phase::done);
  add(p.outdonepulse, "done_pulse", s.done_frame == frame.index);
  add(p.outcycle, "cycles", s.cycle);
  add(p.outcyclepulse, "cycle_pulse", s.cycle_frame == frame.index);
  return out;
}

}  // namespace
}  // namespace cookline::timer_chop_op

namespace cookline {

const OpDef& timer_chop() {
  using namespace timer_chop_op;
  static const OpDef op =
      Define<Pars, table>(Family::CHOP, "timerCHOP", "Timer", "Runs timed processes.").inputs(0, 2).cook<&cook>();
  return op;
}

}  // namespace cookline
