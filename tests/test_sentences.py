"""Sentence offsets: hand-checked ends, difficult marks, any text whatever, and linear time."""

import csv
import re
from pathlib import Path

import effort
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.text.sentences import split

TESTS = Path(__file__).parent
TEXTS = TESTS.parent / "corpus" / "texts"
MARKED = st.text(alphabet="aBI1 .…?!\"'”“’)(—\n\u00a0", max_size=60)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        # One sentence after the other, parted by "|".
        "He left for the U.S.|The president stayed.",
        "She was in the U.S.|“Moving to the U.S.” was hard.|“Doe left the U.S.”|Roe did not. —",
        "The U.S. President and the U.N. Security Council met.",
        "They met Gen. Roe on Nov. 4.|Lt. Gen. J. K. Doe and George W. Poe, Jr. Roe’s aide, did not.",
        "They met J. A. Doe.|Why?|Jane Roe asked about it.",
        "He spoke of al-Assad`s plan.|al-Assad did not.",
        "It took place at 9 a.m.|The council left at 11:45 a.m. Friday, or p.m. EST.",
        "“A ‘pause’ on November 4 from 9:00 am (0600 GMT) to 19:00,” the chief said.",
        "No. 3 won, by 2.5 points, e.g. Roe vs. Doe.|He said no.|No.|We won in 2012.|He did, too.",
        "Acme Corp. President Roe sold Acme Inc.|It was bought.",
        "Sen. Roe (R-Wis.) said so, as did Doe (I-Vt.), a friend.|The two agree.",
        "“The shipments…. support them.|We feel this,” he said.",
        "“We aim for … cooperation, for the … President… and more.|But no…|We left.",
        ". . . We came. . . .|They walked in. …|No, they ran.",
        "“It’s over.|We won!” he said.|“Did we?” Jane Doe asked.|“We did!” Mr. Roe said.|“No?”|They said so.",
        "“Is it over?” said Doe.|“Really?|Yes!” cried O’Hara, 45, smiling.",
        "“Now what?” Doe, the head of Acme, asked on Friday.|“What?”|Doe said that he had left.",
        "He said: ‘Whoever wants [the process] must sever links’,” Roe said.|“A year has passed.”",
        "''They left.''|''Who, 'they'?'|We did.''",
        "“They said, ‘It is over.’”|He left.|(It was late.)|She stayed (he saw [so that] she did.) on.",
        "They work at Yahoo! and at Jeb!, too.|Write to a.b@c.org or see www.d.org/e.html.|Now what?",
        "See what it says.|https://a.org/b.|iPhone sales fell.",
        "4. A list begins.|B. It ends.",
        "A headline with no stop",
        "They sang “Go!” – and went.|So did we.",
        "It was over.|“So it was.”|What?",
        "Wait.|“... and see.”|Then go!!!|Why?!  ...",
    ],
)
def test_difficult_marks(text):
    assert sentences(text.replace("|", " ")) == text.split("|")


@given(st.text() | MARKED)
def test_any_text_is_covered(text):
    found = split(text)
    inside = "".join(text[start:end] for start, end in found)
    assert "".join(inside.split()) == "".join(text.split())
    places = [place for span in found for place in span]
    assert places == sorted(places) and all(start < end for start, end in found)  # sentences that are glued may touch
    for sentence in sentences(text):
        assert sentence == sentence.strip()
        assert re.search(r"[^\W_]", sentence) or not re.search(r"[^\W_]", text)


@given(st.lists(st.sampled_from(["We left.", "“No,” he said.", "Why?", "U.S. forces left!"]), min_size=1))
def test_white_space_between_sentences_does_not_matter(parts):
    assert sentences("\n ".join(parts)) == sentences(" ".join(parts)) == parts


def test_hand_checked_ends_of_the_study():
    right, errors = 0, []
    with (TESTS / "data" / "sentence_ends_study.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            raw = (TEXTS / f"{row['article_id']}.txt").read_bytes().decode("utf-8")
            start = int(row["paragraph_start"])
            found = {start + end for _, end in split(raw[start : int(row["paragraph_end"])])}
            checked = {int(end) for end in row["ends"].split(";")}
            right += len(found & checked)
            errors += [
                f"{row['article_id']} {'found' if end in found else 'missed'} {end}: {raw[:end][-30:]}"
                for end in sorted(found ^ checked)
            ]
    assert right > 90
    assert 2 * right / (2 * right + len(errors)) >= 0.98, "\n".join(errors)


@pytest.mark.parametrize(
    "unit",
    [
        *(".", ". ", ".\n", "…", " ", "x", "A.", "A. ", "Mr. ", '"', "”", '" ', '?" ', '." ', "? -", ". .x"),
        *("a. ... ", "“A?” A ", "“A?” A, b ", "“No.” He left the U.S. on Nov. 4. "),
    ],
)
def test_work_grows_with_the_text(unit):
    text = unit * (2_000 // len(unit))
    small, large = (effort.lines(lambda text=text * times + "x": split(text)) for times in (1, 4))
    assert large < 5 * small + 1_000
