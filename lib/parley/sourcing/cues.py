"""The words that announce an attribution, in all their forms, and how often each was right.

``data/cues.csv`` lists lemmas; regular forms are made here, irregular ones stand in the list. It also lists
the signs around a cue that make an attribution more or less likely. Its head says how both were counted.
"""

import csv
import math
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import NamedTuple

from parley.text.lists import listed

_DOUBLED = listed(
    "plan slam pan rip slap beg drop nod admit commit refer prefer confer infer regret rebut submit permit omit "
    "blog scrap skip quip brag shrug dub jab stop"
)
PRIOR = 2  # firings that every cue is credited with, at the mean of its use


class Form(NamedTuple):
    """A form of a cue: its lemma; base, s, past, participle or ing of a verb, noun, or adjective."""

    lemma: str
    form: str


FORMS: dict[str, Form] = {}  # by the word in lower case
CHANCES: dict[str, dict[str, float]] = {}  # how often it was right: by lemma and use (verb, first, passive …)
IRREGULAR: dict[str, str] = {}  # irregular forms by lemma, as for `inflect`
SIGNS: dict[str, float] = {}  # natural logarithm of the odds by which a sign changes that


def inflect(lemma: str, irregular: str = "") -> dict[str, str]:
    """Give the forms of a verb.

    Parameters
    ----------
    lemma : str
        The base form.
    irregular : str
        Its past, and behind a space its participle if that differs, where they are not regular.

    Returns
    -------
    dict of str to str
        What each form is, by the form: base, s, ing, past (which may be the participle too), participle.

    Examples
    --------
    >>> inflect("deny")
    {'deny': 'base', 'denies': 's', 'denying': 'ing', 'denied': 'past'}
    >>> inflect("write", "wrote written")
    {'write': 'base', 'writes': 's', 'writing': 'ing', 'wrote': 'past', 'written': 'participle'}
    """
    consonant_y = lemma[-1] == "y" and lemma[-2] not in "aeiou"
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    past = lemma + "d" if lemma[-1] == "e" else stem + "ed"
    if consonant_y:
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    silent_e = lemma[-1] == "e" and lemma[-2] not in "eo"
    past, *participle = irregular.split() or [past]
    found = {lemma: "base", third: "s", (lemma[:-1] if silent_e else stem) + "ing": "ing"}
    return found | {past: "past"} | dict.fromkeys(participle, "participle")


def forms_of(cues: Mapping[str, Mapping[str, float]], irregular: Mapping[str, str]) -> dict[str, Form]:
    """Give all forms of a list of cues.

    Where two lemmas share a form, the one with the higher sum of chances has it; verbs go before nouns and
    adjectives.

    Parameters
    ----------
    cues : mapping of str to mapping of str to float
        Chance by lemma and use. Use is verb, first (content before the cue), passive, noun or adjective.
    irregular : mapping of str to str
        Irregular forms by lemma, as for `inflect`.

    Returns
    -------
    dict of str to Form
        By the word in lower case.

    Examples
    --------
    >>> forms_of({"deny": {"verb": 0.8}, "claim": {"noun": 0.4}}, {})["denied"]
    Form(lemma='deny', form='past')
    """
    found: dict[str, Form] = {}
    nominal = {"noun", "adjective"}
    verbs = {lemma: sum(uses.values()) for lemma, uses in cues.items() if not uses.keys() <= nominal}
    for lemma in sorted(verbs, key=lambda word: (verbs[word], word)):
        forms = inflect(lemma, irregular.get(lemma, ""))
        if lemma.endswith("ize"):
            forms |= {form.replace("iz", "is"): what for form, what in forms.items()}
        found.update({form: Form(lemma, what) for form, what in forms.items()})
    for lemma, uses in cues.items():
        if "noun" in uses:
            for form in list(inflect(lemma))[:2]:
                found.setdefault(form, Form(lemma, "noun"))
        if "adjective" in uses:
            found.setdefault(lemma, Form(lemma, "adjective"))
    return found | {"according": Form("accord", "preposition")}


