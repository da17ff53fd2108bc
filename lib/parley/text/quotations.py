"""Where a text quotes: double, curly, angled and single marks, and apostrophes that are none of them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

Spans = Sequence[tuple[int, int]]

# A pair of one kind, else of two that somebody mixed up. What is never closed goes to the end of its paragraph, after
# a mark that may also close only if the next paragraph opens with one too: it must not swallow the article. How far a
# partner is looked for has an end, so that work grows with the text.
_OPENING = r"(?:[“„«\"]|``(?!`)|'')"
_DOUBLE = re.compile(
    r"“(?!““)[^”\n]{0,4000}+”|\"[^\"\n]{0,4000}+\"|„[^“”\n]{0,4000}+[“”]|«[^»\n]{0,4000}+»|"
    r"(?:``(?!`)|'')(?:[^'\n]{1,200}+|'(?!')){0,40}+''|"
    rf"{_OPENING}[^“”\"»\n]{{0,4000}}+(?:[”\"»]|“(?!\w))|"
    rf"[“„«][^\n]*+|{_OPENING}[^“”\"»\n]{{0,4000}}+(?=\n\s*{_OPENING})"
)
_MARK = re.compile("[“„«\"`‘']")
# An apostrophe opens nothing: a single mark must stand before a word and not behind one, its partner the
# other way round.
_SINGLE = re.compile(
    r"(?<![\w.])(?:‘(?=\S)(?:[^‘’\n]|(?<=\s)’|’(?=\w)){0,1000}+’|'(?=\S)(?:[^'\n]|(?<=\s)'|'(?=\w)){0,1000}+'|"
    r"`(?=\w)(?:[^`'\n]|[`'](?=\w)){0,1000}+[`'])(?!\w)"
)
_SINGLE_MARK = re.compile("[‘'`]")
_LINE = re.compile(r"\S[^\n]*")
_WORDED = re.compile(r"\w")
_OPENS = re.compile(r'(?<![^\s(\[—–-])"(?=\S)')
_CLOSES = re.compile(r'(?<=\S)"(?![^\s.,;:?!)\]—–-])')
_LEAST_CARRIED = 60  # characters; less is a name below a quotation that stands by itself
_LETTER = re.compile(r"[^\W_]")


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """The places between double marks, marks included."""
    found, at = [], 0
    for start, end, again, stop in _carried_on(text) if "\n" in text and '"' in text else ():
        found += [*_tried(_DOUBLE, text, at, start), (start, end), (again, stop)]
        at = stop
    return [*found, *_tried(_DOUBLE, text, at, len(text))]


def _tried(pattern: re.Pattern, text: str, at: int, stop: int) -> Iterator[tuple[int, int]]:
    """What a pattern finds in a stretch of text, tried only where a mark stands that may open a quotation."""
    while mark := _MARK.search(text, at, stop):
        match = pattern.match(text, mark.start(), stop)
        at = match.end() if match else mark.start() + 1
        if match:
            yield match.span()


def _carried_on(text: str) -> list[tuple[int, int, int, int]]:
    """Quotations between straight marks that go on in the next paragraph without one: both parts of each."""
    found, opened = [], None
    for line in _LINE.finditer(text):
        number = text.count('"', *line.span())
        if number and opened:
            first = text.index('"', line.start())
            goes_on = first - line.start() > _LEAST_CARRIED and _WORDED.match(text, line.start())
            if goes_on and _CLOSES.match(text, first):
                found.append((*opened, line.start(), first + 1))
                number -= 1
        last = text.rindex('"', *line.span()) if number % 2 else 0
        opened = (last, line.end()) if number % 2 and _OPENS.match(text, last) else None
    return found


def single_quotations(text: str, double: Spans) -> list[tuple[int, int]]:
    """The places between single marks, marks included, that do not begin inside the double ones."""
    return [span for span in _tried(_SINGLE, text, 0, len(text)) if not around(double, span[0])]


def around(quotes: Spans, place: int) -> tuple[int, int] | None:
    """The quotation that a place stands in, if any; `quotes` as from `quotation_spans`."""
    k = bisect_right(quotes, (place, place)) - 1
    return quotes[k] if k >= 0 and quotes[k][0] < place < quotes[k][1] else None


def kind(text: str, content: Spans, cue: Spans, quotes: Spans) -> str:
    """Whether a content is quoted (direct), in the reporter's words (indirect), or both (mixed)."""
    inside = outside = False
    for start, end in content:
        # A quotation that holds the cue as well does not count: there, all of it is quoted from somebody else.
        first = max(0, bisect_right(quotes, (start, start)) - 1)
        marked = [
            (a, b)
            for a, b in quotes[first : bisect_right(quotes, (end, 0))]
            if b > start and not any(a <= at < b for at, _ in cue)
        ]
        left, right = max(0, start - 1), min(len(text), end + 1)
        if _SINGLE_MARK.search(text, left, right):
            marked += [match.span() for match in _SINGLE.finditer(text, left, right)]
        at = start
        for a, b in sorted(marked):
            outside |= a > at and _LETTER.search(text, at, min(a, end)) is not None
            inside |= _LETTER.search(text, max(a, start), min(b, end)) is not None
            at = max(at, b)
        outside |= at < end and _LETTER.search(text, at, end) is not None
    return "mixed" if inside and outside else "direct" if inside else "indirect"
