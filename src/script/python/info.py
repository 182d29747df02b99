"""Members that are numbers which an operator tells of its state."""
from td import _core as core
from td._errors import tdError


def info_number(op, name):
    """One of the named numbers of an operator, as an Info CHOP shows them."""
    key = name.lower()
    for known, value in core.own_info(op._id):
        if known.replace("_", "").lower() == key:
            return value
    raise tdError(f"{op.path}: '{name}' is not known before the operator has cooked")


def info_property(name, doc, convert=float):
    """A read-only property for one of them."""
    return property(lambda self: convert(info_number(self, name)), doc=doc)
