"""The files of a coding, read: whole articles by offsets, or sheets that a coder filled in, as .csv or .xlsx."""

import copy
import re
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import pandas as pd

from parley.codings.agreement import Spans
from parley.codings.order import check_word
from parley.corpus.corrections import POLARITIES
from parley.corpus.reading import handed_out, read_table, read_workbook, row_lines, unguarded
from parley.corpus.settings import StudyError, check_study, did_you_mean
from parley.study import Study

ROLES = ["source", "cue", "content"]
ATTRIBUTION_LABELS = ["kind", "speaker", "side", "named"]
MENTION_LABELS = ["polarity", "holder", "side"]
NEEDED = {
    "attributions": [*ROLES, *ATTRIBUTION_LABELS, "nested", "via"],
    "mentions": ["start", "end", "keyword", "family", *MENTION_LABELS],
}
KINDS = ["direct", "indirect", "mixed"]
CANNOT_TELL = "can't tell"
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
# Marks that programs put in each other's place while somebody copies.
ALIKE = ['"“”„‟«»', "'‘’‚‛`´"]
TIMES = re.compile(r"(.*\S)\s+\((\d+)\)")  # said (2): where the same words come for the second time


def names(study: Study, having: str | None = None) -> list[str]:
    """The codings that stand beside a study's texts, adjudicated first; a blank sheet is no coding yet.

    Parameters
    ----------
    having : {"attributions", "mentions"}, optional
        Only those that have at least one of these.
    """
    check_study(study, "names")
    wanted = [having] if having else [*NEEDED]
    coders = study.once(_coders) if study.codings is None else study.codings
    found = [name for name in coders if any(len(said(study.once(load, name, what).table, what)) for what in wanted)]
    return sorted(found, key=lambda name: name != "adjudicated") if study.codings is None else found


def _coders(study: Study) -> list[str]:
    folders = study.folder.glob("codings/*/") if study.folder else []
    return sorted(folder.name for folder in folders if any(_files(folder, what) for what in NEEDED))


def said(table: pd.DataFrame, what: str) -> pd.DataFrame:
    """The rows that say something: a polarity, or words of an attribution; all of them where such columns lack."""
    columns = ["polarity"] if what == "mentions" else ROLES
    return table[_filled(table, columns)] if set(columns) <= set(table) else table


