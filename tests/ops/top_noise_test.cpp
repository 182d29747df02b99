// The Noise TOP against TouchDesigner's definition in double precision, and what each of its parameters does.
#include <cmath>

#include "kernels/noise.h"
#include "kernels/noise_reference.h"
#include "ops/top_harness.h"

namespace cookline {
namespace {

// As a Noise TOP is created: simplex3d, seed 1, three octaves of gain 0.7.
double as_created(double x, double y, double z) {
  double sum = 0, frequency = 1, gain = 1;
  for (int octave = 0; octave < 3; ++octave) {
    sum +=
        gain * kernels::reference::simplex<3>({(x + 113.5) * frequency, (y + 244.5) * frequency, (z + 47) * frequency});
    frequency *= 2, gain *= 0.7;
  }
  return sum * 0.5 + 0.5;
}
double stored(double v) { return std::round(std::clamp(v, 0.0, 1.0) * 255); }

TEST(top_noise, as_created_it_equals_touchdesigners_definition_on_every_pixel) {
  TopHarness noise("noiseTOP");
  const Picture got = noise.shade(512, 288);
  int unequal = 0;
  for (int y = 0; y < 288; ++y)
    for (int x = 0; x < 512; ++x) {
      const double expected = as_created(4 * (x + 0.5) / 512 - 2, 4 * (y + 0.5) / 512 - 2, 0);
      ASSERT_NEAR(stored(got.at(x, y, 0)), stored(expected), 1) << x << ", " << y;
      unequal += stored(got.at(x, y, 0)) != stored(expected);
      ASSERT_EQ(got.at(x, y, 1), got.at(x, y, 0));
      ASSERT_EQ(got.at(x, y, 2), got.at(x, y, 0));
      ASSERT_EQ(got.at(x, y, 3), 1);
    }
  EXPECT_LT(unequal, 512 * 288 / 1000);
}

TEST(top_noise, a_pixel_does_not_depend_on_the_run_it_is_in) {
  TopHarness noise("noiseTOP");
  noise.set("rz", 30.0);
  noise.set("mono", false);
  noise.set("exp", 1.5);
  const Picture whole = noise.shade(700, 3);
  for (const int run : {1, 7, 64, 513}) EXPECT_TRUE(noise.shade(700, 3, run) == whole) << run;
}

TEST(top_noise, translate_is_subtracted_and_not_divided_by_the_period) {
  TopHarness noise("noiseTOP");
  noise.set("period", 4.0);
  noise.set("tx", 0.3);
  noise.set("tz", -0.7);
  const Picture got = noise.shade(40, 40);
  for (int y = 0; y < 40; y += 3)
    for (int x = 0; x < 40; x += 3)
      EXPECT_NEAR(got.at(x, y, 0), as_created((4 * (x + 0.5) / 40 - 2) / 4 - 0.3, (4 * (y + 0.5) / 40 - 2) / 4, 0.7),
                  2e-3);
}

TEST(top_noise, scale_and_rotation_keep_their_pivot_in_place) {
  TopHarness plain("noiseTOP"), turned("noiseTOP");
  // Perlin noise has no steps, so rounding cannot matter. The middle of pixel 20 lies at 0.05: pivot 0.55 less a half.
  for (TopHarness* n : {&plain, &turned}) n->set("type", std::string("perlin3d"));
  turned.set("px", 0.55);
  turned.set("py", 0.55);
  turned.set("rz", 90.0);
  turned.set("sx", 2.0);
  turned.set("sy", 2.0);
  const Picture a = plain.shade(40, 40), b = turned.shade(40, 40);
  EXPECT_NEAR(b.at(20, 20, 0), a.at(20, 20, 0), 1e-5);
  // One pixel to the right becomes two upwards.
  EXPECT_NEAR(b.at(21, 20, 0), a.at(20, 22, 0), 1e-5);
}

TEST(top_noise, transform_order_and_rotate_order_are_carried_out_as_named) {
  TopHarness srt("noiseTOP"), tsr("noiseTOP");
  for (TopHarness* n : {&srt, &tsr}) n->set("tx", 0.4), n->set("sx", 2.0), n->set("px", 0.5);
  tsr.set("xord", std::string("tsr"));
  const Picture a = srt.shade(8, 8), b = tsr.shade(8, 8);
  const double x = 4 * 3.5 / 8 - 2, y = 4 * 5.5 / 8 - 2;
  EXPECT_NEAR(a.at(3, 5, 0), as_created(x * 2 - 0.4, y, 0), 2e-3);
  EXPECT_NEAR(b.at(3, 5, 0), as_created((x - 0.4) * 2, y, 0), 2e-3);

  TopHarness xyz("noiseTOP"), zyx("noiseTOP");
  for (TopHarness* n : {&xyz, &zyx}) n->set("rx", 90.0), n->set("rz", 90.0), n->set("px", 0.5), n->set("py", 0.5);
  zyx.set("rord", std::string("zyx"));
  // (x, y, 0): about x (x, 0, y), then about z (0, x, y). About z first (-y, x, 0), then about x (-y, 0, x).
  EXPECT_NEAR(xyz.shade(8, 8).at(3, 5, 0), as_created(0, x, y), 2e-3);
  EXPECT_NEAR(zyx.shade(8, 8).at(3, 5, 0), as_created(-y, 0, x), 2e-3);
}

TEST(top_noise, without_aspect_correction_the_pattern_fills_the_picture) {
  TopHarness noise("noiseTOP");
  noise.set("aspectcorrect", false);
  const Picture got = noise.shade(64, 16);
  EXPECT_NEAR(got.at(9, 13, 0), as_created(4 * 9.5 / 64 - 2, 4 * 13.5 / 16 - 2, 0), 2e-3);
}

TEST(top_noise, colour_noise_has_a_pattern_of_its_own_in_every_channel) {
  TopHarness noise("noiseTOP");
  noise.set("mono", false);
  noise.set("alpha", std::string("random"));
  const Picture got = noise.shade(32, 32);
  for (int c = 1; c < 4; ++c)
    for (int d = 0; d < c; ++d) EXPECT_NE(got.planes[std::size_t(c)], got.planes[std::size_t(d)]);
}

TEST(top_noise, a_coordinate_map_of_the_picture_itself_changes_nothing) {
  TopHarness plain("noiseTOP"), mapped("noiseTOP");
  for (TopHarness* n : {&plain, &mapped}) n->set("type", std::string("perlin3d"));
  const int w = 48, h = 30;
  mapped.input(1, Picture(w, h, [&](int x, int y, int c) {
                 return c == 0 ? (x + 0.5) / w : c == 1 ? (y + 0.5) / h : 0;
               }));
  const Picture a = plain.shade(w, h), b = mapped.shade(w, h);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) ASSERT_NEAR(a.at(x, y, 0), b.at(x, y, 0), 1e-5);
}

TEST(top_noise, the_maps_blue_and_alpha_are_the_third_and_fourth_coordinate) {
  TopHarness noise("noiseTOP");
  noise.input(1, Picture(4, 4, [](int, int, int c) { return c == 2 ? 0.25 : 0.5; }));
  EXPECT_NEAR(noise.shade(4, 4).at(1, 1, 0), as_created(0, 0, 1), 1e-4);
  TopHarness four("noiseTOP"), moved("noiseTOP");
  for (TopHarness* n : {&four, &moved}) n->set("type", std::string("simplex4d"));
  moved.set("t4d", -0.5);
  four.input(1, Picture(4, 4, [](int, int, int c) { return c == 3 ? 0.5 : 0.5; }));
  moved.input(1, Picture(4, 4, [](int, int, int c) { return c == 3 ? 0.375 : 0.5; }));
  EXPECT_EQ(four.shade(4, 4).at(0, 0, 0), moved.shade(4, 4).at(0, 0, 0));
  four.set("s4d", 0.5);
  moved.set("s4d", 0.5), moved.set("t4d", -0.25);
  EXPECT_EQ(four.shade(4, 4).at(0, 0, 0), moved.shade(4, 4).at(0, 0, 0));
}

TEST(top_noise, the_output_page_combines_noise_and_input) {
  TopHarness noise("noiseTOP");
  const double n = noise.shade(4, 4).at(2, 2, 0);
  noise.input(0, Picture(4, 4, [](int, int, int c) { return c == 3 ? 0.8 : 0.25; }));
  noise.set("inputscale", 0.5), noise.set("noisescale", 2.0);
  const auto expect = [&](const char* par, const char* item, int channel, double value) {
    noise.set(par, std::string(item));
    EXPECT_NEAR(noise.shade(4, 4).at(2, 2, channel), value, 1e-6) << item;
  };
  expect("rgb", "noise", 0, n);
  expect("rgb", "multiply", 0, 0.125 * 2 * n);
  expect("rgb", "add", 0, 0.125 + 2 * n);
  expect("rgb", "subtract", 0, 0.125 - 2 * n);
  expect("alpha", "zero", 3, 0);
  expect("alpha", "one", 3, 1);
  expect("alpha", "random", 3, n);
  expect("alpha", "input", 3, 0.8);
  expect("alpha", "multiply", 3, 0.4 * 2 * n);
  expect("alpha", "add", 3, 0.4 + 2 * n);
  expect("alpha", "addclamp", 3, 0.4 + std::clamp(2 * n, 0.0, 1.0));
}

TEST(top_noise, gradient_gives_the_slopes_along_the_noises_own_axes) {
  const double h = 1.0 / 1024;
  const auto value = [&](const char* type, const char* par, double moved) {
    TopHarness noise("noiseTOP");
    noise.set("type", std::string(type));
    noise.set("rz", 40.0);
    noise.set("harmon", std::int64_t(1));
    noise.set(par, -moved);  // translate is subtracted
    return double(noise.shade(9, 9).at(4, 6, 0));
  };
  for (const char* type : {"perlin2d", "perlin3d", "perlin4d"}) {
    TopHarness slopes("noiseTOP");
    slopes.set("type", std::string(type));
    slopes.set("rz", 40.0);
    slopes.set("harmon", std::int64_t(1));
    slopes.set("gradient", true);
    slopes.set("offset", 0.0);
    const Picture got = slopes.shade(9, 9);
    const int axes = type[6] - '0';
    const char* pars[] = {"tx", "ty", "tz", "t4d"};
    for (int k = 0; k < axes; ++k)
      EXPECT_NEAR(got.at(4, 6, k), (value(type, pars[k], h) - value(type, pars[k], -h)) / (2 * h), 2e-3) << type << k;
    EXPECT_TRUE(axes != 2 || got.at(4, 6, 2) == 0);
    EXPECT_TRUE(axes == 4 || got.at(4, 6, 3) == 1);
  }
}

TEST(top_noise, gradient_changes_nothing_for_types_without_slopes) {
  TopHarness plain("noiseTOP"), slopes("noiseTOP");
  for (TopHarness* n : {&plain, &slopes}) n->set("type", std::string("sparse"));
  slopes.set("gradient", true);
  EXPECT_TRUE(slopes.shade(16, 16) == plain.shade(16, 16));
}

TEST(top_noise, period_zero_is_white_noise_for_every_type) {
  for (const char* type : {"simplex3d", "sparse", "random"}) {
    TopHarness noise("noiseTOP");
    noise.set("type", std::string(type));
    noise.set("period", 0.0);
    const Picture got = noise.shade(64, 64);
    double sum = 0, neighbours = 0;
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 63; ++x) {
        sum += got.at(x, y, 0) - 0.5;
        neighbours += (got.at(x, y, 0) - 0.5) * (got.at(x + 1, y, 0) - 0.5);
      }
    EXPECT_NEAR(sum / (64 * 63), 0, 0.02) << type;
    EXPECT_NEAR(neighbours / (64 * 63), 0, 0.006) << type;  // of a variance of 1/12
  }
}

