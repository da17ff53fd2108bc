"""A study read from files: what stops it, what it lives with, and that nothing is lost on the way."""

import json
import warnings
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from effort import lines

from parley import Study, StudyError, load, load_study, study_from_table
from parley.findings import findings
from parley.reuse import shared_passages
from parley.text.forms import words

TEXT = "The ferry plan is dead, the mayor said on Monday."
FILES = '[articles]\nfiles = "*.txt"\n'
DESCRIBED = FILES + 'metadata = "m.csv"\nfile_column = "file"\n'
TABLE = '[articles]\ntable = "t.csv"\n'


def make(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def stop(files, *words):
    return SimpleNamespace(files=files, words=words)


def parquet(frame: pd.DataFrame) -> bytes:
    return frame.to_parquet(index=False)


STOPS = {
    "no study file": stop({}, "study.toml", "no such study file", "make study"),
    "study file is a folder": stop({"study.toml/x": ""}, "study.toml", "no such study file"),
    "study file not in UTF-8": stop(
        {"study.toml": "title = 'Caf\u00e9'".encode("latin-1")}, "study.toml: byte 12", "save"
    ),
    "no TOML": stop({"study.toml": "title = Ferry\n"}, "study.toml", "line 1", "quotation marks"),
    "no section articles": stop({"study.toml": "title = 'x'"}, "study.toml", "expected a section [articles]", "add"),
    "empty section articles": stop({"study.toml": "[articles]"}, "[articles]", "either files", "give one"),
    "files and table": stop(
        {"study.toml": FILES + 'table = "t.csv"'}, "[articles]", "either files", "or table", "give one"
    ),
    "table and metadata": stop(
        {"study.toml": TABLE + 'metadata = "m.csv"\nfile_column = "file"'}, "[articles]", "remove metadata"
    ),
    "metadata without file_column": stop(
        {"study.toml": FILES + 'metadata = "m.csv"'}, "[articles]", "file_column", "both"
    ),
    "columns of nothing": stop(
        {"study.toml": FILES + 'columns = { text = "t" }'}, "[articles]", "metadata", "remove columns"
    ),
    "unknown section": stop({"study.toml": FILES + "[keyword]"}, "study.toml", "'keyword'", "did you mean 'keywords'"),
    "unknown key": stop(
        {"study.toml": FILES + 'encodign = "utf-8"'}, "[articles]", "'encodign'", "did you mean 'encoding'"
    ),
    "a value that is no text": stop(
        {"study.toml": "[articles]\nfiles = 3"}, "[articles]: files", "expected text", "quotation"
    ),
    "a section that is none": stop({"study.toml": "keywords = 3\n" + FILES}, "'keywords'", "write it as [keywords]"),
    "a family with no terms": stop(
        {"study.toml": FILES + "[keywords]\npause = []"}, "[keywords] pause", "at least one", "add one"
    ),
    "a family that is text": stop(
        {"study.toml": FILES + "[keywords]\npause = 'truce'"}, "[keywords] pause", "list", "write it as"
    ),
    "a term without a letter": stop(
        {"study.toml": FILES + "[keywords]\npause = ['-']"}, "[keywords] pause", "'-'", "write a word"
    ),
    "a side without speakers": stop({"study.toml": FILES + "[sides]\nun = ['UN']"}, "[sides] un", "[sides.un]"),
    "groups without by": stop({"study.toml": FILES + "[contrast]\ngroups = ['a', 'b']"}, "[contrast]", "without by"),
    "one group": stop(
        {"study.toml": FILES + "[contrast]\nby = 'outlet'\ngroups = ['a']"},
        "[contrast] groups",
        "at least two",
    ),
    "a date format without codes": stop(
        {"study.toml": FILES + "date_format = 'DD/MM/YYYY'"}, "date_format", "%d/%m/%Y"
    ),
    "no text file": stop({"study.toml": FILES}, "files", "no file matches '*.txt'", "correct the pattern"),
    "files outside the folder": stop({"study.toml": '[articles]\nfiles = "../*.txt"'}, "'../", "leads out", "move it"),
    "files outside the folder, hidden": stop(
        {"study.toml": '[articles]\nfiles = "*/../../out.txt"', "a/b": "", "../out.txt": ""},
        "leads out",
        "move it",
    ),
    "files at an absolute path": stop({"study.toml": '[articles]\nfiles = "/etc/*.conf"'}, "leads out", "move it"),
    "table outside the folder": stop(
        {"study.toml": '[articles]\ntable = "../t.csv"'}, "'../t.csv'", "leads out", "move it"
    ),
    "a pattern that is none": stop({"study.toml": '[articles]\nfiles = "a**b"'}, "files", "'a**b'", "expected such as"),
    "a missing table": stop({"study.toml": TABLE}, "t.csv", "no such file", "correct the name"),
    "a missing metadata table": stop({"study.toml": DESCRIBED, "a.txt": TEXT}, "m.csv", "no such file"),
    "a missing segments table": stop(
        {"study.toml": FILES + 'segments = "s.csv"', "a.txt": TEXT}, "s.csv", "no such file"
    ),
    "a segments table without passages": stop(
        {"study.toml": FILES + 'segments = "s.csv"', "a.txt": TEXT, "s.csv": "article_id,kind\na,body\n"},
        "s.csv",
        "expected a column 'passage'",
    ),
    "a folder instead of a table": stop(
        {"study.toml": TABLE, "t.csv/x": ""}, "t.csv", "this is a folder", "name the file"
    ),
    "a table of another kind": stop(
        {"study.toml": '[articles]\ntable = "t.xlsx"', "t.xlsx": "x"}, "t.xlsx", ".csv", "export"
    ),
    "an empty table": stop({"study.toml": TABLE, "t.csv": ""}, "t.csv", "header row", "empty", "export"),
    "a table of a header": stop({"study.toml": TABLE, "t.csv": "text,outlet\n"}, "t.csv", "at least one row", "export"),
    "a table without texts": stop(
        {"study.toml": TABLE, "t.csv": "body,outlet\nx,y\n"}, "t.csv", "'text'", "'body'", "columns ="
    ),
    "a renamed column that is missing": stop(
        {"study.toml": TABLE + 'columns = { text = "bdy" }', "t.csv": "body\nx\n"},
        "t.csv",
        "'bdy'",
        "did you mean 'body'",
    ),
    "two columns of one name": stop(
        {"study.toml": TABLE, "t.csv": "text,text\nx,y\n"}, "t.csv", "two columns", "'text'", "rename"
    ),
    "a row with too many cells": stop(
        {"study.toml": TABLE, "t.csv": "text,outlet\nx,y\nx, and,y\n"}, "t.csv: line 3", "2 cells", "got 3"
    ),
    "a mark that never closes": stop(
        {"study.toml": TABLE, "t.csv": 'text,outlet\nx,y\n"never,y\nx,y\n'}, "t.csv", "line 3", "mend"
    ),
    "a mark that never closes, then others": stop(
        {"study.toml": TABLE, "t.csv": 'text,outlet\nx,y\n"never,y\n"x",y\n'}, "line 3", "mend"
    ),
    "an undecodable text": stop(
        {"study.toml": FILES + 'encoding = "utf-8"', "a.txt": b"caf\xe9 x"},
        "a.txt: byte 3 (0xe9)",
        "'utf-8'",
        "declare",
    ),
    "an undecodable table": stop(
        {"study.toml": TABLE + 'encoding = "utf-8"', "t.csv": b"text\ncaf\xe9\n"}, "t.csv: byte 8", "declare"
    ),
    "an encoding that is none": stop(
        {"study.toml": FILES + 'encoding = "utf-9"', "a.txt": TEXT}, "encoding", "'utf-9'", "expected"
    ),
    "half a UTF-16 text": stop(
        {"study.toml": FILES, "a.txt": TEXT.encode("utf-16")[:-1]}, "a.txt: byte", "utf-16", "convert"
    ),
    "a broken JSON line": stop(
        {"study.toml": '[articles]\ntable = "t.jsonl"', "t.jsonl": '{"text": "x"}\n{"text": }\n'},
        "t.jsonl: line 2, column 10",
        "mend",
    ),
    "a JSON list": stop(
        {"study.toml": '[articles]\ntable = "t.jsonl"', "t.jsonl": '[{"text": "x"}]\n'},
        "t.jsonl: line 1",
        "object",
    ),
    "an empty JSON table": stop(
        {"study.toml": '[articles]\ntable = "t.jsonl"', "t.jsonl": "\n"}, "t.jsonl", "at least one row"
    ),
    "a damaged Parquet table": stop(
        {"study.toml": '[articles]\ntable = "t.parquet"', "t.parquet": b"PAR1 not"},
        "t.parquet",
        "Parquet",
        "export",
    ),
    "a nested text": stop(
        {"study.toml": '[articles]\ntable = "t.jsonl"', "t.jsonl": '{"text": ["x"]}\n'},
        "t.jsonl: row 1",
        "got list",
    ),
    "one article_id twice": stop(
        {"study.toml": TABLE, "t.csv": "article_id,text\na,x\nb,y\na,z\n"},
        "t.csv: rows 1, 3",
        "'a'",
        "its own",
    ),
    "no article_id in a row": stop(
        {"study.toml": TABLE, "t.csv": "article_id,text\na,x\n ,y\n"}, "t.csv: row 2", "article_id", "fill"
    ),
    "two rows for one file": stop(
        {"study.toml": DESCRIBED, "a.txt": TEXT, "m.csv": "file,outlet\na,x\nb,y\na.txt,z\n"},
        "m.csv: rows 1, 3",
        "'a.txt'",
        "remove",
    ),
    "one name for two files": stop(
        {
            "study.toml": DESCRIBED.replace("*.txt", "**/*.txt"),
            "d/a.txt": TEXT,
            "e/a.txt": TEXT,
            "m.csv": "file\na.txt\n",
        },
        "m.csv: row 1",
        "several files",
        "with its folder, as in 'd/a.txt'",
    ),
    "no row for any file": stop(
        {"study.toml": DESCRIBED, "a.txt": TEXT, "m.csv": "file\nb\n"}, "m.csv", "'b'", "'a.txt'", "correct"
    ),
    "no column of files": stop(
        {"study.toml": DESCRIBED, "a.txt": TEXT, "m.csv": "files\na\n"},
        "m.csv",
        "'file'",
        "did you mean 'files'",
    ),
    "a group no article has": stop(
        {
            "study.toml": TABLE + "[contrast]\nby = 'year'\ngroups = ['2012', '2013']",
            "t.csv": "text,year\nx,2012\n",
        },
        "[contrast] groups",
        "year = '2013'",
        "Known are '2012'",
    ),
    "a column no article has": stop(
        {"study.toml": TABLE + "[contrast]\nby = 'yaer'", "t.csv": "text,year\nx,1\n"},
        "'yaer'",
        "did you mean 'year'",
    ),
    "dates as groups": stop(
        {"study.toml": TABLE + "[contrast]\nby = 'date'", "t.csv": "text,date\nx,2012-01-01\n"},
        "by",
        "'date'",
        "name a column",
    ),
}


@pytest.mark.parametrize("case", STOPS.values(), ids=STOPS)
def test_stops_with_one_sentence(tmp_path, case):
    folder = make(tmp_path / "study", case.files)
    with pytest.raises(StudyError) as error:
        load_study(folder / "study.toml")
    message = str(error.value)
    for said in case.words:
        assert said in message
    assert "\n" not in message
    assert str(tmp_path) not in message or "study.toml" in message.split(": ")[0]


def warn(files, problem, count, first, kept=None):
    return SimpleNamespace(files=files, problem=problem, count=count, first=first, kept=kept)


WARNS = {
    "encoding not declared": warn(
        {"study.toml": FILES, "a.txt": "“Café”".encode("cp1252")},
        "encoding not declared, read as cp1252",
        1,
        "a.txt",
        "“Café”",
    ),
    "Latin-1 with stray control bytes": warn(
        {"study.toml": FILES, "a.txt": b"caf\xe9 \x81"},
        "encoding not declared, read as latin_1",
        1,
        "a.txt",
        "café \x81",
    ),
    "UTF-16": warn(
        {"study.toml": FILES, "a.txt": TEXT.encode("utf-16")},
        "encoding not declared, read as utf-16",
        1,
        "a.txt",
        TEXT,
    ),
    "UTF-16 without a mark": warn(
        {"study.toml": FILES, "a.txt": TEXT.encode("utf-16-be")},
        "encoding not declared, read as utf-16-be",
        1,
        "a.txt",
        TEXT,
    ),
    "an empty file": warn({"study.toml": FILES, "a.txt": "", "b.txt": TEXT}, "empty text", 1, "a", ""),
    "a blank text": warn({"study.toml": FILES, "a.txt": "\ufeff \r\n"}, "empty text", 1, "a", "\ufeff \r\n"),
    "an empty cell": warn({"study.toml": TABLE, "t.csv": "text,outlet\n,x\nx,y\n"}, "empty text", 1, "1", ""),
    "control characters": warn(
        {"study.toml": FILES, "a.txt": "The\x07 plan"},
        "control characters",
        1,
        "a: character 3 (U+0007)",
        "The\x07 plan",
    ),
    "NUL bytes in a text": warn(
        {"study.toml": FILES, "a.txt": TEXT + "\0"},
        "control characters",
        1,
        "a: character 49 (U+0000)",
        TEXT + "\0",
    ),
    "NUL bytes in a table": warn(
        {"study.toml": TABLE, "t.csv": "text,outlet\nx\0y,z\n"},
        "control characters",
        1,
        "1: character 1 (U+0000)",
        "x\0y",
    ),
    "a text that is HTML": warn(
        {"study.toml": FILES, "a.txt": "<p>One.</p><p>Two.</p>"},
        "text that looks like HTML",
        1,
        "a",
        "<p>One.</p><p>Two.</p>",
    ),
    "half a character": warn(
        {"study.toml": '[articles]\ntable = "t.jsonl"', "t.jsonl": '{"text": "a\\ud800b"}\n'},
        "halves of characters",
        1,
        "1",
        "a�b",
    ),
    "a date that cannot be read": warn(
        {"study.toml": TABLE, "t.csv": "article_id,text,date\na,x,2 Nov\nb,x,2016-11-02\nc,x,2016\n"},
        "date that cannot be read",
        2,
        "a: '2 Nov'; c: '2016'",
        "x",
    ),
    "a date in another format": warn(
        {"study.toml": TABLE + 'date_format = "%d/%m/%Y"', "t.csv": "text,date\nx,2016-11-02\n"},
        "date that cannot be read",
        1,
        "1: '2016-11-02'",
        "x",
    ),
    "rows without a text": warn(
        {
            "study.toml": DESCRIBED,
            "a.txt": TEXT,
            "m.csv": "file\na\n" + "".join(f"x{i}\n" for i in range(1000)),
        },
        "metadata row without a text",
        1000,
        "m.csv: row 2 (x0); m.csv: row 3 (x1); m.csv: row 4 (x2)",
        TEXT,
    ),
    "texts without a row": warn(
        {"study.toml": DESCRIBED, "a.txt": TEXT, "b.txt": TEXT, "m.csv": "file\na\n"},
        "text without a metadata row",
        1,
        "b.txt",
        TEXT,
    ),
    "a column without a name": warn(
        {"study.toml": TABLE, "t.csv": ",text,\n0,x,y\n"},
        "column without a name",
        2,
        "t.csv: column_1; t.csv: column_3",
        "x",
    ),
    "rows with too few cells": warn(
        {"study.toml": TABLE, "t.csv": "text,outlet,year\nx,y,z\nx\n"},
        "row with fewer cells than the header",
        1,
        "t.csv: line 3",
        "x",
    ),
    "semicolons": warn(
        {"study.toml": TABLE, "t.csv": "text;outlet\nx;y\n"},
        "cells parted by semicolons, read as such",
        1,
        "t.csv",
        "x",
    ),
}


@pytest.mark.parametrize("case", WARNS.values(), ids=WARNS)
def test_warns_once_and_goes_on(tmp_path, case):
    folder = make(tmp_path, case.files)
    with pytest.warns(UserWarning) as caught:
        study = load_study(folder)
    assert len(caught) == 1
    assert caught[0].filename == __file__
    row = study.problems.set_index("problem").loc[case.problem]
    assert (row["count"], row["first"]) == (case.count, case.first)
    assert row["remedy"]
    assert f"{case.problem} ({case.count}: {case.first})" in str(caught[0].message)
    assert str(tmp_path) not in study.problems.to_csv()
    assert study.articles["text"][0] == case.kept
    assert_accounted(study)


def assert_accounted(study: Study):
    joined = study.segments.groupby("article_id")["text"].agg("".join)
    for article_id, text in zip(study.articles["article_id"], study.articles["text"], strict=True):
        assert joined.get(article_id, "") == text


FINE = {
    "UTF-8 with a mark": ({"study.toml": FILES, "a.txt": "\ufeff" + TEXT}, "\ufeff" + TEXT),
    "CRLF": ({"study.toml": FILES, "a.txt": "One.\r\n\r\nTwo.\r\n"}, "One.\r\n\r\nTwo.\r\n"),
    "CRLF in a cell": (
        {"study.toml": TABLE, "t.csv": 'text,outlet\r\n"One.\r\n\r\nTwo.",x\r\n'},
        "One.\r\n\r\nTwo.",
    ),
    "a segments table with its header only": (
        {"study.toml": FILES + 'segments = "s.csv"', "a.txt": TEXT, "s.csv": "article_id,kind,passage\n"},
        TEXT,
    ),
    "a mark before a table": ({"study.toml": TABLE, "t.csv": "\ufefftext,outlet\nx,y\n"}, "x"),
    "a mark before the study": ({"study.toml": "\ufeff" + FILES, "a.txt": TEXT}, TEXT),
    "marks in a text that never close": (
        {"study.toml": FILES, "a.txt": "“The \"plan ‘is 'dead"},
        "“The \"plan ‘is 'dead",
    ),
    "declared Latin-1": (
        {"study.toml": FILES + 'encoding = "latin-1"', "a.txt": b"caf\xe9 \x85"},
        "café \x85",
    ),
    "declared UTF-16": (
        {"study.toml": TABLE + 'encoding = "utf-16"', "t.csv": "text\ncafé\n".encode("utf-16")},
        "café",
    ),
    "a formula": ({"study.toml": TABLE, "t.csv": "text,outlet\n=1+1,@x\n"}, "=1+1"),
    "one line of 5 MB": ({"study.toml": FILES, "a.txt": "truce " * 833_333}, "truce " * 833_333),
    "a cell of 1 MB": (
        {"study.toml": TABLE, "t.csv": "text\n" + "truce " * 166_666 + "\n"},
        "truce " * 166_666,
    ),
    "a blank line in a table": ({"study.toml": TABLE, "t.csv": "text,outlet\n\nx,y\n\n"}, "x"),
    "surplus cells that are empty": ({"study.toml": TABLE, "t.csv": "text,outlet\nx,y,,\n"}, "x"),
    "tabs": (
        {"study.toml": '[articles]\ntable = "t.tsv"', "t.tsv": 'text\toutlet\nx, "y" z\tz\n'},
        'x, "y" z',
    ),
    "a number as a text": (
        {
            "study.toml": '[articles]\ntable = "t.jsonl"',
            "t.jsonl": '{"text": 7, "year": 2012}\n{"text": "x"}\n',
        },
        "7",
    ),
    "Parquet": (
        {
            "study.toml": '[articles]\ntable = "t.parquet"',
            "t.parquet": parquet(pd.DataFrame({"text": [TEXT], "n": [1]})),
        },
        TEXT,
    ),
    "a text column by another name": (
        {"study.toml": TABLE + 'columns = { text = "body", outlet = "body" }', "t.csv": "body\nx\n"},
        "x",
    ),
    "metadata in UTF-8 beside declared texts": (
        {
            "study.toml": DESCRIBED + 'encoding = "latin-1"',
            "a.txt": b"caf\xe9",
            "m.csv": "file,outlet\na,Café\n",
        },
        "café",
    ),
}


@pytest.mark.parametrize(("files", "text"), FINE.values(), ids=FINE)
def test_reads_without_a_word(tmp_path, files, text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        study = load_study(make(tmp_path, files))
    assert study.articles["text"][0] == text
    assert len(study.problems) == 0
    assert_accounted(study)


def test_encodings_of_texts_and_metadata_are_told_apart(tmp_path):
    files, _ = FINE["metadata in UTF-8 beside declared texts"]
    assert load_study(make(tmp_path, files)).articles["outlet"][0] == "Café"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_rows_without_a_text_take_no_more_work_the_more_they_are(tmp_path):
    def run(rows):
        table = "file\na\n" + "".join(f"x{i}\n" for i in range(rows))
        folder = make(tmp_path / str(rows), {"study.toml": DESCRIBED, "a.txt": TEXT, "m.csv": table})
        return lines(lambda: load_study(folder))

    run(1)  # what is imported and compiled once
    small, large = run(1_000), run(4_000)
    assert large < 5 * small


def test_ids_with_any_marks_hold(tmp_path):
    names = ['a/"b"', "c'd", "e, f", "../g", "=h", "<i>", "07"]
    study = study_from_table(pd.DataFrame({"article_id": names, "text": [TEXT] * 7}))
    assert study.articles["article_id"].tolist() == names
    assert study.segments["article_id"].unique().tolist() == names
    assert study.sentences["article_id"].unique().tolist() == names


def test_offsets_hold_in_every_table(tmp_path):
    raw = "\ufeffFerry plan is dead\r\n\r\nLONDON (AP) — The “plan” is dead.\r\n😀 She said so.\r\n"
    study = load_study(make(tmp_path, {"study.toml": FILES, "a.txt": raw}))
    for table in (study.segments, study.sentences):
        assert len(table)
        assert all(raw[row.start : row.end] == row.text for row in table.itertuples())


def test_metadata_come_along_under_their_names(tmp_path):
    study = load_study(
        make(
            tmp_path,
            {
                "study.toml": DESCRIBED
                + 'columns = { outlet = "publisher", date = "when" }\n'
                + '[contrast]\nby = "year"\ngroups = ["2012", "2016"]',
                "a.txt": TEXT,
                "b.txt": TEXT,
                "m.csv": "file,publisher,outlet,when,year,text\n"
                "b.txt,Post,old,2016-11-02T23:30:00-05:00,2016,other\na,,,2012-03-19,2012,\n",
            },
        )
    )
    articles = study.articles.set_index("article_id")
    assert articles["outlet"].fillna("?").tolist() == ["?", "Post"] and articles["outlet (as given)"].tolist() == [
        "",
        "old",
    ]
    assert articles["date"].dt.strftime("%Y-%m-%d").tolist() == ["2012-03-19", "2016-11-02"]
    assert articles["text"].tolist() == [TEXT, TEXT] and articles["text (as given)"].tolist() == ["", "other"]
    assert articles["source_file"].tolist() == ["a.txt", "b.txt"]
    assert study.groups.to_dict() == {"a": "2012", "b": "2016"}
    assert study.order == ["a", "b"]


def test_a_study_is_found_by_argument_then_variable_then_upward(tmp_path, monkeypatch):
    given = make(tmp_path / "given", {"study.toml": "title = 'given'\n" + FILES, "a.txt": TEXT})
    named = make(tmp_path / "named", {"study.toml": "title = 'named'\n" + FILES, "a.txt": TEXT})
    make(
        tmp_path / "near" / "corpus",
        {"study.toml": "title = 'near'\n" + FILES, "a.txt": TEXT, "deep/er/x": ""},
    )
    monkeypatch.setenv("PARLEY_STUDY", str(named / "study.toml"))
    monkeypatch.chdir(tmp_path / "near" / "corpus" / "deep" / "er")
    assert load_study(given).title == "given"
    assert load_study().title == "named"
    monkeypatch.delenv("PARLEY_STUDY")
    assert load_study().title == "near"
    monkeypatch.chdir(given)
    with pytest.raises(StudyError, match=r"no corpus/study.toml .* set PARLEY_STUDY"):
        load_study()


def test_a_frame_in_hand_is_not_changed_and_makes_the_same_study(tmp_path):
    frame = pd.DataFrame({"article_id": ["a", "b"], "text": [TEXT, "Truce."], "year": [2012.0, 2016.0]})
    before = frame.copy(deep=True)
    study = study_from_table(
        frame, contrast={"by": "year", "groups": ["2012", "2016"]}, articles={"files": "x"}, title="Ferry"
    )
    pd.testing.assert_frame_equal(frame, before)
    assert (study.title, study.folder) == ("Ferry", None)
    lines = "".join(json.dumps(row) + "\n" for row in frame.to_dict("records"))
    again = load_study(
        make(
            tmp_path,
            {"study.toml": '[articles]\ntable = "t.jsonl"\n[contrast]\nby = "year"', "t.jsonl": lines},
        )
    )
    pd.testing.assert_frame_equal(study.segments, again.segments)
    assert study.groups.tolist() == again.groups.tolist() == ["2012", "2016"]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"Text": ["x"]}), "the table: expected a column 'text'"),
        (pd.DataFrame({"text": []}), "the table: expected at least one row"),
        (pd.DataFrame({"text": [b"x"]}), "the table: row 1: expected text, got bytes"),
        (pd.DataFrame([["x", "y"]], columns=["text", "text"]), "the table: two columns are named 'text'"),
    ],
)
def test_frames_that_stop(frame, words):
    with pytest.raises(StudyError) as error:
        study_from_table(frame)
    assert str(error.value).startswith(words)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_tables_have_the_same_types_when_nothing_is_in_them(text):
    full = study_from_table(pd.DataFrame({"text": ["The ferry sails. Nobody waits."]}))
    empty = study_from_table(pd.DataFrame({"text": [text]}))
    assert empty.sentences.empty
    for name in ("segments", "sentences"):
        assert getattr(empty, name).dtypes.equals(getattr(full, name).dtypes)
    passages = shared_passages(load_study(Path(__file__).parents[1] / "corpus"))
    assert len(passages) and shared_passages(empty).dtypes.equals(passages.dtypes)
    assert {"corpus-size", "corpus-left-out"} <= set(findings(empty)["finding_id"])


