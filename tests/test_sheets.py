"""Coding sheets: blank for a coder, and read like any coding once they are filled in."""

import shutil

import cells
import numpy as np
import pandas as pd
import pytest

from parley import StudyError, codings, load_study
from parley.codings import check, sheets
from parley.estimates import estimates
from parley.findings import findings
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
    written = ["codings/ada/index.html", "codings/ada/mentions.csv", "codings/ada/attributions.csv", "codings/guide.md"]
    assert sheets.write_sheets(copied, "ada") == written
    sentences, counted = copied.sentences, copied.mentions.query("counted")
    prose = sentences["counted"] & sentences["kind"].isin(["headline", "standfirst", "caption", "body"])
    folder = copied.folder / "codings" / "ada"
    attributed, named = (pd.read_csv(folder / f"{name}.csv") for name in ("attributions", "mentions"))
    assert set(zip(attributed["article_id"], attributed["sentence_start"], strict=True)) == set(
        zip(sentences["article_id"][prose], sentences["start"][prose], strict=True)
    )
    assert set(zip(named["article_id"], named["start"], strict=True)) == set(
        zip(counted["article_id"], counted["start"], strict=True)
    )
    for sheet in (attributed, named):
        assert sheet["order"].tolist() == list(range(1, len(sheet) + 1))


def test_the_places_in_a_sheet_give_its_keyword_and_its_sentence(copied):
    sheets.write_sheets(copied, "ada")
    texts = copied.articles.set_index("article_id")["text"]
    folder = copied.folder / "codings" / "ada"
    named, attributed = (pd.read_csv(folder / f"{name}.csv") for name in ("mentions", "attributions"))
    assert len(named) > 10 and len(attributed) > 50
    assert [texts[row.article_id][row.start : row.end] for row in named.itertuples()] == named["keyword"].tolist()
    said = [texts[row.article_id][row.sentence_start : row.sentence_end] for row in attributed.itertuples()]
    assert said == attributed["sentence"].tolist()


def test_sheets_tell_nothing_of_what_the_rules_read(copied):
    sheets.write_sheets(copied, "ada")
    asked = {
        "mentions": "order check article_id start end keyword family sentence polarity holder side others note saw",
        "attributions": "order check article_id sentence_start sentence_end sentence coded source cue content kind"
        " speaker side named nested via note saw",
    }
    for name, columns in asked.items():
        sheet = pd.read_csv(copied.folder / "codings" / "ada" / f"{name}.csv", dtype=str, keep_default_na=False)
        assert [*sheet] == columns.split() and len(sheet)
        assert (sheet.loc[:, "sentence":].drop(columns="sentence") == "").all(axis=None)


def test_any_beginning_of_a_sheet_is_spread_over_groups_and_readings(copied):
    """Of each stratum a beginning has its share, up or down to a row."""
    rows, named = sheets.attribution_sheet(copied), sheets.mention_sheet(copied)
    read = sheets.attributions_read(copied, rows)
    assert read.sum() == copied.as_read().attributions["counted"].sum()
    labels = copied.mentions.set_index(["article_id", "start"])["polarity"]
    polarity = labels.reindex(pd.MultiIndex.from_frame(named[["article_id", "start"]])).to_numpy()
    for sheet, strata in ((rows, [read.clip(upper=2)]), (named, [named["family"], pd.Series(polarity)])):
        strata = [sheet["article_id"].map(copied.groups), *strata]
        for size in (10, 20, 30):
            for _, part in sheet.groupby(strata):
                share = size * len(part) / len(sheet)
                assert share - 1 <= (part.index < size).sum() <= share + 1


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
    pairs = beside_coding(study)
    missed = pairs.query("disagreement == 'missed'")
    assert (len(missed), len(missed.query("coding.str.contains('a bridge')"))) == (
        (1, 1) if row[1] is NO_CUE else (0, 0)
    )
    scores = codings.score_attributions(study, study.attributions, codings.read_attributions(study, "ada"))
    assert scores["articles"] == 1
    # What the rules found in sentences that nobody coded is not held against them.
    assert scores["precision"] == 1 or (scores["found"] == 0 and np.isnan(scores["precision"]))
    assert len(pairs) == 1
    _, shown = cells.run("05-validity", study.folder / "study.toml", without=("in_short",))
    assert "Codings against each other: none." in shown
    told = findings(study).set_index("finding_id")["sentence"]
    assert "coding" in told["extractor-agreement"]
    # One sentence coded out of its turn is no sample: the finding is still what rules read.
    assert "nobody checked" in told["sourcing-paraphrase"]


