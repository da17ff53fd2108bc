"""An article as it was received: its text and what is said of it. And the lines that databases print around articles."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from parley.corpus.dates import read_printed

LINE_END = r"\r\n\x0b\x0c\x85\u2028\u2029"
BEGIN, END, BLANK = rf"(?<![^{LINE_END}])[ \t\xa0]*", rf"[ \t\xa0|]*(?![^{LINE_END}])", r"[ \t\xa0|]"
# Factiva speaks the language of its reader.
COUNTED, DOCUMENT = "(?:words?|mots?|Wörter|palabras|parole|palavras)", "Do[ck]umento?"
COPYRIGHT = re.compile(r"(?i)copyright\b|©|\(c\)")


class Article(NamedTuple):
    """One article: its text as it was received, and what is said of it by the names of our columns."""

    text: str
    fields: dict[str, str]


def lines_of(text: str) -> list[str]:
    """The lines of a text, the blanks in each as one."""
    return [" ".join(line.split()) for line in text.replace("\ufeff", " ").splitlines()]


def dated_fields(line: str, more: Iterable[str] = ()) -> dict[str, str]:
    """The fields that a line with a date gives, and the edition that stands behind it and in the lines below."""
    if not (printed := read_printed(line)):
        return {"date_printed": line}
    found = {"date": printed.day.isoformat(), "time": printed.time or "", "date_basis": "stated", "date_printed": line}
    edition = " ".join([printed.rest, *more]).strip(" ;")
    return found | ({"edition": edition} if edition else {})


def as_article(text: str, fields: dict[str, str], export_id: str) -> Article | None:
    """An article without the blank lines around it and without empty fields."""
    lines = text.strip("\r\n\f\x0b")
    outlet = re.sub(r"(?<=\w)\(", " (", fields.get("outlet", "")).rstrip(" .;")
    fields = {name: value.strip(" ;") for name, value in (fields | {"outlet": outlet, "export_id": export_id}).items()}
    return Article(lines, {name: value for name, value in fields.items() if value}) if lines.strip() else None
