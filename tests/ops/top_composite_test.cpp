// The Composite TOP: the order of its fold, which input gives the size, and where overlays land.
#include "kernels/composite.h"
#include "ops/top/transform/overlay.h"
#include "ops/top_harness.h"

namespace cookline {
namespace {

Picture plain(double r, double g, double b, double a, int size = 2) {
  return Picture(size, size, [=](int, int, int c) { return c == 0 ? r : c == 1 ? g : c == 2 ? b : a; });
}
Connected connected(const std::vector<bool>& is) { return {is, int(is.size())}; }

TEST(top_composite, as_created_it_multiplies) {
  TopHarness composite("compositeTOP");
  composite.input(0, plain(0.5, 0.25, 1, 1));
  composite.input(1, plain(0.5, 0.5, 0.25, 0.5));
  const Picture out = composite.shade(2, 2);
  EXPECT_FLOAT_EQ(out.at(0, 0, 0), 0.25f);
  EXPECT_FLOAT_EQ(out.at(0, 0, 1), 0.125f);
  EXPECT_FLOAT_EQ(out.at(0, 0, 3), 0.5f);
}

TEST(top_composite, it_folds_from_the_left_with_the_first_input_on_top) {
  TopHarness composite("compositeTOP");
  composite.set("operand", std::string("subtract"));
  composite.input(0, plain(1, 0, 0, 1));
  composite.input(2, plain(0.25, 0, 0, 0));  // a gap at 1
  composite.input(3, plain(0.5, 0, 0, 0));
  EXPECT_FLOAT_EQ(composite.shade(2, 2).at(1, 1, 0), 0.25f);  // (1 - 0.25) - 0.5
  composite.set("swaporder", true);
  EXPECT_FLOAT_EQ(composite.shade(2, 2).at(1, 1, 0), 1.25f);  // 0.5 - (0.25 - 1)
}

TEST(top_composite, every_operation_is_that_of_its_name) {
  TopHarness composite("compositeTOP");
  const Picture a = plain(0.7, 0.3, 0.1, 0.8), b = plain(0.2, 0.4, 0.5, 0.6);
  composite.input(0, a);
  composite.input(1, b);
  for (std::size_t i = 0; i < kernels::composite_operations.size(); ++i) {
    composite.set("operand", std::string(kernels::composite_operations[i].first));
    Picture expected(2, 2), top = a, bottom = b;
    kernels::composite(kernels::CompositeOperation(i),
                       kernels::Planes{top.row(0, 0), top.row(0, 1), top.row(0, 2), top.row(0, 3)},
                       kernels::Planes{bottom.row(0, 0), bottom.row(0, 1), bottom.row(0, 2), bottom.row(0, 3)},
                       {expected.row(0, 0), expected.row(0, 1), expected.row(0, 2), expected.row(0, 3)}, 4);
    EXPECT_TRUE(composite.shade(2, 2) == expected) << kernels::composite_operations[i].first;
  }
}

TEST(top_composite, one_input_passes_and_none_is_transparent_black) {
  TopHarness composite("compositeTOP");
  EXPECT_TRUE(composite.shade(3, 2) == Picture(3, 2));
  composite.input(1, plain(0.1, 0.2, 0.3, 0.4, 3));
  EXPECT_TRUE(composite.shade(3, 3) == plain(0.1, 0.2, 0.3, 0.4, 3));
  const Use use = composite.def().use(composite.pars(), connected({false, true}));
  EXPECT_TRUE(use.pass);
  EXPECT_EQ(use.inputs, std::vector<int>{1});
}

TEST(top_composite, select_input_needs_and_passes_that_input_alone) {
  TopHarness composite("compositeTOP");
  composite.set("selectinput", true);
  composite.set("inputindex", std::int64_t(7));
  const Use use = composite.def().use(composite.pars(), connected({true, true, true}));
  EXPECT_TRUE(use.pass);
  EXPECT_EQ(use.inputs, std::vector<int>{2});  // the last there is
  composite.input(2, plain(0.5, 0, 0, 1));
  EXPECT_TRUE(composite.shade(2, 2) == plain(0.5, 0, 0, 1));
}

TEST(top_composite, the_fixed_layer_gives_the_size) {
  TopHarness composite("compositeTOP");
  EXPECT_EQ(composite.def().size_input(composite.pars()), 1);
  composite.set("size", std::string("input1"));
  EXPECT_EQ(composite.def().size_input(composite.pars()), 0);
}

TEST(top_composite, only_filled_overlays_at_rest_are_cooked_in_tiles) {
  for (const auto& [par, value] : std::vector<std::pair<std::string, Value>>{{"r", 1.0},
                                                                             {"tx", 0.1},
                                                                             {"sy", 2.0},
                                                                             {"tstepx", 0.1},
                                                                             {"prefit", std::string("fitbest")},
                                                                             {"previewgrid", true}}) {
    TopHarness composite("compositeTOP");
    EXPECT_TRUE(composite.pointwise());
    composite.set(par, value);
    EXPECT_FALSE(composite.pointwise()) << par;
    composite.set("selectinput", true);
    EXPECT_TRUE(composite.pointwise()) << par;
  }
}

// ---- Placement: where the middle of an output pixel lies in an overlay of 20 x 10 over 40 x 40.

struct At {
  double x, y;
};
At at(const Placement& placement, double x, double y) {
  const kernels::PixelMap m = overlay_map(placement, {20, 10, 2}, {40, 40, 1});
  return {m.xx * x + m.xy * y + m.x0, m.yx * x + m.yy * y + m.y0};
}
void expect_at(const Placement& placement, double x, double y, double overlay_x, double overlay_y) {
  const At got = at(placement, x, y);
  EXPECT_NEAR(got.x, overlay_x, 1e-9);
  EXPECT_NEAR(got.y, overlay_y, 1e-9);
}

TEST(overlay, prefit_brings_its_corners_to_the_outputs) {
  expect_at({.prefit = Prefit::fill}, 40, 40, 20, 10);
  expect_at({.prefit = Prefit::fithorz}, 40, 30, 20, 10);
  expect_at({.prefit = Prefit::fitvert}, 60, 40, 20, 10);
  expect_at({.prefit = Prefit::fitbest}, 0, 10, 0, 0);
  expect_at({.prefit = Prefit::fitoutside}, -20, 0, 0, 0);
  expect_at({.prefit = Prefit::nativeres}, 10, 15, 0, 0);
  expect_at({.prefit = Prefit::nativeres}, 30, 25, 20, 10);
}

TEST(overlay, justify_moves_what_does_not_fill_to_a_side) {
  expect_at({.prefit = Prefit::nativeres, .justifyh = JustifyH::left, .justifyv = JustifyV::bottom}, 0, 0, 0, 0);
  expect_at({.prefit = Prefit::nativeres, .justifyh = JustifyH::right, .justifyv = JustifyV::top}, 40, 40, 20, 10);
}

TEST(overlay, it_is_translated_then_scaled_then_rotated_about_the_pivot) {
  Placement p{.prefit = Prefit::nativeres};
  p.translate = {0.25, 0};  // ten pixels
  expect_at(p, 30, 20, 10, 5);
  p.scale = {2, 2};
  expect_at(p, 40, 20, 10, 5);
  p.rotate_deg = 90;
  expect_at(p, 20, 40, 10, 5);
  p.legacy = true;  // rotated clockwise, then translated
  expect_at(p, 30, 20, 10, 5);
  expect_at(p, 30, 0, 20, 5);
}

TEST(overlay, the_pivot_lies_within_the_overlay_in_three_units) {
  Placement p{.prefit = Prefit::nativeres, .rotate_deg = 180, .pivot = {0, 0}};
  expect_at(p, 10, 15, 0, 0);
  expect_at(p, 0, 5, 10, 10);
  p.pivot = {20, 10}, p.pivot_unit = LengthUnit::pixels;
  expect_at(p, 30, 25, 20, 10);
  p.pivot = {2, 1}, p.pivot_unit = LengthUnit::fractionaspect;
  expect_at(p, 30, 25, 20, 10);
}

TEST(overlay, what_is_scaled_to_nothing_covers_nothing) {
  Placement p{.prefit = Prefit::nativeres};
  p.scale = {0, 1};
  EXPECT_GT(std::abs(at(p, 20.5, 20).x), 1e6);
}

TEST(overlay, lengths_are_pixels_or_fractions_of_width_and_height_or_of_the_height) {
  const PictureSize size{80, 40, 2};
  EXPECT_EQ(in_heights({{20, 20}}, LengthUnit::pixels, size).x, 0.5);
  EXPECT_EQ(in_heights({{20, 20}}, LengthUnit::pixels, size).y, 0.5);
  EXPECT_EQ(in_heights({{0.25, 0.5}}, LengthUnit::fraction, size).x, 0.5);
  EXPECT_EQ(in_heights({{0.25, 0.5}}, LengthUnit::fractionaspect, size).x, 0.25);
  EXPECT_EQ(in_heights({{0.25, 0.5}}, LengthUnit::fractionaspect, size).y, 0.5);
}

}  // namespace
}  // namespace cookline
