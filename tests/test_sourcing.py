"""The attributions table and the verbs, on small studies made here."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import sourcing, study_from_table
from parley.corpus.segments import PROSE
from parley.sourcing import attributions, verb
from parley.sourcing.finder import find_attributions
from parley.sourcing.table import attributions_in, prose_of

TEXT = """Mayor backs ferry plan

By Jo Moss

Mayor Ada Lund said on Monday that the ferry would sail again in May.

“It is a good day,” Lund told Reuters. “Nobody believed in it.”

She accused the dockers of sleeping.

According to the dockers, the ferry leaks.
"""
SIDES = {"town": {"Ada Lund": ["Lund"]}, "port": {"dockers": []}}


@pytest.fixture(scope="module")
def study():
    frame = pd.DataFrame({"article_id": ["a", "b", "c"], "text": [TEXT, "Nothing was said.", ""]})
    with pytest.warns(UserWarning, match="empty text"):
        return study_from_table(frame, sides=SIDES)


def test_contract(study):
    table = attributions(study)
    assert len(table) >= 3
    assert table["source_start"].dtype == table["cue_start"].dtype == "Int64"
    assert table["named"].dtype == table["counted"].dtype == bool
    assert table["kind"].isin(["direct", "indirect", "mixed"]).all()
    assert table["attribution_id"].is_unique
    assert table["attribution_id"].str.fullmatch(r"a-a\d+[a-z]?").all()
    pd.testing.assert_frame_equal(attributions(study), table)
    assert sourcing.find_attributions is find_attributions


def test_offsets_give_back_the_text(study):
    table = attributions(study)
    assert len(table) >= 3
    for row in table.itertuples():
        assert row.content_text == " … ".join(TEXT[a:b] for a, b in row.content)
        assert row.cue_text == " … ".join(TEXT[a:b] for a, b in row.cue)
        assert row.cue[0] == (row.cue_start, row.cue_end)
        if row.source_start is not pd.NA:
            assert TEXT[row.source_start : row.source_end] == row.source_text


def test_speakers_sides_and_via(study):
    table = attributions(study)
    lund = table[table["speaker"] == "Ada Lund"]
    assert set(lund["side"]) == {"town"}
    assert {"Mayor Ada Lund", "Lund"} <= set(lund["source_text"])
    assert lund.loc[lund["source_text"] == "Lund", "via"].tolist() == ["Reuters"]
    assert lund.loc[lund["source_text"] == "Lund", "kind"].tolist() == ["direct"]


def test_rows_stand_in_the_order_of_the_text(study):
    places = [min(a for parts in (row.cue, row.content) for a, _ in parts) for row in attributions(study).itertuples()]
    assert places == sorted(places)


def test_only_prose_is_read(study):
    table = attributions(study)
    prose = study.segments[study.segments["kind"].isin(PROSE)]
    assert len(table) == 5
    for row in table.itertuples():
        mine = prose[prose["article_id"] == row.article_id]
        for start, end in [*row.cue, *row.content]:
            assert ((mine["start"] <= start) & (start < mine["end"])).any(), TEXT[start:end]


def test_furniture_and_repeats_make_no_rows():
    line = "Lund said that the ferry would sail."
    text = "\n".join([line] * 4)
    starts = [n * (len(line) + 1) for n in range(4)]
    prose = [("body", start, start + len(line)) for start in starts[1:3]]
    rows = attributions_in("a", text, prose, {})
    assert [row["cue_start"] for row in rows] == [starts[1] + 5, starts[2] + 5]
    assert [row["attribution_id"] for row in rows] == [f"a-a{starts[1] + 5}", f"a-a{starts[2] + 5}"]


def test_copy_that_another_article_contributes_is_not_counted():
    copy = (
        "Mayor Ada Lund said on Monday that no ferry would sail before the storm had passed and the harbour was open."
    )
    frame = pd.DataFrame({"article_id": ["a", "b"], "text": [copy, f"{copy} Dockers denied that they had slept."]})
    table = attributions(study_from_table(frame))
    assert table["article_id"].tolist() == ["a", "b", "b"] and table["counted"].tolist() == [True, False, True]


def test_what_a_reader_changes_in_a_table_stays_the_readers(study):
    table = attributions(study)
    table["x"] = 1
    table.loc[0, "speaker"] = "Nobody"
    assert "x" not in attributions(study) and attributions(study).loc[0, "speaker"] == "Ada Lund"


def test_without_sides_the_side_is_missing():
    (row,) = attributions_in("a", "Mayor Ada Lund said no ferry would sail.", [("body", 0, 40)], {})
    assert row["side"] is None and row["speaker"] == "Ada Lund"


def test_a_study_in_which_nobody_speaks_has_a_table_of_the_same_columns_and_types(study):
    table = attributions(study_from_table(pd.DataFrame({"text": ["Snow fell on the harbour."]})))
    spoken = attributions(study)
    assert table.empty and len(spoken) and table.dtypes.equals(spoken.dtypes)


def test_an_article_gives_the_same_rows_whatever_stands_beside_it():
    text = "Mayor Ada Lund said no ferry would sail. “Never,” she said.\n"
    frame = pd.DataFrame({"article_id": ["a", "b"], "text": [text, text.replace("Lund", "Berg")]})
    whole = attributions(study_from_table(frame))
    parts = [attributions(study_from_table(frame[frame["article_id"] == name])) for name in ("a", "b")]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
    assert len(whole) == 4


@given(st.text(alphabet="ab \n\r\u2028“.", max_size=40), st.data())
def test_blanks_keep_offsets_and_line_ends(text, data):
    place = st.integers(0, len(text))
    a, b, c, d = sorted(data.draw(st.tuples(place, place, place, place)))
    read = prose_of(text, [("body", a, b), ("body", c, d)])
    assert len(read) == len(text)
    for start, end in ((a, b), (c, d)):
        assert read[start:end] == re.sub("[\n\r\u2028]", " ", text[start:end])
    left_out = read[:a] + read[b:c] + read[d:]
    assert set(left_out) <= {" ", "\n"}
    # A line end outside prose is one newline, whatever it is in the text.
    if a == d:
        assert read.count("\n") == len(re.findall("\r\n|[\n\r\u2028]", text))


@pytest.mark.parametrize(
    ("cue", "base", "attitude"),
    [
        ("said", "say", "neutral"),
        ("says", "say", "neutral"),
        ("told", "tell", "neutral"),
        ("has accused", "accuse", "neutral"),
        ("had alleged", "allege", "doubting"),
        ("Claims", "claim", "doubting"),
        ("claims that", "claim", "doubting"),
        ("noted", "note", "endorsing"),
        ("pointed out", "point", "endorsing"),
        ("pointed at", "point", "neutral"),
        ("acknowledged", "acknowledge", "endorsing"),
        ("did not confirm", "confirm", "neutral"),
        ("won’t admit", "admit", "neutral"),
        ("has also firmly resisted", "resist", "neutral"),
        ("quoted … as saying", "say", "neutral"),
        ("according to", "according to", "neutral"),
        ("According to", "according to", "neutral"),
        ("mumbled", "mumbled", "neutral"),
        ("has been mumbling", "mumbling", "neutral"),
        (":", ":", "neutral"),
    ],
)
def test_verb(cue, base, attitude):
    assert verb(cue) == (base, attitude)


@pytest.mark.parametrize("text", ["Lund said “.", "[ said the vote is near.", "“…” Lund said."])
def test_a_mark_alone_is_neither_source_nor_content(text):
    assert find_attributions(text) == []
    worded = f"{text}\n\nBerg said that the vote is near."
    assert [[worded[a:b] for a, b in one["source"]] for one in find_attributions(worded)] == [["Berg"]]
