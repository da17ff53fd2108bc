"""Factiva: exports in which "Document GAZET00020171113…" stands below each article, with letters before the fields or not."""

import re
from collections.abc import Iterator

from parley.corpus.dates import read_printed
from parley.corpus.records import (
    BEGIN,
    BLANK,
    COPYRIGHT,
    COUNTED,
    DOCUMENT,
    END,
    LINE_END,
    Article,
    as_article,
    dated_fields,
    lines_of,
)

ACCESSION = re.compile(rf"{BEGIN}(?:AN{BLANK}+)?{DOCUMENT} ([A-Z][A-Z0-9]{{2,11}}\d{{8}}\w{{4,14}}){END}")
WORDS = re.compile(rf"[\d,.]+ {COUNTED}$")
CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?(?: ?([AP])M)?$", re.I)
COVER = re.compile(r"(?i)(?:dow jones(?: factiva)?|factiva|search summary|page \d+ of \d+.*)$")
NAME = re.compile(r"[A-Z][\w.'’-]*[,;]?|and|in|de|van|von|der|[,;&]")
MOST_NAMES = 12  # words in a line of authors
BY = ("By", "BY", "From", "FROM")
# Fields, by the letters that stand before them; a line of another field ends one.
CODES = {"HD": "headline", "BY": "credit", "PD": "date", "ET": "time", "SN": "outlet", "SE": "section", "ED": "edition"}
CODES |= {"LA": "language"}
TEXTS = ("LP", "TD")
FIELD = re.compile(
    rf"(AN|ART|BY|CLM|CO|CR|CY|DLN|ED|ET|HD|IN|IPC|IPD|LA|LP|NS|PD|PG|PUB|RE|RF|SC|SE|SN|TD|VOL|WC)(?:{BLANK}+(.*))?$"
)
SECTION_ABOVE = rf"SE(?:{BLANK}[^{LINE_END}]*)?[{LINE_END}]+(?:[^{LINE_END}]+[{LINE_END}]+){{0,3}}?"  # and a column
HEADED = re.compile(rf"{BEGIN}(?:{SECTION_ABOVE})?HD(?:{BLANK}|{END})")
SIGN = re.compile(rf"{BEGIN}(?:WC{BLANK}+)?[\d,.]+ {COUNTED}{END}|{HEADED.pattern}")


def cut_fields(text: str) -> Iterator[str]:
    """The parts that begin with Factiva's field HD and have a date and a source as fields as well."""
    starts = [mark.start() for mark in HEADED.finditer(text)]
    spans = zip(starts, [*starts[1:], len(text)], strict=False)
    # Where a line of the text begins with these letters, no article does.
    starts = [start for start, end in spans if {"PD", "SN"} <= _codes(text[start:end]).keys()]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        yield text[start:end]


def read(text: str, number: int, covered: bool) -> Article | None:
    """Factiva: section, headline, author, length, date, outlet, code, page, language, copyright, text, number."""
    if {"HD", "PD"} <= _codes(text).keys():
        return read_fields(text, number, covered)
    lines = [line for line in lines_of(text) if line and not COVER.match(line)]
    counted = next((i for i, line in enumerate(lines[:20]) if WORDS.fullmatch(line)), None)
    accession = ACCESSION.search(text)
    if counted is None:
        headline = lines[0] if lines else ""
        return as_article(text, {"headline": headline}, accession[1] if accession else "")
    above, below = lines[:counted][-4:], lines[counted + 1 : counted + 12]
    fields = _above_length(above)
    dated = next((i for i, line in enumerate(below[:3]) if read_printed(line)), None)
    if dated is not None:
        fields |= dated_fields(below[dated])
        below = below[dated + 1 :]
        if below and (clock := CLOCK.fullmatch(below[0])):
            fields["time"] = _clock(clock)
            below = below[1:]
    fields["outlet"] = below[0] if below else ""
    rights = next((i for i, line in enumerate(below) if COPYRIGHT.search(line)), 0)
    if rights > 1 and below[rights - 1].isalpha():
        fields["language"] = below[rights - 1]
    between = below[1 : max(rights - 1, 1)]
    if between and re.fullmatch(r"(?=\d*[A-Z])[A-Z0-9]{2,10}", between[0]):  # the code of the source
        between = between[1:]
    if len(between) > 1:
        fields["edition"] = between[0]
    if covered and above:
        text = text[max(text.find(above[0]), 0) :]
    return as_article(text, fields, accession[1] if accession else "")


def _above_length(above: list[str]) -> dict[str, str]:
    """Section, headline and author, of which Factiva prints one, two or all three above the length."""
    named = above[-1].split() if above else []
    signed = len(named) > 1 and named[0] in BY and named[1][0].isupper()
    names = len(above) > 1 and len(named) <= MOST_NAMES and (signed or all(map(NAME.fullmatch, named)))
    # In the place of a headline, a few words in capitals may be one: then a section stands above.
    if names and (signed or len(above) > 2 or len(above[0].split()) > max(3, len(named))):
        *above, author = above
    else:
        author = ""
    section = above[0] if len(above) > 1 else ""
    return {"section": section, "headline": above[-1] if above else "", "credit": author}


def _clock(found: re.Match) -> str:
    hour = int(found[1]) % 12 + 12 * (found[3] in ("P", "p")) if found[3] else int(found[1])
    return f"{hour:02}:{found[2]}"


def _codes(text: str) -> dict[str, str]:
    """The two-letter fields of a record of Factiva."""
    found: dict[str, list[str]] = {}
    code = None
    for line in text.splitlines():
        field = FIELD.match(line.strip(" \t\xa0"))
        if field and (
            code not in TEXTS or field[1] in (*TEXTS, "AN")
        ):  # a line of the text may begin with such letters
            code = field[1]
            found.setdefault(code, []).append(field[2] or "")
        elif code:
            found[code].append(line)
    return {code: " ".join(" ".join(lines).replace("|", " ").split()) for code, lines in found.items()}


def read_fields(text: str, number: int, covered: bool) -> Article | None:
    """Factiva with fields: HD headline, BY author, PD date, SN source, LP lead, TD text, AN number and so on."""
    given = _codes(text)
    fields = {ours: given.get(code, "") for code, ours in CODES.items()}
    fields |= dated_fields(fields["date"]) if fields["date"] else {}
    clock = CLOCK.fullmatch(given.get("ET", ""))
    fields["time"] = _clock(clock) if clock else fields["time"]
    if covered:
        text = text[HEADED.search(text).start() :]
    accession = ACCESSION.search(text)
    return as_article(text, fields, accession[1] if accession else "")
