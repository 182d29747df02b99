#include "kernels/colour_space.h"

#include <algorithm>
#include <cmath>

#include "kernels/vector_math.h"

namespace cookline::kernels {
namespace {

using Vec3 = std::array<double, 3>;
using Mat3 = std::array<Vec3, 3>;  // rows

constexpr double d65[2] = {0.3127, 0.3290}, d60[2] = {0.32168, 0.33767}, dci[2] = {0.314, 0.351};

// Sources: IEC 61966-2-1, ITU-R BT.601/709/2020/2100, SMPTE ST 2084, RP 431-2 and EG 432-1, ST 2065-1, and the ACES
// specifications S-2014-004 and S-2013-001.
constexpr ColourSpace spaces[] = {
    {"srgb", {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::srgb},
    {"srgblinear", {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::linear},
    {"rec601ntsc", {0.63, 0.34}, {0.31, 0.595}, {0.155, 0.07}, {d65[0], d65[1]}, Curve::rec709},
    {"rec709", {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::rec709},
    {"rec2020", {0.708, 0.292}, {0.17, 0.797}, {0.131, 0.046}, {d65[0], d65[1]}, Curve::rec709},
    {"rec2020st2084pq", {0.708, 0.292}, {0.17, 0.797}, {0.131, 0.046}, {d65[0], d65[1]}, Curve::pq},
    {"rec2020hlg", {0.708, 0.292}, {0.17, 0.797}, {0.131, 0.046}, {d65[0], d65[1]}, Curve::hlg},
    {"dcip3", {0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {dci[0], dci[1]}, Curve::gamma26},
    {"dcip3d60", {0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {d60[0], d60[1]}, Curve::gamma26},
    {"displayp3d65", {0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::srgb},
    {"displayp3d65linear", {0.68, 0.32}, {0.265, 0.69}, {0.15, 0.06}, {d65[0], d65[1]}, Curve::linear},
    {"aces2065-1", {0.7347, 0.2653}, {0.0, 1.0}, {0.0001, -0.0770}, {d60[0], d60[1]}, Curve::linear},
    {"acescg", {0.713, 0.293}, {0.165, 0.83}, {0.128, 0.044}, {d60[0], d60[1]}, Curve::linear},
    {"acesproxy", {0.713, 0.293}, {0.165, 0.83}, {0.128, 0.044}, {d60[0], d60[1]}, Curve::acesproxy},
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
Mat3 to_xyz(const ColourSpace& s) {
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

// Values are worked on in runs of this many at most.
constexpr std::size_t most = 256;
using Run = std::span<float>;

// v ^ exponent of each, which is 0 or more; not std::pow, whose last bit differs between machines.
void power(Run v, float exponent) {
  float exponents[most];
  std::fill_n(exponents, v.size(), exponent);
  pow_each(v, {exponents, v.size()}, v);
}

// SMPTE ST 2084.
constexpr double pq_m1 = 2610.0 / 16384, pq_m2 = 2523.0 / 4096 * 128, pq_c1 = 3424.0 / 4096, pq_c2 = 2413.0 / 4096 * 32,
                 pq_c3 = 2392.0 / 4096 * 32;
// ITU-R BT.2100, hybrid log-gamma.
constexpr double hlg_a = 0.17883277, hlg_b = 0.28466892, hlg_c = 0.55991073;

// Applies a curve to sizes and gives the signs back: small(a) below the knee, else the power of base(a), then after(p).
template <class Small, class Base, class After>
void odd(Run v, float knee, float exponent, Small small, Base base, After after) {
  float p[most];
  for (std::size_t i = 0; i < v.size(); ++i) p[i] = base(std::abs(v[i]));
  power({p, v.size()}, exponent);
  for (std::size_t i = 0; i < v.size(); ++i) {
    const float a = std::abs(v[i]);
    v[i] = std::copysign(a <= knee ? small(a) : after(p[i]), v[i]);
  }
}

void limit(Run v, float low, float high) {
  for (float& x : v) x = std::min(std::max(x, low), high);
}

void decode(Run v, Curve curve) {
  const auto same = [](float x) { return x; };
  switch (curve) {
    case Curve::linear:
      return;
    case Curve::srgb:
      return odd(
          v, 0.04045f, 2.4f, [](float a) { return a / 12.92f; }, [](float a) { return (a + 0.055f) / 1.055f; }, same);
    case Curve::rec709:
      return odd(
          v, 0.081f, float(1 / 0.45), [](float a) { return a / 4.5f; }, [](float a) { return (a + 0.099f) / 1.099f; },
          same);
    case Curve::gamma26:
      return odd(v, -1, 2.6f, same, same, same);
    case Curve::pq:
      limit(v, 0, 1);
      power(v, float(1 / pq_m2));
      for (float& x : v) x = float(std::max(x - pq_c1, 0.0) / (pq_c2 - pq_c3 * x));
      return power(v, float(1 / pq_m1));
    case Curve::hlg: {
      limit(v, 0, 1);
      float e[most];
      for (std::size_t i = 0; i < v.size(); ++i) e[i] = float((v[i] - hlg_c) / hlg_a);
      exp_each({e, v.size()}, {e, v.size()});
      for (std::size_t i = 0; i < v.size(); ++i) v[i] = v[i] <= 0.5f ? v[i] * v[i] / 3 : float((e[i] + hlg_b) / 12);
      return;
    }
    case Curve::acesproxy:
      for (float& x : v) x = (std::min(std::max(x * 1023, 64.0f), 940.0f) - 425) / 50 - 2.5f;
      return exp2_each(v, v);
  }
}

void encode(Run v, Curve curve) {
  const auto same = [](float x) { return x; };
  switch (curve) {
    case Curve::linear:
      return;
    case Curve::srgb:
      return odd(
          v, 0.0031308f, float(1 / 2.4), [](float a) { return a * 12.92f; }, same,
          [](float p) { return 1.055f * p - 0.055f; });
    case Curve::rec709:
      return odd(
          v, 0.018f, 0.45f, [](float a) { return a * 4.5f; }, same, [](float p) { return 1.099f * p - 0.099f; });
    case Curve::gamma26:
      return odd(v, -1, float(1 / 2.6), same, same, same);
    case Curve::pq:
      limit(v, 0, 1);
      power(v, float(pq_m1));
      for (float& x : v) x = float((pq_c1 + pq_c2 * x) / (1 + pq_c3 * x));
      return power(v, float(pq_m2));
    case Curve::hlg: {
      limit(v, 0, 1);
      float l[most];
      for (std::size_t i = 0; i < v.size(); ++i) l[i] = float(std::max(12 * v[i] - hlg_b, 1e-6));
      log_each({l, v.size()}, {l, v.size()});
      for (std::size_t i = 0; i < v.size(); ++i)
        v[i] = v[i] <= float(1.0 / 12) ? std::sqrt(3 * v[i]) : float(hlg_a * l[i] + hlg_c);
      return;
    }
    case Curve::acesproxy:
      limit(v, 0.0011857371f, 65504);  // 2 to the power of -9.72 is the code 64
      log2_each(v, v);
      for (float& x : v) x = std::min(std::max((x + 2.5f) * 50 + 425, 64.0f), 940.0f) / 1023;
  }
}

}  // namespace

bool has_peak(Curve curve) { return curve == Curve::pq || curve == Curve::hlg; }

std::span<const ColourSpace> colour_spaces() { return spaces; }

const ColourSpace* colour_space_named(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(spaces), std::end(spaces), [&](const ColourSpace& s) { return s.name == name; });
  return found == std::end(spaces) ? nullptr : found;
}

ColourTransform::ColourTransform(const ColourSpace& from, const ColourSpace& to, double white)
    : from_(from.curve), to_(to.curve), matrix_(inverse(to_xyz(to)) * adaptation(from.white, to.white) * to_xyz(from)) {
  const double scale = (has_peak(to_) ? white : 1) / (has_peak(from_) ? white : 1);
  for (Vec3& row : matrix_)
    for (double& v : row) v *= scale;
}

std::array<double, 3> ColourTransform::operator()(const std::array<double, 3>& colour) const {
  float r = float(colour[0]), g = float(colour[1]), b = float(colour[2]);
  (*this)(&r, &g, &b, 1);
  return {r, g, b};
}

void ColourTransform::operator()(float* r, float* g, float* b, int count) const {
  for (std::size_t left = std::size_t(count); left > 0;) {
    const std::size_t n = std::min(left, most);
    for (float* plane : {r, g, b}) decode({plane, n}, from_);
    for (std::size_t i = 0; i < n; ++i) {
      const Vec3 v = matrix_ * Vec3{r[i], g[i], b[i]};
      r[i] = float(v[0]), g[i] = float(v[1]), b[i] = float(v[2]);
    }
    for (float* plane : {r, g, b}) encode({plane, n}, to_);
    r += n, g += n, b += n, left -= n;
  }
}

double light_of_white(Curve curve, std::string_view reference_white) {
  const bool sdr = reference_white == "sdr";
  if (curve == Curve::pq) return (sdr ? 100.0 : 203.0) / 10000;
  // Of a display of 1,000 cd/m2, whose light is the signal's to the power of 1.2.
  if (curve == Curve::hlg) return sdr ? 0.14677993 : 0.26479719;
  return 1;
}

}  // namespace cookline::kernels
