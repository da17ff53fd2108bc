"""How far attributions that were found agree with those that a reader coded.

Two attributions are the same when their contents share at least half of their words (Jaccard) and their sources share a
word, or both have none; each may be used once. Punctuation and quotation marks are never compared. This is the
relation-level measure that work on PolNeAR uses (Newell, Margolin & Ruths 2018).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

LEAST_OVERLAP = 0.5
WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
QUOTED = re.compile(r"(?:[“„«\"]|``|'')(.*?)(?:[”»\"]|''|$)", re.MULTILINE)  # an open one runs to its line's end

Spans = Sequence[tuple[int, int]]
Attributions = Sequence[Mapping[str, Spans]]  # each with `source` and `content`, empty where there is none
Numbered = dict[str, frozenset[int]]  # an attribution as the numbers of the words that its source and content cover


def match(text: str, found: Attributions, coded: Attributions) -> list[tuple[int, int]]:
    """Pair the attributions found with the coded ones that they equal, one to one: positions in either list, sorted."""
    words = _Words(text)
    return _match([words.of(one) for one in found], [words.of(one) for one in coded])


def agreement_by_kind(articles: Iterable[tuple[str, Attributions, Attributions]]) -> pd.DataFrame:
    """Score the attributions found in articles (text, found, coded): `precision, recall, f1` and what they are made of.

    precision = right / found, recall = met / coded, f1 = 2 precision recall / (precision + recall), over all articles
    together. An attribution is quoted if its content has a word between double quotation marks, else indirect; without
    content it is left out. In a subset, recall asks how much of its coded part was met by anything found, and precision
    how much of its found part met anything coded, so one that only crosses the border between the two costs nothing.
    """
    total = pd.DataFrame(0, index=["all", "quoted", "indirect"], columns=["found", "right", "coded", "met"])
    for text, found, coded in articles:
        words = _Words(text)
        ours, theirs = ([one for one in map(words.of, some) if one["content"]] for some in (found, coded))
        pairs = _match(ours, theirs)
        right, met = [ours[i] for i, _ in pairs], [theirs[j] for _, j in pairs]
        for column, chosen in (("found", ours), ("right", right), ("coded", theirs), ("met", met)):
            quoted = sum(bool(one["content"] & words.quoted) for one in chosen)
            total[column] += [len(chosen), quoted, len(chosen) - quoted]
    precision = (total["right"] / total["found"]).fillna(0.0)
    recall = (total["met"] / total["coded"]).fillna(0.0)
    f1 = (2 * precision * recall / (precision + recall)).fillna(0.0)
    return pd.DataFrame({"precision": precision, "recall": recall, "f1": f1}).join(total)


class _Words:
    """The words of a text by number, and which of them stand between double quotation marks."""

    def __init__(self, text: str):
        bounds = [word.span() for word in WORD.finditer(text)]
        self.starts, self.ends = [start for start, _ in bounds], [end for _, end in bounds]
        self.quoted = self._inside([found.span(1) for found in QUOTED.finditer(text)])

    def of(self, attribution: Mapping[str, Spans]) -> Numbered:
        return {role: self._inside(attribution[role]) for role in ("source", "content")}

    def _inside(self, spans: Spans) -> frozenset[int]:
        runs = (range(bisect_right(self.ends, a), bisect_left(self.starts, b)) for a, b in spans if b > a)
        return frozenset(number for run in runs for number in run)


def _match(found: Sequence[Numbered], coded: Sequence[Numbered]) -> list[tuple[int, int]]:
    """Make as many pairs as can be, and of these choices the one whose pairs overlap most (Kuhn 1955)."""
    overlap = np.array([[_overlap(ours, theirs) for theirs in coded] for ours in found]).reshape(len(found), len(coded))
    same = overlap >= LEAST_OVERLAP
    # One more pair weighs more than all overlaps together.
    from scipy.optimize import linear_sum_assignment  # here, since it takes a tenth of a second to import

    rows, columns = linear_sum_assignment(same * (len(found) + 1 + overlap), maximize=True)
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if same[i, j]]


def _overlap(ours: Numbered, theirs: Numbered) -> float:
    """Jaccard of the contents, words in both of words in either; 0 if the sources are not the same."""
    if (ours["source"] or theirs["source"]) and not ours["source"] & theirs["source"]:
        return 0.0
    return len(ours["content"] & theirs["content"]) / max(len(ours["content"] | theirs["content"]), 1)