def _filled(table: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether each row has anything in these columns."""
    return (table[columns].apply(lambda cells: cells.str.strip()) != "").any(axis=1)


def read_attributions(study: Study, coding: str) -> pd.DataFrame:
    """The attributions of one coding.

    Returns
    -------
    DataFrame
        ``article_id``, ``source``, ``cue``, ``content`` (lists of ``(start, end)``), ``kind``, ``speaker``, ``side``
        (missing where empty), ``named``, ``nested`` (bool), ``via`` and the words: ``source_text``, ``cue_text``,
        ``content_text``. Where sentences were coded in coding order, ``attrs["sentences"]`` has those that were, by
        article, as ``(start, end)``: sentences without a row hold nothing only if they are among them.

    Raises
    ------
    StudyError
        A row names no article, has offsets that are none, words that are not at its offsets, or neither source nor cue
        nor content.

    Warns
    -----
    UserWarning
        Rows of the sheet were numbered anew or moved: it is a coding, but no random sample.
    """
    check_study(study, "read_attributions")
    return handed_out(study.once(_read_attributions, coding))


def _read_attributions(study: Study, coding: str) -> pd.DataFrame:
    coded = study.once(load, coding, "attributions").of(study)
    blank, drawn, sentences = ~_filled(coded.table, ROLES), coded.table, None
    if coded.is_sheet:
        coded.read_places("sentence_start", "sentence_end")
        sentences = _sentences(coded, blank)
        # A row that was copied for another attribution and never changed says nothing twice.
        coded.table = coded.table[~blank].drop_duplicates().copy()
        coded.locate()
    elif blank.any():
        coded.stop(blank.idxmax(), "expected a source, a cue or a content, there is none; remove the row.")
    for role in ROLES:
        coded.read(role, spans, "spans such as 12:20;31:40, each ending after it starts")
        coded.read_words(role, coded.table[role], f"{role}_text")
    coded.read("kind", _one_of(KINDS), "direct, indirect or mixed")
    for name in ("named", "nested"):
        coded.read(name, lambda cell: FLAGS.get(cell.casefold()), "true or false")
    coded.warn_if_moved(drawn)
    found = coded.finished(["speaker", "side", "via"], {"named": bool, "nested": bool})
    if sentences is not None:
        found.attrs["sentences"] = sentences
    return found


def _sentences(coded: "CodedFile", blank: pd.Series) -> dict[str, list[tuple[int, int]]] | None:
    """The sentences that were read, by article; None for a sheet in which an article counts as coded whole."""
    if "coded" not in coded.table:
        return None
    read = coded.table["coded"].map(lambda cell: FLAGS.get(cell.strip().casefold() or "no"))
    if read.isna().any():
        coded.stop(
            read.isna().idxmax(), f"coded: expected yes or nothing, got {coded.table['coded'][read.isna()].iloc[0]!r}."
        )
    places = coded.table.loc[read.astype(bool) | ~blank, ["article_id", "sentence_start", "sentence_end"]]
    places = places.drop_duplicates().itertuples(index=False, name=None)
    found: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in places:
        found.setdefault(article, []).append((start, end))
    return found


def read_mentions(study: Study, coding: str) -> pd.DataFrame:
    """The keyword mentions of one coding; those without a polarity are not coded yet.

    Returns
    -------
    DataFrame
        ``article_id, start, end, keyword, family, polarity, holder, side`` and, where the coding has it, ``others``.
        Where mentions were coded in coding order, ``order``: whole numbers, missing where somebody removed them.

    Raises
    ------
    StudyError
        As for :func:`read_attributions`; or a mention stands there twice, with different labels.

    Warns
    -----
    UserWarning
        As :func:`read_attributions`.
    """
    check_study(study, "read_mentions")
    return handed_out(study.once(_read_mentions, coding))


def _read_mentions(study: Study, coding: str) -> pd.DataFrame:
    coded = study.once(load, coding, "mentions").of(study)
    drawn = coded.table
    coded.table = coded.table[coded.table["polarity"] != ""].copy()
    coded.read("polarity", polarity, f"for, against, neutral or {CANNOT_TELL}")
    coded.read_places("start", "end")
    coded.table = coded.table.drop_duplicates(["article_id", "start", "end", *MENTION_LABELS]).copy()
    twice = coded.table.duplicated(["article_id", "start", "end"])
    if twice.any():
        coded.stop(twice.idxmax(), "the same mention stands above with other labels; remove one of the two rows.")
    spans = [[span] for span in zip(coded.table["start"], coded.table["end"], strict=True)]
    coded.read_words("keyword", spans, "keyword")
    coded.warn_if_moved(drawn)
    return coded.finished(["holder", "side"], {"start": int, "end": int})


def read_sheet(study: Study, coding: str, what: str) -> pd.DataFrame:
    """All rows of a sheet, those that nobody has coded yet included, as its cells have them.

    Parameters
    ----------
    what : {"attributions", "mentions"}

    Returns
    -------
    DataFrame
        The columns of the sheet as text, but ``order`` as whole numbers, missing where it holds none. Empty where the
        coding has no such file.
    """
    return handed_out(study.once(load, coding, what).table)


def order_of(sheet: pd.DataFrame) -> pd.Series:
    """Whether each row of a sheet still has the number and the place with which it was drawn.

    Where a row does not, it was numbered anew, moved or edited, and the sheet is no random sample any more.

    Parameters
    ----------
    sheet : DataFrame
        A sheet as it was written, or as :func:`read_sheet` gives it.

    Returns
    -------
    Series of bool
        By the sheet's index; False throughout where it has no ``order`` or no ``check``.

    Examples
    --------
    >>> place = {"article_id": "a", "start": "10", "end": "15"}
    >>> sheet = pd.DataFrame([{"order": n, "check": check_word(1, "a", "10", "15"), **place} for n in (1, 2)])
    >>> order_of(sheet).tolist()
    [True, False]
    """
    if not {"order", "check"} <= set(sheet):
        return pd.Series(False, index=sheet.index)
    first, last = ("start", "end") if "start" in sheet else ("sentence_start", "sentence_end")
    rows = zip(sheet["order"], sheet["article_id"], sheet[first], sheet[last], sheet["check"], strict=True)
    fits = [check_word(*place) == check.strip() for *place, check in rows]
    return pd.Series(fits, index=sheet.index, dtype=bool)


def coded_whole(study: Study, coding: str) -> set[str]:
    """The articles that a coding covers from end to end: it has read every sentence that counts."""
    found = read_attributions(study, coding)
    if (read := found.attrs.get("sentences")) is None:
        return set(found["article_id"])
    counted = study.sentences[study.sentences["counted"]]
    places = zip(counted["article_id"], counted["start"], counted["end"], strict=True)
    lacking = {article for article, start, end in places if (start, end) not in read.get(article, ())}
    return set(read) - lacking


def _files(folder: Path, what: str) -> list[Path]:
    """The files that hold one part of a coding."""
    return [path for kind in ("csv", "xlsx") if (path := folder / f"{what}.{kind}").is_file()]


def load(study: Study, coding: str, what: str) -> "CodedFile":
    if study.folder is None:
        fault = "a study made from a table in hand has no folder with codings; load it from one."
        raise StudyError(f"codings/{coding}/{what}.csv: {fault}")
    folder = study.folder / "codings" / coding
    if not folder.is_dir():
        raise StudyError(f"codings/{coding}: there is no such folder; {did_you_mean(coding, study.once(_coders))}")
    files = [CodedFile(path, f"codings/{coding}/{path.name}") for path in _files(folder, what)]
    filled = [one for one in files if len(said(one.table, what))]
    if len(filled) > 1:
        both = " and ".join(one.name for one in filled)
        raise StudyError(f"{both}: expected one of them to be filled in, both are; remove the one that is out of date.")
    return (filled or files or [CodedFile(None, f"codings/{coding}/{what}.csv")])[0]


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


def _one_of(labels: list[str]) -> Callable[[str], str | None]:
    """Make what reads a label, whatever its capitals; a blank is one not given yet."""
    return lambda cell: cell.casefold() if cell.casefold() in [*labels, ""] else None


def polarity(cell: str) -> str | None:
    """The polarity that a cell gives, whatever its capitals and its apostrophe."""
    written = cell.casefold().replace("’", "'")
    written = CANNOT_TELL if written in ("cant tell", "cannot tell") else written
    return written if written in (*POLARITIES, CANNOT_TELL) else None


def spans(cell: str) -> list[tuple[int, int]] | None:
    """The spans written as "12:20;31:40", if they are."""
    parts = [part for part in cell.split(";") if part]
    if not all(re.fullmatch(r"\s*\d+\s*:\s*\d+\s*", part) for part in parts):
        return None
    spans = [tuple(map(int, part.split(":"))) for part in parts]
    return spans if all(start < end for start, end in spans) else None


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
