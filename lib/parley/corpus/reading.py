"""Files to text and tables, byte for byte: encodings, tabular formats, and what was assumed about them."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from parley.corpus.settings import StudyError

TABLES = (".csv", ".tsv", ".jsonl", ".parquet")
# Byte order marks; the UTF-8 one stays in a text, as a blank character, so that offsets hold for any other
# reader.
MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
TYPOGRAPHY = "“”‘’–—…"

Notes = list[tuple[str, str, str]]  # problem, place, remedy


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str | None]:
    """Bytes as text, without newline translation.

    Parameters
    ----------
    data
        The file's bytes.
    name
        The file's name, for errors.
    encoding
        The declared encoding; without one, UTF-8 or what a byte order mark says is read as such, and anything
        else as the legacy encoding that fits best, see :func:`guess_encoding`.

    Returns
    -------
    text : str
    assumed : str or None
        The encoding that had to be assumed; None where it was declared or is UTF-8.

    Raises
    ------
    StudyError
        The bytes do not fit the declared encoding, or there is no such encoding.

    Examples
    --------
    >>> decode("Café".encode(), "a.txt")
    ('Café', None)
    >>> decode("Café “bar”, he said".encode("cp1252"), "a.txt")
    ('Café “bar”, he said', 'cp1252')
    """
    if encoding:
        try:
            return data.decode(encoding), None
        except UnicodeError as error:
            at = getattr(error, "start", 0)
            raise StudyError(
                f"{name}: byte {at} (0x{data[at]:02x}) does not fit the declared encoding {encoding!r}; "
                "declare the "
                "right one under [articles] encoding, or convert the file to UTF-8."
            ) from None
        except LookupError:
            raise StudyError(
                f"[articles] encoding: there is no text encoding {encoding!r}; expected a name such as "
                "'utf-8' or 'cp1252'."
            ) from None
    for mark, marked in MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(marked), marked
            except UnicodeDecodeError as error:
                raise StudyError(
                    f"{name}: byte {error.start}: the file begins as {marked} and does not go on so; "
                    "convert it to UTF-8."
                ) from None
    guess = guess_encoding(data)
    return data.decode(guess), None if guess == "utf-8" else guess


def guess_encoding(data: bytes) -> str:
    """The encoding that bytes without a byte order mark seem to have.

    UTF-8 where it fits, since hardly any other text does by chance. A zero in about every other byte is
    UTF-16. Else Windows-1252 or Mac Roman, whichever turns more bytes into quotation marks and dashes;
    statistical detectors take English with a few accented names for anything. Latin-1, in which every byte is
    a character, where neither fits.

    Examples
    --------
    >>> [guess_encoding("“Café”".encode(name)) for name in ("utf-8", "cp1252", "mac_roman", "utf-16-le")]
    ['utf-8', 'cp1252', 'mac_roman', 'utf-16-le']
    >>> guess_encoding(b"Caf\\xe9 \\x81")
    'latin_1'
    """
    zeros = [data[::2].count(0), data[1::2].count(0)]
    if len(data) % 2 == 0 and max(zeros) > 0.2 * len(data) and min(zeros) < 0.02 * len(data):
        guess = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        if _fits(data, guess):
            return guess
    if _fits(data, "utf-8"):
        return "utf-8"
    if not _fits(data, "cp1252"):
        return "latin_1"
    marks = {name: sum(data.count(mark.encode(name)) for mark in TYPOGRAPHY) for name in ("cp1252", "mac_roman")}
    return max(marks, key=marks.__getitem__)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def read_bytes(path: Path, name: str) -> bytes:
    """A file's bytes, or a :class:`StudyError` that calls it `name` and says why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise StudyError(
            f"{name}: there is no such file; correct the name in study.toml (it is relative to study.toml)."
        ) from None
    except IsADirectoryError:
        raise StudyError(f"{name}: expected a file, this is a folder; name the file in it.") from None
    except OSError as error:
        raise StudyError(f"{name}: cannot be read ({error.strerror}); check its name and rights.") from None


