"""Articles that take no part: by the column use, and by what they are about."""

import warnings

import exported
import pandas as pd
import pytest

from parley import StudyError, load_study, study_from_table

SPORT = "The harbour won the cup on Friday, the coach said. Nobody had thought it could be done."


@pytest.mark.parametrize("no", ["no", "No ", "FALSE", "0", False, 0, 0.0])
def test_use_leaves_an_article_out_of_everything(no):
    frame = pd.DataFrame(
        {"article_id": ["a", "b"], "text": [exported.PROSE, SPORT], "use": pd.Series([None, no], dtype=object)}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        study = study_from_table(frame, keywords={"cup": ["cup"]})
    assert study.articles["article_id"].tolist() == ["a"] and study.mentions.empty
    whole = study_from_table(frame.drop(columns="use"), keywords={"cup": ["cup"]})
    assert set(whole.mentions["article_id"]) == {"b"}, "the word is there to be left out"
    assert study.left_aside[["article_id", "reason"]].to_numpy().tolist() == [["b", "use says no"]]
    assert study.problems[["problem", "count", "first"]].to_numpy().tolist() == [["left aside: use says no", 1, "b"]]
    assert study.of_articles(["a"]).left_aside["article_id"].tolist() == ["b"]


def test_what_is_no_answer_stops():
    with pytest.raises(StudyError, match=r"column 'use': 1: expected yes or no .* got 'maybe'; mend"):
        study_from_table(pd.DataFrame({"text": ["x"], "use": ["maybe"]}))
    with pytest.raises(StudyError, match="all are left aside"):
        study_from_table(pd.DataFrame({"text": ["x"], "use": ["no"]}))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("Two truces were made, the mayor said. They held.")
    (tmp_path / "b.txt").write_text(SPORT)
    (tmp_path / "c.txt").write_text("The talks went on. Nobody spoke of a truce.")
    (tmp_path / "m.csv").write_text("file,paper,use\na,Gazette,\nb,Echo,yes\nc,Echo,no\n")
    return tmp_path


def settings(folder, *lines):
    articles = ["[articles]", 'files = "*.txt"', 'metadata = "m.csv"', 'file_column = "file"']
    (folder / "study.toml").write_text("\n".join([*articles, *lines]))
    return folder


def test_about_finds_inflections_and_says_what_it_left_aside(folder):
    study = load_study(settings(folder, 'about = ["truce", "Syria"]', '[contrast]\nby = "paper"'))
    assert study.articles["article_id"].tolist() == ["a"]
    reasons = dict(study.left_aside[["article_id", "reason"]].to_numpy().tolist())
    assert reasons == {"b": "mentions none of: truce, Syria", "c": "use says no"}
    assert study.settings["contrast"]["groups"] == ["Gazette"], "a group of which nothing is left is none"


def test_corrections_and_codings_of_what_is_left_aside_are_no_fault(folder):
    (folder / "corrections.csv").write_text("row,column,value,reason\nb-a10,drop,,sport\n")
    (folder / "segments.csv").write_text("article_id,kind,passage\nb,credit,the coach said\n")
    study = load_study(settings(folder, 'segments = "segments.csv"', 'about = ["truce"]'))
    assert study.corrections.empty and study.attributions["article_id"].unique().tolist() == ["a"]
    assert "b" in study.article_ids


@pytest.mark.parametrize("line", ['about = "truce"', "about = []", 'about = ["!"]'])
def test_about_is_a_list_of_words(folder, line):
    with pytest.raises(StudyError, match=r"\[articles\] about: expected"):
        load_study(settings(folder, line))


def test_a_missing_column_is_said_before_any_text_is_read(folder):
    (folder / "a.txt").write_bytes(b"\xff\xfea")  # reading it would stop
    with pytest.raises(StudyError, match="by: no article has a column 'year'"):
        load_study(settings(folder, '[contrast]\nby = "year"'))
    with pytest.raises(StudyError, match=r"expected a column 'who' \(columns.outlet\)"):
        load_study(settings(folder, 'columns = { outlet = "who" }'))


def test_several_articles_in_one_text_are_a_problem():
    with pytest.warns(UserWarning, match="several articles in one text"):
        study = study_from_table(pd.DataFrame({"text": [exported.OLD_NEXIS]}))
    assert study.problems["first"].tolist() == ["1: 3 articles"]
