"""What databases print around an article is no prose: heads and tails, in lines, in one line, in Factiva's codes."""

import pytest
from effort import lines

from parley.corpus.segments import segment
from parley.read import read_article

FIRST = "The mayor said on Monday that boats would sail again."
SECOND = "Nobody objected to the plan, which the council had voted down twice before."
NEW = f"""Talks falter
The Gazette (London)
March 25, 2024 Monday 3:02 PM GMT


Copyright 2024 The Gazette, a division of Example Media Inc. All Rights Reserved
Section: WORLD NEWS; Version:13
Length: 36 words
Byline: Ada Berg in Port Harbour
Highlight: Front says no
Body


{FIRST}
{SECOND}

Language: ENGLISH

Publication-Type: Newspaper

Journal Code: WEBGNS

Subject: CEASEFIRES (90%); NEGATIVE NEWS (89%); PRESS AGENCY RELEASES (70%)

Load-Date: March 26, 2024


End of Document"""
OLD = f"""
                               1 of 74 DOCUMENTS

                                  The Herald

                     January 8, 2010 Friday, CITY EDITION

Talks falter

SECTION: NEWS; Pg. 3
LENGTH: 36 words
BYLINE: By Ada Berg
DATELINE: PORT HARBOUR

{FIRST}

{SECOND}

GRAPHIC: PHOTO, B/W, The harbour, Ida Lund

LOAD-DATE: January 8, 2010

                       Copyright 2010 The Herald
                              All Rights Reserved
"""
CODED = f"""HD Talks falter
BY By Ada Berg
WC 36 words
PD 13 November 2017
SN The Gazette
SC GZT
LA English
CY (c) 2017 Gazette Ltd
LP
{FIRST}
TD
{SECOND}
CO gztt : Gazette
AN Document GZT0000020171113edbd0000d
"""
UNCODED = f"""World

Talks falter

By Ada Berg

36 words

13 November 2017

The Gazette

GZT

1; National

English

(c) 2017 Gazette Ltd

{FIRST}

{SECOND}

Gazette Ltd

Document GZT0000020171113edbd0000d
"""
PRINTED = {"new": NEW, "old": OLD, "coded": CODED, "uncoded": UNCODED}
PRINTED |= {"old, other line ends": OLD.replace("\n", "\r\n"), "new, in one line": " ".join(NEW.split())}
PRINTED |= {"old, in one line": " ".join(OLD.split())}


def of_kind(text, *wanted):
    return " ".join(" ".join(text[a:b] for kind, a, b in segment(text) if kind in wanted).split())


@pytest.mark.parametrize("form", PRINTED)
def test_head_and_tail_are_no_prose(form):
    text = PRINTED[form]
    assert of_kind(text, "body", "caption") == f"{FIRST} {SECOND}"
    assert of_kind(text, "headline").startswith("Talks falter")
    assert "Ada Berg" in of_kind(text, "credit", "furniture")
    assert "".join(text[a:b] for _, a, b in segment(text)) == text


def test_a_head_is_told_by_itself_at_the_beginning_of_a_long_line():
    head, prose = " ".join(NEW.split()).split(" Body ")[0], " ".join([FIRST] * 400)
    assert len(prose) > 12_000 and of_kind(f"{head} Body {prose}", "body") == prose


def test_many_titles_may_stand_below_the_edition():
    titles = "CITY EDITION\n\nTalks falter\nFront says no\nCrew waits at sea\nA bridge, or a boat\n\nSECTION: "
    text = OLD.replace("Talks falter\n\nSECTION: ", titles).replace("January 8, 2010 Friday, CITY EDITION", "Norby")
    assert of_kind(text, "body", "caption") == f"{FIRST} {SECOND}"


def test_fields_become_what_they_hold():
    assert of_kind(NEW, "credit") == "Ada Berg in Port Harbour"
    assert of_kind(NEW, "standfirst") == "Front says no"
    assert of_kind(OLD, "dateline") == "PORT HARBOUR"
    assert of_kind(CODED, "headline") == of_kind(UNCODED, "headline") == of_kind(OLD, "headline") == "Talks falter"


def test_no_field_is_a_speaker_or_a_place_of_a_keyword():
    reading = read_article(NEW, {"keywords": {"truce": ["ceasefire"]}})
    assert reading.mentions == []
    assert [row["source_text"] for row in reading.attributions] == ["Front", "The mayor"]


@pytest.mark.parametrize(("words", "kind"), [(8, "credit"), (9, "body")])
def test_a_line_below_an_empty_byline_is_an_author_if_it_is_short(words, kind):
    line = " ".join(["Ada"] * words)
    text = f"Talks falter\nLength: 212 words\nSection: News\nByline:\n{line}\n{FIRST}\n{SECOND}\nLoad-Date: May 4, 2012"
    assert line in of_kind(text, kind)


@pytest.mark.parametrize(("fields", "head"), [(7, True), (8, False)])
def test_a_head_may_begin_with_seven_fields_that_stand_in_tails_elsewhere(fields, head):
    labels = ("Company", "Person", "Location", "Database", "Keywords", "Industry", "Country", "State")[:fields]
    above = [*(f"{label}: Norby" for label in labels), "Length: 212 words", "Section: News"]
    text = "\n".join([*above, "Byline: Ada Berg", "", FIRST, SECOND, "Load-Date: May 4, 2012"])
    assert ("Company: Norby" in of_kind(text, "furniture")) == head


