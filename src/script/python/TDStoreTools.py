"""StorageManager of TouchDesigner's module of this name: attributes of an extension that are kept in storage."""
from td._dependency import Dependency
from td._errors import tdError


class StorageManager:
    """Keeps values in the storage of a component under the name of the extension's class.

    `items` is a list of dictionaries with name, default, readOnly, property and dependable, as in TouchDesigner; with
    `property` the value is an attribute of the extension too."""

    def __init__(self, extension, ownerComp, items=None, restoreAllDefaults=False, sync=True, dictName=None):
        self._comp = ownerComp
        self._key = dictName or type(extension).__name__
        self._items = {item["name"]: item for item in items or ()}
        kept = {} if restoreAllDefaults else dict(ownerComp.storage.get(self._key, {}))
        self._values = {name: kept.get(name, item.get("default")) for name, item in self._items.items()} if sync else kept
        ownerComp.store(self._key, self._values)
        self._dependencies = {}
        for name, item in self._items.items():
            if item.get("dependable"):
                self._dependencies[name] = Dependency(self._values[name])
            if item.get("property", True):
                self._add_property(type(extension), name, item)

    def _add_property(self, kind, name, item):
        def write(_, value):
            self[name] = value

        setattr(kind, name, property(lambda _: self[name], None if item.get("readOnly") else write))

    def __getitem__(self, name):
        return self._values[name]

    def __setitem__(self, name, value):
        if name not in self._items:
            raise tdError(f"{self._comp.path}: '{name}' is not a stored item; there are {', '.join(self._items)}")
        self._values[name] = value
        if name in self._dependencies:
            self._dependencies[name].val = value

    def __contains__(self, name):
        return name in self._values

    def __iter__(self):
        return iter(self._values)

    def getDependency(self, name):
        """The Dependency of a dependable item."""
        return self._dependencies[name]

    def restoreDefault(self, name):
        """Puts the default back."""
        self[name] = self._items[name].get("default")

    def restoreAllDefaults(self):
        """Puts all defaults back."""
        for name in self._items:
            self.restoreDefault(name)
