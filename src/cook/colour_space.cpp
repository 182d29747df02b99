#include "cook/colour_space.h"

#include <cmath>

#include "kernels/vector_math.h"

namespace cookline {
namespace {

using Vec3 = std::array<double, 3>;
using Mat3 = std::array<Vec3, 3>;  // rows

enum class Curve { linear, srgb, rec709, gamma26 };

// CIE xy of red, green, blue and white.
struct Space {
  double red[2], green[2], blue[2], white[2];
  Curve curve;
};
constexpr double d65[2] = {0.3127, 0.3290}, d60[2] = {0.32168, 0.33767}, dci[2] = {0.314, 0.351};
constexpr Space srgb = {{0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::srgb};

// In the order of the menu. Sources: IEC 61966-2-1, ITU-R BT.601/709/2020, SMPTE RP 431-2 and EG 432-1, SMPTE ST 2065-1
// and the ACES specification S-2014-004.
constexpr Space spaces[] = {
    srgb,
    {{0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::linear},
    {{0.63, 0.34}, {0.31, 0.595}, {0.155, 0.07}, {d65[0], d65[1]}, Curve::rec709},
    {{0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::rec709},
    {{0.708, 0.292}, {0.17, 0.797}, {0.131, 0.046}, {d65[0], d65[1]}, Curve::rec709},
    {{0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {dci[0], dci[1]}, Curve::gamma26},
    {{0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {d60[0], d60[1]}, Curve::gamma26},
    {{0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::srgb},
    {{0.7347, 0.2653}, {0.0, 1.0}, {0.0001, -0.0770}, {d60[0], d60[1]}, Curve::linear},
    {{0.713, 0.293}, {0.165, 0.83}, {0.128, 0.044}, {d60[0], d60[1]}, Curve::linear},
};

Vec3 operator*(const Mat3& m, const Vec3& v) {
  Vec3 r{};
  for (std::size_t i = 0; i < 3; ++i) r[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return r;
}
Mat3 operator*(const Mat3& a, const Mat3& b) {
  Mat3 r{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) r[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
  return r;
}
Mat3 inverse(const Mat3& m) {
  Mat3 r{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      const std::size_t a = (j + 1) % 3, b = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
      r[i][j] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
    }
  const double determinant = m[0][0] * r[0][0] + m[0][1] * r[1][0] + m[0][2] * r[2][0];
  for (Vec3& row : r)
    for (double& v : row) v /= determinant;
  return r;
}

Vec3 xyz(const double (&xy)[2]) { return {xy[0] / xy[1], 1, (1 - xy[0] - xy[1]) / xy[1]}; }

// Linear RGB to XYZ: the primaries, scaled so that (1, 1, 1) is the white.
Mat3 to_xyz(const Space& s) {
  const Vec3 r = xyz(s.red), g = xyz(s.green), b = xyz(s.blue);
  Mat3 m = {{{r[0], g[0], b[0]}, {r[1], g[1], b[1]}, {r[2], g[2], b[2]}}};
  const Vec3 scale = inverse(m) * xyz(s.white);
  for (Vec3& row : m)
    for (std::size_t i = 0; i < 3; ++i) row[i] *= scale[i];
  return m;
}

// Bradford's adaptation from one white to another, in XYZ.
Mat3 adaptation(const double (&from)[2], const double (&to)[2]) {
  constexpr Mat3 cones = {{{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}}};
  const Vec3 a = cones * xyz(from), b = cones * xyz(to);
  const Mat3 gain = {{{b[0] / a[0], 0, 0}, {0, b[1] / a[1], 0}, {0, 0, b[2] / a[2]}}};
  return inverse(cones) * gain * cones;
}

// Not std::pow, whose last bit differs between machines.
double power(double base, double exponent) {
  float x = float(base);
  const float y = float(exponent);
  kernels::pow_each({&x, 1}, {&y, 1}, {&x, 1});
  return x;
}

double decoded(double v, Curve curve) {
  const double a = std::abs(v);
  switch (curve) {
    case Curve::linear:
      return v;
    case Curve::srgb:
      return std::copysign(a <= 0.04045 ? a / 12.92 : power((a + 0.055) / 1.055, 2.4), v);
    case Curve::rec709:
      return std::copysign(a < 0.081 ? a / 4.5 : power((a + 0.099) / 1.099, 1 / 0.45), v);
    case Curve::gamma26:
      return std::copysign(power(a, 2.6), v);
  }
  return v;
}

double srgb_encoded(double v) {
  const double a = std::abs(v);
  return std::copysign(a <= 0.0031308 ? a * 12.92 : 1.055 * power(a, 1 / 2.4) - 0.055, v);
}

bool is_colour(Style style) { return style == Style::RGB || style == Style::RGBA; }

}  // namespace

std::array<double, 3> to_srgb(const std::array<double, 3>& colour, int space) {
  if (space <= 0 || space >= int(std::size(spaces))) return colour;  // sRGB itself, and Passthrough
  const Space& from = spaces[space];
  Vec3 v = colour;
  for (double& c : v) c = decoded(c, from.curve);
  v = inverse(to_xyz(srgb)) * (adaptation(from.white, srgb.white) * (to_xyz(from) * v));
  for (double& c : v) c = srgb_encoded(c);
  return v;
}

void convert_colours(const TypeInfo& type, ParSet& pars) {
  if (!type.def->colour_pars) return;
  const int space = static_cast<const ColourCommon*>(pars.tables.back().get())->parmcolorspace;
  if (space <= 0 || space >= int(std::size(spaces))) return;
  void* own = pars.tables.front().get();
  for (const Par& row : type.def->pars) {
    if (!is_colour(row.style)) continue;
    Vec3 colour;
    for (int c = 0; c < 3; ++c) colour[std::size_t(c)] = to_double(row.get(own, c));
    const Vec3 converted = to_srgb(colour, space);
    for (int c = 0; c < 3; ++c) row.set(own, c, converted[std::size_t(c)]);
  }
}

}  // namespace cookline
