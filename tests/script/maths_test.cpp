// tdu's vectors, matrices, quaternions and timecodes against slow references written here.
#include "script_testing.h"

namespace cookline::testing {

using maths = ScriptTest;

// Random numbers, and comparing of nested lists.
const char* const helpers = R"py(
import itertools, math
count = [0]
def rnd(low=-3, high=3):
    count[0] += 1
    return low + (high - low) * tdu.rand(f'maths{count[0]}')
def vec():
    return tdu.Vector(rnd(), rnd(), rnd())
def flat(x):
    return [float(x)] if isinstance(x, (int, float)) else [v for one in (x.rows if hasattr(x, 'rows') else x) for v in flat(one)]
def near(a, b, far=1e-9):
    a, b = flat(a), flat(b)
    assert len(a) == len(b) and all(abs(p - q) <= far * max(1, abs(p)) for p, q in zip(a, b)), (a, b)
def sloppy_product(a, b):
    made = [[0.0] * 4 for _ in range(4)]
    for i, j, k in itertools.product(range(4), repeat=3):
        made[i][j] += a[i][k] * b[k][j]
    return made
def axis_turn(axis, degrees):
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    i, j = [(1, 2), (2, 0), (0, 1)]['xyz'.index(axis)]
    made = [[float(p == q) for q in range(4)] for p in range(4)]
    made[i][i] = made[j][j] = c
    made[i][j], made[j][i] = -s, s
    return made
def random_matrix():
    return tdu.Matrix([rnd() for _ in range(16)])
)py";

TEST_F(maths, vectors_and_positions_calculate_by_component_and_geometry) {
  run(std::string(helpers) + R"py(
for _ in range(50):
    a, b, t = vec(), vec(), rnd(0, 1)
    near(a.dot(b), a.length() * b.length() * math.cos(math.radians(a.angle(b))), 1e-7)
    c = a.cross(b)
    near([c.dot(a), c.dot(b)], [0, 0]); near(c.length(), a.length() * b.length() * math.sin(math.radians(a.angle(b))), 1e-7)
    near(a.distance(b), (a - b).length()); near(a.lerp(b, t), a * (1 - t) + t * b); near(a.lengthSquared(), a.length() ** 2)
    u, v = a.copy(), b.copy(); u.normalize(); v.normalize()
    s = u.slerp(v, t)
    near([s.length(), s.angle(u)], [1, t * u.angle(v)], 1e-6)
    flat_part = a.copy(); flat_part.project(u.copy(), v); near(flat_part, a, 1e-7)
    w = vec(); former = w.copy(); w.project(u, v); near(w.dot(c), 0, 1e-7); near((former - w).cross(c), [0, 0, 0], 1e-7)
    m = a.copy(); m.reflect(b); near(m.length(), a.length()); near((a - m).cross(b), [0, 0, 0]); near((a + m).dot(b), 0)
p, v = tdu.Position(1, 2, 3), tdu.Vector([4, 5, 6])
assert type(p + v) is tdu.Position and type(v + p) is tdu.Position and list(v + p) == [5, 7, 9]
assert type(p - tdu.Position(1)) is tdu.Vector and list(p - tdu.Position(1)) == [0, 1, 2] and type(p - v) is tdu.Position
try:
    v - p
    assert False
except TypeError:
    pass
assert list(2 * v) == [8, 10, 12] and list(v / 2) == [2, 2.5, 3] and list(1 - p) == [0, -1, -2] and list(1 + p) == [2, 3, 4]
assert list(abs(-v)) == [4, 5, 6] and v == tdu.Vector(4, 5, 6) and v != tdu.Vector() and v[1] == v.y == 5
p.translate(1, 1, 1); p.scale(1, 2, 3); p += v; p -= 1; p *= 2
assert list(p) == [10, 20, 34], p
v[2] = 9; v.x = 0; v *= tdu.Vector(1, 2, 3)
assert list(v) == [0, 10, 27]
q = p.copy(); q.x = 99
assert p.x == 10 and list(tdu.Color()) == [0, 0, 0, 1] and list(tdu.Color(0.5)) == [0.5, 0.5, 0.5, 1] and tdu.Color([1, 2, 3, 4]).a == 4
try:
    tdu.Vector(1, 2)
    assert False
except tdError as error:
    assert str(error) == 'tdu.Vector: 2 values; 3 are needed'
)py");
}

