"""What Nexis, Lexis and Factiva export, many articles in one text, to one text an article and what each says of itself.

Every rule looks for a line that the database prints around each article ("2 of 74 DOCUMENTS", "End of Document",
"Document GAZET00020171113…") and for fields that it prints beside it; a text that has not both is no export.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from parley.corpus.dates import read_printed

LINE_END = r"\r\n\x0b\x0c\x85\u2028\u2029"
BEGIN, END, BLANK = rf"(?<![^{LINE_END}])[ \t\xa0]*", rf"[ \t\xa0|]*(?![^{LINE_END}])", r"[ \t\xa0|]"
NUMBERED = re.compile(rf"(?i){BEGIN}(\d+ of \d+) documents?{END}")
ENDED = re.compile(rf"(?i){BEGIN}end of document{END}")
# Factiva speaks the language of its reader.
COUNTED = "(?:words?|mots?|Wörter|palabras|parole|palavras)"
ACCESSION = re.compile(rf"{BEGIN}(?:AN{BLANK}+)?Do[ck]umento? ([A-Z][A-Z0-9]{{2,11}}\d{{8}}\w{{4,14}}){END}")
DECLARED = re.compile(rf"(?i){BEGIN}\d+ of (\d{{1,6}}) documents?{END}|{BEGIN}documents \((\d{{1,6}})\){END}")
LENGTH = re.compile(rf"(?i){BEGIN}length:{BLANK}*[\d,.]+ words?\b")
LOADED = re.compile(rf"(?i){BEGIN}load-date:")
# Fields that Nexis and Lexis print beside an article, in capitals or not.
ABOVE = re.compile(r"(?i)(byline|section|length|highlight|dateline|series|headline|edition):|body:?$")
LABEL = re.compile(r"(?i)(byline|section|dateline|headline|edition|language|load-date):\s*(.*)")
NEXT = re.compile(r"(?i)[a-z]+(?:[ -][a-z]+)?:|body$")
MOST_FIELDS = 30  # lines from the first field above a text to the last
WRAPPED = ("byline", "section", "headline")  # fields that may fill more than one line
APART = re.compile(
    r"(?i)copyright\b|©|\(c\)|all rights reserved|(?:correction|clarification)s? appended|\d+ of \d+ documents?$"
    r"|page \d+ of \d+|(?:show|transcript):"
)
COPYRIGHT = re.compile(r"(?i)copyright\b|©|\(c\)")
OURS = {"byline": "credit", "dateline": "place"}
LONGEST_HEAD, SHORT_HEAD = 12, 4  # lines of a head with and without a field below it
MOST_NAMES = 8  # words in a line of authors
BY = ("By", "BY", "From", "FROM")
# Fields of Factiva, by the letters that stand before them; a line of another field ends one.
CODES = {"HD": "headline", "BY": "credit", "PD": "date", "ET": "time", "SN": "outlet", "SE": "section", "ED": "edition"}
CODES |= {"LA": "language"}
TEXTS = ("LP", "TD")
FIELD = re.compile(
    rf"(AN|ART|BY|CLM|CO|CR|CY|DLN|ED|ET|HD|IN|IPC|IPD|LA|LP|NS|PD|PG|PUB|RE|RF|SC|SE|SN|TD|VOL|WC)(?:{BLANK}+(.*))?$"
)
SECTION_ABOVE = rf"SE(?:{BLANK}[^{LINE_END}]*)?[{LINE_END}]+(?:[^{LINE_END}]+[{LINE_END}]+){{0,3}}?"  # and a column
HEADED = re.compile(rf"{BEGIN}(?:{SECTION_ABOVE})?HD(?:{BLANK}|{END})")
WORDS = re.compile(rf"[\d,.]+ {COUNTED}$")
CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?(?: ?([AP])M)?$", re.I)
COVER = re.compile(r"(?i)(?:dow jones(?: factiva)?|factiva|search summary|page \d+ of \d+.*)$")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NAME = re.compile(r"[A-Z][\w.'’-]*[,;]?|and|de|van|von|der|[,;&]")


class Article(NamedTuple):
    """One article of an export: its text as printed, and its fields by the names of our columns."""

    text: str
    fields: dict[str, str]


def articles_in(text: str) -> list[Article]:
    """The articles of an export, as it prints them, head and tail included; none if the text is no export.

    Cover pages and summaries of the search are no articles.

    Examples
    --------
    >>> printed = "The Gazette\\n\\nJanuary 8, 2010 Friday\\n\\nFerry sails\\n\\nLENGTH: 5 words\\n\\nIt sailed."
    >>> [article] = articles_in(f"1 of 1 DOCUMENTS\\n\\n{printed}\\n\\nLOAD-DATE: January 9, 2010")
    >>> article.fields["outlet"], article.fields["headline"], article.fields["date"]
    ('The Gazette', 'Ferry sails', '2010-01-08')
    """
    for cut, read in ((_numbered, _read_old), (_ended, _read_new), (_accessed, _read_factiva), (_headed, _read_codes)):
        if found := [read(part, number) for number, part in enumerate(cut(text))]:
            return [article for article in found if article]
    return [_read_old(text, 0)] if LENGTH.search(text) and LOADED.search(text) else []


def count_articles(text: str) -> int:
    """How many articles a text seems to hold, by the lines that databases print around each."""
    return max(len(mark.findall(text)) for mark in (NUMBERED, ENDED, ACCESSION))


def count_declared(text: str) -> int:
    """How many articles an export says that it has, on its cover page or above each; 0 if it does not say."""
    return max([0, *(int(total) for found in DECLARED.findall(text) for total in found if total)])


def _numbered(text: str) -> Iterator[str]:
    """The parts that begin with "2 of 74 DOCUMENTS", if one of them has a length or a day of loading."""
    marks = list(NUMBERED.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    if marks and (LENGTH.search(text) or LOADED.search(text)):
        yield from (text[mark.start() : end] for mark, end in zip(marks, ends, strict=True))


def _ended(text: str) -> Iterator[str]:
    """The parts that end with "End of Document", and one cut off at the end of the file."""
    if ENDED.search(text) and LENGTH.search(text):
        yield from _until(ENDED, LENGTH, text)


def _accessed(text: str) -> Iterator[str]:
    """The parts that end with Factiva's number of a document."""
    counted = re.compile(rf"{BEGIN}(?:WC{BLANK}+)?[\d,.]+ {COUNTED}{END}|{HEADED.pattern}")
    if ACCESSION.search(text) and counted.search(text):
        yield from _until(ACCESSION, counted, text)


