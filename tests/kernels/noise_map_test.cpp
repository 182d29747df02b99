// The points of coordinate maps against the definition, one at a time.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "kernels/noise.h"
#include "kernels/targets.h"

namespace cookline::kernels {
namespace {

TEST(noise_map, points_of_a_map_are_affine_in_its_pixels) {
  const NoiseMap map = {{{{3.5, -1.25, 0.3}, {0, 7, 1e-3}, {-2, 0.1, 9}}}, 0.7, {113.5, 244.5, 47, -3}};
  std::array<std::vector<float>, 4> pixels;
  for (std::size_t c = 0; c < 4; ++c) {
    for (std::size_t i = 0; i < 37; ++i) pixels[c].push_back(float(4 * random_unit(c, i) - 2));
  }
  for (const std::string& target : available_targets()) {
    ASSERT_TRUE(use_target(target));
    for (const int dimensions : {2, 3, 4}) {
      std::array<std::vector<double>, 4> points;
      for (auto& column : points) column.assign(37, -99);
      noise_map_points(map, {pixels[0], pixels[1], pixels[2], pixels[3]}, {points[0], points[1], points[2], points[3]},
                       dimensions);
      for (std::size_t i = 0; i < 37; ++i) {
        for (std::size_t k = 0; k < 4; ++k) {
          double p = std::fma(pixels[0][i], map.rows[k % 3][0], map.shift[k]);
          p = std::fma(pixels[1][i], map.rows[k % 3][1], p);
          p = std::fma(pixels[2][i], map.rows[k % 3][2], p);
          if (k == 3) p = std::fma(pixels[3][i], map.fourth, map.shift[3]);
          EXPECT_EQ(points[k][i], k < std::size_t(dimensions) ? p : -99) << target << " " << dimensions << ", " << k;
        }
      }
    }
  }
  use_target("");
}

}  // namespace
}  // namespace cookline::kernels
