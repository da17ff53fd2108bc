"""A study in one's hands: it says what it holds, its tables are one's own, and every mistake gets a sentence."""

import ast
import importlib
import inspect
import pkgutil
import shutil
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from matplotlib import pyplot
from matplotlib.figure import Figure

import parley
from parley import (
    StudyError,
    codings,
    contrast,
    estimates,
    export,
    findings,
    load_study,
    reuse,
    show,
    sourcing,
    stance,
    study_from_table,
)
from parley.corpus.codebook import listed
from parley.study import PUBLIC

SIDES = {"town": {"Ada Lund": ["Lund", "the mayor"]}, "port": {"Tom Berg": []}}
FRAME = pd.DataFrame({
    "article_id": ["a", "b", "c", "d"],
    "outlet": ["Gazette", "Ledger", None, "Gazette"],
    "date": ["2012-01-05", "2012-01-06", "2016-03-01", None],
    "year": ["2012", "2012", "2016", "2016"],
    "text": [
        "Ada Lund said: “We want a truce at the old harbour by Monday.”",
        "“We want a truce at the old harbour by Friday,” the mayor, Ada Lund, said.",
        "The truce held. A spokesman said that the strike was over. A cease-fire is not a ceasefire.",
        "Tom Berg opposed a truce. Nobody spoke of violence.",
    ],
})  # fmt: skip


@pytest.fixture
def town():
    return study_from_table(FRAME, sides=SIDES, keywords={"pause": ["truce", "ceasefire"]}, contrast={"by": "year"})


# --- a study one can hold


def test_a_study_says_what_it_holds_and_what_to_call_next(town):
    shown = repr(town)
    for words in ("Four articles by year: 2012 (2), 2016 (2)", "pause (truce, ceasefire)", "town (1)", ".attributions"):
        assert words in shown
    assert "mentions" not in town._made  # it says so without reading anything
    assert all(name in shown for name in (".only(", ".with_keywords(", ".with_sides(", "help(parley)"))
    bare = repr(study_from_table(FRAME[["text"]]))
    assert "keywords: none" in bare and "sides, with their speakers: none" in bare and "by " not in bare.split("\n")[1]


@pytest.mark.parametrize(
    "name", ["articles", "attributions", "mentions", "passages", "problems", "segments", "sentences"]
)
def test_a_table_handed_out_may_be_changed_down_to_the_lists_in_its_cells(study, name):
    before = getattr(study, name).to_json(date_format="iso")
    table = getattr(study, name)
    assert len(table) or name == "problems"  # of which this study has none
    for column in table:
        for cell in table[column]:
            if isinstance(cell, list):
                cell.append("changed")
    table["article_id"] = "changed"
    table.insert(0, "new", "changed")
    table.attrs["changed"] = True
    assert getattr(study, name).to_json(date_format="iso") == before and "changed" not in getattr(study, name).attrs


def test_numbers_and_codings_are_one_s_own_too(study):
    """Whole numbers that may be missing, lists in cells of a coding, and the terms of a count."""
    before = (
        study.attributions["cue_start"].tolist(),
        codings.read_attributions(study, "adjudicated")["content"].tolist(),
    )
    study.attributions["cue_start"].to_numpy()[:] = 0
    for cell in codings.read_attributions(study, "adjudicated")["content"]:
        cell.clear()
    contrast.counts(study).terms.append("changed")
    assert study.attributions["cue_start"].tolist() == before[0]
    assert codings.read_attributions(study, "adjudicated")["content"].tolist() == before[1]
    assert "changed" not in contrast.counts(study).terms


def test_findings_are_one_s_own_too(study):
    table = findings.findings(study)
    assert len(table) > 10
    table["broken_by"].map(lambda names: names.append("changed"))
    assert not findings.findings(study)["broken_by"].map(lambda names: "changed" in names).any()


