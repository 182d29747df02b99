"""Classes of operator types: those with members of their own, and one for every other type, made from its family's."""
from td import _core as core
from td._chop import CHOP
from td._component import COMP
from td._dat import DAT
from td._info import info_property
from td._members import Members
from td._movie import moviefileinTOP
from td._op import OP
from td._timer import timerCHOP
from td._top import TOP


class moviefileoutTOP(TOP):
    """Movie File Out TOP."""

    __slots__ = ()

    fileSuffix = property(lambda self: core.file_suffix(self._id), doc="N.ext or N.i.ext of the image about to be written.")
    writeCount = info_property("writeCount", "Images written so far.", int)
    curSeqIndex = info_property("curSeqIndex", "Index of the next image in its take.", int)


class tableDAT(DAT):
    """Table DAT."""

    __slots__ = ()

    subRow = property(lambda self: 0, doc="In a cell expression, the row of the cell in its block.")
    subCol = property(lambda self: 0, doc="In a cell expression, the column of the cell in its block.")


class selectDAT(DAT):
    """Select DAT."""

    __slots__ = ()

    inputCell = property(lambda self: Members(val="", row=0, col=0), doc="In a condition, the cell it is asked of.")


class Placeholder(OP):
    """An operator of a type that this program does not have: its data is kept."""

    __slots__ = ()


FAMILIES = {"TOP": TOP, "CHOP": CHOP, "DAT": DAT, "COMP": COMP}
TYPES = {"moviefileinTOP": moviefileinTOP, "moviefileoutTOP": moviefileoutTOP, "timerCHOP": timerCHOP,
         "tableDAT": tableDAT, "selectDAT": selectDAT}


def class_of(type_name, family):
    """The class of an operator type, made when first needed."""
    known = TYPES.get(type_name)
    if known is None:
        base = FAMILIES.get(family, Placeholder)
        known = TYPES[type_name] = type(type_name, (base,), {"__slots__": (), "__module__": "td", "__doc__": base.__doc__})
    return known


def make(number, type_name, family):
    """The object of an operator."""
    return class_of(type_name, family)(number)


for _type in core.types():
    _family = core.type_facts(_type)
    class_of(_type, _family["family"]).__doc__ = _family["doc"] or None
core.install("op_factory", make)
