"""One file of a coding, .csv or .xlsx: its cells, the places they speak of, and errors that name its lines."""

import copy
import re
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import pandas as pd

from parley.codings.agreement import Spans
from parley.codings.order import order_of
from parley.corpus.reading import read_table, read_workbook, row_lines, unguarded
from parley.corpus.settings import StudyError, did_you_mean
from parley.study import Study

ROLES = ["source", "cue", "content"]
ATTRIBUTION_LABELS = ["kind", "speaker", "side", "named"]
MENTION_LABELS = ["polarity", "holder", "side"]
NEEDED = {
    "attributions": [*ROLES, *ATTRIBUTION_LABELS, "nested", "via"],
    "mentions": ["start", "end", "keyword", "family", *MENTION_LABELS],
}
# Marks that programs put in each other's place while somebody copies.
ALIKE = ['"“”„‟«»', "'‘’‚‛`´"]
TIMES = re.compile(r"(.*\S)\s+\((\d+)\)")  # said (2): where the same words come for the second time


class CodedFile:
    """One file of a coding: its table, the texts it is of, and errors that name its lines."""

    def __init__(self, path: Path | None, name: str):
        self.name, self.what = name, name.rpartition("/")[2].partition(".")[0]
        self.texts = pd.Series(dtype="str")
        # A study without keywords has no mention to code.
        if path is None:
            self.table, self.lines = pd.DataFrame(columns=["article_id", *NEEDED[self.what]], dtype="str"), []
        elif path.suffix == ".xlsx":
            self.table, self.lines = read_workbook(path, name)
        else:
            self.table, self.lines = read_table(path, name=name, may_be_empty=True)[0], row_lines(path)
        self.is_sheet = bool({"order", "sentence_start"} & {*self.table})
        if self.is_sheet:
            self.table = unguarded(self.table)
        if "order" in self.table:
            self.table["order"] = pd.to_numeric(self.table["order"], errors="coerce").round().astype("Int64")

    def of(self, study: Study) -> "CodedFile":
        """This file as a coding of the study: with all columns that it needs, its rows of articles that take part."""
        for column in ["article_id", *NEEDED[self.what]]:
            if column not in self.table:
                known = did_you_mean(column, self.table.columns)
                raise StudyError(f"{self.name}: expected a column {column!r}; {known}")
        coded = copy.copy(self)
        coded.texts = study.articles.set_index("article_id")["text"]
        for row, article in self.table["article_id"].items():
            if article not in study.article_ids:
                self.stop(row, f"no article has the id {article!r}; correct or remove it.")
        coded.table = self.table[self.table["article_id"].isin(coded.texts.index)].copy()
        labels = [name for name in NEEDED[self.what] if name not in (*ROLES, "start", "end", "keyword", "family")]
        coded.table[labels] = coded.table[labels].apply(lambda cells: cells.str.strip())
        return coded

    def warn_if_moved(self, sheet: pd.DataFrame) -> None:
        """Say which rows of a sheet lost the number and place with which they were drawn, if any."""
        moved = ~order_of(sheet)
        if "order" in sheet and moved.any():
            rows = "1 row does" if moved.sum() == 1 else f"{moved.sum():,} rows do"
            lost = f"{rows} not have the number and place with which the sheet was drawn"
            remedy = "it is read as a coding, but is no random sample; draw another sheet with make coding"
            first = f"first line {self.lines[moved.idxmax()]}"
            warnings.warn(f"{self.name}: {lost} ({first}); {remedy}.", UserWarning, stacklevel=2)

    def stop(self, row: int, what: str) -> NoReturn:
        raise StudyError(f"{self.name}: line {self.lines[row]}: {what}")

    def read(self, column: str, read: Callable[[str], object], expected: str, remedy: str = "") -> None:
        """Put what the cells of a column say in their place; stop at one that cannot be read."""
        values = self.table[column].map(read)
        if values.isna().any():
            row = values.isna().idxmax()
            self.stop(row, f"{column}: expected {expected}, got {self.table[column][row]!r}{remedy}.")
        self.table[column] = values

    def read_words(self, column: str, spans: Iterable[Spans], written: str) -> None:
        """Put what the texts print at each row's spans into the column `written`; stop where that has other words."""
        printed = []
        for row, article, parts in zip(self.table.index, self.table["article_id"], spans, strict=True):
            words = " … ".join(self.texts[article][start:end] for start, end in parts)
            if written in self.table and words != self.table[written][row]:
                what = f"{column}: at its offsets stands {words[:40]!r}, the coding has"
                self.stop(row, f"{what} {self.table[written][row][:40]!r}; put the offsets right.")
            printed.append(words)
        self.table[written] = printed

    def read_places(self, start: str, end: str) -> None:
        """Read the offsets of a sheet; stop where its sentence stands elsewhere, as after sorting some columns alone."""
        for column in (start, end):
            remedy = "; copy it from the sentence's own row" if self.what == "attributions" else ""
            self.read(column, _number, "a number", remedy)
        if "sentence" not in self.table:
            return
        for row, article, first, last, sentence in self.table[["article_id", start, end, "sentence"]].itertuples(
            name=None
        ):
            if not stands_near(sentence, self.texts[article], first, last):
                what = f"sentence: {sentence[:40]!r} does not stand at the offsets of its row"
                self.stop(
                    row,
                    f"{what}; were some of the columns sorted without the others? Undo that, or draw the sheet anew.",
                )

    def locate(self) -> None:
        """Turn the words that a coder copied into a sheet into offsets."""
        sheet = self.table
        sheet["named"], sheet["nested"] = sheet["named"].replace("", "true"), sheet["nested"].replace("", "false")
        for role in ROLES:
            located = []
            for row, words in sheet[role].items():
                # Content may run on into the next sentences of a quotation; source and cue stand in the sentence.
                at, spans = sheet["sentence_start"][row], []
                for part in filter(None, map(str.strip, words.split("…"))):
                    found = find_copied(part, self.texts[sheet["article_id"][row]], at)
                    if not found:
                        what = f"{role}: {part[:40]!r} does not stand in the text from this sentence on"
                        self.stop(row, f"{what}; copy the words as they are printed.")
                    spans.append(f"{found[0]}:{found[1]}")
                    at = found[1]
                located.append(";".join(spans))
            sheet[role] = located

    def finished(self, may_be_missing: list[str], types: dict[str, type]) -> pd.DataFrame:
        """The table, blanks of some columns missing, of the same types when there is no row."""
        blank = {name: self.table[name].replace("", pd.NA) for name in may_be_missing}
        return self.table.assign(**blank).astype(types).reset_index(drop=True)


