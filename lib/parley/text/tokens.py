"""A text as tokens, with the quotation that each stands in, and as sentences that never break inside a
quotation.

The rules that find attributions need marks as much as words, so this is not the tokeniser that counts are
made with (`parley.text.words`). Work grows with the length of the text, whatever the text is.
"""

import re
from bisect import bisect_left
from itertools import pairwise
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from parley.text.lists import word_set
from parley.text.quotations import quotations, single_quotations
from parley.text.sentences import split
from parley.text.words import WORD

_TOKEN = re.compile(rf"{WORD}|\n\s*|``|''|--|\.\.+|[^\w\s]|_+")
_LONGEST_SINGLE = 60  # tokens between single marks: beyond, the first was an apostrophe
_HEADLINE = 30  # tokens of a first line that may be a headline


def _kinds(**lists: str) -> dict[str, str]:
    return {word: kind for kind, listed in lists.items() for word in listed.split()}


# What a word does in a clause, for words that mostly do one thing. Nouns and most verbs are not listed.
KINDS = _kinds(
    be="is are was were be been being am isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t it's he's she's",
    aux="has have had having do does did will would can could may might must should shall not never "
    "cannot don't doesn't didn't won't wouldn't can't couldn't hasn't haven't hadn't shouldn't "
    "he'd she'd don’t doesn’t didn’t won’t wouldn’t can’t couldn’t hasn’t haven’t hadn’t "
    "shouldn’t",
    adv="also then again once still already just later earlier now recently often repeatedly even "
    "only ever always meanwhile instead further soon long perhaps maybe too first separately "
    "initially yet previously publicly widely reportedly however sometimes twice almost rather "
    "simply quickly",
    pron="he she they it i we you him her them us me himself herself themselves itself who whoever "
    "everyone somebody someone nobody everybody he’s she’s he’d she’d i’m they’re we’re",
    det="the a an this these those his its their my our your some any no every each another several "
    "many most few more less such other others both all one two three four five six seven eight "
    "nine ten",
    rel="who which whom whose that",
    sub="because while when if after before since although though unless until where whereas as so than whether once",
    wh="what how why",
    prep="of in on at for from by with to about against over under during through into between among "
    "near within without toward towards outside inside across behind amid around despite upon "
    "like via per off out up",
    conj="and but or nor",
    time="monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight "
    "week month year morning afternoon evening night weekend earlier later ago january february "
    "march april june july august september october november december jan feb aug sept oct nov "
    "dec last",
)
KINDS |= dict.fromkeys(["“", "„", "«", '"', "``", "''", "”", "»"], "quote")
KINDS |= {
    "‘": "single",
    "’": "single",
    "'": "single",
    "`": "single",
    ",": "comma",
    ";": "semi",
    ":": "colon",
    "—": "dash",
    "–": "dash",
    "--": "dash",
    "-": "dash",
    "(": "open",
    ")": "close",
    "[": "open",
    "]": "close",
    "&": "word",
    ".": "stop",
    "?": "stop",
    "!": "stop",
    "…": "dots",
}

_NO_STOP = word_set(
    "mr mrs ms dr sen sens rep reps gov gen lt col sgt capt rev prof st jr sr no vs inc corp co ltd hon maj adm "
    "jan feb mar apr jun jul aug sept sep oct nov dec u.s u.n u.k e.g i.e a.m p.m"
)
_NOT_ADVERBS = word_set(
    "family july italy ally reply supply rally assembly monthly weekly daily fly apply rely ugly early friendly "
    "anomaly imply comply bully elderly"
)


class Tokens(NamedTuple):
    """A text as tokens; the lists are parallel."""

    raw: list[str]  # as printed
    low: list[str]  # in lower case
    start: list[int]
    end: list[int]
    kind: list[str]  # what it does in a clause: as in `KINDS`, or word, mark, line, dot (of an abbreviation)
    entry: list  # what the reader's own list of words says about it; a verb's has a `form`: base, s, past, …
    inside: list[int]  # number of the token behind the quotation it stands in, else 0
    begins: list[int]
    opens: list[int]  # number of the opening mark of that quotation


class Sentence(NamedTuple):
    """Tokens `first` to `last` (excluded), the number of its line, and whether it is a headline."""

    first: int
    last: int
    paragraph: int
    headline: bool


