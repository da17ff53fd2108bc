"""Files to text and tables, byte for byte: encodings, tabular formats, and what was assumed about them."""

import csv
import io
import itertools
import json
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from parley.corpus.settings import StudyError
from parley.text.cells import KEPT, PACKED, packed, unpacked

TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
# The byte order mark of UTF-8 is not here: it stays in a text, as a blank, so that offsets hold for any other reader.
MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
TYPOGRAPHY = "“”‘’–—…"

Notes = list[tuple[str, str, str]]  # problem, place, remedy
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what text begins with that a spreadsheet runs


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str | None]:
    """Bytes as text, without newline translation, and the encoding assumed: None if it was declared or is UTF-8."""
    marked = next((marked for mark, marked in MARKS.items() if data.startswith(mark)), None)
    wanted = encoding or marked or guess_encoding(data)
    try:
        return data.decode(wanted), None if encoding or wanted == "utf-8" else wanted
    except LookupError:
        fault = f"there is no text encoding {encoding!r}; expected a name such as 'utf-8' or 'cp1252'."
        raise StudyError(f"[articles] encoding: {fault}") from None
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        said = "the declared encoding" if encoding else "the encoding that its byte order mark names,"
        remedy = "declare the right one under [articles] encoding, or convert the file to UTF-8"
        raise StudyError(f"{name}: byte {at} (0x{data[at]:02x}) does not fit {said} {wanted!r}; {remedy}.") from None


