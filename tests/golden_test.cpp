// Pictures of small networks, compared byte by byte with tests/golden/<case>.png. COOKLINE_UPDATE_GOLDEN=1 writes them
// anew: look at every one that changed before it is committed.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "io/image_file.h"
#include "studio.h"

namespace cookline {
namespace {

using Settings = Studio::Settings;
constexpr int w = 96, h = 64;

Value text(std::string_view t) { return Studio::text(t); }

struct Case {
  std::string_view name;
  NodeId (*build)(Studio&);
};
std::ostream& operator<<(std::ostream& to, const Case& c) { return to << c.name; }

// Colours with alpha, and a turned rectangle: what other operators are shown with.
NodeId colours(Studio& s) {
  return s.make("noiseTOP", w, h, {{"mono", false}, {"alpha", text("random")}, {"period", 0.8}, {"seed", 3.0}});
}
NodeId shape(Studio& s) {
  return s.make("rectangleTOP", w, h,
                {{"sizex", 0.9},
                 {"sizey", 0.4},
                 {"rotate", 20.0},
                 {"fillcolorg", 0.5},
                 {"fillcolorb", 0.1},
                 {"fillalpha", 0.8},
                 {"borderb", 1.0},
                 {"borderwidth", 0.05},
                 {"cornerradius", 0.1}});
}
// A small upright picture with a mark in its lower left corner.
NodeId mark(Studio& s) {
  const NodeId field = s.make("constantTOP", 30, 40, {{"colorr", 0.2}, {"colorg", 0.4}, {"colorb", 0.8}});
  return s.make("rectangleTOP",
                {{"sizeunit", text("pixels")},
                 {"sizex", 12.0},
                 {"sizey", 16.0},
                 {"justifyh", text("left")},
                 {"justifyv", text("bottom")}},
                {field});
}
NodeId black(Studio& s) { return s.make("constantTOP", w, h, {{"colorr", 0.1}, {"colorg", 0.1}, {"colorb", 0.1}}); }

template <const char* Type>
NodeId noise_type(Studio& s) {
  return s.make("noiseTOP", w, h, {{"type", text(Type)}, {"rz", 15.0}});
}
constexpr char perlin2d[] = "perlin2d", perlin3d[] = "perlin3d", perlin4d[] = "perlin4d", simplex2d[] = "simplex2d",
               simplex3d[] = "simplex3d", simplex4d[] = "simplex4d", randomgpu[] = "randomgpu", sparse[] = "sparse",
               hermite[] = "hermite", harmonic[] = "harmonic", random_cpu[] = "random", alligator[] = "alligator";

NodeId noise_colour(Studio& s) { return colours(s); }
NodeId noise_transformed(Studio& s) {
  return s.make("noiseTOP", w, h,
                {{"xord", text("tsr")},
                 {"rord", text("zyx")},
                 {"tx", 0.4},
                 {"tz", -1.0},
                 {"rx", 30.0},
                 {"ry", 50.0},
                 {"rz", 20.0},
                 {"sx", 2.0},
                 {"sy", 0.7},
                 {"px", 0.3},
                 {"harmon", std::int64_t(0)}});
}
NodeId noise_shaped(Studio& s) {
  return s.make("noiseTOP", w, h,
                {{"exp", 3.0},
                 {"amp", 0.9},
                 {"offset", 0.4},
                 {"harmon", std::int64_t(4)},
                 {"spread", 1.7},
                 {"gain", 0.5},
                 {"aspectcorrect", false}});
}
NodeId noise_quality(Studio& s) { return s.make("noiseTOP", w, h, {{"mode", text("quality")}}); }
NodeId noise_gradient(Studio& s) {
  return s.make("noiseTOP", w, h, {{"gradient", true}, {"amp", 0.2}, {"harmon", std::int64_t(0)}});
}
NodeId noise_white(Studio& s) { return s.make("noiseTOP", w, h, {{"period", 0.0}, {"mono", false}}); }
NodeId noise_dithered(Studio& s) {
  const NodeId dithered = s.make("noiseTOP", w, h, {{"dither", true}, {"amp", 0.01}, {"harmon", std::int64_t(0)}});
  return s.make("levelTOP", {{"inlow", 0.48}, {"inhigh", 0.52}}, {dithered});
}
NodeId noise_added_to_input(Studio& s) {
  return s.make("noiseTOP", {{"inputscale", 0.7}, {"noisescale", 0.4}, {"alpha", text("input")}}, {shape(s)});
}
NodeId noise_times_input(Studio& s) {
  return s.make("noiseTOP", {{"rgb", text("multiply")}, {"alpha", text("multiply")}}, {shape(s)});
}
NodeId noise_map(Studio& s) {
  const NodeId map = s.make("noiseTOP", w, h, {{"period", 4.0}, {"mono", false}});
  return s.make("noiseTOP", w, h, {{"period", 0.7}}, {{}, map});
}

NodeId rectangle(Studio& s) { return s.make("rectangleTOP", w, h); }
NodeId rectangle_border(Studio& s) { return shape(s); }
NodeId rectangle_soft(Studio& s) {
  return s.make("rectangleTOP", {{"softness", 0.2}, {"bgalpha", 0.3}, {"bgcolorr", 1.0}, {"centerx", 0.1}},
                {colours(s)});
}
NodeId rectangle_swapped(Studio& s) {
  return s.make("rectangleTOP",
                {{"operand", text("screen")}, {"swaporder", true}, {"antialias", false}, {"rotate", 33.0}},
                {colours(s)});
}
NodeId constant_over_input(Studio& s) {
  return s.make("constantTOP", {{"colorg", 0.5}, {"colorb", 0.0}}, {colours(s)});
}

NodeId composite_over(Studio& s) { return s.make("compositeTOP", {{"operand", text("over")}}, {shape(s), colours(s)}); }
NodeId composite_three(Studio& s) {
  return s.make("compositeTOP", {{"operand", text("hardlight")}},
                {shape(s), colours(s), s.make("noiseTOP", w, h, {{"period", 0.3}})});
}
NodeId composite_preview(Studio& s) {
  return s.make("compositeTOP", 448, 308, {{"previewgrid", true}}, {shape(s), colours(s)});
}
template <const char* Prefit>
NodeId composite_prefit(Studio& s) {
  return s.make(
      "compositeTOP",
      {{"operand", text("over")}, {"prefit", text(Prefit)}, {"justifyv", text("bottom")}, {"justifyh", text("left")}},
      {mark(s), black(s)});
}
constexpr char fill[] = "fill", fithorz[] = "fithorz", fitvert[] = "fitvert", fitbest[] = "fitbest",
               fitoutside[] = "fitoutside", nativeres[] = "nativeres";
NodeId composite_moved(Studio& s, bool legacy) {
  return s.make("compositeTOP",
                {{"operand", text("over")},
                 {"prefit", text("nativeres")},
                 {"r", 30.0},
                 {"tx", 12.0},
                 {"tunit", text("pixels")},
                 {"sx", 1.5},
                 {"ty", 4.0},
                 {"px", 0.0},
                 {"py", 0.0},
                 {"legacyxform", legacy}},
                {mark(s), black(s)});
}
NodeId composite_transformed(Studio& s) { return composite_moved(s, false); }
NodeId composite_legacy(Studio& s) { return composite_moved(s, true); }
template <const char* Extend>
NodeId composite_extended(Studio& s) {
  return s.make("compositeTOP",
                {{"operand", text("over")}, {"prefit", text("nativeres")}, {"extend", text(Extend)}, {"r", 10.0}},
                {mark(s), black(s)});
}
constexpr char hold[] = "hold", zero[] = "zero", repeat[] = "repeat", mirror[] = "mirror";
NodeId composite_stepped(Studio& s) {
  const NodeId m = mark(s);
  return s.make("compositeTOP",
                {{"operand", text("over")},
                 {"prefit", text("nativeres")},
                 {"size", text("input1")},
                 {"swaporder", true},
                 {"justifyh", text("left")},
                 {"sx", 0.6},
                 {"sy", 0.6},
                 {"tstepx", 0.5},
                 {"tstepy", 0.05},
                 {"tstepunit", text("fractionaspect")}},
                {black(s), m, m, m});
}

NodeId level_pre(Studio& s) {
  return s.make("levelTOP",
                {{"invert", 0.2}, {"blacklevel", 0.1}, {"brightness1", 1.3}, {"gamma1", 1.5}, {"contrast", 1.4}},
                {colours(s)});
}
NodeId level_ranges(Studio& s) {
  return s.make("levelTOP",
                {{"inlow", 0.2},
                 {"inhigh", 0.8},
                 {"outlow", 0.1},
                 {"outhigh", 0.9},
                 {"lowr", 0.5},
                 {"highg", 0.6},
                 {"higha", 0.7}},
                {colours(s)});
}
NodeId level_steps(Studio& s) {
  return s.make("levelTOP", {{"stepping", true}, {"stepsize", 0.2}, {"soften", 0.3}}, {colours(s)});
}
NodeId level_post(Studio& s) {
  return s.make("levelTOP",
                {{"gamma2", 0.6},
                 {"brightness2", 1.2},
                 {"clamp", true},
                 {"clamphigh2", 0.8},
                 {"premultrgbbyalpha", true},
                 {"opacity", 0.9}},
                {colours(s)});
}

// The picture of the tutorial on image sequences at half a second.
NodeId tutorial(Studio& s) {
  const NodeId map = s.make("noiseTOP", 128, 128);
  const NodeId noise = s.make("noiseTOP", 128, 128, {{"tz", 0.025}, {"period", 4.0}}, {{}, map});
  const NodeId rectangle = s.make("rectangleTOP", 128, 128, {{"sizex", 0.1}, {"sizey", 0.1}, {"centerx", 0.0}});
  return s.make("compositeTOP", {{"operand", text("over")}}, {rectangle, noise});
}

constexpr Case cases[] = {
    {"noise_perlin2d", noise_type<perlin2d>},
    {"noise_perlin3d", noise_type<perlin3d>},
    {"noise_perlin4d", noise_type<perlin4d>},
    {"noise_simplex2d", noise_type<simplex2d>},
    {"noise_simplex3d", noise_type<simplex3d>},
    {"noise_simplex4d", noise_type<simplex4d>},
    {"noise_randomgpu", noise_type<randomgpu>},
    {"noise_sparse", noise_type<sparse>},
    {"noise_hermite", noise_type<hermite>},
    {"noise_harmonic", noise_type<harmonic>},
    {"noise_random", noise_type<random_cpu>},
    {"noise_alligator", noise_type<alligator>},
    {"noise_colour", noise_colour},
    {"noise_transformed", noise_transformed},
    {"noise_shaped", noise_shaped},
    {"noise_quality", noise_quality},
    {"noise_gradient", noise_gradient},
    {"noise_white", noise_white},
    {"noise_dithered", noise_dithered},
    {"noise_added_to_input", noise_added_to_input},
    {"noise_times_input", noise_times_input},
    {"noise_map", noise_map},
    {"rectangle", rectangle},
    {"rectangle_border", rectangle_border},
    {"rectangle_soft", rectangle_soft},
    {"rectangle_swapped", rectangle_swapped},
    {"constant_over_input", constant_over_input},
    {"composite_over", composite_over},
    {"composite_three", composite_three},
    {"composite_preview", composite_preview},
    {"composite_fill", composite_prefit<fill>},
    {"composite_fithorz", composite_prefit<fithorz>},
    {"composite_fitvert", composite_prefit<fitvert>},
    {"composite_fitbest", composite_prefit<fitbest>},
    {"composite_fitoutside", composite_prefit<fitoutside>},
    {"composite_nativeres", composite_prefit<nativeres>},
    {"composite_transformed", composite_transformed},
    {"composite_legacy", composite_legacy},
    {"composite_hold", composite_extended<hold>},
    {"composite_zero", composite_extended<zero>},
    {"composite_repeat", composite_extended<repeat>},
    {"composite_mirror", composite_extended<mirror>},
    {"composite_stepped", composite_stepped},
    {"level_pre", level_pre},
    {"level_ranges", level_ranges},
    {"level_steps", level_steps},
    {"level_post", level_post},
    {"tutorial", tutorial},
};

class Golden : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(pictures, Golden, testing::ValuesIn(cases),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

// "pixel 3, 4 (from the lower left): byte 17 instead of 18", empty if equal.
std::string difference(const Image& got, const Image& expected) {
  if (got.width() != expected.width() || got.height() != expected.height() || got.format() != expected.format())
    return "another size or format";
  const auto a = got.pixels(), b = expected.pixels();
  const auto at = std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin();
  if (at == std::ptrdiff_t(a.size())) return {};
  const std::ptrdiff_t row = std::ptrdiff_t(got.row_bytes()), pixel_bytes = info(got.format()).bytes;
  return "pixel " + std::to_string(at % row / pixel_bytes) + ", " + std::to_string(at / row) +
         " (from the lower left): byte " + std::to_string(int(a[std::size_t(at)])) + " instead of " +
         std::to_string(int(b[std::size_t(at)]));
}

TEST_P(Golden, is_what_the_network_shows) {
  Studio studio;
  const ImageHandle got = studio.image(GetParam().build(studio));
  const auto path = std::filesystem::path(TESTS_DIR) / "golden" / (std::string(GetParam().name) + ".png");
  if (const char* update = std::getenv("COOKLINE_UPDATE_GOLDEN"); update && std::strcmp(update, "1") == 0) {
    const auto bytes = encode_image(*got, ImageFileType::png);
    ASSERT_TRUE(bytes) << to_string(bytes.error());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes->data()), std::streamsize(bytes->size()));
    ASSERT_TRUE(file.good()) << path;
  }
  const auto expected = read_image_file(path);
  ASSERT_TRUE(expected) << to_string(expected.error());
  EXPECT_EQ(difference(*got, *expected), "");
}

TEST(golden, every_picture_belongs_to_a_case) {
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TESTS_DIR) / "golden"))
    EXPECT_TRUE(std::any_of(std::begin(cases), std::end(cases), [&](const Case& c) {
      return entry.path().stem() == c.name;
    })) << entry.path();
}

}  // namespace
}  // namespace cookline
