// Timer CHOP: what there is to run, as numbers of frames: its segments, from the parameters or from a table.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "op/cook.h"
#include "ops/chop/timer/pars.h"

namespace cookline::timer_chop_op {

// One timer. Times are in frames and not rounded: only the places of events are, each from the exact sum before it.
struct Segment {
  double start = 0;  // master time at which its delay begins
  double delay = 0, length = 0, alert = 0;
  double speed = 1;
  bool infinite = false;  // never ends
  bool cycle = false, cycle_limit = false;
  int max_cycles = 1;
  std::vector<std::string> cells;  // its row of the table

  // How often it runs; nothing: without end.
  std::optional<std::int64_t> cycles() const;
  // Its part of master time, delay included. Cycles without end count once.
  double span() const { return delay + double(cycles().value_or(1)) * length; }
};

struct Schedule {
  std::vector<Segment> segments;     // at least one
  std::vector<std::string> columns;  // headings of the table, empty without one
  bool parallel = false, from_table = false;
  std::optional<double> end;   // master time at which all is over whatever the segments do
  bool waits_for_end = false;  // what ends before `end` waits for it
  Rate rate;
  double sample_rate_hz = 60;

  double total() const;  // master time of all; infinite if it never ends
  double seconds(double frames) const { return frames * double(rate.den) / double(rate.num); }
  double samples(double frames) const { return seconds(frames) * sample_rate_hz; }
};

// Errors name the parameter, row and column, and the value found there.
Result<Schedule> make_schedule(const Cook& cook, const Pars& p, const Table* segments, const Rate& rate);

}  // namespace cookline::timer_chop_op
