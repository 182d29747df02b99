"""absTime and the time of an operator: everything that reads the frame of the run."""
from td import _core as core
from td._errors import Strict


class AbsTime(Strict):
    """The clock of the run: frame 0 is its first frame, seconds are exactly frame / rate."""

    __slots__ = ()

    @property
    def frame(self):
        """Frames since the start of the run, from 0."""
        return core.frame_index()

    @property
    def seconds(self):
        """Seconds since the start of the run."""
        return core.seconds()

    @property
    def rate(self):
        """Frames per second."""
        num, den = core.rate()
        return num / den

    @property
    def step(self):
        """Frames from one frame to the next: always 1, none is ever dropped."""
        return 1

    @property
    def stepSeconds(self):
        """Seconds from one frame to the next."""
        num, den = core.rate()
        return den / num

    def __repr__(self):
        return "absTime"


class OPTime(Strict):
    """An operator's timeline (OP.time). TD differs: it starts at frame 1 with the run and does not loop."""

    __slots__ = ()

    @property
    def frame(self):
        """The frame on the timeline, from 1."""
        return core.frame_index() + 1

    @property
    def seconds(self):
        """Seconds since the start of the timeline."""
        return core.seconds()

    @property
    def rate(self):
        """Frames per second."""
        return absTime.rate

    @property
    def play(self):
        """Whether time runs: always."""
        return True

    @property
    def start(self):
        """First frame of the timeline."""
        return 1

    @property
    def end(self):
        """Last frame of TouchDesigner's own timeline; the run goes on behind it."""
        return 600

    @property
    def rangeStart(self):
        """First frame of the range that plays."""
        return 1

    @property
    def rangeEnd(self):
        """Last frame of TouchDesigner's own timeline; the run goes on behind it."""
        return 600

    @property
    def loop(self):
        """Whether the timeline starts again at its end: never."""
        return False

    @property
    def tempo(self):
        """Beats per minute of the timeline."""
        return 120.0

    @property
    def timecode(self):
        """hours:minutes:seconds.frames of the timeline."""
        num, den = core.rate()
        frame = core.frame_index()
        whole = frame * den // num
        first = -(-whole * num // den)  # the first frame of this second
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{frame - first:02}"

    def __repr__(self):
        return "time"


absTime = AbsTime()
op_time = OPTime()