def test_settings_are_read_only_and_say_what_to_do(town):
    with pytest.raises(StudyError, match="with_keywords"):
        town.settings["keywords"]["violence"] = ["violence"]


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ({"outlet": "Gazette"}, ["a", "d"]),
        ({"outlet": ["Gazette", "Ledger"], "year": "2012"}, ["a", "b"]),
        ({"outlet": "not stated"}, ["c"]),
        ({"year": 2016}, ["c", "d"]),
        ({"article_id": ["d", "a"]}, ["a", "d"]),
        ({"date": "2012-01-06"}, ["b"]),
    ],
)
def test_only_some_articles(town, columns, left):
    some = town.only(**columns)
    assert some.articles["article_id"].tolist() == left
    fresh = study_from_table(
        FRAME[FRAME["article_id"].isin(left)], **{name: town.settings[name] for name in ("sides", "keywords")}
    )
    for name in ("attributions", "mentions"):
        pd.testing.assert_frame_equal(getattr(some, name), getattr(fresh, name), check_dtype=False)
    assert repr(some) and len(town.articles) == 4


def test_only_keeps_folder_corrections_and_the_groups_that_are_left(study):
    some = study.only(episode="2016")
    assert some.folder == study.folder and some.settings["contrast"]["groups"] == ["2016"]
    assert codings.names(some) == codings.names(study)
    assert findings.findings(some)["sentence"].str.len().min() > 10
    with pytest.raises(StudyError, match="expected two or more"):
        contrast.compare(some)


def test_only_is_the_same_whatever_was_read_before(study):
    """Also where the study overrules segments of articles that are left out."""
    fresh = load_study(study.folder)
    fresh.store = None
    fresh = fresh.only(episode="2016")
    assert len(fresh.attributions) and len(fresh.mentions)
    for name in ("segments", "attributions", "mentions"):
        pd.testing.assert_frame_equal(getattr(fresh, name), getattr(study.only(episode="2016"), name))


def test_with_sides_reads_speakers_again_and_nothing_else(town):
    assert len(town.sentences)
    before = {name: town._made[name] for name in ("segments", "all_sentences", "passages")}
    other = town.with_sides(press={"Tom Berg": ["Berg"]})
    assert other.attributions.set_index("article_id").loc["d", "side"] == "press"
    assert other.settings["sides"]["port"] == {} and town.settings["sides"]["port"] == {"Tom Berg": []}
    assert all(other._made[name] is made for name, made in before.items())
    fresh = study_from_table(FRAME, sides=other.settings["sides"], keywords=town.settings["keywords"])
    pd.testing.assert_frame_equal(other.mentions, fresh.mentions)


def test_a_new_family_counts(town):
    wider = town.with_keywords(violence=["violence"])
    assert (wider.mentions["family"] == "violence").sum() == 1 and "violence" not in town.settings["keywords"]


def test_a_word_named_in_a_new_family_leaves_the_one_that_had_it(town):
    apart = town.with_keywords(ceasefire=["ceasefire"])
    assert apart.settings["keywords"] == {"pause": ["truce"], "ceasefire": ["ceasefire"]}
    assert apart.mentions["family"].value_counts().to_dict() == {"pause": 4, "ceasefire": 2}
    both = town.with_keywords(truce=["truces"], ceasefire=["cease-fire"])
    assert both.settings["keywords"] == {"pause": ["truce"], "truce": ["truces"], "ceasefire": ["cease-fire"]}
    assert len(both.mentions) == 6
    text = pd.DataFrame({"text": ["Truces fail, and a truce holds."]})
    plural = study_from_table(text, keywords={"pause": ["truce"]}).with_keywords(many=["truces"])
    assert plural.mentions["family"].tolist() == ["many", "pause"]  # what a family names itself is its own
    with pytest.raises(StudyError, match="'Truce' is a keyword of a already"):
        study_from_table(FRAME, keywords={"a": ["truce"], "b": ["Truce"]})


