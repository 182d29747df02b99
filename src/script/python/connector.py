"""Connector: one input or output of an operator, and the wires at it."""
from td import _core as core
from td._errors import Strict, tdError

MANY = 9999  # inputs of an operator that takes any number


class Connector(Strict):
    """One input or output of an operator."""

    __slots__ = ("_id", "_index", "_is_input")

    def __init__(self, owner_id, index, is_input):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_is_input", is_input)

    owner = property(lambda self: core.wrap(self._id), doc="The operator it belongs to.")
    index = property(lambda self: self._index, doc="Its number among the inputs or outputs.")
    isInput = property(lambda self: self._is_input, doc="Whether it is an input.")
    isOutput = property(lambda self: not self._is_input, doc="Whether it is an output.")

    @property
    def inOP(self):
        """The In operator behind a component's input, None for others."""
        return self._inner(False) if self._is_input else None

    @property
    def outOP(self):
        """The Out operator behind a component's output, None for others."""
        return None if self._is_input else self._inner(True)

    def _inner(self, outputs):
        inner = core.connectors(self._id, outputs) if self.owner.isCOMP else []
        return inner[self._index] if self._index < len(inner) else None

    @property
    def description(self):
        """A name for it: that of the operator inside a component, else its number."""
        inner = self._inner(not self._is_input)
        return inner.name if inner is not None else f"{'input' if self._is_input else 'output'}{self._index}"

    @property
    def connections(self):
        """The connectors at the other ends of its wires."""
        if self._is_input:
            wires = core.inputs(self._id, False)
            if self._index >= len(wires) or wires[self._index][0] is None:
                return []
            source, output = wires[self._index]
            return [Connector(source._id, output, False)]
        return [Connector(target._id, index, True) for target, index, output in core.outputs(self._id) if output == self._index]

    def connect(self, target):
        """Wires it to an operator (its first connector) or to a connector of the other kind; an input's former wire goes."""
        if isinstance(target, Connector):
            other = target
        elif hasattr(target, "OPType"):
            other = Connector(target._id, 0, not self._is_input)
        else:
            raise tdError(f"connect() takes an operator or a Connector, not {type(target).__name__}")
        if other._is_input == self._is_input:
            raise tdError(f"{self!r}: two {'inputs' if self._is_input else 'outputs'} cannot be wired together")
        source, sink = (other, self) if self._is_input else (self, other)
        core.connect(source._id, source._index, sink._id, sink._index)

    def disconnect(self):
        """Removes all wires at it."""
        if self._is_input:
            core.disconnect(self._id, self._index)
            return
        for other in self.connections:
            core.disconnect(other._id, other._index)

    def __eq__(self, other):
        return isinstance(other, Connector) and hash(other) == hash(self)

    def __hash__(self):
        return hash((self._id, self._index, self._is_input))

    def __repr__(self):
        return f"{'input' if self._is_input else 'output'} {self._index} of {core.path(self._id)}"


def input_connectors(op):
    """All inputs of an operator; one that takes any number has a free one behind the last wired."""
    if op.isCOMP:
        count = max(len(core.connectors(op._id, False)), len(core.inputs(op._id, False)))
    else:
        wired = len(core.inputs(op._id, False))
        most = op.maxInputs
        count = wired + 1 if most >= MANY else max(wired, most)
    return [Connector(op._id, index, True) for index in range(count)]


def output_connectors(op):
    """All outputs of an operator."""
    count = len(core.connectors(op._id, True)) if op.isCOMP else 1
    return [Connector(op._id, index, False) for index in range(count)]
