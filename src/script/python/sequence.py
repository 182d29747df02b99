"""Sequence and SequenceBlock: parameters that repeat (const0name, const1name …)."""
from td import _core as core
from td._errors import Strict, tdAttributeError, tdError
from td._modes import ParMode
from td._par import Par
from td._pargroup import ParGroup, ParGroupCollection, group_names


class SequenceBlock(Strict):
    """One block of a sequence; block.par.name is the parameter without its prefix. Iterating gives its groups."""

    __slots__ = ("_sequence", "_index")

    def __init__(self, sequence, index):
        object.__setattr__(self, "_sequence", sequence)
        object.__setattr__(self, "_index", index)

    owner = property(lambda self: self._sequence.owner, doc="The operator it belongs to.")
    index = property(lambda self: self._index, doc="Its position in the sequence.")
    sequence = property(lambda self: self._sequence, doc="The sequence it belongs to.")
    par = property(lambda self: BlockPars(self._sequence._id, self._prefix()), doc="Its parameters.")
    parGroup = property(lambda self: BlockGroups(self._sequence._id, self._prefix()), doc="Its parameter groups.")
    namePar = property(lambda self: self.par[self._sequence.blockName], doc="The parameter that names it, None if none does.")

    def _prefix(self):
        return f"{self._sequence.name}{self._index}"

    @property
    def parGroups(self):
        """Its parameter groups, a list."""
        return [ParGroup(self._sequence._id, name) for name in self._sequence._groups(self._index)]

    @property
    def name(self):
        """What the parameter that names it says, None if none does; settable."""
        return None if self.namePar is None else self.namePar.eval()

    @name.setter
    def name(self, name):
        if self.namePar is None:
            raise tdError(f"{self!r} has no parameter '{self._sequence.blockName}' that could name it")
        self.namePar.val = name

    def destroy(self):
        """Removes the block; later ones move up."""
        self._sequence.destroyBlock(self._index)

    def __iter__(self):
        return iter(self.parGroups)

    def __eq__(self, other):
        return isinstance(other, SequenceBlock) and (self._sequence, self._index) == (other._sequence, other._index)

    def __hash__(self):
        return hash((self._sequence, self._index))

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


class BlockGroups:
    """The parameter groups of a sequence block, by names without the block's prefix."""

    __slots__ = ("_id", "_prefix")

    def __init__(self, owner_id, prefix):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_prefix", prefix)

    def __getitem__(self, name):
        return ParGroupCollection(self._id)[self._prefix + name]

    def __getattr__(self, name):
        group = self[name]
        if group is None:
            raise tdAttributeError(core.no_parameter(self._id, self._prefix + name))
        return group

    def __setattr__(self, name, values):
        getattr(self, name).val = values


