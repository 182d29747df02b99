// Info CHOP: numbers about an operator as channels.
#include "base/text.h"
#include "op/op.h"

namespace cookline::info_chop_op {
namespace {

enum class InfoType { all, general, timecode };
enum class Values { all, inside, outside };
constexpr MenuItem info_types[] = {{"all", "All"}, {"general", "General"}, {"timecode", "Timecode"}};
constexpr MenuItem value_choices[] = {{"all", "All"}, {"inside", "Inside Range"}, {"outside", "Outside Range"}};
constexpr std::string_view timecode_names[] = {"hour", "minute", "second", "frame"};

struct Pars {
  OpRef<void> op;
  InfoType infotype = InfoType::all;
  std::string iscope = "*";
  Values values = Values::all;
  Floats<2> range = {0, 1};
  bool passive = false, childcooktime = false;
};
constexpr Par table[] = {
    par<&Pars::op>("op", "Operator").on("Info").help("The operator to tell about."),
    par<&Pars::infotype>("infotype", "Info Type")
        .on("Info")
        .items(info_types)
        .help("All numbers, those that are no timecode, or the timecode: hour, minute, second, frame."),
    par<&Pars::iscope>("iscope", "Scope").on("Info").as(Style::StrMenu).help("Patterns of the names to keep."),
    par<&Pars::values>("values", "Values")
        .on("Info")
        .items(value_choices)
        .help("Keep all numbers, or only those inside or outside Range."),
    par<&Pars::range>("range", "Range").on("Info").slider(0, 1).help("The bounds, both inside."),
    // TD differs: a number is always that of this frame, never one frame late.
    par<&Pars::passive>("passive", "Passive")
        .on("Info")
        .help("No effect: what is told about has cooked before in every frame."),
    // TD differs: cook times differ from run to run, and so would everything that reads them.
    par<&Pars::childcooktime>("childcooktime", "Children Cook Time")
        .on("Info")
        .help("No effect: times are not told, results must not depend on them."),
};

bool is_timecode(std::string_view name) {
  return std::find(std::begin(timecode_names), std::end(timecode_names), name) != std::end(timecode_names);
}

bool kept(const Pars& p, const std::string& name, double value) {
  if (p.infotype != InfoType::all && is_timecode(name) != (p.infotype == InfoType::timecode)) return false;
  if (!match_patterns(p.iscope, name)) return false;
  const bool inside = value >= p.range[0] && value <= p.range[1];
  return p.values == Values::all || inside == (p.values == Values::inside);
}

Result<Channels> cook(Cook& cook, const Pars& p, const Frame& frame) {
  Channels out{.rate_hz = frame.rate.hz()};
  if (p.op.path.empty()) return out;
  const auto numbers = cook.services.info(p.op.path);
  if (!numbers) return numbers.error();
  for (const auto& [name, value] : *numbers)
    if (kept(p, name, value)) out.channels.push_back({name, {value}});
  return out;
}

}  // namespace
}  // namespace cookline::info_chop_op

namespace cookline {

const OpDef& info_chop() {
  using namespace info_chop_op;
  static const OpDef op =
      Define<Pars, table>(Family::CHOP, "infoCHOP", "Info", "Numbers about an operator.").cook<&cook>();
  return op;
}

}  // namespace cookline
