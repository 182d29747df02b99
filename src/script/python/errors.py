"""Exceptions of the td module, and messages that suggest the right name."""
from td import _core as core
from td._absent import reason


class tdError(Exception):
    """An operation on the network failed; the text names the operator and says what is allowed."""

    code = 4         # what kind of failure it is, as the program's exit codes count them
    missing = False  # something that is needed is not there


class tdAttributeError(tdError, AttributeError):
    """An object has no such attribute, or an operator no such parameter."""


def unknown_attribute(thing, name):
    """The error for an attribute that `thing` does not have, with the nearest one it has."""
    if hasattr(type(thing), name):
        # Python comes here too when a property's own code raises AttributeError: raise that one again.
        object.__getattribute__(thing, name)
    known = reason([kind.__name__ for kind in type(thing).__mro__], name)
    if known:
        return tdAttributeError(f"{thing!r}: {known[0]}.{name} of TouchDesigner is not here: {known[1]}")
    names = [known for known in dir(type(thing)) if not known.startswith("_")]
    near = core.nearest(name, names)
    text = f"{thing!r} has no attribute '{name}'"
    return tdAttributeError(f"{text}; did you mean '{near}'?" if near else text)


class Strict:
    """Base of classes whose objects take no attributes but their own: a mistyped name is an error, not a new attribute."""

    __slots__ = ()

    def __setattr__(self, name, value):
        if not hasattr(type(self), name):
            raise unknown_attribute(self, name)
        object.__setattr__(self, name, value)

    def __getattr__(self, name):
        raise unknown_attribute(self, name)


core.install("error_class", tdError)
core.install("attribute_error_class", tdAttributeError)
