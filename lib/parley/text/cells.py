"""Cells that hold lists, in few bytes: as the library keeps them, and as a reader has them, as lists of tuples."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

AGREE = ["same", "mark", "spelling"]
OPS = [*AGREE, "substitute", "insert", "delete"]  # what can happen to a stretch of text

Spans = Sequence[tuple[int, int]]


class Stretch(NamedTuple):
    """A stretch of two aligned texts; `op` is one of `OPS`."""

    op: str
    start_a: int
    end_a: int
    start_b: int
    end_b: int


# Places as start and end, one behind the other; what happened, as its number, before the other fields of a tuple.
PACKED = pd.ArrowDtype(pa.list_(pa.int32()))
_OP, _PLACES = [("op", pa.int8())], [(name, pa.int32()) for name in Stretch._fields[1:]]
STRETCHES = pd.ArrowDtype(pa.list_(pa.struct(_OP + _PLACES)))
EDITS = pd.ArrowDtype(pa.list_(pa.struct([*_OP, ("in_a", pa.large_string()), ("in_b", pa.large_string())])))
KEPT = (PACKED, STRETCHES, EDITS)


def packed(cells: Iterable[Sequence[tuple]], kind: pd.ArrowDtype = PACKED) -> pd.Series:
    """Lists of places, stretches or edits as they are kept.

    Examples
    --------
    >>> packed([[(0, 4), (9, 12)], []]).tolist()
    [[0, 4, 9, 12], []]
    """
    if kind == PACKED:
        lists = pa.array([[*chain.from_iterable(cell)] for cell in cells], kind.pyarrow_dtype)
    else:
        cells = list(cells)
        bounds = pa.array(accumulate(map(len, cells), initial=0), pa.int32())
        fields = [*kind.pyarrow_dtype.value_type]
        columns = [*zip(*chain.from_iterable(cells), strict=True)] or [()] * len(fields)
        columns[0] = [*map(OPS.index, columns[0])]
        arrays = [pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)]
        lists = pa.ListArray.from_arrays(bounds, pa.StructArray.from_arrays(arrays, fields=fields))
    return pd.Series(pd.arrays.ArrowExtensionArray(lists))


def unpacked(column: pd.Series) -> list[list[tuple]]:
    """The lists in a column, kept or not; each is a new list.

    Examples
    --------
    >>> unpacked(packed([[(0, 4), (9, 12)], []]))
    [[(0, 4), (9, 12)], []]
    """
    if column.dtype not in KEPT:
        return [list(cell) for cell in column]
    flat, bounds = _flat(column)
    if column.dtype == PACKED:
        numbers = flat.to_numpy().tolist()
        every, bounds = list(zip(numbers[::2], numbers[1::2], strict=True)), bounds // 2
    else:
        op, *fields = (field.to_pylist() for field in flat.flatten())
        every = list(zip(map(OPS.__getitem__, op), *fields, strict=True))
        every = list(map(Stretch._make, every)) if column.dtype == STRETCHES else every
    return [every[first:last] for first, last in pairwise(bounds.tolist())]


def first_places(column: pd.Series) -> pd.Series:
    """Where the first place of each list begins, missing where there is none; a list is kept or not."""
    if column.dtype != PACKED:
        return column.map(lambda spans: spans[0][0] if spans else pd.NA).astype("Int64")
    flat, bounds = _flat(column)
    none = bounds[1:] == bounds[:-1]
    first = np.append(flat.to_numpy(), 0)[bounds[:-1]].astype("int64")
    return pd.Series(pd.arrays.IntegerArray(np.where(none, 0, first), none), column.index)


def stretches(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """All stretches of a column of alignments, kept or not: the row of each by number; and its five fields, `op` as a number."""
    kept = column if column.dtype == STRETCHES else packed(column, STRETCHES)
    flat, bounds = _flat(kept)
    fields = [field.to_numpy(zero_copy_only=False) for field in flat.flatten()]
    return np.repeat(np.arange(len(column)), np.diff(bounds)), np.array(fields, np.int64).reshape(5, -1)


def _flat(column: pd.Series) -> tuple[pa.Array, np.ndarray]:
    """All items of a column of kept lists, and the place among them where each list begins, and the last one ends."""
    lists = pa.array(column.array, column.dtype.pyarrow_dtype)
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    bounds = lists.offsets.to_numpy()
    return lists.flatten(), bounds - bounds[0]
