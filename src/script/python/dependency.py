"""tdu.Dependency: a value whose change makes what depends on it cook again."""
from td import _core as core
from td._errors import unknown_attribute


class Dependency:
    """A value; setting .val makes expressions that read it evaluate again."""

    __slots__ = ("_val", "callbacks")

    def __init__(self, val=None):
        self._val = val
        self.callbacks = []

    @property
    def val(self):
        """The value; settable."""
        return self._val

    @val.setter
    def val(self, value):
        self.setVal(value)

    peekVal = property(lambda self: self._val, doc="The value.")

    def setVal(self, value, setInfo=None):
        """Sets the value and tells the callbacks, which get a dictionary with dependency, prevVal and callback."""
        former, self._val = self._val, value
        if former is value or former == value:
            return
        self.modified(former, setInfo)

    def modified(self, former=None, setInfo=None):
        """Tells everyone that the value has changed inside."""
        core.touch()
        for callback in self.callbacks:
            callback({"dependency": self, "prevVal": former, "callback": callback, "setInfo": setInfo})

    def __getattr__(self, name):
        raise unknown_attribute(self, name)

    def __getitem__(self, key):
        return self._val[key]

    def __setitem__(self, key, value):
        self._val[key] = value
        self.modified()

    def __repr__(self):
        return f"Dependency({self._val!r})"
