"""ParMode: where a parameter takes its value from."""


class _Names(type):
    def __iter__(cls):
        return iter(cls._all)

    def __getitem__(cls, name):
        return getattr(cls, name)

    def __len__(cls):
        return len(cls._all)


class ParMode(int, metaclass=_Names):
    """CONSTANT, EXPRESSION, EXPORT or BIND."""

    _names = ("CONSTANT", "EXPRESSION", "EXPORT", "BIND")
    _all = ()

    @property
    def name(self):
        """The mode's name."""
        return self._names[self]

    @property
    def value(self):
        """The mode's number."""
        return int(self)

    def __repr__(self):
        return f"ParMode.{self.name}"

    __str__ = __repr__

    def __hash__(self):
        return int.__hash__(self)


ParMode._all = tuple(ParMode(number) for number in range(4))
for _mode in ParMode._all:
    setattr(ParMode, _mode.name, _mode)


def mode_of(mode):
    """A ParMode from a ParMode, a number or a name."""
    if isinstance(mode, str):
        return ParMode[mode.rpartition(".")[2].upper()]
    return ParMode._all[int(mode)]
