"""In which order to code rows, so that whoever stops early has coded a random sample."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

SEED = 0


def coding_order(table: pd.DataFrame, *, strata: Sequence[str], seed: int = SEED) -> pd.Index:
    """The order in which to code the rows of a table: any beginning of it is a random sample, spread over strata.

    Parameters
    ----------
    table : DataFrame
        Mentions or sentences, one row each.
    strata : list of str
        Columns over whose combinations each beginning is spread in proportion, such as the group and the label read.
        A missing value is a stratum too. Without any, the order is merely random.
    seed : int
        Another seed gives another order; the same seed and table give the same.

    Returns
    -------
    Index
        The row labels of `table`, each once, in coding order.

    Notes
    -----
    The rows of a stratum of size m are numbered at random, k = 0, 1, …, and row k gets the turn (k + u) / m with one
    random u between 0 and 1 a stratum; rows are sorted by turn. So a beginning of n rows holds of each stratum its
    share of n, up or down to a whole row: a systematic sample (Cochran 1977, Sampling Techniques, ch. 8) of
    strata whose rows are drawn at random.

    Examples
    --------
    >>> table = pd.DataFrame({"read": ["for"] * 6 + ["neutral"] * 3})
    >>> order = coding_order(table, strata=["read"])
    >>> table.loc[order[:3], "read"].value_counts().to_dict()
    {'for': 2, 'neutral': 1}
    """
    drawn = np.random.default_rng(seed)
    number = pd.Series(drawn.permutation(len(table)))
    turn = pd.Series(0.0, index=number.index)
    keys = [table[name].reset_index(drop=True) for name in strata]
    for _, rows in number.groupby(keys, dropna=False) if keys else [(None, number)]:
        turn[rows.index] = (rows.rank() - 1 + drawn.random()) / len(rows)
    return table.index[np.lexsort([number, turn])]


def check_word(order: int, *place: object) -> str:
    """A short word made from a row's number and place, by which a row that was numbered anew is noticed.

    Examples
    --------
    >>> check_word(1, "a", 10) == check_word(1, "a", 10), check_word(1, "a", 10) == check_word(2, "a", 10)
    (True, False)
    """
    written = "|".join(map(str, (order, *place)))
    return "k" + hashlib.sha256(written.encode()).hexdigest()[:6]


def order_of(sheet: pd.DataFrame) -> pd.Series:
    """Whether each row of a sheet still has the number and the place with which it was drawn.

    Where a row does not, it was numbered anew, moved or edited, and the sheet is no random sample any more.

    Parameters
    ----------
    sheet : DataFrame
        A sheet as it was written, or as :func:`parley.codings.read_sheet` gives it.

    Returns
    -------
    Series of bool
        By the sheet's index; False throughout where it has no ``order`` or no ``check``.

    Examples
    --------
    >>> place = {"article_id": "a", "start": "10", "end": "15"}
    >>> sheet = pd.DataFrame([{"order": n, "check": check_word(1, "a", "10", "15"), **place} for n in (1, 2)])
    >>> order_of(sheet).tolist()
    [True, False]
    """
    if not {"order", "check"} <= set(sheet):
        return pd.Series(False, index=sheet.index)
    first, last = ("start", "end") if "start" in sheet else ("sentence_start", "sentence_end")
    rows = zip(sheet["order"], sheet["article_id"], sheet[first], sheet[last], sheet["check"], strict=True)
    fits = [check_word(*place) == check.strip() for *place, check in rows]
    return pd.Series(fits, index=sheet.index, dtype=bool)
