"""Classes of operator types: those with members of their own, and one for every other type, made from its family's."""
from td import _core as core
from td._chop import CHOP
from td._component import COMP
from td._dat import DAT
from td._errors import tdError
from td._members import Members
from td._op import OP
from td._top import TOP


def _info(name, doc, convert=float):
    """A property that reads one of the named numbers of the operator, as an Info CHOP shows them."""
    key = name.lower()

    def read(self):
        for known, value in core.own_info(self._id):
            if known.replace("_", "").lower() == key:
                return convert(value)
        raise tdError(f"{self.path}: '{name}' is not known before the operator has cooked")

    return property(read, doc=doc)


class moviefileoutTOP(TOP):
    """Movie File Out TOP."""

    __slots__ = ()

    fileSuffix = property(lambda self: core.file_suffix(self._id), doc="N.ext or N.i.ext of the image about to be written.")
    writeCount = _info("writeCount", "Images written so far.", int)
    curSeqIndex = _info("curSeqIndex", "Index of the next image in its take.", int)


class timerCHOP(CHOP):
    """Timer CHOP."""

    __slots__ = ()

    segment = _info("segment", "Index of the current segment.")
    cycle = _info("cycle", "Index of the current cycle.")
    fraction = _info("fraction", "The timer's position from 0 to 1.")
    masterSeconds = _info("masterSeconds", "Position on the master timer in seconds.")
    masterFrames = _info("masterFrames", "Position on the master timer in frames.")
    masterSamples = _info("masterSamples", "Position on the master timer in samples.")
    masterFraction = _info("masterFraction", "Position on the master timer from 0 to 1.")
    runningSeconds = _info("runningSeconds", "Seconds since Start.")
    runningFrames = _info("runningFrames", "Frames since Start.")
    runningSamples = _info("runningSamples", "Samples since Start.")
    runningFraction = _info("runningFraction", "Fraction of the whole length since Start.")
    runningLengthSeconds = _info("runningLengthSeconds", "Whole length in seconds.")
    runningLengthFrames = _info("runningLengthFrames", "Whole length in frames.")
    cumulativeSeconds = _info("cumulativeSeconds", "Seconds the timer has counted.")
    runningLengthSamples = _info("runningLengthSamples", "Whole length in samples.")
    cumulativeSamples = _info("cumulativeSamples", "Samples the timer has counted.", int)
    cumulativeFrames = _info("cumulativeFrames", "Frames the timer has counted.", int)
    playingSeconds = _info("playingSeconds", "Seconds while playing.")
    playingSamples = _info("playingSamples", "Samples while playing.", int)
    playingFrames = _info("playingFrames", "Frames while playing.", int)

    def goToNextSegment(self):
        """Goes to the next segment."""
        self.par.gotonextseg.pulse()

    def goToPrevSegment(self):
        """Goes to the previous segment."""
        self.par.gotoprevseg.pulse()

    def goToCycleEnd(self):
        """Goes to the end of the cycle."""
        self.par.gotoendcycle.pulse()

    def lastCycle(self):
        """Makes the current cycle the last."""
        self.par.exitendcycle.pulse()


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
TYPES = {"moviefileoutTOP": moviefileoutTOP, "timerCHOP": timerCHOP, "tableDAT": tableDAT, "selectDAT": selectDAT}


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
