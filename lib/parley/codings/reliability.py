"""How far coders agree beyond chance: Krippendorff's alpha, Gwet's AC1, Cohen's kappa, and plain agreement.

Measures take a table with one row a unit (a mention, an attribution) and one column a coder, missing where a coder did
not code the unit. :func:`agreement` measures what :func:`parley.codings.beside.given` lays side by side.
"""

from collections.abc import Callable, Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from parley.corpus.corrections import POLARITIES
from parley.corpus.places import UNCLEAR
from parley.text.phrases import join_words, number

RESAMPLES, SEED = 2_000, 20111
LEAST_REPORTS = 10  # independent articles, below which a bootstrap says nothing
TAKEN_APART = ["polarity", "kind", "side"]  # labels of which each value is measured against all others too
FIRST = [*POLARITIES, "can't tell"]  # the order of values; others follow by their names


def alpha(labels: pd.DataFrame) -> float:
    """Krippendorff's alpha for nominal labels, with any number of coders and labels missing.

    alpha = 1 − (n − 1) (n − Σ o_cc) / (n² − Σ n_c²), with o_cc the coincidences of label c with itself, where a unit
    with m labels gives each of its ordered pairs the weight 1 / (m − 1), n_c the labels c and n all labels in units
    with two or more (Krippendorff 2011, Computing Krippendorff's alpha-reliability, section C). Missing where all
    labels are one and the same, since then nothing was told apart.

    Parameters
    ----------
    labels : DataFrame
        One row a unit, one column a coder.

    Examples
    --------
    >>> alpha(pd.DataFrame({"ada": ["for", "for", "against", None], "bo": ["for", "for", "against", "for"]}))
    1.0
    """
    return float(_alpha(_parts(labels).sum(axis=0)))


def ac1(labels: pd.DataFrame) -> float:
    """Gwet's AC1, with any number of coders and labels missing.

    AC1 = (p_a − p_e) / (1 − p_e); p_a is the share of pairs of labels of a unit that agree, averaged over units with
    two or more; p_e = Σ π_c (1 − π_c) / (q − 1) with π_c the share of label c in a unit, averaged over units, and q the
    number of labels in use (Gwet 2008, British Journal of Mathematical and Statistical Psychology 61, 29–48). Where
    nearly all labels are one, alpha and kappa fall though coders agree, and AC1 does not.

    Parameters
    ----------
    labels : DataFrame
        One row a unit, one column a coder.

    Examples
    --------
    >>> ac1(pd.DataFrame({"ada": ["for", "for", "for"], "bo": ["for", "for", "for"]}))
    1.0
    """
    return float(_ac1(_parts(labels).sum(axis=0)))


def alike(labels: pd.DataFrame) -> float:
    """The share of pairs of labels that agree, averaged over the units that two coders or more have.

    Examples
    --------
    >>> alike(pd.DataFrame({"ada": ["for", "against"], "bo": ["for", "neutral"]}))
    0.5
    """
    return float(_alike(_parts(labels).sum(axis=0)))


def kappa(labels: pd.DataFrame) -> float:
    """Cohen's kappa (scikit-learn) of two coders over the units that both have; missing for more coders or one label.

    kappa = (p_o − p_e) / (1 − p_e) with p_e from each coder's own shares (Cohen 1960, Educational and Psychological
    Measurement 20, 37–46).

    Examples
    --------
    >>> kappa(pd.DataFrame({"ada": ["for", "against"], "bo": ["for", "against"]}))
    1.0
    """
    both = labels.dropna()
    if labels.shape[1] != 2 or both.stack().nunique() < 2:
        return np.nan
    from sklearn.metrics import cohen_kappa_score  # here, since it takes half a second to import

    return float(cohen_kappa_score(both.iloc[:, 0].tolist(), both.iloc[:, 1].tolist()))


def _parts(labels: pd.DataFrame) -> np.ndarray:
    """What each unit adds to the sums that the measures are made of, one row a unit.

    In columns: coincidences, agreeing pairs, whether it has two labels, whether it has one; then for each label in use
    how often it stands in units with two, and its share of the unit.
    """
    codes, known = pd.factorize(labels.to_numpy(dtype=object).ravel())
    codes = codes.reshape(labels.shape)
    counts = np.stack([(codes == code).sum(axis=1) for code in range(len(known))] or [np.zeros(len(labels))], axis=1)
    each = counts.sum(axis=1)
    shared, pairs = each > 1, (counts * (counts - 1)).sum(axis=1)
    coincidences = pairs / np.maximum(each - 1, 1)
    sums = [coincidences, coincidences / np.maximum(each, 1), shared, each > 0]
    return np.column_stack([*sums, counts * shared[:, None], counts / np.maximum(each, 1)[:, None]])


def _alpha(sums: np.ndarray) -> np.ndarray:
    used = sums[..., 4 : 4 + (sums.shape[-1] - 4) // 2]
    every = used.sum(axis=-1)
    expected = every**2 - (used**2).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (every - 1) * (every - sums[..., 0]) / expected, np.nan)


