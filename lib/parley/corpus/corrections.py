"""A reader puts it right: corrections of single rows, kept beside the texts, applied to what the rules read, and counted."""

from collections.abc import Mapping

import pandas as pd

from parley.corpus.reading import read_table
from parley.corpus.settings import StudyError, did_you_mean

FILE = "corrections.csv"
COLUMNS = ["row", "column", "value", "reason"]
# What may be put right in which table; drop takes a row out. Everything else follows from the texts.
CORRECTABLE = {
    "attributions": ["speaker", "side", "named", "drop"],
    "mentions": ["polarity", "holder", "side", "drop"],
}
POLARITIES = ["for", "against", "neutral"]
NO_SIDE = ["other", "unclear", ""]


def read_corrections(study) -> pd.DataFrame:
    """The corrections beside a study's texts: ``row, column, value, reason``; empty where there is no corrections.csv, or only its header.

    ``row`` is an attribution_id or a mention_id, as tables and report show them; ``column`` one of speaker, side, named, polarity, holder, drop;
    an empty ``value`` means that nobody can tell. Blanks around cells, and TRUE for true, are a spreadsheet's and mean nothing.

    Raises
    ------
    StudyError
        A column is missing, or a row names a column or value that cannot be.
    """
    return study.kept("row corrections", lambda: _read(study))


def _read(study) -> pd.DataFrame:
    path = None if study.folder is None else study.folder / FILE
    if path is None or not path.is_file():
        return pd.DataFrame(columns=COLUMNS)
    table, _ = read_table(path, may_be_empty=True)
    for column in COLUMNS[:3]:
        if column not in table:
            raise StudyError(f"{FILE}: expected a column {column!r}; {did_you_mean(column, table.columns)}")
        table[column] = table[column].str.strip()
    flags = table["column"].isin(["named", "drop"])
    table["value"] = table["value"].mask(flags, table["value"].str.lower())
    known = sorted({column for columns in CORRECTABLE.values() for column in columns})
    for number, row in enumerate(table.itertuples(), 1):
        if row.column not in known:
            raise StudyError(
                f"{FILE}: row {number}: {row.column!r} cannot be corrected; {did_you_mean(row.column, known)}"
            )
        sides = [*study.settings.get("sides", {}), *NO_SIDE]
        if row.column == "side" and row.value not in sides:
            raise StudyError(
                f"{FILE}: row {number}: side: no side of the study is called {row.value!r}; {did_you_mean(row.value, filter(None, sides))}"
            )
        if row.column == "drop" and row.value not in ("", "true"):
            raise StudyError(
                f"{FILE}: row {number}: drop: expected true or nothing, got {row.value!r}; remove the line to keep the row."
            )
        allowed = {"named": ["true", "false"], "polarity": POLARITIES}.get(row.column)
        if allowed and row.value not in allowed:
            raise StudyError(f"{FILE}: row {number}: {row.column}: expected {' or '.join(allowed)}, got {row.value!r}.")
    return table


def apply_corrections(study, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table with the corrections that are meant for it.

    Parameters
    ----------
    study : Study
    table : DataFrame
        The attributions or mentions as the rules read them.
    name : {"attributions", "mentions"}

    Returns
    -------
    DataFrame
        As `table`; ``.attrs["corrected"]`` is the number of rows that a correction changed or dropped.

    Raises
    ------
    StudyError
        A correction matches no row of the table it is meant for.
    """
    check_names(study)
    key, mark = {"attributions": ("attribution_id", "-a"), "mentions": ("mention_id", "-k")}[name]
    meant = read_corrections(study)
    meant = meant[meant["row"].str.contains(rf"{mark}\d+[a-z]*$", regex=True)]
    rows = pd.Index(table[key])
    table, dropped = table.copy(), []
    for number, correction in zip(meant.index + 1, meant.itertuples(), strict=True):
        if correction.column not in CORRECTABLE[name]:
            raise StudyError(
                f"{FILE}: row {number}: {name} have no {correction.column!r}; {did_you_mean(correction.column, CORRECTABLE[name])}"
            )
        if correction.row not in rows:
            raise StudyError(
                f"{FILE}: row {number}: no row of the {name} is called {correction.row!r}; {did_you_mean(correction.row, rows)}"
            )
        place = table.index[rows.get_loc(correction.row)]
        if correction.column == "drop":
            dropped.append(place)
        else:
            table.loc[place, correction.column] = _value(correction)
    table = table.drop(index=dropped).reset_index(drop=True)
    table.attrs["corrected"] = int(meant["row"].nunique())
    return table


def _value(correction: Mapping) -> object:
    if correction.column == "named":
        return correction.value == "true"
    return correction.value or pd.NA


def check_names(study) -> None:
    """Stop if a correction names a row of no table at all.

    Raises
    ------
    StudyError
    """
    table = read_corrections(study)
    lost = ~table["row"].str.contains(r"-[ak]\d+[a-z]*$", regex=True)
    if lost.any():
        number = lost.idxmax()
        raise StudyError(
            f"{FILE}: row {number + 1}: expected the name of an attribution (…-a120) or a mention (…-k40), got "
            f"{table['row'][number]!r}; copy it from the report."
        )
