// The vector functions against libm in double: accuracy in ulp over wide ranges, special values, and equal bits on
// every instruction set.
#include "kernels/vector_math.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "base/random.h"
#include "kernels/targets.h"

namespace cookline::kernels {
namespace {

using Unary = void (*)(std::span<const float>, std::span<float>);
using Binary = void (*)(std::span<const float>, std::span<const float>, std::span<float>);
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

float one(Unary f, float x) {
  float y = 0;
  f({&x, 1}, {&y, 1});
  return y;
}

float one(Binary f, float a, float b) {
  float y = 0;
  f({&a, 1}, {&b, 1}, {&y, 1});
  return y;
}

// Distance in units in the last place of the exact value.
double ulps(float got, double exact) {
  if (std::isnan(exact)) return std::isnan(got) ? 0 : 1e9;
  if (float(exact) == got) return std::fabs(double(got) - exact) == 0 || std::isinf(got) ? 0 : 0.5;
  if (std::isinf(got) || std::isnan(got)) return 1e9;
  const float size = std::fabs(float(exact));
  const double unit = double(std::nextafter(size, infinity)) - double(size);
  return std::fabs(double(got) - exact) / unit;
}

std::vector<float> uniform(std::uint64_t seed, int count, double low, double high) {
  std::vector<float> values;
  for (int i = 0; i < count; ++i) values.push_back(float(low + (high - low) * random_unit(seed, i)));
  return values;
}

// Positive floats with every exponent, subnormals included.
std::vector<float> all_magnitudes(std::uint64_t seed, int count) {
  std::vector<float> values;
  for (int i = 0; i < count; ++i) {
    values.push_back(std::bit_cast<float>(std::uint32_t(random_unit(seed, i) * 0x7f800000)));
  }
  return values;
}

void expect_accuracy(Unary f, double (*exact)(double), const std::vector<float>& x, double most_ulps) {
  std::vector<float> y(x.size());
  f(x, y);
  double worst = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = ulps(y[i], exact(x[i]));
    if (error > worst) worst = error, at = i;
  }
  EXPECT_LE(worst, most_ulps) << "at " << x[at] << " got " << y[at] << " exact " << exact(x[at]);
}

void expect_accuracy(Binary f, double (*exact)(double, double), const std::vector<float>& a,
                     const std::vector<float>& b, double most_ulps) {
  std::vector<float> y(a.size());
  f(a, b, y);
  double worst = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double error = ulps(y[i], exact(a[i], b[i]));
    if (error > worst) worst = error, at = i;
  }
  EXPECT_LE(worst, most_ulps) << "at " << a[at] << ", " << b[at] << " got " << y[at];
}

constexpr int samples = 300000;

TEST(vector_math, powers_of_two_are_within_one_ulp) {
  expect_accuracy(exp2_each, std::exp2, uniform(1, samples, -151, 129), 1);
  expect_accuracy(exp2_each, std::exp2, uniform(2, samples, -1, 1), 1);
}

TEST(vector_math, exponentials_are_within_one_ulp) {
  expect_accuracy(exp_each, std::exp, uniform(3, samples, -105, 90), 1);
  expect_accuracy(exp_each, std::exp, uniform(4, samples, -1, 1), 1);
}

TEST(vector_math, logarithms_are_within_one_ulp) {
  expect_accuracy(log2_each, std::log2, all_magnitudes(5, samples), 1);
  expect_accuracy(log2_each, std::log2, uniform(6, samples, 0.5, 2), 1);
  expect_accuracy(log2_each, std::log2, uniform(7, samples, 0.9999, 1.0001), 1);
  expect_accuracy(log_each, std::log, all_magnitudes(8, samples), 1);
  expect_accuracy(log_each, std::log, uniform(9, samples, 0.5, 2), 1);
}

TEST(vector_math, powers_are_within_two_ulp) {
  expect_accuracy(pow_each, std::pow, uniform(10, samples, 0, 2), uniform(11, samples, -5, 5), 2);
  expect_accuracy(pow_each, std::pow, all_magnitudes(12, samples), uniform(13, samples, -2, 2), 2);
  expect_accuracy(pow_each, std::pow, uniform(14, samples, 0.9, 1.1), uniform(15, samples, -900, 900), 2);
}

