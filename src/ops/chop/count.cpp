// Count CHOP: counts how often a channel goes on and off.
#include <cmath>
#include <optional>

#include "op/op.h"
#include "ops/chop/support/units.h"

namespace cookline::count_chop_op {
namespace {

using chop::Unit;
enum class TriggerOn { increase, decrease };
enum class Limit { off, loop, clamp, loop_clamp, clamp_loop, zigzag };
enum class Action { none, inc, dec, inctime, dectime, reset };
enum class Condition { offtoon, on, ontooff, off };
constexpr MenuItem triggers[] = {{"increase", "Increasing Values"}, {"decrease", "Decreasing Values"}};
constexpr MenuItem limits[] = {{"off", "Off"},
                               {"loop", "Loop Min/Max"},
                               {"min", "Clamp Min/Max"},
                               {"lc", "Loop Min, Clamp Max"},
                               {"cl", "Clamp Min, Loop Max"},
                               {"zigzag", "Zigzag Min/Max"}};
constexpr MenuItem actions[] = {{"none", "None"},
                                {"inc", "Increase Count"},
                                {"dec", "Decrease Count"},
                                {"inctime", "Increase Count by Time"},
                                {"dectime", "Decrease Count by Time"},
                                {"reset", "Reset Count to Zero"}};
constexpr MenuItem conditions[] = {
    {"offtoon", "Off to On"}, {"on", "While On"}, {"ontooff", "On to Off"}, {"off", "While Off"}};
constexpr std::string_view inputs[] = {"Trigger", "Reset", "Increment Value"};

struct Pars {
  bool threshold = true;
  double threshup = 0, threshdown = 0, retrigger = 0;
  Unit retriggerunit = Unit::seconds;
  TriggerOn triggeron = TriggerOn::increase;
  Limit output = Limit::off;
  double limitmin = 0, limitmax = 1;
  Action offtoon = Action::inc, on = Action::none, ontooff = Action::none, off = Action::none;
  Condition resetcondition = Condition::offtoon;
  double resetvalue = 0;
  bool reset = false;
  Pulse resetpulse;
};
constexpr Par table[] = {
    par<&Pars::threshold>("threshold", "Release = Trigger Threshold")
        .on("Trigger")
        .help("The trigger threshold is also the release threshold."),
    par<&Pars::threshup>("threshup", "Trigger Threshold")
        .on("Trigger")
        .help("On begins when the value goes beyond this."),
    par<&Pars::threshdown>("threshdown", "Release Threshold")
        .on("Trigger")
        .help("On ends when the value is back at or behind this."),
    par<&Pars::retrigger>("retrigger", "Re-Trigger Delay")
        .on("Trigger")
        .at_least(0)
        .help("Time after a trigger in which no other counts."),
    par<&Pars::retriggerunit>("retriggerunit", "Re-Trigger Delay Unit")
        .on("Trigger")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::triggeron>("triggeron", "Trigger On")
        .on("Trigger")
        .items(triggers)
        .help("The direction in which the threshold is passed."),
    par<&Pars::output>("output", "Limit")
        .on("Count")
        .items(limits)
        .help("What happens at the ends of the range. A loop of 0 and 3 counts 0 1 2 3 0; a zigzag 0 1 2 3 2 1 0."),
    par<&Pars::limitmin>("limitmin", "Limit Minimum").on("Count").slider(0, 10).help("The least count."),
    par<&Pars::limitmax>("limitmax", "Limit Maximum").on("Count").slider(0, 10).help("The greatest count."),
    par<&Pars::offtoon>("offtoon", "Off to On").on("Count").items(actions).help("Done at the sample that triggers."),
    par<&Pars::on>("on", "While On").on("Count").items(actions).help("Done at each later sample while on."),
    par<&Pars::ontooff>("ontooff", "On to Off").on("Count").items(actions).help("Done at the sample that releases."),
    par<&Pars::off>("off", "While Off").on("Count").items(actions).help("Done at each other sample while off."),
    par<&Pars::resetcondition>("resetcondition", "Reset Condition")
        .on("Count")
        .items(conditions)
        .help("When the second input resets the counts; While On and While Off also hold them."),
    par<&Pars::resetvalue>("resetvalue", "Reset Value")
        .on("Count")
        .slider(0, 10)
        .help("The count after a reset, and at the start."),
    par<&Pars::reset>("reset", "Reset").on("Count").help("While on, the counts stay at Reset Value."),
    par<&Pars::resetpulse>("resetpulse", "Reset Pulse").on("Count").help("Sets the counts to Reset Value now."),
};

// One channel's count. Time is kept as a number of samples, so that it does not drift.
struct Counter {
  double units = 0;         // events
  double time_samples = 0;  // time, in samples; negative when counted down
  bool on = false;
  std::optional<std::int64_t> triggered;  // sample of the last trigger

