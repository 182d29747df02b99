"""DAT and Cell: text and tables."""
import os

from td import _core as core
from td import _failures as failures
from td import _modules as modules
from td import _runs as runs
from td._errors import Strict, tdError
from td._numeric import Numeric
from td._op import OP
from td._scope import scope_of

locals_of = {}  # operator number: DAT.locals


class Cell(Strict, Numeric):
    """One cell of a table; it compares with text as text, and calculates and compares with numbers as a number."""

    __slots__ = ("_id", "_row", "_col")

    def __init__(self, owner_id, row, col):
        object.__setattr__(self, "_id", owner_id)
        object.__setattr__(self, "_row", row)
        object.__setattr__(self, "_col", col)

    def _td_value(self):
        text = core.cell(self._id, self._row, self._col)
        if text is None:
            raise tdError(f"{core.path(self._id)} has no cell [{self._row}, {self._col}] any more")
        return text

    def _operand(self, other):
        text = self._td_value()
        if isinstance(other, (str, Cell)) or other is None:
            return text
        try:
            return _number(text)
        except ValueError:
            return text

    def __bool__(self):
        return bool(self._td_value())

    def __int__(self):
        return int(_number(self._td_value()))

    def __float__(self):
        return float(self._td_value())

    def __index__(self):
        return int(self._td_value())

    def __hash__(self):
        return hash((self._id, self._row, self._col))

    def __len__(self):
        return len(self._td_value())

    def __format__(self, spec):
        text = self._td_value()
        return format(_number(text) if spec and spec[-1] in "bcdeEfFgGnoxX%" else text, spec)

    def __repr__(self):
        return f"Cell [{self._row}, {self._col}] of {core.path(self._id)}" if core.valid(self._id) else "invalid Cell"

    row = property(lambda self: self._row, doc="Its row index.")
    col = property(lambda self: self._col, doc="Its column index.")
    owner = property(lambda self: core.wrap(self._id), doc="The table it belongs to.")
    valid = property(lambda self: core.valid(self._id) and core.cell(self._id, self._row, self._col) is not None,
                     doc="Whether table and cell still exist.")

    @property
    def val(self):
        """Its text; settable."""
        return self._td_value()

    @val.setter
    def val(self, value):
        core.set_cell(self._id, self._row, self._col, _text(value))

    def offset(self, rows, columns):
        """The cell so many rows below and columns to the right, None outside the table."""
        return self.owner.cell(self._row + rows, self._col + columns) if self._row + rows >= 0 <= self._col + columns else None

    def run(self, *args, **keywords):
        """Runs its text; arguments as of run()."""
        return runs.run_of(self.owner)(self.val, *args, **keywords)


def _number(text):
    try:
        return int(text)
    except ValueError:
        return float(text)


def _text(value):
    return value if isinstance(value, str) else "" if value is None else str(value)


def _texts(values):
    return [] if values is None else [_text(values)] if isinstance(values, (str, int, float)) else [_text(value) for value in values]


