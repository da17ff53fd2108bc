"""The codings beside the texts: at their offsets stand their words, and agreement is what it says."""

import shutil
from unittest.mock import Mock

import cells
import numpy as np
import pandas as pd
import pytest

from parley import StudyError, codings, load_study
from parley.findings import findings, varied
from parley.stance import mentions


@pytest.mark.parametrize("coding", ["adjudicated", "first-reading", "second-reading"])
def test_words_stand_at_their_offsets(study, coding):
    """Reading checks every row; here the counts, and that what is coded is prose that is read."""
    spoken, named = codings.read_attributions(study, coding), codings.read_mentions(study, coding)
    assert len(spoken) > 90 and len(named) == 31
    prose = study.prose
    for table, column in ((spoken.assign(at=spoken["cue"].map(lambda spans: spans[0][0])), "at"), (named, "start")):
        for row in table.itertuples():
            segment = prose[(prose["article_id"] == row.article_id) & (prose["start"] <= getattr(row, column))]
            assert (segment["end"] > getattr(row, column)).any(), row


def test_two_readings_agree(study):
    """Two readings of one model: this is consistency, and it is high; the account of it is in corpus/codings."""
    first, second = (codings.read_attributions(study, name) for name in ("first-reading", "second-reading"))
    scores = codings.score_attributions(study, first, second)
    assert scores["f1"] > 0.95 and scores["side"] > 0.98
    mentions = [codings.read_mentions(study, name) for name in ("first-reading", "second-reading")]
    assert codings.score_mentions(*mentions)["kappa"] == 1


def test_a_coding_agrees_with_itself_and_not_without_its_sources(study):
    coded = codings.read_attributions(study, "adjudicated")
    assert codings.score_attributions(study, coded, coded)["f1"] == 1
    nobody = coded.assign(source=[[] for _ in range(len(coded))])
    assert codings.score_attributions(study, nobody, coded)["paired"] == (coded["source"].str.len() == 0).sum()


def test_nested_rows_are_asked_for_like_all_others(study):
    coded = codings.read_attributions(study, "adjudicated")
    without = codings.score_attributions(study, coded[~coded["nested"]].reset_index(drop=True), coded)
    assert without["precision"] == 1
    assert without["recall"] == (~coded["nested"]).mean() < 1


def copy_with(tmp_path, study, change):
    folder = tmp_path / "corpus"
    shutil.copytree(study.folder, folder)
    path = folder / "codings" / "adjudicated" / "attributions.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    change(table)
    table.to_csv(path, index=False)
    return load_study(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda t: t.__setitem__("cue", t["cue"].str.replace(r"^\d+", "0", regex=True)),
            "line 2: cue: at its offsets stands",
        ),
        (lambda t: t.__setitem__("article_id", "nobody"), "line 2: no article has the id 'nobody'"),
        (lambda t: t.__setitem__("content", "12-20"), "line 2: content: expected spans such as 12:20"),
        (
            lambda t: t.__setitem__("content", "20:12"),
            "content: expected spans such as .*, each ending after it starts",
        ),
        (lambda t: t.__setitem__("named", "perhaps"), "line 2: named: expected true or false, got 'perhaps'"),
        (lambda t: t.__setitem__("kind", "quoted"), "line 2: kind: expected direct, indirect or mixed, got 'quoted'"),
        (lambda t: t.__delitem__("side"), "expected a column 'side'"),
    ],
)
def test_a_coding_that_slipped_stops(tmp_path, study, change, message):
    spoilt = copy_with(tmp_path, study, change)
    with pytest.raises(StudyError, match=message):
        codings.read_attributions(spoilt, "adjudicated")


def test_further_holders_are_compared_where_a_coding_has_them(study):
    coded = codings.read_mentions(study, "adjudicated")
    assert codings.score_mentions(mentions(study), coded)["others"] > 0.8
    assert codings.score_mentions(mentions(study), coded.assign(others="nobody (for)"))["others"] == 0
    assert "others" not in codings.score_mentions(mentions(study), coded.drop(columns="others"))
    assert codings.score_mentions(coded, coded)["others"] == 1


