// Math CHOP: arithmetic on channels, between the channels of one CHOP and between CHOPs.
#include <cmath>
#include <map>

#include "op/op.h"
#include "ops/chop/support/align.h"

namespace cookline::math_chop_op {
namespace {

using chop::Align;
enum class Unary { off, negate, pos, root, square, inverse };
enum class Combine { off, add, sub, mul, div, avg, min, max, len };
enum class Match { index, name };
enum class Integer { off, ceiling, floor, round };
constexpr MenuItem unaries[] = {{"off", "Off"},   {"negate", "Negate"}, {"pos", "Positive"},
                                {"root", "Root"}, {"square", "Square"}, {"inverse", "Inverse"}};
constexpr MenuItem combines[] = {{"off", "Off"},      {"add", "Add"},     {"sub", "Subtract"},
                                 {"mul", "Multiply"}, {"div", "Divide"},  {"avg", "Average"},
                                 {"min", "Minimum"},  {"max", "Maximum"}, {"len", "Length"}};
constexpr MenuItem matches[] = {{"index", "Channel Number"}, {"name", "Channel Name"}};
constexpr MenuItem integers[] = {{"off", "Off"}, {"ceiling", "Ceiling"}, {"floor", "Floor"}, {"round", "Round"}};

struct Pars {
  Unary preop = Unary::off;
  Combine chanop = Combine::off, chopop = Combine::off;
  Unary postop = Unary::off;
  Match match = Match::index;
  Align align = Align::automatic;
  bool interppars = false;
  Integer integer = Integer::off;
  double preoff = 0, gain = 1, postoff = 0;
  Floats<2> fromrange = {0, 1}, torange = {0, 1};
};
constexpr Par table[] = {
    par<&Pars::preop>("preop", "Channel Pre OP")
        .on("OP")
        .items(unaries)
        .help("First, on every sample. The root of a negative value and the inverse of 0 are 0."),
    par<&Pars::chanop>("chanop", "Combine Channels")
        .on("OP")
        .items(combines)
        .help("Second: the channels of each input become one. A division by 0 gives 0."),
    par<&Pars::chopop>("chopop", "Combine CHOPs")
        .on("OP")
        .items(combines)
        .help("Third: matching channels of the inputs become one; Off puts all channels side by side."),
    par<&Pars::postop>("postop", "Channel Post OP").on("OP").items(unaries).help("Fourth, on every sample."),
    par<&Pars::match>("match", "Match by")
        .on("OP")
        .items(matches)
        .help("Which channels of the inputs belong together."),
    par<&Pars::align>("align", "Align")
        .on("OP")
        .items(chop::align_items)
        .help("How inputs of different intervals are brought to one."),
    // TD differs: parameters hold for a whole frame, so there is nothing to interpolate.
    par<&Pars::interppars>("interppars", "Interp Pars per Sample")
        .on("OP")
        .help("No effect: parameters are exact for each frame."),
    par<&Pars::integer>("integer", "Integer")
        .on("OP")
        .items(integers)
        .help("Last of all: whole numbers; Round takes halves away from zero."),
    par<&Pars::preoff>("preoff", "Pre-Add").on("Mult-Add").slider(-1, 1).help("Fifth: added to each sample."),
    par<&Pars::gain>("gain", "Multiply").on("Mult-Add").slider(0, 10).help("Sixth: each sample is multiplied by this."),
    par<&Pars::postoff>("postoff", "Post-Add").on("Mult-Add").slider(-1, 1).help("Seventh: added to each sample."),
    par<&Pars::fromrange>("fromrange", "From Range").on("Range").slider(0, 1).help("Eighth: these two values …"),
    par<&Pars::torange>("torange", "To Range")
        .on("Range")
        .slider(0, 1)
        .help("… become these two; others by the same line."),
};

double unary(Unary op, double x) {
  switch (op) {
    case Unary::off:
      return x;
    case Unary::negate:
      return -x;
    case Unary::pos:
      return std::abs(x);
    case Unary::root:
      return x > 0 ? std::sqrt(x) : 0;
    case Unary::square:
      return x * x;
    case Unary::inverse:
      return x == 0 ? 0 : 1 / x;
  }
  return x;
}

using Samples = std::vector<double>;

double fold(Combine op, double a, double b) {
  switch (op) {
    case Combine::sub:
      return a - b;
    case Combine::mul:
      return a * b;
    case Combine::div:
      return b == 0 ? 0 : a / b;
    case Combine::min:
      return std::min(a, b);
    case Combine::max:
      return std::max(a, b);
    case Combine::len:
      return a + b * b;
    default:
      return a + b;
  }
}

// Several channels of equal length as one.
Samples combined(Combine op, const std::vector<const Samples*>& channels) {
  Samples out = *channels[0];
  if (op == Combine::len)
    for (double& x : out) x *= x;
  for (std::size_t c = 1; c < channels.size(); ++c)
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = fold(op, out[i], (*channels[c])[i]);
  for (double& x : out) {
    if (op == Combine::avg) x /= double(channels.size());
    if (op == Combine::len) x = std::sqrt(x);
  }
  return out;
}

void combine_channels(Channels& set, Combine op) {
  if (op == Combine::off || set.channels.empty()) return;
  std::vector<const Samples*> all;
  for (const Channel& c : set.channels) all.push_back(&c.samples);
  Channel one{set.channels[0].name, combined(op, all)};
  set.channels = {std::move(one)};
}

// Channels that belong together, in the order in which they first come.
Channels combine_sets(const std::vector<Channels>& sets, Combine op, Match match) {
  std::vector<std::vector<const Channel*>> groups;
  std::map<std::string, std::size_t> by_name;
  for (const Channels& set : sets)
    for (std::size_t i = 0; i < set.channels.size(); ++i) {
      const Channel& c = set.channels[i];
      std::size_t group = i;
      if (op == Combine::off)
        group = groups.size();
      else if (match == Match::name)
        group = by_name.emplace(c.name, groups.size()).first->second;
      if (group >= groups.size()) groups.resize(group + 1);
      groups[group].push_back(&c);
    }
  Channels out = sets.front();
  out.channels.clear();
  for (const auto& group : groups) {
    std::vector<const Samples*> samples;
    for (const Channel* c : group) samples.push_back(&c->samples);
    out.channels.push_back({group[0]->name, combined(op, samples)});
  }
  return out;
}

double rounded(Integer how, double x) {
  switch (how) {
    case Integer::off:
      return x;
    case Integer::ceiling:
      return std::ceil(x);
    case Integer::floor:
      return std::floor(x);
    case Integer::round:
      return std::round(x);
  }
  return x;
}

// Steps four to nine, on one sample.
double finished(const Pars& p, double x) {
  x = (unary(p.postop, x) + p.preoff) * p.gain + p.postoff;
  const double from = p.fromrange[1] - p.fromrange[0], to = p.torange[1] - p.torange[0];
  x = from == 0 ? p.torange[0] : (x - p.fromrange[0]) * to / from + p.torange[0];
  return rounded(p.integer, x);
}

void number_duplicates(Channels& out) {
  std::map<std::string, int> seen;
  for (const Channel& c : out.channels) seen[c.name] = 0;
  std::map<std::string, bool> taken;
  for (Channel& c : out.channels) {
    const std::string base = c.name;
    while (taken[c.name]) {
      do c.name = base + std::to_string(++seen[base]);
      while (seen.count(c.name) && c.name != base);
    }
    taken[c.name] = true;
  }
}

Result<Channels> cook(const Pars& p, const Inputs<Channels>& in) {
  std::vector<const Channels*> connected;
  for (int i = 0; i < in.wired(); ++i)
    if (in[i]) connected.push_back(in[i]);
  if (connected.empty()) return Channels{};
  std::vector<Channels> sets = chop::align(connected, p.align);
  for (Channels& set : sets) {
    for (Channel& c : set.channels)
      for (double& x : c.samples) x = unary(p.preop, x);
    combine_channels(set, p.chanop);
  }
  Channels out = combine_sets(sets, p.chopop, p.match);
  for (const Channels* set : connected) out.time_slice |= set->time_slice;
  for (Channel& c : out.channels)
    for (double& x : c.samples) x = finished(p, x);
  number_duplicates(out);
  return out;
}

}  // namespace
}  // namespace cookline::math_chop_op

namespace cookline {

const OpDef& math_chop() {
  using namespace math_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "mathCHOP", "Math", "Arithmetic on channels.")
                              .inputs(1, any_number)
                              .rename_pars()
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