TEST(top_noise, mode_seed_and_the_settings_of_octaves_change_the_pattern) {
  const auto picture = [](const std::vector<std::pair<std::string, Value>>& settings) {
    TopHarness noise("noiseTOP");
    for (const auto& [par, v] : settings) noise.set(par, v);
    return noise.shade(24, 24);
  };
  const Picture plain = picture({});
  for (const auto& [par, v] : std::vector<std::pair<std::string, Value>>{{"mode", std::string("quality")},
                                                                         {"seed", 1.5},
                                                                         {"harmon", std::int64_t(1)},
                                                                         {"spread", 3.0},
                                                                         {"gain", 0.2},
                                                                         {"dither", true}})
    EXPECT_FALSE(picture({{par, v}}) == plain) << par;
  EXPECT_TRUE(picture({{"rough", 0.1}}) == plain);  // of the CPU types only
  const std::pair<std::string, Value> sparse = {"type", std::string("sparse")};
  EXPECT_FALSE(picture({sparse, {"rough", 0.1}}) == picture({sparse}));
  EXPECT_TRUE(picture({sparse, {"gain", 0.1}}) == picture({sparse}));
}

TEST(top_noise, exponent_works_on_both_sides_of_the_offset) {
  TopHarness plain("noiseTOP"), bent("noiseTOP");
  for (TopHarness* n : {&plain, &bent}) n->set("offset", 0.0), n->set("amp", 1.5);
  bent.set("exp", 2.5);
  const Picture a = plain.shade(16, 16), b = bent.shade(16, 16);
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x) {
      const double v = a.at(x, y, 0);
      EXPECT_NEAR(b.at(x, y, 0), std::copysign(std::pow(std::abs(v), 2.5), v), 1e-5);
    }
}

}  // namespace
}  // namespace cookline
