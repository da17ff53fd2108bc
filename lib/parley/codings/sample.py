"""The coded random sample of a study: what was coded, of which rows, and by whom.

A sheet lists rows in coding order, so its unbroken beginning (rows 1 to k, all coded) is a random sample. A coding of
everything that counts needs no order. Anything else is a coding, but no sample.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from parley.codings.coded import FLAGS, read_attributions, read_mentions
from parley.codings.file import ROLES
from parley.codings.order import check_word, coding_order
from parley.corpus.corrections import POLARITIES
from parley.corpus.places import UNCLEAR
from parley.corpus.reading import read_table, row_lines
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError
from parley.sourcing.table import begins
from parley.study import Study

CANNOT_TELL = "can't tell"
ADJUDICATED = "adjudicated"


class Sample(NamedTuple):
    """What was coded of the rows that count."""

    rows: pd.DataFrame  # those that could be drawn, as the study has them, with their `group`
    drawn: pd.Series  # whether each of them is in the sample
    labels: pd.DataFrame  # what was coded: `row` is the label of one of `rows`; a sentence has none, one or more
    coder: str  # whose coding it is; empty where there is none
    unused: int  # rows that were coded too, but beyond a gap in the order
    notes: list[str]  # what a reader must know about the sheets


class _Coding(NamedTuple):
    coder: str
    file: str
    labels: pd.DataFrame  # `row` and what was coded
    coded: set  # rows that were coded
    beginning: set  # those of them in the unbroken beginning of the order
    known: pd.Index  # rows that could be drawn
    notes: list[str]


def of_mentions(study: Study) -> Sample:
    """The sample of keyword mentions; ``labels`` has their ``polarity``, "can't tell" included."""
    read = study.mentions
    rows = _grouped(study, read[read["counted"]])
    order = coding_order(rows, strata=["group", "family", "polarity"])
    return _sample(study, "mentions", rows, order, ["start", "end"], _polarities, _all_mentions)


def of_sentences(study: Study) -> Sample:
    """The sample of sentences; ``labels`` has ``side, named, kind`` of every attribution in them."""
    rows, read = read_in_sentences(study)
    rows = rows.assign(read=read["row"].value_counts().reindex(rows.index, fill_value=0).clip(upper=2))
    order = coding_order(rows, strata=["group", "read"])
    return _sample(study, "attributions", rows, order, ["start", "end"], _attributions, _all_attributions)


def read_in_sentences(study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sentences that count, and the attributions that the rules read, `row` naming the sentence of each."""
    rows = study.sentences
    rows = _grouped(study, rows[rows["counted"] & rows["kind"].isin(PROSE)])
    said = study.attributions
    return rows, _in_sentences(rows, said, begins(said))