TEST_F(maths, matrices_multiply_invert_and_are_taken_apart) {
  run(std::string(helpers) + R"py(
def leibniz(m):
    total = 0
    for order in itertools.permutations(range(4)):
        sign = 1
        for i, j in itertools.combinations(range(4), 2):
            sign = -sign if order[i] > order[j] else sign
        total += sign * math.prod(m[i, order[i]] for i in range(4))
    return total
for _ in range(50):
    a, b = random_matrix(), random_matrix()
    near(a * b, sloppy_product(a.rows, b.rows)); near(a.determinant(), leibniz(a)); near(a * a.getInverse(), tdu.Matrix(), 1e-6)
    near(a.getTranspose().rows, a.cols); near(a + b - b, a); near(tdu.Matrix(a.vals), a); near(tdu.Matrix(*a.cols), a)
    x, y, z = rnd(-180, 180), rnd(-89, 89), rnd(-180, 180)
    m = tdu.Matrix(); m.rotate(x, y, z)
    turn = sloppy_product(axis_turn('z', z), sloppy_product(axis_turn('y', y), axis_turn('x', x)))
    near(m, turn); near(tdu.Matrix(list(tdu.Quaternion(x, y, z))), turn)
    s = (rnd(0.1, 3), rnd(0.1, 3), rnd(-3, -0.1) if _ % 2 else rnd(0.1, 3))
    m = tdu.Matrix(); m.scale(*s); m.rotate(x, y, z); m.translate(1, 2, 3)
    sizes, angles, moved = m.decompose()
    again = tdu.Matrix(); again.scale(*sizes); again.rotate(*angles); again.translate(*moved)
    near(again, m, 1e-8)
    axis, angle, pivot = vec(), rnd(-180, 180), vec()
    m = tdu.Matrix(); m.rotateOnAxis(axis, angle, pivot=pivot)
    near(m * tdu.Position(*pivot), pivot); near(m * axis, axis); near(m * tdu.Position(*(pivot + axis)), pivot + axis)
    across = axis.cross(vec()); near((m * across).angle(across), abs(angle), 1e-6); near((m * tdu.Vector(1, 0, 0)).length(), 1)
left, right = tdu.Matrix(), tdu.Matrix()
for m, from_right in ((left, False), (right, True)):
    m.translate(1, 0, 0, fromRight=from_right); m.scale(2, 2, 2, fromRight=from_right)
assert list(left * tdu.Position()) == [2, 0, 0] and list(right * tdu.Position()) == [1, 0, 0] and list(left * tdu.Vector(1, 0, 0)) == [2, 0, 0]
m = tdu.Matrix(*range(1, 17))
assert m[0, 1] == 5 and m.rows[0] == [1, 5, 9, 13] and m.cols[0] == [1, 2, 3, 4] and tdu.Matrix(*range(9))[2, 1] == 5
assert tdu.Matrix([1, 2, 3], [4, 5, 6], [7, 8, 9]).rows[0] == [1, 4, 7, 0] and tdu.Matrix([1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 2, 3])[0, 3] == 1
m[0, 3] = 0; m.transpose(); m.identity()
assert m == tdu.Matrix() and tdu.Matrix(zero=True).vals == [0] * 16
try:
    tdu.Matrix(zero=True).invert()
    assert False
except tdError as error:
    assert 'no inverse' in str(error)
try:
    tdu.Matrix(1, 2, 3)
    assert False
except tdError as error:
    assert '3 values' in str(error)
p = tdu.Position(1, 0, 0); p *= left
assert list(p) == [4, 0, 0]
)py");
}

TEST_F(maths, projections_put_known_points_where_they_belong) {
  run(std::string(helpers) + R"py(
m = tdu.Matrix(); m.projectionFrustum(-1, 3, -2, 2, 1, 10)
near(m * tdu.Position(-1, -2, -1), [-1, -1, 0]); near(m * tdu.Position(30, 20, -10), [1, 1, 1])
m.projectionFovX(90, 16, 9, 1, 100)
near(m * tdu.Position(5, 0, -5), [1, 0, (5 - 1) * 100 / (99 * 5)]); near(m * tdu.Position(0, 5 * 9 / 16, -5), [0, 1, (5 - 1) * 100 / (99 * 5)])
assert m.projectAndClip(tdu.Position(0, 0, -5)) is not None and m.projectAndClip(tdu.Position(9, 0, -5)) is None
assert m.projectAndClip(tdu.Position(0, 0, 5)) is None and m.projectAndClip(tdu.Position(0, 0, -101)) is None
# A point at the distance of convergence in the middle between the eyes is in the middle of both pictures.
for right in (False, True):
    m.projectionStereo(0.06, 4, 60, 1, 1, 0.1, 100, rightEye=right)
    near((m * tdu.Position(-0.03 if right else 0.03, 0, -4)).x, 0)
corners = [rnd() for _ in range(8)]
corners = [0 + rnd(-.2, .2), 0, 2, 0.3, 0.1, 1.5, 2.5, 2 + rnd(-.2, .2)]
m.mapUnitSquareToQuad(*corners)
inverse = tdu.Matrix(); inverse.mapQuadToUnitSquare(*corners)
for index, (x, y) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1))):
    at = m * tdu.Position(x, y, 0)
    near([at.x, at.y], corners[2 * index:2 * index + 2]); back = inverse * at; near([back.x, back.y], [x, y])
m.identity(); m.lookat(tdu.Position(1, 2, 8), [1, 2, 3], (0, 1, 0))
near(m * tdu.Position(1, 2, 8), [0, 0, 0]); near(m * tdu.Position(1, 2, 3), [0, 0, -5]); near(m * tdu.Vector(0, 1, 0), [0, 1, 0])
)py");
}

