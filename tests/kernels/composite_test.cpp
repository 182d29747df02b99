#include "kernels/composite.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

using Pixel = std::array<double, 4>;
using Colour = std::array<double, 3>;

// ---- Slow references in double, by code name.

double limited(double v) { return std::clamp(v, 0.0, 1.0); }
double luma(const auto& c) { return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]; }
double light(const auto& c) { return limited((0.2125 * c[0] + 0.7154 * c[1] + 0.0721 * c[2] - 0.45) / 0.1); }
Colour straight(const Pixel& b) {
  Colour c{};
  for (std::size_t i = 0; i < 3 && b[3] != 0; ++i) c[i] = limited(b[i] / b[3]);
  return c;
}

Colour hsv(double r, double g, double b) {
  const double v = std::max({r, g, b}), chroma = v - std::min({r, g, b});
  double h = 0;
  if (chroma > 0) {
    if (v == r)
      h = std::fmod((g - b) / chroma + 6, 6);
    else if (v == g)
      h = (b - r) / chroma + 2;
    else
      h = (r - g) / chroma + 4;
  }
  return {h, v != 0 ? chroma / v : 0, v};
}
Colour rgb(double h, double s, double v) {
  h = std::fmod(h + 6, 6);
  const double chroma = v * s, x = chroma * (1 - std::fabs(std::fmod(h, 2) - 1)), m = v - chroma;
  const int sector = int(h);
  const Colour table[] = {{chroma, x, 0}, {x, chroma, 0}, {0, chroma, x},
                          {0, x, chroma}, {x, 0, chroma}, {chroma, 0, x}};
  Colour c = table[sector];
  for (double& k : c) k += m;
  return c;
}

using Channel = double (*)(double, double);
const std::map<std::string, Channel, std::less<>> on_all_channels = {
    {"add", [](double a, double b) { return a + b; }},
    {"subtract", [](double a, double b) { return a - b; }},
    {"multiply", [](double a, double b) { return a * b; }},
    {"screen", [](double a, double b) { return 1 - (1 - a) * (1 - b); }},
    {"average", [](double a, double b) { return (a + b) / 2; }},
    {"maximum", [](double a, double b) { return std::max(a, b); }},
    {"minimum", [](double a, double b) { return std::min(a, b); }},
    {"divide", [](double a, double b) { return b == 0 ? a : a / b; }},
};
const std::map<std::string, Channel, std::less<>> opaque = {
    {"difference", [](double a, double b) { return std::fabs(a - b); }},
    {"negate", [](double a, double b) { return 1 - std::fabs(1 - a - b); }},
    {"exclude", [](double a, double b) { return a + b - 2 * a * b; }},
    {"dodge", [](double a, double b) { return a / (1 - b); }},
    {"freeze", [](double a, double b) { return 1 - (1 - a) * (1 - a) / b; }},
    {"yfilm", [](double a, double b) { return 2 * a - a * a / (1 - b); }},
    {"zfilm", [](double a, double b) { return 4 * a - 9 * b + 6 * (1 - std::fabs(1 - a - b)); }},
};
const std::map<std::string, Channel, std::less<>> modes = {
    {"burnlinear", [](double a, double b) { return limited(a + b - 1); }},
    {"linearlight", [](double a, double b) { return a + 2 * b - 1; }},
    {"softlight", [](double a, double b) { return (1 - 2 * b) * a * a + 2 * a * b; }},
    {"pinlight", [](double a, double b) { return b < 0.5 ? std::min(a, 2 * b) : std::max(a, 2 * b - 1); }},
    {"hardmix", [](double a, double b) { return a + b >= 1 ? 1.0 : 0.0; }},
    {"vividlight", [](double a, double b) { return limited(b < 0.5 ? 1 - (1 - a) / (2 * b) : a / (2 * (1 - b))); }},
    {"inverse", [](double a, double b) { return b / (1 - a); }},
    {"glow", [](double a, double b) { return b * b / (1 - a); }},
    {"reflect", [](double a, double b) { return a * a / (1 - b); }},
    {"heat", [](double a, double b) { return 1 - (1 - b) * (1 - b) / a; }},
};

