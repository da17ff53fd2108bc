"""How often keywords are mentioned per 1,000 words, and how far that rests on single reports."""

import numpy as np
import pandas as pd

from parley.corpus.codebook import describes
from parley.corpus.places import NOT_STATED
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError, check_study, did_you_mean
from parley.text.copies import clusters

RESAMPLES, SEED = 1_999, 20081
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
    sentences = study.sentences[study.sentences["kind"].isin(PROSE)]
    if counting == "once":
        found, sentences = found[found["counted"]], sentences[sentences["counted"]]
    ids = study.articles["article_id"]
    length = sentences.groupby("article_id")["words"].sum().reindex(ids, fill_value=0)
    name, unit_of, members = _units(study, by, found)
    report = clusters(study.peek("passages"), ids)
    rows = []
    for unit, own in members.items():
        here = found[unit_of == unit]
        for family in study.settings.get("keywords", {}):
            count = here.loc[here["family"] == family, "article_id"].value_counts().reindex(own, fill_value=0)
            rows.append((unit, family, *rate(count, length[own], report[own])))
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


def rate(count: pd.Series, words: pd.Series, report: pd.Series) -> tuple:
    """Count, words, reports, rate, its range, and what kind of range it is."""
    per_1000 = 1000 * count.sum() / words.sum() if words.sum() else float("nan")
    reports = report.nunique()
    if reports < ENOUGH:
        rest = words.sum() - words
        without = (1000 * (count.sum() - count) / rest.where(rest > 0)).dropna()
        return int(count.sum()), int(words.sum()), reports, per_1000, without.min(), without.max(), "one left out"
    drawn = np.random.default_rng(SEED).multinomial(reports, np.full(reports, 1 / reports), size=RESAMPLES)
    by_report = [numbers.groupby(report, sort=False).sum().to_numpy() for numbers in (count, words)]
    again = 1000 * (drawn @ by_report[0]) / np.maximum(drawn @ by_report[1], 1)
    low, high = np.quantile(again, [0.025, 0.975])
    return int(count.sum()), int(words.sum()), reports, per_1000, float(low), float(high), "95% interval"