def _grouped(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(group=rows["article_id"].map(study.groups))


def _in_sentences(rows: pd.DataFrame, said: pd.DataFrame, offsets: pd.Series) -> pd.DataFrame:
    """The attributions that stand in some sentences by their offsets, with the label of the sentence as `row`."""
    places = said.assign(at=offsets.astype("int64"), article_id=said["article_id"].astype("str")).sort_values("at")
    starts = rows[["article_id", "start", "end"]].astype({"article_id": "str"}).sort_values("start")
    starts = starts.rename_axis("row").reset_index()
    found = pd.merge_asof(places, starts, left_on="at", right_on="start", by="article_id")
    return found[found["at"] < found["end"]].astype({"row": rows.index.dtype})


def _sample(
    study: Study,
    name: str,
    rows: pd.DataFrame,
    order: pd.Index,
    place: list[str],
    read: Callable[["_Sheet"], tuple[pd.DataFrame, pd.Series]],
    read_all: Callable[[Study, str, pd.DataFrame], tuple[pd.DataFrame, set]],
) -> Sample:
    """Choose the coding with the longest beginning, and put what was adjudicated in its place."""
    found: dict[str, _Coding] = {}
    for coder in _coders(study, name):
        if any(coding.coded >= set(coding.known) for coding in found.values()):
            break  # all is coded, and what was adjudicated comes first
        sheet = _Sheet(study, coder, name, place)
        if {"order", "check"} <= set(sheet.table):
            found[coder] = sheet.in_order(rows, order, *read(sheet))
        else:
            labels, coded = read_all(study, coder, rows)
            found[coder] = _Coding(coder, sheet.file, labels, coded, set(), rows.index, [])
    usable = {coder: _drawn(coding) for coder, coding in found.items()}
    settled = found.get(ADJUDICATED)
    coder = max(usable, key=lambda name: (len(usable[name]), name == ADJUDICATED), default="")
    if not coder or not usable[coder]:
        notes = [note for coding in found.values() for note in coding.notes]
        nothing = pd.DataFrame(columns=["row"])
        return Sample(rows, pd.Series(False, rows.index), nothing, "", 0, notes)
    chosen, drawn = found[coder], usable[coder]
    labels, unused, notes = chosen.labels, len(chosen.coded - drawn), [*chosen.notes]
    if unused:
        notes.append(
            f"{chosen.file}: {unused} rows are coded beyond a gap in the order and not used; code those before."
        )
    if settled and coder != ADJUDICATED:
        labels = labels[~labels["row"].isin(settled.coded)]
        labels = pd.concat([labels, settled.labels], ignore_index=True)
    rows = rows.loc[chosen.known]
    labels = labels[labels["row"].isin(drawn)].reset_index(drop=True)
    by = ADJUDICATED if settled and drawn <= settled.coded else coder
    return Sample(rows, pd.Series(rows.index.isin(list(drawn)), rows.index), labels, by, unused, notes)


def _drawn(coding: _Coding) -> set:
    """The rows that make a sample: all, if all were coded, else the unbroken beginning."""
    return set(coding.known) if coding.coded >= set(coding.known) else coding.beginning


def _coders(study: Study, name: str) -> list[str]:
    if study.folder is None:
        return []
    coders = sorted({path.parent.name for path in study.folder.glob(f"codings/*/{name}.csv")})
    coders.sort(key=lambda coder: coder != ADJUDICATED)
    return coders if study.codings is None else [coder for coder in coders if coder in study.codings]


class _Sheet:
    """One sheet as it was filled in, and errors that name its lines."""

    def __init__(self, study: Study, coder: str, name: str, place: list[str]):
        self.coder, self.file, self.place = coder, f"codings/{coder}/{name}.csv", place
        self.path = study.folder / self.file
        self.table, _ = read_table(self.path, name=self.file, may_be_empty=True)
        if name == "attributions":
            self.table = self.table.rename(columns={"sentence_start": "start", "sentence_end": "end"})

    def labels(self, column: str, meanings: dict[str, object], expected: str) -> pd.Series:
        """What the cells of a column mean, whatever their capitals and apostrophes; stop at one that means nothing."""
        written = self.cells(column).str.strip().str.replace("’", "'").str.casefold()
        if not (known := written.isin(list(meanings))).all():
            self.stop(known.idxmin(), f"{column}: expected {expected}, got {self.table[column][known.idxmin()]!r}.")
        return written.map(meanings)

    def cells(self, column: str) -> pd.Series:
        if column not in self.table:
            raise StudyError(f"{self.file}: expected a column {column!r}; draw the sheet anew, or put it back.")
        return self.table[column]

    def stop(self, row: int, fault: str) -> None:
        raise StudyError(f"{self.file}: line {row_lines(self.path)[row]}: {fault}")

    def in_order(self, rows: pd.DataFrame, order: pd.Index, labels: pd.DataFrame, coded: pd.Series) -> _Coding:
        """Tell which rows of the study were coded, and how far without a gap; `coded` is by row of the sheet."""
        numbers = self.table[["order", *self.place]]
        if not (whole := numbers.apply(lambda cells: cells.str.fullmatch(r"\s*\d+\s*")).all(axis=1)).all():
            self.stop(whole.idxmin(), "order and place: expected numbers; copy them from the sheet as it was drawn.")
        sheet = numbers.astype("int64").assign(article_id=self.table["article_id"], coded=coded)
        keys = sheet[["article_id", *self.place]]
        there = pd.Series(
            rows.index, pd.MultiIndex.from_frame(rows[["article_id", *self.place]].astype({"article_id": object}))
        )
        sheet["row"] = there.reindex(pd.MultiIndex.from_frame(keys.astype({"article_id": object}))).to_numpy()
        labels = labels.assign(row=sheet["row"]).dropna(subset="row").astype({"row": rows.index.dtype})
        by_number = sheet.groupby("order")["coded"].any()
        done = by_number.index[by_number].to_numpy()
        reach = int((done == np.arange(1, len(done) + 1)).cumprod().sum())
        words = [check_word(*place) for place in sheet[["order", "article_id", *self.place]].itertuples(index=False)]
        fits = self.cells("check").str.strip() == words
        kept, notes = sheet.dropna(subset="row").astype({"row": rows.index.dtype}), []
        known, beginning = rows.index, set(kept.loc[kept["coded"] & (kept["order"] <= reach), "row"])
        drawn_before = sheet.drop_duplicates("order").set_index("order")["row"].sort_index()
        if not fits.all():
            beginning = set()
            line = row_lines(self.path)[fits.idxmin()]
            fault = f"line {line}: order and place are not those of the sheet as it was drawn"
            notes.append(
                f"{self.file}: {fault}, so what is coded is no random sample; draw it anew and copy the codings."
            )
        elif list(drawn_before.index) != list(range(1, len(drawn_before) + 1)):
            beginning = set()  # a part of a sheet, as a class shares it out
        elif list(drawn_before) != list(order[: len(drawn_before)]):
            known = rows.index[rows.index.isin(kept["row"])]
            notes += self._changed(rows, sheet, known)
        return _Coding(self.coder, self.file, labels, set(kept.loc[kept["coded"], "row"]), beginning, known, notes)

    def _changed(self, rows: pd.DataFrame, sheet: pd.DataFrame, known: pd.Index) -> list[str]:
        """Name the rows that only the sheet has, and those that only the study has."""
        gone, new = sheet[sheet["row"].isna()].drop_duplicates("order"), rows.drop(known)
        parts = [
            f"{len(part)} {what} ({', '.join(f'{a} {s}' for a, s in zip(part['article_id'][:3], part['start'][:3], strict=True))})"
            for part, what in ((gone, "rows that the study does not have"), (new, "rows fewer than the study"))
            if len(part)
        ]
        if not parts:
            return []
        rest = f"estimates cover the {len(known)} that both have; draw it anew with make coding, under another name"
        return [f"{self.file}: the study has changed since the sheet was drawn: {' and '.join(parts)}; {rest}."]


def _polarities(sheet: _Sheet) -> tuple[pd.DataFrame, pd.Series]:
    meanings = {label: label for label in [*POLARITIES, CANNOT_TELL]} | {"": None}
    polarity = sheet.labels("polarity", meanings, f"for, against, neutral or {CANNOT_TELL}")
    if (again := sheet.cells("order").str.strip().duplicated()).any():
        sheet.stop(again.idxmax(), "the row stands in the sheet twice; remove one of the two.")
    return pd.DataFrame({"polarity": polarity})[polarity.notna()], polarity.notna()


def _attributions(sheet: _Sheet) -> tuple[pd.DataFrame, pd.Series]:
    coded = sheet.labels("coded", {"yes": True, "true": True, "no": False, "false": False, "": False}, "yes or nothing")
    said = pd.concat([sheet.cells(role).str.strip() != "" for role in ROLES], axis=1).any(axis=1)
    labels = {
        "side": sheet.cells("side").str.strip().replace("", UNCLEAR),
        "named": sheet.labels("named", FLAGS | {"": True}, "true or false"),
        "kind": sheet.cells("kind").str.strip().str.casefold().replace("", UNCLEAR),
    }
    return pd.DataFrame(labels)[said], coded.astype(bool) | said  # whoever found something has read the sentence


def _all_mentions(study: Study, coder: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, set]:
    coded = read_mentions(study, coder)
    found = rows[["article_id", "start", "end"]].rename_axis("row").reset_index()
    labels = found.merge(coded[["article_id", "start", "end", "polarity"]], on=["article_id", "start", "end"])
    return labels[["row", "polarity"]], set(labels["row"])


def _all_attributions(study: Study, coder: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, set]:
    coded = read_attributions(study, coder)
    first = coded[["cue", "content", "source"]].map(lambda spans: spans[0][0] if spans else pd.NA)
    offsets = first["cue"].fillna(first["content"]).fillna(first["source"])
    labels = _in_sentences(rows, coded.assign(side=coded["side"].fillna(UNCLEAR)), offsets)
    # An article counts as coded as soon as one of its sentences is.
    whole = rows["article_id"].isin(coded["article_id"])
    return labels[["row", "side", "named", "kind"]], set(rows.index[whole])
