// Cube Map TOP: crosses and cubes against a reference that goes by directions, as samplerCube is defined.
#include <array>
#include <cmath>
#include <cstring>

#include "studio.h"

namespace cookline {
namespace {

using Direction = std::array<double, 3>;

// Where a texel of a face looks to; s and t from -1 to 1, t down its rows.
Direction direction(int face, double s, double t) {
  const Direction all[] = {{1, -t, -s}, {-1, -t, s}, {s, 1, t}, {s, -1, -t}, {s, -t, 1}, {-s, -t, -1}};
  return all[face];
}

// Where a direction lies in a cross whose middle is +Z, in faces from the upper left corner.
std::array<double, 2> place(const Direction& d, bool vertical) {
  const auto [x, y, z] = d;
  const double ax = std::abs(x), ay = std::abs(y), az = std::abs(z);
  const auto part = [](double v) { return (1 + v) / 2; };
  if (ax > ay && ax > az) return {(x > 0 ? 2 : 0) + part(x > 0 ? -z / ax : z / ax), 1 + part(-y / ax)};
  if (ay > az) return {1 + part(x / ay), (y > 0 ? 0 : 2) + part(y > 0 ? z / ay : -z / ay)};
  if (z > 0) return {1 + part(x / az), 1 + part(-y / az)};
  if (vertical) return {1 + part(x / az), 3 + part(y / az)};
  return {3 + part(-x / az), 1 + part(-y / az)};
}

std::array<float, 4> pixel(const Image& image, int x, int y, int slice = 0) {
  std::array<float, 4> value;
  std::memcpy(value.data(), image.row(y, slice) + 16 * x, 16);
  return value;
}

// A cross of noise, 5 pixels a face, and what is made of it.
struct Crossing : Studio {
  static constexpr int side = 5;
  NodeId cross(bool vertical) {
    return make("noiseTOP", (vertical ? 3 : 4) * side, (vertical ? 4 : 3) * side,
                {{"format", text("rgba32float")}, {"mono", false}});
  }
  NodeId cube_map(std::string_view mode, const std::vector<NodeId>& inputs) {
    return make("cubemapTOP", {{"mode", text(mode)}}, inputs);
  }
};

TEST(cube_map, a_cross_is_folded_so_that_every_direction_finds_its_pixel) {
  for (const bool vertical : {true, false}) {
    Crossing s;
    const NodeId cross = s.cross(vertical);
    const ImageHandle from = s.image(cross);
    const ImageHandle cube =
        s.image(s.cube_map(vertical ? "verticalcrosstocubemap" : "horizontalcrosstocubemap", {cross}));
    ASSERT_EQ(cube->kind(), TextureKind::cube);
    ASSERT_EQ(cube->slices(), 6);
    ASSERT_EQ(cube->width(), Crossing::side);
    ASSERT_EQ(cube->height(), Crossing::side);
    for (int face = 0; face < 6; ++face)
      for (int row = 0; row < Crossing::side; ++row)
        for (int x = 0; x < Crossing::side; ++x) {
          const auto unit = [](int i) { return 2 * (i + 0.5) / Crossing::side - 1; };
          const auto [column, down] = place(direction(face, unit(x), unit(row)), vertical);
          const int fx = int(column * Crossing::side), fy = from->height() - 1 - int(down * Crossing::side);
          EXPECT_EQ(pixel(*cube, x, row, face), pixel(*from, fx, fy))
              << vertical << " face " << face << " " << x << "," << row;
        }
  }
}

TEST(cube_map, unfolding_gives_the_cross_back) {
  for (const bool vertical : {true, false}) {
    Crossing s;
    const NodeId cross = s.cross(vertical);
    const NodeId cube = s.cube_map(vertical ? "verticalcrosstocubemap" : "horizontalcrosstocubemap", {cross});
    const ImageHandle from = s.image(cross),
                      back =
                          s.image(s.cube_map(vertical ? "cubemaptoverticalcross" : "cubemaptohorizontalcross", {cube}));
    ASSERT_EQ(back->width(), from->width());
    ASSERT_EQ(back->height(), from->height());
    int same = 0, empty = 0;
    for (int y = 0; y < back->height(); ++y)
      for (int x = 0; x < back->width(); ++x) {
        const auto now = pixel(*back, x, y);
        same += now == pixel(*from, x, y), empty += now == std::array<float, 4>{};
      }
    EXPECT_EQ(same, 6 * 25);
    EXPECT_EQ(empty, 6 * 25);
  }
}

TEST(cube_map, a_picture_for_each_side_is_seen_upright) {
  Crossing s;
  std::vector<NodeId> sides;
  for (int face = 0; face < 6; ++face)
    sides.push_back(s.make("noiseTOP", 5, 5, {{"format", s.text("rgba32float")}, {"seed", double(face)}}));
  const ImageHandle cube = s.image(s.cube_map("onepersidetocubemap", sides));
  for (int face = 0; face < 6; ++face) {
    const ImageHandle from = s.image(sides[std::size_t(face)]);
    for (int y = 0; y < 5; ++y)
      for (int x = 0; x < 5; ++x) EXPECT_EQ(pixel(*cube, x, 4 - y, face), pixel(*from, x, y)) << face;
  }
}

TEST(cube_map, what_is_missing_or_no_cube_is_named) {
  Crossing s;
  const NodeId one = s.make("constantTOP", 4, 4);
  const auto error = [&](NodeId cube) {
    const Result<ImageHandle> image = s.engine.image(cube);
    return image ? std::string("no error") : to_string(image.error());
  };
  EXPECT_NE(error(s.cube_map("onepersidetocubemap", {one, one, one})).find("there is no input 3 for the side -Y"),
            std::string::npos);
  EXPECT_NE(error(s.cube_map("cubemaptoverticalcross", {one})).find("not a cube map"), std::string::npos);
  const NodeId flat = s.cube_map("verticalcrosstocubemap", {one});
  s.set(flat, "outputresolution", s.text("custom"));
  s.set(flat, "resolutionw", std::int64_t(8));
  s.set(flat, "resolutionh", std::int64_t(4));
  EXPECT_NE(error(flat).find("the faces of a cube are square, not 8x4"), std::string::npos);
}

}  // namespace
}  // namespace cookline
