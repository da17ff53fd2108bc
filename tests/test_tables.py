"""Tables and sentences: text of a corpus is data, whatever it holds."""

import re

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
    assert len(shown) == 3
    for bundle in shown:
        assert "<script" not in bundle["text/html"] and "<img" not in bundle["text/html"]
        ours = bundle["text/html"].replace(tables.IN_LAB, "").replace("[a](javascript:b)", "").replace("$$\\frac", "")
        assert text not in ours
    assert "<script" not in passages.marked(text, {"source": [(0, 3)], "cue": [(2, 6)]})


def test_a_table_says_when_rows_are_left_out(shown):
    tables.table(pd.DataFrame({"n": range(500)}), "Numbers", most=100)
    assert "the first 100 of 500 rows" in shown[0]["text/html"]
    assert shown[0]["text/html"].count("<tr") == 101


def test_a_sample_is_drawn_from_the_whole_and_says_so(shown):
    frame = pd.DataFrame({"n": range(500)})
    tables.table(frame, "Numbers", most=100, sample=True)
    tables.table(frame, "Numbers", most=100, sample=True)
    tables.table(frame, "Numbers", sample=True, most=500)
    assert "Numbers (100 of 500 rows, drawn at random)" in shown[0]["text/html"] and shown[0] == shown[1]
    numbers = [int(line) for line in shown[0]["text/plain"].split("\n")[2:]]
    assert len(set(numbers)) == 100 and numbers == sorted(numbers) and numbers[-1] > 400
    assert "at random" not in shown[2]["text/html"]


def test_of_long_rows_fewer_are_shown(shown):
    frame = pd.DataFrame({"text": ["x" * 1000] * 90 + ["y" * 50_000] * 10})
    tables.table(frame, "Long", most=100)
    assert len(shown[0]["text/html"]) <= tables.LARGEST
    rows = shown[0]["text/html"].count("<tr") - 1
    assert 10 < rows < 100 and f"the first {rows} of 100 rows" in shown[0]["text/html"]
    tables.table(pd.DataFrame({"text": ["x" * 200_000] * 2}), "One at least")
    assert "the first 1 of 2 rows" in shown[1]["text/html"]


def test_a_cut_table_is_put_whole_beside_the_report(shown, monkeypatch, tmp_path):
    bold = pd.Series([Markup("<b>=1+1</b> a")] * 7, dtype=object)
    frame = pd.DataFrame({"=n": range(7), "text": bold, "citation": "Herald (a, character 4)"})
    tables.table(frame, "Uncut")
    tables.table(frame, "Cut", most=2)
    folder = tmp_path / "data" / "03-sourcing"
    monkeypatch.setenv("PARLEY_REPORT_DATA", str(folder))
    tables.table(frame, "Uncut")
    assert not folder.exists() and not any("href" in bundle["text/html"] for bundle in shown)
    caption = "../What “<Lund>” / says: " + "on and on " * 20
    tables.table(frame, caption, most=2)
    tables.table(frame.head(5), caption, most=2)
    links = [re.search(r'<a href="([^"]*)">all (\d) rows</a></caption>', bundle["text/html"]) for bundle in shown[-2:]]
    assert [link[2] for link in links] == ["7", "5"] and links[0][1] != links[1][1]
    for link in links:
        whole = pd.read_csv(tmp_path / link[1])
        assert len(whole) == int(link[2]) and list(whole) == ["'=n", "text", "citation"]
        assert whole["text"].tolist() == ["'=1+1 a"] * len(whole) and (tmp_path / link[1]).parent == folder


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


def test_a_missing_number_stands_where_numbers_stand(shown):
    tables.table(pd.DataFrame({"share": [0.5, None], "who": ["Lund", None]}), "Shares")
    html = shown[0]["text/html"]
    assert '<td class="number">—</td>' in html and '<td style="text-align:left">—</td>' in html


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
    assert "&lt; 0.001</td>" in shown[0]["text/html"] and ">0.250</td>" in shown[0]["text/html"]


def test_a_table_that_just_fits_is_shown_whole(monkeypatch, shown):
    frame = pd.DataFrame({"word": ["pause", "corridor"], "count": [3, 1]})
    size = len(tables._html(frame, "Words", anchor=None, filter=False, digits=2))
    monkeypatch.setattr(tables, "LARGEST", size)
    tables.table(frame, "Words")
    assert "corridor" in shown[0]["text/html"] and "the first" not in shown[0]["text/html"]
