// CHOP Execute DAT: calls Python functions when channels of a CHOP change.
#include <map>

#include "base/text.h"
#include "ops/dat/support/execute_page.h"

namespace cookline::chopexecute_dat_op {
namespace {

enum class Frequency { everysample, onceperframe };
constexpr MenuItem frequencies[] = {{"everysample", "Execute For Every Sample"},
                                    {"onceperframe", "Execute Once Per Frame"}};
constexpr std::string_view page = "CHOP Execute";

struct Pars : dat::ExecutePage {
  OpRef<Channels> chop;
  std::string channel = "*";
  bool offtoon = false, whileon = false, ontooff = false, whileoff = false, valuechange = true;
  Frequency freq = Frequency::everysample;
};
constexpr std::array own_rows{
    par<&Pars::chop>("chop", "CHOP").on(page).help("The CHOP that is watched."),
    par<&Pars::channel>("channel", "Channel")
        .on(page)
        .as(Style::StrMenu)
        .help("Patterns of the channels that are watched."),
    par<&Pars::offtoon>("offtoon", "Off to On").on(page).help("onOffToOn: a value goes from 0 to another."),
    par<&Pars::whileon>("whileon", "While On").on(page).help("whileOn: each frame in which a value is not 0."),
    par<&Pars::ontooff>("ontooff", "On to Off").on(page).help("onOnToOff: a value goes to 0."),
    par<&Pars::whileoff>("whileoff", "While Off").on(page).help("whileOff: each frame in which a value is 0."),
    par<&Pars::valuechange>("valuechange", "Value Change")
        .on(page)
        .help("onValueChange: a value is another than before."),
    par<&Pars::freq>("freq", "While Off/On Frequency")
        .on(page)
        .items(frequencies)
        .help("whileOn and whileOff for every sample, or for the last sample of the frame."),
};
constexpr auto table = join_rows(dat::execute_rows(page), own_rows, dat::edit_row(page), dat::file_rows("File"));

// The samples that were seen last, by channel name.
struct State : dat::FileState {
  bool watching = false;
  std::int64_t frame = 0;
  std::map<std::string, std::vector<double>> seen;
};

struct Sample {
  const Channel& channel;
  std::size_t index;
  double value, former;
  bool last;  // of its channel
};

Event event(Cook& cook, const char* callback, const Pars& p, const Sample& s) {
  const ChannelArgument channel{cook.services.path_of(p.chop.path), s.channel.name};
  return {callback, {channel, std::int64_t(s.index), s.value, s.former}, false};
}

// One sample's callbacks, in TouchDesigner's order of parameters. `new_frame`: time has passed since the last look.
void compare(Cook& cook, const Pars& p, const Sample& s, bool new_frame) {
  const bool on = s.value != 0, was = s.former != 0;
  const bool per_frame = new_frame && (p.freq == Frequency::everysample || s.last);
  if (p.offtoon && on && !was) cook.emit(event(cook, "onOffToOn", p, s));
  if (p.whileon && on && per_frame) cook.emit(event(cook, "whileOn", p, s));
  if (p.ontooff && !on && was) cook.emit(event(cook, "onOnToOff", p, s));
  if (p.whileoff && !on && per_frame) cook.emit(event(cook, "whileOff", p, s));
  if (p.valuechange && s.value != s.former) cook.emit(event(cook, "onValueChange", p, s));
}

void compare_channel(Cook& cook, const Pars& p, const Channels& chop, const Channel& channel,
                     const std::vector<double>& seen, bool new_frame) {
  const std::size_t length = channel.samples.size();
  for (std::size_t i = 0; i < length; ++i) {
    // A slice goes on where the last one ended; a curve is compared with itself, sample by sample.
    double former = channel.samples[i];
    if (!chop.time_slice)
      former = i < seen.size() ? seen[i] : seen.empty() ? former : seen.back();
    else if (i > 0)
      former = channel.samples[i - 1];
    else if (!seen.empty())
      former = seen.back();
    compare(cook, p, {channel, i, channel.samples[i], former, i + 1 == length}, new_frame);
  }
}

Status watch(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, State& state) {
  if (Status status = dat::keep_file(cook, p, state); !status) return status;
  const Channels* chop = in.at(p.chop);
  const bool new_frame = !state.watching || frame.index != state.frame;
  // The first look only records; so does one while inactive, so that turning Active on is no change.
  const bool calls = state.watching && p.active;
  std::map<std::string, std::vector<double>> seen;
  if (chop)
    for (const Channel& channel : chop->channels) {
      if (!match_patterns(p.channel, channel.name)) continue;
      const auto before = state.seen.find(channel.name);
      if (calls && before != state.seen.end()) compare_channel(cook, p, *chop, channel, before->second, new_frame);
      seen[channel.name] = channel.samples;
    }
  state.seen = std::move(seen);
  state.watching = true, state.frame = frame.index;
  return {};
}

Result<Table> cook(Cook& cook, const Pars& p, const Inputs<Table>& in, State& state) {
  return dat::execute_text(cook, p, in, state);
}

}  // namespace
}  // namespace cookline::chopexecute_dat_op

namespace cookline {

const OpDef& chopexecute_dat() {
  using namespace chopexecute_dat_op;
  static const OpDef op =
      Define<Pars, table>(Family::DAT, "chopexecuteDAT", "CHOP Execute", "Calls Python functions when channels change.")
          .inputs(0, 1)
          .holds_content()
          .cook<&cook>()
          .watch<&watch>();
  return op;
}

}  // namespace cookline