Colour matrix(const Colour (&m)[3], const auto& v, double offset) {
  Colour c{};
  for (std::size_t i = 0; i < 3; ++i) c[i] = offset + m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return c;
}
const Colour chroma_matrix[3] = {{0.70970872, -0.56929602, -0.13980583},
                                 {-0.29029123, 0.43173089, -0.13980583},
                                 {-0.29029129, -0.57782309, 0.86019416}};
const Colour difference_matrix[3] = {
    {0.7038, -0.59008, -0.11372}, {-0.29907, 0.4126, -0.11353}, {-0.30675, -0.57636, 0.88311}};

// The blend modes that look at whole colours.
Colour colour_mode(std::string_view name, const Pixel& a, const Colour& y) {
  const Colour x = {a[0], a[1], a[2]};
  if (name == "darkercolor") return luma(x) < luma(y) ? x : y;
  if (name == "lightercolor") return luma(x) > luma(y) ? x : y;
  if (name == "hue") return rgb(hsv(y[0], y[1], y[2])[0], hsv(x[0], x[1], x[2])[1], hsv(x[0], x[1], x[2])[2]);
  if (name == "color" || name == "burncolor")
    return matrix(chroma_matrix, y, 0.29029125 * x[0] + 0.5699029 * x[1] + 0.13980582 * x[2]);
  const double t = name == "overlay" ? light(x) : light(y);  // overlay, hardlight
  Colour c{};
  for (std::size_t i = 0; i < 3; ++i) c[i] = 2 * x[i] * y[i] * (1 - t) + (1 - 2 * (1 - x[i]) * (1 - y[i])) * t;
  return c;
}

Pixel sum(const Pixel& a, double ka, const Pixel& b, double kb) {
  Pixel c{};
  for (std::size_t i = 0; i < 4; ++i) c[i] = a[i] * ka + b[i] * kb;
  return c;
}
Pixel opaque_colour(const Colour& c) { return {c[0], c[1], c[2], 1}; }

Pixel coverage(std::string_view name, const Pixel& a, const Pixel& b) {
  const double ca = limited(a[3]), cb = limited(b[3]), lb = limited(luma(b));
  if (name == "over") return sum(a, 1, b, 1 - ca);
  if (name == "under") return sum(b, 1, a, 1 - cb);
  if (name == "inside") return sum(a, cb, b, 0);
  if (name == "outside") return sum(a, 1 - cb, b, 0);
  if (name == "xor") return sum(a, 1 - cb, b, 1 - ca);
  if (name == "atop") {
    Pixel c = sum(a, b[3], b, 1 - ca);
    c[3] = b[3];
    return c;
  }
  if (name == "insideluminance") return sum(a, lb, b, 0);
  if (name == "outsideluminance") return sum(a, 1 - lb, b, 0);
  if (name == "stencilluminance") return {a[0], a[1], a[2], lb};
  if (name == "brightest") return luma(a) > luma(b) ? a : b;
  if (name == "dimmest") return luma(a) < luma(b) ? a : b;
  if (name == "subtractive") return {a[0] - b[0] * b[3], a[1] - b[1] * b[3], a[2] - b[2] * b[3], a[3] + b[3]};
  if (name == "luminancedifference") return opaque_colour(matrix(difference_matrix, a, std::fabs(luma(a) - luma(b))));
  EXPECT_EQ(name, "chromadifference");
  const Colour x = hsv(a[0], a[1], a[2]);
  return opaque_colour(rgb(x[0] - hsv(b[0], b[1], b[2])[0], x[1], x[2]));
}

