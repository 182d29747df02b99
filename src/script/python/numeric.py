"""Objects that stand for a value (Par, Channel, Cell) take part in arithmetic and comparison as that value."""
import operator


class Numeric:
    """Base of those classes; `_td_value()` gives the value."""

    __slots__ = ()

    def _operand(self, other):
        """The value as an operation with `other` sees it."""
        return self._td_value()

    def __bool__(self):
        return bool(self._td_value())

    def __int__(self):
        return int(self._td_value())

    def __float__(self):
        return float(self._td_value())

    def __index__(self):
        return operator.index(self._td_value())

    def __str__(self):
        return str(self._td_value())

    def __format__(self, spec):
        return format(self._td_value(), spec)

    def __hash__(self):
        return object.__hash__(self)

    def __round__(self, digits=None):
        return round(self._operand(0), digits)


def _value(other, of):
    return other._operand(of) if isinstance(other, Numeric) else other


def _binary(function):
    def forward(self, other):
        return function(self._operand(other), _value(other, self))

    def backward(self, other):
        return function(_value(other, self), self._operand(other))

    return forward, backward


def _unary(function):
    return lambda self: function(self._operand(0))


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor"):
    _forward, _backward = _binary(getattr(operator, f"__{_name}__"))
    setattr(Numeric, f"__{_name}__", _forward)
    setattr(Numeric, f"__r{_name}__", _backward)
for _name in ("lt", "le", "eq", "ne", "gt", "ge"):
    setattr(Numeric, f"__{_name}__", _binary(getattr(operator, f"__{_name}__"))[0])
for _name in ("neg", "pos", "abs", "invert"):
    setattr(Numeric, f"__{_name}__", _unary(getattr(operator, f"__{_name}__")))
for _name in ("trunc", "floor", "ceil"):
    setattr(Numeric, f"__{_name}__", (lambda n: lambda self: getattr(__import__("math"), n)(self._operand(0)))(_name))
