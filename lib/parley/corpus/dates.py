"""Dates as newspapers, databases and feeds print them: the day, the time of day, and what stands after them."""

import re
from contextlib import suppress
from datetime import date, datetime
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

# Months, a line each, and days of the week, on the last: databases and many sources name them in the reader's language.
*MONTHS, DAYS = (line.split() for line in (files("parley") / "data" / "dates.txt").read_text("utf-8").splitlines())
MONTH, WEEKDAY = ("|".join(sorted(names, key=len, reverse=True)) for names in (chain(*MONTHS), DAYS))
MONTH, WEEKDAY = rf"(?P<month>{MONTH})\b\.?", rf"(?:{WEEKDAY})\b\.?"
DAY, YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[º°日])?(?!\w)\.?", r"(?P<year>(?:19|20)\d\d)(?!\d)"
# "Friday, December 1, 2023"; "1 December 2023", "03 Aug 2017", "1 de diciembre de 2023"; "2023-12-01"
ORDERS = (
    rf"{MONTH}\s+{DAY},?\s+{YEAR}",
    rf"{DAY}[\s-]+(?:de\s+)?{MONTH},?[\s-]+(?:del?\s+)?{YEAR}",
    r"(?P<year>\d{4})[-/.年]\s?(?P<month>\d\d?)[-/.月]\s?(?P<day>\d\d?)(?:日|(?=T\d)|(?!\w))",
)
# "3:02 PM GMT"; a second time ("17:00:00 - 18:00:00") tells when a broadcast ended
CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.]\d\d(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
ZONE = r"(?:\s*(?:(?-i:[A-Z]{2,3}T|UTC|Z)\b|[a-z]+ (?:standard |daylight )?time|[+-]\d\d:?\d\d))?"
PRINTED = [
    re.compile(
        rf"\s*(?:{WEEKDAY},?\s+)?{order}(?:[,\s]*{WEEKDAY})?"
        rf"(?:[,\s]*(?:at\s|T)?{CLOCK}(?:\s*-\s*\d{{1,2}}:\d\d(?::\d\d)?)?{ZONE})?(?:[,\s]*{WEEKDAY})?",
        re.I,
    )
    for order in ORDERS
]


class Printed(NamedTuple):
    """A date read from the beginning of a line: the day, the time as 15:02 or None, and the rest of the line."""

    day: date
    time: str | None
    rest: str


def read_printed(line: str) -> Printed | None:
    """The date that a line begins with, its month in words or behind the year; None if it begins with none.

    Examples
    --------
    >>> read_printed("December 1, 2023 Friday 3:02 PM GMT")
    Printed(day=datetime.date(2023, 12, 1), time='15:02', rest='')
    >>> read_printed("03 Aug 2017,Thursday, Final Edition").rest
    'Final Edition'
    """
    for form in PRINTED:
        if found := form.match(line[:200]):
            with suppress(ValueError):
                month = found["month"].lower()
                number = next((n for n, names in enumerate(MONTHS, 1) if month in names), 0) or int(month)
                day = date(int(found["year"]), number, int(found["day"]))
                return Printed(day, _time(found), line[found.end() :].strip(" ,;\xa0"))
    return None


def _time(found: re.Match) -> str | None:
    if not found["hour"]:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return f"{hour:02}:{found['minute']}" if hour < 24 and int(found["minute"]) < 60 else None


def read_day(value: object, date_format: str | None = None) -> date:
    """The day as printed, a time of day and a time zone left out; a ValueError if it cannot be read.

    Without a format, dates are read that begin with the year or have the month in words; 02/11/2016 may be two days.

    Examples
    --------
    >>> read_day("2016-11-02T23:59:00-08:00"), read_day("2 November 2016, Wednesday")
    (datetime.date(2016, 11, 2), datetime.date(2016, 11, 2))
    """
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if date_format:
        return datetime.strptime(str(value).strip(), date_format).date()
    # Whatever stands behind a day that begins with the year is a time in some form.
    if (printed := read_printed(str(value))) and (not printed.rest or str(value).strip()[:4].isdigit()):
        return printed.day
    raise ValueError(f"no date: {value!r}")


def read_time(value: object, date_format: str | None = None) -> str | None:
    """The time of day that is printed beside a day, as 15:02; None if there is none.

    Examples
    --------
    >>> read_time("2016-11-02T23:59:00-08:00"), read_time("November 2, 2016 3:02 PM GMT"), read_time("2016-11-02")
    ('23:59', '15:02', None)
    """
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    if date_format:
        timed = "%H" in date_format or "%I" in date_format
        return f"{datetime.strptime(str(value).strip(), date_format):%H:%M}" if timed else None
    printed = read_printed(str(value))
    return printed.time if printed else None
