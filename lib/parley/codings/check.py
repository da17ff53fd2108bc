"""Every fault of every coding at once, one line each: where, what was expected, what to do.

``python -m parley.codings.check`` (``make check-codings``) prints them; the exit status is 1 where one of them stops
reading. A teacher runs it before a class compares its codings.
"""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from parley import codings
from parley.codings import coded
from parley.codings import file as coded_file
from parley.corpus.corrections import NO_SIDE, POLARITIES
from parley.corpus.places import ARTICLE
from parley.corpus.settings import StudyError, did_you_mean
from parley.load import load_study
from parley.study import Study
from parley.text.phrases import number

COLUMNS = ["coder", "file", "line", "column", "fault", "stops"]
KNOWN_FILES = {f"{what}.{kind}" for what in coded_file.NEEDED for kind in ("csv", "xlsx")}
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".numbers")
PLACES = ["start", "end", "sentence_start", "sentence_end"]
WORDS_TO_SPANS = {"source_text": "source", "cue_text": "cue", "content_text": "content"}

Fault = tuple[int | None, str, str, bool]  # row of the table, column, what is wrong and what to do, whether it stops


def faults(study: Study) -> pd.DataFrame:
    """All faults of all codings beside a study.

    Returns
    -------
    DataFrame
        One row a fault: ``coder, file, line`` (as an editor or spreadsheet numbers it; missing where the whole file is
        meant), ``column, fault`` (what was expected and what to do), ``stops`` (whether reading the coding stops there).
    """
    rows = []
    for folder in sorted(study.folder.glob("codings/*/")) if study.folder else []:
        begun = False
        for what in coded_file.NEEDED:
            try:
                file = study.base.once(coded.load, folder.name, what)
            except StudyError as error:
                rows.append((folder.name, f"codings/{folder.name}/{what}", None, "", str(error), True))
                begun = True
                continue
            begun = begun or bool(len(coded.said(file.table, what, read=True)))
            found = list(_faults(study, file, what))
            found += _unforeseen(study, folder.name, what) if not any(stops for *_, stops in found) else []
            for row, column, fault, stops in found:
                line = None if row is None else file.lines[row]
                rows.append((folder.name, file.name, line, column, fault, stops))
        if not begun:
            fault = "nothing is coded yet; if that is meant, remove the folder"
            rows.append((folder.name, f"codings/{folder.name}", None, "", fault, False))
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in TABLES and path.name not in KNOWN_FILES:
                fault = "this file is not read; expected mentions or attributions, as .csv or .xlsx: rename it"
                rows.append((folder.name, f"codings/{folder.name}/{path.name}", None, "", fault, False))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"line": "Int64", "stops": bool})


def _unforeseen(study: Study, coder: str, what: str) -> list[Fault]:
    """What stops reading though no check below found it."""
    read = codings.read_mentions if what == "mentions" else codings.read_attributions
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an order that was lost is a fault above
            read(study, coder)
    except StudyError as error:
        return [(None, "", str(error), True)]
    return []


def _faults(study: Study, file: coded_file.CodedFile, what: str) -> Iterator[Fault]:
    table = file.table
    lacking = [column for column in ["article_id", *coded_file.NEEDED[what]] if column not in table]
    for column in lacking:
        yield None, column, f"expected this column; {did_you_mean(column, table.columns)}", True
    if lacking:
        return
    if {"order", "check", "saw"} & {*table}:
        for column in [name for name in ("order", "check", "sentence") if name not in table]:
            yield (
                None,
                column,
                "expected this column of the sheet, without which it is no random sample; undo that",
                False,
            )
    texts = study.articles.set_index("article_id")["text"]
    for row in table.index[~table["article_id"].isin(study.article_ids)]:
        near = did_you_mean(table["article_id"][row], study.article_ids)
        yield row, "article_id", f"no article is called {table['article_id'][row]!r}; {near}", True
    table = table[table["article_id"].isin(texts.index)]
    done = table.index.isin(coded.said(table, what).index)
    placed = table[_are_numbers(table, *[name for name in PLACES if name in table])]
    if "order" in table and (moved := ~codings.order_of(placed)).any():
        fault = f"{number(int(moved.sum()), 'row')} without the number and place with which the sheet was drawn"
        yield moved.idxmax(), "order", f"{fault}: a coding, but no random sample; undo the change if you can", False
    sides = [*study.settings.get("sides", {}), *filter(None, NO_SIDE), ARTICLE]
    known = {side.casefold() for side in sides}
    yield from _cells(table[done], "side", lambda cell: cell.casefold() in {*known, ""}, "a side of the study", sides)
    if what == "mentions":
        yield from _mention_faults(table, done, texts)
    else:
        yield from _attribution_faults(file, table, done, texts)


def _cells(
    table: pd.DataFrame, column: str, right: Callable[[str], object], expected: str, known: Iterable[str] = (),
    *, stops: bool = False,
) -> Iterator[Fault]:  # fmt: skip
    for row, cell in table[column].str.strip().items():
        if not right(cell):
            near = did_you_mean(cell, known) if known else "correct it."
            yield row, column, f"expected {expected}, got {cell[:40]!r}; {near}", stops


def _mention_faults(table: pd.DataFrame, done: pd.Series, texts: pd.Series) -> Iterator[Fault]:
    own, labels = table[done], [*POLARITIES, coded.CANNOT_TELL]
    yield from _cells(own, "polarity", coded.polarity, "a polarity", labels, stops=True)
    yield from _numbers(own, "start", "end")
    placed = own[_are_numbers(own, "start", "end")]
    for row, article, start, end, keyword in placed[["article_id", "start", "end", "keyword"]].itertuples(name=None):
        printed = texts[article][int(start) : int(end)]
        if printed != keyword:
            fault = f"at its offsets stands {printed[:40]!r}, the sheet has {keyword[:40]!r}; undo the change"
            yield row, "keyword", fault, True
    yield from _sentence_faults(placed, "start", "end", texts)
    yield from _contradictions(own, ["article_id", "start", "end"], coded_file.MENTION_LABELS, stops=True)
    for row in table.index[~done & (table[["holder", "side"]] != "").any(axis=1)]:
        yield row, "polarity", "empty, though a holder or side is given: the row counts as not coded; fill it in", False


