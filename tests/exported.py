"""Small files in the forms in which Nexis, Lexis and Factiva export articles; what they say is invented."""

import docx

PROSE = "The ferry sailed on Friday, the mayor of Port Harbour said. Nobody had asked the islanders about it before."

OLD_NEXIS = f"""\ufeff


Download Request: Selected Items: 1-3
Time Of Request: Friday, March 5, 2010  16:51:31

Terms: (ferry and bridge)


                               1 of 3 DOCUMENTS



                                  The Gazette

                            January 8, 2010 Friday
                                   Edition 1;
                                    Islands

Ferry sails for the last time; Islanders say
they were never asked

BYLINE: ADA BERG, Harbour Correspondent

SECTION: NEWS; Pg. 3

LENGTH: 20 words

DATELINE: PORT HARBOUR

{PROSE}

LOAD-DATE: January 9, 2010

LANGUAGE: ENGLISH

GRAPHIC: The ferry

PUBLICATION-TYPE: Newspaper


                       Copyright 2010 Gazette Newspapers
                              All Rights Reserved

                               2 of 3 DOCUMENTS


                              Northern Echo Online

                                January 9, 2010

Bridge shut

LENGTH: 20 words

{PROSE}

LANGUAGE: ENGLISH


                       Copyright 2010 Echo Ltd.

                               3 of 3 DOCUMENTS


                              THE HERALD (Northport)

                 Saturday, January 9, 2010  Late Edition - Final

Who pays for a bridge?

BYLINE: -- (AFP)

LENGTH: 20 words

{PROSE}

LOAD-DATE: January 9, 2010
"""

# headline, outlet, date, fields above the text, and below it
LEXIS = [
    ("Ferry sails", "The Gazette(London)", "December 1, 2023 Friday 3:02 PM GMT", "Ada Berg", "ENGLISH"),
    (
        "Council: the bridge can wait",
        "The Herald (Northport) - Final Edition",
        "May 9, 2005, Monday,, FIRST EDITION",
        "",
        "",
    ),
    ("Weather - Correction Appended", "The Gazette(London)", "", "Ola Vik", "ENGLISH"),
]
COVER = ["", "User Name: A READER", "Date and Time: Friday, 5. July 2024 09:31:00 CEST", "Job Number: 00000001"]
COVER += ["Documents (3)", "1. Ferry sails", "Client/Matter: -None-", "Search Terms: ferry", "", ""]


def lexis_lines():
    """The paragraphs of a download of Lexis, its cover page first."""
    lines = [*COVER, "", ""]
    for headline, outlet, date, byline, language in LEXIS:
        lines += [headline, outlet, date, "", "Correction Appended"] if not date else [headline, outlet, date, ""]
        lines += [
            "Copyright 2023 Example Media Inc. All Rights Reserved",
            "Section:\xa0NEWS; Pg. 3",
            "Length:\xa020 words",
        ]
        lines += [f"Byline:\xa0{byline}"] if byline else []
        lines += ["Dateline:\xa0PORT HARBOUR ", "Body", "", "", *PROSE.split(". ", 1), "Classification", ""]
        lines += [f"Language:\xa0{language}"] if language else []
        lines += [
            "Subject:\xa0CEASEFIRES (90%); FERRIES (80%)",
            "Load-Date:\xa0December 2, 2023",
            "",
            "End of Document",
            "",
            "",
        ]
    return lines


def lexis_docx(path):
    """The same as a Word file, with the table that stands on the cover page."""
    document = docx.Document()
    for line in lexis_lines():
        document.add_paragraph(line)
        if line.startswith("Search Terms"):
            table = document.add_table(1, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = "Content Type", "Narrowed by"
    document.save(path)


def as_rtf(lines):
    """Lines as RTF, one paragraph each; what is beyond ASCII is written as its number."""
    text = "\\par\n".join(line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}") for line in lines)
    body = "".join(c if c < "\x80" else f"\\u{(ord(c) + 0x8000) % 0x10000 - 0x8000}?" for c in text)
    return "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + body + "\\par}"


def old_nexis_html():
    """Nexis of old as HTML: a block a field, and comments in place of its own marks."""
    blocks = []
    for number, (headline, byline) in enumerate(
        [("Ferry sails<BR>Islanders were never asked", "By ADA BERG"), ("Bridge shut", "")], 1
    ):
        fields = [f"{number} of 2 DOCUMENTS", "The Gazette", "June 17, 1995, CITY EDITION", headline]
        fields += [f"BYLINE: </SPAN><SPAN>{byline}"] if byline else []
        fields += ["SECTION: </SPAN><SPAN>NEWS; Pg. 1", "LENGTH: </SPAN><SPAN>20 words"]
        blocks += [f'<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{field}</SPAN></P>\n</DIV>' for field in fields]
        prose = "</SPAN></P>\n<P><SPAN>".join(PROSE.split(". ", 1))
        blocks += [f"<BR><DIV><P><SPAN>{prose}</SPAN></P>\n</DIV>"]
        tail = [
            "LOAD-DATE: </SPAN><SPAN>June 17, 1995",
            "LANGUAGE: </SPAN><SPAN>ENGLISH",
            "Copyright 1995 Gazette &amp; Co.",
        ]
        blocks += [f"<BR><DIV><P><SPAN>{field}</SPAN></P>\n</DIV>" for field in tail]
    return (
        '<HTML>\n<HEAD><STYLE TYPE="text/css"><!-- .c0 { } --></STYLE><TITLE>&nbsp;</TITLE></HEAD>\n<BODY>'
        + "\n".join(blocks)
    )


