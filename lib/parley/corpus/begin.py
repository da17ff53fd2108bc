"""``python -m parley.corpus.begin FROM``: a first study.toml for a folder of texts or a table of articles.

What it says about the columns is a proposal: each line gives its reason, and nothing that is there is overwritten.
"""

import json
import re
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pandas as pd

from parley.corpus.articles import as_text, read_day
from parley.corpus.reading import TABLES, decode, read_bytes, read_table
from parley.corpus.settings import StudyError
from parley.text.words import words

# The names that exports use for the columns of the articles table.
USUAL = {
    "text": "text body content article_text article_content full_text fulltext article story",
    "article_id": "article_id id unit_id doc_id document_id uid uuid guid key",
    "outlet": "outlet source publisher publication newspaper media medium source_name domain",
    "date": "date publication_date published pub_date pubdate publish_date published_at date_published",
    "headline": "headline title article_title head",
    "credit": "credit byline",
    "place": "place dateline",
}
DATE_FORMATS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d",
    "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y",
)  # fmt: skip
SKELETON = ["file", "outlet", "headline", "date", "date_basis", "place", "credit"]
STUDY = """\
# Written by 'make study'; everything in it may be changed. Paths are relative to this file.

title    = {title}
question = ""                  # what the study asks, in one sentence

[articles]
{articles}

# [contrast]                    # which groups of articles to set against each other: a column of the table
# by     = {by}
# groups = {groups}

# [keywords]                    # the contested words, a family a line; inflections are found by themselves
# pause    = ["pause", "truce", "ceasefire"]
# corridor = ["corridor", "safe passage"]

# [wider_keywords]              # what a wider reading of a family would take in: 05 asks what holds with these as well
# pause    = ["suspension", "lull"]

# [sides.government]            # a side, and the speakers who stand on it, each with the names a text may use
# "Foreign Ministry" = ["foreign ministry", "ministry spokesman"]
# "Ada Lund" = ["Lund", "the foreign minister"]
"""

# Lines of [articles], what was found, the first step, and a column with two of its values.
Proposal = tuple[list[str], list[str], str, tuple[str, list[str]] | None]


def begin(source: Path) -> list[str]:
    """Write a study.toml for a folder of texts, with an articles.csv if it has none, or for a table; what was done."""
    if not source.exists():
        raise StudyError(f"{source}: there is no such folder or table; name an existing one: make study FROM=texts.")
    study = (source if source.is_dir() else source.parent) / "study.toml"
    if study.exists():
        raise StudyError(f"{study}: there is a study already, and it is not overwritten; edit it, or rename it first.")
    articles, found, first_step, groups = _from_folder(source) if source.is_dir() else _from_table(source)
    title = re.sub(r"[\W_]+", " ", source.resolve().stem).strip().capitalize() or "Untitled study"
    by, values = groups or ("outlet", ["one", "another"])
    written = STUDY.format(title=_toml(title), articles="\n".join(articles), by=_toml(by), groups=_toml(values))
    study.write_text(written, encoding="utf-8")
    second_step = f"Edit {study}: your contested words under [keywords], your speakers under [sides]."
    return [*found, f"Wrote {study}. Next:", f"1. {first_step}", f"2. {second_step}", f"3. make report STUDY={study}"]


def _from_folder(folder: Path) -> Proposal:
    pattern = "*.txt" if any(folder.glob("*.txt")) else "**/*.txt"
    paths = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not paths:
        tables = [path.name for path in sorted(folder.iterdir()) if path.suffix.lower() in TABLES]
        hint = f"name the table {tables[0]!r} in it" if tables else "save each article as plain text"
        raise StudyError(f"{folder}: expected text files (.txt), one an article, there is none; {hint}.")
    texts = [decode(read_bytes(path, path.name), path.name) for path in paths]
    found = [_counted([text for text, _ in texts])]
    if assumed := sorted({encoding for _, encoding in texts if encoding}):
        found.append(f"Some are not in UTF-8 and were read as {', '.join(assumed)}; declare encoding if that is wrong.")
    names = [path.relative_to(folder).as_posix() for path in paths]
    if described := _find_metadata(folder, names):
        name, table, column = described
        found.append(f"{name} describes the texts: its column {column!r} holds their names.")
        table = table.drop(columns=column)
        columns, groups = _propose(table, [ours for ours in USUAL if ours not in ("text", "article_id")], found)
        first_step = f"Look over the columns proposed in study.toml, and mend {name} if need be."
    else:
        name, column, columns, groups = "articles.csv", SKELETON[0], [], None
        found.append(_write_skeleton(folder / name, names))
        wanted = "at least outlet and date (as 2016-11-02) of every text; extra columns are welcome"
        first_step = f"Fill in {folder / name}: {wanted}."
    lines = [
        _line("files", pattern, "one file an article …"),
        _line("metadata", name, "… described by this table, joined on …"),
        _line("file_column", column, "… this column: it holds the files' names"),
    ]
    return lines + columns, found, first_step, groups


def _from_table(path: Path) -> Proposal:
    table, notes = read_table(path)
    column, _ = _find_column(table, "text")
    found = [_counted([text for text in table[column] if isinstance(text, str)])]
    found += [f"{place}: {problem}; {remedy}." for problem, place, remedy in notes[:3]]
    columns, groups = _propose(table, list(USUAL), found)
    lines = [_line("table", path.name, "one row an article"), *columns]
    return lines, found, "Look over the columns proposed in study.toml.", groups


