"""The words that announce an attribution, in all their forms, and how often each was right.

``data/cues.csv`` lists lemmas, and the signs around a cue that make an attribution more or less likely. Its head says
how both were counted.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import NamedTuple

from parley.text.inflections import plurals, verb_forms

_PRIOR = 2  # firings that every cue is credited with, at the mean of its use
_NOMINAL = {"noun", "adjective"}


class Cue(NamedTuple):
    """A form of a cue: its lemma; base, s, past, participle or ing of a verb, noun, adjective or preposition."""

    lemma: str  # empty for one that is in no list, or stands for another, and is not counted
    form: str
    chances: Mapping[str, float]  # how often it was right, by use (verb, first, passive, noun, adjective)
    signs: Mapping[str, float]  # natural logarithm of the odds by which a sign changes that; the same for all cues

    def chance(self, use: str) -> float:
        """How often it was right in a use, 0 if that is not listed; participles and infinitives count as verbs."""
        return self.chances.get("verb" if use in ("ing", "infinitive") else use, 0.0)

    def at_least(self, use: str, chance: float) -> "Cue":
        """The same cue, right at least that often in a use that it is listed for."""
        if not 0 < self.chances.get(use, 0.0) < chance:
            return self
        return self._replace(chances={**self.chances, use: chance})

    def likelihood(self, use: str, signs: Iterable[str]) -> float:
        """How likely an attribution is right: the odds of its cue, times those of the signs around it (naive Bayes)."""
        chance = self.chance(use)
        if not chance:
            return 0.0
        weight, known = 0.0, self.signs.get
        for sign in signs:
            weight += known(sign, 0.0)
        odds = chance / (1 - chance) * math.exp(weight)
        return odds / (1 + odds)


CueList = Mapping[str, Cue]  # by the word in lower case


def make_cues(
    chances: Mapping[str, Mapping[str, float]], irregular: Mapping[str, str], signs: Mapping[str, float]
) -> CueList:
    """All forms of the lemmas whose chances are given by use, with their irregular forms and the weights of signs.

    Where two lemmas share a form, the one with the higher sum of chances has it; verbs go before nouns and adjectives.
    """
    forms: dict[str, tuple[str, str]] = {}
    verbs = {lemma: sum(uses.values()) for lemma, uses in chances.items() if not uses.keys() <= _NOMINAL}
    for lemma in sorted(verbs, key=lambda word: (verbs[word], word)):
        for form, what in verb_forms(lemma, irregular.get(lemma, "")).items():
            forms[form] = lemma, what
            if lemma.endswith("ize"):
                forms[form.replace("iz", "is")] = lemma, what
    for lemma, uses in chances.items():
        for form in (lemma, *plurals(lemma)) if "noun" in uses else ():
            forms.setdefault(form, (lemma, "noun"))
        if "adjective" in uses:
            forms.setdefault(lemma, (lemma, "adjective"))
    forms["according"] = "accord", "preposition"
    found = {}
    for form, (lemma, what) in forms.items():
        # An adjective is listed by itself: "convinced", not "convince".
        uses = {use: chance for use, chance in chances.get(lemma, {}).items() if use != "adjective"}
        if "adjective" in chances.get(form, {}):
            uses["adjective"] = chances[form]["adjective"]
        found[form] = Cue(lemma, what, uses, signs)
    return found


def mean_chance(right: int, fired: int, mean: float) -> float:
    """How often a cue is right: (right + 2 mean) / (fired + 2), so that rare cues are not overrated."""
    return (right + _PRIOR * mean) / (fired + _PRIOR)


def read_list() -> list[dict[str, str]]:
    """The rows of ``data/cues.csv``, all text."""
    with (files("parley") / "data" / "cues.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def read_cues(rows: Iterable[Mapping[str, str]]) -> CueList:
    """A list of cues, from rows like those of ``data/cues.csv``."""
    signs, entries, right, fired = {}, [], Counter(), Counter()
    for row in rows:
        if row["use"] == "sign":
            signs[row["entry"]] = math.log(float(row["odds"]))
        else:
            entries.append(row)
            right[row["use"]] += int(row["right"])
            fired[row["use"]] += int(row["fired"])
    chances: dict[str, dict[str, float]] = defaultdict(dict)
    for row in entries:
        mean = right[row["use"]] / fired[row["use"]]
        chances[row["entry"]][row["use"]] = mean_chance(int(row["right"]), int(row["fired"]), mean)
    irregular = {row["entry"]: row["forms"] for row in entries if row["forms"]}
    return make_cues(chances, irregular, signs)


CUES = read_cues(read_list())
