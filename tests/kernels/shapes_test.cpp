#include "kernels/shapes.h"

#include <algorithm>
#include <cmath>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

constexpr int width = 64, height = 48;
using Picture = std::vector<TestPlanes>;

Picture drawn(const RectangleShape& shape, const RectangleColors& colors = {}) {
  Picture rows;
  for (int y = 0; y < height; ++y) {
    rows.emplace_back(width);
    TestPlanes& p = rows.back();
    draw_rectangle(shape, colors, 0, y, width, {p[0], p[1], p[2], p[3]});
  }
  return rows;
}
double area(const Picture& p) {
  double sum = 0;
  for (const TestPlanes& row : p)
    for (int x = 0; x < width; ++x) sum += row[3][x];
  return sum;
}

// ---- The reference: many points a pixel, inside or outside by plain geometry.

bool in_rounded_box(double x, double y, double hw, double hh, double radius) {
  x = std::fabs(x), y = std::fabs(y);
  if (x > hw || y > hh) return false;
  const double cx = hw - radius, cy = hh - radius;
  return x <= cx || y <= cy || std::hypot(x - cx, y - cy) <= radius;
}
double covered(const RectangleShape& s, int column, int row) {
  constexpr int n = 32;
  int hits = 0;
  for (int i = 0; i < n * n; ++i) {
    const double px = column + (i % n + 0.5) / n - s.center_x, py = row + (i / n + 0.5) / n - s.center_y;
    const double x = px * s.cos + py * s.sin, y = py * s.cos - px * s.sin;
    hits += in_rounded_box(x, y, s.half_width, s.half_height, s.corner_radius);
  }
  return double(hits) / (n * n);
}

RectangleShape turned(RectangleShape s, double degrees) {
  s.cos = std::cos(degrees * 3.14159265358979 / 180);
  s.sin = std::sin(degrees * 3.14159265358979 / 180);
  return s;
}

constexpr RectangleShape aligned = {.center_x = 32, .center_y = 20, .half_width = 12, .half_height = 7};

}  // namespace

TEST(shapes, a_rectangle_on_pixel_borders_has_hard_edges_with_and_without_antialias) {
  for (bool antialias : {false, true}) {
    RectangleShape s = aligned;
    s.antialias = antialias;
    on_every_target([&] {
      const Picture p = drawn(s, {.fill = {0.3, 0.5, 0.7, 1}});
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
          const bool in = x >= 20 && x < 44 && y >= 13 && y < 27;
          ASSERT_EQ(p[std::size_t(y)][3][x], in ? 1.0f : 0.0f);
          ASSERT_EQ(p[std::size_t(y)][1][x], in ? 0.5f : 0.0f);
        }
    });
  }
}

TEST(shapes, edges_through_pixel_centres_count_once) {
  RectangleShape s = {.center_x = 20.5, .center_y = 10.5, .half_width = 5, .half_height = 3, .antialias = false};
  EXPECT_EQ(area(drawn(s)), 60);
  EXPECT_EQ(drawn(s)[10][3][15], 1.0f);
  EXPECT_EQ(drawn(s)[10][3][25], 0.0f);
}

TEST(shapes, the_area_of_an_unrotated_rectangle_is_exact) {
  for (double hw : {0.1, 0.4, 3.3, 20.7})
    for (double hh : {0.05, 2.25, 15.1}) {
      const RectangleShape s = {.center_x = 30.3, .center_y = 22.7, .half_width = hw, .half_height = hh};
      EXPECT_NEAR(area(drawn(s)), 4 * hw * hh, 2e-4);
      EXPECT_NEAR(drawn(s)[22][3][30], covered(s, 30, 22), 0.05);
    }
}

TEST(shapes, rounded_and_rotated_rectangles_cover_what_the_geometry_says) {
  for (double degrees : {0.0, 17.0, 45.0, 90.0, -120.0})
    for (double radius : {0.0, 1.0, 4.5, 9.0}) {
      const RectangleShape s = turned(
          {.center_x = 31.2, .center_y = 23.9, .half_width = 17, .half_height = 9, .corner_radius = radius}, degrees);
      const Picture p = drawn(s);
      double expected = 0;
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
          const double c = covered(s, x, y);
          expected += c;
          // A ramp of one pixel across the edge is not the area of a pixel that the edge cuts obliquely.
          ASSERT_NEAR(p[std::size_t(y)][3][x], c, 0.2) << degrees << " " << radius << " at " << x << "," << y;
        }
      EXPECT_NEAR(area(p), expected, 0.005 * expected) << degrees << " " << radius;
    }
}

