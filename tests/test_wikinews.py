"""A second corpus, which nothing was made with: its tables and findings are those stored beside it, and its report is whole."""

import re

import pandas as pd
import pytest
import wikinews
from compared import assert_as_stored
from markupsafe import escape

from parley import load_study
from parley.findings import findings


@pytest.fixture(scope="module")
def study():
    return load_study(wikinews.FOLDER / "study.toml")


@pytest.fixture(scope="module")
def made(study):
    return wikinews.tables(study)


STORED = sorted(path.stem for path in wikinews.STORED.glob("*.csv"))


def test_no_table_is_missing_or_left_over(made):
    assert sorted(made) == STORED and {"findings", "attributions", "mentions", "terms", "segments"} <= set(STORED)


@pytest.mark.parametrize("name", STORED)
def test_a_table_is_as_stored(made, name):
    stored = (wikinews.STORED / f"{name}.csv").read_bytes().decode("utf-8")
    assert_as_stored(stored.splitlines(), made[name].splitlines())


def test_texts_and_articles_are_credited(study):
    readme = (wikinews.FOLDER / "README.md").read_text(encoding="utf-8")
    assert "CC BY 2.5" in readme and "Zeldes" in readme
    articles = study.articles
    assert len(articles) == 22 and articles["source"].str.startswith("https://en.wikinews.org/").all()
    assert articles["kind"].value_counts().to_dict() == {"news": 12, "interview": 10}


def test_its_report_says_what_the_tables_say(wikinews_site, study):
    index = (wikinews_site / "index.html").read_text(encoding="utf-8")
    found = findings(study)
    plain = {name: str(escape(sentence)) for name, sentence in found.set_index("finding_id")["sentence"].items()}
    asked = found[found["notebook"] != "05-validity"]["finding_id"]
    assert len(asked) > 8 and not [name for name in asked if plain[name] not in index]
    for name in ("attributions", "mentions", "findings"):
        exported = pd.read_csv(wikinews_site / "data" / f"{name}.csv", encoding="utf-8-sig")
        assert len(exported) == len(pd.read_csv(wikinews.STORED / f"{name}.csv"))


def test_every_page_of_its_report_is_there_and_shows_no_fault(wikinews_site):
    import build

    for path in build.NOTEBOOKS:
        page = (wikinews_site / f"{path.stem}.html").read_text(encoding="utf-8")
        assert page.count("<h2") > 2, path.stem
        assert not re.search(r"Traceback \(most recent|\bnan\b|>None<", page), path.stem
