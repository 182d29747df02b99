// CHOP to TOP: the samples of a CHOP's channels as pixels.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "kernels/pixels.h"
#include "op/op.h"

namespace cookline::chopto_op {
namespace {

enum class DataFormat { r, rg, rgb, rgba, a, legacy };
constexpr MenuItem data_formats[] = {{"r", "R"},       {"rg", "RG"}, {"rgb", "RGB"},
                                     {"rgba", "RGBA"}, {"a", "A"},   {"legacy", "Legacy"}};
enum class Layout { rowscropped, rowswrapped, square };
constexpr MenuItem layouts[] = {{"rowscropped", "Row per Channel Set (Cropped)"},
                                {"rowswrapped", "Row(s) per Channel Set (Wrapped)"},
                                {"square", "Fit to Square (Combine Sets)"}};

struct Pars {
  OpRef<Channels> chop;
  DataFormat dataformat = DataFormat::r;
  bool clamp = false;
  Layout layout = Layout::rowscropped;
  Floats<4> rgba = {0, 0, 0, 0};
};
constexpr Par table[] = {
    par<&Pars::chop>("chop", "CHOP").on("CHOP to TOP").help("The CHOP whose samples become pixels."),
    par<&Pars::dataformat>("dataformat", "Data Format")
        .on("CHOP to TOP")
        .items(data_formats)
        .help("How many channels make a set, and what they are of a pixel; channels that fill no set are left out. "
              "Legacy is one set: one or two channels are grey and alpha, three colours get an alpha that rises "
              "from 0."),
    par<&Pars::clamp>("clamp", "Clamp CHOP Values").on("CHOP to TOP").help("Limits samples to 0-1."),
    par<&Pars::layout>("layout", "Image Layout")
        .on("CHOP to TOP")
        .items(layouts)
        .help("Every set is a row from the bottom up, cut off at the width; or goes on in further rows; or all sets "
              "follow each other in the smallest square."),
    par<&Pars::rgba>("rgba", "Extra Pixel Values (RGBA)")
        .on("CHOP to TOP")
        .slider(0, 1)
        .help("What pixels are that no sample fills."),
};

constexpr std::size_t widest = 32768;  // of rows that follow the number of samples

std::size_t channels_of_set(DataFormat format) {
  switch (format) {
    case DataFormat::r:
    case DataFormat::a:
      return 1;
    case DataFormat::rg:
      return 2;
    case DataFormat::rgb:
      return 3;
    default:
      return 4;
  }
}

PixelFormat pixel_format(DataFormat format) {
  switch (format) {
    case DataFormat::r:
      return PixelFormat::mono32float;
    case DataFormat::rg:
      return PixelFormat::rg32float;
    case DataFormat::rgb:
      return PixelFormat::rgb32float;
    case DataFormat::a:
      return PixelFormat::a32float;
    default:
      return PixelFormat::rgba32float;
  }
}

std::size_t sets_of(const Channels& channels, DataFormat format) {
  const std::size_t count = channels.channels.size();
  if (channels.length() == 0) return 0;
  return format == DataFormat::legacy ? std::min<std::size_t>(1, count) : count / channels_of_set(format);
}

// Where the samples of sets lie in a picture of a certain width.
struct Places {
  std::size_t sets, length, width;
  Layout layout;

  std::size_t rows_of_set() const { return (length + width - 1) / width; }
  // Set and sample of a pixel; false: it has none.
  bool find(std::size_t x, std::size_t y, std::size_t& set, std::size_t& sample) const {
    if (sets == 0) return false;
    if (layout == Layout::square) {
      const std::size_t at = y * width + x;
      set = at / length, sample = at % length;
    } else if (layout == Layout::rowswrapped) {
      set = y / rows_of_set(), sample = y % rows_of_set() * width + x;
    } else {
      set = y, sample = x;
    }
    return set < sets && sample < length;
  }
};

std::optional<Natural> natural(const Pars& p, const Inputs<Image>& in) {
  const Channels* channels = in.at(p.chop);
  if (!channels) return std::nullopt;
  const std::size_t sets = sets_of(*channels, p.dataformat), length = channels->length();
  Natural size{1, 1, pixel_format(p.dataformat)};
  if (sets == 0) return size;
  if (p.layout == Layout::square) {
    const std::size_t total = sets * length;
    std::size_t side = std::size_t(std::sqrt(double(total)));
    while (side * side < total) ++side;
    size.width_px = size.height_px = int(side);
    return size;
  }
  const Places places{sets, length, std::min(length, widest), p.layout};
  size.width_px = int(places.width);
  size.height_px = int(p.layout == Layout::rowswrapped ? sets * places.rows_of_set() : sets);
  return size;
}

using Pixel = std::array<double, 4>;

Pixel pixel_of(const Pars& p, const Channels& c, std::size_t set, std::size_t sample) {
  const std::size_t size = channels_of_set(p.dataformat), count = c.channels.size();
  const auto value = [&](std::size_t channel) { return c.channels[channel].samples[sample]; };
  switch (p.dataformat) {
    case DataFormat::a:
      return {0, 0, 0, value(set)};
    case DataFormat::legacy:
      if (count < 3) return {value(0), value(0), value(0), value(0)};
      return {value(0), value(1), value(2), count == 3 ? double(sample) / double(c.length()) : value(3)};
    default:
      break;
  }
  Pixel pixel = {0, 0, 0, 1};
  for (std::size_t i = 0; i < size; ++i) pixel[i] = value(set * size + i);
  return pixel;
}

Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  static const Channels none;
  if (!p.chop.path.empty() && !in.at(p.chop)) return cook.error("chop", fmt::format("'{}' is no CHOP", p.chop.path));
  const Channels& channels = in.at(p.chop) ? *in.at(p.chop) : none;
  const std::size_t w = std::size_t(cook.width_px);
  const Places places{sets_of(channels, p.dataformat), channels.length(), w, p.layout};
  if (places.sets == 0 && !channels.channels.empty())
    cook.warn(fmt::format("'{}' has {} channels of {} samples: not one set of pixels", p.chop.path,
                          channels.channels.size(), channels.length()));
  auto out = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format);
  out->aspect = cook.aspect;
  parallel_for(cook.height_px, [&](std::int64_t y) {
    std::vector<float> planes(4 * w);
    for (std::size_t x = 0; x < w; ++x) {
      std::size_t set = 0, sample = 0;
      const bool filled = places.find(x, std::size_t(y), set, sample);
      Pixel pixel = filled ? pixel_of(p, channels, set, sample) : Pixel{p.rgba[0], p.rgba[1], p.rgba[2], p.rgba[3]};
      for (std::size_t c = 0; c < 4; ++c)
        planes[c * w + x] = float(filled && p.clamp ? std::min(std::max(0.0, pixel[c]), 1.0) : pixel[c]);
    }
    kernels::store_pixels(cook.format, &planes[0], &planes[w], &planes[2 * w], &planes[3 * w], cook.width_px,
                          out->row(int(y)));
  });
  return ImageHandle(out);
}

}  // namespace
}  // namespace cookline::chopto_op

namespace cookline {

const OpDef& chopto_top() {
  using namespace chopto_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "choptoTOP", "CHOP to", "Samples of channels as pixels.")
                              .cook<&cook>()
                              .natural<&natural>();
  return op;
}

}  // namespace cookline
