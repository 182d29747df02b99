"""OP: what all operators have in common."""
from td import _clock as clock
from td import _connector as connector
from td import _core as core
from td import _custom as custom
from td import _extensions as extensions
from td import _finders as finders
from td import _modules as modules
from td import _storage as stores
from td._appearance import Appearance
from td._errors import tdError, unknown_attribute
from td._par import Par
from td._parcollection import ParCollection
from td._pargroup import ParGroup, ParGroupCollection, group_names
from td._sequence import SequenceCollection


def _is_family(name):
    return property(lambda self: self.family == name, doc=f"Whether it is a {name}.")


class OP(Appearance):
    """An operator of the network. An object whose operator was destroyed raises tdError; `valid` tells."""

    __slots__ = ("_id", "par", "parGroup", "op", "parent", "_errors", "_warnings", "__weakref__")

    opex = property(lambda self: finders.Needed(self.op), doc="The same as op, but an operator that is missing is an error.")

    def __init__(self, number):
        write = object.__setattr__
        write(self, "_id", number)
        write(self, "par", ParCollection(number))
        write(self, "parGroup", ParGroupCollection(number))
        write(self, "op", finders.OPFinder(self, True))
        write(self, "parent", finders.ParentFinder(self))
        write(self, "_errors", [])
        write(self, "_warnings", [])

    def _td_value(self):
        return core.path(self._id)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __str__(self):
        return core.path(self._id)

    def __repr__(self):
        return f"type:{self.OPType} path:{self.path}" if self.valid else "invalid operator"

    def __getattr__(self, name):
        raise unknown_attribute(self, name)

    def __setattr__(self, name, value):
        if name in ("par", "parGroup", "op", "parent"):
            raise tdError(f"{self!r}: '{name}' cannot be replaced")
        if not hasattr(type(self), name):
            raise unknown_attribute(self, name)
        object.__setattr__(self, name, value)

    # What and where it is

    valid = property(lambda self: core.valid(self._id), doc="Whether the operator still exists.")
    id = property(lambda self: self._id, doc="A number that no other operator of this run has.")
    path = property(lambda self: core.path(self._id), doc="Its full path.")
    OPType = property(lambda self: core.type_name(self._id), doc="Its type: 'noiseTOP'.")
    opType = OPType
    supported = property(lambda self: core.type_facts(self.OPType) is not None, doc="Whether this program can cook the type.")

    @property
    def name(self):
        """Its name; settable, a taken name gets the next free number."""
        return core.name(self._id)

    @name.setter
    def name(self, name):
        core.rename(self._id, name)

    @property
    def base(self):
        """The name without the number at its end."""
        return core.split_digits(self.name)[0]

    @property
    def digits(self):
        """The number at the end of the name, None if there is none."""
        return core.split_digits(self.name)[1]

    @property
    def family(self):
        """TOP, CHOP, DAT or COMP."""
        name = self.OPType
        return name[len(name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")):]

    @property
    def type(self):
        """The type without its family: 'noise'."""
        return self.OPType[:-len(self.family)]

    @property
    def label(self):
        """The type as users read it."""
        facts = core.type_facts(self.OPType)
        return facts["label"] if facts else self.OPType

    isTOP = _is_family("TOP")
    isCHOP = _is_family("CHOP")
    isDAT = _is_family("DAT")
    isCOMP = _is_family("COMP")
    isSOP = _is_family("SOP")
    isMAT = _is_family("MAT")
    isPOP = _is_family("POP")
    isBase = property(lambda self: self.OPType == "baseCOMP", doc="Whether it is a Base COMP.")
    isObject = property(lambda self: False, doc="Whether it is a 3D object: none is.")
    isPanel = property(lambda self: self.OPType == "containerCOMP", doc="Whether it is a panel component.")
    children = property(lambda self: [], doc="The operators in it: only components have some.")
    numChildren = property(lambda self: 0, doc="Number of operators in it.")
    isCustom = property(lambda self: False, doc="Whether its type comes from a plugin: none does.")
    numChildrenRecursive = property(lambda self: 0, doc="Number of operators in it and below.")
    replicator = property(lambda self: None, doc="The Replicator that made it: there is none.")
    python = property(lambda self: True, doc="Whether its expressions are Python: always.")
    isFilter = property(lambda self: self._inputs()[1] > 0, doc="Whether it takes inputs.")
    isMultiInputs = property(lambda self: self._inputs()[1] >= connector.MANY, doc="Whether it takes any number of inputs.")
    minInputs = property(lambda self: self._inputs()[0], doc="The least number of inputs.")
    maxInputs = property(lambda self: self._inputs()[1], doc="The greatest number of inputs.")

    def _inputs(self):
        facts = core.type_facts(self.OPType)
        return facts["inputs"] if facts else (0, connector.MANY)

    def relativePath(self, op):
        """The path of another operator seen from this one."""
        return core.relative_path(self._id, op._id)

    def shortcutPath(self, op, toParName=None):
        """An expression for another operator, or for one of its parameters, seen from this one."""
        text = f"op('{core.relative_path(self._id, op._id)}')"
        return f"{text}.par.{toParName}" if toParName else text

    def ops(self, *patterns, includeUtility=False):
        """All operators that the paths or patterns name, seen from the inside of this one."""
        return finders.find_all(self._id, patterns, True)

    # Names that search from here

    time = property(lambda self: clock.op_time, doc="Its timeline: frame, seconds, rate …")
    mod = property(lambda self: modules.MOD(self), doc="Modules of DATs seen from here: op.mod.name.")
    iop = property(lambda self: finders.IOPFinder(self), doc="Internal operators by shortcut.")
    ipar = property(lambda self: finders.IParFinder(self), doc="Parameters of internal operators by shortcut.")
    ext = property(lambda self: finders.ExtFinder(self), doc="Extensions of the component it is in.")

    def var(self, name, search=True):
        """The text of a variable of this component or those above, the project or the environment."""
        return finders.find_variable(self, name, search)

    def evalExpression(self, expression):
        """The value of an expression seen from here."""
        return core.run(self._id, expression)

    # Parameters

    seq = property(lambda self: SequenceCollection(self._id), doc="Its parameter sequences by name.")
    customPars = property(lambda self: self._pars(True), doc="All custom parameters.")
    builtinPars = property(lambda self: self._pars(False), doc="All parameters of its type.")

    @property
    def customParGroups(self):
        """All custom parameter groups."""
        return [ParGroup(self._id, name) for name in group_names(self._id, custom=True)]

    def _pars(self, is_custom):
        return [Par(self._id, row[0]) for row in core.par_rows(self._id) if row[3] == is_custom]

    @property
    def pages(self):
        """Pages of the type's own parameters."""
        facts = core.type_facts(self.OPType)
        return [custom.Page(self._id, name) for name in (facts["pages"] if facts else ())]

    @property
    def customPages(self):
        """Custom pages."""
        return [custom.Page(self._id, name) for name in core.custom_pages(self._id)]

    @property
    def curPar(self):
        """The parameter whose expression is being evaluated, None outside of one."""
        current = core.current_par()
        return Par(current[0]._id, current[1]) if current else None

    @property
    def curBlock(self):
        """The sequence block of the parameter whose expression is being evaluated, None if it is in none."""
        return self.curPar.sequenceBlock if self.curPar is not None else None

    @property
    def curSeq(self):
        """The sequence of the parameter whose expression is being evaluated, None if it is in none."""
        return self.curPar.sequence if self.curPar is not None else None

    def pars(self, *patterns):
        """All parameters whose names match."""
        names = core.par_names(self._id)
        return [Par(self._id, name) for name in core.match_names(" ".join(patterns) or "*", names)]

    def parGroups(self, *patterns):
        """All parameter groups whose names match."""
        return [ParGroup(self._id, name) for name in core.match_names(" ".join(patterns) or "*", group_names(self._id))]

    def copyParameters(self, op, custom=True, builtin=True):
        """Takes over the parameters of another operator that this one has too."""
        for par in op.pars("*"):
            if (custom if par.isCustom else builtin) and self.par[par.name] is not None:
                self.par[par.name].copy(par)

    def resetPars(self, parNames="*", parGroupNames="*", pageNames="*", includeBuiltin=True, includeCustom=True):
        """Parameters back to their defaults; true if that changed anything."""
        changed = False
        for par in self.pars(parNames):
            wanted = (includeCustom if par.isCustom else includeBuiltin) \
                and core.match_names(parGroupNames, [par.parGroup.name]) and core.match_names(pageNames, [par.page.name])
            changed = bool(wanted and par.reset()) or changed
        return changed

    # Wires

    @property
    def inputs(self):
        """The operators wired to its inputs, without gaps."""
        return [source for source, _ in core.inputs(self._id, False) if source is not None]

    @property
    def outputs(self):
        """The operators its outputs are wired to."""
        return [target for target, _, _ in core.outputs(self._id)]

    inputConnectors = property(connector.input_connectors, doc="Its inputs.")
    outputConnectors = property(connector.output_connectors, doc="Its outputs.")

    def setInputs(self, operators):
        """Wires these operators to its inputs in order, None leaving one free."""
        for index in reversed(range(len(core.inputs(self._id, False)))):
            core.disconnect(self._id, index)
        for index, source in enumerate(operators):
            if source is not None:
                core.connect(source._id, 0, self._id, index)

    # Life

    def destroy(self):
        """Removes the operator and what is in it."""
        extensions.destroy_below(self)
        core.destroy(self._id)

    def changeType(self, op_type):
        """Replaces it by an operator of another type of the same name, with the parameters and wires both know."""
        from td._component import type_name
        above, name = self.parent(), self.name
        made = above.create(type_name(op_type))
        made.copyParameters(self)
        made.nodeX, made.nodeY, made.tags, made.comment = self.nodeX, self.nodeY, self.tags, self.comment
        for index, (source, output) in enumerate(core.inputs(self._id, False)):
            if source is not None and index < made.maxInputs and source.family == made.family:
                core.connect(source._id, output, made._id, index)
        for target, index, output in core.outputs(self._id):
            if target.family == made.family:
                core.connect(made._id, output, target._id, index)
        self.destroy()
        made.name = name
        return made

    # Cooking and messages

    def cook(self, force=False, recurse=False, includeUtility=False):
        """Cooks it if something changed, or in any case; with `recurse` what is in it too."""
        for op in core.walk(self._id) if recurse else (self,):
            core.cook(op._id, bool(force))

    totalCooks = property(lambda self: core.cook_count(self._id), doc="How often it has cooked.")
    cookTime = property(lambda self: self._cooked()[2], doc="Milliseconds of its last cook, its inputs left out; 0 for TOPs.")
    cpuCookTime = cookTime
    cookAbsFrame = property(lambda self: self._cooked()[0], doc="Frame of its last cook as absTime.frame counts; -1 for none.")
    cookFrame = property(lambda self: self._cooked()[0] + 1, doc="Frame of its last cook as its timeline counts; 0 for none.")
    cookedThisFrame = property(lambda self: self._cooked()[0] == core.frame_index(), doc="Whether it has cooked in this frame.")
    gpuCookTime = property(lambda self: 0.0, doc="Milliseconds on a GPU: always 0, nothing cooks there.")
    gpuMemory = property(lambda self: 0, doc="Bytes on a GPU: always 0.")
    childrenGPUCookTime = property(lambda self: 0.0, doc="The same of what is in it: always 0.")
    childrenCookTime = property(lambda self: self._cooked_below(), doc="Milliseconds that what is in it cooked in this frame.")
    childrenCPUCookTime = childrenCookTime
    childrenCookAbsFrame = property(lambda self: core.frame_index(), doc="The frame that childrenCookTime is about.")
    childrenCPUCookAbsFrame = childrenCookAbsFrame
    childrenGPUCookAbsFrame = childrenCookAbsFrame

    @property
    def cookedPreviousFrame(self):
        """Whether it cooked in the frame before this one."""
        return core.frame_index() - 1 in self._cooked()[:2] and core.frame_index() > 0

    def _cooked(self):
        """(frame, frame before, milliseconds). TD differs: pictures are cooked in tiles that several TOPs share, on all
        cores, so TOPs have no time of their own; what a run cooked is in its summary."""
        return core.cook_stats(self._id)

    def _cooked_below(self):
        now = core.frame_index()
        stats = [core.cook_stats(op._id) for op in core.walk(self._id)[1:]]
        return sum(one[2] for one in stats if one[0] == now)

    def addError(self, text):
        """Adds an error to what errors() gives."""
        self._errors.append(str(text))

    def addWarning(self, text):
        """Adds a warning to what warnings() gives, and logs it."""
        self._warnings.append(str(text))
        core.log("warning", self.path, str(text))

    addScriptError = addError

    def errors(self, recurse=False):
        """Errors of its last cook as text; with `recurse` of what is in it too."""
        return _messages(self, recurse, lambda op: [core.last_error(op._id)] + op._errors)

    def warnings(self, recurse=False):
        """Warnings of its last cook as text; with `recurse` of what is in it too."""
        return _messages(self, recurse, lambda op: core.warnings(op._id) + op._warnings)

    def scriptErrors(self, recurse=False):
        """Errors that scripts added, as text."""
        return _messages(self, recurse, lambda op: op._errors)

    def clearScriptErrors(self, recurse=False, error="*"):
        """Forgets errors that scripts added."""
        for op in core.walk(self._id) if recurse else (self,):
            del op._errors[:]

    # Storage

    storage = property(stores.of, doc="What scripts store with it, a dictionary.")

    def store(self, key, value):
        """Stores a value; it is saved with the project if it has a text form."""
        return stores.store(self, key, value)

    def fetch(self, key, default=stores.NOTHING, search=True, storeDefault=False):
        """A stored value, looked for here and, with `search`, above; an error if there is none and no default."""
        return stores.fetch(self, key, default, search, storeDefault)

    def fetchOwner(self, key):
        """The operator, from here upwards, that stores this key; None if there is none."""
        return stores.owner_of(self, key)

    def unstore(self, *keys):
        """Removes stored values; keys may be patterns."""
        stores.unstore(stores.of(self), keys)

    def storeStartupValue(self, key, value):
        """Keeps a value that the storage begins with whenever the project starts."""
        stores.startup_of(self)[key] = value

    def unstoreStartupValue(self, *keys):
        """Removes startup values; keys may be patterns."""
        stores.unstore(stores.startup_of(self), keys)


def _messages(op, recurse, of):
    lines = []
    for one in core.walk(op._id) if recurse else (op,):
        lines.extend(f"{text} ({one.path})" for text in of(one) if text)
    return "\n".join(lines)
