"""Tables and sentences: text of a corpus is data, whatever it holds."""

import pandas as pd
import pytest
from markupsafe import Markup

from parley.show import passages, sentences, tables

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</style>",
    "[a](javascript:b)",
    "$$\\frac",
    '"><b>',
]


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, as a list of bundles."""
    bundles = []
    for module in (tables, sentences):
        monkeypatch.setattr(module, "display", lambda data, raw: bundles.append(data))
    return bundles


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_wherever_it_stands(shown, text):
    frame = pd.DataFrame({text: [text], "id": [text]})
    tables.table(frame, text, filter=True, anchor="id")
    sentences.say(text, text, heading=text)
    sentences.say(text)
    for bundle in shown:
        assert "<script" not in bundle["text/html"] and "<img" not in bundle["text/html"]
        ours = bundle["text/html"].replace(tables.IN_LAB, "").replace("[a](javascript:b)", "").replace("$$\\frac", "")
        assert text not in ours
    assert "<script" not in passages.marked(text, {"source": [(0, 3)], "cue": [(2, 6)]})


def test_a_table_says_when_rows_are_left_out(shown):
    tables.table(pd.DataFrame({"n": range(500)}), "Numbers", most=100)
    assert "the first 100 of 500 rows" in shown[0]["text/html"]
    assert shown[0]["text/html"].count("<tr") == 101


def test_cells(shown):
    row = {
        "whole": 1200,
        "share": 0.256,
        "missing": pd.NA,
        "flag": True,
        "day": pd.Timestamp("2016-11-02"),
        "many": ["a", "b"],
    }
    tables.table(pd.DataFrame([row]).astype({"whole": object, "flag": object}), "One row")
    html = shown[0]["text/html"]
    for cell in ("1,200", "0.26", "—", "yes", "2016-11-02", "a; b"):
        assert f">{cell}</td>" in html, cell


def test_the_same_table_is_the_same_html(shown):
    frame = pd.DataFrame({"a": [1, 2], "text": ["x", "y"]})
    tables.table(frame, "Twice", filter=True)
    tables.table(frame, "Twice", filter=True)
    assert shown[0] == shown[1]


def test_marks_nest_and_cover_exactly_their_spans():
    text = "“We sail,” said Ada Lund on Monday."
    html = passages.marked(text, {"content": [(100, 110)], "cue": [(111, 115)], "source": [(116, 124)]}, start=100)
    assert html.striptags() == text
    assert (
        Markup('<mark class="content">“We sail,”</mark> <u class="cue">said</u> <b class="source">Ada Lund</b>') in html
    )


def test_a_citation_stands_under_the_last_cell_and_in_the_plain_text(shown):
    frame = pd.DataFrame(
        {"place": ["a 1%-k4"], "citation": ["Herald, undated (a 1%, character 4)"], "text": ["<ferry>"]}
    )
    tables.table(frame, "Lines", anchor="place")
    html, plain = shown[0]["text/html"], shown[0]["text/plain"]
    assert '<tr id="a 1%-k4">' in html and 'href="#a%201%25-k4"' in html
    assert '&lt;ferry&gt;<br><small class="citation">Herald, undated (a 1%, character 4)</small></td></tr>' in html
    assert "citation</th>" not in html and "character 4" in plain


def test_a_table_without_rows_says_so(shown):
    tables.table(pd.DataFrame({"a": []}), "Disagreements", filter=True)
    sentences.say(about="What changed")
    assert [bundle["text/plain"] for bundle in shown] == ["Disagreements: none.", "What changed: nothing."]


def test_an_index_with_a_name_is_a_column(shown):
    tables.table(pd.Series([3], index=pd.Index(["Lund"], name="speaker"), name="attributions"), "Speakers")
    assert ">speaker</button></th>" in shown[0]["text/html"] and ">Lund</td>" in shown[0]["text/html"]


def test_a_small_p_value_is_not_nought(shown):
    tables.table(pd.DataFrame({"p_value": [0.0004, 0.25]}), "p", digits=2)
    assert "&lt; 0.01</td>" in shown[0]["text/html"] and "0.00<" not in shown[0]["text/html"]
