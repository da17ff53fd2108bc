"""Terms as words that a text prints: which of them say something, what they rest on, how often they are used."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from parley.contrast.counting import counts
from parley.sourcing.verbs import verb
from parley.stance.frequency import rate
from parley.text.classes import STOP_WORDS
from parley.text.copies import clusters
from parley.text.forms import WORD, fold

SAYING = ("say", "tell", "add")
STYLE = {"mrs", "sen", "rep", "gov", "prof", "rev", "a.m.", "p.m."}  # titles and hours, as a house writes them
MOST = 4  # printed forms that are named
_TOKEN = re.compile(WORD)


def telling(term: str) -> bool:
    """Whether every word of a term says something of what a report is about.

    Function words, words of one or two letters, what every report says of its speakers (said, told, added), titles and
    hours do not: how much they differ is a matter of grammar and house style.

    Examples
    --------
    >>> [telling(term) for term in ("the", "al", "said", "mrs", "regime", "the regime")]
    [False, False, False, False, True, False]
    """
    return all(map(_telling, term.split()))


@lru_cache(maxsize=2**17)
def _telling(word: str) -> bool:
    return len(word) > 2 and word not in STOP_WORDS and word not in STYLE and verb(word)[0] not in SAYING


def tokens(study, terms: Sequence[str]) -> pd.Series:
    """Name what the texts print where a single-word term is counted: its most frequent forms, each with its count.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["A cease-fire. Ceasefire in al-Bab! A ceasefire."]}))
    >>> tokens(study, ["ceasefire", "al"]).tolist()
    ['cease-fire 1, Ceasefire 1, ceasefire 1', 'al-Bab 1']
    """
    sentences, wanted, found = study.peek("sentences"), set(terms), defaultdict(Counter)
    by_sentence, known = study.term_counts((1, 1))
    columns = np.flatnonzero(np.isin(np.array(known, object), list(wanted)))
    has = np.asarray(by_sentence[:, columns].sum(axis=1)).ravel() > 0
    for text in study.cut(sentences[has & sentences["counted"].to_numpy()]):
        for token in _TOKEN.findall(text):
            for form in wanted & {*fold(token).split("-")}:
                found[form][token] += 1
    named = [", ".join(f"{token} {times:,}" for token, times in found[term].most_common(MOST)) for term in terms]
    return pd.Series(named, index=pd.Index(terms, name="term"), name="printed_as", dtype="str")


def rates(study, terms: Sequence[str], by: pd.Series) -> pd.DataFrame:
    """Count terms per 1,000 words in every unit of articles, with the range that `parley.stance.rates` gives.

    Parameters
    ----------
    study : Study
    terms : sequence of str
        Single words, as contrasts list them.
    by : Series
        The unit of each article by ``article_id``, such as `parley.show.period` gives it.

    Returns
    -------
    DataFrame
        One row a unit and term: the unit, in a column called as `by` is, ``term, count, words, reports, per_1000, low,
        high, range``.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["A pause, a pause.", "No pause at all."]}))
    >>> month = pd.Series(["May", "June"], study.articles["article_id"], name="month")
    >>> rates(study, ["pause"], month)[["month", "term", "count", "per_1000"]].values.tolist()
    [['June', 'pause', 1, 250.0], ['May', 'pause', 2, 500.0]]
    """
    matrix, articles, known = counts(study)
    words = pd.Series(np.asarray(matrix.sum(axis=1)).ravel(), index=articles)
    report, rows, place = clusters(study.peek("passages"), articles), [], {term: i for i, term in enumerate(known)}
    columns = {
        term: pd.Series(matrix[:, [place[term]]].toarray().ravel(), index=articles) for term in terms if term in place
    }
    for unit, own in by.dropna().groupby(by.dropna(), observed=True):
        counted = {term: count[own.index] for term, count in columns.items()}
        rows += [(unit, *one) for one in rate(counted, words[own.index], report[own.index])]
    names = [by.name or "unit", "term", "count", "words", "reports", "per_1000", "low", "high", "range"]
    return pd.DataFrame(rows, columns=names).astype({"per_1000": float, "low": float, "high": float})
