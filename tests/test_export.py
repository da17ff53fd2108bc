"""The tables as files: every column explained, nothing that a spreadsheet would run."""

import openpyxl
import pandas as pd
import pytest

from parley import StudyError, export, study_from_table
from parley.contrast import compare
from parley.corpus.codebook import ROWS, listed
from parley.corpus.reading import harmless
from parley.estimates import estimates
from parley.findings import findings
from parley.sourcing import attributions
from parley.stance import mentions
from parley.text.forms import words

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
    tables = export.read_tables(request.getfixturevalue(name))
    book = export.codebook(tables)
    assert {"terms", "mentions", "concordances"} < {name for name, frame in tables.items() if len(frame)}
    for table, frame in tables.items():
        assert book.loc[book["table"] == table, "column"].tolist() == list(frame), table
    assert book["meaning"].str.len().min() > 3 and not book["meaning"].str.contains("*", regex=False).any()


def test_every_entry_of_the_codebook_means_something_and_describes_something(study):
    assert len(ROWS) > 150 and all(len(meaning.strip()) > 3 for _, _, meaning in ROWS)
    made = {
        "attributions": attributions(study), "mentions": mentions(study), "sentences": study.sentences,
        "segments": study.segments, "findings": findings(study), "estimates": estimates(study), "passages": study.passages,
    }  # fmt: skip
    for table, frame in made.items():
        said = dict(listed(table))
        assert set(frame.columns) == set(said), table


def test_columns_of_groups_and_of_the_metadata_are_told_by_name(three_groups):
    book = export.codebook(export.read_tables(three_groups)).set_index(["table", "column"])["meaning"]
    assert book["terms", "count_town"] == "occurrences in the group town"
    assert book["terms", "per_1000_port"] == "per 1,000 words in the group port"
    assert book["articles", "place of print"] == "as given in the study's metadata"
    assert book["mentions", "start"] == "offset of the first character in the raw text"


@pytest.mark.parametrize("name", ["study", "three_groups"])
def test_evidence_has_its_sentence_outlet_date_and_citation(request, name):
    study = request.getfixturevalue(name)
    tables = export.read_tables(study)
    texts = study.articles.set_index("article_id")["text"]
    for table in ("attributions", "mentions", "concordances"):
        rows = tables[table]
        assert len(rows), table
        assert {"sentence", "outlet", "date", "citation"} <= set(rows) and rows["citation"].notna().all()
        assert all(row.sentence in texts[row.article_id] for row in rows.itertuples()), table
    found = {
        family: set(zip(rows["article_id"], rows["start"], strict=True))
        for family, rows in tables["mentions"].groupby("family")
    }
    assert set(tables["concordances"]["family"]) == set(found)
    for family, rows in tables["concordances"].groupby("family"):
        assert set(zip(rows["article_id"], rows["start"], strict=True)) == found[family]


@pytest.mark.parametrize("name", ["study", "three_groups"])
def test_the_example_of_a_term_has_it_and_stands_in_the_group_that_uses_it_more(request, name):
    study = request.getfixturevalue(name)
    terms, groups = export.read_tables(study)["terms"], compare(study).attrs["groups"]
    shown = terms.dropna(subset="example")
    assert len(shown) > 30
    for row in shown.to_dict("records"):
        assert row["term"] in [word.form for word in words(row["example"])]
        lead = row.get("group", groups[0] if row["log_odds_z"] >= 0 else groups[1])
        assert row[f"count_{lead}"] > 0
    assert shown["citation"].notna().all() and terms.loc[terms["example"].isna(), "citation"].isna().all()


NASTY = {
    "formula": "=1+1",
    "link": "https://example.org",
    "number": "007",
    "long": "x" * 40_000,
    "control": "a\x01b",
    "é": "naïve “quoted” ☃",
}


