"""The one tokeniser: every count in the project is a count of these words, folded so that spelling sets nothing apart.

A word is a run of letters and digits with its inner apostrophes; a number keeps its inner points, commas and colons.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import accumulate
from operator import sub
from typing import NamedTuple

import pandas as pd

from parley.text.lists import rows, word_set
from parley.text.visible import INVISIBLE, UNSEEN

TOKENISER = "parley.text.forms: lower case, no possessives, compounds split, British and American spellings one"


class Word(NamedTuple):
    """A word of a text: its folded form and its place, ``text[start:end]``."""

    form: str
    start: int
    end: int


# Marks are not letters to `re`, but an accent, an Arabic vowel sign or, inside it, a soft hyphen does not end a word.
_MARKS = "".join(mark for mark in map(chr, range(0x300, 0x10000)) if unicodedata.category(mark)[0] == "M")
_APOSTROPHES = "'\u2019\u2018\u201b`\u00b4\u02bc\u02b9\u2032\uff07"
_HYPHENS = "-\u2010\u2011"
_RUN = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*|[{UNSEEN}]+[^\W_]+)*"
_DOTTED = r"[^\W\d_](?:\.[^\W\d_](?![^\W_]))+\.?"
_PART = rf"(?:{_DOTTED}|\d+(?:[.,:]\d+)+[^\W_]*|{_RUN}(?:[{_APOSTROPHES}]{_RUN})*)"
# Most words are plain letters before a space: the first alternative reads those quickly.
WORD = rf"[A-Za-z]+(?=[ ,\n])|{_PART}(?:[{_HYPHENS}]{_PART})*"  # compounds in one piece
_BEFORE = re.compile(r"[\W_]*+")
# A word behind what stands before it. What stands behind the last one is one more piece, and tried once: a text may
# end with a hundred thousand blank lines.
_PIECE = re.compile(rf"{_BEFORE.pattern}(?:{WORD})|[\W_]++\Z")
_MOST_KNOWN, _LONGEST_KNOWN = 2**17, 60  # pieces, and characters of one
_LETTER_RUN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}]|[{UNSEEN}]+(?=[^\W\d_]))*")
_PRINTED = re.compile(r"[^\W_](?:\S*[^\W_])?")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_LETTERS = re.compile("[A-Z]{1,3}")
_NUMBER = re.compile(r"\d+[a-z]?")
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

# Compounds are split at the hyphen (US-led: u.s., led), except those of ``data/spelling.csv`` that are also one word
# (cease-fire: ceasefire), these prefixes before a small letter (co-operation, not anti-Western), and F-16 and its like.
_PREFIXES = word_set(
    "anti co counter extra infra inter intra macro mega micro mini multi neo non post pre re semi sub super trans ultra"
)
# Joined to their prefix these would be another word.
_NOT_JOINED = word_set("co-op co-ops re-cover re-covered re-creation re-form re-formed re-sign re-signed")
# Points are dropped from abbreviations (U.N.: un), except where the letters are another word. The pronoun in a line set
# all in capitals is therefore read as the country.
_ABBREVIATIONS = {"us": "u.s.", "am": "a.m.", "pm": "p.m."}
_SPELLINGS = {row["variant"]: row["form"] for row in rows("spelling.csv")}


# Lower case, composed characters, straight apostrophes, no soft hyphens; no possessive ending (Russia's: russia), and
# with it no 's of "it's"; one form for the British and American spellings of ``data/spelling.csv`` (defence: defense).
@lru_cache(maxsize=2**17)
def fold(word: str) -> str:
    """The form under which a single word is counted; a compound keeps its hyphens where `words` would split it."""
    if word == "US":
        return "u.s."
    form = word.casefold()
    if form.isascii() and form.isalpha():
        return _SPELLINGS.get(form, form)
    if _HYPHEN.search(word):
        return "-".join(part.form for part in _split(word, 0))
    form = unicodedata.normalize("NFC", INVISIBLE.sub("", form).translate(_STRAIGHT)).casefold().removesuffix("'s")
    if "." in form and not form[0].isdigit():
        letters = form.replace(".", "")
        form = _ABBREVIATIONS.get(letters, letters)
    return _SPELLINGS.get(form, form)


def _split(compound: str, offset: int) -> list[Word]:
    """Split a compound at its hyphens, from the right, but not where two parts are also one word."""
    found: list[Word] = []
    end = len(compound)
    for part in reversed(_HYPHEN.split(compound)):
        start = end - len(part)
        form, last = fold(part), end
        if found:
            after = compound[end + 1 : found[-1].end - offset]
            pair = f"{form}-{found[-1].form}"
            prefixed = form in _PREFIXES and (after[:1].islower() or compound.isupper())
            designation = _LETTERS.fullmatch(part) and _NUMBER.fullmatch(after)
            if pair in _SPELLINGS or designation or (prefixed and pair not in _NOT_JOINED):
                form, last = _SPELLINGS.get(pair, pair.replace("-", "")), found.pop().end - offset
        found.append(Word(form, offset + start, offset + last))
        end = start - 1
    return found[::-1]


class _Known(dict):
    """By piece: the folded form of its word, None for a compound, and the word's length."""

    def __missing__(self, piece: str) -> tuple[str | None, int]:
        if len(self) > _MOST_KNOWN:
            self.clear()
        word = piece[_BEFORE.match(piece).end() :]
        form = fold(word)
        found = None if "-" in form else form, len(word)
        if len(piece) < _LONGEST_KNOWN:
            self[piece] = found
        return found