def test_a_study_coded_whole_is_known_exactly(small):
    """A sentence that was read and holds nothing is coded; when all are, findings are what the coding has."""
    nothing = {"coded": "yes", "kind": ""}
    rows = [("Ferry plan dead", nothing), ("The mayor", SPOKEN), ("The hopes", nothing), ("This is", nothing)]
    study = coded_by_ada(small, *rows[:-1])
    scores = codings.score_attributions(study, study.attributions, codings.read_attributions(study, "ada"))
    assert (scores["articles"], scores["coded"]) == (1, 1)
    assert (0, len("Ferry plan dead")) in codings.read_attributions(study, "ada").attrs["sentences"]["a"]
    kinds = estimates(study).query("about == 'kind' and group == 'all' and question == 'these articles'")
    assert len(kinds) and (kinds["coded"] < kinds["of"]).all()
    shutil.rmtree(small / "codings")
    study = coded_by_ada(small, *rows).of_articles(["a"])
    kinds = estimates(study).query("about == 'kind' and group == 'all' and question == 'these articles'")
    assert kinds["of"].max() == kinds["coded"].max() == len(study.sentences.query("counted"))
    assert kinds.set_index("label").loc["indirect", ["share", "low", "high"]].tolist() == [1, 1, 1]


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
    with pytest.raises(SystemExit, match="make coding CODER=ada"):
        sheets.main()
    monkeypatch.setattr("sys.argv", ["sheets", "bo"])
    sheets.main()
    said = capsys.readouterr().out
    for name in ("bo/index.html", "bo/attributions.csv", "bo/mentions.csv", "guide.md"):
        assert f"{small.name}/codings/{name}" in said and (small / "codings" / name).is_file()
    assert "any beginning of the order is a random sample" in (small / "codings" / "guide.md").read_text("utf-8")


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


# What becomes of a sheet in other hands: sorted, saved by other programs, numbered anew, changed.

POLITE = {
    "a": "-Boats sail, and the ferry runs.\n\nLund backed the ferry. The ferry “sank”, he said.",
    "b": "They fear a ferry; the union says: no ferry.",
}


@pytest.fixture
def ferries(tmp_path):
    """A study of two articles with mentions of a ferry, and blank sheets by ada."""
    (tmp_path / "texts").mkdir()
    for name, text in POLITE.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    toml = '[articles]\nfiles = "texts/*.txt"\n[keywords]\nferry = ["ferry"]\n'
    (tmp_path / "study.toml").write_text(toml, encoding="utf-8")
    sheets.write_sheets(load_study(tmp_path), "ada")
    return tmp_path


def opened(folder, name="mentions"):
    return pd.read_csv(folder / "codings" / "ada" / f"{name}.csv", dtype=str, keep_default_na=False)


def saved(folder, sheet, name="mentions.csv", **how):
    sheet.to_csv(folder / "codings" / "ada" / name, index=False, **how)
    return load_study(folder)


def labelled(folder):
    """The sheet of mentions with a label for each row, by its place."""
    sheet = opened(folder)
    labels = ["for", "Against", "neutral", "can’t tell"]
    sheet["polarity"] = [labels[i % 4] for i in range(len(sheet))]
    return sheet.assign(holder="'=Lund", side="council")


@pytest.fixture
def plain(ferries):
    """The coding as it is read from a sheet that nobody changed but to fill it in."""
    return codings.read_mentions(saved(ferries, labelled(ferries)), "ada")


def test_a_label_of_its_own_for_what_nobody_can_tell(plain):
    assert len(plain) == 5 and plain["polarity"].tolist() == ["for", "against", "neutral", "can't tell", "for"]
    assert plain["holder"].tolist() == ["=Lund"] * 5


