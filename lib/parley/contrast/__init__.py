"""Which words set groups of articles apart, and how sure that is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from parley.contrast.counting import Counts, count_articles, counts, group_articles, tfidf
from parley.contrast.measures import dispersion, divergence, g2, log_odds, log_ratio
from parley.contrast.permutation import DRAWN, SEED, design, family_p
from parley.corpus.settings import StudyError
from parley.reuse import shared_passages
from parley.text.copies import clusters
from parley.text.words import TOKENISER

if TYPE_CHECKING:
    from parley.study import Study

__all__ = ["bootstrap", "compare", "compare_counts", "counts", "leave_one_out", "tfidf", "word_shift"]

MINIMUM = 5  # occurrences below which no split of articles says much about a term
RESAMPLES = 1_999


def compare(
    study: "Study", by: str | None = None, groups: Sequence[str] | None = None, counting: str = "once"
) -> pd.DataFrame:
    """Set the words of groups of articles beside each other.

    Parameters
    ----------
    study : Study
    by : str, optional
        The metadata column that groups the articles; the study's own by default.
    groups : sequence of str, optional
        Two or more values of that column; by default those that study.toml names, else all. Articles with
        another value, or none, take no part.
    counting : "once" or "printed"
        "once" leaves out repeats within an article, and within a group copy that an earlier article
        contributes; "printed" counts all prose as it stands.

    Returns
    -------
    DataFrame
        Index ``term``, every word of these articles; smallest p first, then largest G². Two groups are set
        against each other, the first minus the second. Of more than two, each is set against all others
        together: a row for each group and term, with a column ``group``.

        ``count_*, articles_*, reports_*, per_1000_*``
            For each group: occurrences, articles with the term, independent reports with it (articles that share copy
            are one), occurrences per 1,000 words.
        ``log_ratio``
            Doublings of the rate (`parley.contrast.measures.log_ratio`).
        ``log_odds, log_odds_z``
            Difference in log-odds under an informative Dirichlet prior, and the same over its standard error
            (`parley.contrast.measures.log_odds`). The prior is as strong as one average article with the words of all
            articles in proportion. z takes words for independent events, so it ranks, and tests nothing.
        ``g2``
            Log-likelihood ratio (`parley.contrast.measures.g2`), to compare with other tools; likewise no test.
        ``dispersion``
            Gries' deviation of proportions over all these articles (`parley.contrast.measures.dispersion`).
        ``p_value``
            Family-wise, for all rows of the table together, from splitting articles, or clusters of articles
            that share copy, at random (`parley.contrast.permutation.family_p`). Missing for terms with fewer than five
            occurrences, which are not tested.

        ``attrs`` names ``by, groups, counting, tokeniser, prior, statistic, minimum`` (occurrences of a term
        that is tested), ``terms_tested, unit`` (articles, or clusters of them), ``units`` (of each group),
        ``splits`` (that were looked at), ``exact`` (whether these are all), ``smallest_p`` (that any term
        could have) and ``smallest_p_ignoring_copy`` (if articles that share copy counted as independent).

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
    table, group, names = _grouped(study, by, groups, counting)
    result = compare_counts(table, group, groups=names, cluster=_clusters(study, table))
    result.attrs |= {"by": by or study.by, "counting": counting, "tokeniser": TOKENISER}
    return result


