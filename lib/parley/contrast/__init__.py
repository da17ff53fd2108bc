"""Which words set groups of articles apart, and how sure that is."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from parley.contrast.counting import Counts, counts, group_articles, sum_rows
from parley.contrast.measures import dispersion, g2, log_odds, log_ratio
from parley.contrast.permutation import DRAWN, SEED, design, family_p, smallest_p
from parley.corpus.codebook import describes
from parley.corpus.settings import StudyError, check_study
from parley.text.copies import clusters
from parley.text.forms import TOKENISER, words

__all__ = ["bootstrap", "compare", "compare_groups", "counts", "grouped", "leave_one_out"]


def __dir__() -> list[str]:
    return __all__


MINIMUM = 5  # occurrences below which no split of articles says much about a term
RESAMPLES = 1_999
BLOCK = 512  # terms drawn again at a time, to bound memory

Names = Sequence[str] | None  # of groups; None for those of study.toml


class Groups(NamedTuple):
    """Counted articles of two groups or more: all that a contrast needs."""

    matrix: csr_array  # articles × terms
    terms: pd.Index  # those that occur
    names: list[str]  # of the groups
    group: pd.Series  # place in `names` of each article's group, by article_id
    cluster: np.ndarray  # number of each article's cluster: articles of one share copy

    def sums(self) -> np.ndarray:
        """Count every term in every group: an array, groups × terms."""
        return sum_rows(self.matrix, self.group, len(self.names)).toarray()


def grouped(table: Counts, group: Sequence[str], names: Sequence[str], cluster: Sequence | None = None) -> Groups:
    """Put counted articles into groups; without clusters no two of them share copy."""
    occurs = table.matrix.sum(axis=0) > 0
    terms = pd.Index(np.array(table.terms, object)[occurs], name="term")
    number = pd.Series([names.index(name) for name in group], index=table.articles)
    cluster = table.articles if cluster is None else cluster
    return Groups(table.matrix[:, occurs], terms, list(names), number, pd.factorize(np.array(cluster, object))[0])


def _read(study, by: str | None, groups: Names, counting: str) -> Groups:
    """Count the articles of the groups that were asked for."""
    group, names = group_articles(study, by, groups)
    table = counts(study, group.index, groups=group, counting=counting)
    return grouped(table, group, names, clusters(study.peek("passages"), table.articles))


@describes("terms")
def compare(study, by: str | None = None, groups: Names = None, counting: str = "once") -> pd.DataFrame:
    """Set the words of groups of articles beside each other.

    Parameters
    ----------
    study : Study
    by : str, optional
        The metadata column that groups the articles; the study's own by default.
    groups : sequence of str, optional
        Two or more values of that column; by default those that study.toml names, else all. Articles with another
        value, or none, take no part.
    counting : "once" or "printed"
        "once" leaves out repeats within an article, and within a group copy that an earlier article contributes;
        "printed" counts all prose as it stands.

    Returns
    -------
    DataFrame
        Index ``term``, every word of these articles; smallest p first, then largest G². Two groups are set against each
        other, the first minus the second; of more, each against all others together, with its name in ``group``. The
        prior is as strong as one average article with the words of all in proportion. p-values are for all rows
        together, from splitting articles, or clusters of articles that share copy, at random; terms with fewer than
        five occurrences are not tested. (Formulas: `parley.contrast.measures` and `parley.contrast.permutation`.)
        {columns}

        ``attrs`` names ``by, groups, counting, tokeniser, prior, statistic, minimum`` (occurrences of a term that is
        tested), ``terms_tested, unit`` (articles, or clusters of them), ``units`` (of each group), ``splits`` (that
        were looked at), ``exact`` (whether these are all), ``smallest_p`` (that any term could have) and
        ``smallest_p_ignoring_copy`` (if articles that share copy counted as independent).

    Raises
    ------
    StudyError
        No such column, group or counting; fewer than two groups; a group with no words.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["Pause, pause, pause.", "A pause, and a pause.", "A truce, a truce.", "Truce."]
    >>> study = study_from_table(pd.DataFrame({"text": texts, "year": [2012, 2012, 2016, 2016]}))
    >>> table = compare(study, by="year")
    >>> table.loc["pause", ["count_2012", "count_2016", "log_ratio", "p_value"]].round(2).tolist()
    [5.0, 0.0, 2.64, 0.33]
    >>> table.attrs["splits"], table.attrs["smallest_p"]
    (6, 0.333...)
    """
    check_study(study, "compare")
    return _kept(study, "compare", _compare, by, groups, counting)


def _kept(study, name: str, make: Callable, by: str | None, groups: Names, counting: str) -> pd.DataFrame:
    """What is made of groups takes long, so that it is kept with the study."""
    groups = None if groups is None else [*groups]
    return study.kept(name, partial(make, by=by, groups=groups, counting=counting), by, groups, counting).copy()


def _compare(study, by: str | None, groups: Names, counting: str) -> pd.DataFrame:
    table = compare_groups(_read(study, by, groups, counting))
    tokeniser = TOKENISER if study.tokenise is words else f"{study.tokenise.__module__}.{study.tokenise.__name__}"
    table.attrs |= {"by": by or study.by, "counting": counting, "tokeniser": tokeniser}
    return table


def compare_groups(data: Groups, drawn: int = DRAWN) -> pd.DataFrame:
    """`compare` for counts in hand: the same table, with ``attrs`` that do not name ``by, counting, tokeniser``.

    `drawn` is the number of splits drawn where there are too many to look at all.
    """
    matrix, group, names = data.matrix, data.group.to_numpy(), data.names
    by_group = data.sums()
    words = by_group.sum(axis=1, keepdims=True)
    if not words.all():
        empty = names[int(np.argmin(words))]
        raise StudyError(f"group {empty!r}: expected words to count, found none; leave the group out.")
    # Copy that two groups print is a report in each.
    reports, report = np.unique(group * len(group) + data.cluster, return_inverse=True)
    printed = sum_rows(matrix, report, len(reports)) > 0

    plan = design(group.tolist(), data.cluster.tolist(), drawn)
    tested = matrix.sum(axis=0) >= MINIMUM
    p_value = np.full((len(names), len(data.terms)), np.nan)
    p_value[:, tested] = family_p(matrix[:, tested], matrix.sum(axis=1), plan)

    numbers = {
        "count": by_group,
        "articles": sum_rows(matrix > 0, group, len(names)).toarray(),
        "reports": sum_rows(printed, reports // len(group), len(names)).toarray(),
        "per_1000": 1000 * by_group / words,
    }
    columns = {
        f"{number}_{name}": own for number, rows in numbers.items() for name, own in zip(names, rows, strict=True)
    }
    measures = _differences(by_group, len(group))
    measures |= {"dispersion": [dispersion(matrix)] * len(names), "p_value": p_value}
    table = _stacked(data, columns, measures)
    table = table.sort_values(["p_value", "g2"], ascending=[True, False])
    exact = len(plan.splits) == plan.possible
    independent = data.cluster.max() + 1 == len(group)
    table.attrs = {
        "groups": names,
        "prior": f"informative Dirichlet, as strong as an article ({words.sum() / len(group):.0f} words)",
        "statistic": "maximum over terms of |observed - expected| / its standard deviation over the splits",
        "minimum": MINIMUM,
        "terms_tested": int(tested.sum()),
        "unit": "articles" if independent else "clusters of articles that share copy",
        "units": dict(zip(names, np.bincount(plan.splits[0]).tolist(), strict=True)),
        "splits": plan.possible if exact else drawn,
        "exact": exact,
        "smallest_p": plan.smallest_p,
        "smallest_p_ignoring_copy": smallest_p(group.tolist(), range(len(group)), drawn),
    }
    return table


@describes("ranges")
def leave_one_out(study, by: str | None = None, groups: Names = None, counting: str = "once") -> pd.DataFrame:
    """Tell how far each difference rests on single articles.

    Articles are left out one by one; of more than 30, outlet by outlet if every group has at least two of at most 30
    outlets, else in ten folds. Copy that the article left out contributed is then counted where it is printed next.

    Parameters
    ----------
    study, by, groups, counting
        As for `compare`, which tells also what a StudyError is raised for.

    Returns
    -------
    DataFrame
        Indexed by term. A group is never left without words: such a turn is skipped. ``attrs`` has ``left_out``
        (article, outlet or fold), ``turns`` and ``turns_skipped``. {columns}

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["Pause, pause, pause.", "A pause.", "A truce, a truce.", "Truce."]
    >>> study = study_from_table(pd.DataFrame({"text": texts, "year": [2012, 2012, 2016, 2016]}))
    >>> ranges = leave_one_out(study, by="year")
    >>> ranges.loc["pause", ["log_ratio_low", "log_ratio", "log_ratio_high"]].astype(float).round(2).tolist()
    [0.68, 3.0, 3.32]
    """
    check_study(study, "leave_one_out")
    return _kept(study, "ranges", _leave_one_out, by, groups, counting)


def _leave_one_out(study, by: str | None, groups: Names, counting: str) -> pd.DataFrame:
    data = _read(study, by, groups, counting)
    kind, turns = _turns(study, data.group)
    found = [_differences(data.sums(), len(data.group))]
    for out in turns:
        group = data.group.drop(out)
        table = counts(study, group.index, groups=group, counting=counting)
        columns = pd.Index(table.terms).get_indexer(data.terms)
        by_group = data._replace(matrix=table.matrix[:, columns], group=group).sums()
        if by_group.sum(axis=1).all():
            found.append(_differences(by_group, len(group)))
    ranges = {}
    for measure in ("log_ratio", "log_odds"):
        each = [differences[measure] for differences in found]
        ranges |= {measure: each[0], f"{measure}_low": np.fmin.reduce(each), f"{measure}_high": np.fmax.reduce(each)}
    holds = np.sign(ranges["log_ratio_low"]) == np.sign(ranges["log_ratio_high"])
    table = _stacked(data, {}, ranges | {"holds": holds})
    table.attrs = {"left_out": kind, "turns": len(turns), "turns_skipped": len(turns) + 1 - len(found)}
    return table


@describes("intervals")
def bootstrap(study, by: str | None = None, groups: Names = None, counting: str = "once") -> pd.DataFrame:
    """Give 95% intervals for log ratios, articles drawn again from each group.

    Articles that share copy are drawn together. Intervals are percentiles of 1,999 draws (Efron & Tibshirani 1993, "An
    Introduction to the Bootstrap", ch. 13), each for one term by itself: about one in 20 misses its mark, and more than
    that where articles are few.

    Parameters
    ----------
    study, by, groups, counting
        As for `compare`; two groups of at least ten articles that are independent of one another, else StudyError.

    Returns
    -------
    DataFrame
        Indexed by term, of those with five occurrences or more. {columns}
    """
    check_study(study, "bootstrap")
    return _kept(study, "intervals", _bootstrap, by, groups, counting)


def _bootstrap(study, by: str | None, groups: Names, counting: str) -> pd.DataFrame:
    data = _read(study, by, groups, counting)
    if len(data.names) > 2:
        raise StudyError(f"groups: expected two groups, found {len(data.names)}; name the two that are meant.")
    first, second = (data.group.to_numpy() == g for g in (0, 1))
    for name, own in zip(data.names, (first, second), strict=True):
        if (units := len(np.unique(data.cluster[own]))) < 10:
            expected = "bootstrap: expected ten independent articles or more in each group"
            raise StudyError(f"{expected}, {name!r} has {units}; use leave_one_out.")
    tested = data.matrix.sum(axis=0) >= MINIMUM
    lengths, matrix = data.matrix.sum(axis=1), data.matrix[:, tested]
    drawn = _draw_clusters(data.group.to_numpy(), data.cluster)[:, data.cluster]
    words_1, words_2 = ((drawn[:, own] @ lengths[own])[:, None] for own in (first, second))
    limits = np.empty((2, matrix.shape[1]))
    for start in range(0, matrix.shape[1], BLOCK):
        block = slice(start, start + BLOCK)
        count_1, count_2 = (drawn[:, own] @ matrix[own, block] for own in (first, second))
        limits[:, block] = np.quantile(log_ratio(count_1, words_1, count_2, words_2), [0.025, 0.975], axis=0)
    ratio = _differences(data.sums(), len(lengths))["log_ratio"][0, tested]
    columns = {"log_ratio": ratio, "log_ratio_low": limits[0], "log_ratio_high": limits[1]}
    return pd.DataFrame(columns, index=data.terms[tested])


def _stacked(data: Groups, columns: dict[str, np.ndarray], measures: dict[str, Sequence[np.ndarray]]) -> pd.DataFrame:
    """Make a row of every term and comparison: `columns` hold for all comparisons, `measures` have a row for each."""
    tables = []
    for g, group in enumerate(data.names if len(data.names) > 2 else data.names[:1]):
        own = {"group": group} if len(data.names) > 2 else {}
        own |= columns | {name: values[g] for name, values in measures.items()}
        tables.append(pd.DataFrame(own, index=data.terms))
    return pd.concat(tables)


def _differences(by_group: np.ndarray, articles: int) -> dict[str, np.ndarray]:
    """Measure group 0 against group 1, or each of more against the rest: arrays, comparisons × terms."""
    total = by_group.sum(axis=0)
    rows = []
    for one in by_group if len(by_group) > 2 else by_group[:1]:
        two = total - one
        sizes = one, one.sum(), two, two.sum()
        rows.append((log_ratio(*sizes), *log_odds(one, two, total / articles), g2(*sizes)))
    names = ("log_ratio", "log_odds", "log_odds_z", "g2")
    return {name: np.array(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}


def _turns(study, group: pd.Series) -> tuple[str, list[list[str]]]:
    """Tell what is left out in turn: lists of article_ids."""
    if len(group) <= 30:
        return "article", [[article] for article in group.index]
    outlet = study.articles.set_index("article_id")["outlet"].reindex(group.index)
    if outlet.notna().all() and outlet.nunique() <= 30 and (outlet.groupby(group).nunique() >= 2).all():
        return "outlet", [rows.index.tolist() for _, rows in outlet.groupby(outlet)]
    return "fold", [group.index[start::10].tolist() for start in range(10)]


def _draw_clusters(group: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Draw clusters again, from those that the same groups print: how often each, draws × clusters."""
    printed_by = pd.Series(group).groupby(cluster).agg(lambda groups: tuple(sorted(set(groups))))
    rng = np.random.default_rng(SEED)
    drawn = np.empty((RESAMPLES, len(printed_by)))
    for _, alike in sorted(printed_by.groupby(printed_by).indices.items()):
        drawn[:, alike] = rng.multinomial(len(alike), np.full(len(alike), 1 / len(alike)), size=RESAMPLES)
    return drawn
