"""Where a text quotes: double, curly, angled and single marks, and apostrophes that are none of them."""

import re
from bisect import bisect_right
from collections.abc import Sequence

# A quotation ends with its paragraph: a mark that is never closed must not swallow the article.
_DOUBLE = re.compile(
    r"“[^”\n]*+(?:”|$)|\"[^\"\n]*+(?:\"|$)|„[^“”\n]*+(?:[“”]|$)|«[^»\n]*+(?:»|$)|``(?:[^'\n]|'(?!'))*+(?:''|$)",
    re.M,
)
# An apostrophe opens nothing: a single mark must stand before a word and not behind one, its partner the
# other way round.
_SINGLE = re.compile(
    r"(?<![\w.])(?:‘(?=\S)(?:[^‘’\n]|(?<=\s)’|’(?=\w))*+’|'(?=\S)(?:[^'\n]|(?<=\s)'|'(?=\w))*+'|`(?=\w)(?:[^`'\n]|[`'](?=\w))*+[`'])(?!\w)"
)
_LETTER = re.compile(r"[^\W_]")


def quotations(text: str) -> list[tuple[int, int]]:
    """The places between double marks, marks included.

    Examples
    --------
    >>> text = 'He said “no” and "yes, and never closed it.'
    >>> [text[start:end] for start, end in quotations(text)]
    ['“no”', '"yes, and never closed it.']
    """
    return [match.span() for match in _DOUBLE.finditer(text)]


def around(quotes: Sequence[tuple[int, int]], place: int) -> tuple[int, int] | None:
    """The quotation that a place stands in, if any; `quotes` as from `quotations`."""
    k = bisect_right(quotes, (place, place)) - 1
    return quotes[k] if k >= 0 and quotes[k][0] < place < quotes[k][1] else None


def kind(
    text: str,
    content: Sequence[tuple[int, int]],
    cue: Sequence[tuple[int, int]],
    quotes: Sequence[tuple[int, int]],
) -> str:
    """Say whether a content is quoted (direct), in the reporter's words (indirect), or both (mixed).

    A quotation that the cue stands in as well does not count: there, the whole attribution is quoted from
    somebody else.

    Parameters
    ----------
    text : str
    content, cue : sequence of (int, int)
        Their parts, places in `text`.
    quotes : sequence of (int, int)
        As from `quotations`.

    Returns
    -------
    str
        direct, indirect or mixed.

    Examples
    --------
    >>> text = "“We won’t sail,” Lund said. She called Berg’s offer ‘honest’."
    >>> [kind(text, [part], [], quotations(text)) for part in ((0, 16), (39, 60), (39, 51))]
    ['direct', 'mixed', 'indirect']
    """
    inside = outside = False
    for start, end in content:
        marked = []
        k = max(0, bisect_right(quotes, (start, start)) - 1)
        while k < len(quotes) and quotes[k][0] < end:
            if quotes[k][1] > start and not any(quotes[k][0] <= at < quotes[k][1] for at, _ in cue):
                marked.append(quotes[k])
            k += 1
        marked += [match.span() for match in _SINGLE.finditer(text, max(0, start - 1), min(len(text), end + 1))]
        at = start
        for a, b in sorted(marked):
            outside |= a > at and _LETTER.search(text, at, min(a, end)) is not None
            inside |= _LETTER.search(text, max(a, start), min(b, end)) is not None
            at = max(at, b)
        outside |= at < end and _LETTER.search(text, at, end) is not None
    return "mixed" if inside and outside else "direct" if inside else "indirect"
