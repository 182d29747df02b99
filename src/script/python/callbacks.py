"""Calls the functions that operators ask for, with the objects TouchDesigner passes."""
from td import _core as core
from td import _modules as modules
from td._chop import Channel
from td._dat import Cell
from td._errors import Strict
from td._former import FormerDAT
from td._members import grouped
from td._par import Par


class Segment(Strict):
    """A segment of a Timer CHOP; as a number it is its index."""

    __slots__ = ("_members",)

    def __init__(self, members):
        object.__setattr__(self, "_members", members)

    def __getattr__(self, name):
        if name in self._members:
            return self._members[name]
        raise AttributeError(f"a Segment has no member '{name}'; it has {', '.join(self._members)}")

    def __int__(self):
        return int(self._members.get("index", 0))

    __index__ = __int__

    def __float__(self):
        return float(int(self))

    def __eq__(self, other):
        return int(self) == (int(other) if isinstance(other, Segment) else other)

    def __hash__(self):
        return hash(int(self))

    def __str__(self):
        return str(int(self))


class ParChange(tuple):
    """(par, prev): a parameter and its former value."""

    __slots__ = ()
    par = property(lambda self: self[0], doc="The parameter.")
    prev = property(lambda self: self[1], doc="Its former value.")


class Info:
    """What changed: named lists."""

    def __init__(self, members):
        self.__dict__.update(members)

    def __repr__(self):
        return f"Info({', '.join(self.__dict__)})"


def _op(path):
    return core.find(core.root()._id, path, False)


def _cells(value):
    """Path, row, column, row, column … as Cells."""
    if not value:
        return []
    dat = _op(value[0])
    return [Cell(dat._id, row, column) for row, column in zip(value[1::2], value[2::2])]


# Members of an info object that are no plain lists.
_INFO = {"sizeChanged": lambda value: bool(value and value[0]), "cellsChanged": _cells}

_MAKERS = {
    "value": lambda value: value,
    "op": _op,
    "channel": lambda path, name: Channel(_op(path)._id, name),
    "par": lambda path, name: Par(_op(path)._id, name),
    "segment": lambda members: Segment(grouped(members)),
    "former": lambda path, is_table, rows, text: FormerDAT(path, is_table, rows, text),
    "cells": lambda path, places: [Cell(_op(path)._id, row, column) for row, column in places],
    "changes": lambda changes: [ParChange((Par(_op(path)._id, name), former)) for path, name, former in changes],
    "info": lambda members: Info({key: _INFO.get(key, list)(value) for key, value in members.items()}),
}


def _fitted(function, arguments):
    """The arguments a function takes: older texts leave out the last ones, or name the value before the former one."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & 0x4:
        return arguments
    takes = code.co_argcount
    if takes == 3 and len(arguments) == 2 and isinstance(arguments[0], Par):
        return [arguments[0], arguments[0].eval(), arguments[1]]
    return arguments[:takes]


def find(dat, name):
    """The function of this name in the DAT, None if there is none. For one that does nothing, as in the texts that new
    DATs begin with, (what it returns,): it need not be called."""
    function = modules.function_of(dat, name)
    code = getattr(function, "__code__", None)
    # Three instructions of CPython 3.11: begin, load a constant, return it.
    if code is not None and len(code.co_code) == 6 and not code.co_flags & 0x2a0:
        return (code.co_consts[code.co_code[3]],)
    return function


def call(function, described):
    """What the function returns."""
    arguments = [_MAKERS[kind](*rest) for kind, *rest in described]
    for argument in arguments:
        if isinstance(argument, Segment):
            argument._members.setdefault("owner", arguments[0])
    return function(*_fitted(function, arguments))


core.install("find_callback", find)
core.install("call_callback", call)
