"""How often each article uses each term, and which terms describe it (TF-IDF)."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer
from tqdm import tqdm

from parley.corpus.articles import as_text
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError, did_you_mean
from parley.reuse import shared_passages
from parley.text.copies import mark_copies
from parley.text.words import Word, words

if TYPE_CHECKING:
    from parley.study import Study


class Counts(NamedTuple):
    """Occurrences of terms in articles: `matrix[i, j]` is how often `articles[i]` uses `terms[j]`."""

    matrix: csr_array
    articles: list[str]
    terms: list[str]


def counts(study: "Study", *, ngrams: tuple[int, int] = (1, 1), counting: str = "once") -> Counts:
    """Count the terms of every article.

    Parameters
    ----------
    study : Study
    ngrams : tuple of int
        Shortest and longest term, in words. A term never crosses the end of a sentence.
    counting : "once" or "printed"
        "once" leaves out repeats within an article, and copy that another article of its group already
        contributes; "printed" counts all prose as it stands.

    Returns
    -------
    Counts
        Articles in the order of ``study.articles``, terms in alphabetical order.

    Raises
    ------
    StudyError
        `counting` is neither "once" nor "printed".

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["A pause. A pause in fighting."]}))
    >>> matrix, articles, terms = counts(study, ngrams=(1, 2))
    >>> dict(zip(terms, matrix.toarray()[0].tolist()))
    {'a': 2, 'a pause': 2, 'fighting': 1, 'in': 1, 'in fighting': 1, 'pause': 2, 'pause in': 1}
    """
    return count_articles(study, study.articles["article_id"].tolist(), ngrams=ngrams, counting=counting)


def count_articles(
    study: "Study",
    articles: Sequence[str],
    *,
    groups: pd.Series | None = None,
    ngrams: tuple[int, int] = (1, 1),
    counting: str = "once",
) -> Counts:
    """Count the terms of some articles of a study, copy counting once in each of `groups`.

    Parameters
    ----------
    study : Study
    articles : sequence of str
        The article_ids that take part: copy is left out only where one of these contributes it.
    groups : Series, optional
        The group of each article, by article_id; the study's own by default.
    ngrams, counting
        As for `counts`.

    Returns
    -------
    Counts
        Articles in the order given; terms in alphabetical order, also those that none of these articles uses.
    """
    if counting not in ("once", "printed"):
        raise StudyError(f"counting: expected 'once' or 'printed', not {counting!r}.")
    by_sentence, terms = study.term_counts(ngrams)
    sentences = study.sentences
    taken = sentences["article_id"].isin(articles)
    if counting == "printed":
        taken &= sentences["kind"].isin([*PROSE, "repeat"])
    else:
        taken &= sentences["counted"] | (sentences["left_out"] == "shared").fillna(False)
        taking_part = set(articles)
        order = [article for article in study.order if article in taking_part]
        copies = mark_copies(
            sentences[taken], shared_passages(study), order, study.groups if groups is None else groups
        )
        taken[copies.index[copies]] = False
    rows = pd.Index(articles).get_indexer(sentences["article_id"])[taken]
    shape = (len(articles), len(sentences))
    gather = csr_array((np.ones(len(rows), int), (rows, np.flatnonzero(taken))), shape)
    return Counts(csr_array(gather @ by_sentence), list(articles), terms)


def count_sentences(
    sentences: pd.DataFrame, ngrams: tuple[int, int], *, tokenise: Callable[[str], list[Word]] = words
) -> tuple[csr_array, list[str]]:
    """Count terms by sentence, once a study: any choice and grouping of sentences is a product with it."""
    shortest, longest = ngrams
    column: dict[str, int] = {}
    columns, values, ends = [], [], [0]
    rows = zip(sentences["kind"].isin([*PROSE, "repeat"]), sentences["text"], strict=True)
    for is_prose, text in tqdm(rows, "counting", len(sentences), disable=None, leave=False):
        forms = [word.form for word in tokenise(text)] if is_prose else []
        tally = Counter(
            " ".join(term)
            for n in range(shortest, longest + 1)
            for term in zip(*(islice(forms, i, None) for i in range(n)), strict=False)
        )
        columns += [column.setdefault(term, len(column)) for term in tally]
        values += tally.values()
        ends.append(len(columns))
    terms = sorted(column)
    place = np.empty(len(column), int)
    place[[column[term] for term in terms]] = np.arange(len(column))
    shape = (len(sentences), len(column))
    columns = place[np.array(columns, int)]
    return csr_array((np.array(values, int), columns, np.array(ends)), shape), terms


def group_articles(study: "Study", by: str | None, groups: Sequence[str] | None) -> tuple[pd.Series, list[str]]:
    """Tell which articles take part in a contrast.

    Parameters
    ----------
    study : Study
    by : str or None
        A metadata column; the study's own by default.
    groups : sequence of str or None
        Two or more values of that column, in the order of the table's columns; by default those that
        study.toml names, if `by` is its column, else all.

    Returns
    -------
    group : Series
        The group of every article that takes part, by article_id.
    groups : list of str

    Raises
    ------
    StudyError
        There is no such column or group, or fewer than two groups.
    """
    settings = study.settings.get("contrast", {})
    if by is None:
        by = study.by
        if by is None:
            raise StudyError("study.toml, [contrast]: expected by, the column that groups the articles.")
    if by not in study.articles:
        raise StudyError(f"by: no article has a column {by!r}; {did_you_mean(by, study.articles.columns)}")
    group = as_text(study.articles.set_index("article_id")[by]).dropna()
    if groups is None:
        groups = settings.get("groups") if by == study.by else None
    groups = list(dict.fromkeys(map(str, groups))) if groups else sorted(group.unique())
    for name in groups:
        if not (group == name).any():
            raise StudyError(f"groups: no article has {by} = {name!r}; {did_you_mean(name, group.unique())}")
    if len(groups) < 2:
        raise StudyError(f"groups: expected two or more values of {by!r}, found {len(groups)}; name more.")
    return group[group.isin(groups)], groups


def tfidf(
    study: "Study",
    *,
    by: str | None = None,
    ngrams: tuple[int, int] = (1, 2),
    counting: str = "once",
    stop_words: str | Sequence[str] = "english",
    top: int | None = None,
) -> pd.DataFrame:
    """Describe articles, or groups, by the terms that are frequent there and in few articles.

    TF-IDF describes; it does not say that a difference would be found again in other articles (see
    `parley.contrast.compare`).

    Parameters
    ----------
    study : Study
    by : str, optional
        A metadata column: describe its groups; articles by default. Groups are measured by the idf of the
        articles, so that a term weighs the same in both.
    ngrams, counting
        As for `counts`.
    stop_words : "english" or sequence of str
        Terms with one of these words are left out; "english" is scikit-learn's list.
    top : int, optional
        So many terms for each article or group; all by default.

    Returns
    -------
    DataFrame
        ``unit`` (article_id or group), ``term``, ``count``, ``articles`` (that use the term), ``tfidf``,
        ``rank`` (from 1; ties in alphabetical order), best first in every unit.

    Notes
    -----
    scikit-learn's `TfidfTransformer`: tf × idf with idf = ln((1 + n) / (1 + df)) + 1, where tf is the count,
    n the number of articles and df the number of articles with the term; then every unit's scores are divided
    by the root of the sum of their squares. After Salton & Buckley (1988), Information Processing &
    Management 24(5).

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Truce, truce and peace.", "War and peace."]}))
    >>> tfidf(study, ngrams=(1, 1), top=1)[["unit", "term", "count", "articles", "tfidf"]].round(3)
      unit   term  count  articles  tfidf
    0    1  truce      2         1  0.942
    1    2    war      1         1  0.815
    """
    stop = ENGLISH_STOP_WORDS if stop_words == "english" else frozenset(stop_words)
    matrix, articles, terms = counts(study, ngrams=ngrams, counting=counting)
    kept = [j for j, term in enumerate(terms) if stop.isdisjoint(term.split())]
    matrix, terms = matrix[:, kept], np.array([terms[j] for j in kept], object)
    idf = TfidfTransformer().fit(matrix)
    used_by, units = np.bincount(matrix.indices, minlength=len(terms)), articles
    if by is not None:
        group, units = group_articles(study, by, None)
        places = [(units.index(group[name]), row) for row, name in enumerate(articles) if name in group]
        to, rows = np.array(places).T
        matrix = csr_array((np.ones(len(rows), int), (to, rows)), (len(units), len(articles))) @ matrix
    matrix.sort_indices()
    scores = csr_array(idf.transform(matrix)).tocoo()  # the same cells in the same order
    frame = pd.DataFrame(
        {
            "unit": np.array(units, object)[scores.row],
            "term": terms[scores.col],
            "count": matrix.data,
            "articles": used_by[scores.col],
            "tfidf": scores.data,
            "place": scores.row,
        }
    )
    frame = frame.sort_values(["place", "tfidf", "term"], ascending=[True, False, True], ignore_index=True)
    frame["rank"] = frame.groupby("place").cumcount() + 1
    frame = frame[frame["rank"] <= top] if top else frame
    return frame.drop(columns="place").reset_index(drop=True)
