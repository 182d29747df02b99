// Points in fixed point against the definition, one at a time.
#include "kernels/noise_fixed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "kernels/targets.h"

namespace cookline::kernels {
namespace {

using Columns = std::array<std::vector<double>, 4>;

// Coordinates of all sizes, either sign; many of them whole, or next to a whole number.
double some_coordinate(std::uint64_t seed, std::uint64_t i) {
  static constexpr double odd[] = {0, -0.0, 1, -1, 256, -256, 0x1p-60, -0x1p-60, 5e-324, -5e-324, 1e15 + 0.5, -1e15};
  const std::uint64_t bits = random_bits(seed, 2 * i);
  if (bits % 8 == 0) return odd[bits / 8 % std::size(odd)];
  const double size = std::ldexp(1.0, int(bits / 8 % 40) - 16);
  const double x = (2 * random_unit(seed, 2 * i + 1) - 1) * size;
  if (bits % 8 == 1) return std::round(x);
  if (bits % 8 == 2) return std::nextafter(std::round(x), -HUGE_VAL);
  return x;
}

Columns some_columns(std::size_t count) {
  Columns columns;
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::size_t i = 0; i < count; ++i) columns[k].push_back(some_coordinate(k + 50, i));
  }
  return columns;
}

NoisePoints points_of(const Columns& columns, int dimensions, double skew, double cells) {
  return {{columns[0], columns[1], columns[2], columns[3]}, dimensions, skew, cells};
}

std::array<std::vector<std::uint32_t>, 4> fixed_of(const NoisePoints& points, double frequency, std::size_t first,
                                                   std::size_t count) {
  std::array<std::vector<std::uint32_t>, 4> fixed;
  for (auto& plane : fixed) plane.assign((count + 15) / 16 * 16 + 1, 77);
  fix_points(points, frequency, first, count, {fixed[0].data(), fixed[1].data(), fixed[2].data(), fixed[3].data()});
  return fixed;
}

std::uint32_t defined(const NoisePoints& points, double frequency, std::size_t i, int axis) {
  double p[4] = {}, sum = 0;
  for (std::size_t k = 0; k < std::size_t(points.dimensions); ++k) {
    p[k] = points.coordinates[k][i] * frequency;
    sum += p[k];
  }
  const double u = p[axis] + sum * points.skew, turns = u / points.cells;
  double part = turns - std::floor(turns);
  if (!(part < 1)) part = 0;
  return std::uint32_t(std::floor(part * 0x1p32));
}

struct Lattice {
  int dimensions;
  double skew, cells;
};
constexpr Lattice lattices[] = {{2, 0, 256},        {3, 0, 256},       {4, 0, 256},
                                {2, 0.366025, 256}, {3, 1.0 / 3, 256}, {4, 0.309017, 65536}};

TEST(noise_fixed, coordinates_are_what_the_definition_says_to_the_last_bit) {
  const Columns columns = some_columns(3000);
  for (const std::string& target : available_targets()) {
    ASSERT_TRUE(use_target(target));
    for (const Lattice& lattice : lattices) {
      const NoisePoints points = points_of(columns, lattice.dimensions, lattice.skew, lattice.cells);
      for (const double frequency : {1.0, 2.0, -2.7, 0.64, 1234.5}) {
        const auto fixed = fixed_of(points, frequency, 0, 3000);
        for (int k = 0; k < lattice.dimensions; ++k) {
          for (std::size_t i = 0; i < 3000; ++i) {
            ASSERT_EQ(fixed[std::size_t(k)][i], defined(points, frequency, i, k))
                << target << " " << lattice.dimensions << " axis " << k << ": " << columns[std::size_t(k)][i];
          }
        }
      }
    }
  }
  use_target("");
}

TEST(noise_fixed, the_rest_of_the_last_block_is_zero_and_nothing_else_is_written) {
  const Columns columns = some_columns(100);
  const NoisePoints points = points_of(columns, 3, 1.0 / 3, 256);
  for (const std::size_t count : {0u, 1u, 15u, 16u, 17u, 40u, 70u}) {
    const auto fixed = fixed_of(points, 1, 30, count);
    for (int k = 0; k < 3; ++k) {
      const auto& plane = fixed[std::size_t(k)];
      for (std::size_t i = 0; i < plane.size(); ++i) {
        const std::uint32_t beyond = i + 1 == plane.size() ? 77 : 0;
        EXPECT_EQ(plane[i], i < count ? defined(points, 1, 30 + i, k) : beyond) << count << ", " << i;
      }
    }
    EXPECT_EQ(fixed[3], std::vector<std::uint32_t>(fixed[3].size(), 77));
  }
}

TEST(noise_fixed, what_is_no_number_is_zero_on_every_instruction_set) {
  const double bad[] = {std::nan(""), std::nan("0x8ffffffffffff"), -std::nan("7"), HUGE_VAL, -HUGE_VAL, 1e300, -1e300};
  Columns columns;
  for (auto& column : columns) column.assign(std::begin(bad), std::end(bad));
  for (const std::string& target : available_targets()) {
    ASSERT_TRUE(use_target(target));
    for (const Lattice& lattice : lattices) {
      const auto fixed = fixed_of(points_of(columns, lattice.dimensions, lattice.skew, lattice.cells), 3, 0, 7);
      for (int k = 0; k < lattice.dimensions; ++k) {
        for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(fixed[std::size_t(k)][i], 0u) << target << " " << bad[i];
      }
    }
  }
  use_target("");
}

}  // namespace
}  // namespace cookline::kernels
