"""The tables as files: every column explained, nothing that a spreadsheet would run."""

import pandas as pd
import pytest

from parley import export, study_from_table

TEXTS = {
    "town": "Ferry plan dead\n\nThe mayor said the truce “was dead”. Lund denied that the truce had ended.",
    "port": "The harbour master said that the truce would hold. Boats sailed on Monday under the truce.",
    "island": "Berg called for a truce. The islanders hoped that the truce would hold and the boats sail.",
}


@pytest.fixture(scope="module")
def three_groups():
    frame = pd.DataFrame({"text": list(TEXTS.values()), "place of print": list(TEXTS), "*": "a", "line\nend": 1})
    return study_from_table(frame, keywords={"truce": ["truce"]}, contrast={"by": "place of print"})


@pytest.mark.parametrize("name", ["study", "three_groups"])
def test_every_column_has_a_meaning(request, name):
    tables = export.tables(request.getfixturevalue(name))
    book = export.codebook(tables)
    assert {"terms", "mentions"} < set(tables)
    for table, frame in tables.items():
        assert book.loc[book["table"] == table, "column"].tolist() == list(frame), table
    assert book["meaning"].str.len().min() > 5 and not book["meaning"].str.contains("*", regex=False).any()


def test_columns_of_groups_and_of_the_metadata_are_told_by_name(three_groups):
    book = export.codebook(export.tables(three_groups)).set_index(["table", "column"])["meaning"]
    assert book["terms", "count_town"] == "occurrences in the group town"
    assert book["terms", "per_1000_port"] == "per 1,000 words in the group port"
    assert book["articles", "place of print"] == "as given in the study's metadata"
    assert book["mentions", "start"] == "offset of the first character in the raw text"


def test_no_row_of_the_codebook_is_left_over(study, three_groups):
    """A star stands for columns that a study brings."""
    with export.CODEBOOK.open(encoding="utf-8") as lines:
        rows = pd.read_csv(lines).query("table != 'all'")
    tables = [export.tables(study), export.tables(three_groups)]
    exported = {(name, column) for part in tables for name, table in part.items() for column in table}
    plain = rows[~rows["column"].str.endswith("*")]
    assert set(zip(plain["table"], plain["column"], strict=True)) <= exported
    assert not rows.duplicated(["table", "column"]).any()


def test_what_a_spreadsheet_would_run_is_made_plain(tmp_path, three_groups):
    frame = pd.DataFrame({"text": ["=1+1", "a = b", "@d", "-x"], "n": [-1, 2, 3, 4]})
    assert export.harmless(frame)["text"].tolist() == ["'=1+1", "a = b", "'@d", "'-x"]
    assert export.harmless(frame)["n"].tolist() == [-1, 2, 3, 4]
    names = export.write_tables(three_groups, tmp_path)
    assert {path.stem for path in tmp_path.glob("*.csv")} == {*names, "codebook"}
    assert "apostrophe" in pd.read_csv(tmp_path / "codebook.csv")["meaning"].iloc[-1]
