"""What a mistake leads to, whole: the file and the place, what was expected and the remedy."""

import ast
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from parley import codings, export, load_study, study_from_table
from parley.codings import sheets
from parley.corpus import containers, gather, reading
from parley.corpus.settings import StudyError, check_settings

MISTAKES = {
    'titel = "x"': "unknown key 'titel'; did you mean 'title'? Known are 'articles', 'contrast', 'keywords', 'labels', 'question', 'sides', 'title', 'wider_keywords'.",
    'keywords = ["truce"]': "expected 'keywords' to be a section; write it as [keywords].",
    "title = 3": "title: expected text; write it in quotation marks.",
    '[articles]\nfiles = "*"\ntabel = "x"': "[articles]: unknown key 'tabel'; did you mean 'table'? Known are 'about', 'columns', 'date_format', 'encoding', 'file_column', 'files', 'metadata', 'read', 'segments', 'table'.",
    "[articles]": "[articles]: expected either files (one text an article) or table (one row an article); give one.",
    '[articles]\nfiles = "*"\ntable = "t.csv"': "[articles]: expected either files (one text an article) or table (one row an article); give one.",
    '[articles]\nfiles = "*"\nmetadata = "m.csv"': "[articles]: expected metadata and file_column together; give both or neither.",
    '[articles]\ntable = "t.csv"\nmetadata = "m.csv"\nfile_column = "file"': "[articles]: metadata describes files, a table holds its own; remove metadata, or give files.",
    '[articles]\nfiles = "*"\ncolumns = { text = "body" }': "[articles]: columns renames columns of the metadata table; name that in metadata, or remove columns.",
    '[articles]\ntable = "t.csv"\nabout = "truce"': '[articles] about: expected a list of texts; write it as ["one", "another"].',
    '[articles]\ntable = "t.csv"\nabout = []': "[articles] about: expected at least one word or phrase; add one, or remove about.",
    '[articles]\ntable = "t.csv"\ncolumns = ["text"]': '[articles]: columns: expected names, as in columns = { text = "body" }.',
    '[articles]\ntable = "t.csv"\ncolumns = { text = 1 }': '[articles]: columns: expected names, as in columns = { text = "body" }.',
    '[articles]\ntable = " "': "[articles]: table: expected text; write it in quotation marks.",
    '[articles]\ntable = "t.csv"\ndate_format = "dmy"': "[articles]: date_format: expected such as '%d/%m/%Y', got 'dmy'; use % codes.",
    '[contrast]\ngroups = ["a", "b"]': "[contrast]: groups without by; name the metadata column that holds the groups.",
    '[contrast]\nby = ["year"]': "[contrast]: by: expected the name of one metadata column, in quotation marks.",
    '[contrast]\nby = "year"\ngroups = "2012"': '[contrast] groups: expected a list of texts; write it as ["one", "another"].',
    '[contrast]\nby = "year"\ngroups = ["2012"]': "[contrast] groups: expected at least two groups, each once; or leave groups out to take all.",
    '[contrast]\nby = "year"\ngroups = ["2012", "2012"]': "[contrast] groups: expected at least two groups, each once; or leave groups out to take all.",
    '[keywords]\npause = ["truce"]\n[wider_keywords]\npauze = ["halt"]': "[wider_keywords] pauze: no family of [keywords] has this name; did you mean 'pause'? Known are 'pause'.",
    '[keywords]\npause = "truce"': '[keywords] pause: expected a list of texts; write it as ["one", "another"].',
    "[keywords]\npause = []": "[keywords] pause: expected at least one term; add one or remove the family.",
    '[keywords]\npause = ["truce"]\nstop = ["Truce"]': "[keywords] stop: 'Truce' is a keyword of pause already; remove it from one of the two.",
    '[keywords]\npause = ["truce"]\n[wider_keywords]\npause = ["truce"]': "[wider_keywords] pause: 'truce' is a keyword of pause already; remove it from one of the two.",
    '[keywords]\npause = ["…"]': "[keywords] pause: expected words, got '…'; write a word or phrase, or remove it.",
    '[labels]\nun_side = ""': '[labels] un_side: expected how it is written, as in un_side = "Un side".',
    '[sides]\nun = ["Annan"]': '[sides] un: expected speakers with their names; write [sides.un] and below it "Speaker" = ["name", "other name"].',
    "[sides.article]\nGazette = []": "[sides.article]: tables say 'article' where no side is known; give the side another name.",
    '[sides.un]\nAnnan = "Kofi"': '[sides.un] Annan: expected a list of texts; write it as ["one", "another"].',
    '[sides.un]\nAnnan = ["Kofi", 3]': '[sides.un] Annan: expected a list of texts; write it as ["one", "another"].',
    '[sides.un]\nAnnan = ["Kofi"]\n[sides.us]\nAnnan = []': "[sides.us] Annan: stands on un already; remove it from one of the two.",
}


@pytest.mark.parametrize("written", MISTAKES)
def test_a_mistake_is_told_in_a_whole_sentence(written):
    with pytest.raises(StudyError) as error:
        check_settings(tomllib.loads(written), "study.toml")
    assert str(error.value) == f"study.toml: {MISTAKES[written]}"


