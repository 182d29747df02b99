// Noise TOP: noise over the plane of the picture, or at coordinates read from a second input, alone or combined with
// the first input.
#include "kernels/noise.h"

#include <algorithm>

#include "kernels/dither.h"
#include "op/op.h"
#include "ops/top/transform/affine3.h"

namespace cookline::noise_top_op {
namespace {

using kernels::NoiseType;
enum class Mode { performance, quality };
enum class Combine { noise, multiply, add, subtract };
enum class Alpha { zero, one, random, input, multiply, add, addclamp };

constexpr MenuItem types[] = {{"perlin2d", "Perlin 2D (GPU)"},
                              {"perlin3d", "Perlin 3D (GPU)"},
                              {"perlin4d", "Perlin 4D (GPU)"},
                              {"simplex2d", "Simplex 2D (GPU)"},
                              {"simplex3d", "Simplex 3D (GPU)"},
                              {"simplex4d", "Simplex 4D (GPU)"},
                              {"randomgpu", "Random (GPU)"},
                              {"sparse", "Sparse"},
                              {"hermite", "Hermite"},
                              {"harmonic", "Harmomic Summation"},
                              {"random", "Random"},
                              {"alligator", "Alligator"}};
constexpr MenuItem combines[] = {
    {"noise", "Noise"}, {"multiply", "Input * Noise"}, {"add", "Input + Noise"}, {"subtract", "Input - Noise"}};
constexpr MenuItem alphas[] = {{"zero", "Zero"},
                               {"one", "One"},
                               {"random", "Noise"},
                               {"input", "Input"},
                               {"multiply", "Input * Noise"},
                               {"add", "Input + Noise"},
                               {"addclamp", "Input + clamp(Noise)"}};

constexpr MenuItem modes[] = {{"performance", "Performance"}, {"quality", "Quality"}};

struct Pars {
  NoiseType type = NoiseType::simplex3d;
  double seed = 1, period = 1;
  int harmon = 2;
  double spread = 2, gain = 0.7, rough = 0.5, exp = 1, amp = 0.5, offset = 0.5;
  bool mono = true, aspectcorrect = true;
  TransformOrder xord = TransformOrder::srt;
  RotateOrder rord = RotateOrder::xyz;
  XYZ t = {0, 0, 0}, r = {0, 0, 0}, s = {1, 1, 1}, p = {0, 0, 0};
  double t4d = 0, s4d = 1;
  Combine rgb = Combine::add;
  double inputscale = 1, noisescale = 1;
  Alpha alpha = Alpha::one;
  bool dither = false, gradient = false;
  Mode mode = Mode::performance;
};

constexpr Par table[] = {
    par<&Pars::type>("type", "Type")
        .on("Noise")
        .items(types)
        .help("The noise function. The GPU types are TouchDesigner's own pattern; the others have its look and "
              "statistics."),
    par<&Pars::seed>("seed", "Seed").on("Noise").slider(0, 10).help("Any number; each gives another pattern."),
    par<&Pars::period>("period", "Period")
        .on("Noise")
        .slider(0, 10)
        .help("Size of the pattern: the approximate distance between peaks; 0 gives white noise."),
    par<&Pars::harmon>("harmon", "Harmonics")
        .on("Noise")
        .range(0, 64)
        .slider(0, 10)
        .help("How many finer octaves are laid over the base."),
    par<&Pars::spread>("spread", "Harmonic Spread")
        .on("Noise")
        .slider(0, 4)
        .help("Frequency of an octave by that of the one before; of the CPU types only for Harmonic Summation."),
    par<&Pars::gain>("gain", "Harmonic Gain")
        .on("Noise")
        .slider(0, 1)
        .help("Strength of an octave by that of the one before, for the GPU types."),
    par<&Pars::rough>("rough", "Roughness")
        .on("Noise")
        .slider(0, 1)
        .help("Strength of an octave by that of the one before, for the CPU types."),
    par<&Pars::exp>("exp", "Exponent")
        .on("Noise")
        .slider(0, 4)
        .help("Above 1 pushes values towards the middle, below 1 towards the extremes."),
    par<&Pars::amp>("amp", "Amplitude").on("Noise").slider(0, 1).help("Scales the noise."),
    par<&Pars::offset>("offset", "Offset").on("Noise").slider(0, 1).help("The value in the middle of the noise."),
    par<&Pars::mono>("mono", "Monochrome").on("Noise").help("One noise for all channels; off, each has its own."),
    par<&Pars::aspectcorrect>("aspectcorrect", "Aspect Correct")
        .on("Noise")
        .help("The pattern keeps its shape; off, it is stretched to the picture's."),
    par<&Pars::xord>("xord", "Transform Order")
        .on("Transform")
        .items(transform_orders)
        .help("The order in which the sampling plane is scaled, rotated and translated."),
    par<&Pars::rord>("rord", "Rotate Order")
        .on("Transform")
        .items(rotate_orders)
        .help("The order of the rotations about the three axes."),
    par<&Pars::t>("t", "Translate")
        .on("Transform")
        .slider(-1, 1)
        .help("Moves the pattern; Z moves the plane through it."),
    par<&Pars::r>("r", "Rotate").on("Transform").slider(-180, 180).in("deg").help("Rotates the sampling plane."),
    par<&Pars::s>("s", "Scale").on("Transform").slider(0, 10).help("Scales the sampling plane."),
    par<&Pars::p>("p", "Pivot")
        .on("Transform")
        .slider(-1, 1)
        .help("The point about which the plane is scaled and rotated."),
    par<&Pars::t4d>("t4d", "Translate 4D")
        .on("Transform")
        .slider(-1, 1)
        .help("Moves the fourth coordinate of 4D noise."),
    par<&Pars::s4d>("s4d", "Scale 4D")
        .on("Transform")
        .slider(0, 10)
        .help("Scales the fourth coordinate of 4D noise, which the second input's alpha gives."),
    par<&Pars::rgb>("rgb", "RGB").on("Output").items(combines).help("How noise and the first input make the colour."),
    par<&Pars::inputscale>("inputscale", "Input Scale")
        .on("Output")
        .slider(0, 1)
        .help("Strength of the input where it is combined."),
    par<&Pars::noisescale>("noisescale", "Noise Scale")
        .on("Output")
        .slider(0, 1)
        .help("Strength of the noise where it is combined."),
    par<&Pars::alpha>("alpha", "Alpha").on("Output").items(alphas).help("What the alpha channel holds."),
    par<&Pars::dither>("dither", "Dither").on("Output").help("Hides the steps of 8-bit colours."),
    par<&Pars::gradient>("gradient", "Gradient")
        .on("Output")
        .help("The slopes of Perlin and simplex noise along its own axes, X in red, Y in green and so on."),
    par<&Pars::mode>("mode", "Mode")
        .on("Output")
        .items(modes)
        .help("Quality has no steps and favours no direction; simplex noise only."),
};

// From the plane to noise space without the seed's offset. Translate is subtracted, after the period; scale and
// rotation have their pivot half a unit left of and below the given one (both as measured).
Affine3 plane_to_noise(const Pars& p) {
  const double frequency = p.period == 0 ? 1 : 1 / p.period;
  const Vector3 pivot = {p.p[0] - 0.5, p.p[1] - 0.5, p.p[2]};
  const Affine3 scale = about(pivot, scaling({p.s[0], p.s[1], p.s[2]}));
  const Affine3 rotate = about(pivot, rotation_xyz({p.r[0], p.r[1], p.r[2]}, p.rord));
  const Affine3 translate = translation({-p.t[0], -p.t[1], -p.t[2]});
  return then(scaling({frequency, frequency, frequency}), in_order(p.xord, scale, rotate, translate));
}

// The plane reaches from -2 to 2 across the longer side, starting at the lower left corner.
struct Plane {
  double scale_x, scale_y;  // of a position in pixels
  Plane(const Pars& p, const Tile& tile) {
    const double longest = std::max(tile.width, tile.height);
    scale_x = 4 / (p.aspectcorrect ? longest : tile.width);
    scale_y = 4 / (p.aspectcorrect ? longest : tile.height);
  }
};

// Where the noise of one tile is taken: on a line, or at points read from the coordinate map.
class Sampler {
 public:
  Sampler(const Pars& p, const InTile& map, const Tile& tile)
      : p_(p), map_(map), tile_(tile), plane_(p, tile), to_noise_(plane_to_noise(p)) {
    settings_.type = p.period == 0 ? NoiseType::randomgpu : p.type;
    settings_.harmon = p.harmon, settings_.spread = p.spread, settings_.gain = p.gain, settings_.rough = p.rough;
    settings_.quality = p.mode == Mode::quality;
  }

