"""What is read in downloads of databases, in letters and posts whose lines were lost, doubled, joined or replaced: the
fields of each article and the kinds of its lines, for a person to judge.

`make refresh` writes tests/data/downloads.txt anew.
"""

import random
from collections.abc import Iterator

import exported
from mutated import ROOT

from parley.corpus.exports import articles_in, count_articles, count_declared
from parley.corpus.segments import segment

STORED = ROOT / "tests" / "data" / "downloads.txt"
COUNT = 1200
# Lines of every kind that databases print, to put into the place of another, below or above it.
HEADS = """\
January 8, 2010 Friday
Friday, 8 January 2010
8 January 2010 15:02
March 5, 2011 Saturday 3:02 PM GMT
May 9, 2005, Monday,, FIRST EDITION
03 Aug 2017,Thursday, Final Edition
8. Januar 2010 Freitag
12 de marzo de 2016
2016-11-02T23:59:00Z
November 2010
31 June 2010
Edition 2;
Late Edition - Final
Correction Appended
Copyright 2010 Gazette Newspapers
The Gazette © 2010. All rights reserved.
(c) 2010 Echo Ltd.
Section: NEWS; Pg. 3
SECTION: Sport
LENGTH: 212 words
Length:\xa01,200 words
Word count: 812
808 words
1,020 Wörter
BYLINE: OLA VIK
Byline:\xa0By Ada Berg and Ola Vik
By Ada Berg
Ada Berg
Ada Berg; Ola Vik
HIGHLIGHT: Nobody asked the islanders
Abstract: Nobody asked the islanders.
HEADLINE: Council waits
Title: Council waits
Author: Berg, Ada
Dateline: PORT HARBOUR, May 9
DATELINE: Port Harbour
SERIES: Bridges, part 2
Publication title: Gazette
Publication date: Jan 8, 2010
Date: 8 January 2010
URL: https://gazette.example/ferry
Body
Full text:
BODY:
2 of 3 DOCUMENTS
Document 2 of 3
The Herald (Northport) - Final Edition
Show: The Harbour Hour
GAZET
4,5
15:02
3:02 PM
HD Ferry sails again
SE News
PD 8 January 2010
SN The Gazette
ET 03:15 PM
LP The ferry sailed.
AN Document GAZET00020100108e6180001a""".splitlines()
TAILS = """\
LOAD-DATE: January 9, 2010
Load-Date:\xa0May 10, 2005
LANGUAGE: ENGLISH
Language: English; French
PUBLICATION-TYPE: Newspaper
Publication-Type: Web Blog
JOURNAL-CODE: GAZ
Subject: FERRIES (90%); ISLANDS (51%)
GRAPHIC: The ferry in the harbour
Graphic
Classification
Geographic: PORT HARBOUR (79%)
ISSN: 0307-1235
ProQuest document ID: 123456789
Document URL: https://gazette.example/123
Last updated: 2010-01-09
Person: ADA LUND (88%)
Person: unknown
Note: the timetable follows
Copyright Gazette Ltd Jan 8, 2010
All Rights Reserved
Echo Newspapers
End of Document
Document NECHO00020231108ejb80004f
NS gbridg : Bridges
IPD Bridges
Search Summary
Page 3 of 9""".splitlines()
PROSES = """\
The ferry sailed on Friday, and nobody had asked the islanders.
IN THE END nobody sailed.
PD is what they call it on the island.
Why?
“Copyright 2010,” the sign said.
Length: nobody knew.
The mayor opened the document of 3 pages and read it to the council before the vote was taken on Monday evening.""".splitlines()
LINES = [*HEADS, *TAILS, *PROSES]


def forms() -> list[list[str]]:
    """The lines of a download of each kind."""
    proquest = [
        "Document 1 of 2", "", "Ferry sails for the last time", "", "Author: Berg, Ada", "", "Publication info: Gazette ; Port Harbour",
        "", "Abstract: Nobody asked.", "", "Full text: The ferry sailed on Friday.", exported.PROSE, "", "Publication title: Gazette",
        "First page: 3", "Publication date: Jan 8, 2010", "ISSN: 0307-1235", "Document URL: https://gazette.example/1",
        "Copyright: Copyright Gazette Ltd Jan 8, 2010", "Last updated: 2010-01-09", "Database: Islands",
    ]  # fmt: skip
    return [
        exported.OLD_NEXIS.splitlines(), exported.lexis_lines(), exported.factiva_lines(), exported.factiva_fields(),
        exported.factiva_fields("\n"), exported.MARKDOWN.splitlines(), proquest,
    ]  # fmt: skip


def edited(seed: int) -> str:
    """A download, or the lines around one of its articles, after one to five edits."""
    draw = random.Random(seed)
    lines = list(draw.choice(forms()))
    if draw.random() < 0.5:
        start = draw.randrange(len(lines))
        lines = lines[start : start + draw.choice((12, 30, 60))]
    for _ in range(draw.randint(1, 5)):
        if not lines:
            break
        k = draw.choice([k for k, line in enumerate(lines) if line.strip() or draw.random() < 0.1] or [0])
        way = draw.randrange(8)
        if way == 0:
            del lines[k]
        elif way == 1:
            lines[k] = draw.choice(LINES)
        elif way == 2:
            lines.insert(k, draw.choice(LINES))
        elif way == 3:
            lines[k : k + 2] = [" ".join(lines[k : k + 2])]
        elif way == 4:
            lines[k : k + 2] = lines[k : k + 2][::-1]
        elif way == 5:
            lines[k] = draw.choice(
                (str.upper, str.lower, str.title, str.strip, lambda line: line.replace(":", "\xa0:"))
            )(lines[k])
        elif way == 6:
            lines[k + 1 : k + 1] = [""] if draw.random() < 0.5 else [lines[k]] * draw.choice((1, 2, 9))
        else:
            lines = [line for line in lines if line.strip()]
    between = draw.choice(("\n", "\n", "\n", "\r\n", " "))
    return between.join(lines)


def lines() -> Iterator[str]:
    """Of each edited download the counts, and of each article in it its fields and its lines with their kinds."""
    for seed in range(COUNT):
        text = edited(seed)
        found = articles_in(text)
        yield f"=== {seed}: {count_articles(text)} of {count_declared(text)}"
        for article in found:
            yield "; ".join(f"{name} {value}" for name, value in sorted(article.fields.items()))
            yield _kinds(article.text, article.fields)
        if not found:
            yield _kinds(text, {})


def _kinds(text: str, fields: dict[str, str]) -> str:
    """Every part of a text that is not blank, as its kind and its first and last characters."""
    given = {name: fields.get(name) for name in ("headline", "credit", "place")}
    parts = segment(text, **given)
    return " | ".join(f"{kind[:4]} {_short(text[start:end])}" for kind, start, end in parts if kind != "blank")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) < 24 else f"{text[:10]}…{text[-10:]}"


def write() -> None:
    """Write the stored lines anew."""
    STORED.write_text("\n".join(lines()) + "\n", encoding="utf-8")