def _until(mark: re.Pattern, sign: re.Pattern, text: str) -> Iterator[str]:
    start = 0
    for found in mark.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if sign.search(text, start):
        yield text[start:]


def _headed(text: str) -> Iterator[str]:
    """The parts that begin with Factiva's field HD and have a date and a source as fields as well."""
    starts = [mark.start() for mark in HEADED.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        if {"PD", "SN"} <= _codes(text[start:end]).keys():
            yield text[start:end]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def _head(lines: list[str]) -> list[tuple[int, str]]:
    """The lines above the first field, each with its number; without blank ones, notes and the copyright."""
    kept = [(i, line) for i, line in enumerate(lines) if line and not APART.match(line)]
    first = next((i for i, line in kept if ABOVE.match(line) and i > kept[0][0]), len(lines))
    return [(i, line) for i, line in kept if i < first][-LONGEST_HEAD:] if first < len(lines) else kept[:SHORT_HEAD]


def _blocks(head: list[tuple[int, str]]) -> list[list[str]]:
    """Lines of the head that nothing parts, together."""
    blocks: list[list[str]] = []
    for before, (i, line) in zip([(-2, ""), *head], head, strict=False):
        if i > before[0] + 1:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _read_old(text: str, number: int) -> Article | None:
    """Nexis until 2018: outlet, date with edition, headline, fields, text, fields, copyright."""
    if not NUMBERED.sub("", text).strip():  # a file that was cut off
        return None
    lines = _lines(text)
    fields, blocks = _labelled(lines), _blocks(_head(lines))
    places = [(i, at) for i, block in enumerate(blocks) for at, line in enumerate(block) if read_printed(line)]
    if places:
        (i, at), block = places[0], blocks[places[0][0]]
        outlet, edition, below = block[:at] or (blocks[i - 1] if i else []), block[at + 1 :], blocks[i + 1 :]
        if not below and edition:  # no blank line parts the headline from the date
            edition, below = edition[:-1], [edition[-1:]]
        fields |= _dated(block[at], edition)
    else:
        outlet, below = blocks[0] if blocks else [], blocks[1:]
    fields = {"outlet": " ".join(outlet), "headline": " ".join(below[0]) if below else "", **fields}
    numbered = NUMBERED.search(text)
    return _article(text, fields, numbered[1] if numbered else "")


def _read_new(text: str, number: int) -> Article | None:
    """Nexis and Lexis since: headline, outlet, date with edition, copyright, fields, "Body", text, fields."""
    lines = _lines(text)
    fields, head = _labelled(lines), _head(lines)
    if number == 0:  # a cover page may stand above the first article
        text, head = _without_cover(text, head)
    head = [line for _, line in head]
    at = next((i for i in reversed(range(len(head))) if read_printed(head[i])), None)
    if at is None:  # none, or in words not known here
        foreign = len(head) > 2 and YEAR.search(head[-1]) and len(head[-1].split()) < 9
        at = len(head) - 1 if foreign else len(head)
    if at < len(head):
        fields |= _dated(head[at])
    # Some sources are printed in the order of old.
    outlet, headline = (head[0], head[2:3]) if at == 1 and len(head) > 2 else ("".join(head[:at][-1:]), head[: at - 1])
    name, _, edition = outlet.partition(" - ")
    if re.search(r"(?i)\b(?:edition|final)\b", edition):
        outlet, fields["edition"] = name, edition
    return _article(text, {"outlet": outlet, "headline": " ".join(headline), **fields}, str(number + 1))


def _without_cover(text: str, head: list[tuple[int, str]]) -> tuple[str, list[tuple[int, str]]]:
    """The first article without what stands above its headline: that is the block of its date, or the one above."""
    last = next((n for n in reversed(range(len(head))) if read_printed(head[n][1])), len(head) - 1)
    first = last
    while first > 0 and (head[first - 1][0] == head[first][0] - 1 or last - first < 2):
        first -= 1
    above = text.splitlines(keepends=True)[: head[first][0]] if head else []
    return text[sum(map(len, above)) :], head[max(first, 0) :]


def _labelled(lines: list[str]) -> dict[str, str]:
    """The fields of Nexis and Lexis: those above the text in their first printing, those below it in their last."""
    fields: dict[str, str] = {}
    first = next((i for i, line in enumerate(lines) if ABOVE.match(line)), 0)
    for i, line in enumerate(lines):
        if not (found := LABEL.match(line)):
            continue
        label, value = found[1].lower(), found[2]
        if label in ("language", "load-date"):
            fields[label] = value
        elif label not in fields and i < first + MOST_FIELDS:
            wrapped = takewhile(lambda more: more and not NEXT.match(more), lines[i + 1 : i + 4])
            fields[label] = " ".join([value, *wrapped]) if label in WRAPPED else value
    if loaded := read_printed(fields.pop("load-date", "")):
        fields |= {"date": loaded.day.isoformat(), "date_basis": "inferred from text"}
    return {OURS.get(label, label): value for label, value in fields.items()}


def _dated(line: str, more: Iterable[str] = ()) -> dict[str, str]:
    """The fields that a line with a date gives, and the edition that stands behind it and in the lines below."""
    if not (printed := read_printed(line)):
        return {"date_printed": line}
    found = {"date": printed.day.isoformat(), "time": printed.time or "", "date_basis": "stated", "date_printed": line}
    edition = " ".join([printed.rest, *more]).strip(" ;")
    return found | ({"edition": edition} if edition else {})


def _read_factiva(text: str, number: int) -> Article | None:
    """Factiva: section, headline, author, length, date, outlet, code, page, language, copyright, text, number."""
    if {"HD", "PD"} <= _codes(text).keys():
        return _read_codes(text, number)
    lines = [line for line in _lines(text) if line and not COVER.match(line)]
    counted = next((i for i, line in enumerate(lines[:20]) if WORDS.fullmatch(line)), None)
    accession = ACCESSION.search(text)
    if counted is None:
        headline = lines[0] if lines else ""
        return _article(text, {"headline": headline}, accession[1] if accession else "")
    above, below = lines[:counted][-4:], lines[counted + 1 : counted + 12]
    fields = _above_length(above)
    dated = next((i for i, line in enumerate(below[:3]) if read_printed(line)), None)
    if dated is not None:
        fields |= _dated(below[dated])
        below = below[dated + 1 :]
        if below and (clock := CLOCK.fullmatch(below[0])):
            fields["time"] = _clock(clock)
            below = below[1:]
    fields["outlet"] = below[0] if below else ""
    rights = next((i for i, line in enumerate(below) if COPYRIGHT.match(line)), 0)
    if rights > 1 and below[rights - 1].isalpha():
        fields["language"] = below[rights - 1]
    between = [line for line in below[1 : max(rights - 1, 1)] if not re.fullmatch(r"(?=\d*[A-Z])[A-Z0-9]{2,10}", line)]
    if len(between) > 1:
        fields["edition"] = between[0]
    if number == 0 and above:  # what stands above the first article of a file is no part of it
        text = text[max(text.find(above[0]), 0) :]
    return _article(text, fields, accession[1] if accession else "")


def _above_length(above: list[str]) -> dict[str, str]:
    """Section, headline and author, of which Factiva prints one, two or all three above the length."""
    named = above[-1].split() if above else []
    names = len(above) > 1 and len(named) <= MOST_NAMES and (named[0] in BY or all(map(NAME.fullmatch, named)))
    # In the place of a headline, a few words in capitals may be one: then a section stands above.
    if names and (len(above) > 2 or len(above[0].split()) > max(3, len(named))):
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


def _read_codes(text: str, number: int) -> Article | None:
    """Factiva with fields: HD headline, BY author, PD date, SN source, LP lead, TD text, AN number and so on."""
    given = _codes(text)
    fields = {ours: given.get(code, "") for code, ours in CODES.items()}
    fields |= _dated(fields["date"]) if fields["date"] else {}
    clock = CLOCK.fullmatch(given.get("ET", ""))
    fields["time"] = _clock(clock) if clock else fields["time"]
    if number == 0:
        text = text[HEADED.search(text).start() :]
    accession = ACCESSION.search(text)
    return _article(text, fields, accession[1] if accession else "")


def _article(text: str, fields: dict[str, str], export_id: str) -> Article | None:
    """An article without the blank lines around it and without empty fields."""
    lines = text.strip("\r\n\f\x0b")
    outlet = re.sub(r"(?<=\w)\(", " (", fields.get("outlet", "")).rstrip(" .;")
    fields = {name: value.strip(" ;") for name, value in (fields | {"outlet": outlet, "export_id": export_id}).items()}
    return Article(lines, {name: value for name, value in fields.items() if value}) if lines.strip() else None
