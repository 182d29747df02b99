"""run(): code now, at the end of the frame, or frames later in the time of the run."""
from td import _core as core
from td import _failures as failures
from td._errors import Strict, tdError

_waiting = []    # Run objects
_counter = [0]


class Run(Strict):
    """A delayed call."""

    __slots__ = ("_due", "_order", "_call", "_group", "_source", "_owner", "_active", "_end")

    def __init__(self, call, source, owner, due, end, group):
        _counter[0] += 1
        for name, value in (("_due", due), ("_order", _counter[0]), ("_call", call), ("_group", group), ("_source", source),
                            ("_owner", owner), ("_active", True), ("_end", end)):
            object.__setattr__(self, name, value)

    source = property(lambda self: self._source, doc="The text, DAT or function that will run.")
    path = property(lambda self: self._owner, doc="The operator it belongs to.")
    group = property(lambda self: self._group, lambda self, name: object.__setattr__(self, "_group", name),
                     doc="A name by which td.runs finds it; settable.")
    isString = property(lambda self: isinstance(self._source, str), doc="Whether it is text.")
    isDAT = property(lambda self: hasattr(self._source, "OPType"), doc="Whether it is a DAT.")
    isCell = property(lambda self: False, doc="Whether it is a cell.")
    remainingFrames = property(lambda self: max(0, self._due - core.frame_index()), doc="Frames until it runs.")

    @property
    def remainingMilliseconds(self):
        """Milliseconds until it runs."""
        num, den = core.rate()
        return self.remainingFrames * 1000 * den / num

    @property
    def active(self):
        """Whether it is still waiting; setting it to false cancels it."""
        return self._active

    @active.setter
    def active(self, on):
        if not on:
            self.kill()

    def kill(self):
        """Cancels it."""
        object.__setattr__(self, "_active", False)
        if self in _waiting:
            _waiting.remove(self)
            core.set_runs_waiting(bool(_waiting))


class Runs:
    """td.runs: the delayed calls that are waiting."""

    __slots__ = ()

    def __iter__(self):
        return iter(list(_waiting))

    def __len__(self):
        return len(_waiting)

    def __getitem__(self, key):
        return [run for run in _waiting if run.group == key] if isinstance(key, str) else _waiting[key]


def schedule(call, owner, frames, source=None, end=False, group=""):
    """Makes `call` so many frames from now."""
    made = Run(call, source if source is not None else call, owner, core.frame_index() + frames, end, group or "")
    _waiting.append(made)
    core.set_runs_waiting(True)
    return made


def _call_of(source, args, owner):
    """A function without arguments that runs the source."""
    if callable(source):
        return lambda: source(*args)
    text = source.text if hasattr(source, "OPType") else str(source)

    def call():
        from td._scope import scope_of
        name = source.path if hasattr(source, "OPType") else f"<run from {owner.path}>"
        failures.sources[name] = text
        names = scope_of(source if hasattr(source, "OPType") else owner)
        names["args"] = args
        exec(compile(text, name, "exec", dont_inherit=True), names)

    return call


def frames_of(milliseconds):
    """Frames until this much time of the run has passed."""
    num, den = core.rate()
    from fractions import Fraction
    return int(-(-Fraction(milliseconds) * num // (1000 * den)))


def start(source, args, me, endFrame, fromOP, group, delayFrames, delayMilliSeconds, delayRef):
    """What run() does."""
    if delayFrames < 0 or delayMilliSeconds < 0:
        raise tdError(f"run(): a delay of {min(delayFrames, delayMilliSeconds)}; it cannot be negative")
    owner = fromOP if fromOP is not None else me
    call = _call_of(source, args, owner)
    frames = int(delayFrames) + (frames_of(delayMilliSeconds) if delayMilliSeconds else 0)
    if frames or endFrame:
        return schedule(call, owner, frames, source, bool(endFrame), group)
    call()
    return None


def run_of(me):
    """The function run() of an operator."""

    def run(source, *args, endFrame=False, fromOP=None, asParameter=False, group=None, delayFrames=0, delayMilliSeconds=0,
            wallTime=False, delayRef=None):
        """Runs text, a DAT or a function: now, at the end of this frame, or after a delay. Text finds the arguments in
        `args`. TD differs: delays are in the time of the run, never in wall time, so a slow frame changes nothing."""
        return start(source, args, me, endFrame, fromOP, group, delayFrames, delayMilliSeconds, delayRef)

    return run


def make_due(at_end):
    """Makes the calls that are due at this frame, in the order of their times and then of run()."""
    now = core.frame_index()
    due = sorted((run for run in _waiting if run._due <= now and run._end == at_end), key=lambda run: (run._due, run._order))
    for run in due:
        if run._active:
            run.kill()
            run._call()


runs = Runs()
