"""The contrast explained: a formula worked by hand, the design of the test, and what can be said where no test can speak."""

import math

import numpy as np
import pandas as pd

from parley.contrast import compare
from parley.corpus.settings import StudyError
from parley.findings import contrast
from parley.show.tables import join_words
from parley.study import Study


def tfidf(study: Study, scores: pd.DataFrame) -> tuple[pd.DataFrame, float, float]:
    """TF-IDF of the best term of the first article, step by step.

    Parameters
    ----------
    scores
        As :func:`parley.contrast.tfidf` gives them by article, with all terms.

    Returns
    -------
    steps : DataFrame
        ``step, value``.
    by_hand, by_library : float
        The score worked out here, and the one in the table.
    """
    best = scores.iloc[0]
    articles = len(study.articles)
    own = scores[scores["unit"] == best["unit"]]
    weights = own["count"] * (1 + np.log((1 + articles) / (1 + own["articles"])))
    idf = 1 + math.log((1 + articles) / (1 + best["articles"]))
    length = float(np.sqrt((weights**2).sum()))
    by_hand = best["count"] * idf / length
    steps = [
        (f"n: “{best['term']}” in {best['unit']}", float(best["count"])),
        ("d: articles that have it", float(best["articles"])),
        ("N: articles", float(articles)),
        ("1 + ln((1 + N) / (1 + d))", idf),
        ("weight: n times that", best["count"] * idf),
        (f"length of the article: root of the sum of {len(own):,} squared weights", length),
        ("TF-IDF: weight by length", by_hand),
    ]
    return pd.DataFrame(steps, columns=["step", "value"]), float(by_hand), float(best["tfidf"])


def design(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """What a contrast's test has to go on, as ``what, value`` rows from the attributes of :func:`parley.contrast.compare`.

    The length of articles stands beside it: between groups of very different length the test finds differences too easily.
    """
    attrs = table.attrs
    words = study.words[study.sentences["counted"]].groupby(study.sentences["article_id"]).sum()
    group = study.articles.set_index("article_id")[attrs["by"]]
    lengths = words.groupby(group).median()
    splits = f"{attrs['splits']:,}, all there are" if attrs["exact"] else f"{attrs['splits']:,}, drawn at random"
    rows = [
        ("unit", attrs["unit"]),
        *((f"independent units in {group}", units) for group, units in attrs["units"].items()),
        *((f"words of the middle article in {group}", lengths.get(group)) for group in attrs["groups"]),
        ("ways of dealing them out that were looked at", splits),
        ("smallest p-value possible", attrs["smallest_p"]),
        ("the same if shared copy were ignored", attrs["smallest_p_ignoring_copy"]),
        ("words tested", attrs["terms_tested"]),
        ("occurrences a word needs to be tested", attrs["minimum"]),
        ("statistic", attrs["statistic"]),
    ]
    return pd.DataFrame(rows, columns=["what", "value"]).astype({"value": object})


def chance(table: pd.DataFrame) -> list[str]:
    """What the permutation test can say about a contrast, in sentences."""
    attrs = table.attrs
    floor, ignoring, best = attrs["smallest_p"], attrs["smallest_p_ignoring_copy"], table["p_value"].min()
    sentences = [f"The smallest p-value found is {best:.2g}; the smallest that this design allows is {floor:.2g}."]
    if floor > 0.05:
        sentences.append(
            "So no p-value can speak here: even words that stand in every article of one group and in none of the other are within "
            "what dealing the articles out at random can do."
        )
        if ignoring < floor:
            sentences.append(
                f"Counting articles that share copy as independent would allow {ignoring:.2g}, and would claim reports that are not there."
            )
    else:
        words = [str(term) for term in table.index[table["p_value"] <= 0.05]]
        found = join_words(words[:10]) + (f" and {len(words) - 10:,} more" if len(words) > 10 else "")
        sentences.append(
            f"At a family-wise p of .05 the groups differ in: {found}."
            if words
            else "No word differs at a family-wise p of .05."
        )
    return sentences


def steady(table: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """Words whose difference keeps its sign whatever is left out, and that stand in two independent reports or more of the
    group that uses them more; articles that share copy are one report.

    Parameters
    ----------
    table, ranges
        As :func:`parley.contrast.compare` and :func:`parley.contrast.leave_one_out` give them.

    Returns
    -------
    DataFrame
        ``term`` (and ``group`` for more than two groups), counts, articles, reports, ``log_ratio`` with its range; largest log-odds z-score first.
    """
    keys = ["term", "group"] if "group" in table else ["term"]
    both = table.reset_index().merge(ranges.drop(columns=["log_ratio", "log_odds"]).reset_index(), on=keys)
    groups = table.attrs["groups"]
    if "group" in table:
        reports = np.select([both["group"] == name for name in groups], [both[f"reports_{name}"] for name in groups])
        sure = both["holds"] & (both["log_odds_z"] > 0)
    else:
        reports = np.where(both["log_odds_z"] > 0, both[f"reports_{groups[0]}"], both[f"reports_{groups[1]}"])
        sure = both["holds"]
    both = both[sure & (reports >= 2)].sort_values("log_odds_z", key=abs, ascending=False, kind="stable")
    columns = [name for name in both if name.startswith(("count_", "articles_", "reports_"))]
    return both[[*keys, *columns, "log_ratio", "log_ratio_low", "log_ratio_high"]]


def countings(study: Study) -> pd.DataFrame:
    """Log ratios counted once and as printed, of words whose own counts differ.

    A word whose counts stay has a new log ratio only because the totals differ; it is left out.

    Returns
    -------
    DataFrame
        ``term`` (and ``group`` for more than two groups), ``count_*`` and ``log_ratio`` with ``_once`` and ``_printed``, ``change`` of
        the log ratio; largest change first.
    """
    once = contrast(study)
    if once is None:
        raise StudyError(
            "countings: expected two groups with words to count; name a column that gives them under [contrast] by."
        )
    printed = compare(study, groups=once.attrs["groups"], counting="printed")
    keys = ["term", "group"] if "group" in once else ["term"]
    counts = [name for name in once if name.startswith("count_")]
    both = once.reset_index()[[*keys, *counts, "log_ratio"]].merge(
        printed.reset_index()[[*keys, *counts, "log_ratio"]], on=keys, suffixes=("_once", "_printed")
    )
    own = (
        both[[f"{name}_printed" for name in counts]].to_numpy() != both[[f"{name}_once" for name in counts]].to_numpy()
    )
    both = both[own.any(axis=1)].copy()
    both["change"] = both["log_ratio_printed"] - both["log_ratio_once"]
    return both.sort_values("change", key=abs, ascending=False, kind="stable").reset_index(drop=True)
