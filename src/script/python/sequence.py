"""Sequence and SequenceBlock: parameters that repeat (const0name, const1name …)."""
from td import _core as core
from td._errors import Strict, tdAttributeError, tdError
from td._par import Par


class SequenceBlock(Strict):
    """One block of a sequence; block.par.name is the parameter without its prefix."""

    __slots__ = ("_sequence", "_index")

    def __init__(self, sequence, index):
        object.__setattr__(self, "_sequence", sequence)
        object.__setattr__(self, "_index", index)

    owner = property(lambda self: self._sequence.owner, doc="The operator it belongs to.")
    index = property(lambda self: self._index, doc="Its position in the sequence.")
    sequence = property(lambda self: self._sequence, doc="The sequence it belongs to.")

    @property
    def par(self):
        """Its parameters."""
        return BlockPars(self._sequence._id, f"{self._sequence.name}{self._index}")

    def destroy(self):
        """Removes the block; later ones move up."""
        self._sequence.destroyBlock(self._index)

    def __repr__(self):
        return f"block {self._index} of {self._sequence!r}"


class BlockPars:
    """The parameters of a sequence block, by names without the block's prefix."""

    __slots__ = ("_id", "_prefix")

    def __init__(self, owner_id, prefix):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_prefix", prefix)

    def __getitem__(self, name):
        found = core.par(self._id, self._prefix + name)
        return None if found is None else Par(self._id, found)

    def __getattr__(self, name):
        par = self[name]
        if par is None:
            raise tdAttributeError(core.no_parameter(self._id, self._prefix + name))
        return par

    def __setattr__(self, name, value):
        getattr(self, name).val = value


class Sequence(Strict):
    """A sequence of parameter blocks."""

    __slots__ = ("_id", "_name")

    def __init__(self, owner_id, name):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_name", name)

    name = property(lambda self: self._name, doc="The sequence's name.")
    owner = property(lambda self: core.wrap(self._id), doc="The operator it belongs to.")
    sequencePar = property(lambda self: Par(self._id, self._name), doc="The parameter that holds the number of blocks.")

    @property
    def numBlocks(self):
        """Number of blocks; settable."""
        return int(core.eval_stored(self._id, self._name))

    @numBlocks.setter
    def numBlocks(self, count):
        core.set_blocks(self._id, self._name, int(count))

    @property
    def blocks(self):
        """All blocks."""
        return [SequenceBlock(self, index) for index in range(self.numBlocks)]

    @property
    def blockSize(self):
        """Number of parameters in a block."""
        return len(self._rows(0)) if self.numBlocks else 0

    @property
    def blockPars(self):
        """The parameters of the first block."""
        return [Par(self._id, name) for name in self._rows(0)]

    def _rows(self, block):
        prefix = f"{self._name}{block}"
        return [name for name in core.par_names(self._id)
                if name.startswith(prefix) and core.facts(self._id, name)["block"] == block
                and core.facts(self._id, name)["sequence"] == self._name]

    def _copy_block(self, source, target):
        for name in self._rows(source):
            tail = name[len(f"{self._name}{source}"):]
            Par(self._id, f"{self._name}{target}{tail}").copy(Par(self._id, name))

    def insertBlock(self, block):
        """Makes an empty block before this index or block and gives it."""
        at = block._index if isinstance(block, SequenceBlock) else int(block)
        self.numBlocks += 1
        last = self.numBlocks - 1
        for index in range(last, at, -1):
            self._copy_block(index - 1, index)
        for name in self._rows(at):
            Par(self._id, name).reset()
        return self.blocks[at]

    def destroyBlock(self, block):
        """Removes this block, given by index or object; later ones move up."""
        at = block._index if isinstance(block, SequenceBlock) else int(block)
        count = self.numBlocks
        if not 0 <= at < count:
            raise tdError(f"{self!r} has no block {at}; there are {count}")
        for index in range(at, count - 1):
            self._copy_block(index + 1, index)
        self.numBlocks = count - 1

    def __getitem__(self, index):
        return self.blocks[index]

    def __len__(self):
        return self.numBlocks

    def __iter__(self):
        return iter(self.blocks)

    def __repr__(self):
        return f"sequence '{self._name}' of {core.path(self._id)}"


class SequenceCollection:
    """op.seq: the sequences of an operator by name."""

    __slots__ = ("_id",)

    def __init__(self, owner_id):
        object.__setattr__(self, "_id", owner_id)

    owner = property(lambda self: core.wrap(self._id), doc="The operator they belong to.")

    def __getitem__(self, name):
        found = core.par(self._id, name)
        return Sequence(self._id, found) if found and core.style(self._id, found) == "Sequence" else None

    def __getattr__(self, name):
        found = self[name]
        if found is None:
            raise tdAttributeError(f"{core.path(self._id)} has no sequence '{name}'")
        return found

    def __iter__(self):
        return iter([Sequence(self._id, n) for n in core.par_names(self._id) if core.style(self._id, n) == "Sequence"])
