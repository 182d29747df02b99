"""Extensions of components: Python objects made from the Extension parameters, and their promoted members."""
from td import _core as core
from td._errors import tdAttributeError

_made = {}     # operator number: (what the parameters say, [(name, object, promoted)])
_making = {}   # the same lists while they are being filled


def _wanted(comp):
    """((text, is an expression, name, promote), …) as the parameters say, empty blocks left out."""
    wanted = []
    number = comp._id
    for index in range(int(core.eval_stored(number, "ext")) if core.par(number, "ext") else 0):
        block = f"ext{index}"
        expression = core.state(number, block + "object", "mode") == 1
        text = core.state(number, block + "object", "expr") if expression else str(core.eval_stored(number, block + "object"))
        if text.strip():
            wanted.append((text, core.eval(number, block + "name"), core.eval(number, block + "promote")))
    return tuple(wanted)


def _of(comp):
    """The extensions of a component, made when they are first needed or when the parameters have changed."""
    if comp._id in _making:
        return _making[comp._id]
    wanted = _wanted(comp)
    known = _made.get(comp._id)
    if known is not None and known[0] == wanted:
        return known[1]
    if not wanted and known is None:
        return ()
    return _make(comp, wanted)


def _make(comp, wanted):
    destroy(comp)
    made = _making[comp._id] = []
    try:
        for text, name, promote in wanted:
            thing = core.run(comp._id, text)
            made.append((name or type(thing).__name__, thing, bool(promote)))
        _made[comp._id] = (wanted, made)
        for _, thing, _ in made:
            if hasattr(thing, "onInitTD"):
                thing.onInitTD()
    finally:
        del _making[comp._id]
    return made


def initialize(comp):
    """Makes all extensions anew and gives the objects."""
    return [thing for _, thing, _ in _make(comp, _wanted(comp))]


def objects(comp):
    """The extension objects in order."""
    return [thing for _, thing, _ in _of(comp)]


def ready(comp):
    """Whether the extensions exist and are complete."""
    return comp._id not in _making and (not _wanted(comp) or comp._id in _made)


def destroy(comp):
    """Forgets the extensions of a component, telling each."""
    for _, thing, _ in _made.pop(comp._id, (None, ()))[1]:
        if hasattr(thing, "onDestroyTD"):
            thing.onDestroyTD()


def destroy_below(op):
    """The same for an operator and all below it, the inner ones first."""
    if _made:
        for one in reversed(core.walk(op._id)):
            if one._id in _made:
                destroy(one)


def promoted(comp, name):
    """(whether there is one, its value) of a promoted member; only names with a capital are promoted."""
    if name[:1].isupper():
        for extension, thing, is_promoted in _of(comp):
            if is_promoted and hasattr(thing, name):
                return True, getattr(thing, name)
    return False, None


def set_promoted(comp, name, value):
    """Sets a promoted member that exists; whether it did."""
    if name[:1].isupper():
        for _, thing, is_promoted in _of(comp):
            if is_promoted and hasattr(thing, name):
                setattr(thing, name, value)
                return True
    return False


class Ext:
    """comp.ext: the component's extensions by name."""

    __slots__ = ("_comp",)

    def __init__(self, comp):
        object.__setattr__(self, "_comp", comp)

    def _find(self, name):
        return next((thing for known, thing, _ in _of(self._comp) if known == name), None)

    def __getattr__(self, name):
        found = self._find(name)
        if found is None:
            known = ", ".join(name for name, _, _ in _of(self._comp)) or "none"
            raise tdAttributeError(f"{self._comp.path} has no extension '{name}'; it has {known}")
        return found

    def __dir__(self):
        return [name for name, _, _ in _of(self._comp)]
