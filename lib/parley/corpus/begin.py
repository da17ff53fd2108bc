"""``python -m parley.corpus.begin FROM``: a first study.toml for a folder of texts or a table of articles.

What it says about the columns is a proposal: each line gives its reason, and nothing that is there is overwritten.
"""

import re
import sys
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from parley.corpus.articles import as_text, read_articles
from parley.corpus.columns import USUAL, find_column, find_groups, line, propose, toml
from parley.corpus.containers import SUFFIXES
from parley.corpus.gather import gather_texts
from parley.corpus.reading import TABLES, read_table
from parley.corpus.segments import PROSE, segment_all
from parley.corpus.settings import StudyError, read_settings
from parley.corpus.versions import find_versions, in_order
from parley.corpus.writing import MORE, SKELETON, Found, write_new, write_skeleton, write_texts
from parley.text.copies import find_passages
from parley.text.forms import words

MOST_NAMED = 20  # pairs
MOST_COMPARED = 20_000  # articles; comparing more takes minutes
STUDY = """\
# Written by 'make study'; everything in it may be changed. Paths are relative to this file.

title    = {title}
question = ""                  # what the study asks, in one sentence

[articles]
{articles}
# about       = ["ferry", "bridge"]  # leaves out, and lists, the articles that mention none of these

# [contrast]                    # which groups of articles to set against each other: a column of the table
# by     = {by}
# groups = {groups}

# [keywords]                    # the contested words, a family a line; inflections are found by themselves
# pause    = ["pause", "truce", "ceasefire"]
# corridor = ["corridor", "safe passage"]

# [wider_keywords]              # what a wider reading of a family would take in: 05 asks what holds with these as well
# pause    = ["suspension", "lull"]

# [labels]                      # how sides, families and groups are written in pictures, tables and sentences
# government = "The government"

# [sides.government]            # a side, and the speakers who stand on it, each with the names a text may use
# "Foreign Ministry" = ["foreign ministry", "ministry spokesman"]
# "Ada Lund" = ["Lund", "the foreign minister"]
"""

# Lines of [articles], what was found, the first step, and a column with two of its values.
Proposal = tuple[list[str], list[str], str, tuple[str, list[str]] | None]


def begin_study(source: Path) -> list[str]:
    """Write a study for a folder of texts or downloads, one such file, or a table; sentences on what was done."""
    if not source.exists():
        raise StudyError(f"{source}: there is no such folder or table; name an existing one: make study FROM=texts.")
    home = source if source.is_dir() else source.parent
    study = home / "study.toml"
    if study.exists():
        raise StudyError(f"{study}: there is a study already, and it is not overwritten; edit it, or rename it first.")
    if source.is_dir():
        made = _from_folder(source)
    else:
        texts = source.suffix.lower() in (*SUFFIXES, ".pdf")  # of which it is said why not
        made = _from_files(home, [source]) if texts else _from_table(source)
    articles, found, first_step, groups = made
    title = re.sub(r"[\W_]+", " ", source.resolve().stem).strip().capitalize() or "Untitled study"
    by, values = groups or ("outlet", ["one", "another"])
    written = STUDY.format(title=toml(title), articles="\n".join(articles), by=toml(by), groups=toml(values))
    write_new(study, written)
    found += _read_again(study)
    second_step = f"Edit {study}: your contested words under [keywords], your speakers under [sides]."
    return [*found, f"Wrote {study}. Next:", f"1. {first_step}", f"2. {second_step}", f"3. make report STUDY={study}"]


def _from_folder(folder: Path) -> Proposal:
    pattern = next((deep for deep in ("*", "**/*") if _readable(folder, deep)), None)
    if pattern is None:
        tables = [path.name for path in sorted(folder.iterdir()) if path.suffix.lower() in TABLES]
        hint = f"name the table {tables[0]!r} in it" if tables else "save each article as plain text"
        expected = f"expected text files ({', '.join(SUFFIXES)}), there is none"
        raise StudyError(f"{folder}: {expected}; {hint}.")
    return _from_files(folder, _readable(folder, pattern), f"{pattern}.txt")


