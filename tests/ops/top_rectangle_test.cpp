// The Rectangle TOP: where it lies in every unit, what it is drawn with, and the Output page.
#include "ops/top_harness.h"

namespace cookline {
namespace {

// First and last column and row with any fill, and the sum of alpha: the area.
struct Bounds {
  int left = 1 << 20, right = -1, bottom = 1 << 20, top = -1;
  double area = 0;
};
Bounds bounds(const Picture& p) {
  Bounds b;
  for (int y = 0; y < p.height; ++y)
    for (int x = 0; x < p.width; ++x) {
      if (p.at(x, y, 3) <= 0) continue;
      b.left = std::min(b.left, x), b.right = std::max(b.right, x);
      b.bottom = std::min(b.bottom, y), b.top = std::max(b.top, y);
      b.area += p.at(x, y, 3);
    }
  return b;
}

TEST(top_rectangle, as_created_it_is_white_half_as_high_as_the_picture_and_in_its_middle) {
  TopHarness rectangle("rectangleTOP");
  const Picture p = rectangle.shade(80, 40);
  const Bounds b = bounds(p);
  EXPECT_EQ(b.left, 30);
  EXPECT_EQ(b.right, 49);
  EXPECT_EQ(b.bottom, 10);
  EXPECT_EQ(b.top, 29);
  EXPECT_EQ(p.at(40, 20, 0), 1);
  EXPECT_EQ(p.at(0, 0, 0), 0);
}

TEST(top_rectangle, lengths_have_three_units) {
  TopHarness rectangle("rectangleTOP");
  rectangle.set("sizex", 0.25), rectangle.set("sizey", 0.5);
  const auto area = [&](const char* unit) {
    rectangle.set("sizeunit", std::string(unit));
    return bounds(rectangle.shade(80, 40)).area;
  };
  EXPECT_DOUBLE_EQ(area("fraction"), 20 * 20);
  EXPECT_DOUBLE_EQ(area("fractionaspect"), 10 * 20);
  rectangle.aspect = 1;  // pixels twice as high as wide
  EXPECT_DOUBLE_EQ(area("fractionaspect"), 20 * 20);
  EXPECT_NEAR(area("pixels"), 0.25 * 0.5, 1e-6);
}

TEST(top_rectangle, the_centre_is_counted_from_the_middle_or_from_where_justify_puts_it) {
  TopHarness rectangle("rectangleTOP");
  rectangle.set("sizeunit", std::string("pixels"));
  rectangle.set("sizex", 10.0), rectangle.set("sizey", 6.0);
  rectangle.set("centerx", 0.25), rectangle.set("centery", -0.25);
  Bounds b = bounds(rectangle.shade(80, 40));
  EXPECT_EQ(b.left, 55);
  EXPECT_EQ(b.bottom, 7);
  rectangle.set("centerunit", std::string("fractionaspect"));
  EXPECT_EQ(bounds(rectangle.shade(80, 40)).left, 45);
  rectangle.set("centerunit", std::string("pixels"));
  rectangle.set("centerx", 3.0), rectangle.set("centery", -2.0);
  rectangle.set("justifyh", std::string("left")), rectangle.set("justifyv", std::string("top"));
  b = bounds(rectangle.shade(80, 40));
  EXPECT_EQ(b.left, 3);
  EXPECT_EQ(b.right, 12);
  EXPECT_EQ(b.top, 37);
  rectangle.set("justifyh", std::string("right"));
  EXPECT_EQ(bounds(rectangle.shade(80, 40)).left, 73);
}

TEST(top_rectangle, a_whole_turn_passes_through_the_sideways_rectangle) {
  TopHarness rectangle("rectangleTOP");
  rectangle.set("sizeunit", std::string("pixels"));
  rectangle.set("sizex", 20.0), rectangle.set("sizey", 8.0);
  const Picture upright = rectangle.shade(40, 40);
  rectangle.set("rotate", 90.0);
  const Bounds b = bounds(rectangle.shade(40, 40));
  EXPECT_EQ(b.left, 16);
  EXPECT_EQ(b.right, 23);
  EXPECT_EQ(b.bottom, 10);
  EXPECT_EQ(b.top, 29);
  rectangle.set("rotate", 360.0);
  EXPECT_TRUE(rectangle.shade(40, 40) == upright);
}

TEST(top_rectangle, border_corners_and_softness_have_units_of_their_own) {
  TopHarness rectangle("rectangleTOP");
  rectangle.set("sizeunit", std::string("fraction"));
  const double plain = bounds(rectangle.shade(80, 40)).area;
  rectangle.set("borderwidth", 0.1), rectangle.set("borderr", 1.0), rectangle.set("fillcolorr", 0.0);
  rectangle.set("borderwidthunit", std::string("fraction"));
  EXPECT_EQ(rectangle.shade(80, 40).at(27, 20, 0), 1);  // 8 pixels from the left edge at 20
  EXPECT_EQ(rectangle.shade(80, 40).at(28, 20, 0), 0);
  rectangle.set("borderwidthunit", std::string("fractionaspect"));
  EXPECT_EQ(rectangle.shade(80, 40).at(24, 20, 0), 0);
  rectangle.set("borderoffset", 1.0);
  EXPECT_EQ(bounds(rectangle.shade(80, 40)).left, 16);
  rectangle.set("borderwidth", 0.0);
  rectangle.set("cornerradius", 5.0), rectangle.set("cornerradiusunit", std::string("pixels"));
  EXPECT_NEAR(bounds(rectangle.shade(80, 40)).area, plain - (4 - 3.14159) * 25, 1);
  rectangle.set("cornerradius", 0.0);
  rectangle.set("softness", 0.1), rectangle.set("softnessunit", std::string("fraction"));
  EXPECT_LT(rectangle.shade(80, 40).at(24, 20, 3), 0.75f);
  EXPECT_EQ(rectangle.shade(80, 40).at(30, 20, 3), 1);
}

TEST(top_rectangle, it_is_laid_over_its_input_as_the_output_page_says) {
  TopHarness rectangle("rectangleTOP");
  rectangle.set("fillalpha", 0.5);
  rectangle.input(0, Picture(40, 40, [](int, int, int c) { return c == 3 ? 1 : 0.25 * c; }));
  Picture p = rectangle.shade(40, 40);
  EXPECT_FLOAT_EQ(p.at(20, 20, 1), 0.5f + 0.25f * 0.5f);
  EXPECT_FLOAT_EQ(p.at(2, 2, 1), 0.25f);
  rectangle.set("swaporder", true);
  EXPECT_FLOAT_EQ(rectangle.shade(40, 40).at(20, 20, 1), 0.25f);
  rectangle.set("operand", std::string("add"));
  EXPECT_FLOAT_EQ(rectangle.shade(40, 40).at(20, 20, 1), 0.75f);
  rectangle.set("compoverinput", false);
  p = rectangle.shade(40, 40);
  EXPECT_FLOAT_EQ(p.at(20, 20, 1), 0.5f);
  EXPECT_FLOAT_EQ(p.at(2, 2, 1), 0);
  rectangle.set("multrgbbyalpha", false);
  EXPECT_FLOAT_EQ(rectangle.shade(40, 40).at(20, 20, 1), 1);
}

}  // namespace
}  // namespace cookline