def compare_counts(
    table: Counts, group: Sequence[str], *, groups: Sequence[str], cluster: Sequence | None = None
) -> pd.DataFrame:
    """Set groups of counted articles beside each other: `compare` for counts in hand.

    Parameters
    ----------
    table : Counts
    group : sequence of str
        The group of each article.
    groups : sequence of str
        The groups, in the order of the columns.
    cluster : sequence, optional
        The cluster of each article; by default no articles share copy.

    Returns
    -------
    DataFrame
        As `compare`; ``attrs`` without ``by, counting, tokeniser``.
    """
    number = [list(groups).index(name) for name in group]
    used = table.matrix.sum(axis=0) > 0
    matrix, terms = table.matrix[:, used], np.array(table.terms, object)[used]
    by_group, articles = _sum_groups(matrix, number), _sum_groups(matrix > 0, number)
    reports = articles if cluster is None else _sum_groups(*_by_report(matrix, number, cluster), groups=len(groups))
    words = by_group.sum(axis=1, keepdims=True)
    if not words.all():
        empty = groups[int(np.argmin(words))]
        raise StudyError(f"group {empty!r}: expected words to count, found none; leave the group out.")
    differences = _differences(by_group, len(number))

    singles = range(len(number))
    plan = design(number, singles if cluster is None else cluster)
    alone = plan if cluster is None else design(number, singles)
    tested = matrix.sum(axis=0) >= MINIMUM
    p_value = np.full((len(groups), len(terms)), np.nan)
    p_value[:, tested] = family_p(matrix[:, tested], matrix.sum(axis=1), number, plan)

    spread = dispersion(matrix)
    parts = []
    for g, name in enumerate(groups[: len(differences["g2"])]):
        columns = {"group": name} if len(groups) > 2 else {}
        columns |= {f"count_{other}": by_group[i] for i, other in enumerate(groups)}
        columns |= {f"articles_{other}": articles[i] for i, other in enumerate(groups)}
        columns |= {f"reports_{other}": reports[i] for i, other in enumerate(groups)}
        columns |= {f"per_1000_{other}": 1000 * by_group[i] / words[i] for i, other in enumerate(groups)}
        columns |= {measure: values[g] for measure, values in differences.items()}
        columns |= {"dispersion": spread, "p_value": p_value[g]}
        parts.append(pd.DataFrame(columns, index=pd.Index(terms, name="term")))
    result = pd.concat(parts).sort_values(["p_value", "g2"], ascending=[True, False], kind="stable")
    independent = cluster is None or len(set(cluster)) == len(number)
    exact = len(plan.splits) == plan.possible
    result.attrs = {
        "groups": list(groups),
        "prior": f"informative Dirichlet, as strong as an article ({words.sum() / len(number):.0f} words)",
        "statistic": "maximum over terms of |observed - expected| / its standard deviation over the splits",
        "minimum": MINIMUM,
        "terms_tested": int(tested.sum()),
        "unit": "articles" if independent else "clusters of articles that share copy",
        "units": {name: int(n) for name, n in zip(groups, _units(number, plan.part), strict=True)},
        "splits": plan.possible if exact else DRAWN,
        "exact": exact,
        "smallest_p": plan.smallest_p,
        "smallest_p_ignoring_copy": alone.smallest_p,
    }
    return result


def leave_one_out(
    study: "Study", by: str | None = None, groups: Sequence[str] | None = None, counting: str = "once"
) -> pd.DataFrame:
    """Tell how far each difference rests on single articles.

    Articles are left out one by one; of more than 30, outlet by outlet if every group has at least two of at
    most 30 outlets, else in ten folds. Copy that the article left out contributed is then counted where it is
    printed next.

    Parameters
    ----------
    study, by, groups, counting
        As for `compare`.

    Returns
    -------
    DataFrame
        Index ``term`` (and a column ``group`` if there are more than two): ``log_ratio, log_ratio_low,
        log_ratio_high, log_odds, log_odds_low, log_odds_high``, lowest and highest of the whole and all
        turns, and ``holds``, whether log_ratio keeps its sign throughout. A group is never left without
        words: such a turn is skipped. ``attrs`` has ``left_out`` (article, outlet or fold), ``turns`` and
        ``turns_skipped``.

    Raises
    ------
    StudyError
        As for `compare`.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["Pause, pause, pause.", "A pause.", "A truce, a truce.", "Truce."]
    >>> study = study_from_table(pd.DataFrame({"text": texts, "year": [2012, 2012, 2016, 2016]}))
    >>> ranges = leave_one_out(study, by="year")
    >>> ranges.loc["pause", ["log_ratio_low", "log_ratio", "log_ratio_high"]].astype(float).round(2).tolist()
    [0.68, 3.0, 3.32]
    """
    table, group, names = _grouped(study, by, groups, counting)
    number = [names.index(name) for name in group]
    used = table.matrix.sum(axis=0) > 0
    whole = _differences(_sum_groups(table.matrix[:, used], number), len(number))
    low = {measure: whole[measure].copy() for measure in ("log_ratio", "log_odds")}
    high = {measure: whole[measure].copy() for measure in ("log_ratio", "log_odds")}
    kind, turns = _turns(study, group)
    skipped = 0
    for out in turns:
        left = group.drop(out)
        rest = count_articles(study, left.index.tolist(), groups=left, counting=counting).matrix[:, used]
        by_group = _sum_groups(rest, [names.index(name) for name in left], len(names))
        if not by_group.sum(axis=1).all():
            skipped += 1
            continue
        differences = _differences(by_group, len(left))
        for measure in low:
            low[measure] = np.fmin(low[measure], differences[measure])
            high[measure] = np.fmax(high[measure], differences[measure])
    parts = []
    for g in range(len(whole["log_ratio"])):
        columns = {"group": names[g]} if len(names) > 2 else {}
        for measure in low:
            columns |= {
                measure: whole[measure][g],
                f"{measure}_low": low[measure][g],
                f"{measure}_high": high[measure][g],
            }
        columns["holds"] = np.sign(low["log_ratio"][g]) == np.sign(high["log_ratio"][g])
        parts.append(pd.DataFrame(columns, index=pd.Index(np.array(table.terms, object)[used], name="term")))
    result = pd.concat(parts)
    result.attrs = {"left_out": kind, "turns": len(turns), "turns_skipped": skipped}
    return result


