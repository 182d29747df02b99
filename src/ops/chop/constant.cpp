// Constant CHOP: channels with the values of its parameters.
#include <cmath>

#include "data/channel_names.h"
#include "op/op.h"
#include "ops/chop/support/units.h"

namespace cookline::constant_chop_op {
namespace {

using chop::Unit;
constexpr MenuItem extends[] = {
    {"hold", "Hold"}, {"slope", "Slope"}, {"cycle", "Cycle"}, {"mirror", "Mirror"}, {"default", "Default Value"}};
constexpr std::string_view inputs[] = {"Snapshot Input", "Active"};

struct Block {
  std::string name;
  double value = 0;
  bool operator==(const Block&) const = default;
};
struct Pars {
  std::vector<Block> consts = {{"chan1", 0}};
  Pulse snap;
  int first = 0;
  bool current = false;
  bool single = true;
  double start = 0;
  Unit startunit = Unit::samples;
  double end = 599;
  Unit endunit = Unit::samples;
  double rate = 60;
  Extend left = Extend::hold, right = Extend::hold;
  double defval = 0;
};
constexpr Par block_rows[] = {
    par<&Block::name>("name", "Name").help("Name of the channel, or a pattern of several: t[xyz]. Empty: no channel."),
    par<&Block::value>("value", "Value").slider(-1, 1).help("Value of the channel."),
};
constexpr Par table[] = {
    sequence<&Pars::consts>("const", "Constant", block_rows).on("Constant").blocks_at_least(1).help("Channels."),
    // TD differs: TouchDesigner writes the snapshot into the parameters; here it stands in for them until one is
    // edited.
    par<&Pars::snap>("snap", "Snapshot Input")
        .on("Snap")
        .help("Take names and values from the first input now, in place of the parameters."),
    par<&Pars::first>("first", "First Channel")
        .on("Snap")
        .at_least(0)
        .slider(0, 40)
        .help("The input's channel a snapshot begins with, from 0."),
    par<&Pars::current>("current", "Active Needs Current")
        .on("Snap")
        .help(
            "The Active input counts only while the operator is current in an editor; without an editor it never is."),
    par<&Pars::single>("single", "Single Sample").on("Channel").help("One sample; off: Start to End."),
    par<&Pars::start>("start", "Start").on("Channel").slider(0, 600).help("First sample of the interval."),
    par<&Pars::startunit>("startunit", "Start Unit")
        .on("Channel")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::end>("end", "End").on("Channel").slider(0, 600).help("Last sample of the interval."),
    par<&Pars::endunit>("endunit", "End Unit")
        .on("Channel")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::rate>("rate", "Sample Rate")
        .on("Channel")
        .at_least(1e-6)
        .slider(1, 120)
        .in("Hz")
        .help("Samples per second."),
    par<&Pars::left>("left", "Extend Left")
        .on("Channel")
        .items(extends)
        .help("What the channels are before the interval."),
    par<&Pars::right>("right", "Extend Right")
        .on("Channel")
        .items(extends)
        .help("What the channels are behind the interval."),
    par<&Pars::defval>("defval", "Default Value")
        .on("Channel")
        .slider(-1, 1)
        .help("The value where an extend is Default Value."),
};

// A snapshot, and what the Active input has added so far.
struct State {
  bool snapped = false;
  std::vector<Block> snapshot, edited;  // edited: the parameters when it was taken
  bool active = false;
  std::vector<double> offset, base_offset, base_input;
};

std::vector<double> first_samples(const Channels* in) {
  std::vector<double> values;
  if (in)
    for (const Channel& c : in->channels) values.push_back(c.samples.empty() ? 0 : c.samples.front());
  return values;
}

void take_snapshot(const Pars& p, const Channels* in, State& s) {
  if (s.snapped && s.edited != p.consts) s.snapped = false;
  if (!p.snap.pressed || !in) return;
  s.snapped = true, s.edited = p.consts;
  s.snapshot.clear(), s.offset.clear();
  const std::vector<double> values = first_samples(in);
  for (std::size_t i = std::size_t(p.first); i < values.size(); ++i)
    s.snapshot.push_back({in->channels[i].name, values[i]});
}

// While the Active input is on, what the first input has changed by since then is added.
void follow(const Pars& p, const Channels* in, const Channels* active, State& s) {
  const std::vector<double> switches = first_samples(active), now = first_samples(in);
  const bool on = !p.current && !switches.empty() && switches[0] > 0;
  if (on && !s.active) s.base_input = now, s.base_offset = s.offset;
  s.active = on;
  if (!on) return;
  s.offset.resize(std::max(s.offset.size(), now.size()));
  s.base_offset.resize(s.offset.size());
  for (std::size_t i = s.base_input.size(); i < now.size(); ++i) s.base_input.push_back(now[i]);
  for (std::size_t i = 0; i < now.size(); ++i) s.offset[i] = s.base_offset[i] + (now[i] - s.base_input[i]);
}

Result<Channels> cook(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, State& s) {
  take_snapshot(p, in[0], s);
  follow(p, in[0], in[1], s);
  Channels out{.rate_hz = p.rate, .extend_left = p.left, .extend_right = p.right, .extend_value = p.defval};
  std::size_t length = 1;
  if (!p.single) {
    out.start = std::round(chop::to_samples(p.start, p.startunit, frame.rate, p.rate));
    const double last = std::round(chop::to_samples(p.end, p.endunit, frame.rate, p.rate));
    if (last - out.start > 1e8) return cook.error("end", "the interval has more than 100 million samples");
    length = last > out.start ? std::size_t(last - out.start) + 1 : 1;
  }
  for (const Block& block : s.snapped ? s.snapshot : p.consts)
    for (std::string& name : expand_names(block.name)) {
      const std::size_t i = out.channels.size();
      const double value = block.value + (i < s.offset.size() ? s.offset[i] : 0);
      out.channels.push_back({std::move(name), std::vector<double>(length, value)});
    }
  return out;
}

}  // namespace
}  // namespace cookline::constant_chop_op

namespace cookline {

const OpDef& constant_chop() {
  using namespace constant_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "constantCHOP", "Constant", "Channels of constant value.")
                              .inputs(0, 2, inputs)
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
