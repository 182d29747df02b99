// Timer CHOP: runs timed processes and calls functions when something happens in them.
#include "base/text.h"
#include "op/op.h"
#include "ops/chop/timer/output.h"
#include "ops/chop/timer/output_rows.h"
#include "ops/chop/timer/timing_rows.h"
#include "ops/support/rows.h"

namespace cookline::timer_chop_op {
namespace {

constexpr auto table = join_rows(timing_rows, output_rows);
constexpr std::string_view input_labels[] = {"Initialize", "Start"};

// Once a frame, for every timer that counts then.
void call_while_active(const Machine& m) {
  if (m.s.phase != Phase::running || !m.p.play || m.s.while_frame == m.frame.index) return;
  m.s.while_frame = m.frame.index;
  for (const Lane& lane : m.s.lanes)
    if (lane.active && !lane.ended) m.call.while_active(lane.segment, lane.cycle, place_in_cycle(m, lane).fraction());
}

Result<Channels> cook(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, State& s) {
  const auto found = make_schedule(cook, p, in.at(p.segdat), frame.rate);
  if (!found) return found.error();
  Callbacks call(cook, &*found, !p.callbacks.path.empty());
  Machine machine{cook, p, in, frame, *found, s, call};
  if (Status status = machine.run(); !status) return status.error();
  call_while_active(machine);
  return output(machine);
}

std::vector<std::pair<std::string, double>> numbers(const Pars&, const State& s) {
  const Shown& n = s.shown;
  std::vector<std::pair<std::string, double>> list = {
      {"frames_timer", n.timer},     {"frames_segment", n.timer}, {"frames_cumulative", n.cumulative},
      {"frames_running", n.running}, {"fraction", n.fraction},    {"segment", double(n.segment)},
      {"cycle", double(n.cycle)}};
  const auto add = [&](const std::string& name, double frames) {
    list.emplace_back(name + "Frames", frames);
    list.emplace_back(name + "Seconds", frames / n.frames_per_second);
    list.emplace_back(name + "Samples", frames / n.frames_per_second * n.sample_rate_hz);
  };
  add("cumulative", n.cumulative), add("master", n.master), add("playing", n.playing);
  add("running", n.running), add("runningLength", n.length);
  list.emplace_back("masterFraction", n.length > 0 ? n.master / n.length : 0);
  list.emplace_back("runningFraction", n.length > 0 ? n.running / n.length : 0);
  list.insert(list.end(), n.columns.begin(), n.columns.end());
  return list;
}

std::vector<SegmentArgument> segments(const State& s) {
  std::vector<SegmentArgument> list;
  if (s.shown.schedule)
    for (std::size_t i = 0; i < s.shown.schedule->segments.size(); ++i)
      list.push_back(describe_segment(*s.shown.schedule, i));
  return list;
}

}  // namespace
}  // namespace cookline::timer_chop_op

namespace cookline {

const OpDef& timer_chop() {
  using namespace timer_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "timerCHOP", "Timer", "Runs timed processes.")
                              .inputs(0, 2, input_labels)
                              .cook<&cook>()
                              .info<&numbers>()
                              .parts<&segments>();
  return op;
}

}  // namespace cookline
