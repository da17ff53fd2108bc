"""Columns guessed: the tables that people export, each with its own names and dates."""

import json
import tomllib
import warnings

import exported
import pandas as pd
import pytest

from parley import StudyError, load_study
from parley.corpus.begin import begin_study


def made(tmp_path, name, rows):
    path = tmp_path / name
    if path.suffix.lower() in (".ndjson", ".jsonl"):
        path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    elif path.suffix == ".json":
        path.write_text(json.dumps({"status": "ok", "articles": rows}), "utf-8")
    else:
        pd.DataFrame(rows).to_csv(path, index=False)
    said = begin_study(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return said, tomllib.loads((tmp_path / "study.toml").read_text("utf-8"))["articles"], load_study(tmp_path)


@pytest.mark.parametrize(
    ("name", "row", "columns", "date_format"),
    [
        ("nexis.CSV", exported.NEXIS, {"headline": "Title", "outlet": "Publication", "date": "Published date", "credit": "Byline", "text": "Full text"}, None),
        ("cloud.csv", exported.MEDIA_CLOUD, {"headline": "title", "outlet": "media_name", "date": "publish_date", "article_id": "stories_id"}, None),
        ("gdelt.csv", exported.GDELT, {"outlet": "SourceCommonName", "date": "DATE", "url": "DocumentIdentifier", "article_id": "GKGRECORDID", "text": "content"}, "%Y%m%d%H%M%S"),
        ("newsapi.json", exported.NEWSAPI, {"headline": "title", "outlet": "source.name", "date": "publishedAt", "credit": "author", "text": "content"}, None),
        ("newsapi.NDJSON", exported.NEWSAPI, {"headline": "title", "outlet": "source.name", "date": "publishedAt", "credit": "author", "text": "content"}, None),
    ],
)  # fmt: skip
def test_the_columns_people_have_are_known(tmp_path, name, row, columns, date_format):
    key = {"GKGRECORDID", "stories_id"} & row.keys()
    rows = [row | {column: str(number) for column in key} for number in range(4)]
    _, found, study = made(tmp_path, name, rows)
    assert found["columns"] == columns and found.get("date_format") == date_format
    assert study.articles["date"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2023-12-01"]
    assert study.articles["text"].tolist() == [exported.TEXT] * 4 and study.articles["outlet"].notna().all()


@pytest.mark.parametrize(
    ("dates", "form"),
    [
        (["13/11/2016 15:02", "14/11/2016 00:10"], "%d/%m/%Y %H:%M"),
        (["11/13/2016 3:02 PM", "11/14/2016 12:10 AM"], "%m/%d/%Y %I:%M %p"),
        (["20161113T150200Z", "20161114T150200Z"], "%Y%m%dT%H%M%SZ"),
        (["03 Aug 2017,Thursday", "04 Aug 2017,Friday"], None),
        (["13 Nov 2016", "2016-11-14"], None),
    ],
)
def test_dates_as_people_print_them(tmp_path, dates, form):
    _, found, study = made(tmp_path, "t.csv", [{"text": exported.TEXT, "date": date} for date in dates])
    assert found.get("date_format") == form and study.articles["date"].notna().all()


def test_what_was_not_guessed_is_said(tmp_path):
    said, found, _ = made(tmp_path, "t.csv", [{"body": exported.TEXT, "day": "2016-11-02", "author": ""}] * 2)
    assert (
        "No column seems to hold article_id or outlet or date or headline or credit or place or url; if one does, name"
        in " ".join(said)
    )
    assert found["columns"] == {"text": "body"}


@pytest.mark.parametrize(
    "rows", [[{"url": "https://gazette.example/" + "a" * 90, "title": "Ferry sails"}] * 2, [{"id": 1, "n": 2}]]
)
def test_a_table_that_only_lists_articles_stops(tmp_path, rows):
    pd.DataFrame(rows).to_csv(tmp_path / "t.csv", index=False)
    with pytest.raises(
        StudyError, match=r"^t.csv: expected a column that holds articles, the longest, .*; export the full texts"
    ):
        begin_study(tmp_path / "t.csv")
    assert not (tmp_path / "study.toml").exists()


@pytest.mark.parametrize("text", ["[1, 2]", "{}", '{"a": [', "[" * 100_000])
def test_json_that_is_no_list_of_articles_stops(tmp_path, text):
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(StudyError, match=r"^t.json: expected a list of JSON objects"):
        begin_study(tmp_path / "t.json")
