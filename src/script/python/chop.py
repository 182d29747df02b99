"""CHOP and Channel."""
from td import _core as core
from td._errors import Strict, tdError
from td._numeric import Numeric
from td._op import OP


def numpy_for(what):
    """The numpy module; an ImportError that says what needs it if it is not installed."""
    try:
        import numpy
    except ImportError as error:
        raise ImportError(f"{what} needs numpy, which is not installed; install the package python3-numpy") from error
    return numpy


class ChannelName(str):
    """The name of a channel that a custom parameter gave its name. TD differs: it also equals the spelling with a small
    first letter and any capitals (Recordlength == 'recordLength'), as parameter access does."""

    __slots__ = ()

    def __eq__(self, other):
        if str.__eq__(self, other):
            return True
        return isinstance(other, str) and other[:1].islower() and other.lower() == self.lower()

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


def spelled(name):
    """The name of a channel as Channel.name gives it."""
    return ChannelName(name) if name[:1].isupper() and name[1:] == name[1:].lower() else name


class Channel(Strict, Numeric):
    """One channel of a CHOP; in arithmetic, comparison and conversion it is its value at this frame."""

    __slots__ = ("_id", "_name")

    def __init__(self, owner_id, name):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_name", name)

    def _td_value(self):
        value = core.channel_now(self._id, self._name)
        if value is None:
            raise tdError(f"{core.path(self._id)} has no channel '{self._name}' any more")
        return value

    def __repr__(self):
        return f"Channel '{self._name}' of {core.path(self._id)}" if core.valid(self._id) else f"invalid Channel '{self._name}'"

    owner = property(lambda self: core.wrap(self._id), doc="The CHOP it belongs to.")
    name = property(lambda self: spelled(self._name), doc="Its name.")
    index = property(lambda self: core.channel_index(self._id, self._name), doc="Its number among the CHOP's channels.")
    valid = property(lambda self: core.valid(self._id) and self.index >= 0, doc="Whether CHOP and channel still exist.")
    val = property(lambda self: self._td_value(), doc="Its value at this frame.")
    vals = property(lambda self: self._samples(), doc="All its samples, a list.")

    def _samples(self):
        index = self.index
        if index < 0:
            self._td_value()
        return core.channel_values(self._id, index)

    def eval(self, index=None):
        """Its value at this frame, or at a sample index."""
        return self._td_value() if index is None else self[index]

    def evalFrame(self, frame):
        """Its value at a frame of the timeline, which counts from 1."""
        num, den = core.rate()
        return self.evalSeconds((frame - 1) * den / num)

    def evalSeconds(self, seconds):
        """Its value at a time, that of the nearest end outside its samples."""
        samples = self._samples()
        _, rate, start, _ = core.channel_facts(self._id)
        return samples[max(0, min(len(samples) - 1, int(seconds * rate - start + 1e-9)))]

    def __getitem__(self, index):
        return self._samples()[index]

    def __len__(self):
        return len(self._samples())

    def __iter__(self):
        return iter(self._samples())

    def min(self):
        """Its least sample."""
        return min(self._samples())

    def max(self):
        """Its greatest sample."""
        return max(self._samples())

    def average(self):
        """The mean of its samples."""
        samples = self._samples()
        return sum(samples) / len(samples)

    def numpyArray(self):
        """Its samples as a numpy array of 32-bit floats."""
        return numpy_for("Channel.numpyArray()").array(self._samples(), dtype="float32")


class CHOP(OP):
    """An operator that holds channels; index it by name or number for one."""

    __slots__ = ()

    numChans = property(lambda self: len(core.channel_names(self._id)), doc="Number of channels.")
    numSamples = property(lambda self: core.channel_facts(self._id)[0], doc="Samples in each channel.")
    rate = property(lambda self: core.channel_facts(self._id)[1], doc="Samples per second.")
    start = property(lambda self: core.channel_facts(self._id)[2], doc="Index of the first sample.")
    end = property(lambda self: self.start + max(0, self.numSamples - 1), doc="Index of the last sample.")
    isTimeSlice = property(lambda self: core.channel_facts(self._id)[3], doc="Whether it holds only what passed since the last frame.")

    @property
    def export(self):
        """Whether its channels drive the parameters they name; settable."""
        return core.flag(self._id, "export")

    @export.setter
    def export(self, on):
        core.set_flag(self._id, "export", bool(on))

    def __getitem__(self, key):
        return self.chan(key)

    def __len__(self):
        return self.numChans

    def __iter__(self):
        return iter(self.chans())

    def __bool__(self):
        return True

    def chan(self, *keys, caseSensitive=True):
        """The first channel that a name, pattern or number gives, None if there is none."""
        found = self.chans(*keys, caseSensitive=caseSensitive)
        return found[0] if found else None

    def chans(self, *keys, caseSensitive=True):
        """All channels that names, patterns or numbers give; all of them without any."""
        names = core.channel_names(self._id)
        found = []
        for key in keys or ("*",):
            if isinstance(key, str):
                found.extend(_matching(key, names, caseSensitive))
            elif -len(names) <= int(key) < len(names):
                found.append(names[int(key)])
        return [Channel(self._id, name) for name in dict.fromkeys(found)]

    def numpyArray(self):
        """All samples as a numpy array of 32-bit floats, one row a channel."""
        numpy = numpy_for("CHOP.numpyArray()")
        rows = [core.channel_values(self._id, index) for index in range(self.numChans)]
        return numpy.array(rows, dtype="float32").reshape(len(rows), -1)


def _matching(key, names, case_sensitive):
    if key in names:
        return [key]
    if case_sensitive:
        found = core.match_names(key, names)
        # The tolerant spelling of custom parameters' names, as in ChannelName.
        return found or [name for name in names if spelled(name) == key]
    lower = {name: name.lower() for name in names}
    return [name for name in names if core.match_names(key.lower(), [lower[name]])]
