#include "kernels/level.h"

#include <algorithm>
#include <cmath>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

ConstPlanes planes(const TestPlanes& p) { return {p[0], p[1], p[2], p[3]}; }
Planes planes(TestPlanes& p) { return {p[0], p[1], p[2], p[3]}; }

TestPlanes levelled(const Level& p, const TestPlanes& in) {
  TestPlanes out(in.count());
  level(p, planes(in), planes(out), in.count());
  return out;
}

// ---- The reference: every step on its own, in double.

double curve(double x, double gamma) { return gamma == 1 ? x : std::pow(std::max(x, 0.0), 1 / gamma); }

double banded(double x, const Level& p) {
  const double at = x / p.stepsize - p.threshold;
  double band = std::floor(at);
  if (p.soften > 0) {
    const double edge = std::nearbyint(at);
    band = edge - 1 + std::clamp((at - edge) / p.soften + 0.5, 0.0, 1.0);
  }
  return std::clamp(band * p.stepsize, p.clamplow, p.clamphigh);
}

double colour(double x, const Level& p, std::size_t c) {
  if (p.clampinput) x = std::clamp(x, 0.0, 1.0);
  x = x + p.invert * (1 - 2 * x);
  x = p.blacklevel >= 1 ? 0 : (x - p.blacklevel) / (1 - p.blacklevel);
  x = x * p.brightness1;
  if (p.clampinput) x = std::clamp(x, 0.0, 1.0);
  x = curve(x, p.gamma1);
  x = (x - 0.5) * p.contrast + 0.5;
  x = (x - p.inlow) / (p.inhigh == p.inlow ? 1 : p.inhigh - p.inlow);
  x = p.outlow + x * (p.outhigh - p.outlow);
  x = p.low[c] + x * (p.high[c] - p.low[c]);
  if (p.stepping) x = banded(x, p);
  x = curve(x, p.gamma2);
  x = x * p.brightness2;
  return p.clamp ? std::clamp(x, p.clamplow2, p.clamphigh2) : x;
}

std::array<double, 4> reference(const TestPlanes& in, int i, const Level& p) {
  std::array<double, 4> out{};
  const double alpha = p.low[3] + in[3][i] * (p.high[3] - p.low[3]);
  for (std::size_t c = 0; c < 3; ++c)
    out[c] = colour(in[int(c)][i], p, c) * (p.premultrgbbyalpha ? alpha : 1) * p.opacity;
  out[3] = alpha * p.opacity;
  return out;
}

std::vector<Level> parameter_sets() {
  return {
      {.brightness1 = 1.7},
      {.clampinput = true},
      {.clampinput = true, .brightness1 = 1.7, .contrast = 1.3},
      {.clampinput = true, .invert = 1, .brightness1 = 1.2, .outhigh = 3},
      {.clampinput = true, .invert = 0.8, .blacklevel = -3, .brightness1 = 2, .gamma2 = 1.1},
      {.clampinput = true, .brightness1 = -0.5, .outlow = 0.1},
      {.invert = 1},
      {.invert = 0.3, .blacklevel = 0.2, .brightness1 = 0.9, .gamma1 = 2.2},
      {.blacklevel = 1},
      {.clampinput = true, .blacklevel = 0.4, .brightness1 = 3, .gamma1 = 0.45, .contrast = 1.5},
      {.inlow = 0.2, .inhigh = 0.7, .outlow = -0.5, .outhigh = 2},
      {.inlow = 0.4, .inhigh = 0.4},
      {.low = {0.1, 0.2, 0.3, 0.4}, .high = {0.9, 0.1, 1.5, 0.6}, .premultrgbbyalpha = true},
      {.gamma1 = 1.8, .gamma2 = 0.5, .opacity = 0.25, .brightness2 = 1.4},
      {.brightness2 = 2, .clamp = true, .clamplow2 = 0.2, .clamphigh2 = 0.8},
      {.opacity = 0.5, .clamp = true, .premultrgbbyalpha = true},
  };
}

}  // namespace

TEST(level, default_parameters_change_nothing) {
  const TestPlanes in = random_planes(77, 3, -2, 2);
  on_every_target([&] { expect_same_bits(levelled({}, in), in); });
}

TEST(level, the_chain_equals_a_slow_reference) {
  const TestPlanes in = random_planes(501, 4, -0.3, 1.3);
  for (const Level& p : parameter_sets())
    on_every_target([&] {
      const TestPlanes got = levelled(p, in);
      for (int i = 0; i < in.count(); ++i) {
        const auto expected = reference(in, i, p);
        for (int c = 0; c < 4; ++c) {
          const double e = expected[std::size_t(c)];
          // Curves are steep near zero, and there the rounding of their argument shows.
          const double tolerance = p.gamma1 == 1 && p.gamma2 == 1 ? 2e-6 : 2e-3;
          ASSERT_NEAR(got[c][i], e, std::fabs(e) < 0.05 ? tolerance : 3e-6 * std::max(1.0, std::fabs(e)))
              << "pixel " << i << " plane " << c << " of " << in[c][i];
        }
      }
    });
}

TEST(level, results_may_replace_the_input_and_runs_may_have_any_length) {
  for (int count : {0, 1, 7, 8, 9, 31, 33, 100}) {
    const TestPlanes in = random_planes(count, 6);
    for (const Level& p : parameter_sets()) {
      use_target(available_targets().front());
      const TestPlanes expected = levelled(p, in);
      on_every_target([&] {
        TestPlanes same = in;
        level(p, planes(same), planes(same), count);
        expect_same_bits(same, expected);
      });
    }
  }
}

TEST(level, brightness_is_one_exact_product) {
  const TestPlanes in = random_planes(40, 2), out = levelled({.brightness1 = 1.37}, in);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(out[1][i], in[1][i] * 1.37f);
}

TEST(level, stepping_makes_bands_of_the_step_size) {
  TestPlanes in(9);
  const float values[] = {0, 0.1f, 0.2499f, 0.25f, 0.4f, 0.5f, 0.76f, 1, -0.1f};
  for (int c = 0; c < 3; ++c) std::copy(std::begin(values), std::end(values), in[c]);
  on_every_target([&] {
    const TestPlanes plain = levelled({.stepping = true, .stepsize = 0.25}, in);
    const float bands[] = {0, 0, 0, 0.25f, 0.25f, 0.5f, 0.75f, 1, 0};
    for (int i = 0; i < 9; ++i) EXPECT_EQ(plain[0][i], bands[i]) << values[i];
    const TestPlanes shifted = levelled({.stepping = true, .stepsize = 0.25, .threshold = 0.5, .clamphigh = 0.5}, in);
    const float later[] = {0, 0, 0, 0, 0.25f, 0.25f, 0.5f, 0.5f, 0};
    for (int i = 0; i < 9; ++i) EXPECT_EQ(shifted[1][i], later[i]) << values[i];
  });
}

TEST(level, softened_steps_are_ramps_centred_on_the_edges) {
  TestPlanes in(401);
  for (int i = 0; i <= 400; ++i) in[0][i] = float(i) / 400;
  for (double soften : {0.25, 0.6, 1.0}) {
    const Level p = {.stepping = true, .stepsize = 0.2, .threshold = 0.1, .soften = soften};
    on_every_target([&] {
      const TestPlanes out = levelled(p, in);
      for (int i = 0; i <= 400; ++i) ASSERT_NEAR(out[0][i], banded(in[0][i], p), 1e-5) << in[0][i];
      for (int i = 1; i <= 400; ++i) ASSERT_GE(out[0][i], out[0][i - 1]);
    });
  }
}

}  // namespace cookline::kernels
