"""tdu.Matrix: a 4 × 4 matrix for transformations and projections, multiplied from the left of vectors and positions."""
import math

from td._errors import Strict, tdError
from td._vectors import Position, Vector, numbers


def _product(a, b):
    """Rows of a × b."""
    return [[math.fsum(a[i][k] * b[k][j] for k in range(4)) for j in range(4)] for i in range(4)]


def _unit():
    return [[float(i == j) for j in range(4)] for i in range(4)]


def _turn(axis, degrees):
    """Rows of the rotation about a unit axis (Rodrigues' formula)."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y, z = axis
    return [[c + x * x * (1 - c), x * y * (1 - c) - z * s, x * z * (1 - c) + y * s, 0.0],
            [y * x * (1 - c) + z * s, c + y * y * (1 - c), y * z * (1 - c) - x * s, 0.0],
            [z * x * (1 - c) - y * s, z * y * (1 - c) + x * s, c + z * z * (1 - c), 0.0],
            [0.0, 0.0, 0.0, 1.0]]


def _moved(x, y, z):
    return [[1.0, 0.0, 0.0, x], [0.0, 1.0, 0.0, y], [0.0, 0.0, 1.0, z], [0.0, 0.0, 0.0, 1.0]]


class Matrix(Strict):
    """Created as the identity, or from another matrix, 16 or 9 values column by column, columns as lists, or a quaternion
    (x, y, z, w) as a list."""

    __slots__ = ("_rows",)

    def __init__(self, *arguments, zero=False):
        object.__setattr__(self, "_rows", [[0.0] * 4 for _ in range(4)] if zero else self._read(arguments))

    @staticmethod
    def _read(arguments):
        if not arguments:
            return _unit()
        if len(arguments) == 1 and isinstance(arguments[0], Matrix):
            return [list(row) for row in arguments[0]._rows]
        if len(arguments) == 1 and len(arguments[0]) == 4 and not hasattr(arguments[0][0], "__len__"):
            from td._quaternion import Quaternion
            return Quaternion(*arguments[0]).matrix_rows()
        values = list(arguments[0]) if len(arguments) == 1 else list(arguments)
        if hasattr(values[0], "__len__"):
            size = len(values[0])
            values = [value for column in values for value in numbers(column, size, "tdu.Matrix")]
            if size == 3 and len(values) == 12:
                values = [v for c in range(4) for v in (*values[3 * c:3 * c + 3], float(c == 3))]
            elif size == 4 and len(values) == 12:
                values += [0.0, 0.0, 0.0, 1.0]
        side = {9: 3, 16: 4}.get(len(values))
        if side is None:
            raise tdError(f"tdu.Matrix: {len(values)} values; 4 of a quaternion, 9 or 16 are needed")
        rows = _unit()
        for index, value in enumerate(values):
            rows[index % side][index // side] = float(value)
        return rows

    # Values

    @property
    def vals(self):
        """The 16 values, column by column; settable."""
        return [value for column in self.cols for value in column]

    @vals.setter
    def vals(self, values):
        self._rows[:] = self._read((numbers(values, 16, "tdu.Matrix.vals"),))

    rows = property(lambda self: [list(row) for row in self._rows], doc="The rows, lists of values.")
    cols = property(lambda self: [list(column) for column in zip(*self._rows)], doc="The columns, lists of values.")

    def __getitem__(self, place):
        return self._rows[place[0]][place[1]]

    def __setitem__(self, place, value):
        self._rows[place[0]][place[1]] = float(value)

    def __eq__(self, other):
        return self._rows == other._rows if isinstance(other, Matrix) else NotImplemented

    __hash__ = None

    def __repr__(self):
        return f"tdu.Matrix({', '.join(str(column) for column in self.cols)})"

    def copy(self):
        """A new one with the same values."""
        return Matrix(self)

    def fillTable(self, tableDAT):
        """Writes the rows into a table."""
        from td import _core as core
        core.set_rows(tableDAT._id, [[f"{value:.15g}" for value in row] for row in self._rows])

    def numpyArray(self):
        """The rows as a 4 × 4 numpy array of 32-bit floats."""
        from td._chop import numpy_for
        return numpy_for("Matrix.numpyArray()").array(self._rows, dtype="float32")

    # Arithmetic

    def __mul__(self, other):
        if isinstance(other, Matrix):
            return self._of(_product(self._rows, other._rows))
        if isinstance(other, Vector):
            return Vector([math.fsum(a * b for a, b in zip(row, other)) for row in self._rows[:3]])
        if isinstance(other, Position):
            x, y, z, w = (math.fsum((*(a * b for a, b in zip(row, other)), row[3])) for row in self._rows)
            return Position(x, y, z) if w in (0, 1) else Position(x / w, y / w, z / w)
        return NotImplemented

    def __add__(self, other):
        return self._of([[a + b for a, b in zip(p, q)] for p, q in zip(self._rows, other._rows)])

    def __sub__(self, other):
        return self._of([[a - b for a, b in zip(p, q)] for p, q in zip(self._rows, other._rows)])

    @staticmethod
    def _of(rows):
        made = Matrix()
        made._rows[:] = rows
        return made

    def transpose(self):
        """Swaps rows and columns."""
        self._rows[:] = self.cols

    def getTranspose(self):
        """The transpose as a new matrix."""
        return self._of(self.cols)

    def determinant(self):
        """The determinant, by elimination with the largest pivot."""
        return _eliminated(self.rows, None)

    def getInverse(self):
        """The inverse as a new matrix; an error if there is none."""
        inverse = _unit()
        if _eliminated(self.rows, inverse) == 0:
            raise tdError("tdu.Matrix: the determinant is 0, so there is no inverse")
        return self._of(inverse)

    def invert(self):
        """Becomes its own inverse; an error if there is none."""
        self._rows[:] = self.getInverse()._rows

    def identity(self):
        """Becomes the identity."""
        self._rows[:] = _unit()

    # Transformations, applied from the left unless `fromRight`

    def _apply(self, rows, from_right, pivot=None):
        if pivot is not None:
            x, y, z = numbers(pivot, 3, "pivot")
            rows = _product(_product(_moved(x, y, z), rows), _moved(-x, -y, -z))
        self._rows[:] = _product(self._rows, rows) if from_right else _product(rows, self._rows)

    def translate(self, tx, ty, tz, fromRight=False):
        """Moves."""
        self._apply(_moved(float(tx), float(ty), float(tz)), fromRight)

    def rotate(self, rx, ry, rz, fromRight=False, pivot=None):
        """Turns about X, then Y, then Z, in degrees: M = RZ RY RX M."""
        self._apply(rotation_rows(rx, ry, rz), fromRight, pivot)

    def rotateOnAxis(self, rotationAxis, angle, fromRight=False, pivot=None):
        """Turns about an axis of any length, in degrees."""
        axis = Vector(rotationAxis)
        axis.normalize()
        self._apply(_turn(axis, angle), fromRight, pivot)

    def scale(self, sx, sy, sz, fromRight=False, pivot=None):
        """Scales."""
        rows = _unit()
        rows[0][0], rows[1][1], rows[2][2] = float(sx), float(sy), float(sz)
        self._apply(rows, fromRight, pivot)

    def lookat(self, eyePos, target, up):
        """Turns and moves the world so that the eye is at the origin and looks at the target along -Z."""
        eye = Vector(list(eyePos))
        back = eye - Vector(list(target))
        back.normalize()
        right = Vector(list(up)).cross(back)
        right.normalize()
        self._apply([[*axis, -axis.dot(eye)] for axis in (right, back.cross(right), back)] + [[0.0, 0.0, 0.0, 1.0]], False)

    def decompose(self):
        """((sx, sy, sz), (rx, ry, rz), (tx, ty, tz)) of M = T RZ RY RX S; angles in degrees."""
        from td._quaternion import euler_of
        columns = [Vector([self._rows[i][j] for i in range(3)]) for j in range(3)]
        sizes = [column.length() for column in columns]
        if columns[0].cross(columns[1]).dot(columns[2]) < 0:
            sizes[0] = -sizes[0]
        turn = [[columns[j][i] / (sizes[j] or 1) for j in range(3)] for i in range(3)]
        return tuple(sizes), euler_of(turn, "xyz"), tuple(row[3] for row in self._rows[:3])


def rotation_rows(rx, ry, rz):
    """Rows of RZ RY RX, angles in degrees."""
    x, y, z = _turn((1, 0, 0), rx), _turn((0, 1, 0), ry), _turn((0, 0, 1), rz)
    return _product(z, _product(y, x))


def _eliminated(rows, inverse):
    """The determinant; makes `inverse`, the identity at first, the inverse of the matrix (Gauss and Jordan)."""
    determinant = 1.0
    for column in range(4):
        pivot = max(range(column, 4), key=lambda row: abs(rows[row][column]))
        if rows[pivot][column] == 0:
            return 0.0
        for both in (rows, inverse):
            if both is not None:
                both[column], both[pivot] = both[pivot], both[column]
        head = rows[column][column]
        determinant *= head if pivot == column else -head
        for row in range(4):
            factor = rows[row][column] / head
            for both in (rows, inverse):
                if both is not None and row != column:
                    both[row] = [a - factor * b for a, b in zip(both[row], both[column])]
        for both in (rows, inverse):
            if both is not None:
                both[column] = [value / head for value in both[column]]
    return determinant
