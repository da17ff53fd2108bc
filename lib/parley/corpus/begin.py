"""``python -m parley.corpus.begin FROM``: a first study.toml for a folder of texts or a table of articles.

What the new file says about the columns is a proposal: each line gives its reason, and nothing that is there
is overwritten.
"""

import csv
import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from parley.corpus.articles import as_text
from parley.corpus.reading import TABLES, decode, read_bytes, read_table
from parley.corpus.settings import StudyError
from parley.text.words import words

# The names that exports use for the columns of the articles table.
USUAL = {
    "text": (
        "text",
        "body",
        "content",
        "article_text",
        "article_content",
        "full_text",
        "fulltext",
        "article",
        "story",
    ),
    "article_id": ("article_id", "id", "unit_id", "doc_id", "document_id", "uid", "uuid", "guid", "key"),
    "outlet": (
        "outlet",
        "source",
        "publisher",
        "publication",
        "newspaper",
        "media",
        "medium",
        "source_name",
        "domain",
    ),
    "date": (
        "date",
        "publication_date",
        "published",
        "pub_date",
        "pubdate",
        "publish_date",
        "published_at",
        "date_published",
    ),
    "headline": ("headline", "title", "article_title", "head"),
    "credit": ("credit", "byline"),
    "place": ("place", "dateline"),
}
DATE_FORMATS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d",
    "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y",
)  # fmt: skip
SKELETON = ["file", "outlet", "headline", "date", "date_basis", "place", "credit"]
LATER = """
# [contrast]                    # which groups of articles to set against each other: a column of the table
# by     = {by}
# groups = {groups}

# [keywords]                    # the contested words, a family a line; inflections are found by themselves
# pause    = ["pause", "truce", "ceasefire"]
# corridor = ["corridor", "safe passage"]

# [wider_keywords]              # what a wider reading of a family would take in: 05 asks whether its findings hold with these as well
# pause    = ["suspension", "lull"]

# [sides.government]            # a side, and the speakers who stand on it, each with the names a text may use
# "Foreign Ministry" = ["foreign ministry", "ministry spokesman"]
# "Ada Lund" = ["Lund", "the foreign minister"]
"""


def begin(source: Path) -> list[str]:
    """Write a study.toml, and an articles.csv for a folder that has no table yet.

    Parameters
    ----------
    source
        A folder of .txt files, or a table (.csv, .tsv, .jsonl, .parquet). The files are written there, or
        beside it.

    Returns
    -------
    list of str
        What was found and written, then three lines that say what to do next.

    Raises
    ------
    StudyError
        There is nothing to read, or a study.toml is there already.
    """
    if not source.exists():
        raise StudyError(
            f"{source}: there is no such folder or table; name an existing one, as in make study FROM=texts."
        )
    study = (source if source.is_dir() else source.parent) / "study.toml"
    if study.exists():
        raise StudyError(f"{study}: there is a study already, and it is not overwritten; edit it, or rename it first.")
    articles, found, first_step, by = _from_folder(source) if source.is_dir() else _from_table(source)
    title = re.sub(r"[\W_]+", " ", source.resolve().stem).strip().capitalize() or "Untitled study"
    lines = [
        "# Written by 'make study'; everything in it may be changed. Paths are relative to this "
        f"file.\n\ntitle    = {_toml(title)}",
        'question = ""                  # what the study asks, in one sentence\n\n[articles]',
        *articles,
        LATER.format(by=_toml(by[0] if by else "outlet"), groups=_toml(by[1] if by else ["one", "another"])),
    ]
    study.write_text("\n".join(lines), encoding="utf-8")
    return [
        *found,
        f"Wrote {study}. Next:",
        f"1. {first_step}",
        f"2. Edit {study}: your contested words under [keywords], your speakers under [sides].",
        f"3. make report STUDY={study}",
    ]