def tokenise(text: str, entries: Mapping[str, Any] | None = None) -> Tokens:
    """Read the tokens of a text and the quotations they stand in.

    Parameters
    ----------
    text : str
        Any text. Double quotation marks are read in pairs (curly, straight, doubled or guillemets), single
        ones where they cannot be apostrophes. One that is never closed counts if the next line opens so.

    Returns
    -------
    Tokens
        Words, marks and line ends.

    Examples
    --------
    >>> t = tokenise("“Go,” Mr. Lund said.")
    >>> list(zip(t.raw, t.kind, t.inside))[:5]
    [('“', 'quote', 4), ('Go', 'word', 4), (',', 'comma', 4), ('”', 'quote', 4), ('Mr', 'word', 0)]
    """
    places = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if (
            end - start > 2 and text[end - 1] == "." and text[start] != "."
        ):  # the last stop of "U.S." may end a sentence
            places.append((start, end - 1))
            start = end - 1
        places.append((start, end))
    raw = [text[start:end] for start, end in places]
    low = [word.lower() for word in raw]
    kind = [KINDS.get(word) or _kind(word, printed) for word, printed in zip(low, raw, strict=True)]
    none = [0] * len(raw)
    entry = [entries.get(word) for word in low] if entries else [None] * len(raw)
    t = Tokens(raw, low, [start for start, _ in places], [end for _, end in places], kind, entry, none, [], none.copy())
    _begins(t, text)
    _points(t)
    _quotations(t, text)
    return t


def _kind(word: str, printed: str) -> str:
    """Tell what an unlisted token is; an adverb in -ly only in small letters (not "Schlafly")."""
    if word[0] == "\n":
        return "line"
    if word[-2:] == "ly" and word == printed and word not in _NOT_ADVERBS:
        return "adv"
    if word[0].isalnum():
        return "word"
    return "dots" if word[:2] == ".." else "mark"


def _points(t: Tokens) -> None:
    """Mark points of abbreviations ("Mr. Lund") and hyphens inside words ("U.S.-led"): they part nothing."""
    ends = set()
    for k in [*t.begins, *(k for k, what in enumerate(t.kind) if what == "line"), len(t.raw)]:
        k -= 1
        while k > 0 and t.kind[k] in ("quote", "close", "single"):
            k -= 1
        ends.add(k)
    for k in range(1, len(t.raw) - 1):
        if t.end[k - 1] == t.start[k]:
            if t.raw[k] == "-":
                t.kind[k] = "mark"
            elif t.raw[k] == "." and k not in ends:
                t.kind[k] = "dot"


def _quotations(t: Tokens, text: str) -> None:
    double = quotations(text)
    for start, end in sorted(double + single_quotations(text, double)):
        first, last = bisect_left(t.start, start), bisect_left(t.start, end)
        t.inside[first:last] = [last] * (last - first)
        t.opens[first:last] = [first] * (last - first)
        if t.kind[first] == "single":
            t.kind[first] = t.kind[last - 1] = "quote"


def sentences(t: Tokens, headlines: Sequence[tuple[int, int]] = ()) -> list[Sentence]:
    """Split tokens into sentences: never inside a quotation, always at a line's end and around a headline.

    Parameters
    ----------
    t : Tokens
        A text.
    headlines : sequence of (int, int)
        Places of headlines in the text. If there are none, a short first line without a final stop, or in
        title case, is taken for one.

    Returns
    -------
    list of Sentence
        In order.

    Examples
    --------
    >>> t = tokenise("“Why? We know.” Mr. Lund left.")
    >>> [(s.first, s.last) for s in sentences(t)]
    [(0, 7), (7, 12)]
    """
    edges = {bisect_left(t.start, place) for span in headlines for place in span}
    lines = [k for k, what in enumerate(t.kind) if what == "line"]
    begins = sorted({k for k in t.begins if not t.inside[k - 1] > k} | {k+1 for k in lines} | edges | set(lines) | {0,len(t.raw)})
    found: list[Sentence] = []
    paragraph = 0
    for first, last in pairwise(begins):
        if t.kind[first]=="line": paragraph += 1
        else: found.append(Sentence(first, last, paragraph, False))
    return _mark_headlines(t, found, headlines)


def _begins(t, text):
    at = 0
    for line in text.split("\n"):
        t.begins.extend(bisect_left(t.start, at + start) for start, _ in split(line))
        at += len(line)+1


def _mark_headlines(t: Tokens, found: list[Sentence], headlines: Sequence[tuple[int, int]]) -> list[Sentence]:
    if headlines:
        spans = sorted(headlines)
        marked, number = [], 0
        for s in found:
            while number < len(spans) and spans[number][1] <= t.start[s.first]:
                number += 1
            inside = number < len(spans) and spans[number][0] <= t.start[s.first]
            marked.append(s._replace(headline=inside))
        return marked
    line = [s for s in found[:3] if s.paragraph == found[0].paragraph]
    if len(line) < 3 and len(line) < len(found) and all(s.last - s.first <= _HEADLINE for s in line):
        for number, s in enumerate(line):
            longer = [word for word in t.raw[s.first : s.last] if len(word) > 4]
            titled = sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)
            short = len(line) == 1 and s.last - s.first <= _HEADLINE / 2 + 1
            if titled or short or t.kind[s.last - 1] != "stop":
                found[number] = s._replace(headline=True)
    return found
