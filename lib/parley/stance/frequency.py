"""How often keywords are mentioned per 1,000 words, and how far that rests on single reports."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.places import NOT_STATED
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError, check_study, did_you_mean
from parley.text.copies import clusters

RESAMPLES, SEED = 1_999, 20081
BLOCK = 1_000_000
ENOUGH = 10  # independent reports that an interval asks for


@describes("rates")
def rates(study, by: str | pd.Series | None = None, *, counting: str = "once") -> pd.DataFrame:
    """Count the mentions of every family per 1,000 words, with the range that leaving out or drawing again gives.

    From ten independent reports on (articles that share copy are one), the range is a 95% interval: percentiles of 1,999
    draws of reports (Efron & Tibshirani 1993, "An Introduction to the Bootstrap", ch. 13). Below, it is the lowest and
    the highest rate when one article is left out.

    Parameters
    ----------
    study : Study
        With keyword families; without any there is no row.
    by : str or Series, optional
        ``"article_id"``, ``"outlet"`` or another column of the articles, or ``"side"`` (of the holder;
        ``article`` in plain narration), or the unit of each article by ``article_id``; by default the study's own
        grouping, else all articles together.
    counting : "once" or "printed"
        "once" counts copy that several articles share in one of them only; "printed" in each. Repeats within
        an article never count.

    Returns
    -------
    DataFrame
        One row a unit and family, the unit in a column named like `by` (``all`` without any). {columns}

    Raises
    ------
    StudyError
        No such column, or an unknown counting.

    Examples
    --------
    >>> from parley import study_from_table
    >>> texts = ["A strike is near us.", "No strikes, but one strike."]
    >>> table = pd.DataFrame({"outlet": ["x", "x"], "text": texts})
    >>> found = rates(study_from_table(table, keywords={"strike": ["strike"]}), "outlet")
    >>> found[["outlet", "count", "words", "per_1000", "low", "high", "range"]].values.tolist()
    [['x', 3, 10, 300.0, 200.0, 400.0, 'one left out']]
    """
    check_study(study, "rates")
    if counting not in ("once", "printed"):
        raise StudyError(f"counting: expected 'once' or 'printed', not {counting!r}.")
    found = study.mentions
    sentences = study.peek("sentences")
    sentences = sentences[sentences["kind"].isin(PROSE)]
    if counting == "once":
        found, sentences = found[found["counted"]], sentences[sentences["counted"]]
    ids = study.articles["article_id"]
    length = sentences.groupby("article_id")["words"].sum().reindex(ids, fill_value=0)
    name, unit_of, members = _units(study, by, found)
    report = clusters(study.peek("passages"), ids)
    rows = []
    for unit, own in members.items():
        here = found[unit_of == unit]
        counts = {
            family: here.loc[here["family"] == family, "article_id"].value_counts().reindex(own, fill_value=0)
            for family in study.settings.get("keywords", {})
        }
        rows += [(unit, *one) for one in rate(counts, length[own], report[own])]
    columns = [name, "family", "count", "words", "reports", "per_1000", "low", "high", "range"]
    return pd.DataFrame(rows, columns=columns)


def _units(study, by: str | pd.Series | None, found: pd.DataFrame) -> tuple[str, pd.Series, dict]:
    """What the units are called, the unit of every mention, and the articles of every unit."""
    articles = study.articles.assign(all="all").set_index("article_id", drop=False)
    by = study.by or "all" if by is None else by
    if isinstance(by, str) and by == "side":
        sides = found["side"]
        return by, sides, dict.fromkeys(sorted(sides.unique()), articles.index)
    if isinstance(by, str) and by not in articles:
        raise StudyError(f"by: no article has a column {by!r}; {did_you_mean(by, [*study.articles, 'side'])}")
    unit = articles[by].astype("str").fillna(NOT_STATED) if isinstance(by, str) else by.dropna()
    members = {name: rows.index for name, rows in unit.groupby(unit, observed=True)}
    return unit.name or "unit", found["article_id"].map(unit), members


def rate(counts: dict[str, pd.Series], words: pd.Series, report: pd.Series) -> Iterator[tuple]:
    """For each of several things counted by article: its name, count, words, reports, rate, its range, and what kind."""
    total, reports = words.sum(), report.nunique()
    if reports < ENOUGH:
        rest = words.sum() - words
        without = {name: (1000 * (n.sum() - n) / rest.where(rest > 0)).dropna() for name, n in counts.items()}
        ranges = {name: (one.min(), one.max(), "one left out") for name, one in without.items()}
    else:
        table = pd.DataFrame({**dict(enumerate(counts.values())), "words": words})
        *again, length = _drawn_again(table.groupby(report, sort=False).sum().to_numpy()).T
        limits = [np.quantile(1000 * one / np.maximum(length, 1), [0.025, 0.975]) for one in again]
        ranges = {name: (float(a), float(b), "95% interval") for name, (a, b) in zip(counts, limits, strict=True)}
    for name, count in counts.items():
        per_1000 = 1000 * count.sum() / total if total else float("nan")
        yield name, int(count.sum()), int(total), reports, per_1000, *ranges[name]


def _drawn_again(numbers: np.ndarray) -> np.ndarray:
    """The sums of some numbers, a row a report, over as many reports drawn from them at random: draws × numbers."""
    reports, rng = len(numbers), np.random.default_rng(SEED)
    size = max(BLOCK // reports, 1)  # draws at a time, so that a large corpus does not fill memory
    sizes = [size] * (RESAMPLES // size) + [RESAMPLES % size]
    equal = np.full(reports, 1 / reports)
    return np.concatenate([rng.multinomial(reports, equal, size=size) @ numbers for size in sizes])