Pixel reference(std::string_view name, const Pixel& a, const Pixel& b) {
  Pixel c{};
  if (const auto op = on_all_channels.find(name); op != on_all_channels.end()) {
    for (std::size_t i = 0; i < 4; ++i) c[i] = op->second(a[i], b[i]);
    return c;
  }
  if (const auto op = opaque.find(name); op != opaque.end()) {
    for (std::size_t i = 0; i < 3; ++i) c[i] = op->second(a[i], b[i]);
    c[3] = 1;
    return c;
  }
  const Colour y = straight(b);
  Colour mode{};
  constexpr std::string_view colour_modes[] = {"darkercolor", "lightercolor", "hue",      "color",
                                               "burncolor",   "overlay",      "hardlight"};
  if (const auto op = modes.find(name); op != modes.end()) {
    for (std::size_t i = 0; i < 3; ++i) mode[i] = op->second(a[i], y[i]);
  } else if (std::ranges::find(colour_modes, name) != std::end(colour_modes)) {
    mode = colour_mode(name, a, y);
  } else {
    return coverage(name, a, b);
  }
  for (std::size_t i = 0; i < 3; ++i) c[i] = a[i] * (1 - b[3]) + mode[i] * b[3];
  c[3] = name == "overlay" ? 1 : a[3];
  return c;
}

// ---- Pictures.

// Random premultiplied colours.
TestPlanes premultiplied(int count, std::uint64_t seed, double lowest_alpha) {
  TestPlanes p = random_planes(count, seed);
  for (int i = 0; i < count; ++i) {
    p[3][i] = random_float(seed + 1, i, lowest_alpha, 1);
    for (int c = 0; c < 3; ++c) p[c][i] *= p[3][i];
  }
  return p;
}
// Every pair of awkward finite numbers, in all channels.
constexpr float awkward[] = {0, -0.0f, 1, -1, 0.5f, 2, 1e-38f, 1e-45f, 0.99999994f, 1.0000001f, 65504, 1e9f, -1e9f};
TestPlanes awkward_planes(bool first) {
  const int n = int(std::size(awkward));
  TestPlanes p(n * n * n);
  for (int i = 0; i < n * n * n; ++i)
    for (int c = 0; c < 4; ++c)
      p[c][i] = awkward[(first ? i / n + (c == 3 ? i / (n * n) : c) : i + c * (i / (n * n))) % n];
  return p;
}

ConstPlanes planes(const TestPlanes& p) { return {p[0], p[1], p[2], p[3]}; }
Planes planes(TestPlanes& p) { return {p[0], p[1], p[2], p[3]}; }
Pixel at(const TestPlanes& p, int i) { return {p[0][i], p[1][i], p[2][i], p[3][i]}; }

TestPlanes composed(CompositeOperation op, const TestPlanes& a, const TestPlanes& b) {
  TestPlanes out(a.count());
  composite(op, planes(a), planes(b), planes(out), a.count());
  return out;
}

template <class Check>
void for_every_operation(const Check& check) {
  for (std::size_t i = 0; i < composite_operations.size(); ++i) {
    SCOPED_TRACE(composite_operations[i].first);
    check(CompositeOperation(i), composite_operations[i].first);
  }
}

}  // namespace

TEST(composite, the_enumeration_is_in_the_order_of_the_menu) {
  const auto name = [](CompositeOperation op) { return composite_operations[std::size_t(op)].first; };
  EXPECT_EQ(name(CompositeOperation::add), "add");
  EXPECT_EQ(name(CompositeOperation::multiply), "multiply");
  EXPECT_EQ(name(CompositeOperation::over), "over");
  EXPECT_EQ(name(CompositeOperation::exclusive_or), "xor");
  EXPECT_EQ(name(CompositeOperation::zfilm), "zfilm");
  EXPECT_EQ(composite_operations[std::size_t(CompositeOperation::pinlight)].second, "Pinlight");
}

