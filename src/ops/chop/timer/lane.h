// Timer CHOP: one walk through segments. A serial timer has one lane that goes from segment to segment, parallel timers
// have a lane for each. What happens at an exact time happens in the whole frame nearest to it.
#pragma once
#include <cstdint>

#include "ops/chop/timer/schedule.h"

namespace cookline::timer_chop_op {

// Timer time as a line through one exact point; it is laid anew only when the speed changes.
struct TimeLine {
  double origin = 0;
  std::int64_t frame = 0;
  double speed = 0;  // timer frames a frame

  double at(std::int64_t f) const;
  void set_speed(double s, std::int64_t f);
  void move(double by) { origin += by; }
};

// What is told of a lane's walk, in the order in which it happens.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void segment_enter(std::size_t segment, bool interrupt) = 0;
  virtual void segment_exit(std::size_t segment, bool interrupt) = 0;
  virtual void timer_pulse(std::size_t segment) = 0;  // the delay is over
  virtual void cycle_start(std::size_t segment, std::int64_t cycle) = 0;
  // `next`: the segment that plays behind the cycle; `done`: none does.
  virtual void cycle_end_alert(std::size_t segment, std::int64_t cycle, std::size_t next, bool done,
                               bool interrupt) = 0;
  virtual void cycle(std::size_t segment, std::int64_t cycle) = 0;
};

// Whether an exact time has come: at the nearest whole frame, or between frames when `now` is there itself.
bool is_due(double exact, double now);
// Times that miss a whole frame by rounding alone are that frame.
double snapped(double frames);

struct Lane {
  std::size_t segment = 0;
  double base = 0;         // timer time at which the segment began; exact, not rounded
  std::int64_t cycle = 0;  // that plays
  bool active = false;     // its delay is over
  bool alerted = false, ended = false;
  std::int64_t last_cycle = -1;  // the segment ends after this one
  std::int64_t completed = 0;    // cycles of the segment
  double waited = 0;             // timer time spent in delays that are over
  TimeLine time;
  double delay = 0, length = 0;  // of the segment when last looked at
  std::int64_t cycle_end_frame = -1, segment_end_frame = -1;

  // Frames since the delay began, of the delay, and since the cycle began; all exact.
  double since_begin(double now) const { return now - base; }
  double in_delay(const Segment& s, double now) const;
  double in_cycle(const Segment& s, double now) const;
  // Timer time at which a cycle begins; exact.
  double cycle_begin(const Segment& s, std::int64_t c) const { return base + s.delay + double(c) * s.length; }
  // Place in master time.
  double master(const Schedule& schedule, double now) const;
  // Timer time that was counted and not waited.
  double counted(const Schedule& schedule, double now) const;
};

// Begins at the first segment of the lane.
void begin_lane(Lane& lane, std::size_t segment, std::int64_t frame, Reporter& out);

// Lets everything happen that is due at timer time `now`. Error: far too much happens in one frame.
Status advance(Lane& lane, const Schedule& schedule, double now, std::int64_t frame, Reporter& out);

// Ends the cycle and its segment, or only the segment, at `now`, as the user asks for.
void interrupt(Lane& lane, const Schedule& schedule, double now, std::int64_t frame, bool completes_cycle,
               Reporter& out);

// Puts a lane at a master time; that of parallel timers stays in its segment.
void jump(Lane& lane, const Schedule& schedule, double target, double now, Reporter& out);
// Puts it at the beginning of a segment.
void jump_to_segment(Lane& lane, std::size_t segment, double now, Reporter& out);

}  // namespace cookline::timer_chop_op
