// The GPU noise types against published values and the double-precision reference, derivatives against differences, and
// what must not matter: where a run starts, how far out it lies, the instruction set.
#include "kernels/noise.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "kernels/noise_reference.h"
#include "kernels/noise_support.h"
#include "kernels/targets.h"

namespace cookline::kernels {
namespace {

const std::map<std::string, NoiseType> gpu_types = {
    {"perlin2d", NoiseType::perlin2d},   {"perlin3d", NoiseType::perlin3d},   {"perlin4d", NoiseType::perlin4d},
    {"simplex2d", NoiseType::simplex2d}, {"simplex3d", NoiseType::simplex3d}, {"simplex4d", NoiseType::simplex4d}};

double exact(NoiseType type, const NoisePoint& p) {
  switch (type) {
    case NoiseType::perlin2d:
      return reference::perlin<2>({p[0], p[1]});
    case NoiseType::perlin3d:
      return reference::perlin<3>({p[0], p[1], p[2]});
    case NoiseType::perlin4d:
      return reference::perlin<4>(p);
    case NoiseType::simplex2d:
      return reference::simplex<2>({p[0], p[1]});
    case NoiseType::simplex3d:
      return reference::simplex<3>({p[0], p[1], p[2]});
    default:
      return reference::simplex<4>(p);
  }
}

double exact_octaves(const NoiseSettings& s, NoisePoint p) {
  double sum = 0, amplitude = 1;
  for (int j = 0; j <= s.harmon; ++j) {
    sum += amplitude * exact(s.type, p);
    for (double& q : p) q *= s.spread;
    amplitude *= s.gain;
  }
  return sum;
}

struct Row {
  NoisePoint point;
  double value;
};

std::map<std::string, std::vector<Row>> published_values() {
  std::ifstream file(std::string(TESTS_DIR) + "/kernels/noise_values.csv");
  std::map<std::string, std::vector<Row>> rows;
  std::string text;
  for (std::getline(file, text); std::getline(file, text);) {
    std::replace(text.begin(), text.end(), ',', ' ');
    std::istringstream in(text);
    std::string type;
    Row row;
    in >> type >> row.point[0] >> row.point[1] >> row.point[2] >> row.point[3] >> row.value;
    rows[type].push_back(row);
  }
  return rows;
}

TEST(noise, published_values_are_met) {
  const auto rows = published_values();
  ASSERT_EQ(rows.size(), gpu_types.size());
  for (const auto& [name, published] : rows) {
    ASSERT_EQ(published.size(), 300u);
    std::vector<NoisePoint> points;
    for (const Row& row : published) points.push_back(row.point);
    const auto values = values_at(one_octave(gpu_types.at(name)), points);
    int within = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_NEAR(exact(gpu_types.at(name), published[i].point), published[i].value, 1e-8) << name << ", the reference";
      EXPECT_NEAR(values[i], published[i].value, 1e-3) << name << " row " << i;
      within += std::fabs(values[i] - published[i].value) <= 1e-4;
    }
    EXPECT_GE(within, 297) << name;
  }
}

// The picture of a Noise TOP as TouchDesigner creates it: 512×288, 8 bits.
TEST(noise, a_new_noise_top_is_touchdesigners_picture) {
  const NoiseSettings settings;
  const auto offset = noise_seed_offset(1, 0);
  constexpr int width = 512, height = 288;
  int different = 0;
  for (int y = 0; y < height; ++y) {
    NoiseLine line{offset, {4.0 / width}};
    line.base[0] += 4 * 0.5 / width - 2;
    line.base[1] += 4 * (y + 0.5) / width - 2;
    const auto values = line_values(settings, line, 0, width);
    for (int x = 0; x < width; ++x) {
      const long pixel = std::lround(255 * (values[x] * 0.5 + 0.5));
      const long expected = std::lround(255 * (exact_octaves(settings, point_of(line, x)) * 0.5 + 0.5));
      ASSERT_LE(std::labs(pixel - expected), 1) << x << ", " << y;
      different += pixel != expected;
    }
  }
  EXPECT_LT(different, 10);
}

TEST(noise, octaves_add_up_as_the_definition_says) {
  for (const auto& [name, type] : gpu_types) {
    for (const NoiseSettings s : {NoiseSettings{type, 4, 2, 0.7}, NoiseSettings{type, 3, 3.7, 1.3},
                                  NoiseSettings{type, 2, -1.5, -0.6}, NoiseSettings{type, 0, 2, 0.7}}) {
      const NoiseLine line = some_line(s.harmon);
      const auto values = line_values(s, line, 100, 2000);
      int off = 0;
      for (int i = 0; i < 2000; ++i) {
        const double error = std::fabs(values[i] - exact_octaves(s, point_of(line, 100 + i)));
        EXPECT_LT(error, 5e-3) << name;
        off += error > 2e-5;
      }
      EXPECT_LE(off, 20) << name << " harmon " << s.harmon;  // the steps of simplex noise
    }
  }
}

TEST(noise, points_and_lines_agree) {
  for (const NoiseType type : all_types()) {
    if (type == NoiseType::random || type == NoiseType::randomgpu) continue;  // every last bit counts there
    const NoiseSettings s{type, 2, 2.1, 0.6};
    const NoiseLine line = some_line(5);
    const auto by_points = values_at(s, points_of(line, 3000)), by_line = line_values(s, line, 0, 3000);
    int off = 0;
    for (int i = 0; i < 3000; ++i) off += std::fabs(by_points[i] - by_line[i]) > 1e-5;
    EXPECT_LE(off, 10) << int(type);
  }
}

TEST(noise, a_pixel_does_not_depend_on_where_its_run_starts) {
  for (const NoiseType type : all_types()) {
    const NoiseSettings s{type, 1, 2, 0.7};
    const NoiseLine line = some_line(6);
    const auto whole = line_values(s, line, -40, 2500);
    for (const std::int64_t first : {-40, -33, -1, 0, 1, 15, 16, 17, 1023, 1024, 1030}) {
      for (const std::size_t count : {1u, 3u, 16u, 31u, 1200u}) {
        const auto part = line_values(s, line, first, count);
        const auto begin = whole.begin() + first + 40;
        EXPECT_TRUE(std::equal(part.begin(), part.end(), begin)) << int(type) << " from " << first << ", " << count;
      }
    }
  }
}

// 256 cells on, the pattern repeats (three times as far along the diagonal of simplex noise); millions of cells away it
// is as smooth as near the origin.
TEST(noise, distance_from_the_origin_costs_no_precision) {
  for (const NoiseType type : {NoiseType::perlin2d, NoiseType::perlin3d, NoiseType::perlin4d}) {
    NoiseLine near = some_line(7), far = near;
    for (int k = 0; k < 4; ++k) near.base[k] = std::round(near.base[k] * 1024) / 1024;
    far = near;
    for (int k = 0; k < 4; ++k) far.base[k] = near.base[k] + 256.0 * 1000 * (k + 1);
    EXPECT_EQ(line_values(one_octave(type), near, 0, 500), line_values(one_octave(type), far, 0, 500));
  }
  NoiseLine line{{1e6 + 0.1, -3e6, 2e6, 0}, {1.0 / 512, 1.0 / 1024}};
  const auto values = line_values(one_octave(NoiseType::simplex3d), line, 0, 2000);
  for (int i = 0; i < 2000; ++i) {
    EXPECT_NEAR(values[i], reference::simplex<3>({point_of(line, i)[0], point_of(line, i)[1], 2e6}), 1e-3);
  }
}

TEST(noise, coordinates_that_are_no_numbers_do_no_harm) {
  const double bad[] = {std::nan(""), HUGE_VAL, -HUGE_VAL, 1e300, -1e300, 5e-324, -5e-324, 256, -256};
  std::vector<NoisePoint> points;
  for (const double a : bad) {
    for (const double b : bad) points.push_back({a, b, a, b});
  }
  for (const NoiseType type : all_types()) {
    for (const float value : values_at({type, 5, 2, 0.7}, points)) EXPECT_TRUE(std::isfinite(value)) << int(type);
    for (const NoisePoint& p : points) {
      EXPECT_TRUE(std::isfinite(line_values(one_octave(type), {p, p}, 0, 5)[4])) << int(type);
    }
  }
}

TEST(noise, derivatives_are_those_of_the_noise) {
  constexpr double h = 1e-4;
  for (const auto& [name, type] : gpu_types) {
    const NoiseSettings s{type, 1, 2.5, 0.8};
    const int n = noise_dimensions(type);
    const NoiseLine line = some_line(8);
    std::array<std::vector<float>, 4> slope;
    for (auto& v : slope) v.assign(600, -99);
    noise_slope_line(s, line, 3, {slope[0], slope[1], slope[2], slope[3]});
    for (int k = 0; k < 4; ++k) {
      int off = 0;
      for (int i = 0; i < 600; ++i) {
        NoisePoint low = point_of(line, 3 + i), high = low;
        low[k] -= h, high[k] += h;
        off += std::fabs(slope[k][i] - (exact_octaves(s, high) - exact_octaves(s, low)) / (2 * h)) > 2e-3;
      }
      if (k < n) {
        EXPECT_LE(off, 6) << name << " by " << k;  // differences taken across a step of simplex noise
      } else {
        EXPECT_EQ(slope[k], std::vector<float>(600, -99)) << name;
      }
    }
  }
}

TEST(noise, values_spread_around_zero_within_one) {
  for (const auto& [name, type] : gpu_types) {
    std::vector<NoisePoint> points;
    for (int i = 0; i < 20000; ++i) {
      NoisePoint p;
      for (int k = 0; k < 4; ++k) p[k] = 256 * random_unit(9, i * 4 + k);
      points.push_back(p);
    }
    double mean = 0, largest = 0;
    for (const float v : values_at(one_octave(type), points))
      mean += v / 20000, largest = std::fmax(largest, std::fabs(v));
    EXPECT_NEAR(mean, 0, 0.02) << name;
    EXPECT_LT(largest, 1.1) << name;
    EXPECT_GT(largest, 0.6) << name;
  }
}

TEST(noise, shaping_multiplies_raises_and_offsets) {
  std::vector<float> values;
  for (int i = -500; i <= 500; ++i) values.push_back(float(i) / 400);
  for (const float exponent : {1.0f, 2.0f, 0.5f, 1.7f, 0.0f, -1.0f}) {
    auto shaped = values;
    shape_noise(shaped, -0.7f, exponent, 0.5f);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double v = double(values[i]) * -0.7f;
      const double expected = v == 0 ? 0.5 : std::copysign(std::pow(std::fabs(v), double(exponent)), v) + 0.5;
      EXPECT_NEAR(shaped[i], expected, 1e-6 * std::fmax(1, std::fabs(expected))) << values[i] << " ^ " << exponent;
    }
  }
}

