#include "kernels/dither.h"

#include <cmath>

#include "kernels/kernel_testing.h"
#include "kernels/pixels.h"

namespace cookline::kernels {
namespace {

TestPlanes flat(int count, float value) {
  TestPlanes p(count);
  for (auto& plane : p.planes) plane.assign(std::size_t(count), value);
  return p;
}
void dithered(int column, int row, TestPlanes& p) { dither(column, row, p.count(), {p[0], p[1], p[2], p[3]}); }

}  // namespace

TEST(dither, rounding_afterwards_keeps_the_mean) {
  for (float value : {0.3f, 100.25f / 255, 100.5f / 255, 17.9f / 255}) {
    double sum = 0;
    for (int y = 0; y < 128; ++y) {
      TestPlanes p = flat(128, value);
      dithered(0, y, p);
      quantise_pixels(PixelFormat::rgba8fixed, 128, p[0], p[1], p[2], p[3]);
      for (int x = 0; x < 128; ++x) {
        sum += p[0][x] * 255;
        ASSERT_LE(std::fabs(p[0][x] * 255 - value * 255), 1.0f);
      }
    }
    EXPECT_NEAR(sum / (128 * 128), value * 255, 0.01);
  }
}

TEST(dither, values_that_need_no_rounding_stay) {
  for (int code = 0; code < 256; ++code) {
    const float value = float(code) / 255;
    TestPlanes p = flat(200, value);
    dithered(0, code, p);
    quantise_pixels(PixelFormat::rgba8fixed, 200, p[0], p[1], p[2], p[3]);
    expect_same_bits(p, flat(200, value));
  }
}

TEST(dither, alpha_is_left_alone_and_colours_move_together) {
  TestPlanes p = flat(64, 0.5f);
  dithered(3, 5, p);
  EXPECT_EQ(p.planes[3], flat(64, 0.5f).planes[3]);
  EXPECT_EQ(p.planes[0], p.planes[1]);
  EXPECT_NE(p[0][0], p[0][1]);
}

TEST(dither, a_pixel_does_not_depend_on_how_the_row_is_cut) {
  use_target(available_targets().front());
  TestPlanes whole = flat(500, 0.5f);
  dithered(0, 77, whole);
  on_every_target([&] {
    for (int column = 0, n = 1; column + n <= 500; column += n, n = n % 40 + 3) {
      TestPlanes part = flat(n, 0.5f);
      dithered(column, 77, part);
      for (int i = 0; i < n; ++i) ASSERT_EQ(bits_of(part[1][i]), bits_of(whole[1][column + i]));
    }
  });
}

}  // namespace cookline::kernels
