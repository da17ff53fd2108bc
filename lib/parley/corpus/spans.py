"""Lists of places in few bytes: as the library keeps them, eight bytes a place, and as a reader has them, as tuples."""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

Spans = Sequence[tuple[int, int]]

PACKED = pd.ArrowDtype(pa.list_(pa.int32()))  # start and end of each place, one behind the other


def packed(cells: Iterable[Spans]) -> pd.Series:
    """Lists of places as they are kept.

    Examples
    --------
    >>> packed([[(0, 4), (9, 12)], []]).tolist()
    [[0, 4, 9, 12], []]
    """
    flat = [[*chain.from_iterable(cell)] for cell in cells]
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.array(flat, PACKED.pyarrow_dtype)))


def unpacked(column: pd.Series) -> list[list[tuple[int, int]]]:
    """The lists of places in a column, kept or not; each is a new list.

    Examples
    --------
    >>> unpacked(packed([[(0, 4), (9, 12)], []]))
    [[(0, 4), (9, 12)], []]
    """
    if column.dtype != PACKED:
        return [list(cell) for cell in column]
    numbers, bounds = _numbers(column)
    pairs = list(zip(numbers[::2].tolist(), numbers[1::2].tolist(), strict=True))
    bounds = (bounds // 2).tolist()
    return [pairs[first:last] for first, last in pairwise(bounds)]


def first_places(column: pd.Series) -> pd.Series:
    """Where the first place of each list begins, missing where there is none; a list is kept or not."""
    if column.dtype != PACKED:
        return column.map(lambda spans: spans[0][0] if spans else pd.NA).astype("Int64")
    numbers, bounds = _numbers(column)
    none = bounds[1:] == bounds[:-1]
    first = np.append(numbers, 0)[bounds[:-1]].astype("int64")
    return pd.Series(pd.arrays.IntegerArray(np.where(none, 0, first), none), column.index)


def _numbers(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """All numbers of a column of kept lists, and the place among them where each list begins, and the last one ends."""
    lists = pa.array(column.array, PACKED.pyarrow_dtype)
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    bounds = lists.offsets.to_numpy()
    return lists.flatten().to_numpy(), bounds - bounds[0]
