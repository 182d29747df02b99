#include "ops/chop/timer/output.h"

#include <algorithm>

#include "base/text.h"

namespace cookline::timer_chop_op {
namespace {

// A menu of units as the ones it asks for, in its own order.
enum class Count { samples, frames, seconds };
std::vector<Count> wanted(CountUp menu) {
  if (menu == CountUp::off) return {};
  if (menu == CountUp::all) return {Count::samples, Count::frames, Count::seconds};
  return {Count(int(menu) - 1)};
}
std::vector<Count> wanted(CountDown menu) {
  if (menu == CountDown::off) return {};
  if (menu == CountDown::all) return {Count::seconds, Count::frames, Count::samples};
  return {Count(3 - int(menu))};
}

struct Writer {
  const Machine& m;
  Channels out;
  std::string index;  // behind the names of a parallel timer's channels

  void add(bool on, const std::string& name, double value) {
    if (on) out.channels.push_back({name + index, {value}});
  }
  template <class Menu>
  void count(Menu menu, const std::string& name, double frames) {
    for (Count c : wanted(menu)) {
      if (c == Count::samples) add(true, name + "_samples", m.schedule().samples(frames));
      if (c == Count::frames) add(true, name + "_frames", frames);
      if (c == Count::seconds) add(true, name + "_seconds", m.schedule().seconds(frames));
    }
  }
};

const Segment& segment_of(const Machine& m, const Lane& lane) {
  return m.schedule().segments[std::min(lane.segment, m.schedule().segments.size() - 1)];
}
bool runs(const Machine& m, const Lane& lane) { return m.s.phase == Phase::running && !lane.ended; }
bool is_over(const Machine& m, const Lane& lane) {
  return lane.ended && (m.s.phase == Phase::done || m.s.phase == Phase::running);
}

double eased(Interpolation how, double t) {
  switch (how) {
    case Interpolation::step:
      return 1;
    case Interpolation::linear:
      return t;
    case Interpolation::easein:
      return t * t;
    case Interpolation::easeout:
      return t * (2 - t);
    case Interpolation::easeinout:
      return t * t * (3 - 2 * t);
  }
  return t;
}

double cell_number(const Segment& s, std::size_t column) {
  if (column >= s.cells.size()) return 0;
  return parse_number(s.cells[column]).value_or(0);
}

// Columns of the table as channels. A segment goes from the value of the one before it to its own.
void custom_channels(Writer& w, const Lane& lane, double fraction) {
  const Schedule& schedule = w.m.schedule();
  const std::size_t i = std::min(lane.segment, schedule.segments.size() - 1);
  for (std::size_t c = 0; c < schedule.columns.size(); ++c) {
    if (!match_patterns(w.m.p.channelcolumns, schedule.columns[c])) continue;
    const double value = cell_number(schedule.segments[i], c);
    const double former = schedule.parallel || i == 0 ? value : cell_number(schedule.segments[i - 1], c);
    const double part = eased(w.m.p.interpolation, fraction);
    w.add(true, schedule.columns[c], part == 1 ? value : former + (value - former) * part);
  }
}

// What every timer has for itself.
void lane_channels(Writer& w, const Lane& lane) {
  const Machine& m = w.m;
  const Pars& p = m.p;
  const Segment& s = segment_of(m, lane);
  const double now = m.now(lane);
  const Place place = place_in_cycle(m, lane);
  const double fraction = is_over(m, lane) ? 1 : place.fraction();
  const double delay = is_over(m, lane) ? s.delay : runs(m, lane) ? lane.in_delay(s, now) : 0;
  w.add(p.outfraction, "timer_fraction", fraction);
  w.count(p.outtimercount, "timer", place.frames);
  w.add(p.outtimeractive, "timer_active", runs(m, lane) && lane.active);
  w.add(p.outtimerpulse, "timer_pulse", lane.cycle_end_frame == m.frame.index);
  w.add(p.outdelayfraction, "delay_fraction", s.delay > 0 ? delay / s.delay : lane.active || is_over(m, lane));
  w.count(p.outdelaycount, "delay", delay);
  w.add(p.outcycle, "cycles", double(lane.completed));
  w.add(p.outcyclepulse, "cycle_pulse", lane.cycle_end_frame == m.frame.index);
  w.add(p.outcycleplusfraction, "cycles_plus_fraction", double(lane.completed) + (is_over(m, lane) ? 0 : fraction));
  w.count(p.outlength, "length", s.length);
  w.count(p.outcumulativecount, "cumulative", lane.counted(m.schedule(), now));
  if (w.m.schedule().parallel)
    w.count(p.outrunningcount, "running", runs(m, lane) ? double(m.s.running.at(m.frame.index)) : 0);
  custom_channels(w, lane, fraction);
}

void segment_channels(Writer& w) {
  const Machine& m = w.m;
  const Pars& p = m.p;
  const auto plays = std::find_if(m.s.lanes.begin(), m.s.lanes.end(), [](const Lane& l) { return !l.ended; });
  const Lane none;
  const Lane& lane = plays != m.s.lanes.end() ? *plays : m.s.lanes.empty() ? none : m.s.lanes.back();
  const bool ended = std::any_of(m.s.lanes.begin(), m.s.lanes.end(),
                                 [&](const Lane& l) { return l.segment_end_frame == m.frame.index; });
  const double count = double(m.schedule().segments.size());
  w.add(p.outseg, "segment", double(lane.segment));
  w.add(p.outsegpulse, "segment_pulse", ended);
  w.add(p.outsegplusfraction, "segment_plus_fraction",
        m.s.phase == Phase::done ? count : double(lane.segment) + place_in_cycle(m, lane).fraction());
}

void show(const Machine& m) {
  const Lane none;
  const Lane& lane = m.s.lanes.empty() ? none : m.s.lanes.front();
  const Place place = place_in_cycle(m, lane);
  m.s.shown = {.frames_per_second = m.frame.rate.hz(),
               .sample_rate_hz = m.p.rate,
               .timer = place.frames,
               .fraction = is_over(m, lane) ? 1 : place.fraction(),
               .cumulative = lane.counted(m.schedule(), m.now(lane)),
               .playing = double(m.s.playing.at(m.frame.index)),
               .running = double(m.s.running.at(m.frame.index)),
               .master = m.master(),
               .length = m.schedule().total(),
               .segment = std::int64_t(lane.segment),
               .cycle = lane.cycle,
               .columns = {},
               .schedule = std::make_shared<const Schedule>(m.schedule())};
  for (std::size_t c = 0; c < m.schedule().columns.size(); ++c)
    if (match_patterns(m.p.infocolumns, m.schedule().columns[c]))
      m.s.shown.columns.emplace_back(m.schedule().columns[c], cell_number(segment_of(m, lane), c));
}

}  // namespace

Place place_in_cycle(const Machine& m, const Lane& lane) {
  const Segment& s = segment_of(m, lane);
  const double of = s.infinite ? 0 : s.length;
  if (is_over(m, lane)) return {s.infinite ? lane.in_cycle(s, m.now(lane)) : s.length, of};
  if (!runs(m, lane) || !lane.active) return {0, of};
  double frames = lane.in_cycle(s, m.now(lane)) + (m.p.runvalues == RunValues::one ? 1 : 0);
  if (!s.infinite) frames = std::min(frames, of);
  return {frames, of};
}

Channels output(const Machine& m) {
  show(m);
  const Pars& p = m.p;
  Writer w{m, {.rate_hz = m.frame.rate.hz(), .start = double(m.frame.index), .time_slice = true}, {}};
  const std::vector<Lane> idle(m.schedule().parallel ? m.schedule().segments.size() : 1);
  const std::vector<Lane>& lanes = m.s.lanes.empty() ? idle : m.s.lanes;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (m.schedule().parallel) w.index = std::to_string(i);
    Lane lane = lanes[i];
    if (m.schedule().parallel) lane.segment = i;
    lane_channels(w, lane);
  }
  w.index.clear();
  w.add(p.outinit, "initializing", m.s.phase == Phase::initializing);
  w.add(p.outready, "ready", m.s.phase == Phase::ready);
  w.add(p.outreadypulse, "ready_pulse", m.s.ready_frame == m.frame.index);
  w.add(p.outrunning, "running", m.s.phase == Phase::running);
  w.add(p.outdone, "done", m.s.phase == Phase::done);
  w.add(p.outdonepulse, "done_pulse", m.s.done_frame == m.frame.index);
  segment_channels(w);
  w.count(p.outplayingcount, "playing", double(m.s.playing.at(m.frame.index)));
  w.count(p.outrunningcount, "running", double(m.s.running.at(m.frame.index)));
  w.count(p.outmastercount, "master", m.master());
  return w.out;
}

}  // namespace cookline::timer_chop_op