def read_table(
    path: Path, encoding: str | None = None, *, name: str | None = None, may_be_empty: bool = False
) -> tuple[pd.DataFrame, Notes]:
    """A .csv, .tsv, .jsonl or .parquet file as a table, and what was assumed about it.

    Parameters
    ----------
    path
        The file; its extension says what it is.
    encoding
        As for :func:`decode`; Parquet has its own.
    name
        What messages call the file; its last part unless given.
    may_be_empty
        Whether a header without a row below it will do.

    Returns
    -------
    table : DataFrame
        CSV and TSV cells are text as it stands in the file; those missing at the end of a row are empty.
    notes : list of (problem, place, remedy)

    Raises
    ------
    StudyError
        The file is missing, of another kind, empty or malformed; the message names the line.
    """
    name = name or path.name
    kind = path.suffix.lower()
    if kind not in TABLES:
        raise StudyError(f"{name}: expected a table in {', '.join(TABLES)}; export it as one of these.")
    data = read_bytes(path, name)
    if kind == ".parquet":
        try:
            table, notes = pd.read_parquet(io.BytesIO(data)), []
        except Exception as error:  # pyarrow raises many kinds for a damaged file
            detail = next(iter(str(error).splitlines()), type(error).__name__).rstrip(".")
            raise StudyError(f"{name}: expected a Parquet file ({detail}); export it again.") from None
    else:
        text, assumed = decode(data, name, encoding)
        remedy = "declare it under [articles] encoding, or save the table as UTF-8"
        notes = [(f"encoding not declared, read as {assumed}", name, remedy)] if assumed else []
        text = text.removeprefix("\ufeff")
        table = _parse_lines(text, name) if kind == ".jsonl" else _parse_delimited(text, name, kind, notes)
    if not len(table) and not may_be_empty:
        raise StudyError(f"{name}: expected at least one row below the header, there is none; export it again.")
    return table, notes


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
            raise StudyError(
                f"{name}: line {number}{place}: expected one JSON object a line ({why}); mend it."
            ) from None
        if not isinstance(row, dict):
            found = type(row).__name__
            raise StudyError(
                f"{name}: line {number}: expected a JSON object, {{…}}, got a {found}; write one object a line."
            )
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)


def _delimiter(text: str, kind: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    if kind == ".csv" and "," not in first and ";" in first:
        return ";"
    return "\t" if kind == ".tsv" else ","


def _parse_delimited(text: str, name: str, kind: str, notes: Notes) -> pd.DataFrame:
    delimiter = _delimiter(text, kind)
    if delimiter == ";":
        notes.append(("cells parted by semicolons, read as such", name, "export it with commas to be sure"))
    rows = _read_rows(text, name, delimiter)
    _, header = next(rows, (0, []))
    if not header:
        raise StudyError(f"{name}: expected a header row and at least one more, the file is empty; export it again.")
    names = [cell.strip() for cell in header]
    for position, column in enumerate(names):
        if not column:
            names[position] = f"column_{position + 1}"
            notes.append(("column without a name", f"{name}: {names[position]}", "name it in the header"))
        elif column in names[:position]:
            raise StudyError(f"{name}: two columns are named {column!r}; expected each name once: rename one of them.")
    cells = []
    for line, row in rows:
        if len(row) > len(names) and any(row[len(names) :]):
            raise StudyError(
                f"{name}: line {line}: expected {len(names)} cells as in the header, got {len(row)}; put "
                "quotation marks "
                "around cells that hold the delimiter."
            )
        if len(row) < len(names):
            remedy = "complete the row; its missing cells count as empty"
            notes.append(("row with fewer cells than the header", f"{name}: line {line}", remedy))
        cells.append((row + [""] * len(names))[: len(names)])
    return pd.DataFrame(cells, columns=names)


def _read_rows(text: str, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which the row begins, cells) of every row that is not blank."""
    before = csv.field_size_limit(sys.maxsize)  # an article may be a cell of many megabytes
    line = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise StudyError(
            f"{name}: the row that begins on line {line} has a quotation mark that never closes or closes "
            "too early; "
            'expected "…" around a cell and "" for a mark inside it: mend that row.'
        ) from None
    finally:
        csv.field_size_limit(before)
