#include "kernels/resample.h"

#include <cmath>

#include "kernels/image_testing.h"
#include "kernels/pixels.h"

namespace cookline::kernels {
namespace {

using Colour = std::array<double, 4>;
constexpr Extend extends[] = {Extend::hold, Extend::zero, Extend::repeat, Extend::mirror};

TestPlanes sampled(const Texture& t, Filter filter, Extend extend, const PixelMap& map, int column, int row, int n) {
  TestPlanes p(n);
  sample_run(t, filter, extend, map, column, row, n, p[0], p[1], p[2], p[3]);
  return p;
}

// ---- The reference: one pixel at a time, in double, indices found by walking.

int walk_inside(int i, int size, Extend extend) {
  if (extend == Extend::zero) return i < 0 || i >= size ? -1 : i;
  while (extend == Extend::repeat && i < 0) i += size;
  while (extend == Extend::repeat && i >= size) i -= size;
  while (extend == Extend::mirror && (i < 0 || i >= size)) i = i < 0 ? -1 - i : 2 * size - 1 - i;
  return std::clamp(i, 0, size - 1);
}

Colour pixel(const std::vector<TestPlanes>& rows, int x, int y, Extend extend) {
  x = walk_inside(x, rows[0].count(), extend);
  y = walk_inside(y, int(rows.size()), extend);
  Colour c{};
  for (int k = 0; k < 4 && x >= 0 && y >= 0; ++k) c[std::size_t(k)] = rows[std::size_t(y)][k][x];
  return c;
}

Colour bilinear(const std::vector<TestPlanes>& rows, double x, double y, Extend extend) {
  const int ix = int(std::floor(x - 0.5)), iy = int(std::floor(y - 0.5));
  const double fx = x - 0.5 - ix, fy = y - 0.5 - iy;
  Colour c{};
  for (int dy = 0; dy < 2; ++dy)
    for (int dx = 0; dx < 2; ++dx) {
      const Colour p = pixel(rows, ix + dx, iy + dy, extend);
      for (std::size_t k = 0; k < 4; ++k) c[k] += p[k] * (dx ? fx : 1 - fx) * (dy ? fy : 1 - fy);
    }
  return c;
}

std::vector<TestPlanes> rows_of(const Image& image) {
  std::vector<TestPlanes> rows;
  for (int y = 0; y < image.height(); ++y) rows.push_back(row_of(image, y));
  return rows;
}

void expect_near(const TestPlanes& got, int i, const Colour& expected) {
  for (int c = 0; c < 4; ++c) ASSERT_NEAR(got[c][i], expected[std::size_t(c)], 2e-6) << "plane " << c << " pixel " << i;
}

// A turned, scaled and shifted map.
PixelMap turned(double degrees, double scale, double x0, double y0) {
  const double a = degrees * 3.14159265358979 / 180, c = scale * std::cos(a), s = scale * std::sin(a);
  return {c, -s, x0, s, c, y0};
}

}  // namespace

TEST(resample, the_same_size_gives_the_same_values_in_every_format_and_filter) {
  for (int f = 0; f < pixel_format_count; ++f) {
    const ImageHandle image = random_image(37, 3, PixelFormat(f), 11);
    for (Filter filter : {Filter::nearest, Filter::linear, Filter::mipmap})
      for (Extend extend : extends)
        expect_same_bits(sampled(make_texture(image, filter), filter, extend, stretch(37, 3, 37, 3), 0, 1, 37),
                         row_of(*image, 1));
  }
}

TEST(resample, neighbours_that_are_infinite_do_not_leak_into_exact_positions) {
  auto image = std::make_shared<Image>(2, 1, PixelFormat::mono32float);
  const float v[] = {0.25f, std::numeric_limits<float>::infinity()};
  store_pixels(image->format(), v, v, v, v, 2, image->row(0));
  EXPECT_EQ(sampled(make_texture(image, Filter::linear), Filter::linear, Extend::hold, {}, 0, 0, 1)[0][0], 0.25f);
}

TEST(resample, flips_and_whole_offsets_move_pixels_unchanged) {
  const ImageHandle image = random_image(20, 1, PixelFormat::rgba8fixed, 4);
  const Texture texture = make_texture(image, Filter::linear);
  const TestPlanes source = row_of(*image, 0);
  const TestPlanes flipped = sampled(texture, Filter::linear, Extend::hold, {-1, 0, 20, 0, 1, 0}, 0, 0, 20);
  const TestPlanes moved = sampled(texture, Filter::linear, Extend::zero, {1, 0, 3, 0, 1, 0}, 0, 0, 20);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(flipped[1][i], source[1][19 - i]);
    EXPECT_EQ(moved[1][i], i + 3 < 20 ? source[1][i + 3] : 0.0f);
  }
}

TEST(resample, linear_and_nearest_equal_a_slow_reference_for_any_map_and_extend) {
  const ImageHandle image = random_image(13, 7, PixelFormat::rgba32float, 3);
  const std::vector<TestPlanes> rows = rows_of(*image);
  const Texture texture = make_texture(image, Filter::linear);
  const PixelMap maps[] = {turned(30, 0.37, -9.3, 2.1), turned(-100, 1.9, 40.2, 30.7), stretch(13, 7, 50, 50),
                           stretch(13, 7, 5, 3)};
  for (const PixelMap& m : maps)
    for (Extend extend : extends)
      for (int row : {0, 1, 17}) {
        const TestPlanes soft = sampled(texture, Filter::linear, extend, m, 0, row, 300);
        const TestPlanes hard = sampled(texture, Filter::nearest, extend, m, 0, row, 300);
        for (int i = 0; i < 300; ++i) {
          const double x = m.xx * (i + 0.5) + (m.xy * (row + 0.5) + m.x0);
          const double y = m.yx * (i + 0.5) + (m.yy * (row + 0.5) + m.y0);
          expect_near(soft, i, bilinear(rows, x, y, extend));
          expect_near(hard, i, pixel(rows, int(std::floor(x)), int(std::floor(y)), extend));
        }
      }
}

