"""The texts of rows that stand in articles, cut out of them without a copy of each in between."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa


def cut(articles: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """The texts of rows, ``article_id, start, end``.

    Rows with nothing between them, as segments are, share the memory of the articles' texts. Rows that do not stand one
    behind the other, in the order of the articles, are cut out one by one.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["Été. Then rain.", "Sun."]})
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 5, 0], "end": [4, 15, 4]})
    >>> cut(articles, rows).tolist()
    ['Été.', 'Then rain.', 'Sun.']
    """
    number = numbers_of(rows["article_id"], articles["article_id"])
    begins, ends = rows["start"].to_numpy("int64"), rows["end"].to_numpy("int64")
    apart = (begins[1:] >= ends[:-1]) | (number[1:] != number[:-1])
    if (number < 0).any() or (np.diff(number) < 0).any() or not apart.all() or (begins > ends).any():
        given = articles["text"].array
        found = [given[n][a:b] if n >= 0 else None for n, a, b in zip(number, begins, ends, strict=True)]
        return pd.Series(found, rows.index, dtype="str")
    bounds = np.column_stack([begins, ends]).ravel()
    texts = pa.array(articles["text"], pa.large_string())
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    _, offsets, data = texts.buffers()
    offsets = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = data or pa.py_buffer(b"")
    written = np.frombuffer(data, np.uint8)
    last = 2 * np.bincount(number, minlength=len(articles)).cumsum()
    for own, at, end in zip(pairwise([0, *last]), offsets, offsets[1:], strict=False):
        places, text = bounds[slice(*own)], written[at:end]
        first = (text & 0xC0) != 0x80  # all other bytes of UTF-8 go on with a character
        if not first.all():  # some characters are more than a byte
            places[:] = np.append(np.flatnonzero(first), len(text))[places]
        places += at
    bounds = np.maximum.accumulate(bounds)  # Arrow trusts that none goes back
    if (bounds[1:-1:2] == bounds[2::2]).all():
        bounds = np.append(bounds[::2], bounds[-1:] if len(bounds) else 0)
        found = pa.LargeStringArray.from_buffers(len(rows), pa.py_buffer(bounds), data)
    else:
        between = pa.LargeStringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), data)
        found = between.take(pa.array(np.arange(0, len(bounds), 2)))
    return pa.table({"text": found}).to_pandas()["text"].set_axis(rows.index)


def numbers_of(article_ids: pd.Series, known: Iterable[str]) -> np.ndarray:
    """The place of each id among the `known` ones, -1 for another; of many rows of few articles, without a look at each."""
    codes, ids = pd.factorize(article_ids.astype("str"))
    return pd.Index(known, dtype="str").get_indexer(ids)[codes]
