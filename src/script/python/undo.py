"""ui.undo: blocks of edits that can be undone and redone."""
from td import _core as core
from td._errors import Strict, tdError


class Undo(Strict):
    """Undoes and redoes the edits that scripts make between startBlock and endBlock.

    TD differs: nothing is kept outside of blocks, and at most 200 blocks are. A block that a callback leaves open ends with the callback.
    """

    __slots__ = ()

    state = property(lambda self: core.undo_recording(), doc="Whether edits are kept now: a block is open and enabled.")
    undoStack = property(lambda self: core.undo_names(), doc="Names of what can be undone, the next one last.")
    redoStack = property(lambda self: core.redo_names(), doc="Names of what can be redone, the next one last.")

    @property
    def globalState(self):
        """Whether blocks keep edits at all; settable."""
        return core.undo_enabled()

    @globalState.setter
    def globalState(self, on):
        core.enable_undo(bool(on))

    def startBlock(self, name, enable=True):
        """Starts a block. Blocks nest: the outermost one is what is undone at once and gives its name.

        With `enable` off, what is edited until the end of the block cannot be undone.
        """
        core.start_block(str(name), bool(enable))

    def endBlock(self):
        """Ends the innermost block; an error if none is open."""
        core.end_block()

    def undo(self):
        """Undoes the last block; nothing happens if there is none."""
        core.undo()

    def redo(self):
        """Redoes the block that was undone last; nothing happens if there is none."""
        core.redo()

    def clear(self):
        """Forgets all that could be undone or redone and ends all blocks."""
        core.clear_undo()

    def addCallback(self, callback, info=None):
        """Has `callback(isUndo, info)` called when the open block is undone and when it is redone."""
        if not callable(callback):
            raise tdError(f"addCallback: {callback!r} is not a function")
        core.add_undo_callback(lambda is_undo: callback(is_undo, info))

    def __repr__(self):
        return f"ui.undo {self.undoStack} {self.redoStack}"
