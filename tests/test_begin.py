"""make study: a study.toml that loads at once, proposals with reasons, nothing overwritten."""

import re
import tomllib
import warnings

import exported
import pandas as pd
import pytest

from parley import StudyError, load_study
from parley.corpus.begin import begin_study, main

TEXT = "The ferry plan is dead, the mayor said on Monday. Nobody had asked the islanders about it. " * 3


def load(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_study(path)


def settings(folder):
    return tomllib.loads((folder / "study.toml").read_text("utf-8"))


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "my texts"
    folder.mkdir()
    for i in range(6):
        (folder / f"{i} é.txt").write_text(TEXT, "utf-8")
    return folder


def test_a_folder_gets_a_study_and_a_skeleton_to_fill_in(texts):
    said = begin_study(texts)
    assert said[0] == "Found 6 texts with 306 words."
    assert said[-1] == f"3. make report STUDY={texts / 'study.toml'}"
    assert [line[:2] for line in said[-3:]] == ["1.", "2.", "3."]
    skeleton = pd.read_csv(texts / "articles.csv")
    assert skeleton["file"].tolist() == [f"{i} é.txt" for i in range(6)]
    assert skeleton.columns.tolist() == [
        "file",
        "outlet",
        "headline",
        "date",
        "date_basis",
        "place",
        "credit",
    ]
    study = load(texts)
    assert len(study.articles) == 6 and len(study.problems) == 0


def test_dates_in_the_names_of_files_are_taken_over(texts):
    for name in ("2016-11-02 ferry", "sun_20120229", "20120230", "000_20161102abcdef", "12.5.2016"):
        (texts / f"{name}.txt").write_text(TEXT, "utf-8")
    said = " ".join(begin_study(texts))
    assert "2 of the dates, taken from their names: check them" in said
    skeleton = pd.read_csv(texts / "articles.csv", index_col="file")
    assert skeleton["date"].dropna().to_dict() == {
        "2016-11-02 ferry.txt": "2016-11-02",
        "sun_20120229.txt": "2012-02-29",
    }
    assert set(skeleton["date_basis"].dropna()) == {"outside knowledge"}
    assert len(load(texts).articles) == 11


def test_folders_in_a_folder_are_found(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(TEXT, "utf-8")
    begin_study(tmp_path)
    assert load(tmp_path).articles["article_id"].tolist() == ["a/x.txt", "b/x.txt"]


def test_a_table_beside_the_texts_is_found_by_their_names_and_not_changed(texts):
    table = pd.DataFrame(
        {
            "no": range(9),
            "path": [f"{i} é" for i in range(9)],
            "publisher": list("aaabbbccc"),
            "published": "02/11/2016",
        }
    )
    table.to_csv(texts / "list.csv", index=False)
    before = (texts / "list.csv").read_bytes()
    begin_study(texts)
    assert (texts / "list.csv").read_bytes() == before and not (texts / "articles.csv").exists()
    found = settings(texts)["articles"]
    assert (found["metadata"], found["file_column"]) == ("list.csv", "path")
    assert found["columns"] == {"outlet": "publisher", "date": "published"}
    assert "date_format" not in found  # 2 November or 11 February: the user is asked
    assert '"%d/%m/%Y" or "%m/%d/%Y": the dates fit both; say which' in (texts / "study.toml").read_text("utf-8")


def test_what_a_table_seems_to_hold_is_proposed_with_reasons(tmp_path):
    frame = pd.DataFrame(
        {
            "_unit_id": range(20),
            "Source": list("ab") * 10,
            "Published": [f"{i % 12 + 1:02}/{i % 20 + 10}/2016" for i in range(20)],
            "title": "Ferry",
            "article_content": TEXT,
            "topic": "sea",
        }
    )
    frame.to_csv(tmp_path / "export.csv", index=False)
    begin_study(tmp_path / "export.csv")
    found = settings(tmp_path)["articles"]
    assert found == {
        "table": "export.csv",
        "date_format": "%m/%d/%Y",
        "columns": {
            "text": "article_content",
            "article_id": "_unit_id",
            "outlet": "Source",
            "date": "Published",
            "headline": "title",
        },
    }
    written = (tmp_path / "study.toml").read_text("utf-8")
    assert "# text: column 'article_content', since its name says so" in written
    assert "# place: no column has a name that says so" in written
    assert "every other column comes along under its own name: 'topic'" in written
    study = load(tmp_path)
    assert study.articles["date"].notna().all() and study.articles["article_id"][3] == "3"


@pytest.mark.parametrize(
    ("dates", "form"),
    [
        (["2016-11-02", "2016-11-03T10:00"], None),
        (["20161102", "20161103"], "%Y%m%d"),
        (["2 November 2016", "13 March 2012"], "%d %B %Y"),
        (["13/11/2016", "14/11/2016"], "%d/%m/%Y"),
        (["13-Nov-16", "2-Dec-16"], "%d-%b-%y"),
    ],
)
def test_the_format_proposed_is_one_that_the_dates_are_read_by(tmp_path, dates, form):
    pd.DataFrame({"text": [TEXT] * 2, "date": dates}).to_csv(tmp_path / "t.csv", index=False)
    begin_study(tmp_path / "t.csv")
    assert settings(tmp_path)["articles"].get("date_format") == form
    assert load(tmp_path).articles["date"].notna().all()


def test_ids_that_return_are_not_proposed(tmp_path):
    pd.DataFrame({"id": [1, 1], "text": [TEXT, TEXT]}).to_csv(tmp_path / "t.csv", index=False)
    begin_study(tmp_path / "t.csv")
    assert "columns" not in settings(tmp_path)["articles"]
    assert load(tmp_path).articles["article_id"].tolist() == ["1", "2"]


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet"])
def test_every_kind_of_table_loads_at_once(tmp_path, kind):
    frame = pd.DataFrame({'my "words"': [TEXT] * 4, "date": ["2016-11-02"] * 4, "outlet": list("aabb")})
    write = {
        "csv": lambda path: frame.to_csv(path, index=False),
        "tsv": lambda path: frame.to_csv(path, index=False, sep="\t"),
        "jsonl": lambda path: frame.to_json(path, orient="records", lines=True),
        "parquet": frame.to_parquet,
    }
    write[kind](tmp_path / f"t.{kind}")
    assert begin_study(tmp_path / f"t.{kind}")[0] == "Found 4 texts with 204 words."
    assert load(tmp_path).articles["text"].tolist() == [TEXT] * 4


def test_the_examples_hold_once_the_marks_are_taken_away(texts):
    pd.DataFrame({"file": [f"{i} é.txt" for i in range(6)], "outlet": list("aaabbb")}).to_csv(
        texts / "m.csv", index=False
    )
    begin_study(texts)
    path = texts / "study.toml"
    head, later = path.read_text("utf-8").split("# [contrast]")
    path.write_text(head + re.sub("(?m)^# ", "", "# [contrast]" + later), "utf-8")
    study = load(texts)
    assert study.settings["contrast"] == {"by": "outlet", "groups": ["a", "b"]}
    assert study.settings["keywords"]["pause"] and study.settings["sides"]["government"]


def test_nothing_is_overwritten(texts, capsys):
    (texts / "study.toml").write_text("mine", "utf-8")
    assert main([str(texts)]) == 1
    assert "there is a study already" in capsys.readouterr().err
    assert (texts / "study.toml").read_text("utf-8") == "mine"
    (texts / "study.toml").unlink()
    (texts / "articles.csv").write_text("name,outlet\nx,y\n", "utf-8")
    with pytest.raises(StudyError, match="not overwritten"):
        begin_study(texts)
    assert (texts / "articles.csv").read_text("utf-8") == "name,outlet\nx,y\n" and not (texts / "study.toml").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere", "no such folder"), ("empty", "there is none"), ("t.xlsx", "expected a table")],
)
def test_clear_errors(tmp_path, capsys, name, words):
    (tmp_path / "empty").mkdir()
    (tmp_path / "t.xlsx").write_bytes(b"x")
    assert main([str(tmp_path / name)]) == 1
    assert words in capsys.readouterr().err
    assert not list(tmp_path.rglob("study.toml"))


def test_without_a_name_the_usage_is_shown(capsys):
    assert main([""]) == 2
    assert "make study FROM=" in capsys.readouterr().err


@pytest.fixture
def downloads(tmp_path):
    """A folder as people have it: exports of three databases, a page, a text with a head, and what is no article."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "old nexis.TXT").write_text(exported.OLD_NEXIS, "utf-8")
    exported.lexis_docx(folder / "lexis.docx")
    (folder / "lexis.rtf").write_text(exported.as_rtf(exported.lexis_lines()))
    (folder / "factiva.html").write_text(exported.factiva_html(), "utf-8")
    (folder / "page.htm").write_text(exported.PAGE, "utf-8")
    (folder / "talks.md").write_text(exported.MARKDOWN, "utf-8")
    (folder / "2016-11-02 ferry.txt").write_text(TEXT, "utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04")
    (folder / "~$lexis.docx").write_bytes(b"lock")
    return folder


def test_a_folder_of_downloads_becomes_a_text_an_article(downloads):
    before = {path: path.read_bytes() for path in downloads.iterdir()}
    said = "\n".join(begin_study(downloads))
    assert {path: path.read_bytes() for path in before} == before
    study = load(downloads)
    assert study.articles["source_file"].value_counts().to_dict() == {
        "old nexis.TXT": 3,
        "lexis.docx": 3,
        "lexis.rtf": 3,
        "factiva.html": 2,
        "page.htm": 1,
        "talks.md": 1,
        "2016-11-02 ferry.txt": 1,
    }
    assert study.articles["date"].notna().all() and study.articles["headline"].notna().sum() == 13
    assert "lexis.docx holds 3 articles; each becomes a text of its own." in said
    assert "1 file could not be read:\n  broken.docx: expected a Word file" in said
    assert "  scan.pdf: it is no text" in said and "~$" not in said
    assert "Not found: the outlet of 1 (2016-11-02-2016-11-02-ferry.txt)" in said
    again = said.partition("the second is the same article again; what they share counts once:\n")[2]
    assert "  2005-05-09-the-herald-northport, 2005-05-09-the-herald-northport-02 (100% of it)" in again
    table = pd.read_csv(downloads / "articles.csv", index_col="file")
    assert table["date_basis"].unique().tolist() == ["outside knowledge", "stated", "inferred from text"]
    assert table.loc["2010-01-08-the-gazette.txt", "export_id"] == "1 of 3"


def test_the_texts_hold_what_the_export_prints(downloads):
    begin_study(downloads)
    text = (downloads / "texts" / "2010-01-08-the-gazette.txt").read_bytes().decode("utf-8")
    assert text in exported.OLD_NEXIS and text.lstrip().startswith("1 of 3 DOCUMENTS")


def test_a_second_run_reads_and_overwrites_nothing(downloads):
    begin_study(downloads)
    texts = {path: path.read_bytes() for path in (downloads / "texts").iterdir()}
    with pytest.raises(StudyError, match="there is a study already"):
        begin_study(downloads)
    (downloads / "study.toml").unlink()
    with pytest.raises(StudyError, match="texts: it is there already, and it is not overwritten; rename it"):
        begin_study(downloads)
    assert {path: path.read_bytes() for path in (downloads / "texts").iterdir()} == texts


def test_one_file_is_enough(tmp_path):
    exported.lexis_docx(tmp_path / "Ferries 2023.docx")
    said = begin_study(tmp_path / "Ferries 2023.docx")
    assert said[0].startswith("Found 3 texts") and said[-1] == f"3. make report STUDY={tmp_path / 'study.toml'}"
    assert load(tmp_path).title == "Ferries 2023" and len(load(tmp_path).articles) == 3
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "x.docx").write_bytes(b"")
    with pytest.raises(StudyError, match=r"^x.docx: expected a Word file"):
        begin_study(tmp_path / "empty")


def test_an_export_that_was_cut_off_is_read_as_far_as_it_goes_and_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(exported.OLD_NEXIS[: exported.OLD_NEXIS.index("3 of 3 DOC")], "utf-8")
    assert "a.txt holds 2 articles of the 3 that it speaks of; each becomes a text of its own." in begin_study(tmp_path)


def test_suffixes_in_any_case_are_found(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "B.TXT").write_text(TEXT + "More.")
    assert begin_study(tmp_path)[0].startswith("Found 2 texts")
    assert load(tmp_path).articles["article_id"].tolist() == ["B", "a"]


def test_what_a_text_says_at_its_head_is_taken_over(tmp_path):
    (tmp_path / "a.txt").write_text(exported.MARKDOWN)
    assert "1 say at their head what they are" in " ".join(begin_study(tmp_path))
    [article] = load(tmp_path).articles.itertuples()
    assert (article.headline, article.outlet, article.credit) == (
        "Talks: the ferry",
        "The Gazette",
        "Ada Berg; Ola Vik",
    )
    assert article.text == exported.MARKDOWN


def test_cells_that_a_spreadsheet_would_run_are_made_plain(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: =HYPERLINK(0)\n---\nText.")
    begin_study(tmp_path)
    assert "'=HYPERLINK(0)" in (tmp_path / "articles.csv").read_text()


def test_a_table_that_cannot_be_read_is_passed_over(texts):
    (texts / "bad.csv").write_text('a,b\n"x')
    assert any(line.startswith("A table was passed over: bad.csv: the row that begins") for line in begin_study(texts))
    assert len(load(texts).articles) == 6


def test_texts_stay_where_they_are_beside_what_cannot_be_read(texts):
    (texts / "x.docx").write_bytes(b"")
    (texts / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (texts / "more").mkdir()
    (texts / "more" / "y.txt").write_text(TEXT)
    pd.DataFrame({"file": [f"{i} é.txt" for i in range(6)], "outlet": "Gazette"}).to_csv(texts / "m.csv", index=False)
    said = "\n".join(begin_study(texts))
    assert "x.docx: expected a Word file" in said and "  photo.jpg: it is no text" in said
    assert "  more: it is a folder with 1 more" in said and "m.csv describes the texts" in said
    assert not (texts / "texts").exists() and load(texts).articles["outlet"].notna().all()


def test_a_text_that_is_none_is_left_behind_and_the_others_are_written_anew(texts):
    (texts / "bad.txt").write_bytes(b"\xff\xfea")
    (texts / "list.csv").write_text("a,b\n1,2\n")
    said = "\n".join(begin_study(texts))
    assert "bad.txt: byte" in said and "list.csv: it is a table" in said
    assert len(load(texts).articles) == 6 and len(list((texts / "texts").iterdir())) == 6


def test_days_of_loading_are_said_to_be_no_days_of_printing(tmp_path):
    (tmp_path / "a.txt").write_text("\n".join(exported.lexis_lines()), "utf-8")
    assert any(line.startswith("The date of 1 is the day on which the database") for line in begin_study(tmp_path))
