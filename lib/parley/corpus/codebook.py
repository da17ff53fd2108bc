"""What every column of every table means, said in one place: ``data/codebook.csv``. Docstrings and exports read it."""

import csv
import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from textwrap import wrap

with (files("parley") / "data" / "codebook.csv").open(encoding="utf-8") as _lines:
    ROWS = [(row["table"], row["column"], row["meaning"]) for row in csv.DictReader(_lines)]
NOTES = [(column, meaning) for table, column, meaning in ROWS if table == "all"]
WIDTH = 110


def listed(*tables: str) -> list[tuple[str, str]]:
    """The columns of tables, and their meanings, as the codebook lists them."""
    return [(column, meaning) for table in tables for name, column, meaning in ROWS if name == table]


def meanings(columns: Iterable[str], *tables: str) -> list[tuple[str, str]]:
    """Each column with its meaning; a star in the codebook stands for a group, or for any other column."""
    known = [(re.compile(re.escape(name).replace(r"\*", "(.*)"), re.DOTALL), said) for name, said in listed(*tables)]
    found = []
    for column in columns:
        match, said = next((match, said) for pattern, said in known if (match := pattern.fullmatch(column)))
        found.append((column, said.replace("*", match[match.re.groups])))
    return found


def describes(table: str) -> Callable[[Callable], Callable]:
    """Put the meanings of a table's columns where a docstring says {columns}."""

    def fill(function: Callable) -> Callable:
        doc = function.__doc__ or ""
        margin = re.search(r"^( *)\S?.*\{columns\}", doc, re.MULTILINE)[1] or " " * 8
        lines = [wrap(f"* ``{column}``: {meaning}", WIDTH, subsequent_indent="  ") for column, meaning in listed(table)]
        text = "\n".join(f"{margin}{line}" for part in lines for line in part)
        function.__doc__ = doc.replace("{columns}", f"Its columns:\n\n{text}")
        return function

    return fill
