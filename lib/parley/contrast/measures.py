"""Measures of how unevenly words are used, each a formula from the literature over arrays of counts, one a term."""

import numpy as np
from scipy.sparse import csr_array
from scipy.special import rel_entr


def log_ratio(count_1: np.ndarray, words_1: float, count_2: np.ndarray, words_2: float) -> np.ndarray:
    """How many times the rate doubles from the second group to the first; missing if a group has no words.

    log2((a / n1) / (b / n2)), a count of zero taken as 0.5 (Hardie 2014, "Log Ratio: an informal introduction").
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_1 = np.where(count_1 == 0, 0.5, count_1) / np.float64(words_1)
        rate_2 = np.where(count_2 == 0, 0.5, count_2) / np.float64(words_2)
        ratio = np.log2(rate_1 / rate_2)
    return np.where(np.isfinite(ratio), ratio, np.nan)


def g2(count_1: np.ndarray, words_1: float, count_2: np.ndarray, words_2: float) -> np.ndarray:
    """How badly one common rate fits two counts, 0 or more: the log-likelihood of corpus linguistics.

    2 (a ln(a / E1) + b ln(b / E2)), E1 = n1 (a + b) / (n1 + n2) (Rayson & Garside 2000, "Comparing corpora using
    frequency profiling"). It takes every word for an independent event, which words in an article are not: it is no
    test here.
    """
    rate = (count_1 + count_2) / max(words_1 + words_2, 1)
    terms = rel_entr(count_1, words_1 * rate) + rel_entr(count_2, words_2 * rate)
    return np.maximum(2 * terms, 0)


def log_odds(count_1: np.ndarray, count_2: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How the odds of each term differ between two groups, drawn towards a prior; and that over its standard error.

    delta = ln((a + α) / (n1 + α0 - a - α)) - ln((b + α) / (n2 + α0 - b - α)), variance ≈ 1 / (a + α) + 1 / (b + α),
    z = delta / √variance; α are the pseudo-counts of the Dirichlet prior, α0 their sum (Monroe, Colaresi & Quinn 2008,
    "Fightin' Words", Political Analysis 16(4), eq. 15-22).
    """
    one, two = count_1 + prior, count_2 + prior
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(one / (one.sum() - one)) - np.log(two / (two.sum() - two))
        z = delta / np.sqrt(1 / one + 1 / two)
    return np.where(np.isfinite(delta), delta, np.nan), np.where(np.isfinite(z), z, np.nan)


def dispersion(matrix: csr_array) -> np.ndarray:
    """How unevenly each term is spread over articles (rows): 0 evenly, near 1 all in one short one; missing if nowhere.

    Gries' deviation of proportions: DP = ½ Σ |v - s| over articles, v an article's share of the term's occurrences, s
    its share of all words (Gries 2008, International Journal of Corpus Linguistics 13(4)).
    """
    shares = matrix.sum(axis=1) / max(matrix.sum(), 1)
    totals = matrix.sum(axis=0)
    cells = matrix.tocoo()
    share = shares[cells.row]
    # Articles without the term add their whole share, so that only the cells that hold something need a look.
    uneven = np.abs(cells.data / totals[cells.col] - share) - share
    return np.where(totals > 0, (np.bincount(cells.col, uneven, matrix.shape[1]) + 1) / 2, np.nan)
