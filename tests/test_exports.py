"""Exports of Nexis, Lexis and Factiva: each article once, with what the export says of it, as it prints it."""

import exported
import pytest

from parley.corpus.containers import page_text
from parley.corpus.exports import articles_in, count_articles, count_declared
from parley.corpus.segments import PROSE, segment


def fields(text, *names):
    return [tuple(article.fields.get(name) for name in names) for article in articles_in(text)]


def test_nexis_of_old_prints_outlet_date_edition_and_headline():
    assert fields(exported.OLD_NEXIS, "outlet", "date", "edition", "headline", "export_id") == [
        ("The Gazette", "2010-01-08", "Edition 1; Islands", "Ferry sails for the last time; Islanders say they were never asked", "1 of 3"),
        ("Northern Echo Online", "2010-01-09", None, "Bridge shut", "2 of 3"),
        ("THE HERALD (Northport)", "2010-01-09", "Late Edition - Final", "Who pays for a bridge?", "3 of 3"),
    ]  # fmt: skip
    first, second, third = articles_in(exported.OLD_NEXIS)
    assert first.fields["credit"] == "ADA BERG, Harbour Correspondent" and first.fields["place"] == "PORT HARBOUR"
    assert first.fields["section"] == "NEWS; Pg. 3" and first.fields["language"] == "ENGLISH"
    assert first.fields["date_printed"] == "January 8, 2010 Friday" and first.fields["date_basis"] == "stated"
    assert "credit" not in second.fields and third.fields["credit"] == "-- (AFP)"


def test_what_an_export_prints_of_an_article_stays_in_its_text_and_the_cover_page_does_not():
    first, _, third = articles_in(exported.OLD_NEXIS)
    assert first.text.split()[:3] == ["1", "of", "3"] and first.text.endswith("All Rights Reserved")
    assert exported.PROSE in first.text and third.text.endswith("LOAD-DATE: January 9, 2010")
    printed = "\n".join(article.text for article in articles_in(exported.OLD_NEXIS)).split()
    assert printed == exported.OLD_NEXIS[exported.OLD_NEXIS.index("1 of 3 DOC") :].split()


def test_lexis_prints_headline_outlet_and_date():
    text = "\n".join(exported.lexis_lines())
    assert fields(text, "outlet", "date", "time", "edition", "headline", "credit") == [
        ("The Gazette (London)", "2023-12-01", "15:02", None, "Ferry sails", "Ada Berg"),
        ("The Herald (Northport)", "2005-05-09", None, "Final Edition", "Council: the bridge can wait", None),
        ("The Gazette (London)", "2023-12-02", None, None, "Weather - Correction Appended", "Ola Vik"),
    ]
    first, second, third = articles_in(text)
    assert first.text.startswith("Ferry sails\nThe Gazette") and first.text.endswith("End of Document")
    assert first.fields["place"] == "PORT HARBOUR" and "language" not in second.fields
    assert third.fields["date_basis"] == "inferred from text", "the day it was loaded"


def test_lexis_without_a_cover_page_and_cut_off_loses_nothing():
    lines = exported.lexis_lines()
    begin, last = lines.index("Ferry sails"), len(lines) - lines[::-1].index("Body") + 3
    found = articles_in("\n".join(lines[begin:last]))
    assert [article.fields["headline"] for article in found] == [headline for headline, *_ in exported.LEXIS]
    assert "\n".join(article.text for article in found).split() == "\n".join(lines[begin:last]).split()


def test_html_of_nexis_shows_the_same_lines():
    text = page_text(exported.old_nexis_html())
    assert fields(text, "outlet", "date", "edition", "headline", "credit") == [
        ("The Gazette", "1995-06-17", "CITY EDITION", "Ferry sails Islanders were never asked", "By ADA BERG"),
        ("The Gazette", "1995-06-17", "CITY EDITION", "Bridge shut", None),
    ]
    assert articles_in(text)[0].text.endswith("Copyright 1995 Gazette & Co.")


