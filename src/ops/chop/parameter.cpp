// Parameter CHOP: the values of parameters of other operators as channels.
#include <map>
#include <set>

#include "base/text.h"
#include "data/channel_names.h"
#include "op/op.h"

namespace cookline::parameter_chop_op {
namespace {

enum class Fetch { partypes, sequencetypes };
enum class NameFormat { parameter, op, path };
constexpr MenuItem fetches[] = {{"partypes", "Parameters"}, {"sequencetypes", "Sequences"}};
constexpr MenuItem name_formats[] = {
    {"parameter", "Parameter Name"}, {"op", "OP and Parameter Names"}, {"path", "Full Path Name"}};

struct Pars {
  OpRef<void> ops;
  Fetch fetch = Fetch::partypes;
  std::string sequences = "*", pargroups = "*", parameters = "*";
  bool custom = true, builtin = false;
  NameFormat nameformat = NameFormat::parameter;
  std::string renamefrom = "*", renameto;
};
constexpr Par table[] = {
    par<&Pars::ops>("ops", "Operators")
        .on("Source")
        .help("The operators to read: names, paths or patterns, separated by spaces."),
    par<&Pars::fetch>("fetch", "Fetch")
        .on("Source")
        .items(fetches)
        .help("All chosen parameters, one sample each; or those of sequences, one sample for each block."),
    par<&Pars::sequences>("sequences", "Sequences")
        .on("Source")
        .as(Style::StrMenu)
        .help("Patterns of sequence names; used when Fetch is Sequences."),
    par<&Pars::pargroups>("pargroups", "ParGroups")
        .on("Source")
        .as(Style::StrMenu)
        .help("Patterns of parameter group names: t stands for tx, ty and tz."),
    par<&Pars::parameters>("parameters", "Parameters")
        .on("Source")
        .as(Style::StrMenu)
        .help("Patterns of parameter names. Text has no number and gives no channel; a pulse is 1 in the frame it is "
              "pressed."),
    par<&Pars::custom>("custom", "Custom").on("Source").help("Custom parameters."),
    par<&Pars::builtin>("builtin", "Built-In").on("Source").help("Built-in parameters."),
    par<&Pars::nameformat>("nameformat", "Name Format")
        .on("Source")
        .items(name_formats)
        .help("tx, geo1:tx or /project1/geo1:tx."),
    par<&Pars::renamefrom>("renamefrom", "Rename from")
        .on("Source")
        .as(Style::StrMenu)
        .help("Patterns of channel names to rename."),
    par<&Pars::renameto>("renameto", "Rename to")
        .on("Source")
        .as(Style::StrMenu)
        .help("What they become; *(0) stands for what the first * matched. Empty: names stay."),
};

// How often each pulse parameter had been pulsed when the frame began.
struct State {
  std::int64_t frame = -1;
  bool started = false;
  std::map<std::string, std::uint64_t> before, now;
};

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string channel_name(const ParView& v, const std::string& name, NameFormat format) {
  if (format == NameFormat::parameter) return name;
  return (format == NameFormat::path ? v.op : std::string(base_name(v.op))) + ":" + name;
}

bool is_pulse(const ParView& v) { return v.style == Style::Pulse || v.style == Style::Momentary; }
bool has_number(const ParView& v) {
  return v.style != Style::Header && (is_pulse(v) || !std::holds_alternative<std::string>(v.value));
}

double number(const ParView& v, State& state) {
  if (!is_pulse(v)) return to_double(v.value);
  const std::string key = v.op + ":" + v.name;
  state.now[key] = v.pulses;
  const auto before = state.before.find(key);
  const bool pulsed = before != state.before.end() && v.pulses > before->second;
  return pulsed || (v.style == Style::Momentary && to_bool(v.value)) ? 1 : 0;
}

// "vec0valuex" of the sequence vec is one sample of the channel "vecvaluex".
std::string without_block(const ParView& v) {
  const std::size_t prefix = v.sequence.size() + std::to_string(v.block).size();
  return v.sequence + (v.name.size() > prefix ? v.name.substr(prefix) : std::string());
}

// Adds the value to its channel, at the sample of its block; gaps hold the last value before them.
void add(Channels& out, std::map<std::string, std::size_t>& index, const std::string& name, int sample, double value) {
  const auto [at, fresh] = index.emplace(name, out.channels.size());
  if (fresh) out.channels.push_back({name, {}});
  auto& samples = out.channels[at->second].samples;
  samples.resize(std::max(samples.size(), std::size_t(sample) + 1), samples.empty() ? value : samples.back());
  samples[std::size_t(sample)] = value;
}

void begin_frame(State& state, const Frame& frame) {
  if (state.started && state.frame == frame.index) return;
  if (state.started) state.before = state.now;
  state.frame = frame.index;
}

void rename(Channels& out, const Pars& p) {
  if (split_words(p.renameto).empty()) return;
  std::vector<std::string> names;
  for (const Channel& c : out.channels) names.push_back(c.name);
  names = rename_channels(names, p.renamefrom, p.renameto);
  for (std::size_t i = 0; i < names.size(); ++i) out.channels[i].name = names[i];
}

Result<Channels> cook(Cook& cook, const Pars& p, const Frame& frame, State& state) {
  begin_frame(state, frame);
  const bool sequences = p.fetch == Fetch::sequencetypes;
  Channels out{.rate_hz = frame.rate.hz()};
  if (p.ops.path.empty()) return out;
  auto views = cook.services.parameters(p.ops.path, sequences ? "*" : p.parameters, p.custom, p.builtin);
  if (!views) return views.error();
  std::map<std::string, std::size_t> index;
  for (const ParView& v : *views) {
    if (!has_number(v) || !match_patterns(p.pargroups, v.group)) continue;
    if (sequences && (v.block < 0 || !match_patterns(p.sequences, v.sequence))) continue;
    const std::string name = sequences ? without_block(v) : v.name;
    if (sequences && !match_patterns(p.parameters, v.name) && !match_patterns(p.parameters, name)) continue;
    add(out, index, channel_name(v, name, p.nameformat), sequences ? v.block : 0, number(v, state));
  }
  // Channels of shorter sequences hold their last value.
  std::size_t length = 0;
  for (const Channel& c : out.channels) length = std::max(length, c.samples.size());
  for (Channel& c : out.channels) c.samples.resize(length, c.samples.back());
  if (!state.started) state.before = state.now;
  state.started = true;
  rename(out, p);
  return out;
}

}  // namespace
}  // namespace cookline::parameter_chop_op

namespace cookline {

const OpDef& parameter_chop() {
  using namespace parameter_chop_op;
  static const OpDef op =
      Define<Pars, table>(Family::CHOP, "parameterCHOP", "Parameter", "Parameters of operators as channels.")
          .cook<&cook>();
  return op;
}

}  // namespace cookline
