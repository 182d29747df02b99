"""timerCHOP: the Timer's clocks, its segments, and going to places in them."""
from td import _core as core
from td._callbacks import Segment
from td._chop import CHOP
from td._errors import tdError
from td._info import info_number, info_property
from td._members import grouped
from td._timecode import Timecode


def _master(unit, doc, convert=float):
    """A property for the master time in one unit; setting it goes there."""
    key = {"Seconds": "seconds", "Frames": "frame", "Samples": "sample", "Fraction": "fraction"}[unit]
    return property(lambda self: convert(info_number(self, "master" + unit)), lambda self, to: self.goTo(**{key: to}), doc=doc)


def _timecode(name, doc):
    """A property for one of the clocks as a timecode."""
    def read(self):
        made = Timecode(smpte=False)
        made.setTotalFrames(round(info_number(self, name + "Frames")))
        return made

    return property(read, doc=doc)


def _begins(unit, doc):
    return property(lambda self: [getattr(segment, "begin" + unit) for segment in self.segments], doc=doc)


class timerCHOP(CHOP):
    """Timer CHOP."""

    __slots__ = ()

    fraction = info_property("fraction", "The timer's position from 0 to 1.")
    masterSeconds = _master("Seconds", "Position on the master timer in seconds; settable.")
    masterFrames = _master("Frames", "Position on the master timer in frames; settable.")
    masterSamples = _master("Samples", "Position on the master timer in samples; settable.")
    masterFraction = _master("Fraction", "Position on the master timer from 0 to 1; settable.")
    runningSeconds = info_property("runningSeconds", "Seconds since Start.")
    runningFrames = info_property("runningFrames", "Frames since Start.")
    runningSamples = info_property("runningSamples", "Samples since Start.")
    runningFraction = info_property("runningFraction", "Fraction of the whole length since Start.")
    runningLengthSeconds = info_property("runningLengthSeconds", "Whole length in seconds.")
    runningLengthFrames = info_property("runningLengthFrames", "Whole length in frames.")
    runningLengthSamples = info_property("runningLengthSamples", "Whole length in samples.")
    cumulativeSeconds = info_property("cumulativeSeconds", "Seconds the timer has counted.")
    cumulativeSamples = info_property("cumulativeSamples", "Samples the timer has counted.", int)
    cumulativeFrames = info_property("cumulativeFrames", "Frames the timer has counted.", int)
    playingSeconds = info_property("playingSeconds", "Seconds while playing.")
    playingSamples = info_property("playingSamples", "Samples while playing.", int)
    playingFrames = info_property("playingFrames", "Frames while playing.", int)
    cumulativeTimecode = _timecode("cumulative", "What the timer has counted, a Timecode.")
    playingTimecode = _timecode("playing", "The time while playing, a Timecode.")
    runningTimecode = _timecode("running", "The time since Start, a Timecode.")
    runningLengthTimecode = _timecode("runningLength", "The whole length, a Timecode.")
    timecode = _timecode("master", "Position on the master timer, a Timecode.")
    beginSeconds = _begins("Seconds", "Where each segment begins on the master timer, in seconds.")
    beginFrame = _begins("Frames", "Where each segment begins on the master timer, in frames from 0.")
    beginSample = _begins("Samples", "Where each segment begins on the master timer, in samples from 0.")

    @property
    def masterTimecode(self):
        """Position on the master timer, a Timecode; settable."""
        return self.timecode

    @masterTimecode.setter
    def masterTimecode(self, to):
        self.goTo(frame=to.totalFrames)

    @property
    def segment(self):
        """Index of the current segment; setting it goes to its beginning."""
        return info_number(self, "segment")

    @segment.setter
    def segment(self, index):
        self.goTo(segment=index)

    @property
    def cycle(self):
        """Index of the current cycle; setting it goes to its beginning."""
        return info_number(self, "cycle")

    @cycle.setter
    def cycle(self, index):
        self.goTo(cycle=index)

    @property
    def segments(self):
        """Its segments, as callbacks get them; a timer without a table has one."""
        found = core.parts(self._id)
        if not found:
            self.cook()
            found = core.parts(self._id)
        return [Segment({**grouped(members), "owner": self}) for members in found]

    def goTo(self, segment=None, cycle=None, endOfCycle=False, seconds=None, frame=None, sample=None, fraction=None):
        """Goes to a segment, a cycle (of the current segment if none is named) and a time behind its beginning, in one
        unit; without segment and cycle to a time of the master timer. The running timer is there when it next cooks."""
        units = [unit for unit in (seconds, frame, sample, fraction) if unit is not None]
        if len(units) > 1:
            raise tdError(f"{self.path}.goTo: one of seconds, frame, sample and fraction is allowed, not {len(units)}")
        if endOfCycle:
            raise tdError(f"{self.path}.goTo: endOfCycle is not in Cookline yet; call goTo in the callback onCycle")
        whole, target = self.runningLengthFrames, 0.0
        if segment is not None or cycle is not None:
            part = self._segment(int(self.segment if segment is None else segment))
            most = part.maxCycles if part.cycle and part.cycleLimit else None if part.cycle else 1
            if cycle is not None and (cycle < 0 or most is not None and cycle >= most):
                raise tdError(f"{self.path}.goTo: segment {part.index} has no cycle {cycle}; it has {most or 'those from 0 on'}")
            whole, target = part.lengthFrames, part.beginFrames + int(cycle or 0) * part.lengthFrames
        if fraction is not None:
            target += fraction * whole if whole != float("inf") else 0
        num, den = core.rate()
        target += (seconds or 0) * num / den + (frame or 0) + (sample or 0) / self.par.rate.eval() * num / den
        core.leave_reply(self._id, "goTo", float(target))

    def _segment(self, index):
        segments = self.segments
        if not 0 <= index < len(segments):
            raise tdError(f"{self.path}.goTo: there is no segment {index}; there are {len(segments)}")
        return segments[index]

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