FACTIVA = [
    ("Northern Echo", "2023-11-08", None, "News", "Every home to pay for the bridge, and the ferry goes", "Ada Berg"),
    ("Northern Echo", "2023-11-09", "15:02", "Sport", "Harbour win", None),
]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(exported.factiva_lines()),
        "\r\n".join(exported.factiva_lines()),
        page_text(exported.factiva_html()),
        "\n".join(exported.factiva_fields()),
        "\n".join(exported.factiva_fields("\t")),
        "\n".join(exported.factiva_fields("|")),
        "\n".join(exported.factiva_fields("\n")),
    ],
    ids=["lines", "crlf", "page", "fields", "tabs", "cells", "field above value"],
)
def test_every_form_of_factiva(text):
    assert fields(text, "outlet", "date", "time", "section", "headline", "credit") == FACTIVA
    first, second = articles_in(text)
    assert first.fields["export_id"] == "NECHO00020231108ejb80004f" and first.fields["language"] == "English"
    assert first.fields["edition"] == "1; National" and "edition" not in second.fields
    assert first.text.splitlines()[0].endswith(("News", "SE")) and "Search Summary" not in second.text
    assert exported.PROSE.split(". ")[1] in first.text and second.text.endswith("Document NECHO00020231109ejb90000b")


def test_an_article_of_factiva_without_a_date_has_its_outlet():
    lines = exported.factiva_lines()
    lines.remove("8 November 2023")
    first, second = articles_in("\n".join(lines))
    assert (first.fields["outlet"], second.fields["outlet"]) == ("Northern Echo", "Northern Echo")
    assert "date" not in first.fields and first.fields["headline"] == FACTIVA[0][4]


def test_an_outlet_right_above_the_copyright_is_no_language():
    lines = ["News", "Ferry sails", "20 words", "8 November 2023", "Echo", "(c) 2023 Echo Ltd.", "", exported.PROSE]
    [article] = articles_in("\n".join([*lines, "Document NECHO00020231108ejb80004f"]))
    assert article.fields["outlet"] == "Echo" and "language" not in article.fields


@pytest.mark.parametrize(
    ("printed", "time"), [("3:02 PM", "15:02"), ("12:10 am", "00:10"), ("12:05 PM", "12:05"), ("9:30", "09:30")]
)
def test_the_time_of_day_in_factiva(printed, time):
    for lines in (exported.factiva_lines(), exported.factiva_fields()):
        text = "\n".join(lines).replace("15:02", printed)
        assert [article.fields.get("time") for article in articles_in(text)] == [None, time]


def test_fields_of_factiva_without_numbers_are_told_apart_by_their_headlines():
    lines = [line for line in exported.factiva_fields() if not line.startswith("AN")]
    lines.insert(-1, "HD screens were sold.")
    assert articles_in("\n".join(lines))[-1].text.endswith("HD screens were sold.")
    assert fields("\n".join(lines), "outlet", "date", "time", "section", "headline", "credit") == FACTIVA


@pytest.mark.parametrize(
    ("above", "headline", "author"),
    [
        (["Harbour win"], "Harbour win", None),
        (["World News", "Ferry Talks Stall"], "Ferry Talks Stall", None),
        (
            ["Ferry Talks Stall Over the Harbour Plan", "Ada Berg"],
            "Ferry Talks Stall Over the Harbour Plan",
            "Ada Berg",
        ),
        (["Opinion", "A day at sea", "By Ada Berg and Ola Vik"], "A day at sea", "By Ada Berg and Ola Vik"),
    ],
)
def test_what_stands_above_the_length_in_factiva(above, headline, author):
    lines = [
        *above,
        "120 words",
        "8 November 2023",
        "Northern Echo",
        "NECHO",
        "English",
        "(c) 2023",
        "",
        exported.PROSE,
    ]
    [article] = articles_in("\n".join([*lines, "Document NECHO00020231108ejb80004f"]))
    assert (article.fields["headline"], article.fields.get("credit")) == (headline, author)


@pytest.mark.parametrize(
    "text",
    [
        exported.PROSE,
        "He read 1 of 3 documents.\n\n" + exported.PROSE,
        "End of Document\n" + exported.PROSE,
        "Length: she had none.\nBody\n" + exported.PROSE,
        "Document the harm, he said.\n120 words\n" + exported.PROSE,
        "",
    ],
)
def test_prose_that_speaks_of_documents_is_no_export(text):
    assert articles_in(text) == []


