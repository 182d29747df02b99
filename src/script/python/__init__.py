"""TouchDesigner's Python names, for the network that this program runs.

Code in expressions, DATs and scripts finds all of them without importing; other modules write `from td import *`.
"""
import math

from td import _clock
from td import _core as core
from td import _failures  # noqa: F401
from td import _errors
from td import _finders
from td import _modules
from td import _runs
from td import _scope
from td import _chop
from td import _component
from td import _connector
from td import _custom
from td import _dat
from td import _modes
from td import _op
from td import _par
from td import _parcollection
from td import _pargroup
from td import _sequence
from td import _system
from td import _top
from td import _typed
from td import _callbacks
from td import _lifecycle  # noqa: F401
import tdu

# The same for all operators.
_shared = {
    "absTime": _clock.absTime, "app": _system.app, "project": _system.project, "ui": _system.ui, "tdu": tdu, "math": math,
    "debug": _system.debug, "root": core.root(), "ParMode": _modes.ParMode, "runs": _runs.runs,
    "tdError": _errors.tdError, "tdAttributeError": _errors.tdAttributeError,
    "OP": _op.OP, "COMP": _component.COMP, "TOP": _top.TOP, "CHOP": _chop.CHOP, "DAT": _dat.DAT,
    "Par": _par.Par, "ParCollection": _parcollection.ParCollection, "ParGroup": _pargroup.ParGroup,
    "ParGroupCollection": _pargroup.ParGroupCollection, "Page": _custom.Page, "Channel": _chop.Channel, "Cell": _dat.Cell,
    "Connector": _connector.Connector, "Sequence": _sequence.Sequence, "SequenceBlock": _sequence.SequenceBlock,
    "SequenceCollection": _sequence.SequenceCollection, "Segment": _callbacks.Segment, "Run": _runs.Run, "MOD": _modules.MOD,
    "objectCOMP": _component.COMP, "PanelCOMP": _component.COMP, **_typed.TYPES,
}
_scope.SHARED.update(_shared)
globals().update(_shared)

# For modules outside the network: of the operator whose code called them.
op = _finders.CallerFinder(_finders.OPFinder)
opex = _finders.CallerFinder(_finders.opex_of)
ops = _finders.CallerFinder(_finders.ops_of)
parent = _finders.CallerFinder(_finders.ParentFinder)
ext = _finders.CallerFinder(_finders.ExtFinder)
iop = _finders.CallerFinder(_finders.IOPFinder)
ipar = _finders.CallerFinder(_finders.IParFinder)
mod = _finders.CallerFinder(_modules.MOD)
var = _finders.CallerFinder(_finders.var_of)
run = _finders.CallerFinder(_runs.run_of)


def __getattr__(name):
    if name == "me":
        return _finders.caller()
    raise _errors.tdAttributeError(f"the module td has no '{name}'")


__all__ = [name for name in _shared if not name.startswith("_")] + [
    "op", "opex", "ops", "parent", "ext", "iop", "ipar", "mod", "var", "run"]