def mean_chance(right: int, fired: int, mean: float) -> float:
    """Estimate how often a cue is right: (right + 2 mean) / (fired + 2), so that rare cues are not overrated.

    Parameters
    ----------
    right, fired : int
        How often its attributions were right, and how many there were.
    mean : float
        Share that was right among all cues of the same use.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> mean_chance(3, 4, 0.5)
    0.6666666666666666
    """
    return (right + PRIOR * mean) / (fired + PRIOR)


def chance(lemma: str, use: str) -> float:
    """Tell how often a cue was right in a use; participles and infinitives count as verbs. 0 if it is not
    listed.

    Parameters
    ----------
    lemma, use : str
        As in the list of cues; also ing and infinitive.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> chance("hum", "verb")
    0.0
    """
    return CHANCES.get(lemma, {}).get("verb" if use in ("ing", "infinitive") else use, 0.0)


def worth(lemma: str, use: str, signs: Iterable[str]) -> float:
    """Tell how likely an attribution is right: odds of its cue, times the odds of the signs around it (naive
    Bayes).

    Parameters
    ----------
    lemma, use : str
        As for `chance`.
    signs : iterable of str
        Keys of `SIGNS`; others change nothing.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> worth("hum", "verb", ["after a mark"])
    0.0
    """
    p = chance(lemma, use)
    if not p:
        return 0.0
    odds = p / (1 - p) * math.exp(sum(SIGNS.get(sign, 0.0) for sign in signs))
    return odds / (1 + odds)


def read_list() -> list[dict[str, str]]:
    """Read the rows of the list.

    Returns
    -------
    list of dict
        Rows with `entry, use, forms, articles, fired, right, odds`, all text.

    Examples
    --------
    >>> sorted({row["use"] for row in read_list()})
    ['adjective', 'first', 'noun', 'passive', 'sign', 'verb']
    """
    with (files("parley") / "data" / "cues.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def use_list(rows: Iterable[Mapping[str, str]]) -> None:
    """Put a list to use, in place of the present one.

    Parameters
    ----------
    rows : iterable of mapping
        As `read_list` gives them.

    Examples
    --------
    >>> use_list(read_list())  # changes nothing
    """
    rows = list(rows)
    listed = [row for row in rows if row["use"] != "sign"]
    totals: dict[str, list[int]] = {}
    for row in listed:
        total = totals.setdefault(row["use"], [0, 0])
        total[0] += int(row["right"])
        total[1] += int(row["fired"])
    chances: dict[str, dict[str, float]] = {}
    for row in listed:
        right, fired = totals[row["use"]]
        mean = mean_chance(int(row["right"]), int(row["fired"]), right / fired)
        chances.setdefault(row["entry"], {})[row["use"]] = mean
    signs = {row["entry"]: math.log(float(row["odds"])) for row in rows if row["use"] == "sign"}
    put_to_use(chances, {row["entry"]: row["forms"] for row in listed if row["forms"]}, signs)


def put_to_use(
    chances: Mapping[str, Mapping[str, float]], irregular: Mapping[str, str], signs: Mapping[str, float]
) -> None:
    """Replace the list in use, to count another one or to leave some of it out.

    Parameters
    ----------
    chances, irregular
        As for `forms_of`.
    signs : mapping of str to float
        As `SIGNS`.

    Examples
    --------
    >>> put_to_use(dict(CHANCES), IRREGULAR, dict(SIGNS))  # changes nothing
    """
    irregular, made = dict(irregular), forms_of(chances, irregular)
    kept = {lemma: dict(uses) for lemma, uses in chances.items()}
    weights = dict(signs)
    for table, content in ((FORMS, made), (CHANCES, kept), (SIGNS, weights), (IRREGULAR, irregular)):
        table.clear()
        table.update(content)


use_list(read_list())
