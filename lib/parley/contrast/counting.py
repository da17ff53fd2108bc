"""How often each article uses each term."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from parley.corpus.articles import as_text
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError, did_you_mean
from parley.text.copies import mark_copies


class Counts(NamedTuple):
    """Occurrences of terms in articles: `matrix[i, j]` is how often `articles[i]` uses `terms[j]`."""

    matrix: csr_array
    articles: list[str]
    terms: list[str]


def counts(
    study,
    articles: Sequence[str] | None = None,
    *,
    groups: pd.Series | None = None,
    ngrams: tuple[int, int] = (1, 1),
    counting: str = "once",
    words: Callable[[str], bool] | None = None,
) -> Counts:
    """Count the terms of articles.

    Parameters
    ----------
    study : Study
    articles : sequence of str, optional
        The article_ids, all by default.
    groups : Series, optional
        The group of each article, by article_id; the study's own by default.
    ngrams : tuple of int
        Shortest and longest term, in words. A term never crosses the end of a sentence.
    counting : "once" or "printed"
        "once" leaves out repeats within an article, and copy that another article of its group already contributes;
        "printed" counts all prose as it stands. Anything else is a StudyError.
    words : function of a word, optional
        Only terms are counted of whose words it holds, as `parley.contrast.terms.telling`: most pairs of words are not.

    Returns
    -------
    Counts
        ``matrix, articles, terms``: articles in the order given, terms in alphabetical order.

    Examples
    --------
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["A pause. A pause in fighting."]}))
    >>> matrix, articles, terms = counts(study, ngrams=(1, 2))
    >>> dict(zip(terms, matrix.toarray()[0].tolist()))
    {'a': 2, 'a pause': 2, 'fighting': 1, 'in': 1, 'in fighting': 1, 'pause': 2, 'pause in': 1}
    """
    if counting not in ("once", "printed"):
        raise StudyError(f"counting: expected 'once' or 'printed', not {counting!r}.")
    articles = list(study.articles["article_id"] if articles is None else articles)
    by_sentence, terms = study.term_counts(ngrams, words)
    sentences = study.peek("sentences")
    taken = sentences["article_id"].isin(articles)
    if counting == "printed":
        taken &= sentences["kind"].isin([*PROSE, "repeat"])
    else:
        taken &= sentences["counted"] | (sentences["left_out"] == "shared").fillna(False)
        order = pd.Index(study.order)
        groups = study.groups if groups is None else groups
        own = order[order.isin(articles)]
        copies = mark_copies(sentences[taken], study.peek("passages"), own, groups, study.places)
        taken[copies.index[copies]] = False
    rows, taken = pd.Index(articles).get_indexer(sentences["article_id"])[taken], np.flatnonzero(taken)
    sums = csr_array((np.ones(len(taken), int), (rows, taken)), (len(articles), len(sentences)))
    return Counts(sums @ by_sentence, articles, [*terms])


def sum_rows(matrix: csr_array, to: Sequence[int], rows: int) -> csr_array:
    """Add up the rows of a matrix: `to` says for each of them which row of the result it goes to."""
    return csr_array((np.ones(len(to), int), (to, np.arange(len(to)))), (rows, len(to))) @ matrix


def count_sentences(
    forms: pd.Categorical,
    sizes: Sequence[int],
    prose: Sequence[bool],
    ngrams: tuple[int, int],
    words: Callable[[str], bool] | None = None,
) -> tuple[csr_array, list[str]]:
    """Count terms by sentence, once a study: any choice and grouping of sentences is a sum of these rows.

    `forms` are the words of all sentences, `sizes` how many each has, and `prose` whether they count; of each word of a
    term `words` holds.

    Examples
    --------
    >>> matrix, terms = count_sentences(pd.Categorical(["a", "pause", "a"]), [2, 1], [True, True], (1, 2))
    >>> terms, matrix.toarray().tolist()
    (['a', 'a pause', 'pause'], [[1, 1, 1], [1, 0, 0]])
    """
    known, prose = np.asarray(forms.categories, object), np.asarray(prose, bool)
    codes, sizes = np.asarray(forms.codes, np.int32)[np.repeat(prose, sizes)], np.where(prose, sizes, 0)
    rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    wanted = np.ones(len(known), bool) if words is None else np.fromiter(map(words, known), bool, len(known))
    at = np.flatnonzero(wanted[codes])  # where a term begins
    used, ids = _numbered(codes[at], len(known))
    grams, made, terms = known[used], [], []
    for n in range(1, ngrams[1] + 1):
        if n > 1:  # each term of one word less, and the word behind it, in the same sentence
            last = at + n - 1
            goes_on = last < len(codes)
            goes_on[goes_on] = (rows[at[goes_on]] == rows[last[goes_on]]) & wanted[codes[last[goes_on]]]
            at, ids = at[goes_on], ids[goes_on]
            used, ids = np.unique(ids.astype(np.int64) * len(known) + codes[at + n - 1], return_inverse=True)
            grams = grams[used // len(known)] + " " + known[used % len(known)]
        if n >= ngrams[0]:
            bounds = np.append(0, np.bincount(rows[at], minlength=len(sizes)).cumsum())
            small = bounds.astype(np.int32 if bounds[-1] < 2**31 else np.int64)  # else the columns are made larger too
            made.append((ids.astype(np.int32) + sum(map(len, terms)), small))
            terms.append(grams)
    terms = np.concatenate(terms)
    order = np.argsort(terms, kind="stable")
    column = np.empty(len(terms), np.int32)
    column[order] = np.arange(len(terms))
    shape = len(sizes), len(terms)
    parts = [csr_array((np.ones(len(columns), np.int32), column[columns], bounds), shape) for columns, bounds in made]
    for part in parts:
        part.sum_duplicates()
    return sum(parts[1:], parts[0]), terms[order].tolist()


def _numbered(numbers: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Which of so many numbers occur, and the place of each among these: `numpy.unique` without sorting."""
    occurs = np.zeros(most, bool)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs, dtype=np.int32) - 1)[numbers]


def group_articles(study, by: str | None, groups: Sequence[str] | None) -> tuple[pd.Series, list[str]]:
    """Give the group of every article that takes part in a contrast, by article_id, and the groups in their order."""
    by = study.by if by is None else by
    if by is None:
        raise StudyError("study.toml, [contrast]: expected by, the column that groups the articles.")
    if by not in study.articles:
        raise StudyError(f"by: no article has a column {by!r}; {did_you_mean(by, study.articles.columns)}")
    group = as_text(study.articles.set_index("article_id")[by]).dropna()
    if groups is None and by == study.by:
        groups = study.settings.get("contrast", {}).get("groups")
    groups = list(dict.fromkeys(map(str, groups))) if groups else sorted(group.unique())
    for name in groups:
        if not (group == name).any():
            raise StudyError(f"groups: no article has {by} = {name!r}; {did_you_mean(name, group.unique())}")
    if len(groups) < 2:
        raise StudyError(f"groups: expected two or more values of {by!r}, found {len(groups)}; name more.")
    return group[group.isin(groups)], groups
