"""Voices inside voices."""

import pandas as pd
import pytest

from parley import study_from_table
from parley.sourcing import attributions, find_attributions
from parley.sourcing.nested import find_nested

INSIDE = [
    ("The mayor said that the union had rejected the offer.", "the union", "had rejected", "the offer"),
    ("The mayor said she backed a call by the port workers to delay the ferry.", "the port workers", "call", "to delay the ferry"),
    ("“The guards told us that nobody would leave,” the mayor said.", "The guards", "told", "that nobody would leave"),
    ("Ada Lund said Nils Berg had accused the union of lying.", "Nils Berg", "had accused", "the union of lying"),
]  # fmt: skip


def cut(text, record, role):
    return " … ".join(text[start:end] for start, end in record[role])


@pytest.mark.parametrize(("text", "source", "cue", "content"), INSIDE)
def test_what_somebody_is_said_to_have_said_is_found(text, source, cue, content):
    (outer,) = find_attributions(text)
    (inner,) = find_nested(text, outer)
    assert [cut(text, inner, role) for role in ("source", "cue", "content")] == [source, cue, content]


@pytest.mark.parametrize(
    "text",
    [
        "“We hope the ferry sails,” the mayor said.",
        "“I’ve said it before,” the mayor said.",
        "The mayor said whoever wants to sail must wait.",
        "The mayor said the ferry was late.",
    ],
)
def test_what_the_speaker_says_of_himself_or_of_nobody_is_no_other_voice(text):
    (outer,) = find_attributions(text)
    assert find_nested(text, outer) == []


def test_nested_rows_are_marked_and_the_outer_ones_are_as_without_them():
    text = "Mayor Ada Lund said the union had rejected the offer. She said she had warned the guards of a strike."
    study = study_from_table(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    table = attributions(study)
    assert table["nested"].tolist() == [False, True, False]
    assert table["source_text"].tolist() == ["Mayor Ada Lund", "the union", "She"]
    outer = find_attributions(text)
    assert table.loc[~table["nested"], "content"].tolist() == [one["content"] for one in outer]


def test_who_speaks_for_a_body_is_not_another_voice_than_the_body():
    text = (
        "“The council rejected the offer,” said council director Ada Lund. The mayor said the union rejected the offer."
    )
    sides = {"port": {"Port Council": ["the council"], "Ada Lund": []}, "union": {"Dock Union": ["the union"]}}
    study = study_from_table(pd.DataFrame({"article_id": ["a"], "text": [text]}), sides=sides)
    table = attributions(study)
    assert table.loc[table["nested"], "speaker"].tolist() == ["Dock Union"]


def test_contents_inside_contents_are_read_in_linear_time():
    text = "The mayor said " * 20_000 + "no."
    outer = find_attributions(text)
    assert outer and all(len(find_nested(text, one)) < 50_000 for one in outer)
    assert sum(len(find_nested(text, one)) for one in outer) > 0