def test_what_stands_around_outlet_and_headline_is_neither():
    head = [
        "1 of 1 DOCUMENTS",
        "",
        "Copyright 2010 Cable Ltd.",
        "All Rights Reserved",
        "",
        "CABLE",
        "",
        "SHOW: MORNINGS 9:00 AM EST",
        "",
    ]
    head += ["January 8, 2010 Friday", "", "TRANSCRIPT: 0108.V1", "", "SECTION: NEWS", "", "LENGTH: 20 words", ""]
    [article] = articles_in(
        "\n".join([*head, "HEADLINE: Ferry sails", "", "BODY:", exported.PROSE, "", "Section: none, he said."])
    )
    assert (article.fields["outlet"], article.fields["headline"]) == ("CABLE", "Ferry sails")
    assert article.fields["section"] == "NEWS"


def test_an_article_of_factiva_without_a_length_has_its_first_line_and_its_number():
    lines = exported.factiva_lines()
    lines.remove("1,020 words")  # the first of two
    first, second = articles_in("\n".join(lines))
    assert first.fields == {"headline": "News", "export_id": "NECHO00020231108ejb80004f"}
    assert second.fields["headline"] == FACTIVA[1][4]


def test_prose_that_begins_with_the_letters_of_a_field_stays_prose():
    lines = exported.factiva_fields()
    lines.insert(lines.index(next(line for line in lines if line.startswith("TD"))) + 1, "BY the way, HD screens.")
    assert fields("\n".join(lines), "outlet", "date", "time", "section", "headline", "credit") == FACTIVA
    lines = exported.factiva_lines()
    lines.insert(lines.index("Echo Newspapers"), "HD screens were sold.")
    assert fields("\n".join(lines), "outlet", "date", "time", "section", "headline", "credit") == FACTIVA


def test_a_long_word_in_the_place_of_an_author_takes_no_time():
    [article] = articles_in(
        "\n".join(
            ["News", "A" * 100_000 + "!", "120 words", "8 November 2023", "Echo", "Document ECHO00020231108ejb80004f"]
        )
    )
    assert article.fields["headline"].startswith("AAA")


def test_a_date_in_words_not_known_is_kept_as_printed():
    lines = [
        "Fähre fährt",
        "Der Bote",
        "1. joulukuuta 2023",
        "",
        "Length: 20 words",
        "Body",
        exported.PROSE,
        "End of Document",
    ]
    [article] = articles_in("\n".join(lines))
    assert article.fields["outlet"] == "Der Bote" and article.fields["date_printed"] == "1. joulukuuta 2023"
    assert "date" not in article.fields


def test_articles_are_counted_and_declared():
    assert count_articles(exported.OLD_NEXIS) == count_declared(exported.OLD_NEXIS) == 3
    assert count_articles("\n".join(exported.lexis_lines())) == count_declared("\n".join(exported.lexis_lines())) == 3
    assert count_articles("\n".join(exported.factiva_lines())) == 2
    assert count_articles(exported.PROSE) == count_declared(exported.PROSE) == 0


def lexis(*above, between=(), prose=(exported.PROSE,)):
    """One article as Lexis prints it now, with little around it."""
    return "\n".join([*above, "", *between, "Body", *prose, "", "End of Document", ""])


def test_an_article_needs_no_length_and_no_section():
    text = lexis("Ferry sails", "The Gazette", "March 5, 2021 Friday") + lexis("Bridge shut", "Echo", "6 March 2021")
    assert fields(text, "outlet", "date", "headline") == [
        ("The Gazette", "2021-03-05", "Ferry sails"),
        ("Echo", "2021-03-06", "Bridge shut"),
    ]


def test_downloads_of_several_kinds_in_one_file_lose_no_article():
    printed = ["\n".join(exported.lexis_lines()), "\n".join(exported.factiva_lines()), exported.OLD_NEXIS]
    found = [article.fields["headline"] for article in articles_in("\n".join(printed))]
    assert found == [a.fields["headline"] for text in printed for a in articles_in(text)] and len(found) == 8
    twice = articles_in("\n".join(2 * printed[:1]))
    assert [article.fields["headline"] for article in twice] == 2 * [headline for headline, *_ in exported.LEXIS]
    assert twice[3].text == twice[0].text, "the second cover page is left out too"