def test_files_that_excel_opens_rightly(tmp_path):
    frame = pd.DataFrame(
        {
            "article_id": list(NASTY),
            "text": [f"Lund said {text} was a truce." for text in NASTY.values()],
            "date": "2016-11-02",
        }
    )
    frame = frame.assign(note=list(NASTY.values()))
    with pytest.warns(UserWarning, match="control characters"):
        study = study_from_table(frame, keywords={"truce": ["truce"]})
    names = export.tables(study, tmp_path / "new" / "folder")
    written = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert (
        written == set(names)
        and {"attributions.csv", "attributions.xlsx", "concordances.xlsx", "codebook.csv"} < written
    )
    for path in (tmp_path / "new" / "folder").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
    articles = pd.read_csv(tmp_path / "new" / "folder" / "articles.csv", dtype=str)
    assert articles["note"].tolist() == ["'=1+1", *list(NASTY.values())[1:]] and next(iter(articles)) == "article_id"
    sheet = openpyxl.load_workbook(tmp_path / "new" / "folder" / "articles.xlsx").active
    header, *rows = sheet.iter_rows()
    note, date = (next(i for i, cell in enumerate(header) if cell.value == name) for name in ("note", "date"))
    assert {row[note].data_type for row in rows} == {"s"}  # neither a formula nor a number
    cells = [row[note].value for row in rows]
    assert cells[:3] == ["=1+1", "https://example.org", "007"] and cells[5] == NASTY["é"]
    assert len(cells[3]) == 32_767 and cells[3].endswith("…")
    assert rows[0][date].value.date().isoformat() == "2016-11-02" and rows[0][date].number_format == "yyyy-mm-dd"


def test_a_crosstab_keeps_its_labels(tmp_path, three_groups):
    rows = three_groups.attributions
    table = pd.crosstab(rows["speaker"], [rows["outlet"], rows["kind"]])
    export.write(table, tmp_path / "deep" / "crosstab.xlsx")
    export.write(table, tmp_path / "crosstab.csv")
    header, *lines = openpyxl.load_workbook(tmp_path / "deep" / "crosstab.xlsx").active.iter_rows(values_only=True)
    assert header[0] == "speaker" and "not stated, indirect" in header and len(lines) == len(table)
    assert list(pd.read_csv(tmp_path / "crosstab.csv")) == list(header)


def test_a_table_too_long_for_a_sheet_is_csv_only_and_that_is_said(tmp_path, monkeypatch, capsys, three_groups):
    monkeypatch.setattr(export, "MOST_ROWS", 3)
    monkeypatch.setattr(export, "load_study", lambda: three_groups)
    assert export.main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "as CSV only: sentences.csv" in said and (tmp_path / "articles.xlsx").exists()
    assert (tmp_path / "sentences.csv").exists() and not (tmp_path / "sentences.xlsx").exists()


def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path, three_groups):
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match=r"file.*cannot be written.*another folder"):
        export.tables(three_groups, tmp_path / "file")
    with pytest.raises(StudyError, match="expected a study, got a table"):
        export.tables(three_groups.articles, tmp_path)


def test_no_row_of_the_codebook_is_left_over(study, three_groups):
    """A star stands for columns that a study brings; what only functions return is held in test_explore."""
    tables = [export.read_tables(study), export.read_tables(three_groups)]
    exported = {(name, column) for part in tables for name, table in part.items() for column in table}
    own = {
        (table, column) for table, column, _ in ROWS if table in set(name for name, _ in exported) and "*" not in column
    }
    assert own - exported == {("passages", "alignment")}
    assert len({row[:2] for row in ROWS}) == len(ROWS)


def test_what_a_spreadsheet_would_run_is_made_plain():
    frame = pd.DataFrame({"text": ["=1+1", "a = b", "@d", "-x"], "n": [-1, 2, 3, 4]})
    assert harmless(frame)["text"].tolist() == ["'=1+1", "a = b", "'@d", "'-x"]
    assert harmless(frame)["n"].tolist() == [-1, 2, 3, 4]
