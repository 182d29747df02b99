#include "ops/chop/timer/lane.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cookline::timer_chop_op {
namespace {

constexpr int most_events = 100000;  // in one frame of one lane

std::optional<std::int64_t> cycles_of(const Lane& lane, const Segment& s) {
  if (lane.last_cycle >= 0) return lane.last_cycle + 1;
  return s.cycles();
}

bool is_last_cycle(const Lane& lane, const Segment& s) {
  const auto cycles = cycles_of(lane, s);
  return cycles && lane.cycle + 1 >= *cycles;
}
bool has_next(const Lane& lane, const Schedule& schedule) {
  return !schedule.parallel && lane.segment + 1 < schedule.segments.size();
}

void alert(Lane& lane, const Schedule& schedule, bool leaves, bool interrupted, Reporter& out) {
  lane.alerted = true;
  const bool next = leaves && has_next(lane, schedule);
  out.cycle_end_alert(lane.segment, lane.cycle, lane.segment + (next ? 1 : 0), leaves && !next, interrupted);
}

void start_cycle(Lane& lane, std::int64_t cycle, Reporter& out) {
  lane.cycle = cycle, lane.alerted = false;
  out.cycle_start(lane.segment, cycle);
}

// A segment begins at timer time `base`.
void enter(Lane& lane, std::size_t segment, double base, bool interrupted, Reporter& out) {
  lane.segment = segment, lane.base = base;
  lane.cycle = 0, lane.completed = 0, lane.last_cycle = -1;
  lane.active = lane.alerted = false;
  lane.delay = lane.length = -1;
  out.segment_enter(segment, interrupted);
}

// The segment is over; `end` is the exact timer time at which it was.
void leave(Lane& lane, const Schedule& schedule, double end, std::int64_t frame, bool interrupted, Reporter& out) {
  lane.segment_end_frame = frame;
  out.segment_exit(lane.segment, interrupted);
  if (has_next(lane, schedule)) {
    enter(lane, lane.segment + 1, end, interrupted, out);
  } else {
    lane.ended = true, lane.base = end;
  }
}

void complete_cycle(Lane& lane, std::int64_t frame, Reporter& out) {
  lane.completed = lane.cycle + 1, lane.cycle_end_frame = frame;
  out.cycle(lane.segment, lane.cycle);
}

// Parameters that change while a segment runs move its end, not the place it is at.
void follow_changes(Lane& lane, const Segment& s) {
  if (lane.delay >= 0 && lane.active)
    lane.base += (lane.delay - s.delay) + double(lane.cycle) * (lane.length - s.length);
  lane.delay = s.delay, lane.length = s.length;
}

// One step of the walk; false when nothing is due.
bool step(Lane& lane, const Schedule& schedule, double now, std::int64_t frame, Reporter& out) {
  const Segment& s = schedule.segments[lane.segment];
  follow_changes(lane, s);
  if (!lane.active) {
    if (!is_due(lane.cycle_begin(s, 0), now)) return false;
    lane.active = true, lane.waited += s.delay;
    out.timer_pulse(lane.segment);
    start_cycle(lane, 0, out);
  }
  if (s.infinite) return false;
  const double end = s.delay + double(lane.cycle + 1) * s.length;
  if (!lane.alerted && is_due(lane.base + end - s.alert, now))
    alert(lane, schedule, is_last_cycle(lane, s), false, out);
  if (!is_due(lane.base + end, now)) return false;
  complete_cycle(lane, frame, out);
  if (is_last_cycle(lane, s))
    leave(lane, schedule, lane.base + end, frame, false, out);
  else
    start_cycle(lane, lane.cycle + 1, out);
  return !lane.ended;
}

}  // namespace

double snapped(double frames) {
  const double whole = std::round(frames);
  return std::abs(frames - whole) <= 1e-9 * std::max(1.0, std::abs(whole)) ? whole : frames;
}

bool is_due(double exact, double now) {
  return now >= std::min(exact, std::round(snapped(exact))) || now >= snapped(exact);
}

