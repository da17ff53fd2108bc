"""A text as words with the marks between them, the quotation each stands in, and sentences that no quotation breaks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import Any, NamedTuple

from parley.text.classes import AUXILIARY, BE, DETERMINER, PERSON, PREPOSITION, TIME
from parley.text.forms import WORD
from parley.text.lists import word_set
from parley.text.quotations import quotation_spans, single_quotations
from parley.text.sentences import split

# A token behind the blanks before it; the last point of "U.S." is one of its own, for it may end a sentence.
_PIECE = re.compile(rf"[^\S\n]*+(?:(?:{WORD})(?<!\.)|\n\s*|``|''|--|\.\.+|[^\w\s]|_+)")
_BLANKS = "".join(mark for mark in map(chr, range(0x3001)) if mark.isspace() and mark != "\n")
_FEW_COMMAS = 150  # tokens to a comma; one in a hundred articles has more
_MOST_KNOWN = 2**16  # tokens
_HEADLINE = 30  # tokens of a first line that may be a headline

# What a word or mark does in a clause, for those that mostly do one thing. Nouns and most verbs are not listed.
_LISTS = {
    "be": BE,
    "aux": AUXILIARY - BE | {"not", "never"} | {form.replace("'", "") for form in AUXILIARY if form.endswith("n't")},
    "adv": word_set(
        "also then again once still already just later earlier now recently often repeatedly even only ever always "
        "meanwhile instead further soon long perhaps maybe too first separately initially yet previously publicly "
        "widely reportedly however sometimes twice almost rather simply quickly"
    ),
    "det": DETERMINER | word_set(
        "several many most few more less other others both all one two three four five six seven eight nine ten"
    ),
    "pron": PERSON | word_set(
        "it him her them us me himself herself themselves itself whoever everyone somebody someone nobody everybody "
        "it's he's she's he'd she'd i'm they're we're"
    ),
    "rel": word_set("who which whom whose that"),
    "sub": word_set(
        "because while when if after before since although though unless until where whereas as so than whether once"
    ),
    "wh": word_set("what how why"),
    "prep": PREPOSITION | word_set("about under during amid despite like per out up"),
    "conj": word_set("and but or nor"),
    "time": TIME | word_set(
        "tomorrow tonight weekend earlier later ago last january february march april june july august september "
        "october november december jan feb aug sept oct nov dec"
    ),
    "quote": word_set("“ „ « \" `` '' ” »"), "single": word_set("‘ ’ ' `"), "comma": {","}, "semi": {";"},
    "colon": {":"}, "dash": word_set("— – -- -"), "open": word_set("( ["), "close": word_set(") ]"),
    "stop": word_set(". ? !"), "dots": {"…"}, "word": {"&"},
}  # fmt: skip
KINDS = {word: kind for kind, words in _LISTS.items() for word in words}
_NOT_ADVERBS = word_set(
    "family july italy ally reply supply rally assembly monthly weekly daily fly apply rely ugly early friendly "
    "anomaly imply comply bully elderly"
)


class Tokens(NamedTuple):
    """A text as tokens; the lists are parallel."""

    raw: list[str]  # as printed
    low: list[str]  # in lower case, with straight apostrophes
    start: list[int]
    end: list[int]
    kind: list[str]  # what it does in a clause: as in `KINDS`, or word, mark, line, dot (of an abbreviation)
    entry: list  # what the reader's own list of words says about it; a verb's has a `form`: base, s, past, …
    inside: list[int]  # number of the token behind the quotation it stands in, else 0
    begins: list[int]  # numbers of the tokens that begin a sentence, inside quotations too
    quotes: bool  # whether the text has quotations
    commas: bool  # whether the text has its commas; corpora that were passed round as tables have lost them


class Sentence(NamedTuple):
    """Tokens `first` to `last` (excluded), the number of its line, and whether it is a headline."""

    first: int
    last: int
    paragraph: int
    headline: bool


def tokenise(text: str, entries: Mapping[str, Any] | None = None) -> Tokens:
    """Read the tokens of a text, where its sentences begin, and what a list has to say of its words."""
    pieces = _PIECE.findall(text.rstrip(_BLANKS))  # together the whole text, so that their lengths tell where each ends
    ends = list(accumulate(map(len, pieces)))
    known = zip(*map(_KNOWN.__getitem__, pieces), strict=True) if pieces else ([], [], [], [])
    raw, low, kind, sizes = map(list, known)
    starts = list(map(sub, ends, sizes))
    begins, at = [], 0
    for line in text.split("\n"):
        begins += [bisect_left(starts, at + start) for start, _ in split(line)] if line else []
        at += len(line) + 1
    entry = list(map(entries.get, low)) if entries else [None] * len(raw)
    commas = _FEW_COMMAS * text.count(",") > len(raw)
    t = Tokens(raw, low, starts, ends, kind, entry, [0] * len(raw), begins, False, commas)
    _mark_points(t)
    _mark_quotations(t, text)
    return t._replace(quotes=any(t.inside))


class _Known(dict):
    """By token, with the blanks before it: as printed, in lower case with straight apostrophes, what it does, its length."""

    def __missing__(self, piece: str) -> tuple[str, str, str, int]:
        if len(self) > _MOST_KNOWN:
            self.clear()
        printed = piece.lstrip(_BLANKS)
        word = printed.lower().replace("’", "'")
        found = self[piece] = printed, word, KINDS.get(word) or _kind(word, printed), len(printed)
        return found


_KNOWN = _Known()


def places(items: list, wanted: object) -> list[int]:
    """Where something stands in a list, as the list itself finds it: many times as fast as a look at each item."""
    found, k = [], -1
    try:
        while True:
            found.append(k := items.index(wanted, k + 1))
    except ValueError:
        return found


def _kind(word: str, printed: str) -> str:
    """What an unlisted token is; an adverb in -ly only in small letters (not "Schlafly")."""
    if word[0] == "\n":
        return "line"
    if word[-2:] == "ly" and word == printed and word not in _NOT_ADVERBS:
        return "adv"
    if word[0].isalnum():
        return "word"
    return "dots" if word[:2] == ".." else "mark"


def _mark_points(t: Tokens) -> None:
    """Points that end no sentence ("Mr. Lund") and hyphens inside words ("U.S.-led") part nothing."""
    ends = set()
    for k in (*t.begins, *places(t.kind, "line"), len(t.raw)):
        while k > 1 and t.kind[k - 1] in ("quote", "close", "single"):
            k -= 1
        ends.add(k - 1)
    for mark, what in ((".", "dot"), ("-", "mark")):
        for k in places(t.raw, mark):
            if 0 < k < len(t.raw) - 1 and t.end[k - 1] == t.start[k] and k not in ends:
                t.kind[k] = what


def _mark_quotations(t: Tokens, text: str) -> None:
    double = quotation_spans(text)
    for start, end in sorted(double + single_quotations(text, double)):
        first, last = bisect_left(t.start, start), bisect_left(t.start, end)
        t.inside[first:last] = [last] * (last - first)
        if t.kind[first] == "single":
            t.kind[first] = t.kind[last - 1] = "quote"
    for k in places(t.kind, "single"):  # the dock workers' union
        if (
            0 < k < len(t.raw) - 1
            and t.end[k - 1] == t.start[k]
            and t.low[k - 1][-1] == "s"
            and t.kind[k + 1] == "word"
        ):
            t.kind[k] = "mark"


def sentences(t: Tokens, headlines: Sequence[tuple[int, int]] = ()) -> list[Sentence]:
    """The sentences of a text, never broken inside a quotation, always at a line's end and around a headline."""
    edges = {bisect_left(t.start, place) for span in headlines for place in span}
    lines = places(t.kind, "line")
    begins = {k for k in t.begins if t.inside[k - 1] <= k}
    begins.update(edges, lines, (k + 1 for k in lines), (0, len(t.raw)))
    found: list[Sentence] = []
    paragraph = 0
    for first, last in pairwise(sorted(begins)):
        if t.kind[first] == "line":
            paragraph += 1
        else:
            found.append(Sentence(first, last, paragraph, False))
    return _mark_headlines(t, found, headlines)


def _mark_headlines(t: Tokens, found: list[Sentence], headlines: Sequence[tuple[int, int]]) -> list[Sentence]:
    """Say which sentences are headlines; if no places are given, those of a first line that looks like one."""
    if headlines:
        spans = sorted(headlines)
        starts = [start for start, _ in spans]
        last = [spans[bisect_right(starts, t.start[s.first]) - 1] for s in found]
        return [
            s._replace(headline=True) if start <= t.start[s.first] < end else s
            for s, (start, end) in zip(found, last, strict=True)
        ]
    line = [s for s in found[:3] if s.paragraph == found[0].paragraph]
    if len(line) < 3 and len(line) < len(found) and all(s.last - s.first <= _HEADLINE for s in line):
        for number, s in enumerate(line):
            longer = [word for word in t.raw[s.first : s.last] if len(word) > 4]
            titled = sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)
            short = len(line) == 1 and s.last - s.first <= _HEADLINE / 2 + 1
            if titled or short or t.kind[s.last - 1] != "stop":
                found[number] = s._replace(headline=True)
    return found
