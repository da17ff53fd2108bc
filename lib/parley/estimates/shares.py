"""A share and a difference of shares, from a coded random sample with what rules read as a help.

The codings decide. What the rules read only says which rows are alike: the sample is weighted so that each stratum of
rows (a label read, a group) counts as much as it does among all rows (post-stratification; Cochran 1977, Sampling
Techniques, ch. 5A; with the label read for strata it is the same as correcting by the confusion matrix).
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from parley.estimates.intervals import Evidence, newcombe

LEAST_CLUSTERS = 10  # below, a group says nothing about reporting beyond it


class Share(NamedTuple):
    """A share with its 95% interval, the share read by rules, and how many of how many rows are coded."""

    share: float
    low: float
    high: float
    read_share: float
    coded: int
    of: int


class Difference(NamedTuple):
    """The first group's share minus the second's with its 95% interval, and both shares."""

    difference: float
    low: float
    high: float
    first: Share
    second: Share


def share(
    read: pd.Series,
    coded: pd.Series,
    label: object,
    *,
    strata: pd.Series | list[pd.Series] | None = None,
    articles: pd.Series | None = None,
    beyond: bool = False,
) -> Share:
    """Estimate the share of rows that have a label, from those that were coded at random.

    Parameters
    ----------
    read : Series
        The label that rules read, for every row.
    coded : Series
        The coded label, by the same index; missing where nobody coded. "can't tell" is a label like any other. The
        coded rows are taken as a random sample, such as the beginning of a coding order.
    label : str
        The label whose share is asked for.
    strata : Series, or list of them, optional
        Which rows are alike, such as group and label read; `read` by default.
    articles : Series, optional
        The cluster of each row: its article, articles joined by shared copy being one. Needed where `beyond`.
    beyond : bool
        False asks for the share in these very rows: once all are coded nothing is uncertain. True asks for the share
        in reporting like this, of which the articles are a sample; below ten clusters that has no limits.

    Returns
    -------
    Share
        ``share, low, high`` (95%), ``read_share`` (by the rules alone, which claims nothing), ``coded, of`` (rows).
        The first three are missing where nothing is coded.

    Raises
    ------
    ValueError
        The Series have not the same index, or `beyond` without `articles`.

    Notes
    -----
    With N_h of N rows in stratum h, n_h of them coded and y_h of these with the label, the share is Σ W_h p_h, W_h =
    N_h / N, p_h = y_h / n_h. Its variance is Σ W_h² s_h(1 - s_h)/n_h (1 - n_h/N_h), where s_h = (y_h + s)/(n_h + 1)
    keeps a stratum whose few codings agree from being certain, s = (y + 1)/(n + 2) over all codings. The interval is
    Wilson's at the effective number of codings S(1 - S)/variance, S = Σ W_h s_h smoothed in the same way, with the
    quantile of t for n - 1 degrees of freedom, and half a row, 1/(2 N), on either side, for the share of N rows moves in
    such steps; it ends where the codings themselves set a bound.

    For reporting like this the variance loses the factor (1 - n_h/N_h) and gains Σ W_h (s_h - S)²/N, for the strata
    too are a sample; or it is that of the residuals summed by cluster, K/(K - 1) Σ u_c², if that is larger, u_c = Σ
    (p_h - p)/N over the cluster's rows + Σ W_h (y_i - p_h)/n_h over its coded ones (linearisation; as prediction-powered
    inference, Angelopoulos and others 2023, Science 382, but by cluster). Degrees of freedom are then, if
    fewer, one less than the clusters of equal size that would be worth as much, (Σ N_c)²/Σ N_c² (after Carter, Schnepel
    & Steigerwald 2017, Review of Economics and Statistics 99), and, where the clustered variance is the larger, 2 K/(k -
    1), k the kurtosis of the u_c (Satterthwaite 1946, Biometrics Bulletin 2): a label that stands in a few articles only
    is less sure. `benchmarks/estimates.md` has the coverage.

    Examples
    --------
    >>> read = pd.Series(["for"] * 40 + ["neutral"] * 60)
    >>> coded = pd.Series(["for"] * 15 + ["neutral"] * 5 + [None] * 20 + ["for"] * 6 + ["neutral"] * 24 + [None] * 30)
    >>> found = share(read, coded, "for")
    >>> round(found.share, 2), round(found.low, 2), round(found.high, 2), found.read_share, found.coded, found.of
    (0.42, 0.33, 0.51, 0.4, 50, 100)
    """
    coded, articles = _aligned(read, coded=coded, articles=articles)
    if strata is not None:
        strata = [_aligned(read, strata=one)[0] for one in ([strata] if isinstance(strata, pd.Series) else strata)]
    found = evidence(read, coded, label, strata=strata, articles=articles, beyond=beyond)
    return _share(found, read, coded, label)


def _share(found: Evidence, read: pd.Series, coded: pd.Series, label: object) -> Share:
    read_share = float((read == label).fillna(False).mean()) if len(read) else float("nan")
    return Share(found.share, *map(float, found.limits()), read_share, int(coded.notna().sum()), len(read))


def difference(
    read: pd.Series,
    coded: pd.Series,
    label: object,
    groups: pd.Series,
    *,
    articles: pd.Series | None = None,
    beyond: bool = False,
) -> Difference:
    """Estimate by how much the share of a label differs between two groups of rows.

    Parameters
    ----------
    read, coded, label, articles, beyond
        As for `share`.
    groups : Series
        The group of each row; rows without one are left out. The first in sorted order, or in the order of a
        categorical, minus the second.

    Returns
    -------
    Difference
        ``difference, low, high`` (95%), ``first, second`` (the two shares). Limits are missing where a share has none.

    Raises
    ------
    ValueError
        As for `share`, or the rows have not exactly two groups.

    Notes
    -----
    Newcombe 1998, Statistics in Medicine 17, method 10, from the limits l, u of the two shares p: from d - √((p₁ - l₁)² +
    (u₂ - p₂)²) to d + √((u₁ - p₁)² + (p₂ - l₂)²). The groups count as independent: copy that both print makes the
    interval wider than need be.

    Examples
    --------
    >>> groups = pd.Series(["2012"] * 70 + ["2016"] * 80)
    >>> coded = pd.Series([True] * 56 + [False] * 14 + [True] * 48 + [False] * 32)
    >>> found = difference(coded, coded, True, groups)
    >>> [round(value, 3) for value in found[:3]]  # all rows are coded: nothing is uncertain
    [0.2, 0.2, 0.2]
    """
    coded, groups, articles = _aligned(read, coded=coded, groups=groups, articles=articles)
    rows = {name: (groups == name).fillna(False).to_numpy(bool) for name in names_of(groups)}
    if len(rows) != 2:
        named = ", ".join(map(str, list(rows)[:5])) or "none"
        raise ValueError(f"groups: expected exactly two groups, got {len(rows)} ({named}); choose the rows of two.")
    made = []
    for own in rows.values():
        cluster = None if articles is None else articles[own]
        made.append(evidence(read[own], coded[own], label, articles=cluster, beyond=beyond))
    parts = [_share(found, read[own], coded[own], label) for found, own in zip(made, rows.values(), strict=True)]
    return Difference(made[0].share - made[1].share, *map(float, newcombe(*made)), *parts)


def names_of(groups: pd.Series) -> list:
    """The groups that rows have: sorted, or in the order of a categorical."""
    return groups.dropna().sort_values().drop_duplicates().tolist()


def evidence(
    read: pd.Series,
    coded: pd.Series,
    label: object,
    *,
    strata: pd.Series | list[pd.Series] | None = None,
    articles: pd.Series | None = None,
    beyond: bool = False,
) -> Evidence:
    """What coded rows say of a share; formulas as `share` gives them."""
    if beyond and articles is None:
        raise ValueError("beyond: expected the cluster of each row; give articles.")
    alike = numbered(read if strata is None else strata)
    cluster = numbered(articles) if beyond else np.zeros(len(read), int)
    shape = max(cluster, default=0) + 1, max(alike, default=0) + 1
    drawn, hit = coded.notna().to_numpy(), (coded == label).fillna(False).to_numpy(bool)
    place = cluster * shape[1] + alike
    tables = (
        np.bincount(place[own], minlength=shape[0] * shape[1]).reshape(shape) for own in (slice(None), drawn, hit)
    )
    return Evidence(*map(float, from_counts(*tables, beyond=beyond)))


def from_counts(size: np.ndarray, coded: np.ndarray, hits: np.ndarray, *, beyond: bool) -> Evidence:
    """What counts say of a share: of rows, of coded ones, and of those with the label, by cluster and stratum.

    The arrays are … × clusters × strata, one cluster for all where it does not matter; the result has the shape of ….
    """
    size_in, coded_in, hits_in = (table.sum(axis=-2) for table in (size, coded, hits))
    rows, number, met = (table.sum(axis=-1) for table in (size_in, coded_in, hits_in))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight, at_least_one = size_in / rows[..., None], np.maximum(coded_in, 1)
        # A stratum that nobody coded has the share of all codings, and is as uncertain as one coding.
        found = np.where(coded_in > 0, hits_in / at_least_one, (met / number)[..., None])
        smooth = (hits_in + ((met + 1) / (number + 2))[..., None]) / (coded_in + 1)
        share, smooth_share = (weight * found).sum(axis=-1), (weight * smooth).sum(axis=-1)
        left = 1.0 if beyond else 1 - coded_in / np.maximum(size_in, 1)
        variance = (weight**2 * smooth * (1 - smooth) / at_least_one * left).sum(axis=-1)
        if not beyond:
            known = met / rows
            share = np.where(number == rows, known, share)
            effective = smooth_share * (1 - smooth_share) / variance
            return Evidence(
                share, effective, number - 1 + (number == rows), known, known + (rows - number) / rows, 1 / rows
            )
        variance += (weight * (smooth - smooth_share[..., None]) ** 2).sum(axis=-1) / rows
        apart, gain = (found - share[..., None]) / rows[..., None], weight / at_least_one
        residual = (size @ apart[..., None] + (hits - coded * found[..., None, :]) @ gain[..., None])[..., 0]
        variance, df = by_cluster(variance, residual, size.sum(axis=-1))
        return Evidence(share, smooth_share * (1 - smooth_share) / variance, np.minimum(number - 1, df))


def by_cluster(variance: np.ndarray, residual: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The larger of a variance and that of residuals summed by cluster, and its degrees of freedom.

    The sums and the sizes of clusters are … × clusters. Missing below ten clusters.
    """
    number, squares = (size > 0).sum(axis=-1), (residual**2).sum(axis=-1)
    df = size.sum(axis=-1) ** 2 / (size**2).sum(axis=-1) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        clustered = squares * number / np.maximum(number - 1, 1)
        peaked = number * (residual**4).sum(axis=-1) / squares**2
    df = np.where(clustered > variance, np.minimum(df, 2 * number / np.maximum(peaked - 1, 1)), df)
    few = number < LEAST_CLUSTERS
    return np.where(few, np.nan, np.maximum(variance, clustered)), np.where(few, np.nan, df)


def numbered(labels: pd.Series | list[pd.Series]) -> np.ndarray:
    """A number for each combination of labels, missing ones included."""
    number = np.zeros(len(labels if isinstance(labels, pd.Series) else labels[0]), int)
    for one in [labels] if isinstance(labels, pd.Series) else labels:
        codes, values = pd.factorize(one, use_na_sentinel=False)
        number = number * len(values) + codes
    return np.unique(number, return_inverse=True)[1]


def _aligned(read: pd.Series, **others: pd.Series | None) -> list[pd.Series | None]:
    """The others in the order of read's index; a ValueError names one that has another index."""
    for name, other in others.items():
        if other is None or other.index.equals(read.index):
            continue
        if not (other.index.is_unique and read.index.is_unique and set(other.index) == set(read.index)):
            raise ValueError(
                f"{name}: expected the same index as read, got another; give a value for each of its rows."
            )
        others[name] = other.reindex(read.index)
    return list(others.values())
