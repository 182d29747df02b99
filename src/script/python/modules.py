"""DATs as Python modules: mod.name, DAT.module, import name, and the functions that callbacks call."""
import builtins
import types

from td import _core as core
from td import _failures as failures
from td._errors import tdAttributeError, tdError

modules = {}  # operator number: (text, code, module or None until it is run)
_seeded = []
_FUNCTION = 0x3  # code flags of functions: optimised, new locals


def _compiled(dat):
    """(text, code, module) of a DAT, compiled anew when its text has changed."""
    text = core.text(dat._id)
    known = modules.get(dat._id)
    if known is not None and known[0] == text:
        return known
    path = dat.path
    failures.sources[path] = text
    known = modules[dat._id] = [text, compile(text, path, "exec", dont_inherit=True), None]
    return known


def module_of(dat):
    """The DAT as a module; its text runs once for every change of it."""
    entry = _compiled(dat)
    if entry[2] is None:
        from td._scope import scope_of
        module = types.ModuleType(dat.name)
        module.__dict__.update(scope_of(dat), __name__=dat.name, __file__=dat.path)
        entry[2] = module
        try:
            exec(entry[1], module.__dict__)
        except BaseException:
            entry[2] = None
            raise
    return entry[2]


def function_of(dat, name):
    """The function of this name in the DAT's text, None if there is none. A text without any function is not run: notes
    and bare snippets in a callbacks DAT do nothing, as in TouchDesigner."""
    code = _compiled(dat)[1]
    if not any(isinstance(part, types.CodeType) and part.co_flags & _FUNCTION == _FUNCTION and part.co_name[0] != "<"
               for part in code.co_consts):
        return None
    found = getattr(module_of(dat), name, None)
    return found if callable(found) else None


def find(me, name):
    """The DAT that `mod.name` and `import name` mean: in the same component, else in local/modules of those above."""
    above = core.ancestor(me._id, 1)
    if me.isCOMP:
        places = [me, above]
    else:
        places = [above]
    for place in places:
        found = core.find(place._id, name, True) if place is not None else None
        if found is not None and found.isDAT:
            return found
    while above is not None:
        found = core.find(above._id, "local/modules/" + name, True)
        if found is not None and found.isDAT:
            return found
        above = core.ancestor(above._id, 1)
    return None


class MOD:
    """mod.name: a DAT as a module, or a module of Python (mod.math). mod('path'): the DAT of this path as a module."""

    __slots__ = ("_me",)

    def __init__(self, me):
        self._me = me

    def __call__(self, path):
        dat = core.find(self._me._id, path, False)
        if dat is None or not dat.isDAT:
            raise tdError(f"mod('{path}'): there is no DAT of this path, seen from {self._me.path}")
        return module_of(dat)

    def __getattr__(self, name):
        dat = find(self._me, name)
        if dat is not None:
            return module_of(dat)
        try:
            return import_for_operator(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
        raise tdAttributeError(f"mod.{name}: there is neither a DAT '{name}' near {self._me.path} nor a Python module")


def import_for_operator(name, globals=None, locals=None, fromlist=(), level=0):
    """The import statement in code of an operator: DATs come first, then Python's own search."""
    me = globals.get("me") if globals and level == 0 and "." not in name else None
    if me is not None and name not in ("td", "tdu") and me.valid:
        dat = find(me, name)
        if dat is not None:
            return module_of(dat)
    found = builtins.__import__(name, globals, locals, fromlist, level)
    if name == "random":
        seed_once(found)
    return found


def seed_once(random):
    """Python's random numbers start at the same place in every run, so that a network renders the same again."""
    if random not in _seeded:
        _seeded.append(random)
        random.seed(0)
