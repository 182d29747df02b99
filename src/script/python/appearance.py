"""Flags of operators, and what the network editor and people keep with them."""
from td import _core as core


def _flag(name, doc):
    return property(lambda self: core.flag(self._id, name), lambda self, on: core.set_flag(self._id, name, bool(on)), doc=doc)


def _number(field, index, doc):
    """A property for one half of a pair that is kept with the operator."""
    def write(self, value):
        pair = list(core.field(self._id, field))
        pair[index] = float(value)
        core.set_field(self._id, field, tuple(pair))

    return property(lambda self: _whole(core.field(self._id, field)[index]), write, doc=doc)


def _whole(number):
    return int(number) if number == int(number) else number


class Tags(set):
    """The tags of an operator; changes are kept with it."""

    def __init__(self, number, tags):
        super().__init__(tags)
        self._number = number

    def _keep(self):
        core.set_field(self._number, "tags", sorted(self))

    def add(self, tag):
        """Adds a tag."""
        super().add(tag)
        self._keep()

    def remove(self, tag):
        """Removes a tag; an error if it is not there."""
        super().remove(tag)
        self._keep()

    def discard(self, tag):
        """Removes a tag if it is there."""
        super().discard(tag)
        self._keep()

    def update(self, *others):
        """Adds all tags of other sets."""
        super().update(*others)
        self._keep()

    def clear(self):
        """Removes all tags."""
        super().clear()
        self._keep()


class Appearance:
    """Base of OP: flags, position, colour, comment, tags and docking."""

    __slots__ = ()

    bypass = _flag("bypass", "Passes its first input through.")
    lock = _flag("lock", "Keeps what it holds.")
    display = _flag("display", "Shown by its component.")
    render = _flag("render", "Rendered by its component.")
    viewer = _flag("viewer", "Its viewer is open.")
    expose = _flag("expose", "Shown in the network editor.")
    allowCooking = _flag("allowCooking", "It and what is in it may cook.")
    nodeX = _number("position", 0, "Horizontal position in the network editor.")
    nodeY = _number("position", 1, "Vertical position in the network editor.")
    nodeWidth = _number("size", 0, "Width in the network editor.")
    nodeHeight = _number("size", 1, "Height in the network editor.")

    @property
    def nodeCenterX(self):
        """Horizontal position of its centre in the network editor."""
        return self.nodeX + self.nodeWidth / 2

    @nodeCenterX.setter
    def nodeCenterX(self, x):
        self.nodeX = x - self.nodeWidth / 2

    @property
    def nodeCenterY(self):
        """Vertical position of its centre in the network editor."""
        return self.nodeY + self.nodeHeight / 2

    @nodeCenterY.setter
    def nodeCenterY(self, y):
        self.nodeY = y - self.nodeHeight / 2

    @property
    def color(self):
        """Its colour in the network editor, (r, g, b)."""
        found = core.field(self._id, "color")
        return tuple(found) if found is not None else (0.545, 0.545, 0.545)

    @color.setter
    def color(self, rgb):
        core.set_field(self._id, "color", [float(value) for value in rgb])

    @property
    def comment(self):
        """A note that is kept with it."""
        return core.field(self._id, "comment")

    @comment.setter
    def comment(self, text):
        core.set_field(self._id, "comment", text)

    @property
    def tags(self):
        """Its tags, a set; add and remove act on the operator."""
        return Tags(self._id, core.field(self._id, "tags"))

    @tags.setter
    def tags(self, tags):
        core.set_field(self._id, "tags", sorted(tags))

    @property
    def dock(self):
        """The operator it is docked to, None if none; settable."""
        return core.field(self._id, "dock")

    @dock.setter
    def dock(self, op):
        core.set_field(self._id, "dock", None if op is None else op._id)

    @property
    def docked(self):
        """The operators docked to it."""
        above = core.ancestor(self._id, 1)
        return [op for op in (above.children if above is not None else ()) if op.dock is self]