def _from_folder(folder: Path) -> tuple[list[str], list[str], str, tuple[str, list[str]] | None]:
    pattern = "*.txt" if any(folder.glob("*.txt")) else "**/*.txt"
    paths = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not paths:
        tables = [path.name for path in sorted(folder.iterdir()) if path.suffix.lower() in TABLES]
        hint = f"name the table {tables[0]!r} in it" if tables else "save each article as plain text"
        raise StudyError(f"{folder}: expected text files (.txt), one an article, there is none; {hint}.")
    texts = [decode(read_bytes(path, path.name), path.name) for path in paths]
    found = [_counted([text for text, _ in texts])]
    assumed = sorted({encoding for _, encoding in texts if encoding})
    if assumed:
        found.append(f"Some are not in UTF-8 and were read as {', '.join(assumed)}; declare encoding if that is wrong.")
    names = [path.relative_to(folder).as_posix() for path in paths]
    lines = [_line("files", pattern, "one file an article …")]
    if described := _find_metadata(folder, names):
        name, table, column = described
        found.append(f"{name} describes the texts: its column {column!r} holds their names.")
        lines.append(_line("metadata", name, "… described by this table, joined on …"))
        lines.append(_line("file_column", column, "… this column: it holds the files' names"))
        table = table.drop(columns=column)
        columns, more = _propose(table, wanted=[ours for ours in USUAL if ours not in ("text", "article_id")])
        first_step = f"Look over the columns proposed in study.toml, and mend {name} if need be."
        return [*lines, *columns], [*found, *more], first_step, _groups(table)
    skeleton = folder / "articles.csv"
    if skeleton.exists():
        raise StudyError(
            f"{skeleton}: expected a column with the files' names, and the table is not overwritten; add "
            "the column, or rename it."
        )
    dated = _write_skeleton(skeleton, names)
    lines.append(_line("metadata", skeleton.name, "… described by this table, joined on …"))
    lines.append(_line("file_column", SKELETON[0], "… this column"))
    from_names = f" and {dated} of the dates, taken from their names: check them" if dated else ""
    found.append(f"Wrote {skeleton} with one row a text{from_names}.")
    return (
        lines,
        found,
        f"Fill in {skeleton}: at least outlet and date (as 2016-11-02) of every text; extra columns are welcome.",
        None,
    )


def _from_table(path: Path) -> tuple[list[str], list[str], str, tuple[str, list[str]] | None]:
    table, notes = read_table(path)
    columns, found = _propose(table, wanted=list(USUAL))
    texts = table[_column_of(table, "text")[0]]
    problems = [f"{place}: {problem}; {remedy}." for problem, place, remedy in notes[:3]]
    lines = [_line("table", path.name, "one row an article"), *columns]
    counted = _counted([text for text in texts if isinstance(text, str)])
    return (
        lines,
        [counted, *problems, *found],
        "Look over the columns proposed in study.toml.",
        _groups(table),
    )


def _propose(table: pd.DataFrame, *, wanted: list[str]) -> tuple[list[str], list[str]]:
    """Lines of study.toml that name the columns, each with its reason; and what the reader should know."""
    lines, found = [], []
    renamed = {}
    for ours in wanted:
        column, reason = _column_of(table, ours)
        if column is None:
            lines.append(f"# {ours}: {reason}")
        elif column in renamed.values():
            lines.append(f"# {ours}: {column!r} is taken already")
        else:
            renamed[ours] = column
            lines.append(f"# {ours}: column {column!r}, since {reason}")
    renames = {ours: column for ours, column in renamed.items() if ours != column}
    if renames:
        lines.append(
            "columns     = { " + ", ".join(f"{ours} = {_toml(theirs)}" for ours, theirs in renames.items()) + " }"
        )
    if "date" in renamed:
        formats = _date_formats(table[renamed["date"]])
        if formats is None:
            lines.append(
                '# date_format = "%d/%m/%Y"      # no usual form fits nine in ten dates; describe it, or mend them'
            )
            found.append(f"The dates in {renamed['date']!r} are in no form known here; set date_format in study.toml.")
        elif len(formats) == 1:
            lines.append(_line("date_format", formats[0], "fits the dates as they stand"))
        elif formats:
            both = " or ".join(map(_toml, formats))
            lines.append("# " + _line("date_format", formats[0], f"{both}: the dates fit both; say which"))
            found.append(
                f"The dates in {renamed['date']!r} may be {both}: say which in study.toml; until then they "
                "count as missing."
            )
    lines.append(
        "# every other column comes along under its own name: "
        f"{', '.join(repr(c) for c in table if c not in renamed.values()) or 'none'}"
    )
    return [re.sub(r"[\x00-\x1f\x7f]", " ", line) for line in lines], found


