"""Dates as they are printed: weekdays, times, zones and editions around a day whose month is a word."""

import pytest

from parley.corpus.dates import read_day, read_printed


@pytest.mark.parametrize(
    ("line", "day", "time", "rest"),
    [
        ("December 1, 2023 Friday 3:02 PM GMT", "2023-12-01", "15:02", ""),
        ("03 Aug 2017,Thursday", "2017-08-03", None, ""),
        ("8 November 2023", "2023-11-08", None, ""),
        ("October 12, 2004, Tuesday,, FINAL EDITION", "2004-10-12", None, "FINAL EDITION"),
        ("November 10, 2005, Thursday 17:00:00 - 18:00:00 Eastern Time", "2005-11-10", "17:00", ""),
        ("June 17, 1995, CITY EDITION", "1995-06-17", None, "CITY EDITION"),
        ("Fri, 01 Dec 2023 15:02:00 +0000", "2023-12-01", "15:02", ""),
        ("Saturday, January 9, 2010  Late Edition - Final", "2010-01-09", None, "Late Edition - Final"),
        ("Sept. 3rd, 2001", "2001-09-03", None, ""),
        ("1-Dec-2023 12:05 am", "2023-12-01", "00:05", ""),
        ("December 1, 2023 Friday 3:02 PM FIRST EDITION", "2023-12-01", "15:02", "FIRST EDITION"),
        ("May 2, 2002 12.30", "2002-05-02", "12:30", ""),
        ("May 2, 2002;\xa0Late Edition\xa0", "2002-05-02", None, "Late Edition"),
        ("5. März 2021 Freitag", "2021-03-05", None, ""),
        ("vendredi 1er août 2014", "2014-08-01", None, ""),
        ("lunes 1 de diciembre de 2021 9:15 AM CET", "2021-12-01", "09:15", ""),
        ("2021-03-05 Friday", "2021-03-05", None, ""),
        ("2021年3月5日", "2021-03-05", None, ""),
    ],
)
def test_a_line_that_begins_with_a_date(line, day, time, rest):
    found = read_printed(line)
    assert (found.day.isoformat(), found.time, found.rest) == (day, time, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2 November",
        "May 2012",
        "November 31, 2002",
        "The ferry of May 2, 2002",
        "02/11/2016",
        "Mayor 2, 2002",
        "2016",
        "2021-13-05",
    ],
)
def test_what_is_no_day_is_none(line):
    assert read_printed(line) is None


def test_a_column_may_print_the_month_in_words_but_nothing_else_beside_the_day():
    assert read_day("December 1, 2023 Friday 3:02 PM GMT").isoformat() == "2023-12-01"
    for value in (" 2023-12-01T10:00Z ", "2023-12-01 10:00:00.123+00:00", "2023-12-01T100000Z"):
        assert read_day(value).isoformat() == "2023-12-01"
    for value in ("June 17, 1995, CITY EDITION", "02/11/2016", ""):
        with pytest.raises(ValueError):
            read_day(value)
