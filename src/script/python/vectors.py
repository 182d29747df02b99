"""tdu.Vector, tdu.Position and tdu.Color: three or four numbers with names."""
import math

from td._errors import Strict, tdError


def numbers(values, count, what):
    """`count` floats from values of any sequence; an error that names `what` for another number of them."""
    made = [float(value) for value in values]
    if len(made) != count:
        raise tdError(f"{what}: {len(made)} values; {count} are needed")
    return made


def _component(index, doc):
    def write(self, value):
        self._values[index] = float(value)

    return property(lambda self: self._values[index], write, doc=doc)


class Components(Strict):
    """Base of the classes: the numbers as a list, reached by index and iterated over."""

    __slots__ = ("_values",)
    _start = (0.0, 0.0, 0.0)

    def __init__(self, *arguments):
        object.__setattr__(self, "_values", self._read(arguments))

    def _read(self, arguments):
        what = f"tdu.{type(self).__name__}"
        if not arguments:
            return list(self._start)
        if len(arguments) == 1 and not hasattr(arguments[0], "__iter__"):
            value = float(arguments[0])
            return [value, value, value, *self._start[3:]]
        return numbers(arguments[0] if len(arguments) == 1 else arguments, len(self._start), what)

    def copy(self):
        """A new one with the same values."""
        return type(self)(self._values)

    def __getitem__(self, index):
        return self._values[index]

    def __setitem__(self, index, value):
        self._values[index] = float(value)

    def __iter__(self):
        return iter(list(self._values))

    def __len__(self):
        return len(self._values)

    def __eq__(self, other):
        return self._values == other._values if type(other) is type(self) else NotImplemented

    __hash__ = None

    def __repr__(self):
        return f"tdu.{type(self).__name__}({', '.join(f'{value:g}' for value in self._values)})"


class Color(Components):
    """A colour of four numbers; black and opaque as created."""

    __slots__ = ()
    _start = (0.0, 0.0, 0.0, 1.0)
    r = _component(0, "Red; settable.")
    g = _component(1, "Green; settable.")
    b = _component(2, "Blue; settable.")
    a = _component(3, "Alpha; settable.")


class Triple(Components):
    """What Vector and Position have in common: arithmetic with numbers, one component after another."""

    __slots__ = ()
    x = _component(0, "First component; settable.")
    y = _component(1, "Second component; settable.")
    z = _component(2, "Third component; settable.")

    def scale(self, x, y, z):
        """Multiplies the components."""
        self._values[:] = [a * float(b) for a, b in zip(self._values, (x, y, z))]

    def _with(self, other, function, kind=None):
        values = other._values if isinstance(other, Triple) else [float(other)] * 3
        return (kind or type(self))([function(a, b) for a, b in zip(self._values, values)])

    def __mul__(self, other):
        return NotImplemented if not _is_number(other) else self._with(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return NotImplemented if not _is_number(other) else self._with(other, lambda a, b: a / b)

    def __imul__(self, other):
        made = other * self if hasattr(other, "cols") else self._with(other, lambda a, b: a * b)
        self._values[:] = made._values
        return self

    def __radd__(self, other):
        return NotImplemented if not _is_number(other) else self._with(other, lambda a, b: b + a)

    def __rsub__(self, other):
        return NotImplemented if not _is_number(other) else self._with(other, lambda a, b: b - a)

    def __iadd__(self, other):
        made = self + other
        if type(made) is not type(self):
            return made
        self._values[:] = made._values
        return self

    def __isub__(self, other):
        made = self - other
        if type(made) is not type(self):
            return made
        self._values[:] = made._values
        return self

    def __abs__(self):
        return type(self)([abs(value) for value in self._values])

    def __neg__(self):
        return type(self)([-value for value in self._values])


def _is_number(value):
    return isinstance(value, (int, float)) or hasattr(value, "_td_value")


class Vector(Triple):
    """A direction: a matrix turns and scales it but does not move it."""

    __slots__ = ()

    def __add__(self, other):
        if isinstance(other, Position):
            return other + self
        return self._with(other, lambda a, b: a + b) if _is_number(other) or isinstance(other, Vector) else NotImplemented

    def __sub__(self, other):
        return self._with(other, lambda a, b: a - b) if _is_number(other) or isinstance(other, Vector) else NotImplemented

    def dot(self, vec):
        """The dot product."""
        return math.fsum(a * b for a, b in zip(self._values, vec))

    def cross(self, vec):
        """The cross product self × vec."""
        (a, b, c), (d, e, f) = self._values, vec
        return Vector(b * f - c * e, c * d - a * f, a * e - b * d)

    def length(self):
        """The length."""
        return math.sqrt(self.lengthSquared())

    def lengthSquared(self):
        """The square of the length."""
        return self.dot(self)

    def distance(self, vec):
        """How far the ends of the two vectors are apart."""
        return math.dist(self._values, tuple(vec))

    def normalize(self):
        """Makes the length 1; the null vector, which has no direction, stays."""
        length = self.length()
        if length > 0:
            self._values[:] = [value / length for value in self._values]

    def angle(self, vec):
        """The angle between the two, in degrees from 0 to 180; 0 with a null vector."""
        other = Vector(vec)
        return math.degrees(math.atan2(self.cross(other).length(), self.dot(other)))

    def lerp(self, vec2, t):
        """self * (1 - t) + vec2 * t, for any t."""
        return Vector([a * (1 - t) + b * t for a, b in zip(self._values, vec2)])

    def slerp(self, vec2, t):
        """The same along the arc between the two directions; along the straight line if they are parallel."""
        turn = math.radians(self.angle(vec2))
        if math.sin(turn) < 1e-12:
            return self.lerp(vec2, t)
        first, second = math.sin((1 - t) * turn) / math.sin(turn), math.sin(t * turn) / math.sin(turn)
        return Vector([a * first + b * second for a, b in zip(self._values, vec2)])

    def project(self, vec1, vec2):
        """Drops the part that is perpendicular to the plane through both vectors."""
        normal = Vector(vec1).cross(vec2)
        normal.normalize()
        self._values[:] = [a - self.dot(normal) * n for a, n in zip(list(self._values), normal)]

    def reflect(self, vec):
        """Mirrors it at the plane whose normal is `vec`: self - 2 (self · n) n."""
        normal = Vector(vec)
        normal.normalize()
        along = 2 * self.dot(normal)
        self._values[:] = [a - along * n for a, n in zip(self._values, normal)]


class Position(Triple):
    """A point: a matrix moves it too, and divides by W."""

    __slots__ = ()

    def translate(self, x, y, z):
        """Adds to the components."""
        self._values[:] = [a + float(b) for a, b in zip(self._values, (x, y, z))]

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b) if _is_number(other) or isinstance(other, Vector) else NotImplemented

    def __sub__(self, other):
        if isinstance(other, Position):
            return self._with(other, lambda a, b: a - b, Vector)
        return self._with(other, lambda a, b: a - b) if _is_number(other) or isinstance(other, Vector) else NotImplemented
