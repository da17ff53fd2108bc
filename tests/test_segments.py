"""Segments: every character in exactly one, prose told from what stands around it."""

import re
from pathlib import Path

import pandas as pd
import pytest
from effort import Handed, TooMuch, lines, steps
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley import StudyError, load_study
from parley.corpus import boilerplate, segments
from parley.corpus.boilerplate import dateline_end, is_about_author, is_credit, is_furniture
from parley.corpus.segments import KINDS, overruled_by_article, paragraphs, segment, segment_all

REPORT = "The mayor said on Monday that nobody had asked the islanders about the ferry."
PIECES = [
    "Caption:",
    "Caption: A ferry. AFP PHOTO / ADA LUND",
    "By Ada Lund",
    "LONDON (Reuters) - The ferry has stopped.",
    "Share",
    "Ferry plan is dead",
    REPORT,
    "ABSTRACT",
    "FULL TEXT",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x85",
    "“",
    "(",
    "A: ",
    "Moscow: ",
    "Ada Lund is a reporter.",
    "—",
    "\r\n",
    "\n\n",
    " ",
    "\u200b",
    "\x1c",
    "İ",
    "ß",
]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("\n".join),
)


def kinds(text, **given):
    return [(kind, text[start:end]) for kind, start, end in segment(text, **given) if kind != "blank"]


def assert_covers(text, segments):
    assert "".join(text[start:end] for _, start, end in segments) == text
    at = 0
    for kind, start, end in segments:
        assert kind in KINDS
        assert start == at < end
        at = end
    assert at == len(text)


@settings(max_examples=300)
@given(TEXTS, st.one_of(st.none(), TEXTS), st.one_of(st.none(), TEXTS), st.one_of(st.none(), TEXTS))
def test_segments_give_back_any_text(text, headline, credit, place):
    assert_covers(text, segment(text, headline=headline, credit=credit, place=place))


@settings(max_examples=100)
@given(TEXTS, st.data())
def test_segments_give_back_any_text_with_headline_and_what_overrules_out_of_it(text, data):
    ends = sorted([data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))])
    passage = text[slice(*ends)]
    assert_covers(text, segment(text, headline=passage, credit=passage))
    if passage.strip() and text.count(passage) == 1 and text.find(passage, text.find(passage) + 1) < 0:
        assert_covers(text, segment(text, overruled=[(data.draw(st.sampled_from(KINDS)), passage)]))


@settings(max_examples=100)
@given(TEXTS)
def test_blank_segments_hold_no_word_and_paragraphs_no_blank_ends(text):
    assert not any(
        character.isalnum() for kind, start, end in segment(text) if kind == "blank" for character in text[start:end]
    )
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in paragraphs(text))
    within = {place for start, end in paragraphs(text) for place in range(start, end)}
    assert all(place in within for place, character in enumerate(text) if character.isalnum())


@pytest.fixture(scope="module")
def study():
    return load_study(Path(__file__).parents[1] / "corpus")


def test_every_character_of_the_first_study_is_accounted_for(study):
    joined = study.segments.groupby("article_id")["text"].agg("".join)
    assert joined.to_dict() == dict(zip(study.articles["article_id"], study.articles["text"], strict=True))
    assert set(study.segments["kind"]) <= set(KINDS)