def test_a_polarity_that_is_none_stops_and_capitals_do_not_matter(tmp_path, study):
    folder = tmp_path / "corpus"
    shutil.copytree(study.folder, folder)
    path = folder / "codings" / "adjudicated" / "mentions.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.assign(polarity=table["polarity"].str.title()).to_csv(path, index=False)
    coded = codings.read_mentions(load_study(folder), "adjudicated")
    assert coded["polarity"].tolist() == codings.read_mentions(study, "adjudicated")["polarity"].tolist()
    table.assign(polarity="pro").to_csv(path, index=False)
    with pytest.raises(
        StudyError, match=r"mentions\.csv: line 2: polarity: expected for, against, neutral or can't tell, got .pro."
    ):
        codings.read_mentions(load_study(folder), "adjudicated")


def known_findings(study, monkeypatch):
    """Notebooks show the findings of the study of the repository, which are known: what is asked is beside them."""
    for asked in (findings, varied):
        monkeypatch.setattr(f"parley.findings.{asked.__name__}", Mock(return_value=asked(study)))


def test_a_coding_of_some_articles_is_compared_in_these_only(tmp_path, study, monkeypatch):
    """An article that one coder has not reached is neither missed nor extra, in attributions or mentions."""
    folder = tmp_path / "corpus"
    shutil.copytree(study.folder, folder)
    for name in ("attributions", "mentions"):
        path = folder / "codings" / "first-reading" / f"{name}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table[table["article_id"] == table["article_id"][0]].to_csv(path, index=False)
        shutil.copy(path, folder / "codings" / "adjudicated" / path.name)
    part = load_study(folder)
    one = codings.read_mentions(part, "adjudicated")
    scores = codings.score_mentions(codings.read_mentions(part, "second-reading"), one)
    assert 0 < scores["coded"] == scores["found"] == scores["paired"] < 31 and scores["articles"] == 1
    known_findings(study, monkeypatch)
    names, _ = cells.run("05-validity", folder / "study.toml", without=("in_short",))
    assert names["by_pair"]["coders"].tolist() == ["first-reading and second-reading"]
    assert names["by_pair"]["articles"].tolist() == [1] and names["by_pair"]["f1"][0] > 0.9
    assert set(names["agreed"]["articles"]) == {1}


def test_codings_without_a_common_article_have_no_agreement(tmp_path, study, monkeypatch):
    """What was never compared is missing: an F1 of 0 would say that two coders disagreed."""
    folder = tmp_path / "corpus"
    shutil.copytree(study.folder, folder)
    first, last = study.articles["article_id"].iloc[[0, -1]]
    for coding, article in (("first-reading", first), ("second-reading", last)):
        for name in ("attributions", "mentions"):
            path = folder / "codings" / coding / f"{name}.csv"
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
            table[table["article_id"] == article].to_csv(path, index=False)
    known_findings(study, monkeypatch)
    names, shown = cells.run("05-validity", folder / "study.toml", without=("in_short",))
    assert names["agreed"].empty and "Codings against each other: none." in shown
    assert "What to talk about first: none." in shown


def test_what_cannot_be_measured_is_missing_and_what_is_wrong_is_nought(study):
    coded = codings.read_attributions(study, "adjudicated")
    nothing = codings.score_attributions(study, coded[:0], coded)
    assert (nothing["recall"], nothing["f1"], nothing["found"], nothing["paired"]) == (0, 0, 0, 0)
    assert all(np.isnan(nothing[figure]) for figure in ("precision", "kind", "speaker", "side", "named"))
    named = codings.read_mentions(study, "adjudicated")
    moved = codings.score_mentions(named.assign(start=named["start"] + 1), named)
    assert (moved["found"], moved["paired"]) == (31, 0) and "others" not in moved
    assert all(np.isnan(moved[figure]) for figure in ("polarity", "holder", "side", "kappa"))


def test_words_of_mentions_that_slipped_stop(tmp_path, study):
    folder = tmp_path / "corpus"
    shutil.copytree(study.folder, folder)
    path = folder / "codings" / "adjudicated" / "mentions.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for change, message in (
        (
            {"keyword": "nothing"},
            r"mentions\.csv: line 2: keyword: at its offsets stands '\w+', the coding has 'nothing'",
        ),
        ({"start": "soon"}, r"mentions\.csv: line 2: start: expected a number, got 'soon'\."),
    ):
        table.assign(**change).to_csv(path, index=False)
        with pytest.raises(StudyError, match=message):
            codings.read_mentions(load_study(folder), "adjudicated")
