#include "kernels/area.h"

#include <cmath>

#include "kernels/image_testing.h"
#include "kernels/pixels.h"
#include "kernels/resample.h"

namespace cookline::kernels {
namespace {

TestPlanes resized(const AreaResize& resize, int y, int width) {
  TestPlanes p(width);
  resize.row(y, p[0], p[1], p[2], p[3]);
  return p;
}

// The weight of input pixel k for output pixel i along one axis: what both cover when the input is stretched over the
// output, or where the axis grows a tent around the output pixel's centre; edges are held.
double weight_of(int i, int k, int from, int to) {
  const double scale = double(from) / to;
  if (scale > 1) return std::max(0.0, std::min(k + 1.0, (i + 1) * scale) - std::max(double(k), i * scale)) / scale;
  const double at = std::min(std::max((i + 0.5) * scale - 0.5, 0.0), from - 1.0);
  return std::max(0.0, 1 - std::abs(at - k));
}

double reference(const std::vector<TestPlanes>& rows, int channel, int x, int y, int width, int height) {
  const int from_w = rows[0].count(), from_h = int(rows.size());
  double sum = 0;
  for (int j = 0; j < from_h; ++j)
    for (int i = 0; i < from_w; ++i)
      sum +=
          weight_of(x, i, from_w, width) * weight_of(y, j, from_h, height) * double(rows[std::size_t(j)][channel][i]);
  return sum;
}

TEST(area, every_pixel_is_the_mean_of_what_it_covers) {
  const int sizes[][4] = {{12, 9, 4, 3}, {13, 7, 5, 4}, {40, 30, 1, 1}, {7, 5, 6, 4},
                          {5, 4, 11, 9}, {9, 3, 4, 8},  {1, 1, 3, 2},   {64, 1, 63, 1}};
  for (const auto& [fw, fh, w, h] : sizes)
    for (const PixelFormat format : {PixelFormat::rgba32float, PixelFormat::rgba8fixed, PixelFormat::srgba8fixed}) {
      const ImageHandle image = random_image(fw, fh, format, std::uint64_t(fw * 100 + w));
      std::vector<TestPlanes> rows;
      for (int y = 0; y < fh; ++y) rows.push_back(row_of(*image, y));
      const AreaResize resize(image, w, h);
      for (int y = 0; y < h; ++y) {
        const TestPlanes out = resized(resize, y, w);
        for (int c = 0; c < 4; ++c)
          for (int x = 0; x < w; ++x)
            ASSERT_NEAR(double(out[c][x]), reference(rows, c, x, y, w, h), 2e-6)
                << fw << "x" << fh << " to " << w << "x" << h << " at " << x << "," << y;
      }
    }
}

TEST(area, an_axis_that_stays_leaves_values_as_they_are) {
  const ImageHandle image = random_image(23, 11, PixelFormat::rgba32float, 5);
  const AreaResize resize(image, 23, 11);
  for (int y = 0; y < 11; ++y) {
    const TestPlanes out = resized(resize, y, 23), in = row_of(*image, y);
    for (int c = 0; c < 4; ++c)
      for (int x = 0; x < 23; ++x) ASSERT_EQ(out[c][x], in[c][x]);
  }
}

TEST(area, a_growing_picture_is_interpolated_as_others_are) {
  const ImageHandle image = random_image(6, 5, PixelFormat::rgba32float, 9);
  const AreaResize resize(image, 17, 12);
  const Texture texture = make_texture(image, Filter::linear);
  for (int y = 0; y < 12; ++y) {
    const TestPlanes out = resized(resize, y, 17);
    TestPlanes linear(17);
    sample_run(texture, Filter::linear, Extend::hold, stretch(6, 5, 17, 12), 0, y, 17, linear[0], linear[1], linear[2],
               linear[3]);
    for (int c = 0; c < 4; ++c)
      for (int x = 0; x < 17; ++x) ASSERT_NEAR(out[c][x], linear[c][x], 1e-6);
  }
}

TEST(area, one_colour_stays_that_colour) {
  auto image = std::make_shared<Image>(1000, 700, PixelFormat::rgba32float);
  const std::vector<float> v(1000, 0.7f);
  for (int y = 0; y < 700; ++y)
    store_pixels(PixelFormat::rgba32float, v.data(), v.data(), v.data(), v.data(), 1000, image->row(y));
  const AreaResize resize(image, 37, 3);
  const TestPlanes out = resized(resize, 1, 37);
  for (int x = 0; x < 37; ++x) ASSERT_NEAR(out[2][x], 0.7f, 1e-5);
}

}  // namespace
}  // namespace cookline::kernels
