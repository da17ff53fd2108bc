"""A share and a difference of shares, from a coded random sample with what rules read as a help.

The codings decide. What the rules read only says which rows are alike: the sample is weighted so that each stratum of
rows (a label read, a group) counts as much as it does among all rows (post-stratification; Cochran 1977, Sampling
Techniques, ch. 5A; with the label read for strata it is the same as correcting by the confusion matrix).
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import stdtrit

LEVEL = 0.95
LEAST_CLUSTERS = 10  # below, a group says nothing about reporting beyond it
SMALLEST_P = 1e-9  # what is smaller is written as this


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


class Evidence(NamedTuple):
    """What an interval is made of: a share, and how many codings drawn simply at random would tell as much."""

    share: float
    effective: float  # infinite where nothing is left to chance, missing where nothing can be said
    df: float  # degrees of freedom of the t quantile
    least: float = 0.0  # what the share cannot fall below, for what is coded is known
    most: float = 1.0

    def limits(self, level: float = LEVEL) -> tuple[float, float]:
        """Wilson's interval at the effective number of codings, with the quantile of t."""
        if np.isnan(self.share) or np.isnan(self.effective):
            return float("nan"), float("nan")
        if self.df <= 0:
            return self.least, self.most
        low, high = wilson(self.share, self.effective, -float(stdtrit(self.df, (1 - level) / 2)))
        return max(low, self.least), min(high, self.most)


NOTHING = Evidence(float("nan"), float("nan"), 0)


