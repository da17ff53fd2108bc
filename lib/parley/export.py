"""The tables as CSV files with a codebook, for the report's readers and their own tools."""

import re
from importlib.resources import files
from pathlib import Path

import pandas as pd

from parley.corpus.reading import harmless
from parley.findings import contrast, findings, varied
from parley.study import Study

CODEBOOK = files("parley") / "data" / "codebook.csv"  # a star stands for a group, or for any column of the metadata


def tables(study: Study) -> dict[str, pd.DataFrame]:
    """The tables that the report offers, by name."""
    keywords = {"mentions": study.mentions} if study.settings.get("keywords") else {}
    terms = {} if (found := contrast(study)) is None else {"terms": found.reset_index()}
    return {
        "articles": study.articles.drop(columns="text"),
        "sentences": study.sentences,
        **terms,
        **keywords,
        "attributions": study.attributions,
        "passages": study.passages.drop(columns="alignment"),
        "findings": findings(study),
        "variations": varied(study),
    }


def write_tables(study: Study, folder: Path) -> list[str]:
    """Write the tables and the codebook into `folder`; the names of the tables are returned."""
    written = tables(study)
    for name, table in written.items():
        harmless(table).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    codebook(written).to_csv(folder / "codebook.csv", index=False, lineterminator="\n")
    return list(written)


def codebook(exported: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What each column of the tables means: ``table, column, meaning``."""
    with CODEBOOK.open(encoding="utf-8") as lines:
        book = pd.read_csv(lines, dtype=str)
    rows = []
    for name, table in exported.items():
        known = book[book["table"] == name]
        patterns = [re.compile(re.escape(column).replace(r"\*", "(.*)"), re.DOTALL) for column in known["column"]]
        for column in map(str, table):
            found = [
                (pattern.fullmatch(column), text) for pattern, text in zip(patterns, known["meaning"], strict=True)
            ]
            match, meaning = next((match, text) for match, text in found if match)
            rows.append((name, column, meaning.replace("*", match[match.re.groups])))
    return pd.concat([pd.DataFrame(rows, columns=list(book)), book[book["table"] == "all"]])