TEST(composite, every_operation_equals_a_slow_reference) {
  const TestPlanes a = premultiplied(1001, 1, 0.05), b = premultiplied(1001, 5, 0.05);
  for_every_operation([&](CompositeOperation op, std::string_view name) {
    on_every_target([&] {
      const TestPlanes got = composed(op, a, b);
      for (int i = 0; i < a.count(); ++i) {
        const Pixel expected = reference(name, at(a, i), at(b, i));
        for (int c = 0; c < 4; ++c) {
          // Where a divisor is nearly zero, the rounding of its operands shows.
          const double scale = std::max(1.0, std::fabs(expected[std::size_t(c)]));
          ASSERT_NEAR(got[c][i], expected[std::size_t(c)], 2e-5 * scale * scale) << "pixel " << i << " plane " << c;
        }
      }
    });
  });
}

TEST(composite, finite_pixels_never_give_nan_and_targets_agree) {
  const TestPlanes a = awkward_planes(true), b = awkward_planes(false);
  for_every_operation([&](CompositeOperation op, std::string_view) {
    use_target(available_targets().front());
    const TestPlanes expected = composed(op, a, b);
    for (int c = 0; c < 4; ++c)
      for (int i = 0; i < a.count(); ++i)
        ASSERT_FALSE(std::isnan(expected[c][i]))
            << a[c][i] << " and " << b[c][i] << ", alphas " << a[3][i] << " " << b[3][i];
    on_every_target([&] { expect_same_bits(composed(op, a, b), expected); });
  });
}

TEST(composite, results_may_replace_either_input_and_runs_may_have_any_length) {
  for (int count : {0, 1, 7, 8, 9, 31, 33, 100})
    for_every_operation([&](CompositeOperation op, std::string_view) {
      const TestPlanes a = premultiplied(count, 2, 0), b = premultiplied(count, 9, 0);
      on_every_target([&] {
        const TestPlanes expected = composed(op, a, b);
        TestPlanes top = a, bottom = b;
        composite(op, planes(top), planes(b), planes(top), count);
        composite(op, planes(a), planes(bottom), planes(bottom), count);
        expect_same_bits(top, expected);
        expect_same_bits(bottom, expected);
      });
    });
}

TEST(composite, an_opaque_top_hides_the_bottom_exactly) {
  TestPlanes a = premultiplied(50, 3, 0), b = premultiplied(50, 4, 0);
  std::fill(a.planes[3].begin(), a.planes[3].end(), 1.0f);
  expect_same_bits(composed(CompositeOperation::over, a, b), a);
  expect_same_bits(composed(CompositeOperation::under, b, a), a);
}

TEST(composite, a_transparent_layer_leaves_the_other_as_it_is) {
  const TestPlanes a = premultiplied(50, 3, 0), nothing(50);
  for (CompositeOperation op : {CompositeOperation::over, CompositeOperation::under, CompositeOperation::exclusive_or,
                                CompositeOperation::add, CompositeOperation::screen, CompositeOperation::maximum}) {
    expect_same_bits(composed(op, a, nothing), a);
    expect_same_bits(composed(op, nothing, a), a);
  }
  for (CompositeOperation op : {CompositeOperation::subtract, CompositeOperation::outside, CompositeOperation::divide,
                                CompositeOperation::hue, CompositeOperation::reflect, CompositeOperation::vividlight})
    expect_same_bits(composed(op, a, nothing), a);
}

TEST(composite, quotients_by_zero_have_the_sign_of_the_number_divided) {
  TestPlanes a(3), b(3);
  for (int c = 0; c < 4; ++c)
    for (int i = 0; i < 3; ++i) a[c][i] = float(i - 1), b[c][i] = 1;
  const TestPlanes p = composed(CompositeOperation::dodge, a, b);
  EXPECT_EQ(p[0][0], -std::numeric_limits<float>::max());
  EXPECT_EQ(p[0][1], 0);
  EXPECT_EQ(p[0][2], std::numeric_limits<float>::max());
}

}  // namespace cookline::kernels
