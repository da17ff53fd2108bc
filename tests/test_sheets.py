"""Coding sheets: blank for a coder, and read like any coding once they are filled in."""

import shutil

import pandas as pd
import pytest

from parley import StudyError, codings, load_study, sheets


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
    assert sheets.write_sheets(copied, "ada") == ["codings/ada/attributions.csv", "codings/ada/mentions.csv"]
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