def _column_of(table: pd.DataFrame, ours: str) -> tuple[str | None, str]:
    """The column that seems to be `ours`, and why; or None, and why not."""
    plain = {str(column): re.sub(r"[\W_]+", "_", str(column)).strip("_").casefold() for column in table}
    named = [column for usual in USUAL[ours] for column in table if plain[str(column)] == usual]
    if ours == "text":
        length = {
            column: table[column].map(lambda cell: len(cell) if isinstance(cell, str) else 0).mean() for column in table
        }
        longest = max(length, key=length.__getitem__)
        if named and length[named[0]] >= length[longest] / 2:
            return named[0], f"its name says so ({length[named[0]]:.0f} characters a row)"
        return longest, f"its cells are the longest ({length[longest]:.0f} characters a row)"
    if ours == "article_id":
        for column in named:
            values = as_text(table[column]).str.strip().replace("", pd.NA)
            if values.notna().all() and values.is_unique:
                return column, "its name says so and no value returns"
        return None, "no column with such a name has a value of its own in every row; rows are numbered"
    return (named[0], "its name says so") if named else (None, "no column has a name that says so")


def _date_formats(column: pd.Series) -> list[str] | None:
    """The formats that nine in ten dates have: none for ISO 8601, two that cannot be told apart, or None."""
    values = as_text(column).str.strip().replace("", pd.NA).dropna().tolist()
    if not values:
        return []

    def share(read) -> float:
        fits = 0
        for value in values:
            try:
                read(value)
                fits += 1
            except ValueError:
                pass
        return fits / len(values)

    if share(lambda value: date.fromisoformat(value[:10])) >= 0.9:
        return []
    fits = {form: share(lambda value, form=form: datetime.strptime(value, form)) for form in DATE_FORMATS}
    best = [form for form, part in fits.items() if part == max(fits.values()) >= 0.9]
    return best or None


def _find_metadata(folder: Path, names: list[str]) -> tuple[str, pd.DataFrame, str] | None:
    """A table that describes half the texts or more, its rows that do, and its column of file names."""
    forms = [{name, name.rpartition(".")[0], Path(name).name, Path(name).stem} for name in names]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in TABLES and path.is_file():
            table, _ = read_table(path)
            for column in table:
                given = as_text(table[column]).str.strip()
                known = set(given.dropna())
                if sum(not known.isdisjoint(own) for own in forms) * 2 >= len(names):
                    return path.name, table[given.isin(set().union(*forms))], column
    return None


def _groups(table: pd.DataFrame) -> tuple[str, list[str]] | None:
    """A column with two to ten values, each in several rows, the outlet first: an example to be changed."""
    outlet, _ = _column_of(table, "outlet")
    taken = {column for ours in USUAL if ours != "text" for column in [_column_of(table, ours)[0]]}
    for column in [*([outlet] if outlet else []), *(column for column in table if column not in taken)]:
        values = as_text(table[column]).str.strip().replace("", pd.NA).value_counts()
        if 2 <= len(values) <= 10 and values.min() > 1:
            return "outlet" if column == outlet else str(column), sorted(values.index)[:2]
    return None


def _write_skeleton(path: Path, names: list[str]) -> int:
    """Write a table with a row a text, and the date where its name has one; how many have."""
    rows = [{"file": name} | _dated(name) for name in names]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, SKELETON, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return sum("date" in row for row in rows)


def _dated(name: str) -> dict[str, str]:
    """The date in a file's name and how it is known.

    Examples
    --------
    >>> _dated("2016-11-02-afp.txt"), _dated("report_20161102.txt"), _dated("000_2730bd9.txt")
    ({'date': '2016-11-02', 'date_basis': 'outside knowledge'}, {'date': '2016-11-02', 'date_basis': 'outside knowledge'}, {})
    """
    for year, month, day in re.findall(r"(?<![0-9a-f])((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?![0-9a-f])", name):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        return {"date": found.isoformat(), "date_basis": "outside knowledge"}
    return {}


def _line(key: str, value: str, comment: str) -> str:
    return f"{key:<11} = {_toml(value):<18} # {comment}"


def _counted(texts: list[str]) -> str:
    return f"Found {len(texts):,} texts with {sum(len(words(text)) for text in texts):,} words."


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )  # a JSON string is a TOML string but for this


def main(arguments: list[str]) -> int:
    """Write the study and say what to do next; 0, or 1 with one sentence on what is wrong."""
    if len(arguments) != 1 or not arguments[0]:
        print("usage: make study FROM=folder-or-table", file=sys.stderr)
        return 2
    try:
        print("\n".join(begin(Path(arguments[0]))))
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
