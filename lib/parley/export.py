"""``python -m parley.export FOLDER``: the tables of a study for a spreadsheet, with a codebook.

Each table is written as CSV, which Excel opens rightly, and as .xlsx; every row that is evidence has the sentence it
stands in, its outlet and date, and a citation.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from parley.corpus.codebook import NOTES, meanings
from parley.corpus.places import NOT_STATED
from parley.corpus.reading import harmless
from parley.corpus.settings import StudyError, check_study, check_table
from parley.estimates import differences, estimates
from parley.findings import findings, group_contrast, varied
from parley.load import load_study
from parley.show.passages import cite
from parley.stance import concordance
from parley.study import Study

__all__ = ["codebook", "read_tables", "tables", "write"]
MOST_ROWS = 1_048_575  # of a sheet of Excel below the header
LONGEST = 32_767  # characters of its cells
# Text stays text: nothing that looks like a formula or a link becomes one.
AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def __dir__() -> list[str]:
    return __all__


def read_tables(study: Study) -> dict[str, pd.DataFrame]:
    """The tables that are written, by name; `codebook` says what their columns mean."""
    check_study(study, "read_tables")
    mentions, said = study.mentions, study.attributions
    keywords = {}
    if study.settings.get("keywords"):
        keywords = {"mentions": _cited(study, mentions), "concordances": _concordances(study)}
    terms = {} if (found := group_contrast(study)) is None else {"terms": _with_examples(study, found)}
    return {
        "articles": study.articles.drop(columns="text"),
        "sentences": study.sentences,
        **terms,
        **keywords,
        "attributions": said.assign(citation=cite(study, said["article_id"], said["cue_start"])),
        "passages": study.passages.drop(columns="alignment"),
        "estimates": estimates(study),
        "differences": differences(study),
        "findings": findings(study),
        "variations": varied(study),
    }


def tables(study: Study, folder: str | Path, *, workbooks: bool = True) -> list[str]:
    """Write the tables of a study, and a codebook that says what every column means.

    Parameters
    ----------
    study : Study
    folder : str or Path
        Made if it is not there; files of the same names in it are replaced.
    workbooks : bool
        Write each table as .xlsx too. A table with more rows than a sheet can hold is written as CSV only, and a cell
        longer than a sheet's may be is cut there, which its … says; the CSV has all of it.

    Returns
    -------
    list of str
        The names of the files.

    Raises
    ------
    StudyError
        The folder cannot be written to, or a table was given in place of a study.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from parley import study_from_table
    >>> study = study_from_table(pd.DataFrame({"text": ["Ada Lund said no."]}))
    >>> with TemporaryDirectory() as folder:
    ...     tables(study, folder)[:4]
    ['articles.csv', 'articles.xlsx', 'sentences.csv', 'sentences.xlsx']
    """
    check_study(study, "tables")
    made = read_tables(study)
    made["codebook"], folder, written = codebook(made), Path(folder), []
    for name, table in made.items():
        for ending in (".csv", ".xlsx") if workbooks and len(table) <= MOST_ROWS else (".csv",):
            write(table, folder / (name + ending))
            written.append(name + ending)
    return written


def write(table: pd.DataFrame, path: str | Path) -> None:
    """Write one table so that Excel opens it rightly, as .csv or .xlsx by the ending of its name.

    Text stays text, also where a spreadsheet would take it for a formula; dates stay dates. The folder is made if it is
    not there, a file of this name is replaced.

    Parameters
    ----------
    table : DataFrame
        Its index is written where it has a name, as a crosstab's has.
    path : str or Path

    Raises
    ------
    StudyError
        Another ending, more rows than a sheet can hold, a file that cannot be written, or a study in place of a table.
    """
    check_table(table, "write", "write(study.mentions, 'mentions.xlsx')")
    path, table = Path(path), pd.DataFrame(table)
    if table.columns.nlevels > 1:
        table = table.set_axis([", ".join(map(str, labels)) for labels in table.columns], axis=1)
    table = table.reset_index() if any(name is not None for name in table.index.names) else table
    if path.suffix not in (".csv", ".xlsx"):
        raise StudyError(f"{path}: expected a name that ends in .csv or .xlsx; rename it.")
    if path.suffix == ".xlsx" and len(table) > MOST_ROWS:
        raise StudyError(f"{path}: a sheet holds {MOST_ROWS:,} rows, the table has {len(table):,}; write it as .csv.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            # The mark at the beginning tells Excel that the file is UTF-8.
            harmless(table).to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
        else:
            _write_workbook(table, path)
    except OSError as error:
        fault = f"cannot be written ({error.strerror}); close it if a spreadsheet has it open, or name another folder"
        raise StudyError(f"{error.filename or path}: {fault}.") from None


def codebook(exported: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What each column of the tables means: ``table, column, meaning``."""
    rows = []
    for name, table in exported.items():
        if name == "codebook":
            continue
        known = "concordance" if name == "concordances" else name
        rows += [(name, *said) for said in meanings(map(str, table), "exported", known)]
    return pd.DataFrame([*rows, *(("all", *note) for note in NOTES)], columns=["table", "column", "meaning"])


