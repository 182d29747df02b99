// In CHOP: an input of the component it is in; its own input stands in where nothing is connected to the component.
#include <fmt/format.h>

#include "base/text.h"
#include "data/channel_names.h"
#include "op/op.h"

namespace cookline::in_chop_op {
namespace {

struct Pars {
  std::string label;
  int numchannels = 0;
  std::string channames;
};
constexpr Par table[] = {
    par<&Pars::label>("label", "Label").on("In").help("What an editor shows at the component's input; no effect here."),
    par<&Pars::numchannels>("numchannels", "Num Channels")
        .on("In")
        .at_least(0)
        .slider(0, 10)
        .help("How many channels must arrive; 0: any number. With Names, how many of the named ones."),
    par<&Pars::channames>("channames", "Names")
        .on("In")
        .help(
            "With Num Channels, patterns of the channels that pass; without, the new names of the channels in order."),
};

Channels filtered(const Channels& in, const std::string& patterns) {
  Channels out = in;
  std::erase_if(out.channels, [&](const Channel& c) { return !match_patterns(patterns, c.name); });
  return out;
}

Result<Channels> cook(Cook& cook, const Pars& p, const Inputs<Channels>& in) {
  if (!in[0]) return Channels{};
  const bool named = !split_words(p.channames).empty();
  Channels out = p.numchannels > 0 && named ? filtered(*in[0], p.channames) : *in[0];
  if (p.numchannels > 0 && int(out.channels.size()) != p.numchannels)
    return cook.error("numchannels",
                      fmt::format("{} channels arrive where {} are expected", out.channels.size(), p.numchannels));
  if (p.numchannels == 0 && named) {
    const std::vector<std::string> names = expand_names(p.channames);
    for (std::size_t i = 0; i < std::min(names.size(), out.channels.size()); ++i) out.channels[i].name = names[i];
  }
  return out;
}

}  // namespace
}  // namespace cookline::in_chop_op

namespace cookline {

const OpDef& in_chop() {
  using namespace in_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "inCHOP", "In", "An input of its component.")
                              .inputs(0, 1)
                              .rename_pars()
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
