// Select CHOP: chosen channels of another CHOP, in a chosen order and under other names.
#include <set>

#include "base/text.h"
#include "data/channel_names.h"
#include "op/op.h"
#include "ops/chop/support/align.h"

namespace cookline::select_chop_op {
namespace {

using chop::Align;
struct Pars {
  OpRefs<Channels> chop;
  std::string channames = "*", renamefrom = "*", renameto;
  bool filterbydigits = false;
  int digits = 0;
  bool stripdigits = false;
  Align align = Align::automatic;
  bool autoprefix = false;
};
constexpr Par table[] = {
    par<&Pars::chop>("chop", "CHOP")
        .on("Select")
        .help("The CHOPs to read besides the wired input: paths and patterns."),
    par<&Pars::channames>("channames", "Channel Names")
        .on("Select")
        .as(Style::StrMenu)
        .help("Names and patterns; their order is the order of the channels, a name given twice comes twice, ^name "
              "takes away."),
    par<&Pars::renamefrom>("renamefrom", "Rename from")
        .on("Select")
        .as(Style::StrMenu)
        .help("Patterns of channel names to rename."),
    par<&Pars::renameto>("renameto", "Rename to")
        .on("Select")
        .as(Style::StrMenu)
        .help("What they become; *(0) stands for what the first * matched. Empty: names stay."),
    par<&Pars::filterbydigits>("filterbydigits", "Filter by Digits")
        .on("Select")
        .help("Keep only channels whose name ends in Digits."),
    par<&Pars::digits>("digits", "Digits").on("Select").slider(0, 10).help("The number at the end of the names."),
    par<&Pars::stripdigits>("stripdigits", "Strip Digits")
        .on("Select")
        .help("With Filter by Digits: take that number off the names."),
    par<&Pars::align>("align", "Align")
        .on("Select")
        .items(chop::align_items)
        .help("How channels of different intervals are brought to one."),
    par<&Pars::autoprefix>("autoprefix", "Automatic Prefix")
        .on("Select")
        .help("Names that would come twice get the name of the CHOP they are from in front: wave1:chan1."),
};

struct Chosen {
  const Channel* channel;
  std::size_t source;
  std::string name;
};

std::vector<Chosen> choose(const std::vector<Channels>& sources, const std::string& patterns) {
  std::vector<Chosen> chosen;
  for (const std::string& word : split_words(patterns)) {
    if (word.size() > 1 && word[0] == '^') {
      std::erase_if(chosen, [&](const Chosen& c) { return match_pattern(std::string_view(word).substr(1), c.name); });
      continue;
    }
    // c[1-10:2] spells names out, which a pattern cannot: both count.
    const std::vector<std::string> names = expand_names(word);
    for (const std::string& name : names)
      for (std::size_t s = 0; s < sources.size(); ++s)
        for (const Channel& c : sources[s].channels)
          if (match_pattern(name, c.name)) chosen.push_back({&c, s, c.name});
  }
  return chosen;
}

std::size_t digits_at(const std::string& name) {
  std::size_t at = name.size();
  while (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9') --at;
  return at;
}

void filter_digits(std::vector<Chosen>& chosen, const Pars& p) {
  std::erase_if(chosen, [&](const Chosen& c) {
    const std::string digits = c.name.substr(digits_at(c.name));
    return digits.empty() || parse_number(digits) != double(p.digits);
  });
  if (p.stripdigits)
    for (Chosen& c : chosen) c.name.resize(digits_at(c.name));
}

void prefix(std::vector<Chosen>& chosen, const std::vector<std::string>& source_names) {
  std::multiset<std::string> names;
  for (const Chosen& c : chosen) names.insert(c.name);
  for (Chosen& c : chosen)
    if (names.count(c.name) > 1 && !source_names[c.source].empty()) c.name = source_names[c.source] + ":" + c.name;
}

Result<Channels> cook(const Pars& p, const Inputs<Channels>& in) {
  std::vector<const Channels*> sets;
  std::vector<std::string> source_names;
  if (in.wired() > 0 && in[0]) sets.push_back(in[0]), source_names.emplace_back();
  for (std::size_t i = 0; i < p.chop.inputs.size(); ++i) {
    const Channels* named = in[p.chop.inputs[i]];
    if (!named) continue;
    sets.push_back(named);
    source_names.push_back(p.chop.names[i]);
  }
  if (sets.empty()) return Channels{};
  const std::vector<Channels> sources = chop::align(sets, p.align);
  std::vector<Chosen> chosen = choose(sources, p.channames);
  if (p.filterbydigits) filter_digits(chosen, p);
  if (p.autoprefix) prefix(chosen, source_names);
  std::vector<std::string> names;
  for (const Chosen& c : chosen) names.push_back(c.name);
  if (!split_words(p.renameto).empty()) names = rename_channels(names, p.renamefrom, p.renameto);
  Channels out = sources.front();
  out.channels.clear();
  for (const Channels& s : sources) out.time_slice |= s.time_slice;
  for (std::size_t i = 0; i < chosen.size(); ++i) out.channels.push_back({names[i], chosen[i].channel->samples});
  return out;
}

}  // namespace
}  // namespace cookline::select_chop_op

namespace cookline {

const OpDef& select_chop() {
  using namespace select_chop_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "selectCHOP", "Select", "Chosen channels of another CHOP.")
                              .inputs(0, 1)
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