def _cited(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(citation=cite(study, rows["article_id"], rows["start"]))


def _concordances(study: Study) -> pd.DataFrame:
    """A concordance of every keyword, with its family."""
    families = study.settings["keywords"].items()
    found = [concordance(study, term).assign(family=family) for family, terms in families for term in terms]
    lines = pd.concat(found).drop_duplicates(["article_id", "start", "end", "family"]).reset_index(drop=True)
    lines.insert(0, "family", lines.pop("family"))
    return _cited(study, lines)


def _with_examples(study: Study, terms: pd.DataFrame) -> pd.DataFrame:
    """The terms, each with the first sentence that has it in the group that uses it more."""
    counted, known = study.term_counts()
    sentences, groups = study.peek("sentences"), terms.attrs["groups"]
    terms = terms.reset_index()
    leads = terms["group"] if "group" in terms else pd.Series(groups[0], terms.index)
    others = groups[1] if len(groups) == 2 else leads
    leads = leads.where(terms["log_odds_z"] >= 0, others)
    first = pd.Series(-1, terms.index)
    for group in groups:
        own = np.flatnonzero(sentences["counted"] & (sentences["article_id"].map(study.groups) == group))
        columns = counted[own].tocsc()
        columns.sort_indices()
        rows = {known[n]: own[columns.indices[columns.indptr[n]]] for n in np.flatnonzero(np.diff(columns.indptr))}
        first = first.where(leads != group, terms["term"].map(rows).fillna(-1).astype(int))
    own = sentences.loc[np.unique(first[first >= 0])]
    shown = own.assign(text=study.cut(own)).reindex(first.where(first >= 0)).set_axis(terms.index)
    about = (
        study.articles.set_index("article_id")[["outlet", "date"]].reindex(shown["article_id"]).set_axis(terms.index)
    )
    outlet = about["outlet"].fillna(NOT_STATED).where(first >= 0)
    cited = cite(study, shown["article_id"], shown["start"].astype("Int64"))
    return terms.assign(example=shown["text"], outlet=outlet, date=about["date"], citation=cited)


def _write_workbook(table: pd.DataFrame, path: Path) -> None:
    """Write a table as a workbook of one sheet, the header in sight; a cell too long for one ends in …."""

    def cell(value: object) -> object:
        value = str(value) if isinstance(value, list) else value
        return value[: LONGEST - 1] + "…" if isinstance(value, str) and len(value) > LONGEST else value

    options = {"engine": "xlsxwriter", "engine_kwargs": {"options": AS_TEXT}, "datetime_format": "yyyy-mm-dd"}
    with pd.ExcelWriter(path, **options) as book:
        table.map(cell).to_excel(book, sheet_name=path.stem[:31], index=False, freeze_panes=(1, 0))


def main(arguments: list[str]) -> int:
    """Write the tables of the study and say which; 0, or 1 with one sentence on what is wrong."""
    if len(arguments) != 1 or not arguments[0]:
        print("usage: make tables OUT=folder", file=sys.stderr)
        return 2
    try:
        written = tables(load_study(), arguments[0])
    except StudyError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"wrote {len(written)} files into {arguments[0]}: {', '.join(written)}")
    if left := [name for name in written if name.endswith(".csv") and name.replace(".csv", ".xlsx") not in written]:
        print(f"more rows than a spreadsheet holds, so as CSV only: {', '.join(left)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