def test_copy_is_looked_for_once_however_many_studies_are_made_of_one(monkeypatch):
    from parley import study as module

    copy = "The ferry to the island will sail again on Monday morning after a week of storms, the port said in a statement."
    texts = [f"{copy}\n\nBerg backs the strike.", f"{copy}\n\nLund opposes the truce."]
    first = study_from_table(pd.DataFrame({"text": texts}), keywords={"truce": ["truce"]})
    searches, align = [], module.align
    monkeypatch.setattr(module, "align", lambda *given: searches.append(1) or align(*given))
    others = [first.with_keywords(strike=["strike"]), first.with_sides(port={"Port": ["port"]}), first]
    assert [len(one.passages) for one in others] == [1, 1, 1]
    assert searches == [1]
    letters = first.but(tokenise=lambda text: [word for word in words(text) if len(word.form) > 1])
    assert len(letters.passages) == 1 and searches == [1, 1]


def test_a_study_that_is_loaded_once_is_handed_out_as_it_was(tmp_path, monkeypatch):
    """All notebooks of a report are of one moment; what one of them does to its study is not seen by the next."""
    folder = make(tmp_path, {"study.toml": FILES, "a.txt": TEXT})
    monkeypatch.setattr(load, "_LOADED", None)
    load.load_once()
    first = load_study(folder)
    expected = first.sentences
    own = first.sentences
    own.loc[0, "text"] = "changed"
    (tmp_path / "a.txt").write_text("Another text.", encoding="utf-8")
    second = load_study(folder)
    assert second is not first and second.base is second and "sentences" in second._made
    pd.testing.assert_frame_equal(second.sentences, expected)
    load.load_once()  # asked again by the next notebook, it changes nothing
    assert load_study(folder).sentences.equals(expected)
    second = load_study(folder)
    second.tokenise = str.split
    third = load_study(folder)
    assert third.tokenise is words and third.sentences["text"].tolist() == ["Another text."]
