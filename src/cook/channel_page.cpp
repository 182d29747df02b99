#include "cook/channel_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "data/channel_names.h"
#include "data/channel_samples.h"

namespace cookline {
namespace {

constexpr double most_samples = 1e8;

std::vector<double> rates_of(const std::vector<Held>& inputs) {
  std::vector<double> rates;
  for (const Held& held : inputs)
    if (held.channels && held.channels->length() > 0) rates.push_back(held.channels->rate_hz);
  return rates;
}

void keep_outside_scope(const std::string& scope, const Channels& input, Channels& out) {
  for (Channel& channel : out.channels)
    if (const Channel* before = input.find(channel.name); before && !match_patterns(scope, channel.name))
      channel.samples = before->samples, channel.samples.resize(out.length());
}

void rename(const RenameCommon& page, Channels& out) {
  if (page.renamefrom.empty()) return;
  std::vector<std::string> names;
  for (const Channel& channel : out.channels) names.push_back(channel.name);
  names = rename_channels(names, page.renamefrom, page.renameto);
  for (std::size_t i = 0; i < names.size(); ++i) out.channels[i].name = names[i];
}

// The samples whose time lies behind the frame before and not behind this one; the latest if there is none.
Channels slice_of(const Channels& in, const Frame& frame) {
  const double samples_per_frame = in.rate_hz * double(frame.rate.den) / double(frame.rate.num);
  const double last = std::floor(double(frame.index) * samples_per_frame + 1e-9);
  const double before = std::floor(double(frame.index - 1) * samples_per_frame + 1e-9);
  const double length = std::clamp(last - before, 1.0, most_samples);
  const double start = last - length + 1;
  Channels out = resampled(in, start, std::size_t(length), in.rate_hz, start - in.start, 1);
  out.time_slice = true;
  return out;
}

}  // namespace

Result<std::vector<Held>> match_rates(std::vector<Held> inputs, ResampleRate how, const std::string& path) {
  const std::vector<double> rates = rates_of(inputs);
  if (rates.empty()) return inputs;
  const auto [least, most] = std::minmax_element(rates.begin(), rates.end());
  if (*least == *most) return inputs;
  if (how == ResampleRate::err)
    return project_error(path + ".srselect",
                         fmt::format("inputs have sample rates from {} to {}", number_text(*least), number_text(*most)),
                         "let Sample Rate Match resample them, or give them one rate");
  const double rate = how == ResampleRate::first ? rates.front() : how == ResampleRate::max ? *most : *least;
  for (Held& held : inputs) {
    if (!held.channels || held.channels->rate_hz == rate) continue;
    if (double(held.channels->length()) * rate / held.channels->rate_hz > most_samples)
      return project_error(path + ".srselect",
                           fmt::format("at {} samples a second an input would have more than {} samples",
                                       number_text(rate), number_text(most_samples)));
    held.channels = std::make_shared<const Channels>(at_rate(*held.channels, rate));
  }
  return inputs;
}

void finish_channels(const OpDef& def, const ParSet& pars, const std::vector<Held>& inputs, const Frame& frame,
                     Channels& channels) {
  const ChopCommon& common = pars.common<ChopCommon>();
  if (common.scope != "*" && !inputs.empty() && inputs[0].channels)
    keep_outside_scope(common.scope, *inputs[0].channels, channels);
  if (def.rename_pars) rename(pars.common<RenameCommon>(2), channels);
  if (common.timeslice && !channels.time_slice && channels.length() > 0) channels = slice_of(channels, frame);
}

bool slices(const OpDef& def, const ParSet& pars) {
  return def.family == Family::CHOP && pars.common<ChopCommon>().timeslice;
}

}  // namespace cookline
