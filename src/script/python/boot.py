"""Installs the importer of the td package and loads it for one engine; run by the program with `codes` and `core` set."""
import marshal
import sys
from _frozen_importlib import ModuleSpec


class Importer:
    """Finds the modules that are inside the program."""

    serves_cookline = True

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        if name in self.modules:
            return ModuleSpec(name, self, origin="cookline", is_package=name == "td")
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(marshal.loads(self.modules[module.__spec__.name]), module.__dict__)


# An earlier engine's package goes, with whatever it had registered.
sys.meta_path[:] = [finder for finder in sys.meta_path if not getattr(finder, "serves_cookline", False)]
for name in [name for name in sys.modules if name in codes or name.startswith("td._")]:  # noqa: F821
    del sys.modules[name]
sys.meta_path.insert(0, Importer(codes))  # noqa: F821
sys.modules["td._core"] = core  # noqa: F821

import td  # noqa: E402,F401
