"""Transcripts and interviews: turns, who has them, and what is only asked in them."""

import pytest
from effort import lines

from parley.corpus.segments import paragraphs, segment
from parley.read import read_article
from parley.text.sentences import split
from parley.text.turns import find_turns

SETTINGS = {
    "keywords": {"truce": ["ceasefire", "truce"], "pause": ["humanitarian pause"]},
    "sides": {"norland": {"Olaf Lund": ["Lund"]}, "front": {"Front": ["the Front"]}},
}
BRIEFING = """MR. DORN:  Look, as you know, we have been in very active talks with the
Norlanders about the importance of humanitarian
pauses here, and we want to let people leave the areas of fighting, and we
support a truce.

Q  Do you support
a ceasefire in Harbour?

MR. DORN:  We don't support a
ceasefire.

Q  Thanks.

MS. BERG:  Go ahead.

Q  Hi.

MR. DORN:  Hi.
"""
INTERVIEW = """Olaf Lund on the harbour

The minister spoke to the Herald on Monday.

The Herald: You oppose the truce. Why?

Olaf Lund: I oppose it because we were never asked. (Laughs.)

We want no truce.

The Herald: Will the Front accept a ceasefire?

Lund: Ask them. I support a truce if they do.
"""
ASKED = """Q: Do you want a ceasefire?

A: We want a ceasefire.

Q: Would you sign a truce?

A: I would.
"""


def stances(text):
    return [(row["keyword"], row["polarity"], row["holder"]) for row in read_article(text, SETTINGS).mentions]


def test_wrapped_transcript():
    assert stances(BRIEFING) == [
        ("humanitarian\npauses", "for", "Dorn"),
        ("truce", "for", "Dorn"),
        ("ceasefire", "neutral", "Q"),
        ("ceasefire", "against", "Dorn"),
    ]
    assert {kind for kind, *_ in segment(BRIEFING)} == {"body", "blank"}
    assert len(paragraphs(BRIEFING)) == 7
    assert all(BRIEFING[a:b].strip("MRS.") for a, b in paragraphs(BRIEFING))


def test_interview_with_names_and_turns_of_several_paragraphs():
    assert stances(INTERVIEW) == [
        ("truce", "neutral", "The Herald"),
        ("truce", "against", "Olaf Lund"),
        ("ceasefire", "neutral", "The Herald"),
        ("truce", "for", "Olaf Lund"),
    ]
    assert {row["speaker"] for row in read_article(INTERVIEW, SETTINGS).attributions} == {"The Herald", "Olaf Lund"}


def test_questions_and_answers():
    assert stances(ASKED) == [("ceasefire", "neutral", "Q"), ("ceasefire", "for", "A"), ("truce", "neutral", "Q")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Q: ", "INTERVIEWER: ").replace("A: ", "LUND: "),
        lambda text: text.replace("Q: ", "Gazette: ").replace("A: ", "Lund: "),
        lambda text: text.replace("Q: ", "Q. ").replace("A: ", "A. "),
        lambda text: text.replace("Q: ", "QUESTION: ").replace("A: ", "THE PRESIDENT: "),
        lambda text: text.replace("Q: ", "SPEAKER 1: ").replace("A: ", "SPEAKER 2: "),
        lambda text: text.replace("Q: ", "IDA BERG, GAZETTE: ").replace("A: ", "OLAF LUND, MAYOR: "),
        lambda text: text.replace("Q: ", "[00:01:02] Berg: ").replace("A: ", "[00:02] Lund: "),
        lambda text: text.replace("Q: ", ">> BERG: ").replace("A: ", ">> LUND: "),
        lambda text: text.replace("Q: ", "**Émile Berg:** ").replace("A: ", "**Ursula von der Lund:** "),
        lambda text: text.replace("Q: ", "Q) ").replace("A: ", "A) "),
        lambda text: text.replace("Q: ", "\u200bQ:\u00a0").replace("A: ", "\ufeffA: "),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_labels_of_other_forms(change):
    text = change(ASKED)
    assert [polarity for _, polarity, _ in stances(text)] == ["neutral", "for", "neutral"]
    assert len(read_article(text, SETTINGS).attributions) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "Age: 45\nParty: none\nQuote: no\nAge: 52\nParty: Front\nQuote: no\nAge: 61\nParty: none\nQuote: no",
        "WHEN: Monday\nWHERE: the hall\nWHEN: Tuesday\nWHERE: the port\nWHEN: Friday\nWHERE: the hall",
        "Lund: no.\nBerg: no.\n" + "The mayor of the town said that nothing would be done about it.\n" * 20,
        "A mayor said no.\nA clerk said no.\nA guard said no.\nA boat left.",
    ],
)
def test_labels_that_bring_in_nobody(text):
    assert find_turns(text) == []


def test_paragraphs_of_a_report_that_quotes_from_a_transcript_stay_its_own():
    text = "Ferry plan is dead\n\nThe hall was full on Monday.\n\n" + ASKED + "\nThe mayor rejected the truce.\n"
    assert stances(text)[-1] == ("truce", "against", "The mayor")
    assert read_article(text, SETTINGS).attributions


def test_capitals_before_a_name_end_no_sentence():
    assert len(split("MR. DORN:  We sail. DR. BERG left.")) == 2


def test_one_question_and_its_answer():
    text = "On boats\n\nGazette: Do you back a ceasefire?\n\nLund: We back a truce."
    assert stances(text) == [("ceasefire", "neutral", "Gazette"), ("truce", "for", "Olaf Lund")]
    assert find_turns(text + "\n\nThe mayor left.\n\nThe boats sailed.") == []
    assert find_turns("Poll: Do you back a truce?\nYes: 40 in a hundred") == []


def test_lines_that_are_full_are_joined_in_a_transcript_without_empty_lines():
    text = "Q: Do you back a truce with the Front, as many do?\nA: We back a truce, and we said so in May.\nThen as now. I was for it.\nQ: Why?\nA: I was."
    assert len(paragraphs(text)) == 5
    assert len(paragraphs(text.replace("May.\nThen as now", "May.\nUnfortunately"))) == 4


def test_work_grows_with_the_text():
    def work(times):
        text = "Q: Will you sail with us, do you think?\n" + "A: I will. We do. " * times
        assert len(read_article(text, SETTINGS).attributions) > 1
        return lines(lambda: read_article(text, SETTINGS))

    assert work(400) < 2.5 * work(200)