def _attribution_faults(
    file: coded_file.CodedFile, table: pd.DataFrame, done: pd.Series, texts: pd.Series
) -> Iterator[Fault]:
    own = table[done]
    yield from _cells(
        own, "kind", lambda cell: cell.casefold() in {*coded.KINDS, ""}, "a kind", coded.KINDS, stops=True
    )
    if not file.is_sheet:
        for column in ("named", "nested"):
            yield from _cells(own, column, lambda cell: cell.casefold() in coded.FLAGS, "true or false", stops=True)
        for row in table.index[~done]:
            yield row, "source", "expected a source, a cue or a content, there is none; remove the row", True
        yield from _span_faults(own, texts)
        return
    for column in ("named", "nested", *(["coded"] if "coded" in table else [])):
        rows = table if column == "coded" else own
        yield from _cells(rows, column, lambda cell: cell.casefold() in {*coded.FLAGS, ""}, "yes or no", stops=True)
    yield from _numbers(table, "sentence_start", "sentence_end")
    placed = table[_are_numbers(table, "sentence_start", "sentence_end")]
    yield from _sentence_faults(placed, "sentence_start", "sentence_end", texts)
    for role in coded_file.ROLES:
        for row, article, at, words in placed[["article_id", "sentence_start", role]].itertuples(name=None):
            at = int(at)
            for part in filter(None, map(str.strip, words.split("…"))):
                place = coded_file.find_copied(part, texts[article], at)
                if not place:
                    fault = f"{part[:40]!r} does not stand in the text from this sentence on; copy the words as printed"
                    yield row, role, fault, True
                    break
                at = place[1]
    yield from _contradictions(own, ["article_id", "sentence_start", *coded_file.ROLES], coded_file.ATTRIBUTION_LABELS)
    for row in table.index[~done & (table[["kind", "speaker", "side"]] != "").any(axis=1)]:
        fault = "source, cue and content are empty, though labels are given: the row counts for nothing; copy the words"
        yield row, "source", fault, False


def _span_faults(table: pd.DataFrame, texts: pd.Series) -> Iterator[Fault]:
    for written, role in WORDS_TO_SPANS.items():
        for row, article, cell in table[["article_id", role]].itertuples(name=None):
            spans = coded.spans(cell)
            if spans is None:
                yield row, role, f"expected spans such as 12:20;31:40, each ending after it starts, got {cell!r}", True
                continue
            printed = " … ".join(texts[article][start:end] for start, end in spans)
            if written in table and table[written][row] != printed:
                fault = f"at its offsets stands {printed[:40]!r}, the coding has {table[written][row][:40]!r}"
                yield row, role, f"{fault}; put the offsets right", True


def _are_numbers(table: pd.DataFrame, *columns: str) -> pd.Series:
    return table[list(columns)].apply(lambda cells: cells.str.strip().str.isdecimal()).all(axis=1)


def _numbers(table: pd.DataFrame, *columns: str) -> Iterator[Fault]:
    for column in columns:
        if column in table:
            yield from _cells(table, column, str.isdecimal, "a number as the sheet came with", stops=True)
        else:
            yield None, column, f"expected this column; {did_you_mean(column, table.columns)}", True


def _sentence_faults(table: pd.DataFrame, start: str, end: str, texts: pd.Series) -> Iterator[Fault]:
    if "sentence" not in table:
        return
    for row, article, first, last, sentence in table[["article_id", start, end, "sentence"]].itertuples(name=None):
        if not coded_file.stands_near(sentence, texts[article], int(first), int(last)):
            fault = (
                f"{sentence[:40]!r} does not stand at the offsets of its row; were columns sorted one by one? Undo that"
            )
            yield row, "sentence", fault, True


def _contradictions(
    table: pd.DataFrame, place: list[str], labels: list[str], *, stops: bool = False
) -> Iterator[Fault]:
    """Rows about the same thing with other labels than the first of them."""
    said = table[labels].map(codings.plain)
    first = said.groupby([table[name] for name in place]).transform("first")
    for row, column in (said != first).stack().loc[lambda differs: differs].index:
        fault = f"{table[column][row]!r}, but above the same row has {first[column][row]!r}; remove one of the two"
        yield row, column, fault, stops


def main() -> int:
    """Print the faults; 1 if one of them stops reading, else 0."""
    try:
        study = load_study()
    except StudyError as error:
        sys.exit(f"parley: {error}")
    found = faults(study)
    for fault in found.itertuples():
        line = "" if pd.isna(fault.line) else f"line {fault.line}"
        place = ": ".join(filter(None, [fault.file, line, fault.column]))
        # What stops a file from being opened names the file itself.
        said = fault.fault if fault.fault.startswith(fault.file) else f"{place}: {fault.fault}"
        print(said.rstrip(".") + ".")
    folders, stop = len(list(study.folder.glob("codings/*/"))), int(found["stops"].sum())
    told = f"{number(len(found), 'fault')}, {number(stop) if stop else 'none'} of which stop{'s' * (stop < 2)} reading"
    print(f"{number(folders, 'coding')}: {told if len(found) else 'no fault'}.".capitalize())
    return int(stop > 0)


if __name__ == "__main__":
    sys.exit(main())
