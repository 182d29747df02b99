"""op, ops, parent, ext, iop, ipar and var as an operator sees them."""
import os
import sys

from td import _core as core
from td._errors import tdAttributeError, tdError


def find_one(start, patterns, inside):
    """The first operator that one of the patterns names, None if there is none."""
    for pattern in patterns:
        if isinstance(pattern, str):
            found = core.find(start, pattern, inside)
        elif pattern is None:
            found = None
        elif isinstance(pattern, int):
            found = core.wrap(pattern)
        elif hasattr(pattern, "OPType"):
            found = pattern if pattern.valid else None
        elif hasattr(pattern, "_td_value"):
            found = find_one(start, (pattern._td_value(),), inside)
        else:
            raise tdError(f"op() takes paths, patterns or operators, not {type(pattern).__name__}")
        if found is not None:
            return found
    return None


def find_all(start, patterns, inside):
    """All operators that the patterns name, each once, in network order."""
    found = []
    for pattern in patterns:
        many = core.match(start, pattern, inside) if isinstance(pattern, str) else [find_one(start, (pattern,), inside)]
        found.extend(one for one in many if one is not None and one not in found)
    return found


class OPFinder:
    """op('path'): an operator seen from this one, a bare name being a sibling. op.Name: the component with that Global
    OP Shortcut."""

    __slots__ = ("_start", "_inside")

    def __init__(self, me, inside=False):
        self._start = me._id
        self._inside = inside

    def __call__(self, *patterns, includeUtility=False):
        return find_one(self._start, patterns, self._inside)

    def __getattr__(self, name):
        found = core.shortcut(name)
        if found is None:
            raise tdAttributeError(f"op.{name}: no component has the Global OP Shortcut '{name}'")
        return found


class Needed:
    """opex('path'): the same as op, but an operator that is missing is an error."""

    __slots__ = ("_finder",)

    def __init__(self, finder):
        self._finder = finder

    def __call__(self, *patterns, includeUtility=False):
        found = self._finder(*patterns)
        if found is None:
            names = ", ".join(repr(pattern) for pattern in patterns)
            raise tdError(f"there is no operator {names}, seen from {core.path(self._finder._start)}")
        return found

    def __getattr__(self, name):
        return getattr(self._finder, name)


def opex_of(me):
    """The opex of an operator."""
    return Needed(OPFinder(me))


def ops_of(me):
    """The function ops() of an operator."""
    start = me._id

    def ops(*patterns, includeUtility=False):
        """All operators that the paths or patterns name, seen from this one."""
        return find_all(start, patterns, False)

    return ops


class ParentFinder:
    """parent() or parent(n): the component n levels up, None above the root. parent.Name: the nearest component above
    with that Parent Shortcut; any other name is an attribute of parent()."""

    __slots__ = ("_start",)

    def __init__(self, me):
        object.__setattr__(self, "_start", me._id)

    def __call__(self, n=1):
        return core.ancestor(self._start, n)

    @property
    def par(self):
        """The parameters of parent()."""
        return self._nearest().par

    def _nearest(self):
        above = core.ancestor(self._start, 1)
        if above is None:
            raise tdError(f"{core.path(self._start)} has no parent")
        return above

    def __getattr__(self, name):
        found = core.parent_shortcut(self._start, name)
        if found is not None:
            return found
        above = core.ancestor(self._start, 1)
        if above is None or not hasattr(above, name):
            raise tdAttributeError(
                f"parent.{name}: no component above {core.path(self._start)} has the Parent Shortcut '{name}'")
        return getattr(above, name)

    def __setattr__(self, name, value):
        setattr(self._nearest(), name, value)


class _Search:
    """Looks for a name in this operator, then in the components above it."""

    __slots__ = ("_me",)

    def __init__(self, me):
        object.__setattr__(self, "_me", me)

    def _levels(self):
        level = self._me
        while level is not None:
            if level.isCOMP:
                yield level
            level = core.ancestor(level._id, 1)


class ExtFinder(_Search):
    """ext.Name: the extension of that name of the nearest component, this one included."""

    __slots__ = ()

    def __getattr__(self, name):
        for comp in self._levels():
            found = comp.ext._find(name)
            if found is not None:
                return found
        raise tdAttributeError(f"ext.{name}: neither {self._me.path} nor a component above it has this extension")


class IOPFinder(_Search):
    """iop.Name: the internal operator of that shortcut of the nearest component, this one included."""

    __slots__ = ()

    def __getattr__(self, name):
        for comp in self._levels():
            found = comp.internalOPs.get(name)
            if found is not None:
                return found
        raise tdAttributeError(f"iop.{name}: neither {self._me.path} nor a component above it has this Internal OP shortcut")


class IParFinder(IOPFinder):
    """ipar.Name: the parameters of iop.Name."""

    __slots__ = ()

    def __getattr__(self, name):
        return IOPFinder.__getattr__(self, name).par


def find_variable(me, name, search=True):
    """A variable set with COMP.setVar at this component or above, else of the project, else of the environment."""
    from td import _component as component
    level = me
    while level is not None:
        if name in component.variables.get(level._id, ()):
            return component.variables[level._id][name]
        level = core.ancestor(level._id, 1) if search else None
    project = {"PROJECT": core.project_folder(), "PROJECTNAME": core.project_name(), "TEMP": "/tmp"}
    return project.get(name) or os.environ.get(name, "")


def var_of(me):
    """The function var() of an operator."""

    def var(name):
        """The text of a variable of the components above, the project or the environment; empty if there is none."""
        return find_variable(me, name)

    return var


def caller():
    """The operator whose code is running: `me` of the nearest Python frame that has one, else the root."""
    frame = sys._getframe(1)
    while frame is not None:
        me = frame.f_globals.get("me")
        if me is not None and hasattr(me, "OPType"):
            return me
        frame = frame.f_back
    return core.root()


class CallerFinder:
    """For code outside the network that imports td: op, parent … of the operator whose code called it."""

    __slots__ = ("_make",)

    def __init__(self, make):
        object.__setattr__(self, "_make", make)

    def __call__(self, *args, **keywords):
        return self._make(caller())(*args, **keywords)

    def __getattr__(self, name):
        return getattr(self._make(caller()), name)

    def __setattr__(self, name, value):
        setattr(self._make(caller()), name, value)
