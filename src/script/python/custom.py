"""Page: a page of parameters, and the append functions that make custom ones."""
from td import _core as core
from td._errors import Strict, tdError
from td._par import Par
from td._pargroup import ParGroup, group_names

_VECTORS = {"XY": "xy", "XYZ": "xyz", "XYZW": "xyzw", "UV": "uv", "UVW": "uvw", "WH": "wh", "RGB": "rgb", "RGBA": "rgba"}


def legal_name(name):
    """Checks TouchDesigner's rule for custom parameter names: a capital, then lower-case letters and digits."""
    tail = name[1:]
    ok = name[:1].isalpha() and name[:1].isupper() and name.isascii() and tail.isalnum() == bool(tail) and tail == tail.lower()
    if not ok:
        near = "".join(letter for letter in name if letter.isascii() and letter.isalnum()).lstrip("0123456789").capitalize()
        hint = f"; did you mean '{near}'?" if near else ""
        raise tdError(f"'{name}' is not a name of a custom parameter: an upper-case letter comes first, then lower-case "
                      f"letters and digits{hint}")


class Page(Strict):
    """A page of parameters of an operator."""

    __slots__ = ("_id", "_name")

    def __init__(self, owner_id, name):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_name", name)

    def __eq__(self, other):
        return isinstance(other, Page) and (other._id, other._name) == (self._id, self._name)

    def __hash__(self):
        return hash((self._id, self._name))

    def __str__(self):
        return self._name

    def __repr__(self):
        return f"Page '{self._name}' of {core.path(self._id)}"

    owner = property(lambda self: core.wrap(self._id), doc="The operator it belongs to.")
    isCustom = property(lambda self: self._name in core.custom_pages(self._id), doc="Whether it is a custom page.")

    @property
    def name(self):
        """The page's name; settable for custom pages."""
        return self._name

    @name.setter
    def name(self, name):
        pages = core.custom_pages(self._id)
        if self._name not in pages:
            raise tdError(f"{self!r} is not a custom page and keeps its name")
        for par in self.pars:
            core.change_custom(self._id, par.name, {"page": name})
        core.set_custom_pages(self._id, [name if page == self._name else page for page in pages])
        object.__setattr__(self, "_name", name)

    @property
    def index(self):
        """Position among the operator's pages of its kind."""
        return [page.name for page in (self.owner.customPages if self.isCustom else self.owner.pages)].index(self._name)

    @property
    def pars(self):
        """All parameters of the page."""
        return [Par(self._id, row[0]) for row in core.par_rows(self._id) if row[2] == self._name]

    @property
    def parGroups(self):
        """All parameter groups of the page."""
        return [ParGroup(self._id, name) for name in group_names(self._id, self._name)]

    def destroy(self):
        """Removes a custom page with all its parameters."""
        for group in self.parGroups:
            group.destroy()
        core.set_custom_pages(self._id, [page for page in core.custom_pages(self._id) if page != self._name])

    def sort(self, *names):
        """Puts the groups of these names first, in this order."""
        first = [name for name in names if name in group_names(self._id, self._name)]
        rest = [name for name in group_names(self._id, self._name) if name not in first]
        self._reorder(first + rest)

    def resetPars(self):
        """All parameters of the page back to their defaults; true if that changed anything."""
        return any([par.reset() for par in self.pars])

    def _reorder(self, groups):
        others = [name for name in group_names(self._id, custom=True) if name not in groups]
        core.order_custom(self._id, groups + others)

    def _move(self, group, position):
        names = [name for name in group_names(self._id, self._name) if name != group]
        names.insert(max(0, min(len(names), int(position))), group)
        self._reorder(names)

    def _append(self, style, name, label, order, replace, size=1, suffixes=None):
        legal_name(name)
        owner = self.owner
        if not owner.isCOMP:
            raise tdError(f"{owner.path}: only components have custom parameters")
        if name in group_names(self._id, custom=True):
            if not replace:
                raise tdError(f"{owner.path}: a custom parameter '{name}' exists already")
            order = ParGroup(self._id, name).order if order is None and ParGroup(self._id, name).page == self else order
            core.remove_custom(self._id, ParGroup(self._id, name)._names()[0])
        if suffixes is None:
            suffixes = [""] if size == 1 else [str(number) for number in range(1, size + 1)]
        for index, suffix in enumerate(suffixes):
            core.add_custom(self._id, style, {"name": name + suffix, "group": name, "label": label or name, "page": self._name,
                                              "vec_index": index, "vec_size": len(suffixes)})
        if order is not None:
            self._move(name, order)
        return ParGroup(self._id, name)

    def appendFloat(self, name, label=None, size=1, order=None, replace=True):
        """A float, or a vector of `size` floats (Name1, Name2 …)."""
        return self._append("Float", name, label, order, replace, size)

    def appendInt(self, name, label=None, size=1, order=None, replace=True):
        """An integer, or a vector of `size` integers (Name1, Name2 …)."""
        return self._append("Int", name, label, order, replace, size)

    def appendSequence(self, name, label=None, order=None, replace=True):
        """A sequence with one block, empty at first: seq.Name.blockSize = 2 takes the two groups behind it into its
        blocks."""
        return self._append("Sequence", name, label, order, replace)

    def appendParGroup(self, name, parGroup=None, label=None, order=None, replace=True):
        """A copy of another group, with its ranges, menus and values."""
        source = list(parGroup)
        group = self._append(parGroup.style, name, label or parGroup.label, order, replace, len(source), parGroup.suffixes)
        for mine, theirs in zip(group, source):
            facts = core.facts(theirs._id, theirs._name)
            kept = ("min", "max", "norm_min", "norm_max", "clamp_min", "clamp_max", "menu_names", "menu_labels", "menu_source",
                    "default", "default_expr", "read_only", "start_section")
            core.change_custom(mine._id, mine._name, {key: facts[key] for key in kept if facts[key] is not None})
            mine.copy(theirs)
        return group


def _appender(style, what, suffixes=None):
    def append(self, name, label=None, order=None, replace=True):
        return self._append(style, name, label, order, replace, suffixes=suffixes)

    append.__name__ = f"append{style}"
    append.__doc__ = f"{what}. An error if `replace` is false and the name is taken."
    return append


for _style, _what in {
        "Str": "A text", "StrMenu": "A text with a menu of proposals", "Menu": "A menu", "Toggle": "A switch",
        "Pulse": "A pulse button", "Momentary": "A button that is on while pressed", "File": "A file to read",
        "FileSave": "A file to write", "Folder": "A folder", "Python": "Any Python object", "Header": "A heading",
        "OP": "An operator", "COMP": "A component", "TOP": "A TOP", "CHOP": "A CHOP", "DAT": "A DAT", "SOP": "A SOP",
        "MAT": "A MAT", "POP": "A POP", "Object": "An object component", "PanelCOMP": "A panel component"}.items():
    setattr(Page, f"append{_style}", _appender(_style, _what))
for _style, _letters in _VECTORS.items():
    setattr(Page, f"append{_style}", _appender(_style, f"A vector with components {', '.join(_letters)}", list(_letters)))
