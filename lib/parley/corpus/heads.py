"""What texts say of themselves in lines at their head: "title: …", "date: …", with or without --- around them.

Where such a head returns, one file holds several articles.
"""

import re
from itertools import pairwise

from parley.corpus.columns import USUAL
from parley.corpus.dates import read_day, read_printed
from parley.corpus.fields import front_matter_end
from parley.corpus.records import Article
from parley.text.visible import BLANK

NAMED = re.compile(r"([A-Za-z][\w -]{0,30}?) ?[:=][ \t]*(.*)")
OURS = {theirs: ours for ours in ("outlet", "date", "headline", "credit", "url") for theirs in USUAL[ours].split()}
OURS |= {"by": "credit", "place": "place", "language": "language", "lang": "language", "section": "section"}
RULE = re.compile(r"[-=*_#~+]{3,}")
LONGEST_HEADLINE = 20  # words


def read_head(text: str) -> dict[str, str]:
    """The fields that a text names in its first lines, between two lines --- or bare; none if it names none.

    Examples
    --------
    >>> read_head('---\\ntitle: "Ferry: sails"\\ndate: 2024-03-01\\n---\\nIt sailed.')
    {'headline': 'Ferry: sails', 'date': '2024-03-01', 'date_printed': '2024-03-01', 'date_basis': 'stated'}
    """
    if front := front_matter_end(text):
        return _fields(text[:front].strip(BLANK).splitlines()[1:-1])
    lines = [line.strip() for line in text[:5000].strip("\ufeff \r\n").splitlines()]
    heads = _heads(lines)
    return _fields(lines[: heads[0][1]]) if heads and heads[0][0] == 0 else {}


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    ours = None
    for line in lines:
        if named := NAMED.fullmatch(line.strip()) if not line.startswith(("  -", "- ")) else None:
            ours = OURS.get(named[1].strip().lower().replace(" ", "_").replace("-", "_"))
            given = re.split(r",\s*", named[2].strip()[1:-1]) if named[2].strip().startswith("[") else [named[2]]
            if ours and ours not in fields:
                fields[ours] = given
            else:
                ours = None
        elif ours and line.strip().startswith("-"):
            fields[ours].append(line.strip()[1:])
    found = {
        ours: "; ".join(filter(None, (value.strip(" \t\"'") for value in given))) for ours, given in fields.items()
    }
    if re.match(r"https?://", found.get("outlet", "")):
        found.setdefault("url", found.pop("outlet"))
    return dated({name: value for name, value in found.items() if value})


def dated(fields: dict[str, str]) -> dict[str, str]:
    """Fields with the date as read beside the date as printed; without a date that can be read, only as printed."""
    if "date" not in fields:
        return fields
    printed, others = fields["date"], {name: value for name, value in fields.items() if name != "date"}
    try:
        return others | {"date": read_day(printed).isoformat(), "date_printed": printed, "date_basis": "stated"}
    except ValueError:
        return others | {"date_printed": printed}


def records_in(text: str) -> list[Article]:
    """The articles of a text in which the same head returns, or lines such as ===== between dated articles.

    Examples
    --------
    >>> found = records_in("Title: A\\nDate: 2024-03-01\\n\\nOne.\\n\\nTitle: B\\nDate: 2024-03-02\\n\\nTwo.")
    >>> [article.fields["headline"] for article in found]
    ['A', 'B']
    """
    lines, starts = text.splitlines(keepends=True), [0]
    for each in lines:
        starts.append(starts[-1] + len(each))
    lines = [each.strip() for each in lines]
    heads = _heads(lines)
    if len(heads) > 1 and not any(line and not RULE.fullmatch(line) for line in lines[: heads[0][0]]):
        bounds = [0, *(starts[first] for first, _ in heads[1:]), len(text)]
        fields = [_fields(lines[first:last]) for first, last in heads]
    else:
        rules = [i for i, line in enumerate(lines) if RULE.fullmatch(line)]
        bounds = sorted({0, *(starts[i + 1] for i in rules), len(text)})
        parts = [text[a:b] for a, b in pairwise(bounds)]
        bounds = [0, *(b for part, b in zip(parts, bounds[1:], strict=True) if part.strip(" \t\r\n-=*_#~+"))]
        parts = [text[a:b] for a, b in pairwise(bounds)]
        fields = [_dated_head(part) for part in parts]
        if len(parts) < 2 or not all("date" in each for each in fields):
            return []
    parts = [text[a:b].strip("\r\n") for a, b in pairwise(bounds)]
    return [Article(part, each) for part, each in zip(parts, fields, strict=True)]


def _heads(lines: list[str]) -> list[tuple[int, int]]:
    """The first line and the end of each run of lines that name a headline and something else."""
    found, first = [], None
    for i, line in enumerate([*lines, ""]):
        named = NAMED.fullmatch(line)
        if named and named[1].lower() in OURS and named[2]:
            first = i if first is None else first
        elif first is not None:
            names = {OURS[NAMED.fullmatch(each)[1].lower()] for each in lines[first:i]}
            if "headline" in names and len(names) > 1:
                found.append((first, i))
            first = None
    return found


def _dated_head(part: str) -> dict[str, str]:
    """The headline and the date of a part, if a line among its first six is a date."""
    head = [line.strip() for line in part.splitlines() if line.strip() and not RULE.fullmatch(line.strip())][:6]
    for line in head:
        if len(line) < 80 and (printed := read_printed(line)):
            fields = {"date": printed.day.isoformat(), "date_printed": line, "date_basis": "stated"}
            first = next((other for other in head if other != line), "")
            return fields | ({"headline": first} if len(first.split()) <= LONGEST_HEADLINE else {})
    return {}