def _propose(table: pd.DataFrame, wanted: list[str], found: list[str]) -> tuple[list[str], tuple | None]:
    """Lines of study.toml that name the columns, each with its reason, and groups; what to know of joins `found`."""
    lines, names = [], {}
    for ours in wanted:
        column, reason = _find_column(table, ours)
        if column in names.values():
            reason = f"{column!r} is taken already"
        elif column is not None:
            names[ours], reason = column, f"column {column!r}, since {reason}"
        lines.append(f"# {ours}: {reason}")
    if renamed := [f"{ours} = {_toml(theirs)}" for ours, theirs in names.items() if ours != theirs]:
        lines.append(f"columns     = {{ {', '.join(renamed)} }}")
    if "date" in names:
        lines += _propose_format(table[names["date"]], f"The dates in {names['date']!r}", found)
    others = [column for column in table if column not in names.values()]
    lines.append(f"# every other column comes along under its own name: {', '.join(map(repr, others)) or 'none'}")
    return [re.sub(r"[\x00-\x1f\x7f]", " ", line) for line in lines], _find_groups(table, names.get("outlet"), others)


def _propose_format(column: pd.Series, dates: str, found: list[str]) -> list[str]:
    """A line with the format that nine in ten dates have; none for ISO 8601."""
    values = _filled(column)
    fits = {form: sum(_is_day(value, form) for value in values) for form in (None, *DATE_FORMATS)}
    if fits.pop(None) >= 0.9 * len(values):
        return []
    best = [form for form, fit in fits.items() if fit == max(fits.values()) >= 0.9 * len(values)]
    if not best:
        found.append(f"{dates} are in no form known here; set date_format in study.toml.")
        return ['# date_format = "%d/%m/%Y"      # no usual form fits nine in ten dates; describe it, or mend them']
    if len(best) == 1:
        return [_line("date_format", best[0], "fits the dates as they stand")]
    both = " or ".join(map(_toml, best))
    found.append(f"{dates} may be {both}: say which in study.toml; until then they count as missing.")
    return ["# " + _line("date_format", best[0], f"{both}: the dates fit both; say which")]


def _is_day(value: str, date_format: str | None) -> bool:
    with suppress(ValueError):
        return bool(read_day(value, date_format))
    return False


def _find_column(table: pd.DataFrame, ours: str) -> tuple[str | None, str]:
    """The column that seems to be `ours`, and why; or None, and why not."""
    plain = {column: re.sub(r"[\W_]+", "_", str(column)).strip("_").casefold() for column in table}
    named = [column for usual in USUAL[ours].split() for column in table if plain[column] == usual]
    if ours == "text":
        length = table.map(lambda cell: len(cell) if isinstance(cell, str) else 0).mean()
        longest = length.idxmax()
        if named and length[named[0]] >= length[longest] / 2:
            return named[0], f"its name says so ({length[named[0]]:.0f} characters a row)"
        return longest, f"its cells are the longest ({length[longest]:.0f} characters a row)"
    if ours == "article_id":
        named = [column for column in named if len(set(_filled(table[column]))) == len(table)]
        missing = "no column with such a name has a value of its own in every row; rows are numbered"
        return (named[0], "its name says so and no value returns") if named else (None, missing)
    return (named[0], "its name says so") if named else (None, "no column has a name that says so")


def _filled(column: pd.Series) -> pd.Series:
    """The cells of a column that say something, as text."""
    return as_text(column).str.strip().replace("", pd.NA).dropna()


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


def _find_groups(table: pd.DataFrame, outlet: str | None, others: list[str]) -> tuple[str, list[str]] | None:
    """A column with two to ten values, each in several rows, the outlet first: an example to be changed."""
    for column in [outlet, *others] if outlet else others:
        values = _filled(table[column]).value_counts()
        if 2 <= len(values) <= 10 and values.min() > 1:
            return "outlet" if column == outlet else str(column), sorted(values.index)[:2]
    return None


def _write_skeleton(path: Path, names: list[str]) -> str:
    """Write a table with a row a text, and the date where its name has one; a sentence that says so."""
    if path.exists():
        fault = "expected a column with the files' names, and the table is not overwritten"
        raise StudyError(f"{path}: {fault}; add the column, or rename it.")
    table = pd.DataFrame([{"file": name} | _dated(name) for name in names], columns=SKELETON)
    table.to_csv(path, index=False, lineterminator="\n")
    dated = table["date"].count()
    from_names = f" and {dated} of the dates, taken from their names: check them" if dated else ""
    return f"Wrote {path} with one row a text{from_names}."


def _dated(name: str) -> dict[str, str]:
    """The date in a file's name, if it has one, and how it is known."""
    for numbers in re.findall(r"(?<![0-9a-f])((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?![0-9a-f])", name):
        with suppress(ValueError):
            return {"date": date(*map(int, numbers)).isoformat(), "date_basis": "outside knowledge"}
    return {}


def _line(key: str, value: str, comment: str) -> str:
    return f"{key:<11} = {_toml(value):<18} # {comment}"


def _counted(texts: list[str]) -> str:
    return f"Found {len(texts):,} texts with {sum(len(words(text)) for text in texts):,} words."


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML takes all else that JSON does


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