  // Axes along which the noise has slopes: 2 to 4, none for types without.
  int slopes() const { return settings_.type <= NoiseType::simplex4d ? kernels::noise_dimensions(settings_.type) : 0; }

  // The noise of channel `c`, as it comes out of Amplitude, Exponent and Offset.
  void sample(int c, float* to) const;
  // Its slopes along its own axes, shaped alike, for the first slopes() of `to`.
  void sample_slopes(const std::array<float*, 4>& to) const;

 private:
  using Points = std::array<std::span<const double>, 4>;
  template <class Sum>
  void each_chunk(const kernels::NoisePoint& offset, Sum sum) const;
  void shape(float* values) const {
    kernels::shape_noise({values, std::size_t(tile_.count)}, float(p_.amp), float(p_.exp), float(p_.offset));
  }
  kernels::NoiseLine line(const kernels::NoisePoint& offset) const;
  kernels::NoiseMap map_to_noise(const kernels::NoisePoint& offset) const;

  const Pars& p_;
  const InTile& map_;
  const Tile& tile_;
  Plane plane_;
  Affine3 to_noise_;
  kernels::NoiseSettings settings_;
};

kernels::NoiseLine Sampler::line(const kernels::NoisePoint& offset) const {
  const Vector3 base = to_noise_.point({0.5 * plane_.scale_x - 2, (tile_.y + 0.5) * plane_.scale_y - 2, 0});
  const Vector3 step = to_noise_.direction({plane_.scale_x, 0, 0});
  return {{base[0] + offset[0], base[1] + offset[1], base[2] + offset[2], offset[3] - p_.t4d},
          {step[0], step[1], step[2], 0}};
}

// A pixel of the map is the position, 0 to 1 across the picture, whose noise is wanted; blue and alpha are the third
// and fourth coordinate in the same measure.
kernels::NoiseMap Sampler::map_to_noise(const kernels::NoisePoint& offset) const {
  const Vector3 size = {plane_.scale_x * tile_.width, plane_.scale_y * tile_.height, 4};
  const Vector3 corner = to_noise_.point({-2, -2, 0});
  kernels::NoiseMap map;
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t c = 0; c < 3; ++c) map.rows[k][c] = to_noise_.rows[k][c] * size[c];
    map.shift[k] = corner[k] + offset[k];
  }
  map.fourth = 4 / (p_.period == 0 ? 1 : p_.period) * p_.s4d;
  map.shift[3] = offset[3] - p_.t4d;
  return map;
}

