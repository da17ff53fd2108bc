"""Nexis and Lexis: exports in which "2 of 74 DOCUMENTS" stands above each article, or "End of Document" below it."""

import re
from itertools import takewhile

from parley.corpus.dates import read_printed
from parley.corpus.records import BEGIN, BLANK, END, Article, as_article, dated_fields, lines_of

NUMBERED = re.compile(rf"(?i){BEGIN}(?=[\d of]*document)(?:document )?(\d+ of (\d{{1,6}}))(?: documents?)?{END}")
ENDED = re.compile(rf"(?i){BEGIN}end of document{END}")
LENGTH = re.compile(rf"(?i){BEGIN}length:{BLANK}*[\d,.]+ [^\W\d]+")
LOADED = re.compile(rf"(?i){BEGIN}load-date:")
BODY = re.compile(rf"{BEGIN}Body{END}")
SIGN = re.compile(rf"(?i){LENGTH.pattern[4:]}|{LOADED.pattern[4:]}|{BODY.pattern}")
# Fields printed beside an article, in capitals or not.
ABOVE = re.compile(r"(?i)(byline|section|length|highlight|dateline|series|headline|edition):|body:?$")
LABEL = re.compile(r"(?i)(byline|section|dateline|headline|edition|language|load-date):\s*(.*)")
NEXT = re.compile(r"(?i)[a-z]+(?:[ -][a-z]+)?:|body$")
MOST_FIELDS = 30  # lines from the first field above a text to the last
WRAPPED = ("byline", "section", "headline")  # fields that may fill more than one line
APART = re.compile(
    r"(?i)copyright\b|©|\(c\)|all rights reserved|(?:correction|clarification)s? appended|\d+ of \d+ documents?$"
    r"|page \d+ of \d+|these materials\b|(?:show|transcript):"
)
OURS = {"byline": "credit", "dateline": "place"}
LONGEST_HEAD, SHORT_HEAD = 12, 4  # lines of a head with and without a field below it
EDITION = re.compile(r"(?i)\b(?:edition|final)\b")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_old(text: str, number: int, covered: bool) -> Article | None:
    """Nexis until 2018: outlet, date with edition, headline, fields, text, fields, copyright."""
    if not NUMBERED.sub("", text).strip():  # a file that was cut off
        return None
    lines = lines_of(text)
    fields, blocks = _labelled(lines), _blocks(_head(lines))
    places = [(i, at) for i, block in enumerate(blocks) for at, line in enumerate(block) if read_printed(line)]
    places = places or ([(1, 0)] if len(blocks) > 2 and _like_date(blocks[1][0]) else [])
    if places:
        (i, at), block = places[0], blocks[places[0][0]]
        outlet, edition, below = block[:at] or (blocks[i - 1] if i else []), block[at + 1 :], blocks[i + 1 :]
        if not below and edition:  # no blank line parts the headline from the date
            edition, below = edition[:-1], [edition[-1:]]
        fields |= dated_fields(block[at], edition)
    else:
        outlet, below = blocks[0] if blocks else [], blocks[1:]
    fields = {"outlet": " ".join(outlet), "headline": " ".join(below[0]) if below else "", **fields}
    numbered = NUMBERED.search(text)
    return as_article(text, fields, numbered[1] if numbered else "")


def read_new(text: str, number: int, covered: bool) -> Article | None:
    """Nexis and Lexis since: headline, outlet, date with edition, copyright, fields, "Body", text, fields."""
    lines = lines_of(text)
    fields, head = _labelled(lines), _head(lines)
    if covered:
        text, head = _without_cover(text, head)
    head = [line for _, line in head]
    at = next((i for i in reversed(range(len(head))) if read_printed(head[i])), None)
    if at is None:  # none, or in words not known here
        at = len(head) - 1 if len(head) > 2 and _like_date(head[-1]) else len(head)
    if at < len(head):
        fields |= dated_fields(head[at], filter(EDITION.search, head[at + 1 :]))
    # Some sources are printed in the order of old.
    outlet, headline = (head[0], head[2:3]) if at == 1 and len(head) > 2 else ("".join(head[:at][-1:]), head[: at - 1])
    name, _, edition = outlet.partition(" - ")
    if EDITION.search(edition):
        outlet, fields["edition"] = name, edition
    return as_article(
        text, {"outlet": outlet, "headline": " ".join(dict.fromkeys(headline)), **fields}, str(number + 1)
    )


def _without_cover(text: str, head: list[tuple[int, str]]) -> tuple[str, list[tuple[int, str]]]:
    """The first article without what stands above its headline: that is the block of its date, or the one above."""
    last = next((n for n in reversed(range(len(head))) if read_printed(head[n][1])), len(head) - 1)
    first = last
    while first > 0 and (head[first - 1][0] == head[first][0] - 1 or last - first < 2):
        first -= 1
    above = text.splitlines(keepends=True)[: head[first][0]] if head else []
    return text[sum(map(len, above)) :], head[max(first, 0) :]


def _like_date(line: str) -> bool:
    """Whether a line may be a date that cannot be read: "March 2008"."""
    return bool(YEAR.search(line)) and len(line.split()) < 9


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


def _labelled(lines: list[str]) -> dict[str, str]:
    """The fields of Nexis and Lexis: those above the text in their first printing, those below it in their last."""
    fields: dict[str, str] = {}
    first = next((i for i, line in enumerate(lines) if ABOVE.match(line)), 0)
    body = next((i for i, line in enumerate(lines) if i >= first and re.fullmatch("(?i)body:?", line)), len(lines))
    for i, line in enumerate(lines):
        if not (found := LABEL.match(line)):
            continue
        label, value = found[1].lower(), found[2]
        if label in ("language", "load-date"):
            fields[label] = value
        elif label not in fields and i < min(first + MOST_FIELDS, body):
            wrapped = takewhile(lambda more: more and not NEXT.match(more), lines[i + 1 : i + 4])
            fields[label] = " ".join([value, *wrapped]) if label in WRAPPED else value
    if loaded := read_printed(fields.pop("load-date", "")):
        fields |= {"date": loaded.day.isoformat(), "date_basis": "inferred from text"}
    return {OURS.get(label, label): value for label, value in fields.items()}
