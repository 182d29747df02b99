"""TOP: operators that hold a picture."""
import os

from td import _core as core
from td._chop import numpy_for
from td._errors import tdError
from td._op import OP


class TOP(OP):
    """An operator that holds a picture. Reading pixels cooks it as the network stands."""

    __slots__ = ()

    width = property(lambda self: core.picture(self._id)[0], doc="Width in pixels.")
    height = property(lambda self: core.picture(self._id)[1], doc="Height in pixels.")
    aspect = property(lambda self: core.picture(self._id)[2], doc="Width : height as shown.")
    aspectWidth = property(lambda self: core.picture(self._id)[2], doc="The aspect's width when its height is 1.")
    aspectHeight = property(lambda self: 1.0, doc="The aspect's height.")
    depth = property(lambda self: 1, doc="Number of slices.")
    pixelFormat = property(lambda self: core.picture(self._id)[3], doc="The pixel format as the Pixel Format menu names it.")
    pixelFormatName = property(lambda self: core.picture(self._id)[4], doc="The pixel format as users read it.")

    def sample(self, x=None, y=None, z=None, u=None, v=None, w=None):
        """(r, g, b, a) of one pixel: by pixel x, y from the bottom left, or by u, v from 0 to 1."""
        width, height = core.picture(self._id)[:2]
        if x is None:
            x = min(width - 1, int((0.5 if u is None else u) * width))
        if y is None:
            y = min(height - 1, int((0.5 if v is None else v) * height))
        return core.sample(self._id, int(x), int(y))

    def numpyArray(self, delayed=False, writable=False):
        """The picture as a numpy array of 32-bit floats, height × width × RGBA, bottom row first."""
        numpy = numpy_for("TOP.numpyArray()")
        width, height, data = core.pixels(self._id)
        return numpy.frombuffer(data, dtype="float32").reshape(height, width, 4)

    def save(self, filepath, asynchronous=False, createFolders=False, quality=1.0, metadata=()):
        """Writes the picture; the extension says the type. Gives the path. The file is complete when save returns, and a
        file of that name is replaced. Relative paths start in the project's folder."""
        path = os.path.join(core.project_folder(), os.fspath(filepath))
        folder = os.path.dirname(path) or "."
        if not createFolders and not os.path.isdir(folder):
            raise tdError(f"{self.path}: the folder '{folder}' does not exist; createFolders=True makes it")
        core.save_picture(self._id, path, float(quality))
        return path

    def saveByteArray(self, filetype, quality=1.0, metadata=()):
        """The picture as the bytes of a file of this type ('.png')."""
        return core.encoded_picture(self._id, str(filetype).lstrip("."), float(quality))