def test_abstract_and_full_text_below_the_head():
    text = NEW.replace("Body\n", "Body\n\nABSTRACT\nAda Berg: nobody wins\nFULL TEXT\n")
    assert of_kind(text, "standfirst") == "Front says no Ada Berg: nobody wins"
    assert of_kind(text, "body") == f"{FIRST} {SECOND}"


PROQUEST = f"""Talks falter

Full text
{FIRST}
{SECOND}

Subject: Ceasefires; Ferries
Shelf: none
Title: Talks falter
Publication title: The Gazette; London (UK)
Publication date: Mar 25, 2024
ISSN: 01234567
Document URL: https://search.example.com/docview/123
Database: Global Newsstream
"""
OWN = f"Title: Talks falter\nAuthor: Ada Berg\nSource: The Gazette\nDate: 2024-03-25\nURL: https://gazette.example/a\n{FIRST}\n{SECOND}"
FACTIVA = f"""News
Talks falter

Ada Berg
212 words
25 March 2024
The Gazette
GAZ
English
(c) 2024 Example Media. All rights reserved.

{FIRST}

{SECOND}
"""


@pytest.mark.parametrize("text", [PROQUEST, OWN, " ".join(OWN.split()), FACTIVA, NEW.replace("Language", "Sprache")])
def test_heads_and_tails_of_other_databases(text):
    found = {kind: [text[a:b] for k, a, b in segment(text) if k == kind] for kind in ("headline", "body", "standfirst")}
    assert found["headline"] == ["Talks falter"] and " ".join(found["body"]) == f"{FIRST} {SECOND}"
    assert {row["source_text"] for row in read_article(text, {}).attributions} <= {"The mayor", "Front"}


@pytest.mark.parametrize("label", ["Full text", "Text", "Body"])
def test_what_stands_on_the_line_of_its_label_is_prose(label):
    text = PROQUEST.replace(f"Full text\n{FIRST}\n", f"Author: Ada Berg\n{label}: {FIRST}\n")
    assert of_kind(text, "body") == f"{FIRST} {SECOND}" and of_kind(text, "credit") == "Ada Berg"


def test_a_number_above_a_title_is_no_headline():
    text = f"Document 3 of 20\n\n{PROQUEST}"
    assert of_kind(text, "headline") == "Talks falter" and of_kind(text, "body") == f"{FIRST} {SECOND}"


def test_a_line_with_a_colon_above_a_tail_stays_prose():
    text = f"{FIRST}\nBerg: no\nLanguage: ENGLISH\nLoad-Date: May 4, 2012"
    assert [text[a:b] for kind, a, b in segment(text) if kind == "body"] == [FIRST, "Berg: no"]
    text = f"{FIRST}\n{SECOND}\nDate: March 3, 2024\nPlace: the hall\nTickets: 5"
    assert "furniture" not in {kind for kind, *_ in segment(text)}


def test_several_documents_in_one_text():
    text = OLD + OLD.replace("1 of 74", "2 of 74").replace("Talks falter", "Bridge shut")
    assert [text[a:b] for kind, a, b in segment(text) if kind == "headline"] == ["Talks falter", "Bridge shut"]


def test_a_headline_of_the_metadata_goes_before_the_looks_of_a_line():
    found = segment(NEW, headline="The Gazette (London)")
    assert [NEW[a:b] for kind, a, b in found if kind == "headline"] == ["The Gazette (London)"]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n\nPerson: unknown.\n\nSubject: the ferry, he wrote.\n\nLanguage: a barrier, said the clerk.",
        f"Length: the ferry is 40 metres long.\n\n{FIRST}\n\nSection: nobody knows.",
        f"{FIRST} The line was 36 words long. Body and soul. {SECOND}",
        f"IN THE END\n\n{FIRST}\n\nHD television, she said.",
    ],
)
def test_single_labels_in_prose_prove_nothing(text):
    assert all(kind in ("body", "blank", "headline") for kind, *_ in segment(text))
    assert of_kind(text, "headline", "body") == " ".join(text.split())


def test_fields_in_another_order():
    head = "All Rights Reserved\nThe Herald\nMay 3, 2019 Friday\nLANGUAGE: English\nSECTION: NEWS\nLENGTH: 36 words\n"
    text = f"{head}HEADLINE: Talks falter\nBYLINE: Ada Berg\nBODY:\n{FIRST}\n{SECOND}\nLOAD-DATE: May 4, 2019"
    assert of_kind(text, "headline", "body") == f"Talks falter {FIRST} {SECOND}"


def test_a_sentence_that_begins_like_a_code_is_prose():
    text = CODED.replace(SECOND, f"{SECOND}\nIN THE END nobody sailed, she said.")
    assert of_kind(text, "body").endswith("IN THE END nobody sailed, she said.")


def test_prose_above_a_tail_stays_prose():
    text = f"{FIRST}\n\n{SECOND}\n\nByline: Ada Berg\n\nLanguage: ENGLISH\n\nLoad-Date: May 4, 2012"
    assert of_kind(text, "body") == f"{FIRST} {SECOND}"


@pytest.mark.parametrize(
    "text", ["Length: 36 words Byline: " * 30_000, "Load-Date: May 4 " * 40_000, "Body\n" * 50_000]
)
def test_work_grows_with_the_text(text):
    assert lines(lambda: segment(text)) < 2 * lines(lambda: segment(text[: len(text) // 2])) + 20_000
