"""Who has the floor in a transcript or interview: lines that begin with a label, and what each label says till the next."""

import re
from collections import Counter
from typing import NamedTuple

from parley.text.lists import word_set

_NAME = r"(?:[ae]l-)?[A-ZÀ-ÖØ-ÞČĐİŁŚŠŻŽ][\w.'’-]{0,30}"
# At a line's start: "MR. DORN:", "BERG, GAZETTE EDITOR:", "Speaker 1:", "[00:12] Lund:", ">> LUND:", "**Lund:**", "Q.", "Q)", "A:"
_LABEL = re.compile(
    rf"(?m)[ \t\xa0]*(?:(?:[>*_•\[\xa0 -]|[\[(]?\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?){{1,6}})?"
    rf"(?:(?P<name>{_NAME}(?: (?:[a-z]{{1,3}} ){{0,2}}(?:{_NAME}|\d{{1,2}}(?!\d))){{0,4}})(?:, [^\n:?!\"“”]{{2,60}})?"
    r"(?: ?[(\[][^()\[\]\n]{1,60}[)\]])?[\]*_]{0,3} ?:[*_]{0,2}(?=\s)"
    r"|(?P<letter>[QA])(?:[.:)]{1,2}(?=\s)|[ \t\xa0]+[-–—](?=\s)|[ \t\xa0]{2,}|\t|[ \t\xa0]*$|(?<=Q) (?=[A-Z“\"])))"
)
_BEFORE = " \t\xa0>*_•-([])0123456789.,"
_ASKERS = word_set(
    "q question questioner reporter reporters interviewer moderator host anchor press journalist audience"
)
_ASKED = re.compile(r"\?[”\"’')\]]*\s*\Z")
_PERSONAL = re.compile(r"\b(?:[Ii]|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b")
_OPEN = re.compile(r"[^.?!…:”\"’')\]\s][ \t\xa0]*\n[ \t\xa0]*(?=\S)")  # a line that ends for want of room
_LINE = re.compile(r"\S[^\n]*")
_LEAST, _SHARE = 4, 0.3  # turns, also of the lines that no other line runs on into


class Turn(NamedTuple):
    """A turn: where its label begins, the name in it, where it ends; and whether its speaker asks."""

    start: int
    name: int
    named: int
    end: int
    asks: bool


def find_turns(text: str) -> list[Turn]:
    """The turns of a transcript or an interview, in order; none where a text is neither.

    Labels are believed where two of them come back, make up a good part of the lines, and bring in people who speak of
    themselves or to each other; labels in small letters only where one of them asks. One question and its answer are
    believed where the text has nothing else but a headline.

    Examples
    --------
    >>> text = "Press: Will you sail?\\nLund: I will not.\\nPress: Why not?\\nLund: We have no boat."
    >>> [(text[turn.name : turn.named], turn.asks) for turn in find_turns(text)]
    [('Press', True), ('Lund', False), ('Press', True), ('Lund', False)]
    """
    found, at = [], 0
    for line in text.split("\n"):
        may = ":" in line or line.lstrip(_BEFORE)[:1] in ("Q", "A")
        if may and (label := _LABEL.match(text, at)):
            found.append(label)
        at += len(line) + 1
    if len(found) < 2:
        return []
    brief = len(found) < _LEAST  # a question with its answer, and nothing else
    names = [(one["name"] or one["letter"]).lower().split()[-1].strip(".") for one in found]
    count = Counter(names)
    ends = [one.start() for one in found[1:]] + [len(text)]
    said = [text[one.end() : end] for one, end in zip(found, ends, strict=True)]
    asked = Counter(name for name, words in zip(names, said, strict=True) if _ASKED.search(words[-40:]))
    often = {name for name in asked if asked[name] > (not brief) and 2 * asked[name] >= count[name]}
    askers = often | {name for name in count if name in _ASKERS}
    askers = askers if {*names} - askers else set()  # where everybody asks, nobody does it for the paper
    capitals = [n for n, one in enumerate(found) if text[one.start() : one.end()].isupper()]
    shouted = 2 * len(capitals) > len(found)
    kept = capitals if shouted else [n for n, name in enumerate(names) if brief or count[name] > 1]
    answers = [n for n in kept if not brief or names[n] not in askers]
    lines = len(_LINE.findall(text)) - len(_OPEN.findall(text))
    if (
        len({names[n] for n in kept if brief or count[names[n]] > 1}) < 2
        or len(kept) < (max(2, lines - 1) if brief else max(_LEAST, _SHARE * lines))
        or sum(_PERSONAL.search(said[n]) is not None for n in answers) < _SHARE * len(kept)
        or ("a" in count and "q" not in count)
        or (brief and (found[0].start() > 200 or names[0] not in askers))
        or not (askers or shouted)
    ):
        return []
    stops = [found[n].start() for n in kept[1:]] + [len(text)]
    turns = []
    for n, stop in zip(kept, stops, strict=True):
        role = "name" if found[n]["name"] else "letter"
        begin = found[n].end() - len(found[n][0].lstrip())
        turns.append(Turn(begin, *found[n].span(role), stop, names[n] in askers))
    return turns
