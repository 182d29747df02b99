"""tdu.Quaternion: a rotation as x, y, z, w."""
import math

from td._errors import tdError
from td._matrix import Matrix, rotation_rows
from td._vectors import Components, Vector, _component


def euler_of(rows, order):
    """(rx, ry, rz) in degrees of a rotation whose axes are turned about in this order, the first letter first."""
    i, j, k = _axes(order)
    sign = 1 if (j - i) % 3 == 1 else -1
    middle = math.asin(max(-1.0, min(1.0, -sign * rows[k][i])))
    if abs(rows[k][i]) < 1 - 1e-12:
        first, last = math.atan2(sign * rows[k][j], rows[k][k]), math.atan2(sign * rows[j][i], rows[i][i])
    else:  # first and last axis coincide: all of it is given to the last
        first, last = 0.0, math.atan2(-sign * rows[i][j], rows[j][j])
    angles = {i: first, j: middle, k: last}
    return tuple(math.degrees(angles[axis]) for axis in range(3))


def _axes(order):
    axes = ["xyz".find(letter) for letter in order.lower()]
    if sorted(axes) != [0, 1, 2]:
        raise tdError(f"tdu.Quaternion: order '{order}'; xyz, xzy, yxz, yzx, zxy and zyx are allowed")
    return axes


def _of_axis(axis, degrees):
    unit = Vector(list(axis))
    unit.normalize()
    half = math.radians(degrees) / 2
    return [*(value * math.sin(half) for value in unit), math.cos(half)]


def _of_euler(angles, order="xyz"):
    made = Quaternion()
    for axis in _axes(order):
        made = Quaternion(*_of_axis([float(index == axis) for index in range(3)], angles[axis])) * made
    return made._values


def _of_matrix(rows):
    """From a rotation matrix, by the largest of the four components, which keeps the division exact enough."""
    squares = [rows[0][0] - rows[1][1] - rows[2][2], rows[1][1] - rows[0][0] - rows[2][2],
               rows[2][2] - rows[0][0] - rows[1][1], rows[0][0] + rows[1][1] + rows[2][2]]
    most = max(range(4), key=lambda index: squares[index])
    big = math.sqrt(max(0.0, 1 + squares[most])) / 2
    if most == 3:
        return [(rows[2][1] - rows[1][2]) / (4 * big), (rows[0][2] - rows[2][0]) / (4 * big),
                (rows[1][0] - rows[0][1]) / (4 * big), big]
    i, j, k = most, (most + 1) % 3, (most + 2) % 3
    made = [0.0] * 4
    made[i], made[j], made[k] = big, (rows[j][i] + rows[i][j]) / (4 * big), (rows[k][i] + rows[i][k]) / (4 * big)
    made[3] = (rows[k][j] - rows[j][k]) / (4 * big)
    return made


def _between(first, second):
    """The shortest rotation from one vector to another."""
    axis = first.cross(second)
    if axis.length() < 1e-12 and first.dot(second) < 0:
        axis = first.cross(Vector(1, 0, 0) if abs(first.x) < abs(first.y) else Vector(0, 1, 0))
    return _of_axis(axis, first.angle(second))


def _quaternion(value):
    return value if isinstance(value, Quaternion) else Quaternion(value)


