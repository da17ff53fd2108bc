"""Shares of attributions, from random sentences in which all attributions were coded.

Rules miss attributions and invent some, so a sample of those they found would not do. Of sentences drawn at random it is
known what they miss: the total read over all sentences is put right by what the coded ones have more, or less.
"""

import numpy as np
import pandas as pd

from parley.estimates.intervals import NOTHING, Evidence
from parley.estimates.shares import by_cluster, numbered


def evidence(
    read: pd.DataFrame,
    coded: pd.DataFrame,
    label: str,
    *,
    strata: pd.Series | list[pd.Series],
    articles: pd.Series | None = None,
    beyond: bool = False,
) -> Evidence:
    """What coded sentences say of the share of attributions that have a label.

    Parameters
    ----------
    read : DataFrame
        One row a sentence, one column a label: how many attributions with it the rules read.
    coded : DataFrame
        The same as coded; a sentence that nobody coded is missing throughout.
    label : str
        One of the columns.
    strata, articles, beyond
        As for `parley.estimates.share`, of sentences.

    Returns
    -------
    Evidence

    Notes
    -----
    Let sentence i of N have r_i attributions read and c_i coded, and r_i', c_i' of the label. In stratum h of N_h
    sentences n_h are coded, n in all. The total is T = Σ r_i + Σ N_h mean_h(c_i - r_i), T' likewise, and the share R =
    T'/T, kept within 0 and 1 (a difference estimator; Cochran 1977, Sampling Techniques, ch. 7). With e_i = (c_i' - R
    c_i) - (r_i' - R r_i) its variance is V = Σ N_h² (1 - n_h/N_h) s_h²/n_h / T², where s_h² = (Σ (e_i - mean_h)² + s²) /
    n_h, s² the variance within all strata, so that two sentences alike are no certainty. With a attributions in the
    coded sentences, the effective number of codings is a/(1 - n/N) (v + b)/(V + b), v = R(1 - R)(1 - n/N)/a what V were
    if attributions had been drawn at random, b = (1 - n/N)/a² a pseudo-count in both. Errors of the rules do not become
    fewer as a share nears 0, so the interval is Wilson's or R ± t √V, whichever reaches further on either side; of these
    articles with half an attribution, 1/(2 T), added. For reporting like this, all as
    in `parley.estimates.share`: no finite correction, and the larger of V + Σ u_i² and the clustered variance of u_i =
    (r_i' - R r_i + mean_h e)/T plus, if coded, N_h/n_h (e_i - mean_h e)/T.

    Examples
    --------
    >>> read = pd.DataFrame({"town": [1, 0, 1, 0, 1, 0], "port": [0, 1, 0, 0, 0, 1]})
    >>> coded = pd.DataFrame({"town": [1, 1, 1, None, None, None], "port": [0, 1, 0, None, None, None]})
    >>> found = evidence(read, coded, "town", strata=pd.Series("all", read.index))
    >>> round(found.share, 3)  # 3 read and 2 missed, of 5 read and 2 missed
    0.714
    """
    if beyond and articles is None:
        raise ValueError("beyond: expected the cluster of each sentence; give articles.")
    # Of either, a column with the number of the label, and one with that of all.
    number_read, number_coded = (
        np.column_stack([table[label], table.to_numpy(float).sum(axis=1)]).astype(float) for table in (read, coded)
    )
    drawn = ~np.isnan(number_coded[:, 1])
    rows, number, said = len(read), int(drawn.sum()), number_coded[drawn, 1].sum()
    if not number or (number == rows and not said):
        return NOTHING
    alike = numbered(strata)
    size, coded_in = np.bincount(alike), np.bincount(alike, drawn)
    at_least_one, stratum = np.maximum(coded_in, 1), alike[drawn]

    def means(values: np.ndarray) -> np.ndarray:
        return np.where(coded_in > 0, np.bincount(stratum, values, len(size)) / at_least_one, values.mean())

    more = number_coded[drawn] - number_read[drawn]
    part, whole = (number_read[:, one].sum() + size @ means(more[:, one]) for one in (0, 1))
    if whole <= 0:
        return NOTHING
    share = float(np.clip(part / whole, 0, 1))
    if number == rows and not beyond:
        return Evidence(share, np.inf, np.inf, share, share)
    errors = more @ [1, -share]
    within = errors - means(errors)[stratum]
    pooled = within @ within / max(number - (coded_in > 0).sum(), 1)
    spread = (np.bincount(stratum, within**2, len(size)) + pooled) / at_least_one
    left = 1.0 if beyond else 1 - coded_in / size
    variance = float((size**2 * spread / at_least_one * left).sum()) / whole**2
    df, open_part = number - 1.0, 1.0 if beyond else 1 - number / rows
    if beyond:
        residual = number_read @ [1, -share] + means(errors)[alike]
        variance += residual @ residual / whole**2
        residual[drawn] += (size / at_least_one)[stratum] * within
        cluster = numbered(articles)
        variance, by = by_cluster(variance, np.bincount(cluster, residual / whole), np.bincount(cluster))
        df = float(np.minimum(df, by))
    if not said:
        return Evidence(share, 0.0 * variance, 0)  # no attribution met: anything is possible
    plain, pseudo = share * (1 - share) * open_part / said, open_part / said**2
    effective = float(said / open_part * (plain + pseudo) / (variance + pseudo))
    return Evidence(share, effective, df, step=0.0 if beyond else float(1 / whole), spread=float(np.sqrt(variance)))