def bootstrap(
    study: "Study", by: str | None = None, groups: Sequence[str] | None = None, counting: str = "once"
) -> pd.DataFrame:
    """Give 95% intervals for log ratios, articles drawn again from each group.

    Articles that share copy are drawn together. Intervals are percentiles of 1,999 draws (Efron & Tibshirani
    1993, "An Introduction to the Bootstrap", ch. 13), each for one term by itself: about one in 20 misses its
    mark, and more than that where articles are few.

    Parameters
    ----------
    study, by, groups, counting
        As for `compare`; two groups.

    Returns
    -------
    DataFrame
        Index ``term`` (with five occurrences or more): ``log_ratio, log_ratio_low, log_ratio_high``.

    Raises
    ------
    StudyError
        A group has fewer than ten articles that are independent of one another; there are more than two
        groups; or as for `compare`.
    """
    table, group, names = _grouped(study, by, groups, counting)
    _only_two(names)
    number = np.array([names.index(name) for name in group])
    cluster = pd.factorize(np.array(_clusters(study, table), object))[0]
    for name, units in zip(names, _units(number, cluster), strict=True):
        if units < 10:
            raise StudyError(
                f"bootstrap: expected ten independent articles or more in each group, {name!r} has {units}; "
                "use leave_one_out."
            )
    matrix = table.matrix
    tested = matrix.sum(axis=0) >= MINIMUM
    lengths, matrix = matrix.sum(axis=1), csr_array(matrix[:, tested])
    drawn = _draw_clusters(number, cluster)[:, cluster]
    words = [drawn @ np.where(number == g, lengths, 0) for g in (0, 1)]
    low, high = np.empty(matrix.shape[1]), np.empty(matrix.shape[1])
    for start in range(0, matrix.shape[1], 512):
        block = slice(start, start + 512)
        one, two = (drawn[:, number == g] @ matrix[number == g, block] for g in (0, 1))
        ratios = log_ratio(one, words[0][:, None], two, words[1][:, None])
        low[block], high[block] = np.quantile(ratios, [0.025, 0.975], axis=0)
    by_group = _sum_groups(matrix, number)
    given = log_ratio(by_group[0], lengths[number == 0].sum(), by_group[1], lengths[number == 1].sum())
    terms = pd.Index(np.array(table.terms, object)[tested], name="term")
    return pd.DataFrame({"log_ratio": given, "log_ratio_low": low, "log_ratio_high": high}, index=terms)


def word_shift(
    study: "Study", by: str | None = None, groups: Sequence[str] | None = None, counting: str = "once"
) -> pd.DataFrame:
    """Share out over the terms how far two groups differ: the table behind a word-shift graph.

    Parameters
    ----------
    study, by, groups, counting
        As for `compare`; two groups.

    Returns
    -------
    DataFrame
        Index ``term``, largest contribution first: ``group`` (that uses it at the higher rate), ``count_*``,
        ``per_1000_*``, ``contribution`` (bits of the Jensen-Shannon divergence, `parley.contrast.measures.divergence`)
        and ``share`` (of the divergence). ``attrs["divergence"]`` is the sum, in bits.

    Raises
    ------
    StudyError
        There are more than two groups; or as for `compare`.
    """
    table, group, names = _grouped(study, by, groups, counting)
    _only_two(names)
    by_group = _sum_groups(table.matrix, [names.index(name) for name in group])
    rates = 1000 * by_group / np.maximum(by_group.sum(axis=1, keepdims=True), 1)
    contribution = divergence(*by_group)
    frame = pd.DataFrame(
        {
            "group": np.where(rates[0] >= rates[1], *names),
            **{f"count_{name}": by_group[g] for g, name in enumerate(names)},
            **{f"per_1000_{name}": rates[g] for g, name in enumerate(names)},
            "contribution": contribution,
            "share": contribution / (contribution.sum() or 1),
        },
        index=pd.Index(table.terms, name="term"),
    )
    frame = frame[by_group.sum(axis=0) > 0].sort_values("contribution", ascending=False, kind="stable")
    frame.attrs = {"groups": names, "counting": counting, "divergence": float(contribution.sum())}
    return frame