ORDERS = list(permutations(["only", "sides", "keywords"]))


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_in_any_order_the_study_is_the_same_corrections_and_all(tmp_path, study, order):
    """A correction of a place that is no keyword any more has nothing to correct."""
    folder = tmp_path / "corpus"
    shutil.copytree(study.folder, folder)
    row = study.mentions.query("keyword == 'corridor'")["mention_id"].iloc[0]
    kept = study.attributions["attribution_id"].iloc[0]
    lines = f"row,column,value,reason\n{row},polarity,for,r\n{kept},side,un,r\n"
    (folder / "corrections.csv").write_text(lines, encoding="utf-8")
    steps = {
        "only": lambda given: given.only(episode="2012"),
        "sides": lambda given: given.with_sides(gov={"France": ["France"]}),
        "keywords": lambda given: given.with_keywords(corridor=["safe passage"], hope=["hope"]),
    }
    given = load_study(folder)
    for step in order:
        given = steps[step](given)
    assert given.attributions.set_index("attribution_id").loc[kept, "side"] == "un"
    assert given.corrections["row"].tolist() == [kept]
    assert given.all_mentions.attrs["corrected"] == 0 and given.all_attributions.attrs["corrected"] == 1
    plain = load_study(study.folder).with_keywords(corridor=["safe passage"], hope=["hope"])
    plain = plain.with_sides(gov={"France": ["France"]}).only(episode="2012")
    columns = ["mention_id", "family", "polarity", "sentence"]
    pd.testing.assert_frame_equal(given.mentions[columns], plain.mentions[columns])


# --- tables that answer by themselves


@pytest.mark.parametrize("name", ["study", "town"])
def test_no_row_is_lost_by_grouping(request, name):
    given = request.getfixturevalue(name)
    tables = {
        "attributions": given.attributions,
        "mentions": given.mentions,
        "concordance": stance.concordance(given, "the"),
    }
    groups = {
        "attributions": ["outlet", "speaker", "side", "kind", "quoted"],
        "concordance": ["outlet", "speaker", "side", "quoted"],
    }
    groups["mentions"] = ["outlet", "family", "holder", "side", "speaker", "speaker_side", "polarity", "quoted"]
    for table, columns in groups.items():
        rows = tables[table]
        assert len(rows)
        for column in columns:
            assert rows.groupby(column).size().sum() == len(rows), (table, column)
        text = [column for column in rows if rows[column].map(type).eq(str).any()]
        assert {str(rows[column].dtype) for column in text} == {"str"}, table
        assert not any("<mark" in cell for column in text for cell in rows[column].dropna())
        assert list(rows)[-1] in ("end", "content") and list(rows)[:3] == ["article_id", "outlet", "date"]
        assert rows["date"].dtype == "datetime64[us]"


def test_whose_words_and_whose_stance_are_two_things(town):
    text = "“A truce is dead”, Ada Lund said. Tom Berg called for a truce. A “truce” it was."
    found = study_from_table(pd.DataFrame({"text": [text]}), sides=SIDES, keywords={"pause": ["truce"]}).mentions
    assert found["speaker"].tolist() == ["Ada Lund", "Tom Berg", "unclear"]  # quoted, but nobody says from whom
    assert found["quoted"].tolist() == [True, False, True]
    narrated = town.mentions.query("article_id == 'c' and keyword == 'truce'").iloc[0]
    assert narrated[["holder", "side", "speaker", "speaker_side"]].tolist() == ["article"] * 4


def test_a_concordance_and_mentions_tell_the_same_of_a_place(study):
    mentions = study.mentions.set_index(["article_id", "start"])
    lines = pd.concat([stance.concordance(study, term) for term in study.settings["keywords"]["pause"]])
    lines = lines.drop_duplicates(["article_id", "start"]).set_index(["article_id", "start"])
    own = mentions[mentions["family"] == "pause"]
    assert set(lines.index) == set(own.index)
    for ours, theirs in (
        ("speaker", "speaker"),
        ("side", "speaker_side"),
        ("quoted", "quoted"),
        ("sentence", "sentence"),
    ):
        assert lines.loc[own.index, ours].tolist() == own[theirs].tolist(), ours


