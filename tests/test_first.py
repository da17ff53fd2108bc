"""A first look at a study that names no sides, keywords or groups: what it offers can be pasted, and is of use."""

import tomllib

import pandas as pd
import pytest

from parley import show, study_from_table
from parley.show import first, sentences, tables

SAID = "Ada Lund backed the bridge on Monday. Bo Berg opposed the bridge. The ferry, “the old way”, sailed, Lund said. It rained."


@pytest.fixture
def town():
    rows = [(f"a{i}", f"{SAID} Day {i} was long.", "Gazette" if i % 2 else "Ledger") for i in range(6)]
    articles = pd.DataFrame(rows, columns=["article_id", "text", "outlet"])
    # Without that, the articles would be one report printed six times, and five of them left out.
    return study_from_table(articles).but(passages=study_from_table(articles).passages.iloc[:0])


@pytest.fixture
def shown(monkeypatch):
    said = []
    for module in (sentences, tables):
        monkeypatch.setattr(module, "display", lambda data, raw: said.append(data))
    return said


def test_speakers_heard_most_are_a_block_that_study_toml_takes(town):
    block = first.speakers_block(town)
    assert tomllib.loads(block) == {"sides": {"first": {"Ada Lund": ["Lund"], "Bo Berg": ["Berg"]}}}
    assert block.splitlines()[1].endswith("# 6 attributions in 6 articles")
    listed = study_from_table(town.articles, **tomllib.loads(block))
    assert {"Ada Lund", "Bo Berg"} <= set(listed.attributions.query("side == 'first'")["speaker"])


def test_a_word_spoken_for_and_against_comes_first_among_candidates(town):
    table = first.candidates(town)
    assert table["word"].iloc[0] == "bridge"
    assert table.iloc[0][["count", "articles", "for_it", "against_it"]].tolist() == [12, 6, 6, 6]
    assert not {"the", "said", "on"} & set(table["word"])


def test_candidates_are_nouns_and_no_days(town):
    """What only describes, does or dates a thing is nothing that a speaker is for or against."""
    said = "Lund backed the new bridge last week. Berg opposed making the bridge just as a new year began."
    articles = town.articles.assign(text=[f"{said} Gulls cried {i} times." for i in range(6)])
    study = study_from_table(articles)
    study = study.but(passages=study.passages.iloc[:0])
    counted = study.peek("tokens")["form"].value_counts()
    assert {"new", "week", "year", "just", "making"} <= set(counted.index[counted >= 5])
    assert first.candidates(study)["word"].tolist() == ["bridge"]


def test_columns_that_could_group_are_named(town):
    assert first.groupings(town).values.tolist() == [["outlet", 2, "Gazette (3), Ledger (3)"]]
    # How a date is known, and a column that half of the articles leave empty, group nothing.
    articles = town.articles.assign(date_basis=["stated", "inferred from text"] * 3, language=["", "English"] * 3)
    assert first.groupings(study_from_table(articles))["column"].tolist() == ["outlet"]


def test_each_notebook_offers_what_the_study_lacks_and_no_more(town, shown):
    for notebook, offered in (
        ("01-term-contrasts", "[contrast] by"),
        ("02-stance-keywords", "could be [keywords]"),
        ("03-sourcing", "[sides.first]"),
    ):
        shown.clear()
        show.in_short(town, notebook)
        assert offered in "\n".join(one["text/plain"] for one in shown)
    whole = {"contrast": {"by": "outlet"}, "keywords": {"bridge": ["bridge"]}, "sides": {"town": {"Ada Lund": []}}}
    listed = study_from_table(town.articles, **whole)
    shown.clear()
    for notebook in ("01-term-contrasts", "02-stance-keywords", "03-sourcing"):
        show.in_short(listed, notebook)
    assert shown and not any("could" in one["text/plain"] or "[sides.first]" in one["text/plain"] for one in shown)


def test_what_a_text_calls_its_speakers_stays_text():
    """A name with quotation marks in it is written so that TOML reads it back."""
    said = 'Ada "Tug" Lund, the mayor, said on Monday, after a long day, that it held. Bo Berg, too, said so.'
    block = first.speakers_block(study_from_table(pd.DataFrame({"text": [said]})))
    assert len(tomllib.loads(block)["sides"]["first"]) >= 1