def _alike(sums: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums[..., 1] / sums[..., 2]


def _ac1(sums: np.ndarray) -> np.ndarray:
    labels = (sums.shape[-1] - 4) // 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums[..., 4 + labels :] / sums[..., 3, None]
    chance = (share * (1 - share)).sum(axis=-1) / max(labels - 1, 1)
    return (_alike(sums) - chance) / (1 - chance)


def agreement(given: pd.DataFrame) -> pd.DataFrame:
    """How far coders agree, over all of a label's values and for each value of polarity, kind and side against the rest.

    Only units that two coders or more have are compared; for one value, whether a coder gave it or another one. In
    simulated codings of articles that differ in how hard they are, limits held the true alpha in 90% of trials at ten
    articles, in 94% at twenty and at fifty: at ten they are a little narrow.

    Parameters
    ----------
    given : DataFrame
        As :func:`parley.codings.beside.given` makes it: one row a label that a coder gave.

    Returns
    -------
    DataFrame
        ``about`` (mention, attribution), ``label``, ``value`` (all, or one); ``coders, units, articles`` compared;
        ``f1`` (of attributions: 2 × found by both / found by either coder, over all pairs of coders), ``alike, kappa``
        (two coders only), ``ac1, alpha``; ``low, high``, the 95% limits of alpha, or of F1, from independent articles
        (those that share copy are one) drawn again 2,000 times (percentiles); ``limits``, what they rest on, or why
        they are missing.
    """
    rows = []
    for (about, label), own in given.groupby(["about", "label"], sort=False):
        wide = own.pivot(index="unit", columns="coder", values="value")
        wide = wide[wide.notna().sum(axis=1) > 1].dropna(axis="columns", how="all")
        if not len(wide):
            continue
        place = own.drop_duplicates("unit").set_index("unit").loc[wide.index]
        row = {"about": about, "label": label, "value": "all", "coders": wide.shape[1], "units": len(wide)}
        row |= {"articles": place["article_id"].nunique()}
        if label == "found":
            parts = _found_parts(wide)
            rows.append(row | {"f1": float(_f1(parts.sum(axis=0)))} | _limits(_f1, parts, place))
            continue
        rows.append(row | _measured(wide, place))
        for value in _in_order(wide.stack().dropna().unique()) if label in TAKEN_APART else ():
            this = wide.eq(value).astype(object).where(wide.notna())
            rows.append(row | {"value": value or UNCLEAR} | _measured(this, place))
    numbers = dict.fromkeys(["f1", "alike", "kappa", "ac1", "alpha", "low", "high"], float)
    named = ["about", "label", "value", "coders", "units", "articles"]
    return pd.DataFrame(rows, columns=[*named, *numbers, "limits"]).astype(numbers)


def _in_order(values: Iterable[str]) -> list[str]:
    return sorted(values, key=lambda value: (FIRST.index(value) if value in FIRST else len(FIRST), value))


def _measured(labels: pd.DataFrame, place: pd.DataFrame) -> dict:
    measures = {"alike": alike(labels), "kappa": kappa(labels), "ac1": ac1(labels), "alpha": alpha(labels)}
    return measures | _limits(_alpha, _parts(labels), place)


def _found_parts(found: pd.DataFrame) -> np.ndarray:
    """For each unit the pairs of coders of whom both found it, and the findings in pairs who both read the place."""
    yes, read = (found == "yes").sum(axis=1), found.notna().sum(axis=1)
    return np.column_stack([yes * (yes - 1) / 2, yes * (read - 1)])


def _f1(sums: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * sums[..., 0] / sums[..., 1]


def _limits(measure: Callable[[np.ndarray], np.ndarray], parts: np.ndarray, place: pd.DataFrame) -> dict:
    """The limits of a measure when independent articles are drawn again, and what they rest on."""
    reports = place["report"].nunique()
    if reports < LEAST_REPORTS:
        why = f"No limits: {number(reports, 'independent article')}, and {number(LEAST_REPORTS)} are needed."
        return {"low": np.nan, "high": np.nan, "limits": why}
    sums = pd.DataFrame(parts).groupby(place["report"].to_numpy()).sum().to_numpy()
    drawn = np.random.default_rng(SEED).multinomial(reports, np.full(reports, 1 / reports), size=RESAMPLES)
    figures = measure(drawn @ sums)
    # A draw in which all labels are one has no alpha.
    low, high = np.nanquantile(figures, [0.025, 0.975]) if np.isfinite(figures).any() else (np.nan, np.nan)
    return {"low": low, "high": high, "limits": f"95% limits: {reports:,} independent articles, drawn again."}


def by_pair(given: pd.DataFrame) -> pd.DataFrame:
    """How far every two coders agree who have coded something in common.

    Returns
    -------
    DataFrame
        ``coders, articles, mentions, polarity_alike, kappa, ac1, alpha`` (of polarity), ``attributions`` (found by
        either), ``f1, side_alike, speaker_alike, kind_alike``.
    """
    labels = {("mention", "polarity"), *(("attribution", label) for label in ("found", "side", "speaker", "kind"))}
    wide = {
        about: own.pivot(index="unit", columns="coder", values="value")
        for about, own in given.groupby(["about", "label"])
        if about in labels
    }
    article, nothing, rows = given.drop_duplicates("unit").set_index("unit")["article_id"], pd.DataFrame(), []
    for pair in combinations(sorted(given["coder"].unique()), 2):
        both = {about: wide.get(about, nothing).reindex(columns=pair).dropna() for about in labels}
        found, polarity = both["attribution", "found"], both["mention", "polarity"]
        both["attribution", "found"] = found = found[(found == "yes").any(axis=1)]
        shared = {unit for table in both.values() for unit in table.index}
        if not shared:
            continue
        row = {"coders": join_words(pair), "articles": article[list(shared)].nunique(), "mentions": len(polarity)}
        row |= {"polarity_alike": alike(polarity), "kappa": kappa(polarity), "ac1": ac1(polarity)}
        row |= {"alpha": alpha(polarity), "attributions": len(found), "f1": float(_f1(_found_parts(found).sum(axis=0)))}
        row |= {f"{label}_alike": alike(both["attribution", label]) for label in ("side", "speaker", "kind")}
        rows.append(row)
    return pd.DataFrame(rows)
