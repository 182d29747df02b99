"""ParCollection: op.par."""
from td import _core as core
from td._errors import tdAttributeError
from td._par import Par


class ParCollection:
    """op.par: the parameters of an operator as attributes or by name; assigning sets the constant value."""

    __slots__ = ("_id",)

    def __init__(self, owner_id):
        object.__setattr__(self, "_id", owner_id)

    def __getattr__(self, name):
        found = core.par(self._id, name)
        if found is None:
            raise tdAttributeError(core.no_parameter(self._id, name))
        return Par(self._id, found)

    def __setattr__(self, name, value):
        getattr(self, name).val = value._td_value() if isinstance(value, Par) else value

    def __getitem__(self, name):
        found = core.par(self._id, name)
        return None if found is None else Par(self._id, found)

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def __iter__(self):
        return (Par(self._id, name) for name in core.par_names(self._id))

    def __len__(self):
        return len(core.par_names(self._id))

    def __contains__(self, name):
        return core.par(self._id, name) is not None

    def __dir__(self):
        return core.par_names(self._id)

    def __repr__(self):
        return f"parameters of {core.path(self._id)}"

    @property
    def owner(self):
        """The operator they belong to."""
        return core.wrap(self._id)

