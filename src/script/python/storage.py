"""What Python keeps with operators: OP.store and OP.fetch, and its form in the project file."""
from td import _core as core
from td._errors import tdError

_kept = {}      # operator number: dictionary
_startup = {}   # the same, of values that every start begins with
KEPT = (_kept, _startup)
NOTHING = object()


def of(op):
    """The storage dictionary of an operator, read from the project file when first used."""
    if op._id not in _kept:
        _kept[op._id] = {**_read(op, "storage"), **startup_of(op)}
    return _kept[op._id]


def startup_of(op):
    """The startup values of an operator."""
    if op._id not in _startup:
        _startup[op._id] = _read(op, "startup_storage")
    return _startup[op._id]


def _read(op, field):
    pairs = core.field(op._id, field)
    if not pairs:
        return {}
    import json
    return {key: decode(json.loads(text)) for key, text in pairs}


def sync():
    """Writes everything that has been used into the network, for the project file."""
    import json
    for field, kept in (("storage", _kept), ("startup_storage", _startup)):
        for number, values in list(kept.items()):
            if not core.valid(number):
                del kept[number]
                continue
            pairs = []
            for key, value in values.items():
                try:
                    pairs.append((key, json.dumps(encode(value), allow_nan=False)))
                except (TypeError, ValueError) as error:
                    core.log("warning", core.path(number), f"storage '{key}' is not saved: {error}")
            core.set_field(number, field, pairs)


def encode(value):
    """A value as JSON can hold it; tuples, sets and bytes are wrapped with their type."""
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} of a dictionary is not text")
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {"$type": "tuple", "$value": [encode(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$type": "set", "$value": sorted((encode(item) for item in value), key=repr)}
    if isinstance(value, (bytes, bytearray)):
        import base64
        return {"$type": "bytes", "$value": base64.b64encode(value).decode("ascii")}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"an object of type {type(value).__name__} has no text form")


def decode(value):
    """The reverse of encode."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) != {"$type", "$value"}:
        return {key: decode(item) for key, item in value.items()}
    kind, content = value["$type"], value["$value"]
    if kind == "bytes":
        import base64
        return base64.b64decode(content)
    makers = {"tuple": tuple, "set": set, "frozenset": frozenset}
    if kind not in makers:
        raise tdError(f"storage holds a value of the unknown type '{kind}'; tuple, set and bytes are known")
    return makers[kind](decode(item) for item in content)


def fetch(op, key, default, search, store_default):
    """The stored value of `key` at the operator or, if `search`, at the nearest component above that has it."""
    owner = owner_of(op, key) if search else op if key in of(op) else None
    if owner is not None:
        return of(owner)[key]
    if default is NOTHING:
        raise tdError(f"{op.path}: nothing is stored under '{key}'" + (", here or above" if search else ""))
    if store_default:
        store(op, key, default)
    return default


def owner_of(op, key):
    """The operator, from this one upwards, that stores `key`; None if there is none."""
    level = op
    while level is not None:
        if key in of(level):
            return level
        level = core.ancestor(level._id, 1)
    return None


def store(op, key, value):
    """Keeps a value; what depends on it cooks again."""
    of(op)[key] = value
    core.touch()
    return value


def unstore(values, patterns):
    """Removes the keys that match."""
    for pattern in patterns:
        for key in core.match_names(pattern, [key for key in values if isinstance(key, str)]):
            del values[key]
    core.touch()


def copy(source, target):
    """Gives a copied operator, and what is in it, their own copies of what the originals store."""
    for mine, theirs in zip(core.walk(source._id), core.walk(target._id)):
        if mine._id in _kept:
            import copy as copier
            _kept[theirs._id] = copier.deepcopy(_kept[mine._id])
