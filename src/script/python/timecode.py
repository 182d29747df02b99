"""tdu.Timecode: hours, minutes, seconds and frames, with drop frames at 29.97 and 59.94 a second."""
from td import _core as core
from td._errors import Strict, tdError



def _project_rate():
    num, den = core.rate()
    return num / den


class Timecode(Strict):
    """A time as a number of frames, at a rate of its own: that of the project unless one is given."""

    __slots__ = ("_frames", "_fps", "_smpte", "_length", "_cycle", "_auto")

    def __init__(self, text=None, fps=None, hour=0, minute=0, second=0, frame=0, negative=False, smpte=True, length=None,
                 cycle=False, autoDropFrame=True):
        write = object.__setattr__
        for name, value in (("_frames", 0), ("_fps", float(fps or _project_rate())), ("_smpte", bool(smpte)), ("_length", None),
                            ("_cycle", bool(cycle)), ("_auto", bool(autoDropFrame))):
            write(self, name, value)
        if length is not None:
            self.setLength(length)
        if text is not None:
            self.setString(text)
        else:
            self.setComponents(hour, minute, second, frame, negative)

    # Frames and components

    @property
    def _base(self):
        return max(1, round(self._fps))

    @property
    def dropFrame(self):
        """Whether numbers are left out so that 29.97 or 59.94 frames a second keep up with the clock."""
        return self._auto and self._base in (30, 60) and abs(self._fps - self._base * 1000 / 1001) < 0.005

    @property
    def _dropped(self):
        return self._base // 15 if self.dropFrame else 0

    def _count(self, hour, minute, second, frame):
        minutes = hour * 60 + minute
        return (minutes * 60 + second) * self._base + frame - self._dropped * (minutes - minutes // 10)

    def _shown(self):
        """(hour, minute, second, frame) of the number of frames."""
        frames, drop = abs(self._frames), self._dropped
        if drop:
            ten = 600 * self._base - 9 * drop
            tens, rest = divmod(frames, ten)
            frames += 9 * drop * tens + (drop * ((rest - drop) // (60 * self._base - drop)) if rest >= drop else 0)
        seconds, frame = divmod(frames, self._base)
        return seconds // 3600, seconds // 60 % 60, seconds % 60, frame

    def _set(self, frames):
        if self._smpte:
            frames %= self._count(24, 0, 0, 0)
        if self._length is not None and frames >= self._length:
            frames = frames % self._length if self._cycle else self._length
        self._frames = frames

    hour = property(lambda self: self._shown()[0], doc="The hour.")
    minute = property(lambda self: self._shown()[1], doc="The minute, 0 to 59.")
    second = property(lambda self: self._shown()[2], doc="The second, 0 to 59.")
    frame = property(lambda self: self._shown()[3], doc="The frame of the second, from 0.")
    totalFrames = property(lambda self: self._frames, doc="The whole time in frames.")
    totalSeconds = property(lambda self: self._frames / self._fps, doc="The whole time in seconds.")

    @property
    def text(self):
        """[-]hh:mm:ss:ff; drop-frame timecodes have a dot before the frames."""
        hour, minute, second, frame = self._shown()
        return f"{'-' if self.negative else ''}{hour:02}:{minute:02}:{second:02}{'.' if self.dropFrame else ':'}{frame:02}"

    @property
    def countdown(self):
        """The time from here to the length, or to the last frame of the day (of 100 hours if not SMPTE)."""
        end = self._length if self._length is not None else self._count(24 if self._smpte else 100, 0, 0, 0) - 1
        left = Timecode(fps=self._fps, smpte=self._smpte, autoDropFrame=self._auto)
        left.setTotalFrames(end - self._frames)
        return left

    # Settings

    @property
    def fps(self):
        """Frames per second; setting it keeps hours, minutes, seconds and frames."""
        return self._fps

    @fps.setter
    def fps(self, fps):
        self.setComponents(*self._shown(), self.negative, fps)

    @property
    def negative(self):
        """Whether the time is below zero; settable, but never so for SMPTE timecodes."""
        return self._frames < 0

    @negative.setter
    def negative(self, on):
        self._set(-abs(self._frames) if on and not self._smpte else abs(self._frames))

    @property
    def smpte(self):
        """Whether it stays within 24 hours and above zero; settable."""
        return self._smpte

    @smpte.setter
    def smpte(self, on):
        self._smpte = bool(on)
        self._set(self._frames)

    @property
    def cycle(self):
        """Whether it begins again at its length, instead of staying there; settable."""
        return self._cycle

    @cycle.setter
    def cycle(self, on):
        self._cycle = bool(on)

    def setComponents(self, hour, minute, second, frame, negative=False, fps=None, autoDropFrame=True):
        """Sets all components."""
        if fps is not None:
            self._fps = float(fps)
        self._auto = bool(autoDropFrame) and self._auto
        frames = self._count(int(hour), int(minute), int(second), int(frame))
        self._set(-frames if negative and not self._smpte else frames)

    def setString(self, timecodeStr, fps=None):
        """Sets it from [-]hh:mm:ss:ff, with a colon, a dot or a semicolon before the frames."""
        import re  # here, since starting it would cost every program a tenth of its start

        found = re.fullmatch(r"\s*(-?)(\d+):(\d+):(\d+)[:.;](\d+)\s*", str(timecodeStr))
        if found is None:
            raise tdError(f"tdu.Timecode: '{timecodeStr}' is not a timecode; one looks like 01:02:03:04")
        self.setComponents(*(int(part) for part in found.groups()[1:]), found[1] == "-", fps)

    def setTotalFrames(self, totalFrames, fps=None):
        """Sets it to a number of frames."""
        if fps is not None:
            self._fps = float(fps)
        self._set(int(totalFrames))

    def setLength(self, length):
        """Sets the length, in frames or as a Timecode, where it stays or begins again."""
        frames = length.totalFrames if isinstance(length, Timecode) else int(length)
        if frames <= 0:
            raise tdError(f"tdu.Timecode: a length of {frames} frames; at least 1 is needed")
        self._length = frames
        self._set(self._frames)

    def __eq__(self, other):
        return isinstance(other, Timecode) and (self._frames, self._fps) == (other._frames, other._fps)

    def __hash__(self):
        return hash((self._frames, self._fps))

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"tdu.Timecode('{self.text}', fps={self._fps:g})"
