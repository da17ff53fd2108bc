"""How often articles split at random would differ as much: a family-wise permutation test.

The unit is the article, or the cluster of articles that share copy: these change groups together. A cluster that
several groups print is a matched set, one part a group; its parts change places among its own groups only, and what
they have in common sets nothing apart. Every split keeps the number of units of each group.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, product
from math import factorial, prod
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from parley.contrast.counting import sum_rows

EXACT = 10_000  # up to so many splits, all are looked at
DRAWN = 4_999
SEED = 20081
BLOCK = 64  # splits measured at a time, to bound memory


class Design(NamedTuple):
    """Who may change places with whom, and the splits that are looked at, one a row; the first is the one observed."""

    part: np.ndarray  # number of each article's part
    pool: np.ndarray  # within which each part changes places: 0 for clusters in one group, else one a matched set
    splits: np.ndarray  # group of each part
    possible: int
    smallest_p: float  # share of splits that size alone cannot tell from the one observed: itself, and mere renamings


def design(groups: Sequence[int], clusters: Sequence, drawn: int = DRAWN) -> Design:
    """Split articles, by the group and the cluster of each, in all ways, or in 4,999 drawn of more than 10,000."""
    part, group, pool = _parts(groups, clusters)
    pools, possible = _pools(group, pool)
    if possible > EXACT:
        rng = np.random.default_rng(SEED)
        splits = np.tile(group.astype(np.int8 if group.max() < 128 else np.int16), (drawn + 1, 1))
        for p in pools:
            for start in range(1, drawn + 1, BLOCK):
                block = splits[start : start + BLOCK]
                block[:, p] = rng.permuted(block[:, p], axis=1)
        return Design(part, pool, splits, possible, 1 / (drawn + 1))
    every = np.empty((possible, len(group)), group.dtype)
    orders = product(*(list(_arrangements(group[p].tolist())) for p in pools))
    every[:, np.concatenate(pools)] = [list(chain(*order)) for order in orders]
    observed = (every == group).all(axis=1)
    splits = np.concatenate([every[observed], every[~observed]])
    # A split is the observed one under other names if each group's parts went to one group.
    pairs = np.sort(splits * len(groups) + group, axis=1)
    renamed = (np.diff(pairs, axis=1) != 0).sum(axis=1) + 1 == len(set(groups))
    return Design(part, pool, splits, possible, float(renamed.mean()))


def smallest_p(groups: Sequence[int], clusters: Sequence, drawn: int = DRAWN) -> float:
    """The smallest p that a design allows, without the splits if there are so many that they would be drawn."""
    _, group, pool = _parts(groups, clusters)
    return 1 / (drawn + 1) if _pools(group, pool)[1] > EXACT else design(groups, clusters, drawn).smallest_p


def _parts(groups: Sequence[int], clusters: Sequence) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The number of each article's part, and the group and the pool of each part."""
    parts: dict[tuple, int] = {}
    part = np.array([parts.setdefault(pair, len(parts)) for pair in zip(clusters, groups, strict=True)])
    printed = Counter(cluster for cluster, _ in parts)
    matched = {cluster: number for number, cluster in enumerate((c for c in printed if printed[c] > 1), start=1)}
    return part, np.array([g for _, g in parts]), np.array([matched.get(cluster, 0) for cluster, _ in parts])


