"""Measures of how unevenly words are used, each a formula from the literature over arrays of counts."""

import numpy as np
from scipy.sparse import csr_array
from scipy.special import rel_entr


def log_ratio(count_1: np.ndarray, words_1: float, count_2: np.ndarray, words_2: float) -> np.ndarray:
    """Compare two rates: how many times they double from the second group to the first.

    log2((a / n1) / (b / n2)), a count of zero taken as 0.5 (Hardie 2014, "Log Ratio: an informal
    introduction").

    Parameters
    ----------
    count_1, count_2 : array of counts, one a term
    words_1, words_2 : float
        Words in either group.

    Returns
    -------
    array
        Positive where the first group uses the term more; 1 is twice as often. Missing if a group has no
        words.

    Examples
    --------
    >>> log_ratio(np.array([620]), 1017879, np.array([267]), 1007532).round(2)
    array([1.2])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_1 = np.where(count_1 == 0, 0.5, count_1) / np.float64(words_1)
        rate_2 = np.where(count_2 == 0, 0.5, count_2) / np.float64(words_2)
        ratio = np.log2(rate_1 / rate_2)
    return np.where(np.isfinite(ratio), ratio, np.nan)


def g2(count_1: np.ndarray, words_1: float, count_2: np.ndarray, words_2: float) -> np.ndarray:
    """Measure how badly one common rate fits two counts: the log-likelihood of corpus linguistics.

    2 (a ln(a / E1) + b ln(b / E2)), E1 = n1 (a + b) / (n1 + n2) (Rayson & Garside 2000, "Comparing corpora
    using frequency profiling"). It takes every word for an independent event, which words in an article are
    not: it is no test here.

    Parameters
    ----------
    count_1, words_1, count_2, words_2
        As for `log_ratio`.

    Returns
    -------
    array
        0 or more.

    Examples
    --------
    >>> g2(np.array([52]), 50_000, np.array([57]), 75_000).round(2)
    array([2.65])
    """
    rate = (count_1 + count_2) / max(words_1 + words_2, 1)
    terms = rel_entr(count_1, words_1 * rate) + rel_entr(count_2, words_2 * rate)
    return np.maximum(2 * terms, 0)


def log_odds(
    count_1: np.ndarray, count_2: np.ndarray, prior: np.ndarray, *, axis: int = -1
) -> tuple[np.ndarray, np.ndarray]:
    """Compare the odds of each term in two groups, drawn towards a prior.

    delta = ln((a + α) / (n1 + α0 - a - α)) - ln((b + α) / (n2 + α0 - b - α)), variance ≈ 1 / (a + α) + 1 / (b
    + α), z = delta / √variance (Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16(4),
    eq. 15-22).

    Parameters
    ----------
    count_1, count_2 : arrays of counts, one a term, along `axis`
    prior : array
        α, the pseudo-counts of the Dirichlet prior, one a term; α0 is their sum.

    Returns
    -------
    delta, z : arrays
        Positive where the first group uses the term more.

    Examples
    --------
    >>> delta, z = log_odds(np.array([30, 5, 200]), np.array([4, 28, 210]), np.array([0.01, 0.01, 0.01]))
    >>> delta.round(4), z.round(4)
    (array([ 2.162 , -1.7932, -0.1383]), array([ 4.0662, -3.6968, -1.4003]))
    """
    one, two = count_1 + prior, count_2 + prior
    rest_1 = one.sum(axis=axis, keepdims=True) - one
    rest_2 = two.sum(axis=axis, keepdims=True) - two
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(one / rest_1) - np.log(two / rest_2)
        z = delta / np.sqrt(1 / one + 1 / two)
    return np.where(np.isfinite(delta), delta, np.nan), np.where(np.isfinite(z), z, np.nan)


def dispersion(matrix: csr_array) -> np.ndarray:
    """Measure how unevenly each term is spread over articles: Gries' deviation of proportions.

    DP = ½ Σ |v - s| over articles, v an article's share of the term's occurrences, s its share of all words
    (Gries 2008, International Journal of Corpus Linguistics 13(4)).

    Parameters
    ----------
    matrix : sparse array, articles × terms
        Counts; the row sums are taken for the lengths of the articles.

    Returns
    -------
    array
        One a term: 0 is as even as can be, near 1 is all in one short article; missing if the term never
        occurs.

    Examples
    --------
    >>> dispersion(csr_array([[1, 9], [1, 9], [0, 20]])).round(2)
    array([0.5 , 0.03])
    """
    shares = matrix.sum(axis=1) / max(matrix.sum(), 1)
    totals = matrix.sum(axis=0)
    cells = matrix.tocoo()
    share = shares[cells.row]
    # Articles without the term add their whole share, so that only the cells that hold something need a look.
    uneven = np.abs(cells.data / totals[cells.col] - share) - share
    with np.errstate(invalid="ignore"):
        return np.where(totals > 0, (np.bincount(cells.col, uneven, matrix.shape[1]) + 1) / 2, np.nan)


def divergence(count_1: np.ndarray, count_2: np.ndarray) -> np.ndarray:
    """Share out the Jensen-Shannon divergence of two groups over the terms.

    ½ (p log2(p / m) + q log2(q / m)), p and q the term's share of either group's words and m their mean
    (Gallagher et al. 2021, "Generalized word shift graphs", EPJ Data Science 10:4).

    Parameters
    ----------
    count_1, count_2 : arrays of counts, one a term

    Returns
    -------
    array
        Bits, one a term, 0 or more; their sum is the divergence, from 0 (same words at same rates) to 1 (none
        shared).

    Examples
    --------
    >>> divergence(np.array([1, 1, 0]), np.array([0, 1, 1])).round(2)
    array([0.25, 0.  , 0.25])
    """
    p, q = count_1 / max(count_1.sum(), 1), count_2 / max(count_2.sum(), 1)
    middle = (p + q) / 2
    return np.maximum(rel_entr(p, middle) + rel_entr(q, middle), 0) / (2 * np.log(2))