TEST_F(maths, quaternions_turn_as_matrices_do) {
  run(std::string(helpers) + R"py(
def turned(q):
    return tdu.Matrix(list(q))
for _ in range(50):
    order = ['xyz', 'xzy', 'yxz', 'yzx', 'zxy', 'zyx'][_ % 6]
    x, y, z = (rnd(-80, 80) for axis in 'xyz')
    q = tdu.Quaternion().fromEuler(x, y, z, order=order)
    reference = tdu.Matrix().rows
    for axis in order:
        reference = sloppy_product(axis_turn(axis, {'x': x, 'y': y, 'z': z}[axis]), reference)
    near(turned(q), reference); near(q.length(), 1); near(turned(tdu.Quaternion(tdu.Matrix(q))), reference)
    near(q.eulerAngles(order=order), [x, y, z], 1e-7); v = vec(); near(q.rotate(v), tdu.Matrix(list(q)) * v)
    r = tdu.Quaternion(rnd(-180, 180), vec())
    near(turned(r * q), turned(r) * turned(q)); both = q.copy(); both *= r; near(turned(both), turned(r) * turned(q))
    back = q.copy(); back.inverse(); near(turned(back * q), tdu.Matrix()); near(tdu.Quaternion(q.angle(), q.axis()), q)
    near(q.log().exp(), q); near(q.slerp(r, 0), q); end = q.slerp(r, 1); near(turned(end), turned(r))
    near(abs(q.dot(q.slerp(r, 0.5))), abs(r.dot(q.slerp(r, 0.5)))); near(q.lerp(r, 0.25), [a * .75 + b * .25 for a, b in zip(q, r)])
    a, b = vec(), vec(); between = tdu.Quaternion(a, b).rotate(a); near(between.angle(b), 0, 1e-5)
near(tdu.Quaternion(tdu.Vector(1, 0, 0), tdu.Vector(-1, 0, 0)).rotate([1, 0, 0]), [-1, 0, 0])
for y in (90, -90):
    q = tdu.Quaternion(30, y, 20); near(turned(tdu.Quaternion(*q.eulerAngles())), turned(q), 1e-6)
assert list(tdu.Quaternion()) == [0, 0, 0, 1] and list(tdu.Quaternion([1, 2, 3, 4])) == [1, 2, 3, 4] and tdu.Quaternion(1, 2, 3, 4).w == 4
assert list(tdu.Quaternion(1, 0, 0, 0).cross([0, 1, 0, 0])) == [0, 0, 1]
try:
    tdu.Quaternion().eulerAngles('xyx')
    assert False
except tdError as error:
    assert 'zyx are allowed' in str(error)
)py");
}

TEST_F(maths, timecodes_count_as_clocks_do_and_drop_frames) {
  run(std::string(helpers) + R"py(
# Every label of the first 21 minutes, by counting them out.
for fps, base, drop in ((30000 / 1001, 30, 2), (60000 / 1001, 60, 4), (25, 25, 0)):
    labels = [(m, s, f) for m in range(21) for s in range(60) for f in range(base)
              if not (drop and s == 0 and f < drop and m % 10)]
    for index in [*range(0, len(labels), 97), *range(59 * base, 62 * base), *range(len(labels) - 3, len(labels))]:
        t = tdu.Timecode(fps=fps); t.setTotalFrames(index)
        assert (t.hour, t.minute, t.second, t.frame) == (0, *labels[index]), (fps, index, t.text)
        assert tdu.Timecode(t.text, fps=fps).totalFrames == index and t.dropFrame == bool(drop)
t = tdu.Timecode('01:11:11:15', fps=30)
assert t.totalFrames == ((71 * 60) + 11) * 30 + 15 and t.text == '01:11:11:15' == str(t) and abs(t.totalSeconds - 4271.5) < 1e-9
assert tdu.Timecode(frame=185, fps=30).text == '00:00:06:05' and tdu.Timecode(fps=30).countdown.text == '23:59:59:29'
n = tdu.Timecode(hour=1, minute=2, second=3, frame=4, negative=True, fps=30, smpte=False)
assert n.text == '-01:02:03:04' and n.negative and n.totalFrames < 0
n.smpte = True
assert not n.negative and n.hour == 22
t.setTotalFrames(120, fps=60); assert t.text == '00:00:02:00'
t.setLength(150); t.setTotalFrames(400); assert t.totalFrames == 150
t.cycle = True; t.setTotalFrames(400); assert t.totalFrames == 100 and t.countdown.totalFrames == 50
assert tdu.Timecode('24:00:00:00', fps=30).totalFrames == 0 and tdu.Timecode().fps == project.cookRate
assert tdu.Timecode('00:01:00:02', fps=29.97).totalFrames == tdu.Timecode('00:00:59:29', fps=29.97).totalFrames + 1
for text, wanted in (('1:2', 'looks like 01:02:03:04'),):
    try:
        tdu.Timecode(text)
        assert False
    except tdError as error:
        assert wanted in str(error)
try:
    t.setLength(0)
    assert False
except tdError as error:
    assert 'at least 1' in str(error)
)py");
}

}  // namespace cookline::testing
