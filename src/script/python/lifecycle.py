"""What the program calls: the start, the frames and the end of a run, and scripts."""
import sys

from td import _component as component
from td import _core as core
from td import _dat as dat
from td import _extensions as extensions
from td import _failures as failures
from td import _modules as modules
from td import _runs as runs
from td import _storage as storage
from td._scope import scope_of


class Output:
    """sys.stdout and sys.stderr of a run: whole lines go to the program."""

    encoding = "utf-8"

    def __init__(self):
        self._line = ""

    def write(self, text):
        """Takes text; complete lines are handed on."""
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            core.print(line)
        return len(text)

    def flush(self):
        """Hands on an incomplete line."""
        if self._line:
            line, self._line = self._line, ""
            core.print(line)

    def isatty(self):
        """No terminal."""
        return False


_former = (sys.stdout, sys.stderr)
sys.stdout = sys.stderr = Output()


def _execute_dats(parameter, function, *args):
    """Calls a function of all active Execute DATs that ask for it."""
    for one in core.of_type("executeDAT"):
        if one.valid and core.eval(one._id, "active") and core.eval(one._id, parameter):
            found = modules.function_of(one, function)
            if found is not None:
                found(*args[:found.__code__.co_argcount])


def start():
    """The beginning of a run."""
    for op in core.walk(core.root()._id):
        if op.valid and op.isCOMP and core.par(op._id, "initextonstart") and core.eval(op._id, "initextonstart"):
            extensions.objects(op)
    _execute_dats("create", "onCreate")
    _execute_dats("start", "onStart")


def exit():
    """The end of a run."""
    _execute_dats("exit", "onExit")
    extensions.destroy_below(core.root())
    sys.stdout.flush()


def frame_start(index):
    """Before anything cooks in a frame."""
    runs.make_due(False)
    _execute_dats("framestart", "onFrameStart", index + 1)


def frame_end(index):
    """After everything has cooked in a frame."""
    _execute_dats("frameend", "onFrameEnd", index + 1)
    runs.make_due(True)


def _run(text, name, arguments, file):
    failures.sources[name] = text
    names = scope_of(core.root())
    names.update(__name__="__main__", __file__=file, args=tuple(arguments))
    try:
        exec(compile(text, name, "exec", dont_inherit=True), names)
    except SystemExit as stop:
        if stop.code not in (None, 0):
            raise RuntimeError(f"the script stopped with exit code {stop.code}") from None
    finally:
        sys.stdout.flush()


def run_text(text, name):
    """Runs text as a script."""
    _run(text, name, [], name)


def run_file(path, arguments):
    """Runs a file as a script; modules beside it can be imported."""
    import os
    with open(path, encoding="utf-8") as file:
        text = file.read()
    former_path, former_argv = list(sys.path), getattr(sys, "argv", [])
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    sys.argv = [path, *arguments]
    try:
        _run(text, path, arguments, os.path.abspath(path))
    finally:
        sys.path[:], sys.argv = former_path, former_argv


def detach():
    """Gives back what belongs to the whole process."""
    sys.stdout.flush()
    sys.stdout, sys.stderr = _former


def forget(numbers):
    """Lets go of what is kept for operators that were destroyed."""
    for kept in (*storage.KEPT, modules.modules, dat.locals_of, component.variables):
        for number in numbers:
            kept.pop(number, None)


def sync_storage():
    """Writes what scripts store into the network."""
    storage.sync()


def pending_runs():
    """How many delayed calls are waiting."""
    return len(runs.runs)


core.install("lifecycle", sys.modules[__name__])
