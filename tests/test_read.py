"""One article read by itself gives the rows that it has in the tables of its study."""

import pandas as pd

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
