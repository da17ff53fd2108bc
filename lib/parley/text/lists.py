"""The word lists that come with the library, and lists of words in code."""

import csv
from importlib.resources import files


def word_set(text: str) -> frozenset[str]:
    """The words of a list, set apart by blanks."""
    return frozenset(text.split())


def rows(table: str) -> list[dict[str, str]]:
    """Read one of the word lists that come with the library, a dict a row."""
    with (files("parley") / "data" / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