def _readable(folder: Path, pattern: str) -> list[Path]:
    """The files of a kind that is read; lock files of Word and notes to the reader are none."""
    paths = sorted(path for path in folder.glob(pattern) if path.suffix.lower() in SUFFIXES and path.is_file())
    return [path for path in paths if not re.match(r"\.|~\$|readme\.md$", path.name, re.I)]


def _from_files(folder: Path, paths: list[Path], pattern: str | None = None) -> Proposal:
    """A study of what the files hold; texts of one article each stay where they are, all else is written to texts/."""
    read, faults = gather_texts(folder, paths)
    if not any(file.articles for file in read):
        raise StudyError("\n".join(faults.values()))
    articles = [(file.name, article) for file in read for article in file.articles]
    found = [_counted([article.text for _, article in articles]), *_list(faults.values(), "could not be read")]
    if assumed := sorted({file.assumed for file in read if file.assumed}):
        found.append(f"Some are not in UTF-8 and were read as {', '.join(assumed)}; declare encoding if that is wrong.")
    stay = pattern and all(file.stays for file in read) and not any(name.lower().endswith(".txt") for name in faults)
    found += _list(_left(folder, paths, tables=not stay), "took no part") if pattern else []
    if stay:
        return _stay(folder, pattern, articles, found)
    for file in read:
        if len(file.articles) > 1 or file.declared > 1:
            of = f" of the {file.declared} that it speaks of" if file.declared > len(file.articles) else ""
            found.append(f"{file.name} holds {len(file.articles)} articles{of}; each becomes a text of its own.")
    table, said = write_texts(folder, articles)
    lines = [
        line("files", "texts/*.txt", "one file an article …"),
        line("metadata", "articles.csv", "… described by this table, joined on …"),
        line("file_column", "file", "… this column: it holds the files' names"),
    ]
    others = [column for column in table if column not in (*SKELETON, *MORE, "source_file")]
    first_step = f"Look over {folder / 'articles.csv'}: a column use, with no in it, leaves an article out."
    return lines, [*found, *said], first_step, find_groups(table, "outlet", others)


def _left(folder: Path, paths: list[Path], *, tables: bool) -> list[str]:
    """What stands in a folder and is not read, a sentence each; `tables` are named too where none can describe texts."""
    said = []
    for path in sorted({*folder.iterdir()} - {*paths}):
        name, table = path.name, path.suffix.lower() in TABLES
        if name.startswith((".", "~$")) or (table and not tables) or any(path in below.parents for below in paths):
            continue
        if path.is_dir():
            below = len(_readable(path, "**/*"))
            said += [f"{name}: it is a folder with {below} more; move them up if they belong here."] if below else []
        elif table:
            said.append(
                f"{name}: it is a table; if its rows are articles, begin with it alone: make study FROM={name}."
            )
        else:
            said.append(f"{name}: it is no text or export.")
    return said


def _list(sentences: Collection[str], what: str) -> list[str]:
    """A line that counts, and the sentences, a line each."""
    counted = f"{len(sentences)} {'file' if len(sentences) == 1 else 'files or folders'} {what}:"
    return [counted, *(f"  {each}" for each in sentences)] if sentences else []


def _stay(folder: Path, pattern: str, articles: Found, found: list[str]) -> Proposal:
    """A study of texts that stay where they are, described by a table beside them or by one to be filled in."""
    names = [name for name, _ in articles]
    if described := _find_metadata(folder, names, found):
        name, table, column = described
        found.append(f"{name} describes the texts: its column {column!r} holds their names.")
        table = table.drop(columns=column)
        columns, groups = propose(table, [ours for ours in USUAL if ours not in ("text", "article_id")], found)
        first_step = f"Look over the columns proposed in study.toml, and mend {name} if need be."
    else:
        name, column, columns, groups = "articles.csv", SKELETON[0], [], None
        found.append(write_skeleton(folder / name, articles))
        wanted = "at least outlet and date (as 2016-11-02) of every text; extra columns are welcome"
        first_step = f"Fill in {folder / name}: {wanted}."
    lines = [
        line("files", pattern, "one file an article …"),
        line("metadata", name, "… described by this table, joined on …"),
        line("file_column", column, "… this column: it holds the files' names"),
    ]
    return lines + columns, found, first_step, groups


