"""What the columns of somebody's table hold, guessed from their names and cells: each guess with its reason."""

import json
import re
from contextlib import suppress

import pandas as pd

from parley.corpus.articles import as_text
from parley.corpus.dates import read_day

# The names that exports use for the columns of the articles table, the surest first.
USUAL = {
    "text": "text body content article_text article_content full_text fulltext maintext main_text body_text article_body "
    "story_text plain_text article story",
    "article_id": "article_id id unit_id doc_id document_id uid uuid guid key stories_id story_id accession_number "
    "accession_no article_no an gkgrecordid global_event_id",
    "outlet": "outlet source publisher publication newspaper media medium source_name media_name publication_title "
    "publication_name newspaper_name pubtitle source_title source_common_name news_outlet media_outlet site_name sitename "
    "site domain source_domain",
    "date": "date publication_date published pub_date pubdate publish_date published_at date_published published_date "
    "date_publish publication_day seendate seen_date sqldate date_added dateadded datetime timestamp issue_date",
    "headline": "headline title article_title head heading story_title document_title",
    "credit": "credit byline by_line author authors author_s creator writer journalist reporter",
    "place": "place dateline",
    "url": "url link web_url article_url story_url source_url sourceurl permalink document_identifier href",
}
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
DATE_FORMATS = (
    *(day + time for time in TIMES for day in ("%d/%m/%Y", "%m/%d/%Y")),
    "%d/%m/%y", "%m/%d/%y", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d",
    "%Y%m%d", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%SZ", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d-%b-%y",
)  # fmt: skip
SHORTEST_TEXT = 60  # characters a row, on average; what is shorter and not called text is no article
MOST_DATES = 5_000  # are tried; more would not tell more


def propose(table: pd.DataFrame, wanted: list[str], found: list[str]) -> tuple[list[str], tuple | None]:
    """Lines of study.toml that name the columns, each with its reason, and groups; what to know of joins `found`."""
    lines, names = [], {}
    for ours in wanted:
        column, reason = find_column(table, ours)
        if column in names.values():
            reason = f"{column!r} is taken already"
        elif column is not None:
            names[ours], reason = column, f"column {column!r}, since {reason}"
        lines.append(f"# {ours}: {reason}")
    if missing := [ours for ours in wanted if ours not in names]:
        found.append(
            f"No column seems to hold {' or '.join(missing)}; if one does, name it under columns in study.toml."
        )
    if renamed := [f"{ours} = {toml(theirs)}" for ours, theirs in names.items() if ours != theirs]:
        lines.append(f"columns     = {{ {', '.join(renamed)} }}")
    if "date" in names:
        lines += _propose_format(table[names["date"]], f"The dates in {names['date']!r}", found)
    others = [column for column in table if column not in names.values()]
    lines.append(f"# every other column comes along under its own name: {', '.join(map(repr, others)) or 'none'}")
    return [re.sub(r"[\x00-\x1f\x7f]", " ", line) for line in lines], find_groups(table, names.get("outlet"), others)


def _propose_format(column: pd.Series, dates: str, found: list[str]) -> list[str]:
    """A line with the format that nine in ten dates have; none for ISO 8601, nor for months in words alone."""
    values = filled(column)
    values = values.iloc[:: len(values) // MOST_DATES + 1]
    fits = {form: sum(_is_day(value, form) for value in values) for form in (None, *DATE_FORMATS)}
    in_words = fits.pop(None)
    if in_words >= 0.9 * len(values) and max(fits.values()) < in_words:
        return []
    best = [form for form, fit in fits.items() if fit == max(fits.values()) >= 0.9 * len(values)]
    if not best:
        found.append(f"{dates} are in no form known here; set date_format in study.toml.")
        return ['# date_format = "%d/%m/%Y"      # no usual form fits nine in ten dates; describe it, or mend them']
    if len(best) == 1:
        return [line("date_format", best[0], "fits the dates as they stand")]
    both = " or ".join(map(toml, best))
    found.append(f"{dates} may be {both}: say which in study.toml; until then they count as missing.")
    return ["# " + line("date_format", best[0], f"{both}: the dates fit both; say which")]


def _is_day(value: str, date_format: str | None) -> bool:
    with suppress(ValueError):
        return bool(read_day(value, date_format))
    return False


def plain_name(column: object) -> str:
    """A column's name as names are compared: ``publishedAt`` as published_at."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(column))
    return re.sub(r"[\W_]+", "_", apart).strip("_").casefold()


def find_column(table: pd.DataFrame, ours: str) -> tuple[str | None, str]:
    """The column that seems to be `ours`, and why; or None, and why not."""
    plain = {column: plain_name(column) for column in table}
    named = [column for usual in USUAL[ours].split() for column in table if plain[column] == usual]
    if ours == "text":
        length = table.map(lambda cell: len(cell) if isinstance(cell, str) else 0).mean()
        longest = length.idxmax()
        if named and length[named[0]] >= length[longest] / 2:
            return named[0], f"its name says so ({length[named[0]]:.0f} characters a row)"
        if length[longest] < SHORTEST_TEXT or not _has_sentences(table[longest]):
            return None, f"the longest, {longest!r}, has {length[longest]:.0f} characters a row and no sentences"
        return longest, f"its cells are the longest ({length[longest]:.0f} characters a row)"
    if ours == "article_id":
        named = [column for column in named if len(set(filled(table[column]))) == len(table)]
        missing = "no column with such a name has a value of its own in every row; rows are numbered"
        return (named[0], "its name says so and no value returns") if named else (None, missing)
    named = [column for column in named if len(filled(table[column]))]
    return (named[0], "its name says so") if named else (None, "no column has a name that says so")


def _has_sentences(column: pd.Series) -> bool:
    """Whether the cells are of several words each, and no addresses or lists of labels."""
    return filled(column).str.count(r"\w \w").mean() > 5


def filled(column: pd.Series) -> pd.Series:
    """The cells of a column that say something, as text."""
    return as_text(column).str.strip().replace("", pd.NA).dropna()


def find_groups(table: pd.DataFrame, outlet: str | None, others: list[str]) -> tuple[str, list[str]] | None:
    """A column with two to ten values, each in several rows, the outlet first: an example to be changed."""
    for column in [outlet, *others] if outlet else others:
        values = filled(table[column]).value_counts()
        if 2 <= len(values) <= 10 and values.min() > 1:
            return "outlet" if column == outlet else str(column), sorted(values.index)[:2]
    return None


def line(key: str, value: str, comment: str) -> str:
    """A line of study.toml."""
    return f"{key:<11} = {toml(value):<18} # {comment}"


def toml(value: object) -> str:
    """A value as TOML writes it, which takes all that JSON does but one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