# section, headline, author, date, time, outlet, code, edition, page, language, copyright, number
FACTIVA = [
    ("News", "Every home to pay for the bridge, and the ferry goes", "Ada Berg", "8 November 2023", "", "Northern Echo", "NECHO",
     "1; National", "4,5", "English", "(c) 2023 Echo Newspapers", "NECHO00020231108ejb80004f"),
    ("Sport", "Harbour win", "", "9 November 2023", "15:02", "Northern Echo", "NECHO", "", "20", "English",
     "(c) 2023 Echo Newspapers", "NECHO00020231109ejb90000b"),
]  # fmt: skip


def factiva_lines():
    """What Factiva prints, without letters before the fields."""
    lines = []
    for section, headline, author, date, time, outlet, code, edition, page, language, rights, number in FACTIVA:
        lines += [
            section,
            headline,
            author,
            "1,020 words",
            date,
            time,
            outlet,
            code,
            edition,
            page,
            language,
            rights,
            "",
        ]
        lines += [*PROSE.split(". ", 1), "Echo Newspapers", f"Document {number}", "", ""]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1].startswith(("(c)", "Document")))]
    return [*kept, "Search Summary", "Text", "ferry and bridge"]


def factiva_html():
    """The same as a page."""
    articles = []
    for section, headline, author, date, time, outlet, code, edition, page, language, rights, number in FACTIVA:
        head = [section, f'<span class="enHeadline">{headline}</span>', author, "1,020 words", date, time, outlet, code]
        head = "".join(f"<div>{line}</div>" for line in [*head, edition, page, language, rights] if line)
        prose = "".join(f'<p class="articleParagraph">\n{line}</p>\n' for line in PROSE.split(". ", 1))
        articles.append(
            f'<div class="article"><p>\n</p>{head}<p></p>{prose}<p>Echo Newspapers</p><p>Document {number}</p></div>'
        )
    return (
        "<html><head><title>Factiva</title><script>var a = '<p>';</script></head><body><div>Factiva</div><div>Dow Jones</div>"
        + "".join(articles)
    )


def factiva_fields(between="  "):
    """The same with two letters before each field."""
    lines = []
    for section, headline, author, date, time, outlet, code, edition, page, language, rights, number in FACTIVA:
        fields = {
            "SE": section,
            "HD": headline,
            "BY": author,
            "WC": "1,020 words",
            "PD": date,
            "ET": time,
            "SN": outlet,
        }
        fields |= {"SC": code, "ED": edition, "PG": page, "LA": language, "CY": rights}
        lines += [f"{field}{between}{value}" for field, value in fields.items() if value]
        lead, text = PROSE.split(". ", 1)
        lines += ["", f"LP{between}{lead}.", f"TD{between}{text}", "", f"AN{between}Document {number}", ""]
    return lines


PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry sails | The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="og:title" content="Ferry sails">
<meta property="article:published_time" content="2024-03-01T10:00:00Z"><meta name="author" content="Ada Berg">
<link rel="canonical" href="https://gazette.example/ferry"></head><body><nav><a href="/">Home</a> <a href="/more">More</a></nav>
<article><h1>Ferry sails</h1><p>{PROSE}</p><p>{PROSE.replace("ferry", "boat")}</p></article>
<footer>We use cookies.</footer></body></html>"""
MARKDOWN = f"""---
title: "Talks: the ferry"
date: March 1, 2024
author: [Ada Berg, Ola Vik]
source: The Gazette
word_count: 12
---

{PROSE}
"""

TEXT = " ".join([PROSE] * 3)
# What one row looks like, the columns proposed, and the form of the dates where one has to be declared.
NEXIS = {"Title": "Ferry sails", "Publication": "Gazette", "Published date": "December 1, 2023 Friday 3:02 PM GMT"}
NEXIS |= {"Byline": "Ada Berg", "Section": "News", "Full text": TEXT}
MEDIA_CLOUD = {
    "stories_id": "1",
    "publish_date": "2023-12-01 15:02:00.000000",
    "title": "Ferry sails",
    "language": "en",
}
MEDIA_CLOUD |= {"url": "https://g.example/1", "media_name": "Gazette", "media_url": "https://g.example", "text": TEXT}
GDELT = {"GKGRECORDID": "2023-1", "DATE": "20231201150200", "SourceCommonName": "g.example", "PageTitle": "Ferry sails"}
GDELT |= {"DocumentIdentifier": "https://g.example/1", "content": TEXT}
NEWSAPI = {
    "source": {"id": None, "name": "Gazette"},
    "author": "Ada Berg",
    "title": "Ferry sails",
    "description": "Ferry.",
}
NEWSAPI |= {"url": "https://g.example/1", "publishedAt": "2023-12-01T15:02:00Z", "content": TEXT}
