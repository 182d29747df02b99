// The noise types of Cookline's own design (CPU types, random, quality simplex): against scalar references, by their
// statistics, and in how they treat octaves and derivatives.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/noise.h"
#include "kernels/noise_reference.h"
#include "kernels/noise_support.h"

namespace cookline::kernels {
namespace {

TEST(noise_cells, types_of_our_own_design_are_what_they_say) {
  const auto scaled = [](const NoisePoint& p, double f) { return std::array<double, 3>{p[0] * f, p[1] * f, p[2] * f}; };
  std::vector<NoisePoint> points;
  for (int i = 0; i < 4000; ++i) points.push_back(point_of(some_line(i), 0));
  const auto sparse = values_at(one_octave(NoiseType::sparse), points);
  const auto hermite = values_at(one_octave(NoiseType::hermite), points);
  const auto alligator = values_at(one_octave(NoiseType::alligator), points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_NEAR(sparse[i], 1.08 * reference::sparse(scaled(points[i], 0.9)), 2e-5);
    EXPECT_NEAR(hermite[i], 0.76 * reference::hermite(scaled(points[i], 1.2)), 2e-5);
    EXPECT_NEAR(alligator[i], reference::alligator(scaled(points[i], 0.64)), 2e-5);
  }
}

struct Statistics {
  double mean = 0, deviation = 0, lowest = 1e9, highest = -1e9;
};
Statistics statistics_of(const std::vector<float>& values) {
  Statistics s;
  for (const float v : values) {
    s.mean += v / double(values.size());
    s.lowest = std::min(s.lowest, double(v)), s.highest = std::max(s.highest, double(v));
  }
  for (const float v : values) s.deviation += (v - s.mean) * (v - s.mean) / double(values.size());
  s.deviation = std::sqrt(s.deviation);
  return s;
}

TEST(noise_cells, cpu_types_spread_as_documented) {
  std::vector<NoisePoint> points;
  for (int i = 0; i < 60000; ++i) points.push_back(point_of(some_line(i), 0));
  for (const NoiseType type : {NoiseType::sparse, NoiseType::hermite, NoiseType::harmonic}) {
    const auto s = statistics_of(values_at(one_octave(type), points));
    EXPECT_NEAR(s.mean, 0, 0.01);
    EXPECT_NEAR(s.deviation, 0.32, 0.04);
  }
  for (const NoiseType type : {NoiseType::random, NoiseType::randomgpu}) {
    const auto s = statistics_of(values_at(one_octave(type), points));
    EXPECT_NEAR(s.mean, 0, 0.01);
    EXPECT_NEAR(s.deviation, std::sqrt(1 / 3.0), 0.01);
    EXPECT_GE(s.lowest, -1);
    EXPECT_LT(s.highest, 1);
  }
  const auto s = statistics_of(values_at(one_octave(NoiseType::alligator), points));
  EXPECT_GE(s.lowest, 0);
  EXPECT_LT(s.highest, 1);
  EXPECT_NEAR(s.mean, 0.11, 0.02);
  for (const NoiseType type : {NoiseType::simplex2d, NoiseType::simplex3d, NoiseType::simplex4d}) {
    NoiseSettings settings = one_octave(type);
    settings.quality = true;
    const auto q = statistics_of(values_at(settings, points));
    EXPECT_NEAR(q.mean, 0, 0.01);
    EXPECT_GT(q.deviation, 0.2);
    EXPECT_NEAR(q.highest, 0.9, 0.15);
  }
}

TEST(noise_cells, smooth_types_are_continuous_and_random_types_are_not) {
  NoiseLine line = some_line(11);
  line.step = {1e-4, 2e-5, -5e-5, 3e-5};
  const auto largest_step = [&](const NoiseSettings& s) {
    const auto values = line_values(s, line, 0, 200000);
    float largest = 0;
    for (std::size_t i = 1; i < values.size(); ++i) largest = std::max(largest, std::fabs(values[i] - values[i - 1]));
    return largest;
  };
  for (const NoiseType type : all_types()) {
    if (type == NoiseType::random || type == NoiseType::randomgpu) {
      EXPECT_GT(largest_step(one_octave(type)), 1.5);
      continue;
    }
    const bool steps = type == NoiseType::simplex3d || type == NoiseType::simplex4d;
    EXPECT_LT(largest_step(one_octave(type)), steps ? 5e-3 : 1e-3) << int(type);
    NoiseSettings quality = one_octave(type);
    quality.quality = true;
    EXPECT_LT(largest_step(quality), 1e-3) << int(type);
  }
}

TEST(noise_cells, neighbouring_random_pixels_know_nothing_of_each_other) {
  for (const NoiseType type : {NoiseType::random, NoiseType::randomgpu}) {
    double along = 0, across = 0;
    std::vector<float> above;
    for (int y = 0; y < 256; ++y) {
      const NoiseLine line{{-2, 4.0 * y / 256 - 2, 0, 0}, {4.0 / 256}};
      const auto row = line_values(one_octave(type), line, 0, 256);
      for (int x = 1; x < 256; ++x) along += row[x] * row[x - 1];
      for (int x = 0; x < 256 && y; ++x) across += row[x] * above[x];
      above = row;
    }
    EXPECT_NEAR(along / 65536 * 3, 0, 0.02);
    EXPECT_NEAR(across / 65536 * 3, 0, 0.02);
  }
}

TEST(noise_cells, octaves_of_cpu_types_follow_roughness_and_those_of_harmonic_spread) {
  const NoiseLine line = some_line(12);
  for (const NoiseType type : {NoiseType::sparse, NoiseType::hermite, NoiseType::harmonic, NoiseType::alligator}) {
    const double spread = type == NoiseType::harmonic ? 3.3 : 2;
    const NoiseSettings three{type, 2, 3.3, 0.9, 0.6};
    const auto sum = line_values(three, line, 0, 300);
    std::vector<double> expected(300);
    double frequency = 1, amplitude = 1;
    for (int j = 0; j < 3; ++j) {
      NoiseLine octave = line;
      for (int k = 0; k < 4; ++k) octave.base[k] *= frequency, octave.step[k] *= frequency;
      const auto values = line_values(one_octave(type), octave, 0, 300);
      for (int i = 0; i < 300; ++i) expected[i] += amplitude * values[i];
      frequency *= spread, amplitude *= 0.6;
    }
    for (int i = 0; i < 300; ++i) EXPECT_NEAR(sum[i], expected[i], 1e-5);
    const NoiseSettings smooth{type, 2, 3.3, 0.9, 0};
    EXPECT_EQ(line_values(smooth, line, 0, 300), line_values(one_octave(type), line, 0, 300));
  }
}

TEST(noise_cells, types_without_derivatives_give_zero) {
  for (const NoiseType type : all_types()) {
    if (type <= NoiseType::simplex4d) continue;
    std::array<std::vector<float>, 4> slope;
    for (auto& v : slope) v.assign(40, -99);
    noise_slope_line({type, 2}, some_line(1), 0, {slope[0], slope[1], slope[2], slope[3]});
    for (int k = 0; k < noise_dimensions(type); ++k) EXPECT_EQ(slope[k], std::vector<float>(40, 0));
  }
}

TEST(noise_cells, quality_derivatives_are_those_of_quality_noise) {
  for (const NoiseType type : {NoiseType::simplex2d, NoiseType::simplex3d, NoiseType::simplex4d}) {
    NoiseSettings s{type, 0, 2, 1, 0.5, true};
    std::vector<NoisePoint> points;
    for (int i = 0; i < 500; ++i) points.push_back(point_of(some_line(i), 0));
    std::array<std::vector<double>, 4> at;
    for (int k = 0; k < 4; ++k) {
      for (const NoisePoint& p : points) at[k].push_back(p[k]);
    }
    std::array<std::vector<float>, 4> slope;
    for (auto& v : slope) v.assign(500, 0);
    noise_slope_points(s, {at[0], at[1], at[2], at[3]}, {slope[0], slope[1], slope[2], slope[3]});
    constexpr double h = 1.0 / 256;
    for (int k = 0; k < noise_dimensions(type); ++k) {
      auto low = points, high = points;
      for (int i = 0; i < 500; ++i) low[i][k] -= h, high[i][k] += h;
      const auto below = values_at(s, low), above = values_at(s, high);
      for (int i = 0; i < 500; ++i) EXPECT_NEAR(slope[k][i], (above[i] - below[i]) / (2 * h), 5e-3);
    }
  }
}

}  // namespace
}  // namespace cookline::kernels
