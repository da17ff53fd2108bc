"""What a row of any table says about its place: the sentence it stands in, who published it and when, whether it counts.

What nobody knows has a word of its own, so that a count by outlet, side or speaker leaves no row out.
"""

import numpy as np
import pandas as pd

from parley.corpus.cuts import cut, numbers_of

LONGEST = 10_000  # characters of a sentence in a row
AT_ONCE = 100_000  # rows whose sentences are cut out together, to bound memory
NOT_STATED = "not stated"  # an outlet that nothing names
UNCLEAR = "unclear"  # a speaker or side that nobody can tell
ARTICLE = "article"  # whose words a place has that nobody is quoted or reported with
ADDED = {"outlet": "str", "date": "datetime64[us]", "sentence": "str", "counted": "bool"}


def at_sentences(
    sentences: pd.DataFrame, article_ids: pd.Series, offsets: pd.Series, articles: pd.DataFrame
) -> pd.DataFrame:
    """The text of the sentence at each offset, as `sentence`, and whether it is `counted`; False where none is.

    Of a sentence of more than 10,000 characters, which is none, the row has those around the offset, so that a text
    without any stop does not stand whole in each of its rows.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Boats go. They sail."]})
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20], "counted": [True, False]})
    >>> at_sentences(sentences, pd.Series(["a", "a"]), pd.Series([3, 12]), articles)
         sentence  counted
    0   Boats go.     True
    1  They sail.    False
    """
    places = offsets.to_numpy("int64")
    number = sentences_at(sentences, article_ids, places)
    parts = [slice(first, first + AT_ONCE) for first in range(0, len(number) or 1, AT_ONCE)]
    found = [_cut_out(sentences, number[part], places[part], articles) for part in parts]
    return pd.concat(found, ignore_index=True).set_axis(article_ids.index)


def _cut_out(sentences: pd.DataFrame, number: np.ndarray, places: np.ndarray, articles: pd.DataFrame) -> pd.DataFrame:
    """The texts of sentences by their row, -1 for none, and whether they count."""
    inside = number >= 0
    concerned, own = np.unique(number[inside], return_inverse=True)
    found = sentences.iloc[concerned]
    texts = found["text"].astype("str") if "text" in found else cut(articles, found)
    counted = np.zeros(len(number), bool)
    counted[inside] = found["counted"].to_numpy()[own]
    if (long := (texts.str.len() > LONGEST).to_numpy(bool)).any():
        row = np.flatnonzero(inside)[long[own]]
        begun = places[row] - found["start"].to_numpy()[own[long[own]]]
        shown = [_around(texts.iloc[n], at) for n, at in zip(own[long[own]], begun, strict=True)]
        own[long[own]] = np.arange(len(texts), len(texts) + len(shown))
        texts = pd.concat([texts, pd.Series(shown, dtype="str")])
    rows = np.full(len(number), -1)
    rows[inside] = own
    text = texts.array.take(rows, allow_fill=True)
    return pd.DataFrame({"sentence": pd.Series(text, dtype="str"), "counted": counted})


def sentences_at(sentences: pd.DataFrame, article_ids: pd.Series, places: np.ndarray) -> np.ndarray:
    """The row of the sentence that each place of an article stands in, by number; -1 where none is."""
    known, ids = pd.factorize(sentences["article_id"].astype("str"))
    article = numbers_of(article_ids, ids)
    # Articles lie one behind the other, so far apart that a place is in one of them only.
    far = 1 + max(sentences["end"].max() if len(sentences) else 0, places.max(initial=0))
    starts = known * far + sentences["start"].to_numpy("int64")
    order = None if (np.diff(starts) >= 0).all() else np.argsort(starts, kind="stable")
    found = np.searchsorted(starts, article * far + places, side="right", sorter=order) - 1
    found = found if order is None or not len(order) else np.where(found < 0, -1, order[found])
    inside = (article >= 0) & (found >= 0)
    ends = sentences["end"].to_numpy("int64")
    inside[inside] = (known[found[inside]] == article[inside]) & (places[inside] < ends[found[inside]])
    return np.where(inside, found, -1)


def _around(text: str, at: int) -> str:
    """A part of a sentence that is too long to stand in every row, with … where it is cut."""
    start, end = max(0, at - LONGEST // 2), at + LONGEST // 2
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def placed(rows: pd.DataFrame, offsets: pd.Series, sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``sentence, counted, outlet, date`` of the places at which they stand."""
    about = articles[["outlet", "date"]].reset_index(drop=True).astype({"outlet": "str"})
    about = about.reindex(numbers_of(rows["article_id"], articles["article_id"])).fillna({"outlet": NOT_STATED})
    about = about.set_axis(rows.index)
    known = rows.assign(**at_sentences(sentences, rows["article_id"], offsets, articles), **about)
    return known.astype({name: kind for name, kind in ADDED.items() if name in known})


def voiced(rows: pd.DataFrame, speaker: str, side: str, *, narrated: pd.Series | None = None) -> pd.DataFrame:
    """The rows with a word where a speaker or side is missing: the article's own voice where it is `narrated`."""
    unknown = pd.Series(UNCLEAR, rows.index, dtype="str")
    unknown = unknown if narrated is None else unknown.mask(narrated, ARTICLE)
    return rows.assign(**{name: rows[name].astype("str").fillna(unknown) for name in (speaker, side)})