  double value(double rate_hz) const { return units + time_samples / rate_hz; }
  void become(double v) { units = v, time_samples = 0; }
};
struct State {
  std::vector<Counter> counters;
  bool started = false, reset_on = false;
  std::int64_t frame = 0;
};

struct Limiter {
  Limit limit;
  double min, max;

  // After a step: `period` is how far a loop goes back, one more than the range for whole steps (0 … 3 are four
  // counts).
  void apply(Counter& c, double rate_hz, double period) const {
    const double v = c.value(rate_hz);
    const bool loop_low = limit == Limit::loop || limit == Limit::loop_clamp;
    const bool loop_high = limit == Limit::loop || limit == Limit::clamp_loop;
    if (limit == Limit::off || limit == Limit::zigzag || (v >= min && v <= max)) return;
    const bool loops = v < min ? loop_low : loop_high;
    if (loops && period > 0)
      c.units -= period * (v < min ? -std::ceil((min - v) / period) : std::ceil((v - max) / period));
    else
      c.become(v < min ? min : max);
  }
  // What is shown of a count; only a zigzag shows another value than is kept.
  double shown(double v) const {
    if (limit != Limit::zigzag) return v;
    const double range = max - min;
    if (range <= 0) return min;
    double phase = std::fmod(v - min, 2 * range);
    if (phase < 0) phase += 2 * range;
    return min + (phase <= range ? phase : 2 * range - phase);
  }
};

struct Step {  // what one sample does to all channels
  const Pars& p;
  Limiter limiter;
  double rate_hz;
  std::int64_t delay;  // samples
  bool time_passes;    // false when the frame is cooked again