def test_what_looks_like_a_field_in_the_text_is_none():
    text = lexis("Ferry sails", "Echo", "6 March 2021", prose=["Byline: nobody.", "Section: none.", exported.PROSE])
    assert fields(text, "credit", "section") == [(None, None)]


def test_a_day_that_is_not_printed_is_that_of_loading_and_a_headline_printed_twice_is_one():
    old = exported.OLD_NEXIS.replace("January 8, 2010 Friday", "January 2010").replace("Edition 1;", "")
    [first, *_] = articles_in(old.replace("                                    Islands\n", ""))
    assert first.fields["date_printed"] == "January 2010" and first.fields["date_basis"] == "inferred from text"
    assert first.fields["headline"].startswith("Ferry sails for the last time")
    assert fields(lexis("Page 1 of 2", "Ferry sails", "Ferry sails", "Echo", "6 March 2021"), "headline") == [("Ferry sails",)]  # fmt: skip


def test_documents_may_be_numbered_behind_the_word():
    text = exported.OLD_NEXIS.replace("1 of 3 DOCUMENTS", "Document 1 of 3").replace(
        "2 of 3 DOC", "Document 2 of 3 DOC"
    )
    assert [article.fields["export_id"] for article in articles_in(text)] == ["1 of 3", "2 of 3", "3 of 3"]


def test_the_edition_stands_below_the_date_and_a_note_is_no_outlet():
    text = lexis("Ferry sails", "Echo", "6 March 2021", "Edition 1, Ireland", "Link to PDF")
    assert fields(text, "edition", "headline") == [("Edition 1, Ireland", "Ferry sails")]
    note = "These materials may not be republished without the consent of The Gazette"
    text = exported.OLD_NEXIS.replace("The Gazette\n", f"The Gazette\n{note}\n", 1)
    assert fields("\ufeff" + text, "outlet")[0] == ("The Gazette",)


@pytest.mark.parametrize(
    ("words", "date", "document", "rights"),
    [
        ("120 words", "8 November 2023", "Document", "The Echo Online © 2023. Echo Ltd."),
        ("1.120 Wörter", "8 November 2023", "Dokument", "(c) 2023 Echo Ltd."),
        ("120 mots", "8 novembre 2023", "Document", "© Copyright 2023. Echo Ltd."),
    ],
)
def test_factiva_speaks_the_language_of_its_reader(words, date, document, rights):
    above = ["World", "‘We will not sign’", "Ada Berg in Port Harbour and Ola Vik in Northport", words, date]
    lines = [*above, "Echo", "ECHOO", "1ST", "7", "English", rights, "", exported.PROSE]
    [article] = articles_in("\n".join([*lines, f"{document} ECHOO00020231108ejb80004f"]))
    found = article.fields
    assert (found["headline"], found["credit"], found["date"]) == (above[1], above[2], "2023-11-08")
    assert (found["outlet"], found["edition"], found["language"]) == ("Echo", "1ST", "English")
    parts = [(kind, article.text[a:b]) for kind, a, b in segment(article.text, headline=found["headline"])]
    assert [text for kind, text in parts if kind in PROSE] == [above[1], exported.PROSE]


def test_by_above_the_length_names_an_author():
    lines = ["Bridge shut", "By Ola Vik in Northport", "120 words", "8 November 2023", "Echo", "ECHOO", "English"]
    [article] = articles_in("\n".join([*lines, "(c) 2023", "", exported.PROSE, "Document ECHOO00020231108ejb80004f"]))
    assert (article.fields["headline"], article.fields["credit"]) == ("Bridge shut", "By Ola Vik in Northport")
    assert "section" not in article.fields


def test_lines_around_a_head_are_no_prose():
    for between in (["TRANSCRIPT: 0108.V1"], ["Page 1 of 2"], ["National Edition"]):
        text = lexis("Ferry sails", "Echo", "6 March 2021", between=[*between, "Length: 20 words"])
        parts = [(kind, text[a:b]) for kind, a, b in segment(text, headline="Ferry sails")]
        assert [part for kind, part in parts if kind in PROSE] == ["Ferry sails", exported.PROSE]
