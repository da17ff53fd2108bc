"""The same article under two ids, and later versions of one report: which articles of one source repeat one another."""

from collections.abc import Callable, Mapping

import pandas as pd

from parley.corpus.articles import as_text
from parley.corpus.reading import as_table
from parley.text.forms import word_forms

COLUMNS = {"earlier": "str", "later": "str", "outlet": "str", "words": "int64"}
COLUMNS |= {"percent_of_earlier": "float64", "percent_of_later": "float64", "same": "bool"}
MOST, SOME = 0.5, 0.3  # of the words of the shorter and of the longer one: versions
ALL = 0.95  # of the words of both: the same article
NEAR = pd.Timedelta(days=1)


def in_order(articles: pd.DataFrame) -> list[str]:
    """Article ids by date, and by time of day where a column ``time`` has it as 15:02; those without a date last."""
    time = as_text(articles["time"]) if "time" in articles else ""
    return (
        articles.assign(time=time)
        .sort_values(["date", "time", "article_id"], na_position="last")["article_id"]
        .tolist()
    )


def find_versions(articles: pd.DataFrame, passages: pd.DataFrame, lengths: Mapping[str, int]) -> pd.DataFrame:
    """Pairs of articles of which the later is the earlier again, whole or changed.

    Two articles are versions of one report if one outlet printed both within a day (or the outlet of both is not known)
    and half the words of the shorter are a good part of the longer one. They are the same if nearly all words of both do,
    whatever the dates.

    Parameters
    ----------
    articles : DataFrame
        ``article_id, outlet, date``, and ``time`` as 15:02 if it is known.
    passages : DataFrame
        The copy that they share, as `parley.text.copies.find_passages` returns it.
    lengths : mapping of article_id to int
        How many words of prose each has, its headline aside, which is too short to be found in the copy.

    Returns
    -------
    DataFrame
        One row a pair, in order of time: ``earlier, later, outlet, words`` (that both have), ``percent_of_earlier,
        percent_of_later, same``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Gazette", "date": pd.Timestamp("2024-03-01")})
    >>> passages = pd.DataFrame({"article_a": ["a"], "article_b": ["b"], "words": [60]})
    >>> find_versions(articles, passages, {"a": 60, "b": 80})[["earlier", "later", "percent_of_later", "same"]]
      earlier later  percent_of_later   same
    0       a     b              75.0  False
    """
    rank = {article: i for i, article in enumerate(in_order(articles))}
    known = dict(zip(articles["article_id"], zip(articles["outlet"], articles["date"], strict=True), strict=True))
    rows = []
    for (a, b), shared in passages.groupby(["article_a", "article_b"])["words"].sum().items():
        earlier, later = sorted((a, b), key=rank.__getitem__)
        percent = [100 * min(1, shared / max(lengths[each], 1)) for each in (earlier, later)]
        (outlet, day), (other, other_day) = known[earlier], known[later]
        one_source = outlet == other if pd.notna(outlet) and pd.notna(other) else pd.isna(outlet) and pd.isna(other)
        same = min(percent) >= 100 * ALL
        near = pd.notna(day) and pd.notna(other_day) and abs(day - other_day) <= NEAR
        if one_source and (same or (near and max(percent) >= 100 * MOST and min(percent) >= 100 * SOME)):
            rows.append((earlier, later, outlet, shared, *percent, same))
    rows.sort(key=lambda row: (rank[row[0]], rank[row[1]]))
    return as_table(rows, COLUMNS)


def mark_again(
    sentences: pd.DataFrame,
    versions: pd.DataFrame,
    group: Mapping[str, str],
    cut: Callable[[pd.DataFrame], pd.Series],
) -> pd.Series:
    """Mark the sentences of later versions, headlines too, that the earlier one of the same group (or none) has as well.

    Shared passages begin at fourteen words; what is shorter, such as a headline, is told only between versions.
    """
    side = {article: None if pd.isna(value) else value for article, value in group.items()}
    concerned = sentences[sentences["article_id"].isin({*versions["earlier"], *versions["later"]})]
    forms = cut(concerned).map(word_forms)
    by_article = {article: {*own} for article, own in forms.groupby(concerned["article_id"])}
    before: dict[str, set] = {}
    for earlier, later in zip(versions["earlier"], versions["later"], strict=True):
        if side[earlier] == side[later]:
            before.setdefault(later, set()).update(by_article.get(earlier, ()))
    marked = [form in before.get(article, ()) for article, form in zip(concerned["article_id"], forms, strict=True)]
    return pd.Series(marked, index=concerned.index, dtype=bool).reindex(sentences.index, fill_value=False)
