"""What `make study` makes of the exports, pages, texts and tables that people have: what it says, the study, the table of
articles and their texts. For a person to judge.

`make refresh` writes tests/data/begun.txt anew.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import exported
import pandas as pd
from mutated import ROOT

from parley.corpus.begin import STUDY, begin_study
from parley.corpus.settings import StudyError

STORED = ROOT / "tests" / "data" / "begun.txt"
TEMPLATE = set(STUDY.splitlines())  # what is written whatever there is
OTHER = exported.TEXT.replace("ferry", "bus").replace("mayor", "driver")
PLAIN = "Ferry sails\nBy Ada Berg\n1 March 2024\n\n" + exported.TEXT


def _rows(one: dict, **more: list) -> pd.DataFrame:
    """Four rows alike but for their number and what is given, the second of them with another text."""
    table = pd.DataFrame([one] * 4).assign(**more)
    for column in {"GKGRECORDID", "stories_id"} & {*table}:
        table[column] = [str(number) for number in range(4)]
    return table.replace(exported.TEXT, None).assign(
        **{
            name: [exported.TEXT, OTHER, exported.TEXT + " " + OTHER, PLAIN]
            for name, cell in one.items()
            if cell == exported.TEXT
        }
    )


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False)


def downloads() -> Iterator[tuple[str, dict[str, str | bytes]]]:
    """A name, and the files in a folder: of one that is a table, or an export by itself, the study is begun from the file."""
    fields = "\n".join(exported.factiva_fields())
    lexis = "\n".join(exported.lexis_lines())
    factiva = "\n".join(exported.factiva_lines())
    yield "Nexis of old", {"old.txt": exported.OLD_NEXIS}
    yield "Nexis of old, cut off", {"old.txt": exported.OLD_NEXIS[: exported.OLD_NEXIS.rindex("DOCUMENTS") + 300]}
    yield "Nexis of old, a page", {"old.html": exported.old_nexis_html()}
    yield "Lexis", {"lexis.txt": lexis}
    yield "Lexis, cut off", {"lexis.txt": lexis[: len(lexis) * 2 // 3]}
    yield (
        "Lexis without lengths",
        {"lexis.txt": "\n".join(line for line in exported.lexis_lines() if not line.startswith("Length"))},
    )
    yield "Lexis as RTF", {"lexis.rtf": exported.as_rtf(exported.lexis_lines())}
    yield "Factiva", {"factiva.txt": factiva}
    yield "Factiva without a length", {"factiva.txt": factiva.replace("1,020 words\n", "", 1)}
    yield "Factiva, a page", {"factiva.html": exported.factiva_html()}
    yield "Factiva with letters", {"factiva.txt": fields}
    yield (
        "Factiva with letters, without numbers",
        {"factiva.txt": "\n".join(line for line in fields.splitlines() if line[:2] != "AN")},
    )
    yield "Factiva with letters, one below the other", {"factiva.txt": "\n".join(exported.factiva_fields("\n"))}
    yield "a page and a text with a head", {"page.htm": exported.PAGE, "talks.md": exported.MARKDOWN}
    yield "texts", {"2016-11-02 a.txt": PLAIN, "deep/b.txt": OTHER, "c.txt": "", "README.md": "Notes."}
    yield (
        "texts and what is none",
        {"a.txt": PLAIN, "scan.pdf": b"%PDF-1.7", "b.docx": b"PK\x03\x04", "table.csv": _csv(_rows(exported.NEXIS))},
    )
    yield "texts in another encoding", {"a.txt": PLAIN.replace("Berg", "Bergström").encode("cp1252"), "b.txt": OTHER}
    yield "texts and a table about them", {
        "a.txt": PLAIN, "b.txt": OTHER, "about.csv": "file,outlet,date\na.txt,Gazette,2024-03-01\nb.txt,Echo,2024-03-02\n",
    }  # fmt: skip
    yield "a table of Nexis", {"nexis.CSV": _csv(_rows(exported.NEXIS))}
    yield "a table of Media Cloud", {"cloud.csv": _csv(_rows(exported.MEDIA_CLOUD))}
    yield "a table of GDELT", {"gdelt.tsv": _rows(exported.GDELT).to_csv(index=False, sep="\t")}
    yield "NewsAPI", {"newsapi.json": json.dumps({"status": "ok", "articles": [exported.NEWSAPI] * 2})}
    yield "a table with groups", {
        "t.csv": _csv(_rows({"text": exported.TEXT}, year=["2012", "2012", "2016", "2016"], country=["x", "y", "x", ""], outlet="Gazette")),
    }  # fmt: skip
    yield (
        "dates in two forms",
        {"t.csv": _csv(_rows({"text": exported.TEXT}, date=["03/04/2016", "2016-04-05", "5 April", "1.2.16"]))},
    )
    yield "dates that could be either", {"t.csv": _csv(_rows({"text": exported.TEXT}, date=["03/04/2016"] * 4))}
    yield (
        "a table with other names",
        {"t.csv": _csv(_rows({"body": exported.TEXT}, day="2016-11-02", author="", id=["1", "1", "2", "3"]))},
    )
    yield (
        "a table that only lists articles",
        {"t.csv": _csv(_rows({"url": "https://gazette.example", "title": "Ferry sails"}))},
    )
    yield "nothing", {"notes.odt": b"PK"}


def lines() -> Iterator[str]:
    """What is said and written of each."""
    for name, files in downloads():
        yield f"=== {name}"
        with tempfile.TemporaryDirectory() as home:
            folder = Path(home, "downloads")
            for file, data in files.items():
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
            alone = folder / next(iter(files)) if len(files) == 1 else folder
            try:
                told = begin_study(folder if alone.suffix == ".odt" else alone)
            except StudyError as error:
                told = [str(error)]
            yield from "\n".join(told).replace(str(folder), "downloads").splitlines()
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.relative_to(folder).as_posix() not in files:
                    yield f"## {path.relative_to(folder).as_posix()}"
                    written = filter(None, path.read_text(encoding="utf-8").splitlines())
                    yield from (line for line in written if line not in TEMPLATE)


def write() -> None:
    """Write the stored lines anew."""
    STORED.write_text("\n".join(lines()) + "\n", encoding="utf-8")
