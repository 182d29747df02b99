"""The methods of tdu.Matrix that make projections; depth goes from 0 at the near plane to 1 at the far one."""
import math

from td._matrix import Matrix


def projectionFrustum(self, left, right, bottom, top, near, far):
    """Becomes the projection of the frustum with these extents on its near plane, looking along -Z."""
    wide, high, deep = right - left, top - bottom, far - near
    self._rows[:] = [[2 * near / wide, 0.0, (right + left) / wide, 0.0],
                     [0.0, 2 * near / high, (top + bottom) / high, 0.0],
                     [0.0, 0.0, -far / deep, -far * near / deep],
                     [0.0, 0.0, -1.0, 0.0]]


def projectionFovX(self, fovX, aspectX, aspectY, near, far):
    """Becomes the projection with a horizontal field of view, in degrees."""
    x = near * math.tan(math.radians(fovX) / 2)
    y = x * aspectY / aspectX
    self.projectionFrustum(-x, x, -y, y, near, far)


def projectionStereo(self, ipd, convergeZ, fovX, aspectX, aspectY, near, far, rightEye=False):
    """Becomes the projection of one of two eyes that are `ipd` apart and meet at the distance `convergeZ`."""
    x = near * math.tan(math.radians(fovX) / 2)
    y = x * aspectY / aspectX
    shift = ipd / 2 * near / convergeZ * (-1 if rightEye else 1)
    self.projectionFrustum(-x + shift, x + shift, -y, y, near, far)


def projectAndClip(self, pos):
    """The projected position, None outside -1 … 1 in X and Y or 0 … 1 in Z."""
    made = self * pos
    inside = abs(made.x) <= 1 and abs(made.y) <= 1 and 0 <= made.z <= 1
    behind = math.fsum((*(a * b for a, b in zip(self._rows[3], pos)), self._rows[3][3])) <= 0
    return made if inside and not behind else None


def mapUnitSquareToQuad(self, blX, blY, brX, brY, tlX, tlY, trX, trY):
    """Becomes the projection that takes the corners (0, 0), (1, 0), (0, 1) and (1, 1) to those of a quadrilateral.
    Formula: Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, section 2.2.3."""
    sum_x, sum_y = blX - brX + trX - tlX, blY - brY + trY - tlY
    ax, ay, bx, by = brX - trX, brY - trY, tlX - trX, tlY - trY
    area = ax * by - bx * ay
    g, h = (sum_x * by - bx * sum_y) / area, (ax * sum_y - sum_x * ay) / area
    self._rows[:] = [[brX - blX + g * brX, tlX - blX + h * tlX, 0.0, float(blX)],
                     [brY - blY + g * brY, tlY - blY + h * tlY, 0.0, float(blY)],
                     [0.0, 0.0, 1.0, 0.0], [g, h, 0.0, 1.0]]


def mapQuadToUnitSquare(self, blX, blY, brX, brY, tlX, tlY, trX, trY):
    """Becomes the inverse of mapUnitSquareToQuad."""
    self.mapUnitSquareToQuad(blX, blY, brX, brY, tlX, tlY, trX, trY)
    self.invert()


for _method in (projectionFrustum, projectionFovX, projectionStereo, projectAndClip, mapUnitSquareToQuad, mapQuadToUnitSquare):
    setattr(Matrix, _method.__name__, _method)
