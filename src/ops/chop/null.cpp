// Null CHOP: its input, unchanged; a stable place for others to refer to.
#include "op/op.h"

namespace cookline::null_chop_op {
namespace {

enum class CookType { automatic, always, selective };
constexpr MenuItem cook_types[] = {{"auto", "Automatic"}, {"always", "Always"}, {"selective", "Selective"}};

struct Pars {
  CookType cooktype = CookType::automatic;
  bool checkvalues = true, checknames = true, checkrange = true;
};
constexpr Par table[] = {
    par<&Pars::cooktype>("cooktype", "Cook Type")
        .on("Null")
        .items(cook_types)
        .help("Selective keeps what it holds until something that is checked below has changed."),
    par<&Pars::checkvalues>("checkvalues", "Check Values")
        .on("Null")
        .help("Selective: other samples count as a change."),
    par<&Pars::checknames>("checknames", "Check Names")
        .on("Null")
        .help("Selective: other channel names count as a change."),
    par<&Pars::checkrange>("checkrange", "Check Range")
        .on("Null")
        .help("Selective: another start, length or rate counts as a change."),
};

struct State {
  bool holds = false;
  Channels held;
};

bool same_values(const Channels& a, const Channels& b) {
  if (a.channels.size() != b.channels.size()) return false;
  for (std::size_t i = 0; i < a.channels.size(); ++i)
    if (a.channels[i].samples != b.channels[i].samples) return false;
  return true;
}
bool same_names(const Channels& a, const Channels& b) {
  if (a.channels.size() != b.channels.size()) return false;
  for (std::size_t i = 0; i < a.channels.size(); ++i)
    if (a.channels[i].name != b.channels[i].name) return false;
  return true;
}
bool same_range(const Channels& a, const Channels& b) {
  return a.start == b.start && a.length() == b.length() && a.rate_hz == b.rate_hz && a.time_slice == b.time_slice;
}

Result<Channels> cook(Cook&, const Pars& p, const Inputs<Channels>& in, State& state) {
  if (!in[0]) return Channels{};
  const Channels& now = *in[0];
  const bool keeps = p.cooktype == CookType::selective && state.holds &&
                     (!p.checkvalues || same_values(now, state.held)) &&
                     (!p.checknames || same_names(now, state.held)) && (!p.checkrange || same_range(now, state.held));
  if (!keeps) state.held = now;
  state.holds = true;
  return state.held;
}

Time time_of(const Pars& p) { return p.cooktype == CookType::selective ? Time::stepped : Time::fixed; }

}  // namespace
}  // namespace cookline::null_chop_op

namespace cookline {

const OpDef& null_chop() {
  using namespace null_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "nullCHOP", "Null", "Passes its input through.")
                              .inputs(0, 1)
                              .rename_pars()
                              .cook<&cook>()
                              .time_of<&time_of>();
  return op;
}

}  // namespace cookline
