"""What a row of any table says about its place: the sentence it stands in, who published it and when, whether it counts.

What nobody knows has a word of its own, so that a count by outlet, side or speaker leaves no row out.
"""

import pandas as pd

NOT_STATED = "not stated"  # an outlet that nothing names
UNCLEAR = "unclear"  # a speaker or side that nobody can tell
ARTICLE = "article"  # whose words a place has that nobody is quoted or reported with
ADDED = {"outlet": "str", "date": "datetime64[us]", "sentence": "str", "counted": "bool"}


def at_sentences(sentences: pd.DataFrame, article_ids: pd.Series, offsets: pd.Series) -> pd.DataFrame:
    """The text of the sentence at each offset, as `sentence`, and whether it is `counted`; False where none is.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20], "counted": [True, False]})
    >>> at_sentences(sentences.assign(text=["Boats go.", "They sail."]), pd.Series(["a", "a"]), pd.Series([3, 12]))
         sentence  counted
    0   Boats go.     True
    1  They sail.    False
    """
    places = pd.DataFrame({"article_id": article_ids.astype("str"), "at": offsets.astype("int64")})
    starts = sentences[["article_id", "start", "end", "text", "counted"]].astype({"article_id": "str"})
    places = places.sort_values("at", kind="stable").rename_axis("row").reset_index()
    found = pd.merge_asof(places, starts.sort_values("start"), left_on="at", right_on="start", by="article_id")
    inside = found["at"] < found["end"]
    counted = found["counted"].fillna(False).astype(bool) & inside
    table = pd.DataFrame({"sentence": found["text"].where(inside).astype("str"), "counted": counted})
    return table.set_axis(found["row"]).reindex(article_ids.index).rename_axis(None)


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
