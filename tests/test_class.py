"""A class codes a study: dealing, sheets, what the check says of them, and what an adjudicator gets."""

import os
import shutil
from contextlib import nullcontext
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import StudyError, codings, load_study
from parley.codings import adjudicate, beside, check, classes, reliability
from parley.estimates import estimates

STUDENTS = ["ada", "bo", "cem", "dora", "eli", "fay", "gus"]


def shared(dealt):
    """How many articles every two students share."""
    return dealt.groupby("article_id")["student"].agg(lambda two: tuple(sorted(two))).value_counts()


def test_seven_students_and_eleven_articles():
    lengths = pd.Series([40, 35, 30, 28, 25, 20, 18, 15, 12, 10, 8], [f"a{n}" for n in range(11)])
    dealt = classes.deal(lengths, STUDENTS)
    assert (dealt["article_id"].value_counts() == 2).all() and dealt["article_id"].nunique() == 11
    assert not dealt.duplicated().any() and set(dealt["student"]) == {*STUDENTS}
    assert shared(dealt).max() == 1  # 21 pairs, 11 articles: no two share two while others share none
    loads = dealt.groupby("student")["rows"].sum()
    assert loads.max() - loads.min() <= lengths.median() and loads.sum() == 2 * lengths.sum()


sizes = st.lists(st.integers(1, 200), min_size=1, max_size=40)


@given(sizes, st.integers(2, 8))
def test_everybody_reads_and_every_article_is_read_twice(lengths, students):
    lengths = pd.Series(lengths, [f"a{n}" for n in range(len(lengths))])
    if students > 2 * len(lengths):
        with pytest.raises(StudyError, match=f"too few for {students} students; name at most {2 * len(lengths)}"):
            classes.deal(lengths, STUDENTS[:students] + ["hal"] * (students - 7))
        return
    names = [*STUDENTS, "hal"][:students]
    dealt = classes.deal(lengths, names)
    assert (dealt.groupby("article_id")["student"].nunique() == 2).all() and len(dealt) == 2 * len(lengths)
    assert set(dealt["student"]) == {*names}
    pairs = len(list(combinations(names, 2)))
    times = shared(dealt)
    if len(lengths) >= pairs + students:
        assert len(times) == pairs
    loads = dealt.groupby("student")["rows"].sum()
    assert loads.max() - loads.min() <= 2 * lengths.max()
    pd.testing.assert_frame_equal(dealt, classes.deal(lengths, names))


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Ada Lund", "ada-lund"), ("  Bo  ", "bo"), ("Łukasz Ö.", "łukasz-ö"), ("../../etc", "etc"), ("a/b\\c:d", "a-b-c-d"),
     ("王芳", "王芳"), ("=cmd()", "cmd"), ("O'Neil", "o-neil")],
)  # fmt: skip
def test_names_become_folders_that_any_system_takes(name, folder):
    assert classes.folder_name(name) == folder


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("Ada\nBo\nada \n", "line 3: 'ada' and 'Ada' would share the folder codings/ada"),
        ("Ada\nA.D.A.\nADA\n", "line 3: 'ADA' and 'Ada' would share"),
        ("Ada\n\n...\n", "line 3: '...' is no name for a folder"),
        ("Ada\nAdjudicated\n", "line 2: 'Adjudicated' is no name for a folder"),
        ("Ada\nCON\n", "line 2: 'CON' is no name for a folder"),
        (f"Ada\n{'x' * 70}\n", "line 2: 'xxx"),
        ("Ada\n", "expected two students or more, one name a line, got one"),
        ("", "expected two students or more, one name a line, got no"),
    ],
)
def test_odd_and_double_names_stop(tmp_path, names, message):
    path = tmp_path / "names.txt"
    path.write_text(names, encoding="utf-8")
    with pytest.raises(StudyError) as stopped:
        classes.read_students(path)
    assert message in str(stopped.value) and str(path) in str(stopped.value)


def test_names_are_read_as_windows_saves_them(tmp_path):
    path = tmp_path / "names.txt"
    path.write_bytes("Ada Lund\r\n\r\nBö\r\n".encode("utf-8-sig"))
    assert classes.read_students(path) == {"ada-lund": "Ada Lund", "bö": "Bö"}
    with pytest.raises(StudyError, match=r"nobody\.txt: there is no such file"):
        classes.read_students(tmp_path / "nobody.txt")