@pytest.mark.parametrize(
    "how",
    [
        {"sep": ";"},
        {"sep": "\t"},
        {"encoding": "utf-8-sig"},
        {"encoding": "cp1252"},
        {"encoding": "utf-16"},
        {"lineterminator": "\r\n"},
        {"quoting": 1},
    ],
    ids=str,
)
def test_sheets_as_spreadsheets_save_them_read_the_same(ferries, plain, how):
    again = codings.read_mentions(saved(ferries, labelled(ferries), **how), "ada")
    pd.testing.assert_frame_equal(again, plain)


def test_a_sorted_sheet_reads_the_same(ferries, plain):
    sheet = labelled(ferries)
    sheet = sheet.sort_values(["polarity", "article_id"], ascending=False)
    again = codings.read_mentions(saved(ferries, sheet), "ada")
    assert codings.order_of(codings.read_sheet(load_study(ferries), "ada", "mentions")).all()
    pd.testing.assert_frame_equal(again.sort_values("order", ignore_index=True), plain)


def test_a_workbook_in_place_of_a_sheet_reads_the_same(ferries, plain):
    """As a spreadsheet has it: numbers are numbers; the blank sheet may still lie beside it."""
    sheet = labelled(ferries).astype({"order": int, "start": int, "end": int})
    saved(ferries, opened(ferries).assign(polarity=""))
    sheet.to_excel(ferries / "codings" / "ada" / "mentions.xlsx", index=False)
    study = load_study(ferries)
    pd.testing.assert_frame_equal(codings.read_mentions(study, "ada"), plain)
    assert codings.names(study) == codings.names(study, "mentions") == ["ada"] != codings.names(study, "attributions")
    (ferries / "codings" / "ada" / "mentions.csv").unlink()
    pd.testing.assert_frame_equal(codings.read_mentions(load_study(ferries), "ada"), plain)
    sheet.loc[2, "polarity"] = "pro"
    sheet.to_excel(ferries / "codings" / "ada" / "mentions.xlsx", index=False)
    with pytest.raises(StudyError, match=r"ada/mentions\.xlsx: line 4: polarity: expected for, against, .* got 'pro'"):
        codings.read_mentions(load_study(ferries), "ada")


def test_two_filled_files_for_one_coding_stop(ferries):
    saved(ferries, labelled(ferries))
    labelled(ferries).to_excel(ferries / "codings" / "ada" / "mentions.xlsx", index=False)
    message = r"codings/ada/mentions\.csv and codings/ada/mentions\.xlsx: expected one of them to be filled in"
    with pytest.raises(StudyError, match=message):
        codings.read_mentions(load_study(ferries), "ada")


@pytest.mark.parametrize("content", [b"not a workbook", b""])
def test_a_workbook_that_is_none_stops(ferries, content):
    (ferries / "codings" / "ada" / "mentions.xlsx").write_bytes(content)
    with pytest.raises(StudyError, match=r"ada/mentions\.xlsx: expected an Excel workbook .*; save it again"):
        codings.names(load_study(ferries))


def test_a_sheet_without_its_order_is_read_and_said_to_be_no_sample(ferries, plain):
    sheet = labelled(ferries)
    sheet["order"] = [str(len(sheet) - int(number) + 1) for number in sheet["order"]]
    study = saved(ferries, sheet)
    kept = codings.order_of(codings.read_sheet(study, "ada", "mentions"))
    assert kept.tolist() == [False, False, True, False, False]
    with pytest.warns(UserWarning, match=r"ada/mentions\.csv: 4 rows do not have the number .* \(first line 2\)"):
        again = codings.read_mentions(study, "ada")
    labels = ["article_id", "start", "polarity", "holder"]
    pd.testing.assert_frame_equal(again[labels], plain[labels])
    assert not codings.order_of(sheet.drop(columns="check")).any()


def test_columns_sorted_without_the_others_stop(ferries):
    sheet = labelled(ferries)
    places = ["article_id", "start", "end"]
    sheet[places] = sheet.sort_values(places)[places].to_numpy()
    with pytest.raises(StudyError, match="were some of the columns sorted without the others"):
        codings.read_mentions(saved(ferries, sheet), "ada")


def test_a_mention_coded_twice_stops_unless_both_say_the_same(ferries, plain):
    sheet = labelled(ferries)
    pd.testing.assert_frame_equal(
        codings.read_mentions(saved(ferries, pd.concat([sheet, sheet[:1], sheet[1:2].assign(polarity="")])), "ada"),
        plain,
    )
    with pytest.raises(StudyError, match="line 7: the same mention stands above with other labels"):
        codings.read_mentions(saved(ferries, pd.concat([sheet, sheet[:1].assign(polarity="neutral")])), "ada")