double TimeLine::at(std::int64_t f) const { return snapped(origin + double(f - frame) * speed); }

void TimeLine::set_speed(double s, std::int64_t f) {
  if (s == speed) return;
  origin = at(f), frame = f, speed = s;
}

double Lane::in_delay(const Segment& s, double now) const {
  return active ? s.delay : std::clamp(snapped(now - base), 0.0, s.delay);
}
double Lane::in_cycle(const Segment& s, double now) const {
  return active ? std::max(0.0, snapped(now - cycle_begin(s, cycle))) : 0;
}

double Lane::master(const Schedule& schedule, double now) const {
  const Segment& s = schedule.segments[segment];
  if (ended) return snapped(s.start + s.span() + (now - base));
  const double repeated = s.cycles() ? 0 : double(cycle) * s.length;
  return snapped(s.start + since_begin(now) - repeated);
}

double Lane::counted(const Schedule& schedule, double now) const {
  const Segment& s = schedule.segments[segment];
  const double waiting = active || ended ? 0 : std::min(since_begin(now), s.delay);
  const double idle = ended ? now - base : 0;
  return snapped(now - waited - waiting - idle);
}

void begin_lane(Lane& lane, std::size_t segment, std::int64_t frame, Reporter& out) {
  lane = {};
  lane.time.frame = frame;
  enter(lane, segment, 0, false, out);
}

Status advance(Lane& lane, const Schedule& schedule, double now, std::int64_t frame, Reporter& out) {
  for (int i = 0; i < most_events; ++i)
    if (lane.ended || !step(lane, schedule, now, frame, out)) return {};
  return project_error({}, fmt::format("more than {} cycles end in one frame", most_events),
                       "lengthen the cycle or lower the speed");
}

void interrupt(Lane& lane, const Schedule& schedule, double now, std::int64_t frame, bool completes_cycle,
               Reporter& out) {
  if (lane.ended) return;
  if (completes_cycle) {
    if (!lane.alerted) alert(lane, schedule, true, true, out);
    complete_cycle(lane, frame, out);
  }
  if (!lane.active) lane.waited += lane.since_begin(now);
  leave(lane, schedule, now, frame, true, out);
}

void jump_to_segment(Lane& lane, std::size_t segment, double now, Reporter& out) {
  if (!lane.active || lane.ended) lane.waited += lane.since_begin(now);
  if (!lane.ended) out.segment_exit(lane.segment, true);
  lane.ended = false;
  enter(lane, segment, now, true, out);
}

void jump(Lane& lane, const Schedule& schedule, double target, double now, Reporter& out) {
  std::size_t to = 0;
  while (to + 1 < schedule.segments.size() && target >= schedule.segments[to + 1].start) ++to;
  if (to != lane.segment || lane.ended)
    jump_to_segment(lane, to, now, out);
  else if (!lane.active)
    lane.waited += lane.since_begin(now);
  const Segment& s = schedule.segments[to];
  lane.base = now - (target - s.start);
  lane.active = false, lane.cycle = 0;
  if (!is_due(lane.cycle_begin(s, 0), now)) {
    // Still in the delay: what will be waited from here on is only the rest of it.
    lane.waited -= lane.since_begin(now);
    return;
  }
  lane.active = true, lane.delay = s.delay, lane.length = s.length;
  if (s.length <= 0 || s.infinite) return;
  const std::int64_t most = s.cycles() ? *s.cycles() - 1 : std::int64_t(1) << 40;
  lane.cycle = std::clamp<std::int64_t>(std::int64_t((lane.since_begin(now) - s.delay) / s.length), 0, most);
  if (lane.cycle < most && is_due(lane.cycle_begin(s, lane.cycle + 1), now)) ++lane.cycle;
  if (lane.cycle > 0 && !is_due(lane.cycle_begin(s, lane.cycle), now)) --lane.cycle;
  lane.completed = lane.cycle;
  lane.alerted = s.alert > 0 && now > lane.cycle_begin(s, lane.cycle + 1) - s.alert;
}

}  // namespace cookline::timer_chop_op