def test_words_in_quotation_marks_are_counted_by_sentence(town):
    rows = town.sentences.set_index("article_id")
    assert rows.loc["a", ["words", "quoted_words"]].tolist() == [13, 10]
    assert rows.loc["d", "quoted_words"].tolist() == [0, 0]
    text = "He said “one two. Three four.” Five “six” seven. " * 400
    with pytest.warns(UserWarning, match="commas lost"):
        found = study_from_table(pd.DataFrame({"text": [text]})).sentences
    assert found["quoted_words"].sum() == 400 * 5 and (found["quoted_words"] <= found["words"]).all()


# --- quotations


def test_a_quotation_and_how_its_printings_differ(town):
    found = sourcing.quotations(town, speaker="Lund")
    assert found["article_id"].tolist() == ["a", "b"] and found["quotation"].tolist() == [1, 1]
    assert found["differs"].tolist() == ["", "“Friday” for “Monday”"] and set(found["articles"]) == {2}
    for name in ("the mayor", "Ada Lund", "LUND"):
        assert sourcing.quotations(town, name)["article_id"].tolist() == ["a", "b"]
    assert sourcing.quotations(town).query("articles > 1")["speaker"].unique().tolist() == ["Ada Lund"]
    assert sourcing.quotations(town, "Tom Berg").empty  # he is never quoted
    both = study_from_table(
        pd.DataFrame({"text": ["Ada Lund and Tom Berg said: “The old ferry will sail again on Monday.”"]})
    )
    assert [len(sourcing.quotations(both, name)) for name in ("Ada Lund", "Tom Berg")] == [1, 1]
    assert parley.quotations is sourcing.quotations and len(sourcing.quotations(town, "unclear")) == 0


def test_what_several_articles_tell_without_marks_is_shown_too():
    texts = [
        "Ada Lund said the old ferry would sail again on Monday.",
        "Ada Lund said the ferry would sail again on Monday.",
    ]
    found = sourcing.quotations(study_from_table(pd.DataFrame({"text": [*texts, "Ada Lund said nothing would help."]})))
    assert found[["article_id", "kind", "differs"]].values.tolist() == [
        ["1", "indirect", ""],
        ["2", "indirect", "without “old”"],
    ]


def test_quotations_of_the_first_study(study):
    found = sourcing.quotations(study, speaker="Lavrov")
    both = found[found["articles"] == 2]
    assert both["article_id"].nunique() == 2 and len(both) >= 6
    assert "“regime” for “government”" in both["differs"].tolist()


def test_a_name_that_several_have_is_asked_back():
    text = "“We will sail”, Ada Lund said. “We will not”, Tom Lund said. “Never”, said Jo Marsh."
    several = study_from_table(pd.DataFrame({"text": [text]}))
    with pytest.raises(StudyError, match="may be Ada Lund and Tom Lund"):
        sourcing.quotations(several, "Lund")
    shouted = study_from_table(pd.DataFrame({"text": [text, "“We sail”, ADA LUND said.", "“We stay”, Lund said."]}))
    assert set(sourcing.quotations(shouted, "ada lund")["article_id"]) == {"1", "2"}
    assert set(sourcing.quotations(shouted, "Lund")["article_id"]) == {"3"}  # whom an article calls nothing else
    assert len(sourcing.quotations(several, "Marsh")) == 1


@pytest.mark.parametrize("texts", [["Boats sail."], [""] * 3, ["“" * 500 + " said Lund"], ["Lund said: “no”"] * 4])
def test_quotations_of_any_texts(texts):
    frame = pd.DataFrame({"article_id": list(map(str, range(len(texts)))), "text": texts})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("parley.load.warnings.warn", lambda *_, **__: None)
        found = sourcing.quotations(study_from_table(frame))
    assert [column for column, _ in listed("quotations")] == list(found)