def guess_encoding(data: bytes) -> str:
    """The encoding that bytes without a byte order mark seem to have; Latin-1, which takes any byte, if none fits."""
    candidates = ["utf-8", "cp1252"]  # hardly any other text fits UTF-8 by chance
    zeros = [data[::2].count(0), data[1::2].count(0)]
    if len(data) % 2 == 0 and max(zeros) > 0.2 * len(data) and min(zeros) < 0.02 * len(data):
        candidates.insert(0, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    guess = next((encoding for encoding in candidates if _fits(data, encoding)), "latin_1")
    if guess != "cp1252":
        return guess
    # Statistical detectors take English with a few accented names for anything; the marks of the press are surer.
    marks = {name: sum(data.count(mark.encode(name)) for mark in TYPOGRAPHY) for name in ("cp1252", "mac_roman")}
    return max(marks, key=marks.__getitem__)


def _fits(data: bytes, encoding: str) -> bool:
    with suppress(UnicodeDecodeError):
        return data.decode(encoding) is not None
    return False


def read_bytes(path: Path, name: str) -> bytes:
    """A file's bytes, or a :class:`StudyError` that calls it `name` and says why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        fault = "there is no such file; correct the name in study.toml (it is relative to study.toml)."
    except IsADirectoryError:
        fault = "expected a file, this is a folder; name the file in it."
    except OSError as error:
        fault = f"cannot be read ({error.strerror}); check its name and rights."
    raise StudyError(f"{name}: {fault}")


def read_table(
    path: Path, encoding: str | None = None, *, name: str | None = None, may_be_empty: bool = False
) -> tuple[pd.DataFrame, Notes]:
    """A table, which messages call `name`, and what was assumed about it; cells of .csv and .tsv stay text as it is."""
    name = name or path.name
    kind = path.suffix.lower()
    if kind not in TABLES:
        raise StudyError(f"{name}: expected a table in {', '.join(TABLES)}; export it as one of these.")
    data = read_bytes(path, name)
    notes: Notes = []
    if kind == ".parquet":
        try:
            table = pd.read_parquet(io.BytesIO(data))
        except Exception as error:  # pyarrow raises many kinds for a damaged file
            detail = next(iter(str(error).splitlines()), type(error).__name__).rstrip(".")
            raise StudyError(f"{name}: expected a Parquet file ({detail}); export it again.") from None
    else:
        text, assumed = decode(data, name, encoding)
        if assumed:
            remedy = "declare it under [articles] encoding, or save the table as UTF-8"
            notes.append((f"encoding not declared, read as {assumed}", name, remedy))
        text = text.removeprefix("\ufeff")
        parse = {".json": _parse_list, ".jsonl": _parse_lines, ".ndjson": _parse_lines}.get(kind)
        table = parse(text, name) if parse else _parse_cells(text, name, kind, notes)
    if not len(table) and not may_be_empty:
        raise StudyError(f"{name}: expected at least one row below the header, there is none; export it again.")
    return table, notes


def read_workbook(path: Path, name: str) -> tuple[pd.DataFrame, list[int]]:
    """The first sheet of an .xlsx as a table of texts, and the row of the sheet on which each row stands."""
    data = read_bytes(path, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl misses in a workbook is its styles
            cells = pd.read_excel(io.BytesIO(data), header=None, dtype=str, keep_default_na=False, engine="openpyxl")
    except Exception as error:  # openpyxl raises many kinds for a damaged file
        detail = next(iter(str(error).splitlines()), type(error).__name__).rstrip(".")
        raise StudyError(f"{name}: expected an Excel workbook ({detail}); save it again, or save it as CSV.") from None
    if not len(cells):
        raise StudyError(f"{name}: expected a header row and at least one more, the file is empty; save it again.")
    table = cells.iloc[1:].set_axis(cells.iloc[0].str.strip().tolist(), axis="columns")
    table = table[(table != "").any(axis=1)].loc[:, lambda columns: columns.columns != ""]
    if table.columns.has_duplicates:
        twice = table.columns[table.columns.duplicated()][0]
        raise StudyError(f"{name}: two columns are named {twice!r}; expected each name once: rename one of them.")
    return table.reset_index(drop=True), [row + 1 for row in table.index]


def row_lines(path: Path) -> list[int]:
    """The line of a .csv on which each of its rows begins, the header left out: what an editor shows."""
    text = decode(path.read_bytes(), path.name)[0].removeprefix("\ufeff")
    return [line for line, _ in _read_rows(text, path.name, _delimiter(text, ".csv"))][1:]


def _parse_lines(text: str, name: str) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            place, why = (f", column {error.colno}", error.msg) if isinstance(error, ValueError) else ("", "too deep")
            raise StudyError(f"{name}: line {number}{place}: expected a JSON object a line ({why}); mend it.") from None
        if not isinstance(row, dict):
            fault = f"expected a JSON object, {{…}}, got a {type(row).__name__}; write one object a line."
            raise StudyError(f"{name}: line {number}: {fault}")
        rows.append(row)
    return _as_rows(rows)


def _parse_list(text: str, name: str) -> pd.DataFrame:
    """A list of JSON objects, bare or under a name, as the interfaces of news services return it."""
    expected = f"{name}: expected a list of JSON objects, bare or under a name such as 'articles'"
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = f"; line {error.lineno}: {error.msg}" if isinstance(error, ValueError) else "; it is too deep"
        raise StudyError(f"{expected}{place}; mend it, or write one object a line and name it .jsonl.") from None
    lists = [found] if isinstance(found, list) else [*found.values()] if isinstance(found, dict) else []
    for rows in lists:
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
            return _as_rows(rows)
    raise StudyError(f"{expected}; export it again, or write one object a line and name it .jsonl.")


def _as_rows(rows: list[dict]) -> pd.DataFrame:
    """JSON objects as rows; an object in a cell becomes columns, as in ``source.name``."""
    flat = []
    for row in rows:
        cells = {}
        for key, value in row.items():
            inner = {f"{key}.{name}": cell for name, cell in value.items()} if isinstance(value, dict) else {key: value}
            cells |= inner
        flat.append(cells)
    return pd.DataFrame(flat, dtype=object)


def _delimiter(text: str, kind: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    if kind == ".csv" and "," not in first:
        return next((mark for mark in ";\t" if mark in first), ",")
    return "\t" if kind == ".tsv" else ","


def _parse_cells(text: str, name: str, kind: str, notes: Notes) -> pd.DataFrame:
    delimiter = _delimiter(text, kind)
    if kind == ".csv" and delimiter != ",":
        marks = "semicolons" if delimiter == ";" else "tabs"
        notes.append((f"cells parted by {marks}, read as such", name, "export it with commas to be sure"))
    (_, header), *rows = _read_rows(text, name, delimiter) or [(0, [])]
    if not header:
        raise StudyError(f"{name}: expected a header row and at least one more, the file is empty; export it again.")
    names = [cell.strip() for cell in header]
    for position, column in enumerate(names):
        if not column:
            names[position] = f"column_{position + 1}"
            notes.append(("column without a name", f"{name}: {names[position]}", "name it in the header"))
        elif column in names[:position]:
            raise StudyError(f"{name}: two columns are named {column!r}; expected each name once: rename one of them.")
    for line, row in rows:
        if any(row[len(names) :]):
            expected = f"expected {len(names)} cells as in the header, got {len(row)}"
            remedy = "put quotation marks around cells that hold the delimiter"
            raise StudyError(f"{name}: line {line}: {expected}; {remedy}.")
        if len(row) < len(names):
            remedy = "complete the row; its missing cells count as empty"
            notes.append(("row with fewer cells than the header", f"{name}: line {line}", remedy))
    return pd.DataFrame([(row + [""] * len(names))[: len(names)] for _, row in rows], columns=names)


def _read_rows(text: str, name: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """(line on which the row begins, cells) of every row that is not blank."""
    limit = csv.field_size_limit(sys.maxsize)  # an article may be a cell of many megabytes
    rows, line = [], 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            if row:
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        fault = f"the row that begins on line {line} has a quotation mark that never closes or closes too early"
        remedy = 'expected "…" around a cell and "" for a mark inside it: mend that row'
        raise StudyError(f"{name}: {fault}; {remedy}.") from None
    finally:
        csv.field_size_limit(limit)
    return rows


def as_table(rows: Sequence, types: Mapping[str, object]) -> pd.DataFrame:
    """Rows, as tuples or dicts, as a table, of the same types when there is none; column by column, which is faster."""
    if rows and isinstance(rows[0], dict):
        columns = {name: [row.get(name) for row in rows] for name in types}
    else:
        columns = dict(zip(types, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(types, ())
    made = {}
    for name, kind in types.items():
        if kind == PACKED:
            made[name] = packed(columns[name])
        else:
            made[name] = pd.Series(columns[name], dtype=object if kind == "object" else None if columns[name] else kind)
    return pd.DataFrame(made).astype(types)


class ByArticle:
    """The rows of a table by article, as tuples of some columns or as dicts of all, each made when it is asked for."""

    def __init__(self, table: pd.DataFrame, *columns: str) -> None:
        codes, ids = pd.factorize(table["article_id"])
        bounds = np.append(np.flatnonzero(np.diff(codes, prepend=-1)), len(codes)).tolist()
        if len(bounds) == len(ids) + 1:  # the rows of an article stand together
            self._at = dict(zip(ids, itertools.starmap(slice, itertools.pairwise(bounds)), strict=True))
        else:
            self._at = table.groupby("article_id", sort=False).indices  # numbers of rows
        self._columns = {name: _cells(table[name]) for name in columns or table}
        self._make = tuple if columns else lambda row: dict(zip(self._columns, row, strict=True))

    def get(self, article_id: str, default: Sequence = ()) -> Sequence:
        """The rows of an article, in the order of the table."""
        if article_id not in self._at:
            return default
        rows = self._at[article_id]
        return [self._make(row) for row in zip(*(cells(rows) for cells in self._columns.values()), strict=True)]


def _cells(column: pd.Series) -> Callable[[slice | np.ndarray], list]:
    """What gives the cells of some rows of a column; of few different words, without a look at each in the table."""
    if column.dtype in KEPT:
        return lambda rows: unpacked(column.iloc[rows])
    if column.name == "kind":
        codes, words = pd.factorize(column)
        codes, words = codes.astype("int16"), [*words, np.nan]  # -1 is the last one, where a cell is missing
        return lambda rows: [words[code] for code in codes[rows].tolist()]
    cells = column.array
    cells = cells.to_numpy() if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf" else cells
    return lambda rows: cells[rows].tolist()


def handed_out(made: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """A copy of a table that shares nothing that can be changed, the lists in its cells included."""
    made = made.copy(deep=False)
    for name in made if isinstance(made, pd.DataFrame) else ():
        if made[name].dtype == "Int64":  # which pandas does not copy on write where its numbers are asked for
            made[name] = made[name].copy(deep=True)
        elif made[name].dtype in KEPT:
            made[name] = pd.Series(unpacked(made[name]), made.index, object)
        elif pd.api.types.is_object_dtype(made[name]):
            cells = [list(cell) if isinstance(cell, list) else cell for cell in made[name]]
            made[name] = pd.Series(cells, made.index, object)
    return made


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """A table to be written, with text that a spreadsheet would run as a formula made plain by an apostrophe."""
    made = table.rename(columns=_plain)
    for k in range(made.shape[1]):  # by number, for two columns can have one name
        column = made.iloc[:, k]
        if isinstance(column.dtype, pd.StringDtype):
            runs = column.str.startswith(FORMULA).fillna(False).astype(bool)
            if runs.any():
                made.isetitem(k, column.where(~runs, "'" + column))
        elif not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)):
            made.isetitem(k, column.map(_plain))
    return made


def unguarded(table: pd.DataFrame) -> pd.DataFrame:
    """A table that was read back, with its texts as they were before :func:`harmless` put an apostrophe before some."""
    return table.map(lambda cell: cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell)


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