TEST(resample, a_pixel_does_not_depend_on_how_the_row_is_cut) {
  const Texture texture = make_texture(random_image(64, 64, PixelFormat::rgba8fixed, 8), Filter::mipmap);
  const PixelMap map = turned(12.5, 2.7, -3.1, 5.3);
  for (Filter filter : {Filter::nearest, Filter::linear, Filter::mipmap}) {
    const TestPlanes whole = sampled(texture, filter, Extend::mirror, map, 0, 9, 700);
    on_every_target([&] {
      for (int column = 0, n = 1; column + n <= 700; column += n, n = n % 150 + 13) {
        const TestPlanes part = sampled(texture, filter, Extend::mirror, map, column, 9, n);
        for (int c = 0; c < 4; ++c)
          for (int i = 0; i < n; ++i) ASSERT_EQ(bits_of(part[c][i]), bits_of(whole[c][column + i]));
      }
    });
  }
}

TEST(resample, outside_of_a_format_without_alpha_is_still_transparent) {
  const Texture texture = make_texture(random_image(4, 4, PixelFormat::mono8fixed, 1), Filter::linear);
  const TestPlanes p = sampled(texture, Filter::linear, Extend::zero, {}, 3, 0, 3);
  EXPECT_EQ(p[3][0], 1.0f);
  EXPECT_EQ(p[3][1], 0.0f);
  const TestPlanes half = sampled(texture, Filter::linear, Extend::zero, {1, 0, 0.5, 0, 1, 0}, 3, 0, 1);
  EXPECT_EQ(half[3][0], 0.5f);
}

TEST(resample, every_level_of_a_pyramid_keeps_the_mean) {
  for (auto [width, height] : {std::pair(16, 8), {13, 7}, {1, 9}, {31, 2}, {5, 5}}) {
    const Texture texture = make_texture(random_image(width, height, PixelFormat::rgba32float, 21), Filter::mipmap);
    EXPECT_EQ(texture.back()->width() * texture.back()->height(), 1);
    Colour mean{};
    for (std::size_t level = 0; level < texture.size(); ++level) {
      const Image& image = *texture[level];
      EXPECT_EQ(image.width(), std::max(1, width >> level));
      EXPECT_EQ(image.height(), std::max(1, height >> level));
      Colour sum{};
      for (const TestPlanes& row : rows_of(image))
        for (int c = 0; c < 4; ++c)
          for (int x = 0; x < row.count(); ++x) sum[std::size_t(c)] += row[c][x];
      for (std::size_t c = 0; c < 4; ++c) {
        sum[c] /= image.width() * image.height();
        if (level == 0) mean[c] = sum[c];
        EXPECT_NEAR(sum[c], mean[c], 1e-6) << width << "x" << height << " level " << level;
      }
    }
  }
}

TEST(resample, mipmaps_blend_the_two_levels_nearest_to_the_scale) {
  const Texture texture = make_texture(random_image(64, 32, PixelFormat::rgba16float, 5), Filter::mipmap);
  for (double scale : {1.0, 1.3, 2.0, 3.0, 4.0, 7.9, 30.0, 1000.0}) {
    const PixelMap map = {scale, 0, 0.3, 0, scale, -0.2};
    const double level = std::min(std::log2(scale), double(texture.size() - 1));
    const int fine = int(level), coarse = std::min(fine + 1, int(texture.size()) - 1);
    const TestPlanes got = sampled(texture, Filter::mipmap, Extend::hold, map, 0, 1, 40);
    for (int i = 0; i < 40; ++i) {
      const auto at = [&](int l) {
        const Image& image = *texture[std::size_t(l)];
        return bilinear(rows_of(image), (scale * (i + 0.5) + 0.3) * image.width() / 64,
                        (scale * 1.5 - 0.2) * image.height() / 32, Extend::hold);
      };
      const Colour a = at(fine), b = at(coarse);
      Colour expected{};
      for (std::size_t c = 0; c < 4; ++c) expected[c] = a[c] + (b[c] - a[c]) * (level - fine);
      expect_near(got, i, expected);
    }
  }
}

TEST(resample, srgb_images_are_filtered_in_linear_light) {
  auto image = std::make_shared<Image>(2, 1, PixelFormat::srgba8fixed);
  const float v[] = {0, 1};
  store_pixels(image->format(), v, v, v, v, 2, image->row(0));
  const TestPlanes p =
      sampled(make_texture(image, Filter::linear), Filter::linear, Extend::hold, {1, 0, 0.5, 0, 1, 0}, 0, 0, 1);
  EXPECT_EQ(p[0][0], 0.5f);
}

TEST(resample, positions_that_are_absurd_stay_inside_the_image) {
  const Texture texture = make_texture(random_image(5, 5, PixelFormat::rgba32float, 2), Filter::mipmap);
  constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (Filter filter : {Filter::nearest, Filter::linear, Filter::mipmap})
    for (Extend extend : extends)
      for (const PixelMap& map : {PixelMap{1e300, 0, 0, 0, 1, 0}, PixelMap{1, 0, -inf, 0, 1, inf},
                                  PixelMap{1, 0, nan, 0, 1, nan}, PixelMap{1e-300, 0, 1e18, 0, -1e18, 0}}) {
        const TestPlanes p = sampled(texture, filter, extend, map, 0, 3, 200);
        for (int i = 0; i < 200; ++i) EXPECT_LE(std::fabs(p[0][i]), 1.2f);
      }
}

}  // namespace cookline::kernels
