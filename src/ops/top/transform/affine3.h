// Affine maps of space and how a Transform page's orders combine them.
#pragma once
#include <array>
#include <string_view>

#include "op/par.h"
#include "ops/top/transform/rotation.h"

namespace cookline {

using Vector3 = std::array<double, 3>;

struct Affine3 {
  std::array<Vector3, 3> rows = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  Vector3 shift = {};

  // The map without its shift: what it does to differences of points.
  Vector3 direction(const Vector3& v) const {
    Vector3 to;
    for (std::size_t i = 0; i < 3; ++i) to[i] = rows[i][0] * v[0] + rows[i][1] * v[1] + rows[i][2] * v[2];
    return to;
  }
  Vector3 point(const Vector3& p) const {
    const Vector3 to = direction(p);
    return {to[0] + shift[0], to[1] + shift[1], to[2] + shift[2]};
  }
};

// First `first`, then `next`.
inline Affine3 then(const Affine3& first, const Affine3& next) {
  Affine3 both;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      both.rows[i][j] =
          next.rows[i][0] * first.rows[0][j] + next.rows[i][1] * first.rows[1][j] + next.rows[i][2] * first.rows[2][j];
  both.shift = next.point(first.shift);
  return both;
}

inline Affine3 translation(const Vector3& t) {
  Affine3 map;
  map.shift = t;
  return map;
}

inline Affine3 scaling(const Vector3& s) {
  Affine3 map;
  for (std::size_t i = 0; i < 3; ++i) map.rows[i][i] = s[i];
  return map;
}

// Right-handed rotation about axis 0, 1 or 2.
inline Affine3 rotation_about(int axis, double degrees) {
  const Rotation turn = rotation(degrees);
  const std::size_t a = std::size_t(axis + 1) % 3, b = std::size_t(axis + 2) % 3;
  Affine3 map;
  map.rows[a][a] = map.rows[b][b] = turn.cos;
  map.rows[a][b] = -turn.sin, map.rows[b][a] = turn.sin;
  return map;
}

// The map with `pivot` as the point that stays.
inline Affine3 about(const Vector3& pivot, const Affine3& map) {
  return then(then(translation({-pivot[0], -pivot[1], -pivot[2]}), map), translation(pivot));
}

// Transform Order and Rotate Order: the steps in the order they are carried out, as their names say.
enum class TransformOrder { srt, str, rst, rts, tsr, trs };
enum class RotateOrder { xyz, xzy, yxz, yzx, zxy, zyx };
inline constexpr MenuItem transform_orders[] = {{"srt", "Scale Rotate Translate"}, {"str", "Scale Translate Rotate"},
                                                {"rst", "Rotate Scale Translate"}, {"rts", "Rotate Translate Scale"},
                                                {"tsr", "Translate Scale Rotate"}, {"trs", "Translate Rotate Scale"}};
inline constexpr MenuItem rotate_orders[] = {{"xyz", "Rx Ry Rz"}, {"xzy", "Rx Rz Ry"}, {"yxz", "Ry Rx Rz"},
                                             {"yzx", "Ry Rz Rx"}, {"zxy", "Rz Rx Ry"}, {"zyx", "Rz Ry Rx"}};

inline Affine3 rotation_xyz(const Vector3& degrees, RotateOrder order) {
  Affine3 map;
  for (const char axis : rotate_orders[std::size_t(order)].name)
    if (const int k = axis - 'x'; degrees[std::size_t(k)] != 0)
      map = then(map, rotation_about(k, degrees[std::size_t(k)]));
  return map;
}

inline Affine3 in_order(TransformOrder order, const Affine3& scale, const Affine3& rotate, const Affine3& translate) {
  Affine3 map;
  for (const char step : transform_orders[std::size_t(order)].name)
    map = then(map, step == 's' ? scale : step == 'r' ? rotate : translate);
  return map;
}

}  // namespace cookline
