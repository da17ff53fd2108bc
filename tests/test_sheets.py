"""Coding sheets: blank for a coder, and read like any coding once they are filled in."""

import shutil

import cells
import numpy as np
import pandas as pd
import pytest

from parley import StudyError, codings, load_study
from parley.codings import sheets
from parley.findings import findings, varied
from parley.show import beside_coding, mentions_beside_coding
from parley.stance import mentions


@pytest.fixture
def copied(tmp_path, study):
    shutil.copytree(study.folder, tmp_path / "corpus")
    return load_study(tmp_path / "corpus")


def fill(copied, row):
    """Write the sheets for a coder and fill in one sentence."""
    sheets.write_sheets(copied, "ada")
    path = copied.folder / "codings" / "ada" / "attributions.csv"
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    place = sheet.index[sheet["sentence"].str.startswith("The foreign ministry said Russia")][0]
    for column, value in row.items():
        sheet.loc[place, column] = value
    sheet.to_csv(path, index=False)


def test_sheets_have_a_row_a_sentence_and_a_row_a_mention(copied):
    written = ["codings/ada/attributions.csv", "codings/ada/mentions.csv", "codings/guide.md"]
    assert sheets.write_sheets(copied, "ada") == written
    prose = copied.sentences["kind"].isin(["headline", "standfirst", "caption", "body"])
    folder = copied.folder / "codings" / "ada"
    assert len(pd.read_csv(folder / "attributions.csv")) == prose.sum()
    assert len(pd.read_csv(folder / "mentions.csv")) == 31


def test_words_that_a_coder_copied_become_offsets(copied):
    words = {"source": "The foreign ministry", "cue": "said", "content": "Russia was growing … to halt the violence"}
    fill(copied, {**words, "kind": "mixed", "speaker": "Russian Foreign Ministry", "side": "russia", "named": "true"})
    coded = codings.read_attributions(copied, "ada")
    assert len(coded) == 1 and "ada" in codings.names(copied)
    text = copied.articles.set_index("article_id")["text"][coded["article_id"][0]]
    assert [text[a:b] for a, b in coded["content"][0]] == ["Russia was growing", "to halt the violence"]
    assert codings.read_mentions(copied, "ada").empty


def test_words_that_are_not_in_the_text_stop(copied):
    fill(copied, {"source": "The foreign minister", "cue": "said", "content": "no"})
    with pytest.raises(StudyError, match="source: 'The foreign minister' does not stand in the text"):
        codings.read_attributions(copied, "ada")


def test_nobodys_work_is_overwritten(copied):
    sheets.write_sheets(copied, "ada")
    with pytest.raises(StudyError, match="is there already"):
        sheets.write_sheets(copied, "ada")


TEXTS = {
    "a": "Ferry plan dead\n\nThe mayor\u00a0said the ferry “was dead”. The hopes of the islanders ran to a bridge. This is over.",
    "b": "Berg said the union supported the ferry. Boats sailed on Monday.",
}


@pytest.fixture
def small(tmp_path):
    """A study of two articles without keywords or codings."""
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "study.toml").write_text('[articles]\nfiles = "texts/*.txt"\n', encoding="utf-8")
    return tmp_path


def coded_by_ada(folder, *rows):
    """The study with a sheet by ada in which the sentences that begin so are filled in; a second row for one is put below it."""
    sheets.write_sheets(load_study(folder), "ada")
    path = folder / "codings" / "ada" / "attributions.csv"
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    for beginning, filled in rows:
        row = sheet[sheet["sentence"].str.startswith(beginning)].iloc[0]
        sheet.loc[row.name + 0.001 * len(sheet)] = pd.Series({**row, "kind": "indirect", **filled})
    sheet.sort_index().to_csv(path, index=False)
    return load_study(folder)


SPOKEN = {"source": "The mayor", "cue": "said", "content": 'the ferry "was dead"', "speaker": "mayor"}
NO_CUE = {"source": "the islanders", "content": "a bridge"}


