"""Articles written out for a study: one text each and the table that describes them. Nothing is ever overwritten."""

import re
import unicodedata
from contextlib import suppress
from datetime import date
from pathlib import Path

import pandas as pd

from parley.corpus.reading import harmless
from parley.corpus.records import Article
from parley.corpus.settings import StudyError

SKELETON = ["file", "outlet", "headline", "date", "date_basis", "place", "credit"]
MORE = ["date_printed", "time", "section", "edition", "language", "url", "export_id"]  # where some article has it

Found = list[tuple[str, Article]]  # the name of the file that each article was received in


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; a :class:`StudyError` if it is, or cannot be written."""
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            file.write(text.encode("utf-8", "replace"))
    except FileExistsError:
        raise StudyError(f"{path}: it is there already, and it is not overwritten; rename it first.") from None
    except OSError as error:
        remedy = "copy the files to a folder of your own and begin there"
        raise StudyError(f"{path}: it cannot be written ({error.strerror}); {remedy}.") from None


def write_texts(folder: Path, articles: Found) -> tuple[pd.DataFrame, list[str]]:
    """Write ``texts/`` and ``articles.csv`` into the folder; the table, and what to know of it."""
    texts, path = folder / "texts", folder / "articles.csv"
    for there in (texts, path):
        if there.exists():
            remedy = "rename it, or move what you downloaded to a folder of its own and name that"
            raise StudyError(f"{there}: it is there already, and it is not overwritten; {remedy}.")
    alone = {name: sum(name == other for other, _ in articles) == 1 for name in {name for name, _ in articles}}
    rows, taken = [], set()
    for name, (text, fields) in articles:
        fields = fields if "date" in fields or not alone[name] else fields | dated_by_name(name)
        file = _name(fields, name, taken)
        write_new(texts / file, text)
        rows.append({**fields, "file": file, "source_file": name})
    more = [column for column in MORE if any(column in row for row in rows)]
    table = pd.DataFrame(rows, columns=[*SKELETON, *more, "source_file"])
    write_new(path, harmless(table).to_csv(index=False, lineterminator="\n"))
    said = [f"Wrote {len(rows)} texts to {texts} and what is known of them to {path}."]
    if loaded := (table["date_basis"] == "inferred from text").sum():
        said.append(
            f"The date of {loaded} is the day on which the database took them in, as none of their own could be read."
        )
    for column in ("outlet", "date", "headline"):
        if len(without := table.loc[table[column].isna(), "file"]):
            first = ", ".join(without[:3]) + (", …" if len(without) > 3 else "")
            said.append(f"Not found: the {column} of {len(without)} ({first}); fill in what you know.")
    return table, said


def write_skeleton(path: Path, articles: Found) -> str:
    """Write a table with a row a text, and what the text or its name says of itself; a sentence that says so."""
    if path.exists():
        fault = "expected a column with the files' names, and the table is not overwritten"
        raise StudyError(f"{path}: {fault}; add the column, or rename it.")
    rows = [{"file": name} | (dated_by_name(name) if "date" not in own else {}) | own for name, (_, own) in articles]
    more = [column for column in MORE if any(column in row for row in rows)]
    table = pd.DataFrame(rows, columns=[*SKELETON, *more])
    write_new(path, harmless(table).to_csv(index=False, lineterminator="\n"))
    said = f"Wrote {path} with one row a text"
    if by_name := (table["date_basis"] == "outside knowledge").sum():
        said += f" and {by_name} of the dates, taken from their names: check them"
    if headed := sum(bool(own) for _, (_, own) in articles):
        said += f"; {headed} say at their head what they are, which was taken over"
    return f"{said}."


def _name(fields: dict[str, str], received: str, taken: set[str]) -> str:
    """A file's name by date and outlet, as 2012-03-19-gazette.txt, that no other text has."""
    day = "-".join(filter(None, (fields.get("date", "undated"), fields.get("time", "").replace(":", ""))))
    plain = (
        unicodedata.normalize("NFKD", fields.get("outlet") or Path(received).stem).encode("ascii", "ignore").decode()
    )
    stem = f"{day}-{re.sub(r'[^a-z0-9]+', '-', plain.lower()).strip('-')[:40].strip('-') or 'article'}"
    name, number = f"{stem}.txt", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number:02}.txt"
    taken.add(name)
    return name


def dated_by_name(name: str) -> dict[str, str]:
    """The date in a file's name, if it has one, and how it is known."""
    for numbers in re.findall(r"(?<![0-9a-f])((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?![0-9a-f])", name):
        with suppress(ValueError):
            return {"date": date(*map(int, numbers)).isoformat(), "date_basis": "outside knowledge"}
    return {}
