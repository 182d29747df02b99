"""app, project, ui and debug."""
import os
import sys

from td import _core as core
from td._errors import Strict, tdError
from td._undo import Undo


class App(Strict):
    """The program."""

    __slots__ = ()

    product = property(lambda self: "Cookline", doc="The program's name.")
    version = property(lambda self: core.version(), doc="The program's version.")
    build = property(lambda self: core.version(), doc="The program's version.")
    osName = property(lambda self: os.uname().sysname, doc="Name of the operating system.")
    osVersion = property(lambda self: os.uname().release, doc="Version of the operating system.")
    architecture = property(lambda self: os.uname().machine, doc="The processor's architecture.")
    processId = property(lambda self: os.getpid(), doc="Number of this process.")
    pythonExecutable = property(lambda self: sys.executable, doc="The Python whose library is used.")
    tempFolder = property(lambda self: os.environ.get("TMPDIR", "/tmp"), doc="Folder for temporary files.")

    def __repr__(self):
        return f"Cookline {self.version}"


class Project(Strict):
    """The project: its file, its rate."""

    __slots__ = ()

    name = property(lambda self: core.project_name(), doc="Name of the project's file.")
    folder = property(lambda self: os.path.abspath(core.project_folder()), doc="Folder of the project's file.")
    realTime = property(lambda self: False, doc="Whether frames are dropped to keep up with the clock: never.")
    paths = property(lambda self: {}, doc="Names for folders, used in file parameters.")

    @property
    def cookRate(self):
        """Frames per second; settable. 29.97 and the like are taken as 30000/1001."""
        num, den = core.rate()
        return num / den if den != 1 else float(num)

    @cookRate.setter
    def cookRate(self, rate):
        core.set_rate(*rate_of(rate))

    def save(self, path=None, saveExternalToxs=False):
        """Writes the project, by default over its own file; true if it worked."""
        from td import _storage as storage
        storage.sync()
        core.save_project(os.path.join(self.folder, path or self.name))
        return True

    def quit(self, force=False, crash=False):
        """Ends the run after this frame."""
        core.quit()

    def __repr__(self):
        return f"project {self.name}"


def rate_of(rate):
    """A rate as an exact fraction (num, den)."""
    from fractions import Fraction
    if not 0 < rate <= 1e6:
        raise tdError(f"project.cookRate {rate}; more than 0 and at most 1000000 is allowed")
    whole = round(rate)
    if whole and abs(rate - whole * 1000 / 1001) < 0.005 and abs(rate - whole) > 0.001:
        return whole * 1000, 1001
    exact = Fraction(rate).limit_denominator(1000000)
    return exact.numerator, exact.denominator


class UI:
    """TouchDesigner's user interface, which this program does not have; undo works."""

    __slots__ = ()

    undo = Undo()

    def __getattr__(self, name):
        raise tdError(f"ui.{name}: this program has no user interface and asks nobody")


def debug(*values):
    """Logs values with the place of the call."""
    frame = sys._getframe(1)
    where = f"{frame.f_code.co_filename}:{frame.f_lineno}"
    core.log("debug", where, " ".join(str(value) for value in values))


app = App()
project = Project()
ui = UI()