_KNOWN = _Known()


class Columns(NamedTuple):
    """Words in three lists of one length, which are made in half the time of as many tuples."""

    forms: list[str]
    starts: list[int]
    ends: list[int]


def _pieces(text: str, start: int = 0, end: int = sys.maxsize) -> list[str]:
    """The words of a part of a text, each behind what stands before it."""
    pieces = _PIECE.findall(text, start, end)
    if pieces and not _KNOWN[pieces[-1]][1]:
        pieces.pop()
    return pieces


def in_columns(text: str, start: int = 0, end: int = sys.maxsize) -> Columns:
    """The words of ``text[start:end]`` as `words` finds them, in columns; their places are those in the whole text."""
    # What a large corpus waits for. Words and what stands before them are the whole text, so that their lengths tell
    # where each ends.
    pieces = _pieces(text, start, end)
    if not pieces:
        return Columns([], [], [])
    forms, sizes = map(list, zip(*map(_KNOWN.__getitem__, pieces), strict=True))
    ends = list(accumulate(map(len, pieces), initial=start))[1:]
    found = Columns(forms, list(map(sub, ends, sizes)), ends)
    if None in forms:
        for k in [k for k, form in enumerate(forms) if form is None][::-1]:
            at, last = found.starts[k], ends[k]
            for column, parts in zip(found, zip(*_split(text[at:last], at), strict=True), strict=True):
                column[k : k + 1] = parts
    return found


def words(text: str, start: int = 0, end: int = sys.maxsize) -> list[Word]:
    """The words of ``text[start:end]`` in order, never overlapping: folded form, start and end in the whole text."""
    return list(map(partial(tuple.__new__, Word), zip(*in_columns(text, start, end), strict=True)))


def word_forms(text: str) -> tuple[str, ...]:
    """The folded forms of `words`, in half the time.

    Examples
    --------
    >>> word_forms("The UN-led talks")
    ('the', 'un', 'led', 'talks')
    """
    forms = [_KNOWN[piece][0] for piece in _pieces(text)]
    return tuple(in_columns(text).forms if None in forms else forms)


def first_forms(text: str, start: int, end: int) -> tuple[str, ...]:
    """The first two of the `word_forms` of ``text[start:end]``, without a look at the others."""
    forms, at = [], start
    while len(forms) < 2 and (piece := _PIECE.match(text, at, end)):
        form, size = _KNOWN[piece[0]]
        forms += [form] if size else []
        at = piece.end()
    return tuple(in_columns(text, start, end).forms[:2] if None in forms else forms)


def letters(text: str) -> list[Word]:
    """Every run of letters in lower case: compounds and "it's" fall apart, figures are left out, spellings stay."""
    return [Word(match[0].casefold(), match.start(), match.end()) for match in _LETTER_RUN.finditer(text)]


def printed(text: str) -> list[Word]:
    """What stands between blanks, in lower case and without the marks around it; nothing else is folded."""
    return [Word(match[0].casefold(), match.start(), match.end()) for match in _PRINTED.finditer(text)]


def count_words(texts: pd.Series, *, tokenise: Callable[[str], list[Word]] = words) -> pd.Series:
    """How many words every text has."""
    return pd.Series([len(tokenise(text)) for text in texts], texts.index, int)
