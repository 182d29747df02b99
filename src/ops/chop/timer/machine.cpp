#include "ops/chop/timer/machine.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ops/chop/timer/external.h"

namespace cookline::timer_chop_op {
namespace {

// What a jump of the whole timer keeps of a lane's past.
void keep_pulses(std::vector<Lane>& lanes, const std::vector<Lane>& former) {
  for (std::size_t i = 0; i < std::min(lanes.size(), former.size()); ++i)
    lanes[i].cycle_end_frame = former[i].cycle_end_frame, lanes[i].segment_end_frame = former[i].segment_end_frame;
}

bool first_sample_on(const Channels* in) {
  return in && !in->channels.empty() && !in->channels[0].samples.empty() && in->channels[0].samples.back() > 0;
}

}  // namespace

double Machine::master() const {
  if (s.lanes.empty()) return 0;
  if (schedule().parallel) return s.clock.at(frame.index) - s.clock_base;
  return s.lanes[0].master(schedule(), now(s.lanes[0]));
}

void Machine::initialize(bool starts) {
  s.calls = 0, s.starts_then = starts;
  if (!begin_initialize()) become_ready();
}

// Calls onInitialize; true if its answer has to be awaited.
bool Machine::begin_initialize() {
  s.phase = Phase::initializing;
  if (s.calls == 0 && p.deferpars) s.deferred = found;
  call.use(&schedule());
  s.calls += 1, s.call_frame = p.timecontrol == TimeControl::lock ? 0 : frame.index;
  s.awaits_reply = call.enabled();
  call.initialize(s.calls);
  return s.awaits_reply;
}

void Machine::become_ready() {
  s.phase = Phase::ready, s.ready_frame = frame.index, s.awaits_reply = false;
  s.lanes.clear();
  s.running = s.playing = {};
  s.external.reset(), s.held = false;
  call.ready();
  // The run began in the frame in which it was asked for, although the answer came later.
  if (s.starts_then) start(s.call_frame);
}

// onInitialize answers with a number of frames after which to call it again, or with nothing more to do.
void Machine::poll_initialize() {
  if (s.phase != Phase::initializing) return;
  if (s.awaits_reply) {
    const auto reply = cook.services.take_reply("onInitialize");
    const std::int64_t wait = reply ? to_int(*reply) : 0;
    s.awaits_reply = false;
    if (wait <= 0) return become_ready();
    s.next_call = s.call_frame + wait;
  }
  if (frame.index >= s.next_call && !begin_initialize()) become_ready();
}

void Machine::start(std::int64_t since) {
  s.phase = Phase::running, s.starts_then = false, s.held = false;
  s.running = s.playing = {0, since, false};
  const std::vector<Lane> former = std::exchange(s.lanes, {});
  Silence silence;
  s.lanes.resize(schedule().parallel ? schedule().segments.size() : 1);
  for (std::size_t i = 0; i < s.lanes.size(); ++i) begin_lane(s.lanes[i], i, since, silence);
  keep_pulses(s.lanes, former);
  s.clock = {0, since, 0}, s.clock_base = 0;
  call.start();
  if (p.subrange) place(chop::to_frames(p.substart, p.substartunits, frame.rate, p.rate), silence);
  for (const Lane& lane : s.lanes) {
    call.segment_enter(lane.segment, false);
    if (!lane.active) continue;
    call.timer_pulse(lane.segment);
    call.cycle_start(lane.segment, lane.cycle);
  }
  if (p.subrange) call.subrange_start();
  const Frame begin{since, frame.rate, false};
  Machine{cook, p, in, begin, found, s, call}.go_on();
}

// Whether the inputs are looked at in this state.
bool Machine::listens() const {
  if (p.active == Active::always) return true;
  return s.phase == Phase::running && (p.active == Active::running || p.play);
}

// Parameters and rising inputs that initialise and start. What is locked to the timeline only follows it.
void Machine::triggers(bool& initializes, bool& starts) {
  bool rising[2];
  for (int i = 0; i < 2; ++i) {
    const bool on = first_sample_on(in.wired() > i ? in[i] : nullptr);
    rising[i] = s.inputs_known && listens() && on && !s.input_on[i];
    s.input_on[i] = on;
  }
  s.inputs_known = true;
  const bool locked = p.timecontrol == TimeControl::lock;
  initializes = !locked && (p.initialize.pressed || rising[0]);
  starts = !locked && (p.start.pressed || rising[1]);
}

// Time from outside: initialises, starts and moves the timer as that time says.
Status Machine::follow_external() {
  const auto time = external_time(cook, p, in, frame, schedule().total());
  if (!time) return time.error();
  const bool offsets = p.timecontrol != TimeControl::lock;
  const double init_at = offsets ? chop::to_frames(p.extinitoff, Unit::seconds, frame.rate, p.rate) : 0;
  const double start_at = offsets ? chop::to_frames(p.extstartoff, Unit::seconds, frame.rate, p.rate) : 0;
  const double target = *time - start_at;
  const bool began = s.phase == Phase::running || s.phase == Phase::done;
  const bool turned_back = s.phase == Phase::done && s.external && target < *s.external && target < schedule().total();
  if (s.phase == Phase::idle && *time >= init_at)
    initialize(target >= 0);
  else if (s.phase == Phase::ready && target >= 0)
    start(frame.index);
  else if ((began && target < 0) || turned_back)
    initialize(target >= 0);
  if (s.phase != Phase::running) return {};
  const double step = target - s.external.value_or(0);
  if (step < 0) place(target, call);
  s.external = target;
  if (step <= 0) return {};
  s.clock.origin += step;
  for (Lane& lane : s.lanes) lane.time.origin += step;
  return {};
}

// A table that has changed may have fewer or more segments than there are lanes for.
void Machine::fit_lanes() {
  const std::size_t count = schedule().segments.size();
  const std::size_t former = s.lanes.size();
  s.lanes.resize(schedule().parallel ? count : 1);
  Silence silence;
  for (std::size_t i = former; i < s.lanes.size(); ++i) {
    begin_lane(s.lanes[i], i, frame.index, silence);
    s.lanes[i].time = s.clock, s.lanes[i].base = s.clock_base;
  }
  for (Lane& lane : s.lanes) {
    if (lane.segment < count) continue;
    lane.segment = count - 1, lane.ended = true, lane.base = now(lane);
  }
}

// Puts the timer at a master time. Parallel timers keep their own segments, so each lane goes there by itself.
void Machine::place(double target, Reporter& out) {
  s.held = false;
  s.clock_base = s.clock.at(frame.index) - target;
  for (Lane& lane : s.lanes) {
    if (!schedule().parallel) {
      jump(lane, schedule(), target, now(lane), out);
      continue;
    }
    const std::size_t segment = lane.segment;
    const TimeLine time = lane.time;
    const Lane former = lane;
    Silence silence;
    begin_lane(lane, segment, frame.index, silence);
    lane.time = time, lane.base = now(lane) - target;
    lane.waited =
        now(lane) - former.counted(schedule(), now(lane)) - std::min(target, schedule().segments[segment].delay);
    lane.cycle_end_frame = former.cycle_end_frame, lane.segment_end_frame = former.segment_end_frame;
  }
}

void Machine::interrupt_all(bool completes_cycle) {
  for (Lane& lane : s.lanes) interrupt(lane, schedule(), now(lane), frame.index, completes_cycle, call);
}

// The pulses, the cue and Python's goTo that move the timer from where it is.
void Machine::jumps() {
  Lane& lane = s.lanes.front();
  if (p.cue || p.cuepulse.pressed) {
    const double whole = schedule().total();
    const double point = p.cueunits == Unit::fraction ? (std::isfinite(whole) ? p.cuepoint * whole : 0)
                                                      : chop::to_frames(p.cuepoint, p.cueunits, frame.rate, p.rate);
    if (master() != point) place(point, call);
  }
  if (const auto target = cook.services.take_reply("goTo"))
    place(std::clamp(to_double(*target), 0.0, schedule().total()), call);
  if (p.gotoprevseg.pressed && !schedule().parallel)
    jump_to_segment(lane, lane.segment > 0 ? lane.segment - 1 : 0, now(lane), call);
  if (p.gotonextseg.pressed) interrupt_all(false);
  if (p.gotoendcycle.pressed) interrupt_all(true);
  if (p.exitendcycle.pressed)
    for (Lane& each : s.lanes) each.last_cycle = each.cycle;
}

// Holds or loops at the end of the sub-range; true while it holds.
bool Machine::sub_range() {
  if (!p.subrange) return s.held = false;
  const double from = chop::to_frames(p.substart, p.substartunits, frame.rate, p.rate);
  const double to = chop::to_frames(p.subend, p.subendunits, frame.rate, p.rate);
  const double at = s.clock.at(frame.index), place_now = master();
  const double line = schedule().parallel ? at : now(s.lanes[0]);
  if (!is_due(line - place_now + to, line)) return s.held = false;
  if (p.subendaction == SubEnd::pause || to <= from) {
    if (place_now != to) place(to, call);
    return s.held = true;
  }
  place(from + std::fmod(place_now - to, to - from), call);
  call.subrange_start();
  return false;
}

bool Machine::all_ended() const {
  return std::all_of(s.lanes.begin(), s.lanes.end(), [](const Lane& lane) { return lane.ended; });
}

Status Machine::walk(bool interrupted) {
  if (sub_range()) return {};
  for (Lane& lane : s.lanes)
    if (Status status = advance(lane, schedule(), now(lane), frame.index, call); !status)
      return cook.error("", status.error().what, status.error().hint);
  const bool end_reached = schedule().end && is_due(*schedule().end, master());
  if (schedule().end ? end_reached && (all_ended() || !schedule().waits_for_end) : all_ended()) finish(interrupted);
  return {};
}

void Machine::finish(bool interrupted) {
  for (Lane& lane : s.lanes) {
    const Segment& segment = schedule().segments[lane.segment];
    if (!lane.ended) call.segment_exit(lane.segment, interrupted);
    if (!lane.ended) lane.completed = segment.cycles().value_or(lane.cycle + 1), lane.segment_end_frame = frame.index;
    if (!lane.ended) {
      if (!lane.active) lane.waited += lane.since_begin(now(lane));
      lane.ended = true, lane.base = now(lane);
    }
    if (!schedule().parallel) lane.segment = schedule().segments.size() - 1;
  }
  s.phase = Phase::done, s.done_frame = frame.index;
  call.done(s.lanes.back().segment, interrupted);
  // What follows the timeline cannot begin again by itself.
  if (driven()) return;
  if (p.ondone == OnDone::reinit || p.ondone == OnDone::restart)
    initialize(p.ondone == OnDone::restart);
  else if (p.ondone == OnDone::restartnoinit)
    start(frame.index);
}

// Sets how time passes from this frame on. TD differs: changes of Play, Speed and Cue count from the frame after the
// one they are made in, so that what was shown in a frame stays true.
void Machine::go_on() {
  const bool counts = p.active != Active::never && (p.active != Active::playing || p.play);
  const bool runs = s.phase == Phase::running && counts;
  const bool plays = runs && p.play && !p.cue && !s.held && !driven();
  s.running.go(runs, frame.index);
  s.playing.go(runs && p.play && !p.cue, frame.index);
  s.clock.set_speed(plays ? std::max(0.0, p.speed) : 0, frame.index);
  for (Lane& lane : s.lanes)
    lane.time.set_speed(plays ? std::max(0.0, schedule().segments[lane.segment].speed) : 0, frame.index);
}

Status Machine::run() {
  call.use(&schedule());
  if (p.active == Active::never) return go_on(), Status();
  bool initializes = false, starts = false;
  triggers(initializes, starts);
  if (starts && s.phase == Phase::ready && !initializes) {
    start(frame.index);
  } else if (initializes || (starts && s.phase != Phase::initializing)) {
    initialize(starts);
  } else {
    s.starts_then |= starts;
    poll_initialize();
  }
  if (driven())
    if (Status status = follow_external(); !status) return status;
  if (s.phase != Phase::running) cook.services.take_reply("goTo");  // there is nowhere to go
  if (s.phase == Phase::running) {
    fit_lanes();
    if (!driven()) jumps();
    if (p.gotodone.pressed && !driven())
      finish(true);
    else if (!p.cue || driven())
      if (Status status = walk(all_ended()); !status) return status;
    // On Done may have started it again: what begins at once, begins in this frame.
    if (s.phase == Phase::running && s.done_frame == frame.index && !p.cue)
      if (Status status = walk(all_ended()); !status) return status;
  }
  go_on();
  return {};
}

}  // namespace cookline::timer_chop_op