// Calls sum(points, from, count) for all pixels of the coordinate map.
template <class Sum>
void Sampler::each_chunk(const kernels::NoisePoint& offset, Sum sum) const {
  constexpr std::size_t chunk = 512;  // what a processor's fastest memory holds
  const kernels::NoiseMap map = map_to_noise(offset);
  const int dimensions = kernels::noise_dimensions(settings_.type);
  double points[4][chunk];
  for (std::size_t from = 0; from < std::size_t(tile_.count); from += chunk) {
    const std::size_t n = std::min(chunk, std::size_t(tile_.count) - from);
    kernels::noise_map_points(map, {{{map_.r + from, n}, {map_.g + from, n}, {map_.b + from, n}, {map_.a + from, n}}},
                              {{{points[0], n}, {points[1], n}, {points[2], n}, {points[3], n}}}, dimensions);
    sum(Points{{{points[0], n}, {points[1], n}, {points[2], n}, {points[3], n}}}, from, n);
  }
}

void Sampler::sample(int c, float* to) const {
  const kernels::NoisePoint offset = kernels::noise_seed_offset(p_.seed, c);
  if (map_)
    each_chunk(offset, [&](const Points& points, std::size_t from, std::size_t n) {
      kernels::noise_points(settings_, points, {to + from, n});
    });
  else
    kernels::noise_line(settings_, line(offset), tile_.x, {to, std::size_t(tile_.count)});
  shape(to);
}

void Sampler::sample_slopes(const std::array<float*, 4>& to) const {
  const kernels::NoisePoint offset = kernels::noise_seed_offset(p_.seed, 0);
  const auto spans = [&](std::size_t from, std::size_t n) {
    return std::array<std::span<float>, 4>{
        {{to[0] + from, n}, {to[1] + from, n}, {to[2] + from, n}, {to[3] + from, n}}};
  };
  if (map_)
    each_chunk(offset, [&](const Points& points, std::size_t from, std::size_t n) {
      kernels::noise_slope_points(settings_, points, spans(from, n));
    });
  else
    kernels::noise_slope_line(settings_, line(offset), tile_.x, spans(0, std::size_t(tile_.count)));
  for (int k = 0; k < slopes(); ++k) shape(to[std::size_t(k)]);
}

