"""ParGroup: the parameters that make up one vector (tx, ty, tz), or one single parameter."""
from td import _core as core
from td._errors import Strict, tdAttributeError, tdError
from td._par import Par


def _each(name, doc):
    """A property that reads an attribute of every component and sets it from a tuple or from one value for all."""
    def read(self):
        return tuple(getattr(par, name) for par in self)

    def write(self, values):
        pars = list(self)
        if isinstance(values, str) or not hasattr(values, "__len__"):
            values = (values,) * len(pars)
        if len(values) != len(pars):
            raise tdError(f"{self!r}: {len(values)} values for {len(pars)} components")
        for par, value in zip(pars, values):
            setattr(par, name, value)

    return property(read, write, doc=doc)


def _shared(name, doc):
    """A property that is the same for all components; setting sets it for all."""
    def write(self, value):
        for par in self:
            setattr(par, name, value)

    return property(lambda self: getattr(self[0], name), write, doc=doc)


class ParGroup(Strict):
    """The components of one vector parameter; index it or iterate over it for its Pars."""

    __slots__ = ("_id", "_name")

    def __init__(self, owner_id, name):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_name", name)

    def _names(self):
        names = [row[0] for row in core.par_rows(self._id) if row[1] == self._name]
        if not names:
            raise tdError(f"the parameter group '{self._name}' of {core.path(self._id)} does not exist any more")
        return names

    def __iter__(self):
        return iter([Par(self._id, name) for name in self._names()])

    def __len__(self):
        return len(self._names())

    def __getitem__(self, index):
        if isinstance(index, str):
            return next((par for par in self if par.name == index), None)
        return list(self)[index]

    def __setitem__(self, index, value):
        self[index].val = value

    def __eq__(self, other):
        if isinstance(other, ParGroup):
            return (self._id, self._name) == (other._id, other._name)
        return self.eval() == tuple(other) if hasattr(other, "__len__") else NotImplemented

    def __hash__(self):
        return hash((self._id, self._name))

    def __repr__(self):
        return f"ParGroup '{self._name}' of {core.path(self._id)}"

    def eval(self):
        """The values of all components."""
        return tuple(par.eval() for par in self)

    def evalNorm(self):
        """The values as fractions of their ranges."""
        return tuple(par.evalNorm() for par in self)

    def evalExpression(self):
        """The values of the components' expressions."""
        return tuple(par.evalExpression() for par in self)

    def evalExport(self):
        """The values of the exporting channels."""
        return tuple(par.evalExport() for par in self)

    def evalOPs(self):
        """For each component the operators it names."""
        return tuple(par.evalOPs() for par in self)

    def reset(self):
        """All components back to their defaults; true if that changed anything."""
        return any([par.reset() for par in self])

    def copy(self, group):
        """Takes over values, expressions and modes of another group."""
        for mine, theirs in zip(self, group):
            mine.copy(theirs)

    def destroy(self):
        """Removes a custom parameter group."""
        core.remove_custom(self._id, self._names()[0])

    def pars(self, pattern="*"):
        """The components whose names match."""
        return [Par(self._id, name) for name in core.match_names(pattern, self._names())]

    def pulse(self, *args, **keywords):
        """Pulses every component."""
        for par in self:
            par.pulse(*args, **keywords)

    def isSameParGroup(self, group):
        """Whether `group` is this very group."""
        return isinstance(group, ParGroup) and hash(group) == hash(self)

    val = _each("val", "The constant values; settable from a tuple or from one value for all.")
    expr = _each("expr", "The expressions.")
    bindExpr = _each("bindExpr", "The bind expressions.")
    bindMaster = _each("bindMaster", "The parameters bound to.")
    mode = _each("mode", "The modes.")
    default = _each("default", "The default values.")
    defaultExpr = _each("defaultExpr", "The default expressions.")
    defaultBindExpr = _each("defaultBindExpr", "The default bind expressions.")
    defaultMode = _each("defaultMode", "The modes the parameters are created with.")
    min = _each("min", "The least values.")
    max = _each("max", "The greatest values.")
    clampMin = _each("clampMin", "Whether values below min become min.")
    clampMax = _each("clampMax", "Whether values above max become max.")
    normMin = _each("normMin", "Lower ends of the sliders.")
    normMax = _each("normMax", "Upper ends of the sliders.")
    normVal = _each("normVal", "The values as fractions of their ranges.")
    menuNames = _each("menuNames", "Names of the menus' items.")
    menuLabels = _each("menuLabels", "Labels of the menus' items.")
    menuIndex = _each("menuIndex", "Indices of the menus' items.")
    menuSource = _each("menuSource", "Menu source expressions.")
    exportOP = _each("exportOP", "The CHOPs that export to the components.")
    exportSource = _each("exportSource", "The channels that export to the components.")
    enable = _shared("enable", "Whether the group takes part.")
    enableExpr = _shared("enableExpr", "Expression for enable.")
    label = _shared("label", "The label.")
    help = _shared("help", "What the group does.")
    readOnly = _shared("readOnly", "Whether a user interface refuses edits.")
    startSection = _shared("startSection", "Whether a line is drawn above the group.")
    page = _shared("page", "The page.")
    style = property(lambda self: self[0].style, doc="The style: Float, XYZ …")
    order = property(lambda self: self[0].order, lambda self, at: setattr(self[0], "order", at), doc="Position on its page.")
    index = property(lambda self: self[0].index, doc="Position among the operator's parameters.")
    isDefault = property(lambda self: all(par.isDefault for par in self), doc="Whether all components are as created.")
    isCustom = property(lambda self: self[0].isCustom, doc="Whether it is custom.")
    isNumber = property(lambda self: self[0].isNumber, doc="Whether its values are numbers.")
    isFloat = property(lambda self: self[0].isFloat, doc="Whether its values are floats.")
    isInt = property(lambda self: self[0].isInt, doc="Whether its values are integers.")
    isMomentary = property(lambda self: self[0].isMomentary, doc="Whether it is a momentary button.")
    isPython = property(lambda self: self[0].isPython, doc="Whether its value is any Python object.")
    isSequence = property(lambda self: self[0].isSequence, doc="Whether it is the head of a sequence.")
    isMenu = property(lambda self: self[0].isMenu, doc="Whether it has a menu.")
    isOP = property(lambda self: self[0].isOP, doc="Whether it names operators.")
    isString = property(lambda self: self[0].isString, doc="Whether its value is text.")
    isToggle = property(lambda self: self[0].isToggle, doc="Whether it is a switch.")
    isPulse = property(lambda self: self[0].isPulse, doc="Whether it is a pulse button.")
    sequence = property(lambda self: self[0].sequence, doc="The Sequence it belongs to, None if it is in none.")
    baseName = property(lambda self: self._base(), doc="The name without the sequence and block it begins with.")
    blockIndex = property(lambda self: self._in_sequence("block"), doc="Index of its sequence block, None if it is in none.")
    sequenceIndex = property(lambda self: self._sequence_index(), doc="Its place in the sequence block, None if it is in none.")
    sequenceBlock = property(lambda self: self[0].sequenceBlock, doc="The sequence block it belongs to, None if in none.")
    size = property(lambda self: len(self), doc="Number of components.")
    owner = property(lambda self: core.wrap(self._id), doc="The operator it belongs to.")
    name = property(lambda self: self._name, doc="The group's name: t of tx, ty, tz.")
    suffixes = property(lambda self: [name[len(self._name):] for name in self._names()], doc="What names add to the group's.")

    def _in_sequence(self, key):
        facts = core.facts(self._id, self._names()[0])
        return facts[key] if facts["sequence"] else None

    def _base(self):
        name = self._in_sequence("sequence")
        return self._name if name is None else self._name[len(f"{name}{self.blockIndex}"):]

    def _sequence_index(self):
        return self.sequenceBlock.parGroups.index(self) if self._in_sequence("sequence") is not None else None

    @property
    def valid(self):
        """Whether operator and group still exist."""
        return core.valid(self._id) and any(row[1] == self._name for row in core.par_rows(self._id))


class ParGroupCollection:
    """op.parGroup: the parameter groups of an operator as attributes or by name; assigning sets the constant values."""

    __slots__ = ("_id",)

    def __init__(self, owner_id):
        object.__setattr__(self, "_id", owner_id)

    def __getitem__(self, name):
        lower = name.lower()
        for group in group_names(self._id):
            if group == name or group.lower() == lower:
                return ParGroup(self._id, group)
        return None

    def __getattr__(self, name):
        group = self[name]
        if group is None:
            raise tdAttributeError(core.no_parameter(self._id, name))
        return group

    def __setattr__(self, name, values):
        getattr(self, name).val = values

    def __iter__(self):
        return (ParGroup(self._id, name) for name in group_names(self._id))

    def __dir__(self):
        return group_names(self._id)

    @property
    def owner(self):
        """The operator they belong to."""
        return core.wrap(self._id)


def group_names(owner_id, page=None, custom=None):
    """Names of an operator's parameter groups in order, of one page or of custom ones alone if asked."""
    rows = core.par_rows(owner_id)
    return list(dict.fromkeys(row[1] for row in rows if page in (None, row[2]) and custom in (None, row[3])))
