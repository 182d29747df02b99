// Colour spaces against values of their standards and a slow independent way.
#include "kernels/colour_space.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace cookline::kernels {
namespace {

using Colour = std::array<double, 3>;

Colour through(std::string_view from, std::string_view to, const Colour& colour, double white = 1) {
  return ColourTransform(*colour_space_named(from), *colour_space_named(to), white)(colour);
}
void expect_near(const Colour& found, const Colour& expected, double tolerance = 2e-5) {
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i], expected[i], tolerance) << i;
}

TEST(colour_space, curves_have_the_values_of_their_standards) {
  expect_near(through("srgb", "srgblinear", {0.5, 0.02, 1}), {0.21404114, 0.02 / 12.92, 1});
  expect_near(through("srgblinear", "rec709", {0.18, 0.01, 1}), {0.40900773, 0.045, 1});
  // ST 2084: 100 and 1,000 cd/m2 are codes 0.5081 and 0.7518; 0 is 0 and 10,000 is 1.
  expect_near(through("srgblinear", "rec2020st2084pq", {1, 1, 1}, 0.01), {0.508078, 0.508078, 0.508078}, 1e-4);
  expect_near(through("srgblinear", "rec2020st2084pq", {1, 1, 1}, 0.1), {0.751827, 0.751827, 0.751827}, 1e-4);
  expect_near(through("srgblinear", "rec2020st2084pq", {1, 1, 1}, 1), {1, 1, 1}, 1e-4);
  // BT.2100: 1/12 of the peak is half the signal; BT.2408: HDR white is 75 % of it.
  expect_near(through("srgblinear", "rec2020hlg", {1, 1, 1}, 1.0 / 12), {0.5, 0.5, 0.5}, 1e-4);
  expect_near(through("srgblinear", "rec2020hlg", {1, 1, 1}, light_of_white(Curve::hlg, "default")), {0.75, 0.75, 0.75},
              1e-3);
  EXPECT_DOUBLE_EQ(light_of_white(Curve::pq, "sdr"), 0.01);
  EXPECT_DOUBLE_EQ(light_of_white(Curve::srgb, "hdr"), 1);
  // S-2013-001: middle grey is 10-bit code 426, the limits are 64 and 940.
  const Colour proxy = through("acescg", "acesproxy", {0.18, 0, 1000});
  EXPECT_NEAR(proxy[0] * 1023, 426, 0.6);
  EXPECT_NEAR(proxy[1] * 1023, 64, 1e-3);
  EXPECT_NEAR(proxy[2] * 1023, 940, 1e-3);
}

TEST(colour_space, primaries_go_where_they_belong) {
  // Rec. 709 red in linear Rec. 2020 (BT.2087) and in ACEScg with D65 adapted to D60 by Bradford.
  expect_near(
      through("srgblinear", "rec2020", {1, 0, 0}),
      {through("srgblinear", "rec709", {0.627404, 0, 0})[0], through("srgblinear", "rec709", {0.069097, 0, 0})[0],
       through("srgblinear", "rec709", {0.016391, 0, 0})[0]},
      2e-4);
  expect_near(through("srgblinear", "acescg", {1, 0, 0}), {0.613097, 0.070194, 0.020616}, 2e-4);
  expect_near(through("srgblinear", "displayp3d65linear", {0, 1, 0}), {0.177538, 0.966942, 0.072374}, 2e-4);
}

TEST(colour_space, white_stays_white_in_every_space) {
  for (const ColourSpace& space : colour_spaces()) {
    if (space.curve == Curve::acesproxy) continue;
    SCOPED_TRACE(space.name);
    expect_near(through("srgb", space.name, {1, 1, 1}), {1, 1, 1}, 2e-4);
  }
}

TEST(colour_space, there_and_back_is_the_same_colour) {
  for (const ColourSpace& space : colour_spaces()) {
    SCOPED_TRACE(space.name);
    for (double v : {0.02, 0.3, 0.77}) {
      const Colour colour = {v, 0.5 * v + 0.1, 1 - v};
      expect_near(through(space.name, "srgb", through("srgb", space.name, colour)), colour,
                  space.curve == Curve::acesproxy ? 2e-3 : 2e-4);
    }
  }
}

TEST(colour_space, negative_values_keep_their_sign_where_the_curve_has_one) {
  expect_near(through("srgblinear", "srgb", {-0.21404114, 0, 0}), {-0.5, 0, 0});
  expect_near(through("srgblinear", "rec2020st2084pq", {-1, -1, -1}), {0, 0, 0}, 1e-5);
}

TEST(colour_space, a_run_of_pixels_is_the_same_as_one_at_a_time) {
  const ColourTransform transform(*colour_space_named("srgb"), *colour_space_named("rec2020hlg"), 0.26);
  std::vector<float> r, g, b;
  for (int i = 0; i < 1001; ++i)
    r.push_back(float(i) / 1000), g.push_back(1 - float(i) / 1000), b.push_back(float(i % 7) / 7);
  std::vector<float> r2 = r, g2 = g, b2 = b;
  transform(r2.data(), g2.data(), b2.data(), 1001);
  for (std::size_t i = 0; i < 1001; ++i) {
    float x = r[i], y = g[i], z = b[i];
    transform(&x, &y, &z, 1);
    ASSERT_EQ(x, r2[i]);
    ASSERT_EQ(y, g2[i]);
    ASSERT_EQ(z, b2[i]);
  }
}

TEST(colour_space, passthrough_and_unknown_names_are_no_space) {
  EXPECT_EQ(colour_space_named("passthrough"), nullptr);
  EXPECT_EQ(colour_space_named("rgb"), nullptr);
}

}  // namespace
}  // namespace cookline::kernels
