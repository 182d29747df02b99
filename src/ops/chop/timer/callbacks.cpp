#include "ops/chop/timer/callbacks.h"

#include <algorithm>
#include <cctype>

namespace cookline::timer_chop_op {
namespace {

// Columns that say something about the timer; all others are custom.
constexpr std::string_view known_columns[] = {"begin", "delay",      "length",    "speed",
                                              "cycle", "cyclelimit", "maxcycles", "cycleendalert"};

// A heading as a Python name: "my col" becomes my_col.
std::string python_name(std::string name) {
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) name.insert(name.begin(), '_');
  return name;
}

using Members = std::vector<std::pair<std::string, Value>>;
void add_time(Members& members, const std::string& name, double frames, const Schedule& schedule) {
  members.emplace_back(name + "Seconds", schedule.seconds(frames));
  members.emplace_back(name + "Samples", schedule.samples(frames));
  members.emplace_back(name + "Frames", frames);
}

}  // namespace

SegmentArgument describe_segment(const Schedule& schedule, std::size_t segment) {
  const Segment& s = schedule.segments[segment];
  SegmentArgument a;
  Members& m = a.members;
  m.emplace_back("index", std::int64_t(segment));
  add_time(m, "length", s.length, schedule);
  add_time(m, "delay", s.delay, schedule);
  add_time(m, "begin", s.start + s.delay, schedule);
  m.emplace_back("speed", s.speed);
  m.emplace_back("cycle", s.cycle);
  m.emplace_back("cycleLimit", s.cycle_limit);
  m.emplace_back("maxCycles", std::int64_t(s.max_cycles));
  add_time(m, "cycleEndAlert", s.alert, schedule);
  for (std::size_t c = 0; c < std::min(schedule.columns.size(), s.cells.size()); ++c) {
    const std::string& name = schedule.columns[c];
    m.emplace_back("row." + python_name(name), s.cells[c]);
    if (std::find(std::begin(known_columns), std::end(known_columns), name) == std::end(known_columns))
      m.emplace_back("custom." + name, s.cells[c]);
  }
  return a;
}

void Callbacks::emit(const char* name, std::vector<Argument> arguments) {
  if (enabled_) cook_.emit({name, std::move(arguments)});
}

void Callbacks::initialize(std::int64_t call_count) {
  if (enabled_) cook_.emit({"onInitialize", {call_count}, true, true});
}
void Callbacks::while_active(std::size_t segment, std::int64_t cycle, double fraction) {
  if (enabled_) emit("whileTimerActive", {argument(segment), cycle, fraction});
}
void Callbacks::done(std::size_t segment, bool interrupt) {
  if (enabled_) emit("onDone", {argument(segment), interrupt});
}

// Segments are entered and left where a table gives them; cycles begin and end where the segment cycles.
void Callbacks::segment_enter(std::size_t segment, bool interrupt) {
  if (enabled_ && schedule_->from_table) emit("onSegmentEnter", {argument(segment), interrupt});
}
void Callbacks::segment_exit(std::size_t segment, bool interrupt) {
  if (enabled_ && schedule_->from_table) emit("onSegmentExit", {argument(segment), interrupt});
}
void Callbacks::timer_pulse(std::size_t segment) {
  if (enabled_) emit("onTimerPulse", {argument(segment)});
}
void Callbacks::cycle_start(std::size_t segment, std::int64_t cycle) {
  if (enabled_ && schedule_->segments[segment].cycle) emit("onCycleStart", {argument(segment), cycle});
}
void Callbacks::cycle_end_alert(std::size_t segment, std::int64_t cycle, std::size_t next, bool done, bool interrupt) {
  if (enabled_) emit("onCycleEndAlert", {argument(segment), cycle, argument(next), done, interrupt});
}
void Callbacks::cycle(std::size_t segment, std::int64_t cycle) {
  if (enabled_ && schedule_->segments[segment].cycle) emit("onCycle", {argument(segment), cycle});
}

}  // namespace cookline::timer_chop_op