def wilson(share: float, number: float, quantile: float) -> tuple[float, float]:
    """Wilson's score interval for a share of a number of codings, which may be a fraction or infinite.

    (p + q²/2n ± q √(p(1 - p)/n + q²/4n²)) / (1 + q²/n), q the quantile (Wilson 1927, Journal of the American
    Statistical Association 22).

    Examples
    --------
    >>> [round(limit, 4) for limit in wilson(81 / 263, 263, 1.959964)]
    [0.2553, 0.3662]
    """
    square = quantile**2 / number
    middle = (share + square / 2) / (1 + square)
    half = np.sqrt(quantile**2 * share * (1 - share) / number + square**2 / 4) / (1 + square)
    return float(min(middle - half, share)), float(max(middle + half, share))


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
    quantile of t for n - 1 degrees of freedom; it ends where the codings themselves set a bound.

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
    (0.42, 0.34, 0.51, 0.4, 50, 100)
    """
    coded, articles = _aligned(read, coded=coded, articles=articles)
    if strata is not None:
        strata = [_aligned(read, strata=one)[0] for one in ([strata] if isinstance(strata, pd.Series) else strata)]
    found = evidence(read, coded, label, strata=strata, articles=articles, beyond=beyond)
    return _share(found, read, coded, label)


def _share(found: Evidence, read: pd.Series, coded: pd.Series, label: object) -> Share:
    read_share = float((read == label).fillna(False).mean()) if len(read) else float("nan")
    return Share(found.share, *found.limits(), read_share, int(coded.notna().sum()), len(read))


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
    return Difference(made[0].share - made[1].share, *newcombe(*made), *parts)


def names_of(groups: pd.Series) -> list:
    """The groups that rows have: sorted, or in the order of a categorical."""
    return groups.dropna().sort_values().drop_duplicates().tolist()


def newcombe(first: Evidence, second: Evidence, level: float = LEVEL) -> tuple[float, float]:
    """Limits of a difference of two independent shares (Newcombe 1998, method 10).

    Examples
    --------
    >>> [round(limit, 4) for limit in newcombe(Evidence(56 / 70, 70, 1e9), Evidence(48 / 80, 80, 1e9))]
    [0.0524, 0.3339]
    """
    (l1, u1), (l2, u2) = first.limits(level), second.limits(level)
    apart = first.share - second.share
    low = apart - np.hypot(first.share - l1, u2 - second.share)
    return float(low), float(apart + np.hypot(u1 - first.share, second.share - l2))


def p_of(first: Evidence, second: Evidence) -> float:
    """The p-value of a difference: one minus the level at which its interval just reaches 0; missing without limits."""
    apart = first.share - second.share
    if np.isnan(newcombe(first, second)).any():
        return float("nan")
    if apart == 0:
        return 1.0
    if apart < 0:
        first, second = second, first
    if newcombe(first, second, 1 - SMALLEST_P)[0] > 0:
        return SMALLEST_P
    return float(10 ** brentq(lambda power: newcombe(first, second, 1 - 10**power)[0], np.log10(SMALLEST_P), 0))


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
    drawn, hit = coded.notna().to_numpy(), (coded == label).fillna(False).to_numpy(bool)
    rows, number, hits = len(read), int(drawn.sum()), int(hit.sum())
    if beyond and articles is None:
        raise ValueError("beyond: expected the cluster of each row; give articles.")
    if not number:
        return NOTHING
    alike = numbered(read if strata is None else strata)
    size, coded_in, hits_in = (np.bincount(alike, weights) for weights in (None, drawn, hit))
    weight, at_least_one = size / rows, np.maximum(coded_in, 1)
    # A stratum that nobody coded has the share of all codings, and is as uncertain as one coding.
    found = np.where(coded_in > 0, hits_in / at_least_one, hits / number)
    smooth = (hits_in + (hits + 1) / (number + 2)) / (coded_in + 1)
    total, smooth_total = float(weight @ found), float(weight @ smooth)
    left = 1.0 if beyond else 1 - coded_in / size
    variance = float((weight**2 * smooth * (1 - smooth) / at_least_one * left).sum())
    if not beyond:
        if number == rows:
            return Evidence(hits / rows, np.inf, np.inf, hits / rows, hits / rows)
        bounds = hits / rows, (hits + rows - number) / rows
        return Evidence(total, smooth_total * (1 - smooth_total) / variance, number - 1, *bounds)
    variance += float(weight @ (smooth - smooth_total) ** 2) / rows
    residual = (found[alike] - total) / rows + drawn * (weight / at_least_one)[alike] * (hit - found[alike])
    variance, df = by_cluster(variance, residual, articles)
    return Evidence(total, smooth_total * (1 - smooth_total) / variance, min(number - 1, df))


def by_cluster(variance: float, residual: np.ndarray, articles: pd.Series) -> tuple[float, float]:
    """The larger of a variance and that of the residuals summed by cluster, and the degrees of freedom of that.

    Missing below ten clusters.
    """
    cluster = numbered(articles)
    size, sums = np.bincount(cluster), np.bincount(cluster, residual)
    number = len(size)
    if number < LEAST_CLUSTERS:
        return float("nan"), float("nan")
    df = size.sum() ** 2 / (size**2).sum() - 1
    clustered = (sums**2).sum() * number / (number - 1)
    if clustered <= variance:
        return variance, float(df)
    peaked = number * (sums**4).sum() / (sums**2).sum() ** 2
    return float(clustered), float(min(df, 2 * number / max(peaked - 1, 1)))


def needed(half_width: float, *, rows: int | None = None, share: float = 0.5) -> int:
    """How many codings give an interval of about ± `half_width`.

    Parameters
    ----------
    half_width : float
        Half the length of the interval wanted, above 0 and at most .5: .1 for ± 10 points.
    rows : int, optional
        How many rows there are to code, for the share in these rows; without it, of a corpus without end.
    share : float
        The share expected; .5, which needs most, by default.

    Returns
    -------
    int
        The smallest n whose Wilson interval, with the quantile of t for n - 1 degrees of freedom at n / (1 - n / rows)
        codings, is no longer than twice `half_width`. What rules read makes the interval shorter than this.

    Raises
    ------
    ValueError
        A half-width that is not above 0 and at most .5, a share outside 0 to 1, or fewer than one row.

    Examples
    --------
    >>> needed(0.12, share=0.3), needed(0.05, share=0.3), needed(0.05, share=0.3, rows=400)
    (56, 322, 179)
    """
    if not (0 < half_width <= 0.5 and 0 <= share <= 1 and (rows is None or rows >= 1)):
        raise ValueError("needed: expected a half-width above 0 and at most .5, a share from 0 to 1, a row or more.")

    def wide(number: int) -> bool:
        if rows is not None and number >= rows:
            return False
        low, high = Evidence(share, number / (1 - number / (rows or np.inf)), number - 1).limits()
        return high - low > 2 * half_width

    most = 2
    while wide(most):
        most *= 2
    least = most // 2
    while least < most:
        middle = (least + most) // 2
        least, most = (middle + 1, most) if wide(middle) else (least, middle)
    return min(least, rows or least)


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