class PerBlock:
    """sequence.blockPars and blockParGroups: by name, a list of what each block has of that name."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks):
        object.__setattr__(self, "_blocks", blocks)

    def __getitem__(self, name):
        found = [block[name] for block in self._blocks]
        return None if not found or found[0] is None else found

    def __getattr__(self, name):
        return [getattr(block, name) for block in self._blocks]


class Sequence(Strict):
    """A sequence of parameter blocks."""

    __slots__ = ("_id", "_name")

    def __init__(self, owner_id, name):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_name", name)

    owner = property(lambda self: core.wrap(self._id), doc="The operator it belongs to.")
    sequencePar = property(lambda self: Par(self._id, self._name), doc="The parameter that holds the number of blocks.")
    maxBlocks = property(lambda self: 10000, doc="The greatest number of blocks. TD differs: none is without a limit.")
    blockName = property(lambda self: "Blockname" if self.sequencePar.isCustom else "blockname",
                         doc="Name of the parameter that names a block.")

    @property
    def name(self):
        """The sequence's name; settable for custom ones, and with it the names of its parameters."""
        return self._name

    @name.setter
    def name(self, name):
        from td._custom import legal_name
        legal_name(name)
        if core.par(self._id, name) is not None:
            raise tdError(f"{self!r}: a parameter '{name}' exists already")
        former = self._name
        for row in [row for row in core.par_rows(self._id) if core.facts(self._id, row[0])["sequence"] == former]:
            core.change_custom(self._id, row[0], {"name": name + row[0][len(former):], "group": name + row[1][len(former):],
                                                  "sequence": name})
        core.change_custom(self._id, former, {"name": name, "group": name})
        object.__setattr__(self, "_name", name)

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
        """Number of parameter groups in a block; settable for custom sequences: groups behind the sequence come in, or the
        last ones of the block come out again."""
        return len(self._groups(0))

    @blockSize.setter
    def blockSize(self, size):
        if not self.sequencePar.isCustom:
            raise tdError(f"{self!r} belongs to the operator's type: its blocks cannot be changed")
        groups = self._groups(0)
        if size < len(groups):
            for group in reversed(groups[int(size):]):
                self._release(group)
            return
        page = group_names(self._id, self.sequencePar.page.name, True)
        outside = [name for name in page if not core.facts(self._id, ParGroup(self._id, name)._names()[0])["sequence"]]
        behind = outside[outside.index(self._name) + 1:][:int(size) - len(groups)]
        if len(groups) + len(behind) < size:
            raise tdError(f"{self!r}: {size} groups, but only {len(groups) + len(behind)} are in it and behind it on its page")
        for group in behind:
            for name in ParGroup(self._id, group)._names():
                core.change_custom(self._id, name, {"name": f"{self._name}0{name.lower()}", "sequence": self._name, "block": 0,
                                                    "group": f"{self._name}0{group.lower()}"})
        core.set_blocks(self._id, self._name, self.numBlocks)

    def _release(self, group):
        """Takes a group out of the first block, and away from the others."""
        tail = group[len(self._name) + 1:]
        first = ParGroup(self._id, group)._names()
        for name in first:
            core.change_custom(self._id, name, {"name": name[len(self._name) + 1:].capitalize(), "group": tail.capitalize(),
                                                "sequence": "", "block": -1})
        if self.numBlocks > 1:
            core.remove_custom(self._id, f"{self._name}1{first[0][len(self._name) + 1:]}")
        core.set_blocks(self._id, self._name, self.numBlocks)

    blockPars = property(lambda self: PerBlock([block.par for block in self.blocks]),
                         doc="By name, a list of one parameter of each block.")
    blockParGroups = property(lambda self: PerBlock([block.parGroup for block in self.blocks]),
                              doc="By name, a list of one parameter group of each block.")

    def _rows(self, block):
        prefix = f"{self._name}{block}"
        return [row[:2] for row in core.par_rows(self._id) if row[0].startswith(prefix)
                and core.facts(self._id, row[0])["block"] == block and core.facts(self._id, row[0])["sequence"] == self._name]

    def _groups(self, block):
        return list(dict.fromkeys(row[1] for row in self._rows(block)))

    # Order of the blocks

    def _place(self, block):
        """The index of a block, given by index, name or object."""
        found = block
        if isinstance(block, SequenceBlock):
            found = block._index
        elif isinstance(block, str):
            found = next((one._index for one in self.blocks if one.name == block), -1)
        if not 0 <= int(found) < self.numBlocks:
            raise tdError(f"{self!r} has no block {block!r}; there are {self.numBlocks}")
        return int(found)

    def _states(self, block):
        keys = ("index", "expr", "bind_expr", "mode")
        return [tuple(core.state(self._id, row[0], key) for key in keys) for row in self._rows(block)]

    def _arrange(self, order):
        """Gives each block the values of the one that `order` names; None makes it as created."""
        states = {index: self._states(index) for index in order if index is not None}
        for block, source in enumerate(order):
            if source == block:
                continue
            for index, (name, _) in enumerate(self._rows(block)):
                if source is None:
                    Par(self._id, name).reset()
                    continue
                value, expr, bind, mode = states[source][index]
                if expr != core.state(self._id, name, "expr"):
                    core.set_expr(self._id, name, expr)
                if bind != core.state(self._id, name, "bind_expr"):
                    core.set_bind(self._id, name, bind)
                core.set_value(self._id, name, value)
                if mode != ParMode.EXPORT:
                    core.set_mode(self._id, name, int(mode))

    def insertBlock(self, block):
        """Makes an empty block before this index or block and gives it."""
        at = self.numBlocks if block == self.numBlocks else self._place(block)
        former = list(range(self.numBlocks))
        self.numBlocks += 1
        self._arrange(former[:at] + [None] + former[at:])
        return self.blocks[at]

    def destroyBlock(self, block):
        """Removes this block, given by index, name or object; later ones move up."""
        at = self._place(block)
        order = [index for index in range(self.numBlocks) if index != at]
        count = self.numBlocks
        self._arrange(order + [at])
        self.numBlocks = count - 1

    def moveBlock(self, blockFrom, blockTo, num=1):
        """Moves a block, or `num` of them, so that the first comes to stand at `blockTo`."""
        source, target, order = self._place(blockFrom), self._place(blockTo), list(range(self.numBlocks))
        moved = order[source:source + num]
        rest = [index for index in order if index not in moved]
        self._arrange(rest[:target] + moved + rest[target:])

    def reorderBlocks(self, *indexes):
        """Puts these blocks into this order, at the places that they have together; the others stay."""
        wanted = [self._place(index) for index in indexes]
        if len(set(wanted)) != len(wanted):
            raise tdError(f"{self!r}: reorderBlocks names a block twice")
        order = list(range(self.numBlocks))
        for place, index in zip(sorted(wanted), wanted):
            order[place] = index
        self._arrange(order)

    def sortBlocks(self, key=None, baseName="", reverse=False):
        """Sorts the blocks by a function of a block, or by the parameter of this name without its prefix."""
        if key is None:
            wanted = baseName or self.blockName
            key = lambda block: getattr(block.par, wanted).eval()  # noqa: E731
        self._arrange([block.index for block in sorted(self.blocks, key=key, reverse=reverse)])

    def __getitem__(self, index):
        return self.blocks[self._place(index) if isinstance(index, str) else index]

    def __len__(self):
        return self.numBlocks

    def __iter__(self):
        return iter(self.blocks)

    def __eq__(self, other):
        return isinstance(other, Sequence) and (self._id, self._name) == (other._id, other._name)

    def __hash__(self):
        return hash((self._id, self._name))

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
