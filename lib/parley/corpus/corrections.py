"""A reader puts it right: corrections of single rows, kept beside the texts, applied to what the rules read."""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from parley.corpus.reading import read_table
from parley.corpus.settings import StudyError, did_you_mean

FILE = "corrections.csv"
COLUMNS = ["row", "column", "value", "reason"]
# What may be put right in which table; drop takes a row out. Everything else follows from the texts.
CORRECTABLE = {"attributions": ["speaker", "side", "named", "drop"], "mentions": ["polarity", "holder", "side", "drop"]}
KEYS = {"attributions": ("attribution_id", r"-a\d+[a-z]*$"), "mentions": ("mention_id", r"-k\d+[a-z]*$")}
POLARITIES = ["for", "against", "neutral"]
NO_SIDE = ["other", "unclear", ""]


def read_corrections(folder: Path | None, sides: Iterable[str]) -> pd.DataFrame:
    """The corrections beside a study's texts: ``row, column, value, reason``; none without a corrections.csv."""
    path = folder and folder / FILE
    if path is None or not path.is_file():
        return pd.DataFrame(columns=COLUMNS)
    table, _ = read_table(path, may_be_empty=True)
    for column in COLUMNS[:3]:
        if column not in table:
            raise StudyError(f"{FILE}: expected a column {column!r}; {did_you_mean(column, table.columns)}")
        table[column] = table[column].str.strip()
    # A spreadsheet writes TRUE for true.
    flags = table["column"].isin(["named", "drop"])
    table["value"] = table["value"].mask(flags, table["value"].str.lower())
    sides, known = [*sides, *NO_SIDE], sorted({column for columns in CORRECTABLE.values() for column in columns})
    for number, row in enumerate(table.itertuples(), 1):
        if fault := _fault(row, known, sides):
            raise StudyError(f"{FILE}: row {number}: {fault}")
    return table


def _fault(row, known: list[str], sides: list[str]) -> str:
    """What is wrong with a correction, and the remedy; empty if nothing is."""
    if row.column not in known:
        return f"{row.column!r} cannot be corrected; {did_you_mean(row.column, known)}"
    if row.column == "side" and row.value not in sides:
        return f"side: no side of the study is called {row.value!r}; {did_you_mean(row.value, filter(None, sides))}"
    if row.column == "drop" and row.value not in ("", "true"):
        return f"drop: expected true or nothing, got {row.value!r}; remove the line to keep the row."
    allowed = {"named": ["true", "false"], "polarity": POLARITIES}.get(row.column)
    if allowed and row.value not in allowed:
        return f"{row.column}: expected {' or '.join(allowed)}, got {row.value!r}."
    if not any(re.search(pattern, row.row) for _, pattern in KEYS.values()):
        expected = "expected the name of an attribution (…-a120) or a mention (…-k40)"
        return f"{expected}, got {row.row!r}; copy it from the report."
    return ""


def meant_for(corrections: pd.DataFrame, name: str) -> pd.DataFrame:
    """The corrections of one table."""
    return corrections[corrections["row"].str.contains(KEYS[name][1], regex=True)]


def apply_corrections(corrections: pd.DataFrame, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The attributions or mentions with the corrections meant for them; ``attrs["corrected"]`` counts rows changed."""
    meant, rows = meant_for(corrections, name), pd.Index(table[KEYS[name][0]])
    table, dropped = table.copy(deep=False), []
    for number, correction in zip(meant.index + 1, meant.itertuples(), strict=True):
        columns = CORRECTABLE[name]
        if correction.column not in columns:
            near = did_you_mean(correction.column, columns)
            raise StudyError(f"{FILE}: row {number}: {name} have no {correction.column!r}; {near}")
        if correction.row not in rows:
            near = did_you_mean(correction.row, rows)
            raise StudyError(f"{FILE}: row {number}: no row of the {name} is called {correction.row!r}; {near}")
        place = table.index[rows.get_loc(correction.row)]
        if correction.column == "drop":
            dropped.append(place)
        else:
            named = correction.column == "named"
            table.loc[place, correction.column] = correction.value == "true" if named else correction.value or pd.NA
    table = (table.drop(index=dropped) if dropped else table).reset_index(drop=True)
    table.attrs["corrected"] = int(meant["row"].nunique())
    return table
