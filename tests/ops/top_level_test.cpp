// The Level and Constant TOPs: every parameter reaches its place in the chain.
#include <cmath>

#include "ops/top_harness.h"

namespace cookline {
namespace {

constexpr double grey[] = {0.6, 0.3, 0.9, 0.5};

// What a pixel of `grey` becomes with some parameters set.
std::array<double, 4> adjusted(const std::vector<std::pair<std::string, Value>>& settings, double scale = 1) {
  TopHarness level("levelTOP");
  level.input(0, Picture(1, 1, [=](int, int, int c) { return grey[c] * (c < 3 ? scale : 1); }));
  for (const auto& [par, value] : settings) level.set(par, value);
  const Picture out = level.shade(1, 1);
  return {out.at(0, 0, 0), out.at(0, 0, 1), out.at(0, 0, 2), out.at(0, 0, 3)};
}
void expect_rgb(const std::array<double, 4>& got, double (*formula)(double)) {
  for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(got[c], formula(grey[c]), 1e-6);
}

TEST(top_level, as_created_it_changes_nothing) {
  const auto out = adjusted({});
  for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(float(out[c]), float(grey[c]));
}

TEST(top_level, the_pre_page_is_applied) {
  expect_rgb(adjusted({{"invert", 1.0}}), [](double v) { return 1 - v; });
  expect_rgb(adjusted({{"blacklevel", 0.2}}), [](double v) { return (v - 0.2) / 0.8; });
  expect_rgb(adjusted({{"brightness1", 0.5}}), [](double v) { return v * 0.5; });
  expect_rgb(adjusted({{"gamma1", 2.0}}), [](double v) { return std::sqrt(v); });
  expect_rgb(adjusted({{"contrast", 0.5}}), [](double v) { return (v - 0.5) * 0.5 + 0.5; });
}

TEST(top_level, the_range_and_rgba_pages_are_applied) {
  expect_rgb(adjusted({{"inlow", 0.1}, {"inhigh", 0.6}}), [](double v) { return (v - 0.1) / 0.5; });
  expect_rgb(adjusted({{"outlow", 0.1}, {"outhigh", 0.6}}), [](double v) { return 0.1 + v * 0.5; });
  const auto out =
      adjusted({{"lowr", 0.2}, {"highg", 0.5}, {"lowb", 1.0}, {"highb", 0.0}, {"lowa", 0.1}, {"higha", 0.2}});
  EXPECT_NEAR(out[0], 0.2 + 0.6 * 0.8, 1e-6);
  EXPECT_NEAR(out[1], 0.3 * 0.5, 1e-6);
  EXPECT_NEAR(out[2], 1 - 0.9, 1e-6);
  EXPECT_NEAR(out[3], 0.1 + 0.5 * 0.1, 1e-6);
  EXPECT_NEAR(adjusted({{"highr", 0.5}})[0], 0.3, 1e-6);
  EXPECT_NEAR(adjusted({{"lowg", 0.5}})[1], 0.65, 1e-6);
}

TEST(top_level, the_step_page_is_applied) {
  const std::pair<std::string, Value> on = {"stepping", true}, size = {"stepsize", 0.25};
  expect_rgb(adjusted({on, size}), [](double v) { return std::floor(v / 0.25) * 0.25; });
  expect_rgb(adjusted({on}), [](double v) { return v; });
  expect_rgb(adjusted({size}), [](double v) { return v; });
  expect_rgb(adjusted({on, size, {"clamplow", 0.3}}),
             [](double v) { return std::max(0.3, std::floor(v / 0.25) * 0.25); });
  expect_rgb(adjusted({on, size, {"clamphigh", 0.3}}),
             [](double v) { return std::min(0.3, std::floor(v / 0.25) * 0.25); });
  EXPECT_NE(adjusted({on, size, {"threshold", 0.5}})[0], adjusted({on, size})[0]);
  EXPECT_NE(adjusted({on, size, {"soften", 1.0}})[0], adjusted({on, size})[0]);
}

TEST(top_level, the_post_page_is_applied) {
  expect_rgb(adjusted({{"gamma2", 2.0}}), [](double v) { return std::sqrt(v); });
  expect_rgb(adjusted({{"brightness2", 0.5}}), [](double v) { return v * 0.5; });
  expect_rgb(adjusted({{"clamp", true}, {"clamplow2", 0.4}, {"clamphigh2", 0.7}}),
             [](double v) { return std::clamp(v, 0.4, 0.7); });
  expect_rgb(adjusted({{"premultrgbbyalpha", true}}), [](double v) { return v * 0.5; });
  const auto out = adjusted({{"opacity", 0.5}});
  expect_rgb(out, [](double v) { return v * 0.5; });
  EXPECT_NEAR(out[3], 0.25, 1e-6);
}

TEST(top_level, clamp_input_limits_colours_and_automatic_asks_the_inputs_format) {
  const auto brightest = [](const char* clamp, PixelFormat format) {
    TopHarness level("levelTOP");
    level.set("clampinput", std::string(clamp));
    level.input(0, Picture(1, 1, [](int, int, int) { return 3; }));
    level.input_format = format;
    return level.shade(1, 1).at(0, 0, 0);
  };
  EXPECT_EQ(brightest("clamp", PixelFormat::rgba32float), 1);
  EXPECT_EQ(brightest("unclamped", PixelFormat::rgba8fixed), 3);
  EXPECT_EQ(brightest("automatic", PixelFormat::rgba8fixed), 1);
  EXPECT_EQ(brightest("automatic", PixelFormat::rgba16fixed), 1);
  EXPECT_EQ(brightest("automatic", PixelFormat::rgba16float), 3);
}

TEST(top_level, without_an_input_it_is_transparent_black) {
  TopHarness level("levelTOP");
  level.set("invert", 1.0);
  EXPECT_TRUE(level.shade(2, 2) == Picture(2, 2));
}

TEST(top_constant, its_colour_is_premultiplied_and_given_in_any_unit) {
  TopHarness constant("constantTOP");
  constant.set("colorr", 0.5);
  constant.set("alpha", 0.5);
  Picture out = constant.shade(2, 1);
  EXPECT_EQ(out.at(1, 0, 0), 0.25f);
  EXPECT_EQ(out.at(1, 0, 1), 0.5f);
  EXPECT_EQ(out.at(1, 0, 3), 0.5f);
  constant.set("multrgbbyalpha", false);
  EXPECT_EQ(constant.shade(2, 1).at(1, 0, 0), 0.5f);
  constant.set("rgbaunit", std::string("u256"));
  constant.set("colorr", 51.0);
  constant.set("alpha", 255.0);
  out = constant.shade(2, 1);
  EXPECT_EQ(out.at(0, 0, 0), 0.2f);
  EXPECT_EQ(out.at(0, 0, 3), 1);
  constant.set("rgbaunit", std::string("u65536"));
  constant.set("colorr", 65535.0);
  EXPECT_EQ(constant.shade(2, 1).at(0, 0, 0), 1);
}

TEST(top_constant, it_tints_its_input_or_lies_over_it) {
  TopHarness constant("constantTOP");
  constant.set("colorr", 0.5);
  constant.input(0, Picture(1, 1, [](int, int, int) { return 0.5; }));
  EXPECT_EQ(constant.shade(1, 1).at(0, 0, 0), 0.25f);
  constant.set("operand", std::string("subtract"));
  constant.set("swaporder", true);
  EXPECT_EQ(constant.shade(1, 1).at(0, 0, 1), -0.5f);
  constant.set("swaporder", false);
  EXPECT_EQ(constant.shade(1, 1).at(0, 0, 1), 0.5f);
  constant.set("compoverinput", false);
  EXPECT_EQ(constant.shade(1, 1).at(0, 0, 1), 1);
}

}  // namespace
}  // namespace cookline
