"""Intervals of shares and of their differences, at an effective number of codings."""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

LEVEL = 0.95
SMALLEST_P = 1e-9  # what is smaller is written as this


class Evidence(NamedTuple):
    """What an interval is made of: a share, and how many codings drawn simply at random would tell as much."""

    share: float
    effective: float  # infinite where nothing is left to chance, missing where nothing can be said
    df: float  # degrees of freedom of the t quantile
    least: float = 0.0  # what the share cannot fall below, for what is coded is known
    most: float = 1.0
    step: float = 0.0  # between two shares that rows can have, where there are only so many
    spread: float = 0.0  # a standard error that does not shrink towards a share of 0 or 1

    def limits(self, level: float = LEVEL) -> tuple[float, float]:
        """Wilson's interval at the effective number of codings, with the quantile of t, and half a step on either side."""
        quantile = -stdtrit(self.df, (1 - level) / 2)
        low, high = wilson(self.share, self.effective, quantile)
        low = np.minimum(low, self.share - quantile * self.spread) - self.step / 2
        high = np.maximum(high, self.share + quantile * self.spread) + self.step / 2
        known = np.asarray(self.df) > 0
        missing = np.isnan(self.share) | np.isnan(self.effective)
        low, high = (
            np.where(known, np.maximum(low, self.least), self.least),
            np.where(known, np.minimum(high, self.most), self.most),
        )
        return np.where(missing, np.nan, low)[()], np.where(missing, np.nan, high)[()]


NOTHING = Evidence(float("nan"), float("nan"), 0)


def wilson(share: float, number: float, quantile: float) -> tuple[float, float]:
    """Wilson's score interval for a share of a number of codings, which may be a fraction or infinite.

    (p + q²/2n ± q √(p(1 - p)/n + q²/4n²)) / (1 + q²/n), q the quantile (Wilson 1927, Journal of the American
    Statistical Association 22).

    Examples
    --------
    >>> [round(float(limit), 4) for limit in wilson(81 / 263, 263, 1.959964)]
    [0.2553, 0.3662]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        square = np.divide(quantile**2, number)
        middle = (share + square / 2) / (1 + square)
        half = np.sqrt(square * share * (1 - share) + square**2 / 4) / (1 + square)
        return np.minimum(middle - half, share), np.maximum(middle + half, share)


def newcombe(first: Evidence, second: Evidence, level: float = LEVEL) -> tuple[float, float]:
    """Limits of a difference of two independent shares (Newcombe 1998, method 10).

    Examples
    --------
    >>> [round(float(limit), 4) for limit in newcombe(Evidence(56 / 70, 70, 1e9), Evidence(48 / 80, 80, 1e9))]
    [0.0524, 0.3339]
    """
    (l1, u1), (l2, u2) = first.limits(level), second.limits(level)
    apart = first.share - second.share
    low = apart - np.hypot(first.share - l1, u2 - second.share)
    return low, apart + np.hypot(u1 - first.share, second.share - l2)


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
    from scipy.optimize import brentq  # here, since it takes a tenth of a second to import

    return float(10 ** brentq(lambda power: newcombe(first, second, 1 - 10**power)[0], np.log10(SMALLEST_P), 0))


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
        codings, and half a row on either side, is no longer than twice `half_width`. What rules read makes the interval shorter than this.

    Raises
    ------
    ValueError
        A half-width that is not above 0 and at most .5, a share outside 0 to 1, or fewer than one row.

    Examples
    --------
    >>> needed(0.12, share=0.3), needed(0.05, share=0.3), needed(0.05, share=0.3, rows=400)
    (56, 322, 185)
    """
    if not (0 < half_width <= 0.5 and 0 <= share <= 1 and (rows is None or rows >= 1)):
        raise ValueError("needed: expected a half-width above 0 and at most .5, a share from 0 to 1, a row or more.")

    def wide(number: int) -> bool:
        if rows is not None and number >= rows:
            return False
        left, step = (1 - number / rows, 1 / rows) if rows else (1, 0)
        low, high = Evidence(share, number / left, number - 1, step=step).limits()
        return high - low > 2 * half_width

    most = 2
    while wide(most):
        most *= 2
    least = most // 2
    while least < most:
        middle = (least + most) // 2
        least, most = (middle + 1, most) if wide(middle) else (least, middle)
    return min(least, rows or least)