// Everything there is to compute, as bits.
std::vector<std::uint32_t> bits_of_everything() {
  std::vector<std::uint32_t> bits;
  const auto keep = [&bits](const std::vector<float>& values) {
    for (const float v : values) bits.push_back(std::bit_cast<std::uint32_t>(v));
  };
  for (const NoiseType type : all_types()) {
    for (const bool quality : {false, true}) {
      const NoiseSettings s{type, 3, 2.3, 0.7, 0.6, quality};
      for (int row = 0; row < 20; ++row) keep(line_values(s, some_line(row), row, 500));
      std::array<std::vector<float>, 4> slope;
      for (auto& v : slope) v.assign(500, 0);
      noise_slope_line(s, some_line(3), 7, {slope[0], slope[1], slope[2], slope[3]});
      for (const auto& plane : slope) keep(plane);
      keep(values_at(s, points_of(some_line(4), 500)));
      auto shaped = line_values(s, some_line(2), 0, 500);
      shape_noise(shaped, 0.4f, 1.7f, 0.5f);
      keep(shaped);
    }
  }
  return bits;
}

TEST(noise, every_instruction_set_gives_the_same_bits) {
  const auto first = bits_of_everything();
  for (const std::string& target : available_targets()) {
    ASSERT_TRUE(use_target(target));
    EXPECT_EQ(bits_of_everything(), first) << target;
  }
  use_target("");
}

TEST(noise, seed_one_is_where_touchdesigner_puts_it) {
  EXPECT_EQ(noise_seed_offset(1, 0), (NoisePoint{113.5, 244.5, 47, 0}));
  EXPECT_EQ(noise_seed_offset(1, 1), (NoisePoint{226.5, 232.5, 94, 0}));
}

TEST(noise, seeds_and_channels_lie_apart_on_half_cells) {
  std::set<NoisePoint> seen;
  for (const double seed : {0.0, 0.5, 1.0, 1.25, 2.0, -1.0, -2.5, 3.0, 1e9, 1234567.0, 4.0, 5.0, 6.0, 7.0}) {
    for (int channel = 0; channel < 4; ++channel) {
      const NoisePoint p = noise_seed_offset(seed, channel);
      EXPECT_TRUE(seen.insert(p).second) << seed << ", " << channel;
      for (int k = 0; k < 4; ++k) {
        EXPECT_GE(p[k], 0);
        EXPECT_LT(p[k], 256);
        EXPECT_EQ(p[k] * 2, std::floor(p[k] * 2));
      }
    }
  }
  EXPECT_EQ(noise_seed_offset(-0.0, 0), noise_seed_offset(0.0, 0));
}

}  // namespace
}  // namespace cookline::kernels
