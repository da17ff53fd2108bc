"""Line ends of every kind, and characters that nobody sees: soft hyphens, zero-width and direction marks."""

import re
from bisect import bisect_left

UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_FORMATS = "\u061c\u2060\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
BLANK = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029" + _FORMATS
INVISIBLE = re.compile(f"[{UNSEEN}]")  # no run of them: three times as fast
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
_LOST_APOSTROPHE = re.compile(r"[?\ufffd](?<=[A-Za-z].)(?=(?:s|t|re|ve|ll|d|m)\b(?!=))")
_LOST_PAIR = re.compile(r"[?\ufffd](?<![^\s(\[].)(?=[A-Z])([^?\ufffd\n]{1,600}[.,!])[?\ufffd](?!\w)")


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the blanks, and the characters that nobody sees, at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip(BLANK)), end - len(part) + len(part.rstrip(BLANK))


def lined(text: str) -> str:
    """A text of the same length in which every line ends with one newline.

    Examples
    --------
    >>> lined("one\\r\\ntwo\\u2028three")
    'one \\ntwo\\nthree'
    """
    if not any(mark in text for mark in _LINE_ENDS):  # hardly any text has one
        return text
    return _LINE_END.sub(lambda found: " \n" if len(found[0]) == 2 else "\n", text)


def mended(text: str) -> str:
    """A text of the same length, with marks again where a question mark can only stand for a lost one.

    Examples
    --------
    >>> mended("The town?s mayor said: ?We sail.? Who?")
    'The town’s mayor said: “We sail.” Who?'
    """
    return _LOST_PAIR.sub(r"“\1”", _LOST_APOSTROPHE.sub("’", text))


class Visible:
    """A text without its invisible characters, and where each of the others stands in the raw text.

    Examples
    --------
    >>> seen = Visible("the cease\\u00adfire")
    >>> seen.text, seen.raw(4, 13), seen.seen(4, 14)
    ('the ceasefire', (4, 14), (4, 13))
    """

    def __init__(self, text: str) -> None:
        self._places: list[int] = []  # none where every character is seen
        self.text, at = text, 0
        if text.isascii() or not INVISIBLE.search(text):
            return
        for found in INVISIBLE.finditer(text):
            self._places += range(at, found.start())
            at = found.end()
        self._places += range(at, len(text) + 1)
        self.text = INVISIBLE.sub("", text)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """A span of the text that is seen as one of the raw text."""
        places = self._places or range(len(self.text) + 1)
        return places[start], places[end - 1] + 1 if end > start else places[start]

    def seen(self, start: int, end: int) -> tuple[int, int]:
        """A span of the raw text as one of the text that is seen."""
        return (bisect_left(self._places, start), bisect_left(self._places, end)) if self._places else (start, end)