def test_the_first_study_is_labelled_as_read_by_hand(study):
    found = study.segments.groupby(["article_id", "kind"]).size().unstack(fill_value=0)
    expected = {  # counted by reading the texts
        "2012-02-22-expatica": dict(furniture=1, headline=1, body=18),
        "2012-03-19-rferl": dict(furniture=2, headline=1, caption=1, body=17, credit=1),
        "2012-04-09-unstated": dict(headline=1, standfirst=1, dateline=1, body=10, credit=1, furniture=1),
        "2016-11-02-afp": dict(dateline=1, body=12, repeat=12),
        "2016-11-02-asharq-al-awsat": dict(furniture=5, headline=1, caption=1, credit=1, body=16),
    }
    for article, counts in expected.items():
        assert {kind: n for kind, n in found.loc[article].items() if n and kind != "blank"} == counts, article


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("Ferry plan is dead\n\n" + REPORT, {}, ["headline", "body"]),
        ("Ferry plan is dead.\n\n" + REPORT, {"headline": "Ferry Plan is Dead"}, ["headline", "body"]),
        (
            "‘Ferry’ plan – is dead | Harbour Press\n" + REPORT,
            {"headline": "Ferry plan is dead"},
            ["headline", "furniture", "body"],
        ),
        (
            "Ferry plan is dead;\nIslanders weep.\n" + REPORT,
            {"headline": "Ferry plan is dead; Islanders weep"},
            ["headline"] * 2 + ["body"],
        ),
        ("Home\nSearch\nFerry plan is dead\n" + REPORT, {}, ["furniture", "furniture", "headline", "body"]),
        # one word of the metadata that begins a sentence is no headline
        (
            "Ferry services stopped on Monday, the mayor said to nobody.\n" + REPORT,
            {"headline": "Ferry"},
            ["body", "body"],
        ),
        ("The Ferry Plan Divides Islanders.\n" + REPORT, {}, ["headline", "body"]),
        ("The plan is dead.\nLONDON (Reuters) - " + REPORT, {}, ["headline", "dateline", "body"]),
        (
            "Ferry plan is dead\nNobody was asked.\nLONDON: " + REPORT,
            {},
            ["headline", "standfirst", "dateline", "body"],
        ),
        (
            "Ferry plan is dead\nABSTRACT\nNobody was asked.\nFULL TEXT\n" + REPORT,
            {},
            ["headline", "furniture", "standfirst", "furniture", "body"],
        ),
        (
            "Ferry plan is dead\nCaption:\nA ferry leaves. AFP PHOTO / ADA LUND\n" + REPORT,
            {},
            ["headline", "furniture", "caption", "credit", "body"],
        ),
        (REPORT + "\n" + REPORT, {}, ["body", "repeat"]),
        (
            "Ferry plan is dead\n" + REPORT + "\nAda Lund / Reuters\n" + REPORT[:40] + "\nBy Ada Lund\nShare",
            {},
            ["headline", "body", "credit", "body", "credit", "furniture"],
        ),
        ("Ferry plan is dead\nBylaws\n" + REPORT, {"credit": "Bylaws"}, ["headline", "credit", "body"]),
    ],
)
def test_kinds(text, given, expected):
    assert [kind for kind, _ in kinds(text, **given)] == expected


def test_a_standfirst_that_half_repeats_the_lead_keeps_its_kind():
    text = f"Ferry plan is dead\nThe mayor said on Monday that nobody had asked.\nLONDON: {REPORT}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "standfirst", "dateline", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW, March 19 (RIA Novosti) - ",
        "(Reuters) - ",
        "Dec 29 (Reuters) - ",
        "LONDON/PARIS (Reuters) – ",
        "WASHINGTON ―\xa0",
        "CHARLESTON, S.C.\xa0— ",
        "ST. LOUIS — ",
        "New York (AFP) – ",
        "BOCA RATON, Fla. -- ",
        "Moscow: ",
        "London — ",
    ],
)
def test_datelines(text):
    assert dateline_end(text + REPORT) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lund: ",
        "ADA LUND: ",
        "EXCLUSIVE - ",
        "Poll: ",
        "Ada Lund — ",
        "SIEGEL--",
        "Sen. Ada Lund (R-Texas) — ",
        "PREVIOUSLY: ",
        "Video Transcript:",
        "IOWA POLLS NOT WRONG JUST EARLY - ",
        "Moscow — and only Moscow — ",
        "London: “No.” ",
        "Moscow: No. ",
    ],
)
def test_speakers_and_labels_are_no_datelines(text):
    rest = "" if text.endswith((":", "” ", "No. ")) else REPORT
    assert dateline_end(text + rest) == 0


def test_the_metadata_make_a_place_and_a_credit_known():
    assert dateline_end("Lundby: " + REPORT) == 0
    assert dateline_end("Lundby: " + REPORT, place="Lundby") == 8
    assert dateline_end("Lundby Post, Lundby :", credit="Lundby Post, Lundby") == 21


