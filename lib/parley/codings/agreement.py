"""How far two sets of attributions agree: those that were found, and those that a reader coded.

Two attributions are the same when their contents share at least half of their words (Jaccard) and their
sources share a word, or both have none. Each may be used once: the largest one-to-one matching counts.
Punctuation and quotation marks are never compared. The measure is the relation-level one that work on PolNeAR
uses (Newell, Margolin & Ruths 2018).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

LEAST_OVERLAP = 0.5
SUBSETS = ("all", "quoted", "indirect")

_WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
_MARK = re.compile("[“”„\"«»]|``|''")

Spans = Sequence[tuple[int, int]]


class _Attribution(NamedTuple):
    """An attribution as the numbers of the words that it covers."""

    source: frozenset[int]
    content: frozenset[int]


def match(
    text: str, found: Sequence[Mapping[str, Spans]], coded: Sequence[Mapping[str, Spans]]
) -> list[tuple[int, int]]:
    """Pair the attributions found with the coded ones that they equal, one to one.

    Parameters
    ----------
    text : str
        The text that all offsets are of.
    found, coded : sequence of mapping
        Attributions with `source` and `content`, each a list of `(start, end)`, empty where there is none.

    Returns
    -------
    list of (int, int)
        Positions in `found` and in `coded`, sorted; as many pairs as can be made.

    Examples
    --------
    >>> text = "The boats will sail, the mayor said."
    >>> found = [{"source": [(25, 30)], "content": [(0, 19)]}]
    >>> match(text, found, [{"source": [(21, 30)], "content": [(4, 20)]}])
    [(0, 0)]
    >>> match(text, found, [{"source": [], "content": [(0, 19)]}])
    []
    """
    read = _reader(text)
    return _match([read(one) for one in found], [read(one) for one in coded])


def agreement(
    articles: Iterable[tuple[str, Sequence[Mapping[str, Spans]], Sequence[Mapping[str, Spans]]]],
) -> pd.DataFrame:
    """Score attributions that were found against coded ones.

    precision = right / found, recall = met / coded, f1 = 2 precision recall / (precision + recall), over all
    articles together. An attribution is quoted if its content has a word between double quotation marks, else
    indirect. In a subset, recall asks how much of its coded part was met by anything found, and precision how
    much of its found part met anything coded, so an attribution that only crosses the border between the two
    costs nothing.

    Parameters
    ----------
    articles : iterable of (text, found, coded)
        As for `match`. Attributions without content are left out.

    Returns
    -------
    DataFrame
        Index all, quoted, indirect; columns `precision, recall, f1` (0 to 1) and the counts `found, right,
        coded, met`.

    Examples
    --------
    >>> text = "The boats will sail, the mayor said. He smiled."
    >>> coded = [{"source": [(21, 30)], "content": [(0, 19)]}]
    >>> found = [*coded, {"source": [(37, 39)], "content": [(40, 46)]}]
    >>> agreement([(text, found, coded)]).loc["all", ["precision", "recall", "found"]].tolist()
    [0.5, 1.0, 2.0]
    """
    total = pd.DataFrame(0, index=list(SUBSETS), columns=["found", "right", "coded", "met"])
    for text, found, coded in articles:
        read, quoted = _reader(text), _quoted_words(text)
        ours = [one for one in map(read, found) if one.content]
        asked = [one for one in map(read, coded) if one.content]
        pairs = _match(ours, asked)
        right, met = {i for i, _ in pairs}, {j for _, j in pairs}
        for column, items, chosen in (
            ("found", ours, set(range(len(ours)))),
            ("right", ours, right),
            ("coded", asked, set(range(len(asked)))),
            ("met", asked, met),
        ):
            inside = sum(bool(items[i].content & quoted) for i in chosen)
            total.loc[:, column] += [len(chosen), inside, len(chosen) - inside]
    precision = (total["right"] / total["found"]).fillna(0.0)
    recall = (total["met"] / total["coded"]).fillna(0.0)
    f1 = (2 * precision * recall / (precision + recall)).fillna(0.0)
    return pd.concat([precision.rename("precision"), recall.rename("recall"), f1.rename("f1"), total], axis=1)


def _reader(text: str):
    """Give the function that turns the spans of an attribution into numbers of words of the text."""
    bounds = [word.span() for word in _WORD.finditer(text)]
    starts, ends = [start for start, _ in bounds], [end for _, end in bounds]

    def numbers(spans: Spans) -> frozenset[int]:
        runs = (range(bisect_right(ends, a), bisect_left(starts, b)) for a, b in spans if b > a)
        return frozenset(number for run in runs for number in run)

    return lambda attribution: _Attribution(numbers(attribution["source"]), numbers(attribution["content"]))


def _quoted_words(text: str) -> frozenset[int]:
    """Number the words between double quotation marks; an open one runs to its line's end."""
    regions, line_start = [], 0
    for line in text.splitlines(keepends=True):
        opened = None
        for mark in _MARK.finditer(line):
            opening, closing = mark[0] in "“„«``", mark[0] in "”»"
            if opened is None and not closing:
                opened = line_start + mark.end()
            elif opened is not None and not opening:
                regions.append((opened, line_start + mark.start()))
                opened = None
        line_start += len(line)
        if opened is not None:
            regions.append((opened, line_start))
    return _reader(text)({"source": [], "content": regions}).content


def _match(found: Sequence[_Attribution], coded: Sequence[_Attribution]) -> list[tuple[int, int]]:
    """Find a largest one-to-one matching (Kuhn 1955), trying the best overlap first."""
    options = []
    for ours in found:
        overlaps = [
            (_overlap(ours.content, theirs.content), j)
            for j, theirs in enumerate(coded)
            if ours.source & theirs.source or not (ours.source or theirs.source)
        ]
        options.append([j for share, j in sorted(overlaps, key=lambda o: -o[0]) if share >= LEAST_OVERLAP])
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in options[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    for i in range(len(found)):
        place(i, set())
    return sorted((i, j) for j, i in taken.items())


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Jaccard: words in both, of the words in either."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0