def _grouped(
    study: "Study", by: str | None, groups: Sequence[str] | None, counting: str
) -> tuple[Counts, pd.Series, list[str]]:
    group, names = group_articles(study, by, groups)
    return count_articles(study, group.index.tolist(), groups=group, counting=counting), group, names


def _clusters(study: "Study", table: Counts) -> list[str]:
    return clusters(shared_passages(study), table.articles).tolist()


def _sum_groups(matrix: csr_array, number: Sequence[int], groups: int | None = None) -> np.ndarray:
    """Sum the rows of each group: an array, groups × terms."""
    shape = (groups or max(number) + 1, len(number))
    return (csr_array((np.ones(len(number), int), (number, range(len(number)))), shape) @ matrix).toarray()


def _by_report(matrix: csr_array, number: Sequence[int], cluster: Sequence) -> tuple[csr_array, list[int]]:
    """Tell which terms each independent report has, and its group; copy that two groups print is a report in each."""
    own = list(zip(number, cluster, strict=True))
    reports = {report: place for place, report in enumerate(dict.fromkeys(own))}
    places = [reports[report] for report in own]
    gather = csr_array((np.ones(len(own), int), (places, range(len(own)))), (len(reports), len(own)))
    return csr_array(gather @ matrix) > 0, [g for g, _ in reports]


def _differences(by_group: np.ndarray, articles: int) -> dict[str, np.ndarray]:
    """Measure group 0 against group 1, or each of more against the rest: arrays, comparisons × terms."""
    total = by_group.sum(axis=0)
    prior = total / articles
    rows = []
    for one in by_group if len(by_group) > 2 else by_group[:1]:
        two = total - one
        sizes = one, one.sum(), two, two.sum()
        rows.append((log_ratio(*sizes), *log_odds(one, two, prior), g2(*sizes)))
    return {
        name: np.array(values)
        for name, values in zip(("log_ratio", "log_odds", "log_odds_z", "g2"), zip(*rows, strict=True), strict=True)
    }


def _units(number: Sequence[int], part: Sequence) -> np.ndarray:
    """Count the independent units of each group."""
    return np.bincount([g for g, _ in set(zip(np.asarray(number).tolist(), part, strict=True))])


def _only_two(names: Sequence[str]) -> None:
    if len(names) > 2:
        raise StudyError(f"groups: expected two groups, found {len(names)}; name the two that are meant.")


def _turns(study: "Study", group: pd.Series) -> tuple[str, list[list[str]]]:
    """Tell what is left out in turn: lists of article_ids."""
    if len(group) <= 30:
        return "article", [[article] for article in group.index]
    outlet = study.articles.set_index("article_id")["outlet"].reindex(group.index)
    if outlet.notna().all() and outlet.nunique() <= 30 and (outlet.groupby(group).nunique() >= 2).all():
        return "outlet", [rows.index.tolist() for _, rows in outlet.groupby(outlet)]
    return "fold", [group.index[start::10].tolist() for start in range(10)]


def _draw_clusters(number: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Draw clusters again, from those that the same groups print: how often each, draws × clusters."""
    printed_by = pd.Series(number).groupby(cluster).agg(lambda groups: tuple(sorted(set(groups)))).to_numpy()
    rng = np.random.default_rng(SEED)
    drawn = np.empty((RESAMPLES, len(printed_by)))
    for alike in sorted(set(printed_by)):
        places = [i for i, groups in enumerate(printed_by) if groups == alike]
        drawn[:, places] = rng.multinomial(len(places), np.full(len(places), 1 / len(places)), size=RESAMPLES)
    return drawn
