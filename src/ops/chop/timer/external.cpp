#include "ops/chop/timer/external.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "ops/support/timecode.h"

namespace cookline::timer_chop_op {
namespace {

double latest(const Channel& c) { return c.samples.empty() ? 0 : c.samples.back(); }

const Channel* channel_of(const Channels& chop, const std::string& name) {
  if (split_words(name).empty()) return chop.channels.empty() ? nullptr : &chop.channels.front();
  if (const Channel* c = chop.find(name)) return c;
  const auto index = parse_number(name);
  if (!index || *index < 0 || *index >= double(chop.channels.size())) return nullptr;
  return &chop.channels[std::size_t(*index)];
}

Result<double> from_channel(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, double total) {
  const Channels* chop = in.at(p.extchop);
  if (!chop) return cook.error("extchop", "time comes from a channel, but no CHOP is named");
  const Channel* channel = channel_of(*chop, p.extchannel);
  if (!channel) return cook.error("extchannel", fmt::format("'{}' is no channel of {}", p.extchannel, p.extchop.path));
  if (p.extunits == Unit::fraction) return std::isfinite(total) ? latest(*channel) * total : 0.0;
  return chop::to_frames(latest(*channel), p.extunits, frame.rate, p.rate);
}

Result<double> from_timecode(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame) {
  if (!p.exttcobj.empty()) {
    auto value = cook.services.evaluate(p.exttcobj, {});
    if (!value) return cook.error("exttcobj", value.error().what, value.error().hint);
    return parse_timecode(cook, "exttcobj", to_text(*value), frame.rate);
  }
  if (const Channels* chop = in.at(p.exttcop)) return timecode_frames(*chop, frame.rate);
  if (const Table* table = in.at(OpRef<Table>{p.exttcop.path, p.exttcop.input}))
    return parse_timecode(cook, "exttcop", timecode_text(*table), frame.rate);
  return cook.error("exttcop", "time comes from a timecode, but no CHOP or DAT is named");
}

}  // namespace

Result<double> parse_timecode(const Cook& cook, std::string_view par, const std::string& text, const Rate& rate) {
  if (const auto frames = timecode_frames(text, rate)) return *frames;
  return cook.error(par, fmt::format("'{}' is no timecode", text), "write hh:mm:ss:ff");
}

Result<double> external_time(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, double total) {
  switch (p.timecontrol) {
    case TimeControl::chop:
      return from_channel(cook, p, in, frame, total);
    case TimeControl::timecode:
      return from_timecode(cook, p, in, frame);
    default:
      return double(frame.index);
  }
}

}  // namespace cookline::timer_chop_op
