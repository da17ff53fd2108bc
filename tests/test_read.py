"""One article read by itself gives the rows that it has in the tables of its study."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from parley import study_from_table
from parley.corpus.places import LONGEST, sentences_at
from parley.corpus.segments import overruled_by_article
from parley.read import read_article


def test_an_article_read_by_itself_has_the_rows_of_its_study(study):
    overruled = pd.read_csv(study.folder / "segments.csv", dtype=str)
    overruled = overruled_by_article(overruled, study.articles)
    seen = 0
    for article in study.articles.itertuples():
        given = {
            name: None if pd.isna(value := getattr(article, name)) else value
            for name in ("headline", "credit", "place")
        }
        name = article.article_id
        reading = read_article(
            article.text, study.settings, article_id=name, overruled=overruled.get(name, ()), **given
        )
        for rows, table, columns in (
            (reading.segments, study.segments, ["kind", "start", "end"]),
            (reading.sentences, study.sentences, ["kind", "paragraph", "start", "end"]),
        ):
            own = table.loc[table["article_id"] == name, columns]
            assert list(rows) == list(own.itertuples(index=False, name=None))
        for rows, table in ((reading.attributions, study.read_attributions), (reading.mentions, study.all_mentions)):
            own = table[table["article_id"] == name]
            for column in set(table) & set(rows[0]):
                theirs = [None if not isinstance(cell, list) and pd.isna(cell) else cell for cell in own[column]]
                assert [row[column] for row in rows] == theirs, column
            seen += len(rows)
    assert seen == len(study.read_attributions) + len(study.all_mentions) > 100


def test_a_text_that_is_one_sentence_does_not_stand_whole_in_each_of_its_rows():
    size = 400
    text = "He knew that " + "the mayor said the truce with Lund would hold and " * size + "so it went."
    frame = pd.DataFrame({"text": [text, "The truce with Lund held."]})
    mentions = study_from_table(frame, keywords={"pause": ["truce"]}).mentions
    assert len(mentions) == size + 1
    for row in mentions["sentence"]:
        part = row.removeprefix("… ").removesuffix(" …")
        assert "truce with Lund" in part and len(row) < len(text) and part in text + frame["text"][1]
    assert mentions["sentence"].str.len().max() <= LONGEST + 4 and mentions["sentence"].iloc[-1] == frame["text"][1]
    assert mentions["sentence"].iloc[0].startswith("He knew") and mentions["sentence"].iloc[0].endswith(" …")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), unique=True), st.data())
def test_each_place_is_in_the_sentence_that_covers_it(begins, data):
    """Whatever the order of the sentences, and for articles and places that have none."""
    sentences = pd.DataFrame(begins, columns=["article_id", "start"]).astype({"article_id": "str", "start": "int64"})
    sentences = sentences.assign(start=5 * sentences["start"])
    sentences["end"] = sentences["start"] + data.draw(
        st.lists(st.integers(1, 5), min_size=len(begins), max_size=len(begins))
    )
    asked = data.draw(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 60))))
    ids, places = pd.Series([one for one, _ in asked], dtype="str"), np.array([at for _, at in asked], "int64")
    found = sentences_at(sentences, ids, places)
    rows = list(sentences.itertuples(index=False, name=None))
    for n, (article, at) in zip(found, asked, strict=True):
        covering = [k for k, (own, start, end) in enumerate(rows) if own == article and start <= at < end]
        assert ([n] if n >= 0 else []) == covering


def test_two_readings_of_a_text_are_the_same():
    one, other = (read_article("Truce talk, the mayor said. It was late.", {}) for _ in range(2))
    assert one == other and one != read_article("It was late.", {})
    words = one.words
    assert words[1:] == [words[1]] == [words[-1]] and len(words) == 2 and "late" in repr(words)