def test_cells_that_a_spreadsheet_would_run_are_plain_in_the_sheet_and_read_back_as_they_were(ferries):
    raw = (ferries / "codings" / "ada" / "attributions.csv").read_text("utf-8-sig")
    assert "'-Boats sail" in raw and ",-Boats" not in raw
    sheet = opened(ferries, "attributions")
    row = sheet.index[sheet["sentence"].str.contains("-Boats")][0]
    sheet.loc[row, ["coded", "cue", "content", "note"]] = ["yes", "sail", "'-Boats", "'=1+1"]
    coded = codings.read_attributions(saved(ferries, sheet, "attributions.csv"), "ada").iloc[0]
    assert (coded["content_text"], coded["note"]) == ("-Boats", "=1+1")


def test_the_second_of_the_same_words_is_named_by_its_number(ferries):
    sheet = opened(ferries, "attributions")
    row = sheet.index[sheet["sentence"].str.startswith("They fear")][0]
    sheet.loc[row, ["coded", "cue", "content"]] = ["yes", "says", "no ferry"]
    sheet = pd.concat([sheet, sheet.loc[[row]].assign(content="ferry (2)")], ignore_index=True)
    found = codings.read_attributions(saved(ferries, sheet, "attributions.csv"), "ada")
    second = POLITE["b"].rindex("ferry")
    assert found["content"].iloc[1] == [(second, second + 5)]
    # After "no" there is one ferry only.
    sheet.loc[row, "content"] = "no … ferry (3)"
    with pytest.raises(StudyError, match=r"content: 'ferry \(3\)' does not stand in the text"):
        codings.read_attributions(saved(ferries, sheet, "attributions.csv"), "ada")


def test_a_row_copied_and_left_as_it_was_says_nothing_twice(ferries):
    sheet = opened(ferries, "attributions")
    row = sheet.index[sheet["sentence"].str.startswith("They fear")][0]
    sheet.loc[row, ["cue", "content"]] = ["fear", "a ferry"]
    other = sheet.loc[[row]].assign(cue="says", content="no ferry")
    sheet = pd.concat([sheet, sheet.loc[[row]], other], ignore_index=True)
    study = saved(ferries, sheet, "attributions.csv")
    assert codings.read_attributions(study, "ada")["cue_text"].tolist() == ["fear", "says"]
    assert codings.names(study) == ["ada"] == codings.names(study, "attributions")


def test_only_yes_says_that_a_sentence_was_read(ferries):
    sheet = opened(ferries, "attributions")
    with pytest.raises(StudyError, match=r"line 2: coded: expected yes or nothing, got 'perhaps'\."):
        codings.read_attributions(saved(ferries, sheet.assign(coded="perhaps"), "attributions.csv"), "ada")
    read = codings.read_attributions(saved(ferries, sheet.assign(coded="Yes"), "attributions.csv"), "ada")
    assert len(read) == 0 and sum(map(len, read.attrs["sentences"].values())) == len(sheet)
    assert codings.names(load_study(ferries)) == ["ada"] and codings.names(load_study(ferries), "attributions") == []
    assert not check.faults(load_study(ferries))["fault"].str.contains("nothing is coded yet").any()


def test_a_sample_of_mentions_is_compared_in_its_own_rows(ferries):
    sheet = labelled(ferries)
    sheet.loc[2:, "polarity"] = ""
    study = saved(ferries, sheet)
    scores = codings.score_mentions(study.mentions, codings.read_mentions(study, "ada"))
    assert (scores["found"], scores["coded"], scores["paired"]) == (2, 2, 2)
    assert len(mentions_beside_coding(study)) == 2


def test_a_folder_may_hold_one_of_the_two_files(ferries):
    saved(ferries, labelled(ferries))
    (ferries / "codings" / "ada" / "attributions.csv").unlink()
    study = load_study(ferries)
    assert codings.names(study) == ["ada"] and codings.read_attributions(study, "ada").empty
    with pytest.raises(StudyError, match=r"codings/bo: there is no such folder; known are 'ada'\."):
        codings.read_mentions(study, "bo")
