"""Par: one parameter of an operator."""
from td import _core as core
from td._errors import Strict, tdError
from td._modes import ParMode, mode_of
from td._numeric import Numeric

OP_STYLES = frozenset(("OP", "COMP", "TOP", "CHOP", "SOP", "DAT", "MAT", "POP", "Object", "PanelCOMP"))
_NUMBERS = frozenset(("Float", "Int", "XY", "XYZ", "XYZW", "UV", "UVW", "WH", "RGB", "RGBA"))
_TEXTS = frozenset(("Str", "StrMenu", "File", "FileSave", "Folder", "Python"))


def _fact(key, doc, kind=None):
    """A read-only property: one of the facts of the parameter's definition."""
    return property(lambda self: core.facts(self._id, self._name)[key], doc=doc)


def _custom_fact(key, doc, convert):
    """The same, and settable for custom parameters."""
    def change(self, value):
        core.change_custom(self._id, self._name, {key: convert(value)})

    return property(lambda self: core.facts(self._id, self._name)[key], change, doc=doc)


class Par(Strict, Numeric):
    """One parameter of an operator; in arithmetic, comparison and conversion it is its value."""

    __slots__ = ("_id", "_name")

    def __init__(self, owner_id, name):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_name", name)

    def _td_value(self):
        return self.eval()

    def __str__(self):
        return str(self.eval())

    def __repr__(self):
        return f"Par '{self._name}' of {core.path(self._id)}" if self.valid else f"invalid Par '{self._name}'"

    def __hash__(self):
        return hash((self._id, self._name))

    # Values

    def eval(self):
        """The value now, whatever the mode: OP or None for operator parameters, the item's name for menus."""
        return core.eval(self._id, self._name)

    def evalExpression(self):
        """The value of the expression, whatever the mode is."""
        return core.run(self._id, self.expr) if self.expr else None

    def evalOPs(self):
        """All operators that an operator parameter names."""
        return core.eval_ops(self._id, self._name)

    def evalNorm(self):
        """The value as a fraction of the range normMin to normMax."""
        facts = core.facts(self._id, self._name)
        return (self.eval() - facts["norm_min"]) / ((facts["norm_max"] - facts["norm_min"]) or 1)

    def evalExport(self):
        """The value that the exporting channel gives; the constant value if there is none."""
        return self.eval() if self.mode == ParMode.EXPORT else self.val

    def evalFile(self):
        """The value of a file parameter as a tdu.FileInfo."""
        import tdu
        return tdu.FileInfo(self.eval(), self.owner)

    @property
    def val(self):
        """The constant value; setting it makes the mode CONSTANT, in BIND mode it sets the parameter bound to."""
        return core.state(self._id, self._name, "constant")

    @val.setter
    def val(self, value):
        if core.state(self._id, self._name, "mode") == ParMode.BIND:
            master = self.bindMaster
            if master is not None:
                master.val = value
                return
        if hasattr(value, "OPType") and core.style(self._id, self._name) in OP_STYLES:
            value = core.relative_path(self._id, value._id)
        core.set_value(self._id, self._name, value)

    @property
    def normVal(self):
        """The value as a fraction of the range normMin to normMax; settable."""
        return self.evalNorm()

    @normVal.setter
    def normVal(self, value):
        facts = core.facts(self._id, self._name)
        self.val = facts["norm_min"] + value * (facts["norm_max"] - facts["norm_min"])

    @property
    def mode(self):
        """Where the value comes from, a ParMode; settable."""
        return mode_of(core.state(self._id, self._name, "mode"))

    @mode.setter
    def mode(self, mode):
        core.set_mode(self._id, self._name, int(mode_of(mode)))

    @property
    def expr(self):
        """The expression; setting it makes the mode EXPRESSION."""
        return core.state(self._id, self._name, "expr")

    @expr.setter
    def expr(self, text):
        core.set_expr(self._id, self._name, text)

    @property
    def bindExpr(self):
        """The expression of the parameter bound to; setting it makes the mode BIND."""
        return core.state(self._id, self._name, "bind_expr")

    @bindExpr.setter
    def bindExpr(self, text):
        core.set_bind(self._id, self._name, text)

    @property
    def bindMaster(self):
        """The parameter this one is bound to, None if there is none."""
        if self.mode != ParMode.BIND or not self.bindExpr:
            return None
        master = core.run(self._id, self.bindExpr)
        return master if isinstance(master, Par) else None

    @property
    def exportSource(self):
        """The channel that exports to this parameter, None if there is none."""
        path, _, channel = core.state(self._id, self._name, "export_source").partition(":")
        source = core.find(self._id, path, False) if path else None
        return source[channel] if source is not None else None

    @property
    def exportOP(self):
        """The CHOP that exports to this parameter, None if there is none."""
        source = self.exportSource
        return source.owner if source is not None else None

    def pulse(self, value=1, frames=0, seconds=0):
        """Presses a pulse parameter; another one is set to `value` and back after so many frames or seconds."""
        if core.style(self._id, self._name) in ("Pulse", "Momentary"):
            core.pulse(self._id, self._name)
            if self._name == "reinitextensions":
                self.owner.initializeExtensions()
            return
        former = self.val
        self.val = value
        from td import _runs as runs
        num, den = core.rate()
        delay = max(1, int(frames) + -(-int(seconds * num) // den))
        runs.schedule(lambda: setattr(self, "val", former), self.owner, delay)

    def reset(self):
        """Back to the default value, expression or bind; true if that changed anything."""
        if self.isDefault:
            return False
        facts = core.facts(self._id, self._name)
        if facts["default_bind"]:
            self.bindExpr = facts["default_bind"]
        elif facts["default_expr"]:
            self.expr = facts["default_expr"]
        else:
            core.set_value(self._id, self._name, facts["default"])
        return True

    def copy(self, par):
        """Takes over value, expression and mode of another parameter."""
        core.set_value(self._id, self._name, core.state(par._id, par._name, "index"))
        if par.expr:
            self.expr = par.expr
        if par.bindExpr:
            self.bindExpr = par.bindExpr
        if par.mode != ParMode.EXPORT:
            self.mode = par.mode

    def destroy(self):
        """Removes a custom parameter, with all components of its group."""
        core.remove_custom(self._id, self._name)

    def isSamePar(self, par):
        """Whether `par` is this very parameter (== compares values)."""
        return isinstance(par, Par) and (par._id, par._name) == (self._id, self._name)

    # Menus

    @property
    def menuNames(self):
        """Names of the menu's items; settable for custom parameters."""
        return self._menu("menu_names")

    @menuNames.setter
    def menuNames(self, names):
        core.change_custom(self._id, self._name, {"menu_names": [str(name) for name in names]})

    @property
    def menuLabels(self):
        """Labels of the menu's items; settable for custom parameters."""
        return self._menu("menu_labels")

    @menuLabels.setter
    def menuLabels(self, labels):
        core.change_custom(self._id, self._name, {"menu_labels": [str(label) for label in labels]})

    def _menu(self, key):
        facts = core.facts(self._id, self._name)
        if facts["menu_source"]:
            source = core.run(self._id, facts["menu_source"])
            return list(getattr(source, "menuNames" if key == "menu_names" else "menuLabels"))
        return facts[key]

    @property
    def menuIndex(self):
        """Index of the menu's current item; settable."""
        if self.style == "Menu":
            return core.eval_stored(self._id, self._name)
        names = self.menuNames
        return names.index(self.eval()) if self.eval() in names else -1

    @menuIndex.setter
    def menuIndex(self, index):
        names = self.menuNames
        if not 0 <= index < len(names):
            raise tdError(f"{self!r}: menuIndex {index}; 0 to {len(names) - 1} are allowed")
        self.val = names[index]

    menuSource = _custom_fact("menu_source", "Expression of an object with menuNames and menuLabels, empty if none.", str)

    # Definition

    label = _custom_fact("label", "The label; settable for custom parameters.", str)
    help = _custom_fact("help", "What the parameter does.", str)
    min = _custom_fact("min", "The least value; settable for custom parameters.", float)
    max = _custom_fact("max", "The greatest value; settable for custom parameters.", float)
    clampMin = _custom_fact("clamp_min", "Whether values below min become min.", bool)
    clampMax = _custom_fact("clamp_max", "Whether values above max become max.", bool)
    normMin = _custom_fact("norm_min", "Lower end of the slider.", float)
    normMax = _custom_fact("norm_max", "Upper end of the slider.", float)
    default = _custom_fact("default", "The default value; settable for custom parameters.", lambda value: value)
    defaultExpr = _custom_fact("default_expr", "Expression the parameter is created with, empty if none.", str)
    defaultBindExpr = _custom_fact("default_bind", "Bind expression the parameter is created with, empty if none.", str)
    readOnly = _custom_fact("read_only", "Whether a user interface refuses edits; scripts may always write.", bool)
    startSection = _custom_fact("start_section", "Whether a line is drawn above the parameter.", bool)
    vecIndex = _fact("vec_index", "Index in its group: 1 for ty.")
    style = property(lambda self: core.style(self._id, self._name), doc="The style: Float, Menu, XYZ …")

    @property
    def defaultMode(self):
        """The mode the parameter is created with."""
        facts = core.facts(self._id, self._name)
        return ParMode.BIND if facts["default_bind"] else ParMode.EXPRESSION if facts["default_expr"] else ParMode.CONSTANT

    @property
    def enable(self):
        """Whether the parameter takes part; settable."""
        return core.state(self._id, self._name, "enable")

    @enable.setter
    def enable(self, on):
        core.set_enable(self._id, self._name, bool(on), None)

    @property
    def enableExpr(self):
        """Expression for enable, empty if none."""
        return core.state(self._id, self._name, "enable_expr")

    @enableExpr.setter
    def enableExpr(self, text):
        core.set_enable(self._id, self._name, None, text)

    @property
    def name(self):
        """The code name; settable for custom parameters."""
        return self._name

    @name.setter
    def name(self, name):
        from td._custom import legal_name
        if core.facts(self._id, self._name)["vec_size"] > 1:
            raise tdError(f"{self!r}: rename the group, not one of its components")
        legal_name(name)
        if core.par(self._id, name) == name:
            raise tdError(f"{self!r}: a parameter '{name}' exists already")
        core.change_custom(self._id, self._name, {"name": name, "group": name})
        object.__setattr__(self, "_name", name)

    @property
    def owner(self):
        """The operator it belongs to."""
        return core.wrap(self._id)

    @property
    def page(self):
        """Its page; settable for custom parameters (a Page or a name)."""
        from td._custom import Page
        return Page(self._id, core.facts(self._id, self._name)["page"])

    @page.setter
    def page(self, page):
        core.change_custom(self._id, self._name, {"page": page if isinstance(page, str) else page.name})

    @property
    def parGroup(self):
        """The group it belongs to: t of tx."""
        from td._pargroup import ParGroup
        return ParGroup(self._id, core.facts(self._id, self._name)["group"])

    @property
    def order(self):
        """Position of its group among the groups of its page; settable for custom parameters."""
        return self.page.parGroups.index(self.parGroup)

    @order.setter
    def order(self, position):
        self.page._move(self.parGroup.name, position)

    @property
    def index(self):
        """Position among the operator's parameters."""
        return core.par_names(self._id).index(self._name)

    @property
    def sequence(self):
        """The Sequence it belongs to, None if it is in none."""
        from td._sequence import Sequence
        facts = core.facts(self._id, self._name)
        name = facts["sequence"] or (self._name if self.isSequence else "")
        return Sequence(self._id, name) if name else None

    @property
    def sequenceBlock(self):
        """The block of the sequence it belongs to, None if it is in none."""
        facts = core.facts(self._id, self._name)
        return self.sequence.blocks[facts["block"]] if facts["sequence"] else None

    @property
    def valid(self):
        """Whether operator and parameter still exist."""
        return core.valid(self._id) and core.par(self._id, self._name) == self._name

    @property
    def isDefault(self):
        """Whether it is as it was created."""
        facts = core.facts(self._id, self._name)
        if facts["default_bind"]:
            return self.mode == ParMode.BIND and self.bindExpr == facts["default_bind"]
        if facts["default_expr"]:
            return self.mode == ParMode.EXPRESSION and self.expr == facts["default_expr"]
        return self.mode == ParMode.CONSTANT and self.val == facts["default"]

    isCustom = _fact("custom", "Whether it is a custom parameter.")
    isNumber = property(lambda self: self.style in _NUMBERS, doc="Whether its value is a number.")
    isFloat = property(lambda self: self.isNumber and not self.isInt, doc="Whether its value is a float.")
    isInt = property(lambda self: self.style == "Int", doc="Whether its value is an integer.")
    isString = property(lambda self: self.style in _TEXTS, doc="Whether its value is text.")
    isToggle = property(lambda self: self.style == "Toggle", doc="Whether it is a switch.")
    isPulse = property(lambda self: self.style == "Pulse", doc="Whether it is a pulse button.")
    isMomentary = property(lambda self: self.style == "Momentary", doc="Whether it is a momentary button.")
    isMenu = property(lambda self: self.style in ("Menu", "StrMenu"), doc="Whether it has a menu.")
    isOP = property(lambda self: self.style in OP_STYLES, doc="Whether it names operators.")
    isPython = property(lambda self: self.style == "Python", doc="Whether its value is any Python object.")
    isSequence = property(lambda self: self.style == "Sequence", doc="Whether it is the head of a sequence.")
    hidden = property(lambda self: False, doc="Whether a user interface hides it.")