@pytest.mark.parametrize(
    "text",
    [
        "Read more: Ferry plan is dead",
        "Share this",
        "Follow Ada Lund on Twitter @lund.",
        "This story has been updated to include a reply.",
        "Correction: October 2, 2016, Sunday.",
        "___",
        "https://example.org/a",
        "@lund.",
        "Watch the full interview below:",
        "By continuing to use the site, you agree to the use of cookies.",
        '<tweet id="1"><tweet/>.',
        "© 2016 Harbour Press",
        "ABSTRACT.",
        *[
            "ALSO READ | Ferry plan is dead",
            "READ ALSO: Ferry plan is dead",
            "ALSO READ - Ferry plan is dead",
            "Explained: Why it is dead",
            "Photograph: Ida Berg/Gazette",
            "(Photo by Ida Berg/Getty Images)",
            "Image source, Getty Images",
            "Credit: Ida Berg",
            "Pic: AP",
            "(Representational image)",
            "(With inputs from agencies.)",
            "(With PTI inputs)",
            "(Inputs: PTI)",
            "(AFP)",
            "Read More >>",
            "- Advertisement -",
            "Article continues after ad",
            "Follow Gazette on Google News",
            "Like us on Facebook",
            "5 min read",
            "Sign up: get our morning email",
            "Get the latest news in your inbox",
            "Related Stories",
            "Most read",
            "Leave a comment",
            "Last updated: 25 March 2024, 3:02 PM",
            "Tags: ferries, truce",
            "You may also like",
            "[ad_1]",
        ],
    ],
)
def test_furniture(text):
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "Copyright infringement is rife, the mayor said.",
        "Subscribers left the paper.",
        "Share prices fell.",
        "Search teams found him.",
        "We use truces to rest.",
        "Follow the money, she said.",
        "Home is where the ferry lands.",
        "“…”",
        "Menu prices rose below 3 per cent.",
        "Related talks failed.",
        "Watch out, he said.",
        "1",
        "March 19 was quiet.",
        "Print media were banned.",
        "Related: that is the word the mayor used.",
        "Listen: nobody wants this war, the mayor said.",
        "Follow us on this road to peace, the mayor told the hall.",
        "Sign up for the army, the posters said.",
        "With inputs from farmers falling, prices rose.",
        "Share this burden, the mayor told them.",
        "Click here, she told the court, was all it said.",
        "Subscribe to the view that peace is near, and you will be let down.",
        "Image: a word the mayor uses of the town.",
        REPORT,
    ],
)
def test_prose_is_no_furniture(text):
    assert not is_furniture(text)


@pytest.mark.parametrize(
    ("text", "anywhere", "at_end"),
    [
        ("Ada Lund via Getty Images.", True, True),
        ("Ada Lund / Reuters", True, True),
        ("Source: NATO.", True, True),
        ("(Reporting by Ada Lund; Editing by Tom Marsh)", True, True),
        ("By Ada Lund and Tom Marsh", False, True),
        ("With Reuters and AFP reports", False, True),
        ("Bureau Report", False, True),
        ("Ada Lund contributed reporting.", False, True),
        ("Contributing: Ada Lund", False, True),
        ("(h/t The Hill.)", False, True),
        ("- Reuters.", False, True),
        ("By Monday the ferry had sunk.", False, False),
        ("Ada Lund", False, False),
        ("With no reports of deaths", False, False),
        ("Lund reported the find to the police.", False, False),
        (REPORT, False, False),
    ],
)
def test_credits(text, anywhere, at_end):
    assert (is_credit(text), is_credit(text, at_end=True)) == (anywhere, at_end)


def test_a_note_on_the_author_names_somebody_the_report_does_not():
    assert is_about_author("Ada Lund is a columnist for the Harbour Press.", REPORT)
    assert not is_about_author("Ada Lund is a columnist for the Harbour Press.", "Lund was arrested.")
    assert not is_about_author("Ada Lund is a suspect.", REPORT)


def test_a_correction_overrules_the_rules():
    text = f"Ferry plan is dead\nA ferry leaves the pier.\n{REPORT}"
    assert kinds(text, overruled=[("caption", "A ferry leaves the pier.")])[1] == (
        "caption",
        "A ferry leaves the pier.",
    )


