// TOP to CHOP: pixels of a picture as samples of channels. The picture is cooked in the script phase, where its samples
// are asked for.
#include <fmt/format.h>

#include <cmath>

#include "kernels/colour_space.h"
#include "ops/chop/topto/pixels.h"

namespace cookline::topto_op {
namespace {

constexpr double most_samples = 1e8;

void convert(const Pars& p, Colours& colours) {
  const kernels::ColourSpace* const to =
      kernels::colour_space_named(colour_spaces[std::size_t(p.outputcolorspace)].name);
  const kernels::ColourSpace& from = kernels::colour_spaces().front();
  if (!to || to == &from || colours[0].empty()) return;
  const double white = kernels::light_of_white(to->curve, file_reference_whites[p.outputreferencewhite].name);
  const kernels::ColourTransform transform(from, *to, white);
  transform(colours[0].data(), colours[1].data(), colours[2].data(), int(colours[0].size()));
}

bool left_out(const Pars& p, const Colours& colours, std::size_t i) {
  if (p.activechannel != ActiveChannel::none && colours[std::size_t(p.activechannel) - 1][i] == 0) return true;
  const auto no_number = [&](const std::vector<float>& channel) { return std::isnan(channel[i]); };
  return p.excludenans && std::any_of(colours.begin(), colours.end(), no_number);
}

void leave_out(const Pars& p, Colours& colours) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < colours[0].size(); ++i) {
    if (left_out(p, colours, i)) continue;
    for (auto& channel : colours) channel[kept] = channel[i];
    ++kept;
  }
  for (auto& channel : colours) channel.resize(kept);
}

// Sets of four channels, each of the next `length` samples; `number` is that of the first, -1 for no numbers.
void add_sets(const Pars& p, const Colours& colours, std::size_t length, std::int64_t number, Channels& out) {
  const double unit = p.rgbaunit == Unit::u1 ? 1 : p.rgbaunit == Unit::u256 ? 255 : 65535;
  const std::string* const names[] = {&p.r, &p.g, &p.b, &p.a};
  const std::size_t sets = number < 0 ? 1 : colours[0].size() / length;
  for (std::size_t set = 0; set < sets; ++set)
    for (std::size_t c = 0; c < 4; ++c) {
      if (names[c]->empty()) continue;
      Channel channel{*names[c], {}};
      if (number >= 0) channel.name += std::to_string(number + std::int64_t(set));
      for (std::size_t i = 0; i < length; ++i) channel.samples.push_back(unit * double(colours[c][set * length + i]));
      out.channels.push_back(std::move(channel));
    }
}

Status read_input(const Cook& cook, const Pars& p, const Image& image, const Channels& uv, Channels& out) {
  if (uv.channels.size() < 2)
    return cook.error("",
                      fmt::format("its input has {} channel{}", uv.channels.size(), uv.channels.size() == 1 ? "" : "s"),
                      "two are needed, u and v");
  Colours colours = read_positions(p, image, uv.channels[0].samples, uv.channels[1].samples);
  convert(p, colours);
  leave_out(p, colours);
  add_sets(p, colours, colours[0].size(), -1, out);
  return {};
}

Status read_picture(const Cook& cook, const Pars& p, const Image& image, Channels& out) {
  const Rectangle part = rectangle_of(p, image.width(), image.height());
  if (double(part.columns.count) * double(part.rows.count) > most_samples)
    return cook.error("crop", fmt::format("{} x {} pixels are too many", part.columns.count, part.rows.count),
                      "at most 100 million");
  Colours colours = read_rectangle(p, image, part);
  convert(p, colours);
  leave_out(p, colours);
  const bool single = p.singleset || p.excludenans || p.activechannel != ActiveChannel::none || p.crop == Crop::col ||
                      part.rows.count == 1;
  if (single)
    add_sets(p, colours, colours[0].size(), -1, out);
  else
    add_sets(p, colours, std::size_t(part.columns.count), std::max<std::int64_t>(0, part.rows.first), out);
  return {};
}

Result<Channels> cook(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame) {
  Channels out{.rate_hz = p.rate, .extend_left = p.left, .extend_right = p.right, .extend_value = p.defval};
  out.start = std::round(chop::to_samples(p.start, p.startunit, frame.rate, p.rate));
  if (p.top.path.empty()) return out;
  const Image* image = in.at(p.top);
  if (!image) return cook.error("top", fmt::format("'{}' is no TOP", p.top.path));
  const Status status =
      in[0] && in.wired() > 0 ? read_input(cook, p, *image, *in[0], out) : read_picture(cook, p, *image, out);
  if (!status) return status.error();
  return out;
}

}  // namespace
}  // namespace cookline::topto_op

namespace cookline {

const OpDef& topto_chop() {
  using namespace topto_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "toptoCHOP", "TOP to", "Pixels of a picture as channels.")
                              .inputs(0, 1)
                              .cook<&cook>()
                              .reads_pictures();
  return op;
}

}  // namespace cookline