class DAT(OP):
    """An operator that holds text or a table; index it by [row, column], numbers or names, for a Cell."""

    __slots__ = ()

    # Text

    @property
    def text(self):
        """All its contents as text: cells parted by tabs, rows by newlines; settable."""
        return core.text(self._id)

    @text.setter
    def text(self, text):
        core.set_text(self._id, text)

    @property
    def csv(self):
        """Its table as comma separated values; settable."""
        import csv
        import io
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(core.rows(self._id))
        return out.getvalue()

    @csv.setter
    def csv(self, text):
        import csv
        core.set_rows(self._id, [row for row in csv.reader(text.splitlines())])

    @property
    def jsonObject(self):
        """Its text read as JSON."""
        import json
        return json.loads(self.text)

    module = property(modules.module_of, doc="Its text as a Python module.")
    isTable = property(lambda self: core.is_table(self._id), doc="Whether it holds a table.")
    isText = property(lambda self: not core.is_table(self._id), doc="Whether it holds text.")

    @property
    def isEditable(self):
        """Whether scripts can change its contents."""
        facts = core.type_facts(self.OPType)
        return bool(facts and facts["content"] and not self.lock)

    @property
    def locals(self):
        """A dictionary for scripts, kept with the DAT while the program runs."""
        return locals_of.setdefault(self._id, {})

    def write(self, *values):
        """Appends text; gives how many characters. print(…, file=dat) works."""
        text = " ".join(str(value) for value in values)
        core.set_text(self._id, core.text(self._id) + text)
        return len(text)

    def flush(self):
        """For print(…, flush=True)."""

    def isatty(self):
        """A DAT is no terminal."""
        return False

    def save(self, filepath, append=False, createFolders=False):
        """Writes its text to a file; gives the path. Relative paths start in the project's folder."""
        path = os.path.join(core.project_folder(), os.fspath(filepath))
        if createFolders:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "a" if append else "w", encoding="utf-8") as file:
            file.write(self.text)
        return path

    def run(self, *args, **keywords):
        """Runs its text as a script; arguments and delays as of run()."""
        if any(keywords.get(name) for name in ("endFrame", "delayFrames", "delayMilliSeconds")):
            return runs.run_of(keywords.get("fromOP") or self)(self, *args, **keywords)
        failures.sources[self.path] = self.text
        names = scope_of(self)
        names["args"] = args
        exec(compile(self.text, self.path, "exec", dont_inherit=True), names)
        return None

    # Reading a table

    numRows = property(lambda self: core.table_size(self._id)[0], doc="Number of rows.")
    numCols = property(lambda self: core.table_size(self._id)[1], doc="Number of columns.")

    def _index(self, key, is_row, case_sensitive=True):
        """A row or column index from a number, a name in the first column or row, or a cell; None if there is none."""
        if isinstance(key, Cell):
            key = key.val
        if isinstance(key, str):
            if case_sensitive:
                found = core.find_row(self._id, key) if is_row else core.find_column(self._id, key)
            else:
                names = [name.lower() for name in self._names(is_row)]
                found = names.index(key.lower()) if key.lower() in names else -1
            return None if found < 0 else found
        count = self.numRows if is_row else self.numCols
        index = int(key)
        return index % count if count and -count <= index < count else None

    def _names(self, is_row):
        rows = core.rows(self._id)
        return [row[0] for row in rows if row] if is_row else rows[0] if rows else []

    def _need(self, key, is_row):
        index = self._index(key, is_row)
        if index is None:
            size = self.numRows if is_row else self.numCols
            raise tdError(f"{self.path} has no {'row' if is_row else 'column'} {key!r}; it has {size}")
        return index

    def _many(self, keys, is_row, case_sensitive=True):
        found = []
        for key in keys:
            exact = self._index(key, is_row, case_sensitive)
            if exact is not None:
                found.append(exact)
            elif isinstance(key, str):
                found.extend(i for i, name in enumerate(self._names(is_row)) if core.match_names(key, [name]))
        return list(dict.fromkeys(found))

    def __getitem__(self, key):
        row, column = key if isinstance(key, tuple) else (key, 0)
        return self.cell(row, column)

    __iter__ = None  # a table is no sequence: use rows(), cols() or cells()

    def __setitem__(self, key, value):
        row, column = key if isinstance(key, tuple) else (key, 0)
        core.set_cell(self._id, self._need(row, True), self._need(column, False), _text(value))

    def cell(self, row, column, caseSensitive=True, val=False):
        """The cell at a row and column, numbers or names, None if there is none; with `val` its text."""
        found = self.cells(row, column, caseSensitive, val)
        return found[0] if found else None

    def cells(self, row, column, caseSensitive=True, val=False):
        """All cells whose row and column match, numbers, names or patterns."""
        return self._cells([(r, c) for r in self._many((row,), True, caseSensitive)
                            for c in self._many((column,), False, caseSensitive)], val)

    def _cells(self, places, val):
        return [core.cell(self._id, r, c) if val else Cell(self._id, r, c) for r, c in places]

    def rows(self, *keys, caseSensitive=True, val=False):
        """The cells of the rows that numbers, names or patterns give; of all without any."""
        wanted = self._many(keys, True, caseSensitive) if keys else range(self.numRows)
        return [self._cells([(r, c) for c in range(self.numCols)], val) for r in wanted]

    def cols(self, *keys, caseSensitive=True, val=False):
        """The cells of the columns that numbers, names or patterns give; of all without any."""
        wanted = self._many(keys, False, caseSensitive) if keys else range(self.numCols)
        return [self._cells([(r, c) for r in range(self.numRows)], val) for c in wanted]

    def row(self, *keys, caseSensitive=True, val=False):
        """The cells of the rows given, in one list; None if there is no such row."""
        return sum(self.rows(*keys, caseSensitive=caseSensitive, val=val), []) or None

    def col(self, *keys, caseSensitive=True, val=False):
        """The cells of the columns given, in one list; None if there is no such column."""
        return sum(self.cols(*keys, caseSensitive=caseSensitive, val=val), []) or None

    def findCells(self, pattern, rows=None, cols=None, valuePattern=True, rowPattern=True, colPattern=True,
                  caseSensitive=False, val=False):
        """All cells whose text matches, in all or in the given rows and columns."""
        fold = (lambda text: text) if caseSensitive else str.lower
        wanted_rows = range(self.numRows) if rows is None else self._many(rows, True)
        wanted_cols = range(self.numCols) if cols is None else self._many(cols, False)
        places = []
        for r in wanted_rows:
            for c in wanted_cols:
                text = fold(core.cell(self._id, r, c))
                if core.match_names(fold(pattern), [text]) if valuePattern else text == fold(pattern):
                    places.append((r, c))
        return self._cells(places, val)

    def findCell(self, pattern, rows=None, cols=None, valuePattern=True, rowPattern=True, colPattern=True,
                 caseSensitive=False, val=False):
        """The first cell whose text matches, None if there is none."""
        found = self.findCells(pattern, rows, cols, valuePattern, rowPattern, colPattern, caseSensitive, val)
        return found[0] if found else None

    # Editing a table

    def clear(self, keepSize=False, keepFirstRow=False, keepFirstCol=False):
        """Removes all rows and columns, or with `keepSize` all text; the first row or column may stay."""
        rows = core.rows(self._id) if core.is_table(self._id) else []
        if not rows and not (keepSize or keepFirstRow or keepFirstCol):
            core.set_text(self._id, "")
            return
        if keepSize:
            kept = [[text if (keepFirstRow and r == 0) or (keepFirstCol and c == 0) else "" for c, text in enumerate(row)]
                    for r, row in enumerate(rows)]
        elif keepFirstRow and keepFirstCol:
            kept = rows[:1] + [row[:1] for row in rows[1:]]
        elif keepFirstCol:
            kept = [row[:1] for row in rows]
        else:
            kept = rows[:1] if keepFirstRow else []
        core.set_rows(self._id, kept)

    def copy(self, dat):
        """Takes over the contents of another DAT."""
        if dat.isTable:
            core.set_rows(self._id, core.rows(dat._id))
        else:
            core.set_text(self._id, dat.text)

    def setSize(self, rows, columns):
        """Makes the table so large; new cells are empty."""
        old = core.rows(self._id)
        core.set_rows(self._id, [[old[r][c] if r < len(old) and c < len(old[r]) else "" for c in range(columns)]
                                 for r in range(rows)])

    def _insert(self, values, at, is_row, sort):
        insert = core.insert_row if is_row else core.insert_column
        insert(self._id, at, _texts(values))
        if sort is not None and is_row:
            column = self._need(sort, False)
            rows = core.rows(self._id)
            core.set_rows(self._id, sorted(rows, key=lambda row: row[column]))
        return at

    def appendRow(self, vals=None, nameOrIndex=None, sort=None):
        """Adds a row at the end, or behind a row; gives its index."""
        at = self.numRows if nameOrIndex is None else self._need(nameOrIndex, True) + 1
        return self._insert(vals, at, True, sort)

    def appendCol(self, vals=None, nameOrIndex=None, sort=None):
        """Adds a column at the end, or behind a column; gives its index."""
        at = self.numCols if nameOrIndex is None else self._need(nameOrIndex, False) + 1
        return self._insert(vals, at, False, sort)

    def insertRow(self, vals=None, nameOrIndex=0, sort=None):
        """Adds a row before a row; gives its index."""
        return self._insert(vals, self._need(nameOrIndex, True) if self.numRows else 0, True, sort)

    def insertCol(self, vals=None, nameOrIndex=0, sort=None):
        """Adds a column before a column; gives its index."""
        return self._insert(vals, self._need(nameOrIndex, False) if self.numCols else 0, False, sort)

    def appendRows(self, vals, nameOrIndex=None, sort=None):
        """Adds several rows, a list of lists or a number of empty ones; gives the index of the first."""
        at = self.numRows if nameOrIndex is None else self._need(nameOrIndex, True) + 1
        for index, row in enumerate([[]] * vals if isinstance(vals, int) else vals):
            self._insert(row, at + index, True, None)
        return at

    def appendCols(self, vals, nameOrIndex=None, sort=None):
        """Adds several columns, a list of lists or a number of empty ones; gives the index of the first."""
        at = self.numCols if nameOrIndex is None else self._need(nameOrIndex, False) + 1
        for index, column in enumerate([[]] * vals if isinstance(vals, int) else vals):
            self._insert(column, at + index, False, None)
        return at

    def replaceRow(self, nameOrIndex, vals=None, entireRow=True):
        """Puts other text into a row; without `entireRow` cells beyond the values stay."""
        at = self._need(nameOrIndex, True)
        rows, texts = core.rows(self._id), _texts(vals)
        rows[at] = texts + ([""] * (len(rows[at]) - len(texts)) if entireRow else rows[at][len(texts):])
        core.set_rows(self._id, rows)
        return at

    def replaceCol(self, nameOrIndex, vals=None, entireCol=True):
        """Puts other text into a column; without `entireCol` cells beyond the values stay."""
        at = self._need(nameOrIndex, False)
        rows, texts = core.rows(self._id), _texts(vals)
        for index, row in enumerate(rows):
            if index < len(texts) or entireCol:
                row[at] = texts[index] if index < len(texts) else ""
        core.set_rows(self._id, rows)
        return at

    def deleteRow(self, nameOrIndex):
        """Removes a row."""
        core.delete_row(self._id, self._need(nameOrIndex, True))

    def deleteCol(self, nameOrIndex):
        """Removes a column."""
        core.delete_column(self._id, self._need(nameOrIndex, False))

    def deleteRows(self, vals=None):
        """Removes several rows; all without any given."""
        for at in sorted(range(self.numRows) if vals is None else {self._need(key, True) for key in vals}, reverse=True):
            core.delete_row(self._id, at)

    def deleteCols(self, vals=None):
        """Removes several columns; all without any given."""
        for at in sorted(range(self.numCols) if vals is None else {self._need(key, False) for key in vals}, reverse=True):
            core.delete_column(self._id, at)

    def scroll(self, row, col):
        """Moves a viewer; there is none here, so nothing happens."""
