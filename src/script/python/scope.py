"""The names that Python code of an operator finds without importing them.

What is the same for all operators (absTime, tdu, classes …) lives in one shared `__builtins__`; what depends on the
operator (me, op, parent …) in a small dictionary of its own, made once.
"""
import builtins

from td import _core as core
from td import _finders as finders
from td import _modules as modules
from td import _runs as runs

SHARED = dict(builtins.__dict__)
SHARED["__import__"] = modules.import_for_operator


def scope_of(me):
    """A new globals dictionary for code that belongs to `me`."""
    return {
        "__builtins__": SHARED,
        "__name__": "td",
        "me": me,
        "op": finders.OPFinder(me),
        "opex": finders.opex_of(me),
        "ops": finders.ops_of(me),
        "parent": finders.ParentFinder(me),
        "ext": finders.ExtFinder(me),
        "iop": finders.IOPFinder(me),
        "ipar": finders.IParFinder(me),
        "mod": modules.MOD(me),
        "var": finders.var_of(me),
        "run": runs.run_of(me),
    }


core.install("scope_factory", scope_of)