  void act(Counter& c, Action action, double by) const {
    double period = limiter.max - limiter.min;
    switch (action) {
      case Action::none:
        return;
      case Action::inc:
        c.units += by, period += 1;
        break;
      case Action::dec:
        c.units -= by, period += 1;
        break;
      case Action::inctime:
        c.time_samples += by;
        break;
      case Action::dectime:
        c.time_samples -= by;
        break;
      case Action::reset:
        c.become(0);
        break;
    }
    limiter.apply(c, rate_hz, period);
  }
  bool is_on(double value, bool was_on) const {
    const double release = p.threshold ? p.threshup : p.threshdown;
    const double edge = was_on ? release : p.threshup;
    return p.triggeron == TriggerOn::increase ? value > edge : value < edge;
  }
  // `sample` counts on from the start; `held` is true while a reset holds.
  void count(Counter& c, double value, std::int64_t sample, double by, bool held) const {
    const bool was = c.on;
    c.on = is_on(value, was);
    if (held) return;
    if (c.on && !was) {
      if (c.triggered && sample - *c.triggered < delay) return;
      c.triggered = sample;
      act(c, p.offtoon, by);
    } else if (!c.on && was) {
      act(c, p.ontooff, by);
    } else if (time_passes) {
      act(c, c.on ? p.on : p.off, by);
    }
  }
};

double sample_at(const Channels& c, std::size_t channel, std::size_t sample) {
  const auto& samples = c.channels[channel].samples;
  return samples.empty() ? 0 : samples[std::min(sample, samples.size() - 1)];
}
double increment(const Channels* in, std::size_t channel, std::size_t sample) {
  if (!in || in->channels.empty()) return 1;
  return sample_at(*in, std::min(channel, in->channels.size() - 1), sample);
}

// Whether a sample of the reset input resets, and whether it also holds.
bool resets(const Pars& p, const Channels* in, std::size_t sample, State& s) {
  if (!in || in->channels.empty()) return false;
  const bool on = sample_at(*in, 0, sample) != 0, was = s.reset_on;
  s.reset_on = on;
  switch (p.resetcondition) {
    case Condition::offtoon:
      return on && !was;
    case Condition::on:
      return on;
    case Condition::ontooff:
      return !on && was;
    case Condition::off:
      return !on;
  }
  return false;
}

// Runs the samples of the input through the counters.
Channels run(const Pars& p, const Inputs<Channels>& in, const Step& step, State& s, std::int64_t first_sample) {
  const Channels& trigger = *in[0];
  Channels out = trigger;
  for (std::size_t i = 0; i < trigger.length(); ++i) {
    const bool by_input = resets(p, in[1], i, s);
    const bool holds =
        p.reset || (by_input && (p.resetcondition == Condition::on || p.resetcondition == Condition::off));
    for (std::size_t c = 0; c < trigger.channels.size(); ++c) {
      Counter& counter = s.counters[c];
      if (holds || by_input || (p.resetpulse.pressed && i == 0)) counter.become(p.resetvalue);
      step.count(counter, sample_at(trigger, c, i), first_sample + std::int64_t(i), increment(in[2], c, i), holds);
      out.channels[c].samples[i] = step.limiter.shown(counter.value(step.rate_hz));
    }
  }
  return out;
}

Result<Channels> cook(Cook&, const Pars& p, const Inputs<Channels>& in, const Frame& frame, State& s) {
  if (!in[0]) return Channels{.rate_hz = frame.rate.hz()};
  const Channels& trigger = *in[0];
  // One sample is this frame's; several that are no time slice are a curve, counted from its beginning.
  const bool live = trigger.time_slice || trigger.length() <= 1;
  const double rate_hz = live ? frame.rate.hz() * double(std::max<std::size_t>(1, trigger.length())) : trigger.rate_hz;
  const bool first = !s.started;
  if (!live) s = {};
  s.started = true;
  for (std::size_t c = s.counters.size(); c < trigger.channels.size(); ++c) {
    s.counters.emplace_back().become(p.resetvalue);
  }
  s.counters.resize(trigger.channels.size());
  const std::int64_t delay = std::llround(chop::to_samples(p.retrigger, p.retriggerunit, frame.rate, rate_hz));
  Step step{p, {p.output, p.limitmin, p.limitmax}, rate_hz, delay, !live || !frame.again};
  if (first && live) {
    // What is on at the start has not gone on: the first sample only tells the state.
    for (std::size_t c = 0; c < trigger.channels.size() && trigger.length(); ++c)
      s.counters[c].on = step.is_on(sample_at(trigger, c, 0), false);
    if (in[1] && !in[1]->channels.empty()) s.reset_on = sample_at(*in[1], 0, 0) != 0;
    step.time_passes = false;
  }
  return run(p, in, step, s, live ? frame.index * std::int64_t(trigger.length()) : 0);
}

}  // namespace
}  // namespace cookline::count_chop_op

namespace cookline {

const OpDef& count_chop() {
  using namespace count_chop_op;
  static const OpDef op =
      Define<Pars, table>(Family::CHOP, "countCHOP", "Count", "Counts how often a channel goes on and off.")
          .inputs(1, 3, inputs)
          .rename_pars()
          .cook<&cook>();
  return op;
}

}  // namespace cookline
