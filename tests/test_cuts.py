"""Texts cut out of articles: characters of any width, gaps between rows and none, articles without rows."""

import pandas as pd
import pyarrow as pa
import pytest

from parley.corpus.cuts import cut

TEXTS = ["Crème brûlée, s’il vous plaît. 𝒳 rose.", "", "Plain words only.", "Żółć. 平和 now."]


def rows_of(places):
    return pd.DataFrame(places, columns=["article_id", "start", "end"])


def articles_of(texts):
    return pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": pd.Series(texts, dtype="str")})


@pytest.mark.parametrize("step", [1, 3, 7, 100])
@pytest.mark.parametrize("gap", [0, 1])
def test_each_row_has_the_characters_that_python_finds(step, gap):
    places = [
        (f"a{n}", start, min(start + step, len(text)))
        for n, text in enumerate(TEXTS)
        for start in range(0, len(text), step + gap)
    ]
    own = dict(zip(articles_of(TEXTS)["article_id"], TEXTS, strict=True))
    found = cut(articles_of(TEXTS), rows_of(places))
    assert found.tolist() == [own[name][start:end] for name, start, end in places]
    assert found.dtype == articles_of(TEXTS)["text"].dtype


def test_rows_without_gaps_share_the_memory_of_the_texts():
    articles = articles_of(TEXTS[:1])
    found = cut(articles, rows_of([("a0", 0, 12), ("a0", 12, len(TEXTS[0]))]))
    assert pa.array(found).buffers()[2].address == pa.array(articles["text"]).buffers()[2].address


def test_some_articles_of_more_and_none_at_all():
    more = pd.concat([articles_of(TEXTS), articles_of(TEXTS).assign(article_id=["b0", "b1", "b2", "b3"])])
    for articles in (more, more.iloc[2:], more.iloc[2:].reset_index(drop=True)):
        assert cut(articles, rows_of([("a3", 0, 5), ("b2", 6, 11)])).tolist() == ["Żółć.", "words"]
    assert cut(more, rows_of([])).tolist() == [] and cut(more.iloc[:0], rows_of([])).tolist() == []