@pytest.mark.parametrize("row", [("The mayor", SPOKEN), ("The hopes", NO_CUE)])
def test_a_sheet_can_be_the_only_coding(small, row):
    """One row alone, with a cue and without: everything computed from a coding can be computed from it."""
    study = coded_by_ada(small, row)
    missed = beside_coding(study).query("disagreement == 'missed'")
    assert (len(missed), len(missed.query("coding.str.contains('a bridge')"))) == (
        (1, 1) if row[1] is NO_CUE else (0, 0)
    )
    scores = codings.score_attributions(study, study.attributions, codings.read_attributions(study, "ada"))
    assert scores["articles"] == 1
    names, shown = cells.run("05-validity", study.folder / "study.toml", without=("in_short",))
    assert "No coding says how well the rules read one of two articles." in names["lines"]
    assert "Codings against each other: none." in shown
    told = findings(study).set_index("finding_id")["sentence"]
    assert "coding" in told["extractor-agreement"]
    assert (varied(study)["variation"] == "by the coding instead of the extractors").any()


def test_copied_words_may_have_other_blanks_and_quotation_marks(small):
    study = coded_by_ada(small, ("The mayor", SPOKEN | {"source": "The mayor said", "cue": ""}))
    row = codings.read_attributions(study, "ada").iloc[0]
    assert (row["source_text"], row["content_text"]) == ("The mayor\u00a0said", "the ferry “was dead”")


def test_a_cue_is_not_found_inside_a_word(small):
    study = coded_by_ada(small, ("This", {"cue": "is", "content": "over"}))
    assert codings.read_attributions(study, "ada")["cue"][0] == [
        (TEXTS["a"].index("is over"), TEXTS["a"].index(" over"))
    ]


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("TRUE", True), ("no", False), ("False ", False)])
def test_yes_and_no_as_spreadsheets_write_them(small, written, meant):
    study = coded_by_ada(small, ("The mayor", SPOKEN | {"named": written, "nested": written}))
    assert codings.read_attributions(study, "ada")[["named", "nested"]].iloc[0].tolist() == [meant, meant]


def test_an_error_names_the_line_of_the_file(small):
    study = coded_by_ada(small, ("Boats", {"cue": "sang", "content": "on Monday"}))
    lines = (small / "codings/ada/attributions.csv").read_text("utf-8").splitlines()
    place = next(i for i, line in enumerate(lines, 1) if "sang" in line)
    with pytest.raises(StudyError, match=f"codings/ada/attributions.csv: line {place}: cue: 'sang' does not stand"):
        codings.read_attributions(study, "ada")


def test_the_command_names_sheets_and_guide_and_wants_a_coder(small, monkeypatch, capsys):
    monkeypatch.setenv("PARLEY_STUDY", str(small / "study.toml"))
    monkeypatch.chdir(small.parent)
    monkeypatch.setattr("sys.argv", ["sheets", ""])
    with pytest.raises(SystemExit, match="make coding-sheet CODER=ada"):
        sheets.main()
    monkeypatch.setattr("sys.argv", ["sheets", "bo"])
    sheets.main()
    said = capsys.readouterr().out
    for name in ("bo/attributions.csv", "bo/mentions.csv", "guide.md"):
        assert f"{small.name}/codings/{name}" in said and (small / "codings" / name).is_file()
    assert "Finish whole articles" in (small / "codings" / "guide.md").read_text("utf-8")


def test_the_guide_of_the_library_is_the_guide_of_the_codings(study):
    """Coders get what the codings of this repository were made by, also where the library is installed without it."""
    assert sheets.GUIDE.read_bytes() == (study.folder / "codings" / "guide.md").read_bytes()


def test_a_second_row_without_its_sentence_stops(small):
    study = coded_by_ada(small, ("The mayor", SPOKEN | {"sentence_start": ""}))
    with pytest.raises(StudyError, match="sentence_start: expected a number, got ''; copy it"):
        codings.read_attributions(study, "ada")


def test_mentions_that_nobody_coded_are_not_scored(copied):
    fill(copied, {"source": "The foreign ministry", "cue": "said", "content": "Russia was growing", "kind": "indirect"})
    for name in ("adjudicated", "first-reading", "second-reading"):
        shutil.rmtree(copied.folder / "codings" / name)
    study = load_study(copied.folder)
    assert mentions_beside_coding(study)["polarity_coding"].notna().sum() == 0
    assert np.isnan(codings.score_mentions(mentions(study), codings.read_mentions(study, "ada"))["kappa"])
