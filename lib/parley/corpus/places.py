"""What a row of any table says about its place: the sentence it stands in, who published it and when, whether it counts.

What nobody knows has a word of its own, so that a count by outlet, side or speaker leaves no row out.
"""

import numpy as np
import pandas as pd

LONGEST = 10_000  # characters of a sentence in a row
NOT_STATED = "not stated"  # an outlet that nothing names
UNCLEAR = "unclear"  # a speaker or side that nobody can tell
ARTICLE = "article"  # whose words a place has that nobody is quoted or reported with
ADDED = {"outlet": "str", "date": "datetime64[us]", "sentence": "str", "counted": "bool"}


def at_sentences(sentences: pd.DataFrame, article_ids: pd.Series, offsets: pd.Series) -> pd.DataFrame:
    """The text of the sentence at each offset, as `sentence`, and whether it is `counted`; False where none is.

    Of a sentence of more than 10,000 characters, which is none, the row has those around the offset, so that a text
    without any stop does not stand whole in each of its rows.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20], "counted": [True, False]})
    >>> at_sentences(sentences.assign(text=["Boats go.", "They sail."]), pd.Series(["a", "a"]), pd.Series([3, 12]))
         sentence  counted
    0   Boats go.     True
    1  They sail.    False
    """
    places = pd.DataFrame({"article_id": article_ids.astype("str"), "at": offsets.astype("int64")})
    starts = sentences[["article_id", "start", "end", "counted"]].astype({"article_id": "str"})
    starts = starts.assign(number=np.arange(len(starts))).sort_values("start")
    places = places.sort_values("at", kind="stable").rename_axis("row").reset_index()
    found = pd.merge_asof(places, starts, left_on="at", right_on="start", by="article_id")
    inside = (found["at"] < found["end"]).to_numpy()
    counted = found["counted"].fillna(False).astype(bool) & inside
    number, texts = (
        found["number"].where(inside, -1).astype("int64").to_numpy(copy=True),
        sentences["text"].astype("str"),
    )
    long = (texts.str.len() > LONGEST).to_numpy(bool)
    if cut := [k for k in np.flatnonzero(inside) if long[number[k]]] if long.any() else []:
        begun = found["at"].sub(found["start"]).iloc[cut].astype("int64").tolist()
        shown = [_around(texts.iloc[number[k]], at) for k, at in zip(cut, begun, strict=True)]
        texts = pd.concat([texts.mask(long, ""), pd.Series(shown, dtype="str")])
        number[cut] = np.arange(len(long), len(texts))
    text = texts.array.take(number, allow_fill=True)
    table = pd.DataFrame({"sentence": pd.Series(text, found.index, "str"), "counted": counted})
    return table.set_axis(found["row"]).reindex(article_ids.index).rename_axis(None)


def _around(text: str, at: int) -> str:
    """A part of a sentence that is too long to stand in every row, with … where it is cut."""
    start, end = max(0, at - LONGEST // 2), at + LONGEST // 2
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def placed(rows: pd.DataFrame, offsets: pd.Series, sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``sentence, counted, outlet, date`` of the places at which they stand."""
    about = articles.set_index("article_id")[["outlet", "date"]].reindex(rows["article_id"]).set_axis(rows.index)
    outlet = about["outlet"].astype("str").fillna(NOT_STATED)
    known = rows.assign(**at_sentences(sentences, rows["article_id"], offsets), outlet=outlet, date=about["date"])
    return known.astype({name: kind for name, kind in ADDED.items() if name in known})


def voiced(rows: pd.DataFrame, speaker: str, side: str, *, narrated: pd.Series | None = None) -> pd.DataFrame:
    """The rows with a word where a speaker or side is missing: the article's own voice where it is `narrated`."""
    unknown = pd.Series(UNCLEAR, rows.index, dtype="str")
    unknown = unknown if narrated is None else unknown.mask(narrated, ARTICLE)
    return rows.assign(**{name: rows[name].astype("str").fillna(unknown) for name in (speaker, side)})