TEST(shapes, a_quarter_turn_swaps_width_and_height) {
  const RectangleShape lying = {.center_x = 32, .center_y = 24, .half_width = 15, .half_height = 6};
  RectangleShape standing = {.center_x = 32, .center_y = 24, .half_width = 6, .half_height = 15, .cos = 0, .sin = 1};
  const Picture a = drawn(lying), b = drawn(standing);
  for (int y = 0; y < height; ++y) expect_same_bits(b[std::size_t(y)], a[std::size_t(y)]);
}

TEST(shapes, the_border_lies_inside_or_outside_as_its_offset_says) {
  const RectangleColors colors = {.fill = {1, 0, 0, 1}, .border = {0, 1, 0, 1}, .background = {0, 0, 1, 1}};
  for (double offset : {0.0, 0.5, 1.0}) {
    RectangleShape s = aligned;
    s.border_width = 4;
    s.border_offset = offset;
    const int out = int(4 * offset), in = 4 - out;
    const Picture p = drawn(s, colors);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const bool fill = x >= 20 + in && x < 44 - in && y >= 13 + in && y < 27 - in;
        const bool shape = x >= 20 - out && x < 44 + out && y >= 13 - out && y < 27 + out;
        ASSERT_EQ(p[std::size_t(y)][0][x], fill ? 1.0f : 0.0f);
        ASSERT_EQ(p[std::size_t(y)][1][x], shape && !fill ? 1.0f : 0.0f);
        ASSERT_EQ(p[std::size_t(y)][2][x], shape ? 0.0f : 1.0f);
        ASSERT_EQ(p[std::size_t(y)][3][x], 1.0f);
      }
  }
}

TEST(shapes, a_border_wider_than_the_rectangle_leaves_no_fill) {
  RectangleShape s = aligned;
  s.border_width = 30;
  s.corner_radius = 3;
  const Picture p = drawn(s, {.fill = {1, 0, 0, 1}, .border = {0, 1, 0, 1}});
  for (const TestPlanes& row : p)
    for (int x = 0; x < width; ++x) ASSERT_EQ(row[0][x], 0.0f);
  EXPECT_EQ(p[20][1][32], 1.0f);
}

TEST(shapes, softness_blends_the_background_inwards) {
  RectangleShape s = aligned;
  s.softness = 5;
  const Picture p = drawn(s);
  EXPECT_EQ(p[20][3][19], 0.0f);
  EXPECT_EQ(p[20][3][25], 1.0f);
  for (int x = 20; x < 25; ++x) {
    const double t = (x - 20 + 0.5) / 5;
    EXPECT_NEAR(p[20][3][x], t * t * (3 - 2 * t), 1e-6);
  }
}

TEST(shapes, colours_are_multiplied_by_their_alpha_only_when_asked) {
  const RectangleColors colors = {.fill = {0.8, 0.6, 0.4, 0.5}, .background = {0.2, 0.2, 0.2, 0.25}};
  RectangleColors plain = colors;
  plain.multiply_rgb_by_alpha = false;
  EXPECT_EQ(drawn(aligned, colors)[20][0][32], 0.4f);
  EXPECT_EQ(drawn(aligned, colors)[0][0][0], 0.05f);
  EXPECT_EQ(drawn(aligned, plain)[20][0][32], 0.8f);
  EXPECT_EQ(drawn(aligned, plain)[0][0][0], 0.2f);
  EXPECT_EQ(drawn(aligned, plain)[20][3][32], 0.5f);
}

TEST(shapes, a_pixel_does_not_depend_on_how_the_row_is_cut) {
  RectangleShape s = turned({.center_x = 30.2, .center_y = 21, .half_width = 18, .half_height = 9}, 33);
  s.corner_radius = 4;
  s.border_width = 3;
  s.border_offset = 0.4;
  s.softness = 2;
  use_target(available_targets().front());
  const Picture whole = drawn(s);
  on_every_target([&] {
    for (int column = 0, n = 1; column + n <= width; column += n, n = n % 17 + 2) {
      TestPlanes part(n);
      draw_rectangle(s, {}, column, 20, n, {part[0], part[1], part[2], part[3]});
      for (int c = 0; c < 4; ++c)
        for (int i = 0; i < n; ++i) ASSERT_EQ(bits_of(part[c][i]), bits_of(whole[20][c][column + i]));
    }
  });
}

}  // namespace cookline::kernels
