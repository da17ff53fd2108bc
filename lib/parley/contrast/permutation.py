"""How often articles split at random would differ as much: a family-wise permutation test.

The unit is the article, or the cluster of articles that share copy: these did not come about independently of
one another, so they change groups together. A cluster that several groups print is a matched set, one part a
group; its parts change places among its own groups only, and what they have in common sets nothing apart.
Every split keeps the number of units of each group.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, product
from math import factorial, prod
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

EXACT = 10_000  # up to so many splits, all are looked at
DRAWN = 4_999
SEED = 20081
_BLOCK = 256


class Design(NamedTuple):
    """Who may change places with whom, and all the splits that are looked at; the first is the one observed.

    `part` is the number of each article's part. Parts change places within their `pool`: pool 0 holds the
    clusters in one group, each other pool the parts of one matched set. `splits` gives groups to parts, one
    split a row.
    """

    part: np.ndarray
    pool: np.ndarray
    splits: np.ndarray
    possible: int
    smallest_p: float


def design(groups: Sequence[int], clusters: Sequence) -> Design:
    """Split the articles in all ways, or in 4,999 drawn ways if there are more than 10,000.

    Parameters
    ----------
    groups : sequence of int
        The group of each article, from 0.
    clusters : sequence
        The cluster of each article, any label.

    Returns
    -------
    Design
        `smallest_p` is the share of splits that no statistic of size alone can tell from the one observed:
        itself, and those that only change the names of the groups. For drawn splits it is 1 / 5,000.

    Examples
    --------
    >>> five = design([0, 0, 0, 1, 1], ["a", "b", "c", "d", "d"])
    >>> five.possible, five.smallest_p
    (4, 0.25)
    """
    parts: dict[tuple, int] = {}
    part = np.array([parts.setdefault(pair, len(parts)) for pair in zip(clusters, groups, strict=True)])
    group = np.array([g for _, g in parts])
    members: dict[object, list[int]] = {}
    for (cluster, _), i in parts.items():
        members.setdefault(cluster, []).append(i)
    pool = np.zeros(len(parts), int)
    for number, cluster in enumerate((m for m in members.values() if len(m) > 1), start=1):
        pool[cluster] = number
    pools = [np.flatnonzero(pool == number) for number in range(pool.max() + 1)]
    possible = prod(factorial(len(p)) // prod(factorial(int(n)) for n in np.bincount(group[p])) for p in pools)
    if possible > EXACT:
        return Design(part, pool, _drawn(group, pools), possible, 1 / (DRAWN + 1))
    every = np.empty((possible, len(group)), group.dtype)
    orders = product(*(list(_arrangements(group[p].tolist())) for p in pools))
    every[:, np.concatenate(pools)] = [list(chain(*order)) for order in orders]
    observed = (every == group).all(axis=1)
    splits = np.concatenate([every[observed], every[~observed]])
    # A split is the observed one under other names if each group's parts went to one group.
    pairs = np.sort(splits * len(groups) + group, axis=1)
    renamed = (np.diff(pairs, axis=1) != 0).sum(axis=1) + 1 == len(set(groups))
    return Design(part, pool, splits, possible, float(renamed.mean()))


def _arrangements(items: list[int]) -> Iterator[tuple[int, ...]]:
    """List the different orders of items, of which some may be alike."""
    if not items:
        yield ()
    for item in sorted(set(items)):
        rest = items.copy()
        rest.remove(item)
        yield from ((item, *order) for order in _arrangements(rest))


def _drawn(group: np.ndarray, pools: list[np.ndarray]) -> np.ndarray:
    rng = np.random.default_rng(SEED)
    splits = np.tile(group.astype(np.int16), (DRAWN + 1, 1))
    for p in pools:
        splits[1:, p] = rng.permuted(splits[1:, p], axis=1)
    return splits


def family_p(matrix: csr_array, words: np.ndarray, groups: Sequence[int], plan: Design) -> np.ndarray:
    """Test all terms and groups at once by the largest difference that random splits bring.

    For each term and group the statistic is |O - E| / σ: O the term's count in the group, E what it would
    be at the rate of all articles together, σ the standard deviation of O - E over all splits (and O - E from
    its mean over all splits, which is 0 unless there are matched sets). p is the share of splits whose
    largest statistic, over all terms and groups, is at least the term's own: in a table where nothing
    differs, the chance that any p is .05 or less is at most 5%. After Westfall & Young (1993),
    "Resampling-Based Multiple Testing"; of drawn splits the one observed counts as one,
    (b + 1) / (B + 1), after Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular
    Biology 9(1).

    What is tested is that articles are alike in all but chance, their lengths included. Rates averaged over
    articles would make nearly every table of short against long articles a finding; O - E does so much less,
    but where one group's articles are a third as long, more than 5% of large tables are false findings
    (benchmarks/contrast.py).

    Parameters
    ----------
    matrix : sparse array, articles × terms
        Counts of the terms that are tested.
    words : array
        Words in each article, of all terms.
    groups : sequence of int
        The group of each article, from 0.
    plan : Design
        As `design` returns it.

    Returns
    -------
    array, groups × terms

    Examples
    --------
    >>> groups = [0] * 4 + [1] * 4
    >>> matrix = csr_array([[5, 1]] * 4 + [[0, 1]] * 4)
    >>> family_p(matrix, np.full(8, 100), groups, design(groups, range(8))).round(3)
    array([[0.029, 1.   ],
           [0.029, 1.   ]])
    """
    parts, number = len(plan.pool), max(groups) + 1
    gather = csr_array((np.ones(len(words)), (plan.part, np.arange(len(words)))), (parts, len(words)))
    counts, lengths = csr_array(gather @ matrix), gather @ words
    rate = counts.sum(axis=0) / max(lengths.sum(), 1)
    by_term = csr_array(counts.T).astype(float)
    # With two groups, what one has too much the other has too little: the second says nothing new.
    tested = range(number) if number > 2 else range(1)
    moments = [_moments(counts, lengths, rate, plan, g) for g in tested]
    largest = np.zeros(len(plan.splits))
    observed = np.zeros((number, matrix.shape[1]))
    for start in range(0, len(plan.splits), _BLOCK):
        block = slice(start, start + _BLOCK)
        for g in tested:
            mine = np.ascontiguousarray((plan.splits[block] == g).T, dtype=float)
            statistic = by_term @ mine
            mean, scale = moments[g]
            statistic -= np.outer(rate, lengths @ mine) + mean[:, None]
            np.abs(statistic, out=statistic)
            statistic *= scale[:, None]
            np.maximum(largest[block], statistic.max(axis=0, initial=0), out=largest[block])
            if start == 0:
                observed[g] = statistic[:, 0]
    if number == 2:
        observed[1] = observed[0]
    # Deals that mirror each other differ in the last bits only.
    below = np.searchsorted(np.sort(largest), observed * (1 - 1e-9), side="left")
    return (len(largest) - below) / len(largest)


def _moments(
    counts: csr_array, lengths: np.ndarray, rate: np.ndarray, plan: Design, group: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give the mean of O - E over all splits, and 1 / σ (0 where it cannot vary), for each term.

    r is O - E of a part. A pool of m parts, n of them in the group, adds n r̄ to the mean and
    n (m - n) / (m (m - 1)) Σ (r - r̄)² to the variance: a sum of n drawn without replacement. The squares are
    written out so that r, which is not sparse, need not be stored.
    """
    size = np.bincount(plan.pool)
    held = np.bincount(plan.pool, plan.splits[0] == group)
    pools = csr_array((np.ones(len(plan.pool)), (plan.pool, np.arange(len(plan.pool)))))
    pool_counts, pool_lengths = csr_array(pools @ counts), pools @ lengths
    share = held / np.maximum(size, 1)
    mean = share @ pool_counts - rate * (share @ pool_lengths)
    weight = held * (size - held) / np.maximum(size * (size - 1), 1)
    variance = _squares(counts, lengths, rate, weight[plan.pool])
    variance -= _squares(pool_counts, pool_lengths, rate, weight / np.maximum(size, 1))
    varies = variance > 1e-9 * (weight[plan.pool] @ counts.power(2))
    return mean, np.divide(1, np.sqrt(np.where(varies, variance, 1)), where=varies, out=np.zeros(len(rate)))


def _squares(counts: csr_array, lengths: np.ndarray, rate: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Σ weight (count - length rate)² for each term."""
    crossed = (weight * lengths) @ counts
    return weight @ counts.power(2) - 2 * rate * crossed + rate**2 * (weight * lengths**2).sum()
