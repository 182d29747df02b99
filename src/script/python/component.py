"""COMP: operators that hold other operators, custom parameters and extensions."""
from td import _core as core
from td import _custom as custom
from td import _extensions as extensions
from td import _storage as storage
from td import _templates as templates
from td._errors import tdError, unknown_attribute
from td._op import OP

variables = {}  # operator number: variables set with setVar


def type_name(op_type):
    """'noiseTOP' from the class noiseTOP, the text or an operator."""
    if isinstance(op_type, str):
        return op_type
    if isinstance(op_type, OP):
        return op_type.OPType
    if isinstance(op_type, type):
        return op_type.__name__
    raise tdError(f"an operator type is needed, not {op_type!r}")


class COMP(OP):
    """A component."""

    __slots__ = ()

    def __getattr__(self, name):
        # Only reached for names the class does not have: promoted members of extensions.
        found, value = extensions.promoted(self, name)
        if not found:
            raise unknown_attribute(self, name)
        return value

    def __setattr__(self, name, value):
        if not hasattr(type(self), name) and extensions.set_promoted(self, name, value):
            return
        OP.__setattr__(self, name, value)

    children = property(lambda self: core.children(self._id), doc="The operators in it.")
    numChildren = property(lambda self: core.child_count(self._id), doc="Number of operators in it.")
    numChildrenRecursive = property(lambda self: len(core.walk(self._id)) - 1, doc="Number of operators in it and below.")
    currentChild = property(lambda self: self.children[-1] if self.numChildren else None, doc="The newest operator in it.")

    def create(self, opType, name=None, initialize=True):
        """Makes an operator in it: create(noiseTOP, 'noise1'). A taken name gets the next free number. With `initialize` a
        Timer CHOP gets a docked DAT of callbacks and an Execute DAT its functions, as in TouchDesigner."""
        made = core.create(self._id, type_name(opType), name or "")
        if initialize:
            templates.furnish(made)
        return made

    def copy(self, op, name=None, includeDocked=True):
        """Makes a copy of an operator, with all that is in it, in this component."""
        return self._copy_all([op], name, includeDocked)[0]

    def copyOPs(self, operators):
        """Makes copies of several operators; wires among them are kept."""
        return self._copy_all(list(operators), None, False)

    def _copy_all(self, operators, name, with_docked):
        pairs = [(op, core.copy(op._id, self._id, name or "")) for op in operators]
        if with_docked:
            for op in operators:
                for docked in op.docked:
                    made = core.copy(docked._id, self._id, "")
                    made.dock = pairs[0][1]
        made_of = {op._id: made for op, made in pairs}
        for op, made in pairs:
            for index, (source, output) in enumerate(core.inputs(op._id, False)):
                if source is not None and source._id in made_of:
                    core.connect(made_of[source._id]._id, output, made._id, index)
            storage.copy(op, made)
        return [made for _, made in pairs]

    def findChildren(self, type=None, name=None, path=None, depth=None, maxDepth=None, text=None, comment=None, tags=(),
                     allTags=False, parValue=None, parExpr=None, parName=None, onlyNonDefaults=False, includeUtility=False,
                     key=None):
        """All operators below that meet every condition given; names, paths and texts are patterns, `depth` 1 is the
        children alone, `key` a function of the operator."""
        top = self.path.rstrip("/").count("/")
        wanted_types = _type_tests(type)
        wanted_tags = set([tags] if isinstance(tags, str) else tags)
        found = []
        for op in core.walk(self._id)[1:]:
            level = op.path.count("/") - top
            if depth is not None and level != depth or maxDepth is not None and level > maxDepth:
                continue
            if wanted_types and not any(test(op) for test in wanted_types):
                continue
            if not _matches(name, op.name) or not _matches(path, op.path) or not _matches(comment, op.comment):
                continue
            if text is not None and not (op.isDAT and _matches(text, op.text)):
                continue
            if wanted_tags and not (wanted_tags <= op.tags if allTags else wanted_tags & op.tags):
                continue
            if (parName, parValue, parExpr) != (None, None, None) or onlyNonDefaults:
                if not _has_parameter(op, parName, parValue, parExpr, onlyNonDefaults):
                    continue
            if key is not None and not key(op):
                continue
            found.append(op)
        return found

    # Custom parameters

    def appendCustomPage(self, name):
        """Makes a page for custom parameters, or gives the one of that name."""
        pages = core.custom_pages(self._id)
        if name not in pages:
            core.set_custom_pages(self._id, pages + [name])
        return custom.Page(self._id, name)

    def destroyCustomPars(self):
        """Removes all custom parameters and pages; gives the number of parameters."""
        count = len(self.customPars)
        for page in self.customPages:
            page.destroy()
        return count

    def sortCustomPages(self, *names):
        """Puts the pages of these names first, in this order."""
        pages = core.custom_pages(self._id)
        first = [str(name) for name in names if str(name) in pages]
        core.set_custom_pages(self._id, first + [page for page in pages if page not in first])

    # Extensions and shortcuts

    ext = property(lambda self: extensions.Ext(self), doc="Its extensions by name: comp.ext.Name.")
    extensions = property(lambda self: extensions.objects(self), doc="Its extension objects in order.")
    extensionsReady = property(lambda self: extensions.ready(self), doc="Whether all extensions have been made.")

    def initializeExtensions(self, index=None):
        """Makes the extension objects anew; gives the one of this index, or the list."""
        made = extensions.initialize(self)
        return made if index is None else made[index]

    @property
    def internalOPs(self):
        """Its internal operators by shortcut."""
        found = {}
        for row in core.par_rows(self._id):
            if row[0].startswith("iop") and row[0].endswith("shortcut"):
                shortcut, target = core.eval(self._id, row[0]), core.eval_stored(self._id, row[0][:-8] + "op")
                if shortcut:
                    found[shortcut] = core.find(self._id, target, True)
        return found

    @property
    def internalPars(self):
        """The parameters of its internal operators by shortcut."""
        return {name: op.par for name, op in self.internalOPs.items() if op is not None}

    # Variables

    def setVar(self, name, value):
        """Sets a variable that var() finds here and below."""
        variables.setdefault(self._id, {})[name] = str(value)
        core.touch()

    def unsetVar(self, name):
        """Removes a variable."""
        variables.get(self._id, {}).pop(name, None)
        core.touch()

    def vars(self, *patterns):
        """Names of its variables that match."""
        return core.match_names(" ".join(patterns) or "*", list(variables.get(self._id, ())))

    # Wires between components from top to bottom

    inputCOMPs = property(lambda self: [source for source, _ in core.inputs(self._id, True) if source is not None],
                          doc="The components wired to its top.")

    def layout(self, operators=None, horizontal=None, vertical=None, gridRows=0):
        """Sets the positions of operators in a row, a column or a grid of so many rows."""
        many = list(operators or self.children)
        rows = gridRows or (len(many) if vertical else 1)
        for index, op in enumerate(many):
            op.nodeX, op.nodeY = 200 * (index // rows), -150 * (index % rows)


def _matches(pattern, text):
    return pattern is None or bool(core.match_names(str(pattern), [text]))


def _type_tests(types):
    if types is None:
        return []
    tests = []
    for one in types if isinstance(types, (list, tuple, set)) else (types,):
        if isinstance(one, type):
            tests.append(lambda op, wanted=one: isinstance(op, wanted))
        else:
            tests.append(lambda op, wanted=str(one): wanted in (op.OPType, op.type, op.family))
    return tests


def _has_parameter(op, name, value, expr, only_non_defaults):
    for par in op.pars(name or "*"):
        if only_non_defaults and par.isDefault:
            continue
        if value is not None and not _matches(value, str(par.eval())):
            continue
        if expr is not None and not _matches(expr, par.expr):
            continue
        return True
    return False


