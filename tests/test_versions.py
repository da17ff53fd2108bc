"""The same article under two ids and later versions of one report: told apart from copy, named, counted once."""

import pandas as pd
import pytest
from cells import run

from parley import study_from_table

LEAD = "The ferry to the islands sailed for the last time on Friday, the mayor of Port Harbour told reporters at noon."
MIDDLE = (
    "Councillors had voted twice against the bridge that is to take its place, and islanders marched through the rain."
)
OLD_END = (
    "A decision about the fares was expected within hours, officials said as they went into the meeting that morning."
)
NEW_END = (
    "The fares will rise by a third in April, the council decided late at night, and the opposition called it theft."
)


def study(**columns):
    rows = {
        "article_id": ["first", "later"],
        "headline": ["Ferry sails for the last time"] * 2,
        "outlet": ["Agency"] * 2,
        "date": ["2024-03-01"] * 2,
        "text": [
            f"Ferry sails for the last time\n\nBy Ada Berg\n\n{LEAD}\n\n{MIDDLE}\n\n{OLD_END}",
            f"Ferry sails for the last time\n\nBy Ada Berg\n\n{LEAD}\n\n{MIDDLE}\n\n{NEW_END}",
        ],
    }
    return study_from_table(
        pd.DataFrame(rows | columns), **({"contrast": {"by": "group"}} if "group" in columns else {})
    )


def counted(study):
    sentences = study.sentences
    return sentences.loc[sentences["counted"], ["article_id", "text"]].to_numpy().tolist()


def test_a_later_version_counts_for_what_it_adds():
    found = study()
    assert found.versions[["earlier", "later", "outlet", "same"]].to_numpy().tolist() == [
        ["first", "later", "Agency", False]
    ]
    assert found.versions["percent_of_later"].between(50, 80).all()
    later = [text for article, text in counted(found) if article == "later"]
    assert NEW_END in later and "Ferry sails for the last time" not in later and LEAD not in later


def test_the_time_of_day_says_which_came_first():
    assert study(time=["15:02", "09:20"]).versions["earlier"].tolist() == ["later"]
    assert study(date=["2024-03-02", "2024-03-01"]).versions["earlier"].tolist() == ["later"]
    assert study(time=[None, "09:20"]).versions["earlier"].tolist() == ["later"], "without a time last"


@pytest.mark.parametrize(
    "columns",
    [
        {"outlet": ["Agency", "Gazette"]},
        {"date": ["2024-03-01", "2024-03-04"]},
        {"date": [None, None]},
        {"outlet": [None] * 2, "date": [None] * 2},
    ],
)
def test_copy_of_others_or_of_another_week_is_no_version(columns):
    found = study(**columns)
    assert found.versions.empty and len(found.passages)
    assert ["later", "Ferry sails for the last time"] in counted(found)


def test_the_same_article_again_counts_once_whatever_its_date():
    text = f"Ferry sails\n\n{LEAD}\n\n{MIDDLE}\n\n{OLD_END}"
    found = study(text=[text] * 2, headline=["Ferry sails"] * 2, date=["2024-03-01", "2024-05-01"])
    assert found.versions["same"].tolist() == [True]
    assert {article for article, _ in counted(found)} == {"first"}


def test_in_two_groups_each_counts_what_it_prints():
    found = study(group=["one", "two"])
    assert len(found.versions) == 1
    assert ["later", "Ferry sails for the last time"] in counted(found)


def test_without_shared_copy_nothing_is_a_version():
    found = study()
    assert found.but(passages=found.passages[:0]).versions.empty
    assert found.of_articles(["later"]).versions.empty
    assert len(counted(found.of_articles(["later"]))) == 4


def test_04_says_what_the_later_version_added_and_dropped(tmp_path):
    for name, end in (("2024-03-01-0920-agency", OLD_END), ("2024-03-02-0002-agency", NEW_END)):
        (tmp_path / f"{name}.txt").write_text(f"Ferry sails\n\nBy Ada Berg\n\n{LEAD}\n\n{MIDDLE}\n\n{end}")
    (tmp_path / "sport.txt").write_text("The harbour won the cup on Friday, the coach said.")
    table = "file,outlet,date\n2024-03-01-0920-agency,Agency,2024-03-01\n2024-03-02-0002-agency,Agency,2024-03-02\nsport,Echo,\n"
    (tmp_path / "articles.csv").write_text(table)
    articles = [
        "[articles]",
        'files = "*.txt"',
        'metadata = "articles.csv"',
        'file_column = "file"',
        'about = ["ferry"]',
    ]
    (tmp_path / "study.toml").write_text("\n".join(articles))
    names, _ = run("04-wire-copy", tmp_path / "study.toml")
    changes = names["changes"].set_index("change")["text"]
    assert changes.to_dict() == {"added": NEW_END, "dropped": OLD_END}
    _, shown = run("00-the-corpus", tmp_path / "study.toml")
    assert any("mentions none of: ferry" in text and "sport" in text for text in shown)