def _pools(group: np.ndarray, pool: np.ndarray) -> tuple[list[np.ndarray], int]:
    """The parts of each pool, and in how many ways they can be dealt to the groups."""
    pools = [np.flatnonzero(pool == number) for number in range(pool.max() + 1)]
    return pools, prod(factorial(len(p)) // prod(factorial(int(n)) for n in np.bincount(group[p])) for p in pools)


def _arrangements(items: list[int]) -> Iterator[tuple[int, ...]]:
    """List the different orders of items, of which some may be alike."""
    if not items:
        yield ()
    for item in sorted(set(items)):
        rest = items.copy()
        rest.remove(item)
        yield from ((item, *order) for order in _arrangements(rest))


def family_p(matrix: csr_array, words: np.ndarray, plan: Design) -> np.ndarray:
    """Test all terms (columns) and groups at once by the largest difference that random splits bring: groups × terms.

    For each term and group the statistic is |O - E| / σ: O the term's count in the group, E what it would be at the
    rate of all articles together (`words` are those of each article, of all terms), σ the standard deviation of O - E
    over all splits (and O - E from its mean over all splits, which is 0 unless there are matched sets). p is the share
    of splits whose largest statistic, over all terms and groups, is at least the term's own: in a table where nothing
    differs, the chance that any p is .05 or less is at most 5%. After Westfall & Young (1993), "Resampling-Based
    Multiple Testing"; of drawn splits the one observed counts as one, (b + 1) / (B + 1), after Phipson & Smyth (2010),
    Statistical Applications in Genetics and Molecular Biology 9(1).

    What is tested is that articles are alike in all but chance, their lengths included. Rates averaged over articles
    would make nearly every table of short against long articles a finding; O - E does so much less, but where one
    group's articles are a third as long, more than 5% of large tables are false findings (benchmarks/contrast.py).
    """
    number = int(plan.splits[0].max()) + 1
    counts, lengths = (sum_rows(cells, plan.part, len(plan.pool)).astype(float) for cells in (matrix, words))
    rate = counts.sum(axis=0) / max(lengths.sum(), 1)
    # With two groups, what one has too much the other has too little: the second says nothing new.
    tested = range(number if number > 2 else 1)
    largest = np.zeros(len(plan.splits))
    observed = np.zeros((number, matrix.shape[1]))
    for g in tested:
        # Each term's counts, rate and mean are divided by its σ once, not in every split.
        mean, scale = _moments(counts, lengths, rate, plan, g)
        by_term, scaled, mean = csr_array((counts * scale).T), rate * scale, (mean * scale)[:, None]
        for start in range(0, len(plan.splits), BLOCK):
            block = slice(start, start + BLOCK)
            mine = (plan.splits[block] == g).T.astype(float, order="C")
            statistic = by_term @ mine
            statistic -= np.outer(scaled, lengths @ mine)
            statistic -= mean
            np.abs(statistic, out=statistic)
            largest[block] = np.maximum(largest[block], statistic.max(axis=0, initial=0))
            if start == 0:
                observed[g] = statistic[:, 0]
    if number == 2:
        observed[1] = observed[0]
    # Splits that mirror each other differ in the last bits only.
    below = np.searchsorted(np.sort(largest), observed * (1 - 1e-9), side="left")
    return (len(largest) - below) / len(largest)


def _moments(counts: csr_array, lengths: np.ndarray, rate: np.ndarray, plan: Design, group: int) -> tuple:
    """Give the mean of O - E over all splits, and 1 / σ (0 where it cannot vary), for each term.

    r is O - E of a part. A pool of m parts, n of them in the group, adds n r̄ to the mean and n (m - n) / (m (m - 1))
    Σ (r - r̄)² to the variance: a sum of n drawn without replacement.
    """
    size = np.bincount(plan.pool)
    held = np.bincount(plan.pool, plan.splits[0] == group)
    pool_counts, pool_lengths = (sum_rows(cells, plan.pool, len(size)) for cells in (counts, lengths))
    share = held / np.maximum(size, 1)
    mean = share @ pool_counts - rate * (share @ pool_lengths)
    weight = held * (size - held) / np.maximum(size * (size - 1), 1)
    variance = _squares(counts, lengths, rate, weight[plan.pool])
    variance -= _squares(pool_counts, pool_lengths, rate, weight / np.maximum(size, 1))
    varies = variance > 1e-9 * (weight[plan.pool] @ counts.power(2))
    return mean, np.divide(1, np.sqrt(np.where(varies, variance, 1)), where=varies, out=np.zeros(len(rate)))


def _squares(counts: csr_array, lengths: np.ndarray, rate: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Σ weight (count - length rate)² for each term, written out, for the differences are not sparse."""
    crossed = (weight * lengths) @ counts
    return weight @ counts.power(2) - 2 * rate * crossed + rate**2 * (weight * lengths**2).sum()
