"""Objects made from dotted names and values: the parts of a Timer's segment, and `me` with what one cell is about."""


class Members(dict):
    """Named values, reached as attributes or by key; one with a `val` is compared and printed as that, like a Cell."""

    __slots__ = ()

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(f"there is no member '{name}'; there are {', '.join(self) or 'none'}")

    def __str__(self):
        return str(self["val"]) if "val" in self else dict.__str__(self)

    def __eq__(self, other):
        if "val" in self and not isinstance(other, Members):
            return self["val"] == other
        return dict.__eq__(self, other)

    def __float__(self):
        return float(self["val"])


def grouped(names):
    """{"index": 0, "row.a": 1} as {"index": 0, "row": Members(a=1)}."""
    made = {}
    for name, value in names.items():
        first, dot, rest = name.partition(".")
        if dot:
            made.setdefault(first, Members())[rest] = value
        else:
            made[first] = value
    return made


class WithMembers:
    """An operator that has some more members than it has; all others are its own."""

    __slots__ = ("_operator", "_members")

    def __init__(self, operator, names):
        object.__setattr__(self, "_operator", operator)
        object.__setattr__(self, "_members", grouped(names))

    def __getattr__(self, name):
        return self._members[name] if name in self._members else getattr(self._operator, name)

    def __setattr__(self, name, value):
        setattr(self._operator, name, value)

    def __getitem__(self, key):
        return self._operator[key]

    def __eq__(self, other):
        return self._operator == (other._operator if isinstance(other, WithMembers) else other)

    def __hash__(self):
        return hash(self._operator)

    def __str__(self):
        return str(self._operator)

    def __repr__(self):
        return repr(self._operator)
