"""TouchDesigner's utility functions."""
import os

from td import _core as core
from td import _projections  # noqa: F401
from td._absent import reason
from td._dependency import Dependency
from td._errors import tdAttributeError, tdError
from td._matrix import Matrix
from td._quaternion import Quaternion
from td._timecode import Timecode
from td._vectors import Color, Position, Vector

__all__ = ["Color", "Dependency", "FileInfo", "Matrix", "PathInfo", "Position", "Quaternion", "Timecode", "Vector", "base",
           "calculateU", "clamp", "collapsePath", "digits", "expand", "expandPath", "legalName", "match",
           "parSummary", "rand", "remap", "split", "tryExcept", "validName", "validPath", "ParMenu", "TableMenu", "fileTypes"]

fileTypes = {
    "image": ["jpg", "jpeg", "png", "tif", "tiff", "bmp", "exr", "dds"],
    "movie": ["mov", "mp4", "avi", "mkv", "webm"],
    "audio": ["wav", "aif", "aiff", "mp3", "flac", "ogg"],
    "text": ["txt", "dat", "csv", "tsv", "json", "xml", "py", "md"],
}


def rand(seed):
    """A number from 0 to 1 that depends on the seed alone. TD differs: other numbers than TouchDesigner's."""
    value = seed._td_value() if hasattr(seed, "_td_value") else seed
    if isinstance(value, (int, float)) and value == int(value):
        value = int(value)
    return core.random(str(value))


def clamp(inputVal, min, max):
    """The value, not below min and not above max."""
    return min if inputVal < min else max if inputVal > max else inputVal


def remap(inputVal, fromMin, fromMax, toMin, toMax):
    """The value moved linearly from one range to another."""
    if fromMax == fromMin:
        return toMin
    return toMin + (inputVal - fromMin) * (toMax - toMin) / (fromMax - fromMin)


def base(str):
    """A name without the number at its end."""
    return core.split_digits(str)[0]


def digits(str):
    """The number at the end of a name, None if there is none."""
    return core.split_digits(str)[1]


def legalName(str):
    """The text with everything that names of operators do not allow replaced by underscores."""
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter == "_") else "_" for letter in str)


validName = legalName


def validPath(str):
    """The same for a path, whose slashes stay."""
    return "/".join(part if part in ("", ".", "..") else legalName(part) for part in str.split("/"))


def expand(pattern):
    """The names a pattern stands for: 'a[1-3]' is ['a1', 'a2', 'a3'], 'a[1-9:2]' takes every second, 'a[x,y]' ['ax', 'ay']."""
    names = []
    for word in pattern.split():
        names.extend(_expand_word(word))
    return names


def _expand_word(word):
    start = word.find("[")
    end = word.find("]", start)
    if start < 0 or end < 0:
        return [word]
    tails = _expand_word(word[end + 1:])
    return [word[:start] + item + tail for part in word[start + 1:end].split(",") for item in _expand_range(part)
            for tail in tails]


def _expand_range(part):
    span, _, step = part.partition(":")
    first, dash, last = span.partition("-")
    if not dash:
        return [part]
    if first.isdigit() and last.isdigit():
        width = len(first) if first[0] == "0" else 0
        return [f"{number:0{width}}" for number in range(int(first), int(last) + 1, int(step or 1))]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first), ord(last) + 1, int(step or 1))]
    raise tdError(f"tdu.expand: '[{part}]' is not a range like 1-5, 1-9:2 or a-e")


def match(pattern, inputList, caseSensitive=True):
    """The names of a list that a pattern matches."""
    if caseSensitive:
        return core.match_names(pattern, list(inputList))
    return [name for name in inputList if core.match_names(pattern.lower(), [name.lower()])]


def split(string, eval=False):
    """The words of a text, quoted ones whole; with `eval` numbers become numbers."""
    import shlex
    words = shlex.split(string)
    return [_number(word) for word in words] if eval else words


def _number(word):
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            pass
    return word


def calculateU(value, low, high):
    """Where a value lies from low to high, from 0 to 1 between them."""
    return 0.0 if high == low else (value - low) / (high - low)


def expandPath(path):
    """The full path of a file whose relative path starts in the project's folder."""
    return os.path.abspath(os.path.join(core.project_folder(), os.path.expanduser(path)))


def collapsePath(path, asExpression=False):
    """The path relative to the project's folder if it is inside."""
    folder = os.path.abspath(core.project_folder())
    full = os.path.abspath(os.path.join(folder, path))
    short = os.path.relpath(full, folder) if full.startswith(folder.rstrip("/") + "/") else full
    return repr(short) if asExpression else short


def tryExcept(func1, func2val):
    """The result of the first function or, if it raises, of the second, which may be a plain value."""
    try:
        return func1()
    except Exception:
        return func2val() if callable(func2val) else func2val


def parSummary(OPType):
    """The parameters of an operator type: name, style, page, default and menu of each."""
    from td._component import type_name
    return core.type_parameters(type_name(OPType))


class FileInfo(str):
    """A path of a file, as text with members."""

    def __new__(cls, path="", owner=None):
        return super().__new__(cls, path)

    path = property(lambda self: str(self), doc="The path as given.")
    absPath = property(lambda self: expandPath(str(self)), doc="The full path.")
    dir = property(lambda self: os.path.dirname(self.absPath), doc="The folder it is in.")
    baseName = property(lambda self: os.path.splitext(os.path.basename(self))[0], doc="The name without folder and extension.")
    ext = property(lambda self: os.path.splitext(self)[1], doc="The extension with its dot.")
    exists = property(lambda self: os.path.exists(self.absPath), doc="Whether there is such a file.")

    @property
    def fileType(self):
        """image, movie, audio, text; empty if it is none of them."""
        extension = self.ext.lstrip(".").lower()
        return next((kind for kind, known in fileTypes.items() if extension in known), "")


PathInfo = FileInfo


class MenuObject:
    """The items of a menu, for Par.menuSource."""

    def __init__(self, menuNames, menuLabels=None):
        self.menuNames = [str(name) for name in menuNames]
        self.menuLabels = [str(label) for label in menuLabels] if menuLabels is not None else list(self.menuNames)


def ParMenu(menuNames, menuLabels=None):
    """A menu of these items, for Par.menuSource."""
    return MenuObject(menuNames, menuLabels)


def TableMenu(table, nameCol=0, labelCol=None, includeFirstRow=False):
    """A menu from columns of a table, for Par.menuSource."""
    first = 0 if includeFirstRow else 1
    names = table.col(nameCol, val=True) or []
    labels = table.col(labelCol, val=True) if labelCol is not None else names
    return MenuObject(names[first:], labels[first:])


def __getattr__(name):
    known = reason(["tdu"], name)
    if known:
        raise tdAttributeError(f"tdu.{name} of TouchDesigner is not here: {known[1]}")
    near = core.nearest(name, __all__)
    raise tdAttributeError(f"tdu has no '{name}'" + (f"; did you mean '{near}'?" if near else ""))