@pytest.mark.parametrize(
    ("kind", "article", "passage", "message"),
    [
        (
            "caption",
            "a",
            "Not there.",
            "segments table: a: the passage 'Not there.' is not in the text; copy it",
        ),
        ("caption", "a", "  ", "segments table: a: the passage '  ' is not in the text"),
        (
            "caption",
            "a",
            "ferry",
            "segments table: a: the passage 'ferry' is in the text more than once; copy more of it",
        ),
        ("captoin", "a", "A ferry.", "segments table: row 1: unknown kind 'captoin'; did you mean 'caption'"),
        ("caption", "b", "A ferry.", "segments table: row 1: no article has the id 'b'"),
    ],
)
def test_what_overrules_the_rules_and_cannot_stops(kind, article, passage, message):
    articles = pd.DataFrame(
        {"article_id": ["a"], "text": ["A ferry. A ferry."], "headline": None, "credit": None, "place": None}
    )
    overruled = pd.DataFrame({"article_id": [article], "kind": [kind], "passage": [passage]})
    for check in (lambda: overruled_by_article(overruled, articles), lambda: segment_all(articles, overruled)):
        with pytest.raises(StudyError) as stop:
            check()
        assert str(stop.value).startswith(message)


def test_what_overrules_is_handed_out_by_article():
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["A ferry. A bridge.", "A train."]})
    rows = [("a", "caption", "A ferry."), ("b", "furniture", "A train."), ("a", "credit", "A bridge.")]
    found = overruled_by_article(pd.DataFrame(rows, columns=["article_id", "kind", "passage"]), articles)
    assert found == {"a": [("caption", "A ferry."), ("credit", "A bridge.")], "b": [("furniture", "A train.")]}


def test_lines_of_a_text_wrapped_at_a_fixed_width_are_joined():
    line = "The mayor said on Monday that nobody at all had asked the islanders"
    wrapped = "\n\n".join(["\n".join([line] * 4) + "\nabout the ferry."] * 3)
    assert len(paragraphs(wrapped)) == 3
    assert len(paragraphs(wrapped.replace("\n", "\r\n"))) == 3


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A",
        "truce in Aleppo ",
        "\n",
        "A: ",
        "A:\n",
        "Moscow:\n",
        "(",
        "(\n",
        '"',
        "“",
        "’s ",
        '."',
        "<a>",
        "Caption:\n",
        "By Ada\n",
        "FULL TEXT\n",
        "FULL TEXT\nNobody was asked.\n",
        "LONDON — a\n",
        "\r",
        "\u200b",
        "Ada Lund is a reporter\n",
        "Aa. Bb, ",
    ],
)
def test_work_is_linear_in_the_length(unit, monkeypatch):
    rules = []
    for module in (boilerplate, segments):
        for name, pattern in vars(module).items():
            if isinstance(pattern, re.Pattern):
                rules.append(Handed(pattern))
                monkeypatch.setattr(module, name, rules[-1])

    def done(length):
        before = sum(rule.characters for rule in rules)
        run = lines(lambda: segment(unit * (length // len(unit)), headline=unit * 30))
        return run, sum(rule.characters for rule in rules) - before

    done(1_000)  # what is compiled once
    assert all(large < 5 * small + 2_000 for small, large in zip(done(5_000), done(20_000), strict=True))


SCRAPS = [
    "A",
    "Aa",
    "A.",
    ", ",
    "and ",
    "-",
    "By ",
    "(",
    ":",
    " ",
    "AFP",
    "/",
    "<a>",
    "@",
    "via ",
    "Follow on Twitter ",
]


@pytest.mark.parametrize("rule", ["FURNITURE", "CREDIT", "CREDIT_AT_END", "AUTHOR", "DATELINE"])
def test_no_rule_tries_a_paragraph_in_too_many_ways(rule):
    @settings(max_examples=40)
    @given(st.lists(st.sampled_from(SCRAPS), max_size=300).map("".join))
    @example("Ada Lund is a reporter " * 30)
    def tried(paragraph):
        steps(getattr(boilerplate, rule), paragraph[: boilerplate.LONGEST], limit=50_000)

    tried()
    for scrap in SCRAPS:
        steps(getattr(boilerplate, rule), (scrap * boilerplate.LONGEST)[: boilerplate.LONGEST], limit=50_000)


@pytest.mark.parametrize("scrap", SCRAPS)
def test_a_photographer_is_looked_for_in_few_steps(scrap):
    text = scrap * 120
    taken = sum(steps(boilerplate.PHOTO_CREDIT, text[-120:], start) for start in range(min(len(text), 120)))
    assert taken < 50_000


def test_the_count_of_steps_bites():
    with pytest.raises(TooMuch):
        steps(re.compile(r"(?:[A-Z]\w*){0,11}:"), "A" * 60)