void combine(const Pars& p, const float* input, float* noise, int count) {
  const float in = float(p.inputscale), own = float(p.noisescale);
  switch (p.rgb) {
    case Combine::noise:
      break;
    case Combine::multiply:
      for (int i = 0; i < count; ++i) noise[i] = input[i] * in * (noise[i] * own);
      break;
    case Combine::add:
      for (int i = 0; i < count; ++i) noise[i] = input[i] * in + noise[i] * own;
      break;
    case Combine::subtract:
      for (int i = 0; i < count; ++i) noise[i] = input[i] * in - noise[i] * own;
      break;
  }
}

// Without an input, its alpha is 0. `noise` is read only where alpha_needs_noise().
void combine_alpha(const Pars& p, const float* input, float* noise, int count) {
  const float in = float(p.inputscale), own = float(p.noisescale);
  const auto each = [&](auto combined) {
    for (int i = 0; i < count; ++i) noise[i] = combined(input ? input[i] : 0, noise[i]);
  };
  switch (p.alpha) {
    case Alpha::zero:
      return void(std::fill_n(noise, count, 0.0f));
    case Alpha::one:
      return void(std::fill_n(noise, count, 1.0f));
    case Alpha::random:
      return;
    case Alpha::input:
      return each([](float a, float) { return a; });
    case Alpha::multiply:
      return each([=](float a, float n) { return a * in * (n * own); });
    case Alpha::add:
      return each([=](float a, float n) { return a * in + n * own; });
    case Alpha::addclamp:
      return each([=](float a, float n) { return a * in + std::clamp(n * own, 0.0f, 1.0f); });
  }
}

bool alpha_needs_noise(Alpha alpha) { return alpha == Alpha::random || alpha >= Alpha::multiply; }

// The four channels before they meet the input; the alpha of 4-D slopes is one of them. With `one_plane` green and blue
// become red's plane.
void fill_noise(const Pars& p, const Sampler& sampler, Tile& out, bool slopes, bool one_plane) {
  float* rgb[] = {out.r, out.g, out.b};
  if (slopes) {
    sampler.sample_slopes({out.r, out.g, out.b, out.a});
    if (sampler.slopes() == 2) std::fill_n(out.b, out.count, 0.0f);
  } else {
    sampler.sample(0, out.r);
    if (one_plane) out.g = out.b = out.r;
    for (int c = 1; c < 3 && !one_plane; ++c) {
      if (p.mono)
        std::copy_n(out.r, out.count, rgb[c]);
      else
        sampler.sample(c, rgb[c]);
    }
  }
  if ((slopes && sampler.slopes() == 4) || !alpha_needs_noise(p.alpha)) return;
  if (p.mono && !slopes)
    std::copy_n(out.r, out.count, out.a);
  else
    sampler.sample(p.mono ? 0 : 3, out.a);
}

void shade(const Pars& p, const Tiles& in, Tile& out) {
  const Sampler sampler(p, in[1], out);
  const bool slopes = p.gradient && sampler.slopes() > 0;
  const InTile& input = in[0];
  fill_noise(p, sampler, out, slopes, p.mono && !slopes && !input && !p.dither);
  if (input) {
    combine(p, input.r, out.r, out.count);
    combine(p, input.g, out.g, out.count);
    combine(p, input.b, out.b, out.count);
  }
  if (!(slopes && sampler.slopes() == 4)) combine_alpha(p, input.a, out.a, out.count);
  if (p.dither) kernels::dither(out.x, out.y, out.count, {out.r, out.g, out.b, out.a});
}

}  // namespace
}  // namespace cookline::noise_top_op

namespace cookline {

const OpDef& noise_top() {
  using namespace noise_top_op;
  static constexpr std::string_view inputs[] = {"Composite Input", "Noise Coordinate Map"};
  static const OpDef op = Define<Pars, table>(Family::TOP, "noiseTOP", "Noise", "Perlin, simplex and other noise.")
                              .inputs(0, 2, inputs)
                              .shade<&shade>();
  return op;
}

}  // namespace cookline