def _number(cell: str) -> int | None:
    return int(cell) if cell.strip().isdecimal() else None


def _letters(words: str) -> str:
    """What no program changes in a cell that it opens and saves, whatever becomes of marks and accents."""
    return re.sub("[^A-Za-z0-9]", "", words)


def stands_near(sentence: str, text: str, start: int, end: int) -> bool:
    """Whether a sentence stands around a place of a text, whatever a program made of its marks."""
    near = text[max(0, start - len(sentence)) : end + len(sentence)]
    return _letters(sentence) in _letters(near)


def find_copied(words: str, text: str, at: int) -> tuple[int, int] | None:
    """Where words that somebody copied stand in a text from an offset on; "said (2)" is the second "said".

    Examples
    --------
    >>> find_copied("said", "She said that he said so.", 0), find_copied("said (2)", "She said that he said so.", 0)
    ((4, 8), (17, 21))
    """
    found = _as_printed(words).search(text, at)
    if not found and (told := TIMES.fullmatch(words)):
        for _ in range(int(told[2])):
            found = _as_printed(told[1]).search(text, at)
            if not found:
                return None
            at = found.start() + 1
    return found.span() if found else None


def _as_printed(words: str) -> re.Pattern:
    """A pattern for copied words, whatever blanks, line ends and styles of quotation marks the text has."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    for marks in ALIKE:
        pattern = re.sub(f"[{marks}]", f"[{marks}]", pattern)
    return re.compile(rf"(?<!\w){pattern}" if words[0].isalnum() else pattern)
