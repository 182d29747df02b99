"""FormerDAT: what a DAT held before a change."""
from td._errors import Strict


class FormerDAT(Strict):
    """The contents of a DAT before a change, as callbacks get them."""

    __slots__ = ("_path", "_is_table", "_rows", "_text")

    def __init__(self, path, is_table, rows, text):
        for name, value in (("_path", path), ("_is_table", is_table), ("_rows", rows), ("_text", text)):
            object.__setattr__(self, name, value)

    path = property(lambda self: self._path, doc="Path of the DAT.")
    isTable = property(lambda self: self._is_table, doc="Whether it held a table.")
    numRows = property(lambda self: len(self._rows), doc="Number of rows it had.")
    numCols = property(lambda self: len(self._rows[0]) if self._rows else 0, doc="Number of columns it had.")

    @property
    def text(self):
        """The text it held."""
        return "".join("\t".join(row) + "\n" for row in self._rows) if self._is_table else self._text

    def __getitem__(self, key):
        row, column = key if isinstance(key, tuple) else (key, 0)
        row = row if isinstance(row, int) else [r[0] for r in self._rows].index(row)
        column = column if isinstance(column, int) else self._rows[0].index(column)
        return self._rows[row][column]

    def row(self, key):
        """The texts of a row, by number or name; None if there is none."""
        if isinstance(key, str):
            return next((row for row in self._rows if row and row[0] == key), None)
        return self._rows[key] if -len(self._rows) <= key < len(self._rows) else None
