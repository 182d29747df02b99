// What level.cpp derives from a Level's parameters once a run: its affine steps joined, in double.
#pragma once
#include <algorithm>

#include "kernels/level.h"

namespace cookline::kernels {

// x·gain + offset
struct Affine {
  double gain = 1, offset = 0;
  bool identity() const { return gain == 1 && offset == 0; }
  Affine then(double g, double o) const { return {gain * g, offset * g + o}; }
  Affine then(const Affine& next) const { return then(next.gain, next.offset); }
};

// What one channel goes through: clamp, pre, clamp, power1, range, bands, power2, post, limit, and at last either the
// new alpha (with opacity) or nothing. Affine steps with nothing between them are joined into the last of them.
struct ChannelPlan {
  bool clamp_input, stepping, limit, by_alpha;
  double power1, power2;  // 1: no curve
  Affine pre, range, post;
  bool straight() const { return power1 == 1 && power2 == 1 && !stepping && !limit && !by_alpha; }
};

inline double power_of(double gamma) { return gamma == 1 ? 1.0 : 1 / std::max(gamma, 1e-6); }

inline Affine pre_of(const Level& p) {
  if (p.blacklevel >= 1) return {0, 0};
  const double k = 1 / (1 - p.blacklevel);
  return Affine{1 - 2 * p.invert, p.invert}.then(k, -p.blacklevel * k).then(p.brightness1, 0);
}

inline Affine range_of(const Level& p, std::size_t channel) {
  const double span = p.inhigh == p.inlow ? 1.0 : p.inhigh - p.inlow;
  return Affine{p.contrast, 0.5 - 0.5 * p.contrast}
      .then(1 / span, -p.inlow / span)
      .then(p.outhigh - p.outlow, p.outlow)
      .then(p.high[channel] - p.low[channel], p.low[channel]);
}

// The new alpha, opacity included; premultiplied colours are multiplied by just that.
inline Affine alpha_of(const Level& p) { return Affine{}.then(p.high[3] - p.low[3], p.low[3]).then(p.opacity, 0); }

inline ChannelPlan plan_of(const Level& p, std::size_t channel) {
  ChannelPlan plan{p.clampinput,
                   p.stepping && p.stepsize > 1e-6,
                   p.clamp,
                   p.premultrgbbyalpha,
                   power_of(p.gamma1),
                   power_of(p.gamma2),
                   pre_of(p),
                   range_of(p, channel),
                   {p.brightness2, 0}};
  if (!plan.clamp_input && plan.power1 == 1) {
    plan.range = plan.pre.then(plan.range);
    plan.pre = {};
  }
  if (!plan.limit && !plan.by_alpha) plan.post = plan.post.then(p.opacity, 0);
  if (!plan.stepping && plan.power2 == 1) {
    plan.range = plan.range.then(plan.post);
    plan.post = {};
  }
  return plan;
}

}  // namespace cookline::kernels