TEST(vector_math, sine_and_cosine_are_within_two_ulp_up_to_two_to_the_17) {
  for (const double range : {1.0, 10.0, 1000.0, 131072.0}) {
    expect_accuracy(sin_each, std::sin, uniform(16, samples, -range, range), 2);
    expect_accuracy(cos_each, std::cos, uniform(17, samples, -range, range), 2);
  }
}

TEST(vector_math, sine_of_a_huge_angle_stays_in_range) {
  for (const float x : all_magnitudes(18, 10000)) {
    EXPECT_LE(std::fabs(one(sin_each, x)), 1.0f) << x;
    EXPECT_LE(std::fabs(one(cos_each, -x)), 1.0f) << x;
  }
}

TEST(vector_math, angles_are_within_three_ulp) {
  expect_accuracy(atan2_each, std::atan2, uniform(19, samples, -1, 1), uniform(20, samples, -1, 1), 3);
  expect_accuracy(atan2_each, std::atan2, all_magnitudes(21, samples), all_magnitudes(22, samples), 3);
}

TEST(vector_math, exponentials_reach_their_limits) {
  for (const Unary f : {exp2_each, exp_each}) {
    EXPECT_EQ(one(f, infinity), infinity);
    EXPECT_EQ(one(f, 1000.0f), infinity);
    EXPECT_EQ(one(f, -infinity), 0.0f);
    EXPECT_EQ(one(f, -1000.0f), 0.0f);
    EXPECT_EQ(one(f, 0.0f), 1.0f);
    EXPECT_TRUE(std::isnan(one(f, nan)));
  }
}

TEST(vector_math, logarithms_reach_their_limits) {
  for (const Unary f : {log2_each, log_each}) {
    EXPECT_EQ(one(f, 0.0f), -infinity);
    EXPECT_EQ(one(f, -0.0f), -infinity);
    EXPECT_EQ(one(f, infinity), infinity);
    EXPECT_EQ(one(f, 1.0f), 0.0f);
    EXPECT_TRUE(std::isnan(one(f, -1.0f)));
    EXPECT_TRUE(std::isnan(one(f, nan)));
  }
  for (int e = -149; e < 128; ++e) EXPECT_EQ(one(log2_each, std::ldexp(1.0f, e)), float(e));
}

TEST(vector_math, trigonometry_of_no_number_is_nan) {
  for (const Unary f : {sin_each, cos_each}) {
    for (const float x : {infinity, -infinity, nan}) EXPECT_TRUE(std::isnan(one(f, x)));
  }
}

TEST(vector_math, powers_and_angles_treat_special_values_as_ieee_754) {
  const float values[] = {0.0f,  -0.0f, 0.5f,  -0.5f, 1.0f,  -1.0f,  1.5f,     -1.5f,     2.0f,
                          -2.0f, 3.0f,  -3.0f, 7.0f,  1e30f, -1e30f, infinity, -infinity, nan};
  for (const float a : values) {
    for (const float b : values) {
      EXPECT_LE(ulps(one(pow_each, a, b), std::pow(a, b)), 2) << a << " ^ " << b << " = " << one(pow_each, a, b);
      const float angle = one(atan2_each, a, b);
      EXPECT_LE(ulps(angle, std::atan2(double(a), double(b))), 3) << "atan2 " << a << ", " << b << " = " << angle;
      if (!std::isnan(angle)) {
        EXPECT_EQ(std::signbit(angle), std::signbit(std::atan2(a, b))) << a << ", " << b;
      }
    }
  }
}

TEST(vector_math, every_instruction_set_gives_the_same_bits) {
  const auto x = all_magnitudes(23, 4001);
  auto y = uniform(24, 4001, -40, 40);
  y[7] = nan, y[8] = infinity, y[9] = -infinity;
  std::vector<std::uint32_t> first;
  for (const std::string& target : available_targets()) {
    ASSERT_TRUE(use_target(target));
    std::vector<std::uint32_t> bits;
    const auto keep = [&bits](const std::vector<float>& values) {
      for (const float value : values) bits.push_back(std::bit_cast<std::uint32_t>(value));
    };
    std::vector<float> to(x.size());
    for (const Unary f : {exp2_each, exp_each, log2_each, log_each, sin_each, cos_each}) {
      f(x, to), keep(to);
      f(y, to), keep(to);
    }
    for (const Binary f : {pow_each, atan2_each}) f(x, y, to), keep(to);
    if (first.empty()) first = bits;
    EXPECT_EQ(bits, first) << target;
  }
  use_target("");
}

}  // namespace
}  // namespace cookline::kernels