# --- names that help


def offers(typed, **names):
    """What TAB offers in a notebook, the names aside that it hides until an underscore is typed."""
    completer = IPCompleter(shell=None, namespace=names, global_namespace={})
    with provisionalcompleter():
        found = {completion.text for completion in completer.completions(typed, len(typed))}
    return {name for name in found if not name.startswith("_")}


def test_tab_shows_public_names_only():
    assert offers("parley.", parley=parley) == set(parley.__all__)
    for part in (codings, contrast, export, findings, reuse, show, sourcing, stance):
        assert offers("part.", part=part) == set(part.__all__) and not {"pd", "np", "StudyError"} & set(part.__all__), (
            part
        )
    assert offers("study.", study=study_from_table(FRAME)) == set(PUBLIC)
    assert all(hasattr(study_from_table(FRAME), name) for name in PUBLIC)


@pytest.mark.parametrize("name", ["parley", *(f"parley.{part}" for part in parley.PARTS)])
def test_what_a_part_offers_is_there_and_says_what_it_is(name):
    part = importlib.import_module(name)
    offered = [getattr(part, one) for one in part.__all__]
    assert dir(part) == sorted(part.__all__) and all(one.__doc__ for one in offered if callable(one))


def test_importing_parley_brings_its_parts():
    code = "import parley; assert parley.stance.concordance and parley.show.table and parley.export.tables"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_fault_of_what_was_given_names_the_function_that_was_asked():
    """Wherever a function looks at what it was given, it says its own name, and shows how it is called."""
    asked = 0
    for path in sorted(Path(parley.__path__[0]).rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            calls = [
                node for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            ]
            for call in calls if isinstance(function, ast.FunctionDef) else ():
                if call.func.id in ("check_study", "check_table") and isinstance(call.args[1], ast.Constant):
                    asked += 1
                    place = f"{path.name}:{call.lineno}"
                    assert call.args[1].value.split(".")[-1] == function.name, place
                    assert all(example.value.startswith(f"{function.name}(") for example in call.args[2:]), place
    assert asked > 30


def test_help_is_a_map_with_a_line_for_each():
    help_ = parley.__doc__
    for part in parley.PARTS:
        assert f"parley.{part}" in help_, part
    for line in help_.splitlines():
        if line.startswith("    parley."):
            name = line.split()[0].removeprefix("parley.").split("(")[0]
            given = parley
            for step in name.split("."):
                given = getattr(given, step)
            assert len(line) <= 100 and len(line.split()) > 3


def modules():
    return {info.name: importlib.import_module(info.name) for info in pkgutil.walk_packages(parley.__path__, "parley.")}


def test_no_module_and_function_have_one_name():
    """`parley.findings.findings` and `parley.estimates.estimates` alone are promised to users of both names."""
    alike = {
        f"{name}.{own}"
        for name, module in modules().items()
        for own, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__.startswith("parley")
        and (own == name.rpartition(".")[2] or inspect.ismodule(sys.modules.get(f"{name}.{own}")))
    }
    assert alike == {"parley.estimates.estimates", "parley.findings.findings"}


RETURNED = {
    stance.mentions: ("mentions", ()), stance.concordance: ("concordance", ("truce",)), stance.rates: ("rates", ("outlet",)),
    stance.collocates: ("collocates", ("pause",)), sourcing.attributions: ("attributions", ()),
    sourcing.quotations: ("quotations", ()), contrast.compare: ("terms", ()), contrast.leave_one_out: ("ranges", ()),
    reuse.shared_passages: ("passages", ()), findings.findings: ("findings", ()), findings.varied: ("variations", ()),
    estimates.estimates: ("estimates", ()), estimates.differences: ("differences", ()),
}  # fmt: skip


@pytest.mark.parametrize("function", RETURNED, ids=lambda function: function.__name__)
def test_a_docstring_says_what_the_columns_mean(study, function):
    table, more = RETURNED[function]
    given = function(study, *more)
    columns = [*(given.index.names if given.index.names != [None] else []), *given]
    book = dict(listed(table))
    for column in columns:
        known = column if column in book else next(name for name in book if "*" in name)
        assert f"* ``{known}``: " in function.__doc__, column
    assert "{columns}" not in function.__doc__ and set(column for column in book if "*" not in column) - set(
        columns
    ) <= {"group"}


@pytest.mark.parametrize("name", ["articles", "problems", "segments", "sentences"])
def test_the_tables_of_a_study_say_what_their_columns_mean(study, name):
    doc = inspect.getdoc(getattr(type(study), name))
    for column in set(getattr(study, name)) & {column for column, _ in listed(name)}:
        assert f"* ``{column}``: " in doc


# --- mistakes


TABLE = pd.DataFrame({"text": ["Boats sail."]})
TABLE_OF_ONE = pd.DataFrame({"words": [1]})
MISTAKES = {
    "a column": (lambda town: town.only(outlets="Gazette"), "column 'outlets'; did you mean 'outlet'?", "'headline'"),
    "an outlet": (lambda town: town.only(outlet="gazete"), "outlet = 'gazete'; did you mean 'Gazette'?", "'Ledger'"),
    "nothing left": (lambda town: town.only(outlet="Ledger", year="2016"), "no article has all of outlet, year", ""),
    "a family": (lambda town: stance.collocates(town, "pauze"), "no family 'pauze'; did you mean 'pause'?", "'pause'"),
    "a grouping": (lambda town: stance.rates(town, "outlets"), "column 'outlets'; did you mean 'outlet'?", "'side'"),
    "a contrast": (lambda town: contrast.compare(town, by="yaer"), "column 'yaer'; did you mean 'year'?", "'outlet'"),
    "a group": (lambda town: contrast.compare(town, groups=["2012", "2015"]), "year = '2015'", "'2016'"),
    "a speaker": (
        lambda town: sourcing.quotations(town, "Lumd"),
        "nobody is called 'Lumd'; did you mean 'Lund'?",
        "'Tom Berg'",
    ),
    "a side": (lambda town: town.with_sides(town=["Ada Lund"]), "with_sides: [sides] town", "expected speakers"),
    "no words": (
        lambda town: town.with_keywords(violence=[]),
        "with_keywords: [keywords] violence",
        "at least one term",
    ),
    "a speaker on two sides": (
        lambda town: town.with_sides(a={"Jo Marsh": []}, b={"Jo Marsh": []}),
        "Jo Marsh: stands on a already",
        "remove",
    ),
    "a side that tables use": (
        lambda town: town.with_sides(unclear={"Jo Marsh": []}),
        "tables say 'unclear'",
        "another name",
    ),
    "a colour": (lambda town: show.bars(TABLE_OF_ONE, {"words": "teel"}), "'teel' is no colour", "'#008080'"),
    "a bar": (
        lambda town: show.bars(TABLE_OF_ONE, {"wordz": "teal"}),
        "nothing is called 'wordz'; did you mean 'words'?",
        "",
    ),
    "a study for a path": (
        lambda town: parley.load_study(town),
        "expected the path of a study.toml",
        "study_from_table",
    ),
    "a path for a table": (lambda town: study_from_table("export.csv"), "expected a DataFrame", "load_study"),
    "several words": (lambda town: stance.concordance(town, ["truce", "pause"]), "got a list", "one at a time"),
    "a coding of a table": (lambda town: codings.read_mentions(TABLE, "ada"), "expected a study, got a table", ""),
    "a table, not a study": (
        lambda town: stance.concordance(town.articles, "truce"),
        "expected a study, got a table",
        "",
    ),
    "a table, not a study, to count": (lambda town: contrast.compare(TABLE), "expected a study, got a table", ""),
    "a table for mentions": (lambda town: stance.mentions(TABLE), "mentions: expected a study, got a table", ""),
    "a table for attributions": (lambda town: sourcing.attributions(TABLE), "expected a study, got a table", ""),
    "a table for findings": (lambda town: findings.findings(TABLE), "expected a study, got a table", ""),
    "a table for copy": (lambda town: reuse.shared_passages(TABLE), "expected a study, got a table", ""),
    "a path for a study": (lambda town: stance.rates("study.toml"), "expected a study, got a str", ""),
    "a study, not a table": (
        lambda town: show.table(town, "All"),
        "table: expected a table, got a study",
        "study.mentions",
    ),
    "a study for bars": (lambda town: show.bars(town), "bars: expected a table, got a study", "study.mentions"),
    "a study for clusters": (
        lambda town: reuse.clusters(town, ["a"]),
        "expected a table, got a study",
        "study.passages",
    ),
    "a study to be scored": (lambda town: codings.score_mentions(town, TABLE), "expected a table, got a study", ""),
    "a name of the library": (lambda town: show.citable(TABLE, TABLE, "w"), "expected a study, got a table", ""),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_a_sentence(town, mistake):
    make, first, then = MISTAKES[mistake]
    with pytest.raises(StudyError) as raised:
        make(town)
    assert first in str(raised.value) and then in str(raised.value)


# --- pictures for slides


PICTURES = {
    "bars": lambda **how: show.bars(pd.DataFrame({"for": [1, 2], "against": [2, 0]}, index=["a", "b"]), **how),
    "balance": lambda **how: show.balance(pd.DataFrame({"for": [1, 2], "against": [2, 0]}, index=["a", "b"]), **how),
    "strips": lambda colours, **how: show.strips(
        pd.DataFrame({"article_id": ["a", "b"], "start": [0, 0], "end": [9, 5], "kind": ["for", "against"]}),
        colours,
        **how,
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_figure_takes_axes_and_colours_and_is_saved(tmp_path, name):
    colours = {"for": "teal", "against": show.look("#804000", "xx")}
    before = dict(mpl.rcParams)
    drawn = PICTURES[name](colours=colours)
    assert isinstance(drawn, Figure)
    faces = {mpl.colors.to_hex(bar.get_facecolor()) for bar in drawn.axes[0].patches}
    assert {mpl.colors.to_hex("teal"), "#804000"} <= faces
    for ending, first in (("png", b"\x89PNG"), ("svg", b"<?xml")):
        drawn.savefig(tmp_path / f"picture.{ending}")
        assert (tmp_path / f"picture.{ending}").read_bytes().startswith(first)
    own, (left, right) = pyplot.subplots(1, 2)
    right.plot([1, 2])
    lines, labels = len(right.lines), right.get_xlabel()
    assert PICTURES[name](colours=colours, ax=left) is own and left.patches
    assert (len(right.lines), right.get_xlabel(), len(right.patches)) == (lines, labels, 0)
    assert dict(mpl.rcParams) == before and own.number in pyplot.get_fignums()
    pyplot.close(own)


def test_a_finished_figure_has_its_title_once_and_can_be_saved(tmp_path):
    drawn = PICTURES["bars"]()
    height = drawn.get_figheight()
    finished = show.figure(drawn, title="Two bars of one", data=pd.DataFrame({"words": [1]}))
    assert finished is drawn and drawn.get_suptitle() == "Two bars of one"
    taller = drawn.get_figheight()
    show.figure(drawn, title="Two bars of two", data=pd.DataFrame({"words": [1]}))
    assert height < taller == drawn.get_figheight() and drawn.get_suptitle() == "Two bars of two"
    finished.savefig(tmp_path / "slide.png")