def _from_table(path: Path) -> Proposal:
    table, notes = read_table(path)
    column, reason = find_column(table, "text")
    if column is None:
        remedy = "export the full texts, or save each article as a file and name their folder"
        raise StudyError(f"{path.name}: expected a column that holds articles, {reason}; {remedy}.")
    found = [_counted([text for text in table[column] if isinstance(text, str)])]
    found += [f"{place}: {problem}; {remedy}." for problem, place, remedy in notes[:3]]
    columns, groups = propose(table, list(USUAL), found)
    lines = [line("table", path.name, "one row an article"), *columns]
    return lines, found, "Look over the columns proposed in study.toml.", groups


def _find_metadata(folder: Path, names: list[str], found: list[str]) -> tuple[str, pd.DataFrame, str] | None:
    """A table that describes half the texts or more, its rows that do, and its column of file names."""
    forms = [{name, name.rpartition(".")[0], Path(name).name, Path(name).stem} for name in names]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in TABLES or not path.is_file():
            continue
        try:
            table, _ = read_table(path)
        except StudyError as fault:
            found.append(f"A table was passed over: {fault}")
            continue
        for column in table:
            given = as_text(table[column]).str.strip()
            known = set(given.dropna())
            if sum(not known.isdisjoint(own) for own in forms) * 2 >= len(names):
                return path.name, table[given.isin(set().union(*forms))], column
    return None


def _read_again(study: Path) -> list[str]:
    """Read the articles as the study will, and name those that are others again; what keeps it from being read, else."""
    try:
        articles, _ = read_articles(read_settings(study), study.parent)
    except StudyError as fault:
        return [f"The study cannot be read yet: {fault}"]
    if len(articles) > MOST_COMPARED:
        return [
            f"More than {MOST_COMPARED:,} articles are not compared here; notebook 04 names later versions of one report."
        ]
    segments = segment_all(articles)
    prose = segments[segments["kind"].isin(PROSE)]
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    spans = {name: list(zip(rows["start"], rows["end"], strict=True)) for name, rows in prose.groupby("article_id")}
    below = prose[prose["kind"] != "headline"]
    lengths = below["text"].map(lambda text: len(words(text))).astype(int).groupby(below["article_id"]).sum()
    passages = find_passages({name: (texts[name], spans.get(name, [])) for name in in_order(articles)})
    versions = find_versions(articles, passages, lengths.reindex(list(texts), fill_value=0))
    said = []
    for same, what in ((True, "the same article again"), (False, "a later version of one report")):
        rows = versions[versions["same"] == same]
        if len(rows):
            pairs = f"{len(rows)} {'pair' if len(rows) == 1 else 'pairs'} of articles"
            said.append(f"{pairs}: the second is {what}; what they share counts once:")
            shown = rows.head(MOST_NAMED)
            said += [f"  {row.earlier}, {row.later} ({row.percent_of_later:.0f}% of it)" for row in shown.itertuples()]
            said += [f"  and {len(rows) - len(shown)} more"] if len(rows) > len(shown) else []
    return said


def _counted(texts: list[str]) -> str:
    return f"Found {len(texts):,} {'text' if len(texts) == 1 else 'texts'} with {sum(len(words(text)) for text in texts):,} words."


def main(arguments: list[str]) -> int:
    """Write the study and say what to do next; 0, or 1 with one sentence on what is wrong."""
    if len(arguments) != 1 or not arguments[0]:
        print("usage: make study FROM=folder-or-table", file=sys.stderr)
        return 2
    try:
        print("\n".join(begin_study(Path(arguments[0]))))
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