# --- a class on a study


@pytest.fixture(scope="module")
def whole_town(tmp_path_factory):
    """The folder of a study of eleven articles of several lengths, which have been read."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "texts").mkdir()
    for n in range(11):
        own = " ".join(f"q{letter}{chr(97 + n)}z" for letter in "abcdefgh")
        lines = [f"The mayor backs the ferry {own}.", f"“We fear it,” the union said of the ferry {own}."]
        lines += [f"Boats number {chr(97 + extra)}{chr(97 + n)} sail {own}." for extra in range(n % 4)]
        (folder / "texts" / f"a{n:02}.txt").write_text(" ".join(lines), encoding="utf-8")
    settings = (
        '[articles]\nfiles = "texts/*.txt"\n[keywords]\nferry = ["ferry"]\n[sides.town]\n"Ada Lund" = ["the mayor"]\n'
    )
    (folder / "study.toml").write_text(settings + '[sides.labour]\n"union" = ["the union"]\n', encoding="utf-8")
    len(load_study(folder).mentions)
    return folder


@pytest.fixture(scope="module")
def whole_class(whole_town, tmp_path_factory):
    """The same town in a folder of its own, dealt to a class, and who has what."""
    folder = tmp_path_factory.mktemp("class") / "town"
    shutil.copytree(whole_town, folder)
    return folder, classes.write_class(load_study(folder), {name: name.title() for name in STUDENTS})


@pytest.fixture
def town(request, tmp_path):
    """A copy of the town, dealt to a class where the test asks for that."""
    dealt = "dealt" in request.fixturenames
    folder = request.getfixturevalue("whole_class")[0] if dealt else request.getfixturevalue("whole_town")
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return load_study(tmp_path)


@pytest.fixture
def dealt(town, whole_class):
    return whole_class[1].copy()


def sheet(town, student, what):
    return pd.read_csv(town.folder / "codings" / student / f"{what}.csv", dtype=str, keep_default_na=False)


def save(town, student, what, table, how="csv"):
    path = town.folder / "codings" / student / f"{what}.csv"
    if how == "xlsx":
        path.unlink()
        table.to_excel(path.with_suffix(".xlsx"), index=False)
    else:
        table.to_csv(path, index=False, sep=";" if how == "semicolons" else ",")


def coded(table, what):
    """A sheet, filled in as anybody would."""
    if what == "mentions":
        mayor = table["sentence"].str.startswith("The mayor")
        labels = {True: ("for", "Ada Lund", "town"), False: ("against", "union", "labour")}
        return table.assign(
            **{name: [labels[one][i] for one in mayor] for i, name in enumerate(("polarity", "holder", "side"))}
        )
    table = table.assign(coded="yes")
    said = table["sentence"].str.startswith("“We")
    row = {
        "source": "the union",
        "cue": "said",
        "content": "“We fear it,”",
        "kind": "direct",
        "speaker": "union",
        "side": "labour",
    }
    for name, cell in row.items():
        table.loc[said, name] = cell
    return table


def fill_in(town, hows):
    """Everybody's sheets filled in, and saved in one way or another; nobody's who is not named."""
    for student, how in hows.items():
        for what in ("mentions", "attributions"):
            table = coded(sheet(town, student, what), what)
            table = table.sort_values(["article_id", "sentence"]) if how == "sorted" else table
            save(town, student, what, table, how)


def test_sheets_of_a_class_are_parts_of_the_whole_order(town, dealt):
    parts = [sheet(town, student, "mentions") for student in STUDENTS]
    for student, part in zip(STUDENTS, parts, strict=True):
        assert set(part["article_id"]) == set(dealt.loc[dealt["student"] == student, "article_id"])
        assert part["order"].astype(int).is_monotonic_increasing and codings.order_of(part).all()
        assert (part["polarity"] == "").all()
    numbers = pd.concat(parts)["order"].astype(int).value_counts()
    assert set(numbers.index) == set(range(1, 23)) and (numbers == 2).all()
    assert (town.folder / "codings" / "guide.md").is_file()


def test_a_second_class_overwrites_nobody(town, dealt):
    before = {path: path.read_bytes() for path in town.folder.glob("codings/*/*")}
    with pytest.raises(StudyError, match="codings/ada: is there already"):
        classes.write_class(town, {"zoe": "Zoe", "ada": "Ada"})
    assert {path: path.read_bytes() for path in town.folder.glob("codings/*/*")} == before


def test_a_class_is_compared_whatever_its_spreadsheets_do(town, dealt):
    hows = {"ada": "csv", "bo": "xlsx", "cem": "semicolons", "dora": "sorted", "eli": "csv", "fay": "xlsx"}
    fill_in(town, hows)  # gus leaves everything empty
    study = load_study(town.folder)
    assert set(beside.coders(study)) == {*hows}
    told = beside.given(study)
    table = reliability.agreement(told).set_index(["about", "label", "value"])
    both = dealt[dealt["student"] != "gus"].groupby("article_id").size()
    assert table.loc[("mention", "polarity", "all"), "units"] == 2 * (both == 2).sum()
    assert (table[["alike", "ac1", "f1"]].stack().dropna() == 1).all()
    assert beside.differing(told).empty
    found = check.faults(study)
    assert not found["stops"].any() and set(found["coder"]) == {"gus"}
    assert found["fault"].tolist() == ["nothing is coded yet; if that is meant, remove the folder"]


# --- every fault at once


def change(town, student, what, edit):
    """A filled-in sheet of one student, changed by `edit`, which may give another table."""
    table = coded(sheet(town, student, what), what)
    save(town, student, what, table if (edited := edit(table)) is None else edited)


def cell(column, value, row=0):
    return lambda table: table.__setitem__(column, table[column].where(table.index != row, value))


MENTION_FAULTS = [
    (cell("polarity", "fro"), "polarity", "expected a polarity, got 'fro'; did you mean 'for'?", True),
    (cell("polarity", "positive"), "polarity", "expected a polarity, got 'positive'; known are", True),
    (cell("side", "labor"), "side", "expected a side of the study, got 'labor'; did you mean 'labour'?", False),
    (cell("article_id", "b07"), "article_id", "no article is called 'b07'; did you mean", True),
    (cell("start", "soon"), "start", "expected a number as the sheet came with, got 'soon'", True),
    (cell("keyword", "boat"), "keyword", "at its offsets stands 'ferry', the sheet has 'boat'", True),
    (cell("sentence", "Another sentence."), "sentence", "'Another sentence.' does not stand at the offsets", True),
    (lambda table: table.drop(columns="holder"), "holder", "expected this column; ", True),
    (lambda table: table.rename(columns={"polarity": "Polarity"}), "polarity", "did you mean 'Polarity'?", True),
    (lambda table: table.assign(order=range(1, len(table) + 1)), "order", "without the number and place", False),
    (lambda table: table.drop(columns="order"), "order", "without which it is no random sample", False),
    (cell("polarity", ""), "polarity", "empty, though a holder or side is given", False),
    (
        lambda table: pd.concat([table, table[:1].assign(polarity="neutral")]),
        "polarity",
        "'neutral', but above the same row has ",
        True,
    ),
]


@pytest.mark.parametrize(("edit", "column", "fault", "stops"), MENTION_FAULTS)
def test_a_fault_of_a_mention_is_named_and_whether_it_stops(town, dealt, edit, column, fault, stops):
    change(town, "ada", "mentions", edit)
    study = load_study(town.folder)
    found = check.faults(study).query("coder == 'ada'")
    assert len(found) == 1, found["fault"].tolist()
    row = found.iloc[0]
    assert (row["file"], row["column"], row["stops"]) == ("codings/ada/mentions.csv", column, stops)
    assert fault in row["fault"]
    if stops:
        with pytest.raises(StudyError):
            codings.read_mentions(study, "ada")
    else:
        with pytest.warns(UserWarning, match="no random sample") if "number and place" in fault else nullcontext():
            codings.read_mentions(load_study(town.folder), "ada")


def spoken(column, value):
    """Change a cell of the first row in which something is said."""
    return lambda table: cell(column, value, table.index[table["cue"] == "said"][0])(table)


ATTRIBUTION_FAULTS = [
    (spoken("source", "the unions"), "source", "'the unions' does not stand in the text from this sentence on", True),
    (spoken("content", "We fear … nothing"), "content", "'nothing' does not stand in the text", True),
    (spoken("kind", "quoted"), "kind", "expected a kind, got 'quoted'", True),
    (spoken("named", "perhaps"), "named", "expected yes or no, got 'perhaps'", True),
    (spoken("side", "twon"), "side", "expected a side of the study, got 'twon'; did you mean 'town'?", False),
    (spoken("sentence_start", ""), "sentence_start", "expected a number as the sheet came with, got ''", True),
    (spoken("sentence_end", ""), "sentence_end", "expected a number as the sheet came with, got ''", True),
    (cell("coded", "done"), "coded", "expected yes or no, got 'done'", True),
    (
        lambda table: [spoken(role, "")(table) for role in ("source", "content", "cue")] and None,
        "source",
        "source, cue and content are empty, though labels are given",
        False,
    ),
    (
        lambda table: pd.concat([table, table[table["cue"] == "said"][:1].assign(speaker="nobody")]),
        "speaker",
        "'nobody', but above the same row has 'union'",
        False,
    ),
]


@pytest.mark.parametrize(("edit", "column", "fault", "stops"), ATTRIBUTION_FAULTS)
def test_a_fault_of_an_attribution_is_named_and_whether_it_stops(town, dealt, edit, column, fault, stops):
    change(town, "ada", "attributions", edit)
    study = load_study(town.folder)
    found = check.faults(study).query("coder == 'ada'")
    assert set(found["column"]) == {column} and found["fault"].str.contains(fault, regex=False).all()
    assert set(found["stops"]) == {stops} and set(found["file"]) == {"codings/ada/attributions.csv"}
    if stops:
        with pytest.raises(StudyError):
            codings.read_attributions(study, "ada")
    else:
        codings.read_attributions(study, "ada")


def test_every_fault_of_every_sheet_at_once_with_its_line(town, dealt, monkeypatch, capsys):
    fill_in(town, {"ada": "csv", "bo": "xlsx", "cem": "semicolons"})
    table = coded(sheet(town, "ada", "mentions"), "mentions")
    table.loc[0, ["polarity", "side"]] = "fro", "labor"
    table.loc[2, "polarity"] = "?"
    save(town, "ada", "mentions", table)
    bo = pd.read_excel(town.folder / "codings/bo/mentions.xlsx", dtype=str, keep_default_na=False)
    bo.loc[1, "polarity"] = "yes"
    bo.to_excel(town.folder / "codings/bo/mentions.xlsx", index=False)
    (town.folder / "codings/cem/mentions (1).csv").write_text("order\n", encoding="utf-8")
    monkeypatch.setenv("PARLEY_STUDY", str(town.folder))
    assert check.main() == 1
    lines = capsys.readouterr().out.splitlines()
    beginnings = [
        "ada/mentions.csv: line 2: side: ",
        "ada/mentions.csv: line 2: polarity: ",
        "ada/mentions.csv: line 4: polarity: ",
    ]
    beginnings += ["bo/mentions.xlsx: line 3: polarity: ", "cem/mentions (1).csv: this file is not read"]
    beginnings += [f"{student}: nothing is coded yet" for student in ("dora", "eli", "fay", "gus")]
    assert len(lines) == len(beginnings) + 1
    for line, beginning in zip(lines, beginnings, strict=False):
        assert line.startswith(f"codings/{beginning}") and line.endswith(".")
    assert lines[-1] == "Seven codings: nine faults, three of which stop reading."


def test_sheets_that_cannot_be_opened_are_faults_too(town, dealt, monkeypatch, capsys):
    (town.folder / "codings/ada/mentions.csv").write_text('order,check\n1,"never closed\n', encoding="utf-8")
    (town.folder / "codings/bo/mentions.xlsx").write_bytes(b"no workbook")
    found = check.faults(load_study(town.folder))
    assert set(found.loc[found["stops"], "coder"]) == {"ada", "bo"}


def test_codings_without_fault_pass_and_say_so(study, monkeypatch, capsys):
    assert check.faults(study).empty
    monkeypatch.setenv("PARLEY_STUDY", str(study.folder))
    assert check.main() == 0
    assert capsys.readouterr().out == "Three codings: no fault.\n"


def test_whoever_found_nothing_in_what_was_read_has_begun(town, dealt):
    table = sheet(town, "ada", "attributions")
    save(town, "ada", "attributions", table.assign(coded=["yes", *table["coded"][1:]]))
    assert set(check.faults(load_study(town.folder))["coder"]) == {*STUDENTS} - {"ada"}


def test_a_column_sorted_alone_is_told(town, dealt):
    change(town, "ada", "mentions", lambda table: table.assign(sentence=sorted(table["sentence"], reverse=True)))
    found = check.faults(load_study(town.folder)).query("coder == 'ada'")
    assert found["fault"].str.contains("were columns sorted one by one").all() and len(found)


# --- adjudication


def test_rows_alike_are_filled_in_and_rows_that_differ_are_left_empty(town, dealt):
    fill_in(town, dict.fromkeys(STUDENTS, "csv"))
    own = sheet(town, "ada", "mentions")
    own.loc[0, "polarity"], changed = "neutral", own.loc[0, ["article_id", "start"]].tolist()
    own.loc[0, "note"] = "I am not sure."
    save(town, "ada", "mentions", own)
    said = sheet(town, "bo", "attributions")
    row = said.index[said["cue"] == "said"][0]
    said.loc[row, ["speaker", "note"]] = ["the union", "Who else?"]
    save(town, "bo", "attributions", said)
    named, named_open, spoken, spoken_open = adjudicate.write_adjudication(load_study(town.folder))
    assert (named, named_open, spoken_open) == (22, 1, 1) and spoken == sheet(
        town, "adjudicated", "attributions"
    ).shape[0]
    settled = sheet(town, "adjudicated", "mentions")
    left = settled[settled["polarity"] == ""].iloc[0]
    assert left[["article_id", "start"]].tolist() == changed
    readers = {left["coder_1"]: left["polarity_1"], left["coder_2"]: left["polarity_2"]}
    assert readers.pop("ada") == "neutral" and set(readers.values()) < {"for", "against"}
    notes = {left["coder_1"]: left["note_1"], left["coder_2"]: left["note_2"]}
    assert notes.pop("ada") == "I am not sure." and set(notes.values()) == {""}
    assert codings.order_of(settled).all() and (settled.drop(left.name)[["coder_1", "coder_2"]] == "").all(axis=None)
    study = load_study(town.folder)
    # What is not settled is not adjudicated.
    assert len(codings.read_mentions(study, "adjudicated")) == 21 and codings.names(study)[0] == "adjudicated"
    told = codings.read_attributions(study, "adjudicated")
    assert len(told) == 10 and said["article_id"][row] not in set(told["article_id"])
    assert "adjudicated" not in beside.coders(study) and not check.faults(study)["stops"].any()
    # The adjudicator settles both.
    settled.loc[left.name, ["polarity", "holder", "side"]] = settled.loc[
        left.name, ["polarity_1", "holder_1", "side_1"]
    ].tolist()
    save(town, "adjudicated", "mentions", settled)
    spoken = sheet(town, "adjudicated", "attributions")
    left = spoken.index[spoken["coded"] == ""][0]
    assert "Who else?" in spoken.loc[left, ["note_1", "note_2"]].tolist()
    labels = ["source", "cue", "content", "kind", "speaker", "side", "named", "nested"]
    spoken.loc[left, labels] = spoken.loc[left, [f"{label}_2" for label in labels]].tolist()
    spoken.loc[left, "coded"] = "yes"
    save(town, "adjudicated", "attributions", spoken)
    study = load_study(town.folder)
    told = codings.read_attributions(study, "adjudicated")
    assert len(codings.read_mentions(study, "adjudicated")) == 22 and len(told) == 11
    # All that counts is settled now, so that shares are counts.
    shares = estimates(study).query("question == 'these articles'")
    assert {"polarity", "side"} <= set(shares["about"]) and (shares["coded"] == shares["of"]).all()
    assert (shares["low"] == shares["high"]).all()


def test_an_adjudication_is_never_overwritten_and_needs_two(town, dealt):
    with pytest.raises(StudyError, match="expected two codings that share a mention or a sentence, found none"):
        adjudicate.write_adjudication(load_study(town.folder))
    fill_in(town, {"ada": "csv"})
    with pytest.raises(StudyError, match="share a mention or a sentence, found ada"):
        adjudicate.write_adjudication(load_study(town.folder))
    fill_in(town, dict.fromkeys(STUDENTS[1:], "csv"))
    adjudicate.write_adjudication(load_study(town.folder))
    with pytest.raises(StudyError, match="codings/adjudicated: is there already"):
        adjudicate.write_adjudication(load_study(town.folder))


def test_an_adjudicator_is_told_what_is_left_to_settle(town, dealt, monkeypatch, capsys):
    fill_in(town, dict.fromkeys(STUDENTS, "csv"))
    said = sheet(town, "bo", "attributions")
    said.loc[said.index[said["cue"] == "said"][0], "speaker"] = "the union"
    save(town, "bo", "attributions", said)
    monkeypatch.setenv("PARLEY_STUDY", str(town.folder))
    adjudicate.main()
    rows = len(sheet(town, "adjudicated", "attributions"))
    assert capsys.readouterr().out.splitlines() == [
        f"{os.path.relpath(town.folder)}/codings/adjudicated/mentions.csv: 22 rows, none to settle.",
        f"{os.path.relpath(town.folder)}/codings/adjudicated/attributions.csv: {rows} rows, one to settle.",
        "Fill in the empty rows; a sentence is settled by “yes” under coded. What stays empty is not adjudicated.",
    ]
    with pytest.raises(SystemExit, match=r"parley: .*is there already"):
        adjudicate.main()


def test_words_that_stand_twice_in_a_sentence_keep_their_place():
    text = "He said the mayor said no, said he."
    assert adjudicate._copied(text, (18, 22), 0) == "said (2)" and adjudicate._copied(text, (3, 7), 0) == "said"
    roles = {"source": [(32, 34)], "cue": [(18, 22), (27, 31)], "content": [(23, 25)]}
    written = adjudicate._written({"coder": "ada", "found": True, **roles}, text, 0)
    assert written["cue"] == "said (2) … said" and written["source"] == "he"


def test_what_two_readings_of_whole_articles_share_is_settled_as_it_was(tmp_path, study):
    """The two readings beside the five articles: what both have alike is in the adjudicated coding, word for word."""
    shutil.copytree(study.folder, tmp_path / "corpus")
    shutil.rmtree(tmp_path / "corpus" / "codings" / "adjudicated")
    adjudicate.write_adjudication(load_study(tmp_path / "corpus"))
    again = load_study(tmp_path / "corpus")
    settled = codings.read_attributions(study, "adjudicated")
    scores = codings.score_attributions(again, settled, codings.read_attributions(again, "adjudicated"))
    assert scores["recall"] == scores["speaker"] == scores["side"] == scores["named"] == scores["kind"] == 1
    mentions = [codings.read_mentions(one, "adjudicated") for one in (study, again)]
    assert codings.score_mentions(*mentions)["kappa"] == 1 and len(mentions[1]) > 25


# --- the commands


def test_the_commands_say_what_they_did(town, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PARLEY_STUDY", str(town.folder))
    monkeypatch.setattr("sys.argv", ["classes", ""])
    with pytest.raises(SystemExit, match=r"make class STUDENTS=names\.txt"):
        classes.main()
    (tmp_path / "names.txt").write_text("Ada\nBo\nCem\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["classes", str(tmp_path / "names.txt")])
    classes.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "11 articles, each read by two of 3:" and len(lines) == 5
    assert lines[1].startswith("  Ada, ") and "codings/ada: " in lines[1] and " rows: a" in lines[1]
    with pytest.raises(SystemExit, match="codings/ada: is there already"):
        classes.main()
    with pytest.raises(SystemExit, match="expected two codings"):
        adjudicate.main()
    fill_in(town, {"ada": "csv", "bo": "csv", "cem": "csv"})
    adjudicate.main()
    assert "adjudicated/mentions.csv: 22 rows, none to settle." in capsys.readouterr().out