def of(folder, name, data):
    """A file in a folder, of text or bytes."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def beside(folder, **tables):
    """A study of two texts, with tables beside it."""
    for name, text in {"a.txt": "Boats sail.", "b.txt": "Ada Lund said no."}.items():
        of(folder, f"texts/{name}", text)
    for name, table in tables.items():
        of(folder, f"{name}.csv", table)
    return load_study(of(folder, "study.toml", '[articles]\nfiles = "texts/*.txt"\n'))


def coded(folder, row):
    """The attributions of a coding of one row."""
    head = "article_id,source,cue,content,kind,speaker,side,via,named,nested"
    of(folder, "codings/ada/attributions.csv", f"{head}\n{row}\n")
    return codings.read_attributions(beside(folder), "ada")


IN_HAND = study_from_table(pd.DataFrame({"text": ["Boats sail."]}))
OTHERS = {
    "another ending": (lambda folder: export.write(pd.DataFrame({"a": [1]}), folder / "a.ods"), "a.ods: expected a name that ends in .csv or .xlsx; rename it."),
    "a coding of a table in hand": (
        lambda folder: codings.read_mentions(IN_HAND, "ada"),
        "codings/ada/mentions.csv: a study made from a table in hand has no folder with codings; load it from one.",
    ),
    "sheets of a table in hand": (
        lambda folder: sheets.write_sheets(IN_HAND, "ada"),
        "coding sheets: a study made from a table in hand has no folder to put them in; save it first.",
    ),
    "a coder without a name": (
        lambda folder: sheets.write_sheets(beside(folder), ".."),
        "coding sheets: '..' is no name for a folder; use letters, digits and hyphens.",
    ),
    "a coder named by a path": (
        lambda folder: sheets.write_sheets(beside(folder), "a/b"),
        "coding sheets: 'a/b' is no name for a folder; use letters, digits and hyphens.",
    ),
    "corrections without a column": (
        lambda folder: beside(folder, corrections="row,colum,value\n").attributions,
        "corrections.csv: expected a column 'column'; did you mean 'colum'? Known are 'colum', 'row', 'value'.",
    ),
    "a page without an article": (
        lambda folder: gather.read_file(of(folder, "a.html", "<p>Menu</p>"), "a.html"),
        "a.html: expected an export or a page with an article, none was found in it; save the page again once all of it shows, or copy the article into a .txt file.",
    ),
    "a page without a word": (
        lambda folder: gather.read_file(of(folder, "a.html", "<p> </p>"), "a.html"),
        "a.html: expected an article, there is no text in it; download or save it again.",
    ),
    "RTF of empty lines": (
        lambda folder: gather.read_file(of(folder, "a.rtf", "{\\rtf1 \\par\\par}"), "a.rtf"),
        "a.rtf: expected an article, there is no text in it; download or save it again.",
    ),
    "RTF that breaks off": (
        lambda folder: containers.open_file(of(folder, "a.rtf", "{\\rtf1 \\u-99999999 ?}"), "a.rtf"),
        "a.rtf: expected RTF (ValueError); download or save it again.",
    ),
    "a workbook of nothing": (
        lambda folder: workbook(folder, []),
        "a.xlsx: expected a header row and at least one more, the file is empty; save it again.",
    ),
    "a workbook with a name twice": (
        lambda folder: workbook(folder, [["text", "text"], ["a", "b"]]),
        "a.xlsx: two columns are named 'text'; expected each name once: rename one of them.",
    ),
    "a coding that says nothing of a row": (
        lambda folder: coded(folder, "a,,,,direct,,,,,"),
        "codings/ada/attributions.csv: line 2: expected a source, a cue or a content, there is none; remove the row.",
    ),
    "a coding with spans that are none": (
        lambda folder: coded(folder, "b,0:8,9-13,14:16,indirect,,,,,"),
        "codings/ada/attributions.csv: line 2: cue: expected spans such as 12:20;31:40, each ending after it starts, got '9-13'.",
    ),
}  # fmt: skip


def workbook(folder, rows):
    path = folder / "a.xlsx"
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    return reading.read_workbook(path, "a.xlsx")


@pytest.mark.parametrize("mistake", OTHERS)
def test_a_mistake_in_a_file_is_told_in_a_whole_sentence(mistake, tmp_path):
    make, expected = OTHERS[mistake]
    with pytest.raises(StudyError) as error:
        make(tmp_path)
    assert str(error.value).replace(f"{tmp_path}/", "") == expected


def test_functions_that_are_given_something_else_name_themselves_and_show_how():
    told = 0
    for path in sorted((Path(__file__).parents[1] / "lib" / "parley").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for call in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("check_study", "check_table"):
                    _, name, *shown = [ast.literal_eval(given) for given in [ast.Constant(""), *call.args[1:]]]
                    assert name == function.name
                    assert all(one.startswith(f"{name}(") and one.count("(") == one.count(")") for one in shown)
                    told += 1
    assert told > 40