class Quaternion(Components):
    """From nothing (no rotation), another one, a Matrix, Euler angles in degrees (X, then Y, then Z), an angle in degrees
    and an axis, two vectors (from the first to the second), or x, y, z and w."""

    __slots__ = ()
    _start = (0.0, 0.0, 0.0, 1.0)
    x = _component(0, "First component; settable.")
    y = _component(1, "Second component; settable.")
    z = _component(2, "Third component; settable.")
    w = _component(3, "The component that is the cosine of half the angle; settable.")

    def _read(self, arguments):
        if len(arguments) == 1 and isinstance(arguments[0], Matrix):
            return _of_matrix(arguments[0].rows)
        if len(arguments) == 2 and isinstance(arguments[0], Vector):
            return _between(arguments[0], Vector(list(arguments[1])))
        if len(arguments) == 2:
            return _of_axis(arguments[1], float(arguments[0]))
        values = list(arguments[0]) if len(arguments) == 1 else list(arguments)
        if len(values) == 3:
            return _of_euler([float(value) for value in values])
        return Components._read(self, (values,) if values else ())

    def __mul__(self, other):
        """The rotation by `other` and then by this one."""
        if not isinstance(other, Quaternion):
            return NotImplemented
        a, b = Vector(self._values[:3]), Vector(other._values[:3])
        turn = a * other.w + b * self.w + a.cross(b)
        return Quaternion(*turn, self.w * other.w - a.dot(b))

    def __imul__(self, other):
        self._values[:] = (_quaternion(other) * self)._values
        return self

    def matrix_rows(self):
        """Rows of the 4 × 4 rotation matrix."""
        columns = [self.rotate(Vector([float(i == j) for i in range(3)])) for j in range(3)]
        return [[*(column[i] for column in columns), 0.0] for i in range(3)] + [[0.0, 0.0, 0.0, 1.0]]

    def rotate(self, vec):
        """The vector, turned."""
        axis, source = Vector(self._values[:3]), Vector(list(vec))
        twice = axis.cross(source) * (2 / (self.dot(self) or 1))
        return source + twice * self.w + axis.cross(twice)

    def dot(self, q2):
        """The dot product."""
        return math.fsum(a * b for a, b in zip(self._values, _quaternion(q2)))

    def cross(self, q2):
        """The cross product of the x, y, z parts, a Vector."""
        return Vector(self._values[:3]).cross(_quaternion(q2)._values[:3])

    def length(self):
        """The length; 1 for a rotation."""
        return math.sqrt(self.dot(self))

    def inverse(self):
        """Becomes the rotation back."""
        square = self.dot(self) or 1
        self._values[:] = [-self.x / square, -self.y / square, -self.z / square, self.w / square]

    def axis(self):
        """The axis it turns about, a Vector; X if it does not turn."""
        found = Vector(self._values[:3])
        found.normalize()
        return found if found.length() else Vector(1, 0, 0)

    def angle(self):
        """The angle it turns by, in degrees."""
        return math.degrees(2 * math.atan2(Vector(self._values[:3]).length(), self.w))

    def eulerAngles(self, order="xyz"):
        """(rx, ry, rz) in degrees, for turning about the axes in this order."""
        return euler_of(self.matrix_rows(), order)

    def fromEuler(self, rx=0, ry=0, rz=0, order="xyz"):
        """Takes over the rotation of Euler angles in degrees and gives itself."""
        self._values[:] = _of_euler((rx, ry, rz), order)
        return self

    def lerp(self, q2, factor):
        """The components between the two."""
        return Quaternion(*(a * (1 - factor) + b * factor for a, b in zip(self._values, _quaternion(q2))))

    def slerp(self, q2, factor):
        """The rotation between the two, at a steady speed along the shorter arc."""
        goal = _quaternion(q2)
        cosine = self.dot(goal)
        sign = -1 if cosine < 0 else 1
        turn = math.acos(min(1.0, abs(cosine)))
        if math.sin(turn) < 1e-9:
            first, second = 1 - factor, factor
        else:
            first, second = math.sin((1 - factor) * turn) / math.sin(turn), math.sin(factor * turn) / math.sin(turn)
        return Quaternion(*(a * first + sign * b * second for a, b in zip(self._values, goal)))

    def exp(self):
        """The exponential: e^w (v/|v| sin |v|, cos |v|) with v = (x, y, z)."""
        part = Vector(self._values[:3])
        size, scale = part.length(), math.exp(self.w)
        turn = scale * (math.sin(size) / size if size else 1.0)
        return Quaternion(*(value * turn for value in part), scale * math.cos(size))

    def log(self):
        """The natural logarithm, which exp() undoes."""
        part = Vector(self._values[:3])
        size = part.length()
        turn = math.atan2(size, self.w) / size if size else 0.0
        return Quaternion(*(value * turn for value in part), math.log(self.length()))
