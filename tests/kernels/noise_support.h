// What the tests of noise share: runs of values as vectors, and lines in general position.
#pragma once
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "kernels/noise.h"

namespace cookline::kernels {

inline std::vector<NoiseType> all_types() {
  std::vector<NoiseType> types;
  for (int i = 0; i <= int(NoiseType::alligator); ++i) types.push_back(NoiseType(i));
  return types;
}

inline NoisePoint point_of(const NoiseLine& line, std::int64_t i) {
  NoisePoint p;
  for (int k = 0; k < 4; ++k) p[k] = line.base[k] + line.step[k] * double(i);
  return p;
}

inline std::vector<NoisePoint> points_of(const NoiseLine& line, int count) {
  std::vector<NoisePoint> points;
  for (int i = 0; i < count; ++i) points.push_back(point_of(line, i));
  return points;
}

inline std::vector<float> line_values(const NoiseSettings& s, const NoiseLine& line, std::int64_t first,
                                      std::size_t count) {
  std::vector<float> values(count, -99);
  noise_line(s, line, first, values);
  return values;
}

inline std::vector<float> values_at(const NoiseSettings& s, const std::vector<NoisePoint>& points) {
  std::array<std::vector<double>, 4> columns;
  for (int k = 0; k < 4; ++k) {
    for (const NoisePoint& p : points) columns[k].push_back(p[k]);
  }
  std::vector<float> values(points.size(), -99);
  noise_points(s, {columns[0], columns[1], columns[2], columns[3]}, values);
  return values;
}

inline NoiseSettings one_octave(NoiseType type) { return {type, 0, 2, 0.7}; }

// A line in general position.
inline NoiseLine some_line(std::uint64_t seed) {
  NoiseLine line;
  for (int k = 0; k < 4; ++k) {
    line.base[k] = 600 * random_unit(seed, k) - 300;
    line.step[k] = 0.1 * random_unit(seed, k + 4) - 0.05;
  }
  return line;
}

}  // namespace cookline::kernels
