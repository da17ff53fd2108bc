"""The coded random sample of a study: what was coded, of which rows, and by whom.

A sheet lists rows in coding order, so its unbroken beginning (rows 1 to k, all coded) is a random sample. A coding of
everything that counts needs no order. Anything else is a coding, but no sample.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from parley.codings.coded import FLAGS, load, names, read_attributions, read_mentions
from parley.codings.file import ROLES, CodedFile
from parley.codings.order import order_of
from parley.codings.sheets import attribution_sheet, mention_sheet
from parley.corpus.places import UNCLEAR, sentences_at
from parley.corpus.segments import PROSE
from parley.sourcing.table import begins
from parley.study import Study

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
    read = study.peek("mentions")
    return _sample(study, "mentions", _grouped(study, read[read["counted"]]), _polarities)


def of_sentences(study: Study) -> Sample:
    """The sample of sentences; ``labels`` has ``side, named, kind`` of every attribution in them."""
    rows, read = read_in_sentences(study)
    rows = rows.assign(read=read["row"].value_counts().reindex(rows.index, fill_value=0).clip(upper=2))
    return _sample(study, "attributions", rows, _attributions)


def read_in_sentences(study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sentences that count, and the attributions that the rules read, `row` naming the sentence of each."""
    rows = study.peek("sentences")
    rows = _grouped(study, rows[rows["counted"] & rows["kind"].isin(PROSE)])
    said = study.peek("attributions")
    return rows, _in_sentences(rows, said, begins(said))


def _grouped(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(group=rows["article_id"].map(study.groups))


def _in_sentences(rows: pd.DataFrame, said: pd.DataFrame, offsets: pd.Series) -> pd.DataFrame:
    """The attributions that stand in some sentences by their offsets, with the label of the sentence as `row`."""
    places = said.assign(at=offsets.astype("int64")).sort_values("at", ignore_index=True)
    number = sentences_at(rows, places["article_id"], places["at"].to_numpy())
    return places[number >= 0].assign(row=rows.index[number[number >= 0]])


def _sample(
    study: Study, what: str, rows: pd.DataFrame, read: Callable[[Study, str, pd.DataFrame], tuple[pd.DataFrame, set]]
) -> Sample:
    """Choose the coding with the longest beginning, and put what was adjudicated in its place."""
    found: dict[str, _Coding] = {}
    for coder in names(study):
        if any(coding.coded >= set(coding.known) for coding in found.values()):
            break  # all is coded, and what was adjudicated comes first
        file, (labels, coded) = study.base.once(load, coder, what), read(study, coder, rows)
        beginning, known, notes = set(), rows.index, []
        if {"order", "check"} <= set(file.table):
            beginning, known, notes = _beginning(study, what, file, rows)
        found[coder] = _Coding(coder, file.name, labels, coded, beginning & coded, known, notes)
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


def _beginning(study: Study, what: str, file: CodedFile, rows: pd.DataFrame) -> tuple[set, pd.Index, list[str]]:
    """The rows of the study in a sheet's unbroken beginning, those that could be drawn, and what is to be said of it."""
    table = file.table
    if what == "mentions":
        start, end, coded, draw = "start", "end", table["polarity"].str.strip() != "", mention_sheet
    else:
        start, end, draw = "sentence_start", "sentence_end", attribution_sheet
        coded = (table[ROLES].apply(lambda cells: cells.str.strip()) != "").any(axis=1)
        coded |= table["coded"].map(lambda cell: FLAGS.get(cell.strip().casefold(), False))
    if not (fits := order_of(table)).all():
        fault = f"line {file.lines[fits.idxmin()]}: order and place are not those of the sheet as it was drawn"
        fault = f"{fault}, so what is coded is no random sample; draw it anew and copy the codings."
        return set(), rows.index, [f"{file.name}: {fault}"]
    places = [*zip(table["article_id"], table[start].astype("int64"), table[end].astype("int64"), strict=True)]
    there = pd.Series(rows.index, [*zip(rows["article_id"], rows["start"], rows["end"], strict=True)])
    row, by_number = there.reindex(places).set_axis(table.index), coded.groupby(table["order"]).any()
    if list(by_number.index) != list(range(1, len(by_number) + 1)):
        return set(), rows.index, []  # a part of a sheet, as a class shares it out
    reach = len(by_number) if by_number.all() else by_number.idxmin() - 1
    beginning, known = set(row[table["order"] <= reach].dropna()), rows.index
    if row.isna().any() or not rows.index.isin(row).all():
        drawn = study.base.once(draw)["check"]
        if set(table["check"].str.strip()) != set(drawn[: len(by_number)]):
            known = rows.index[rows.index.isin(row)]
            return beginning, known, _changed(file, table[row.isna()].rename(columns={start: "start"}), rows, known)
    return beginning, known, []


def _changed(file: CodedFile, gone: pd.DataFrame, rows: pd.DataFrame, known: pd.Index) -> list[str]:
    """Name the rows that only the sheet has, and those that only the study has."""
    parts = []
    for part, what in ((gone.drop_duplicates("order"), "rows that the study does not have"), (rows.drop(known), "rows fewer than the study")):  # fmt: skip
        first = ", ".join(f"{article} {start}" for article, start in part[["article_id", "start"]].head(3).to_numpy())
        parts += [f"{len(part)} {what} ({first})"] if len(part) else []
    rest = f"estimates cover the {len(known)} that both have; draw it anew with make coding, under another name"
    return [f"{file.name}: the study has changed since the sheet was drawn: {' and '.join(parts)}; {rest}."]


def _polarities(study: Study, coder: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, set]:
    """The polarity that was coded, and the rows for which one was."""
    places = ["article_id", "start", "end"]
    labels = rows[places].rename_axis("row").reset_index().merge(read_mentions(study, coder), on=places)
    return labels[["row", "polarity"]], set(labels["row"])


def _attributions(study: Study, coder: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, set]:
    """The attributions that were coded, and the sentences that were read for them."""
    coded = read_attributions(study, coder)
    first = coded[["cue", "content", "source"]].map(lambda spans: spans[0][0] if spans else pd.NA)
    offsets = first["cue"].fillna(first["content"]).fillna(first["source"])
    coded = coded.assign(side=coded["side"].fillna(UNCLEAR), kind=coded["kind"].replace("", UNCLEAR))
    labels = _in_sentences(rows, coded, offsets)
    sentences = coded.attrs.get("sentences")
    if sentences is None:  # an article counts as coded as soon as one of its sentences is
        read = rows["article_id"].isin(coded["article_id"])
    else:
        places = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
        read = [(start, end) in sentences.get(article, []) for article, start, end in places]
    return labels[["row", "side", "named", "kind"]], set(rows.index[read])
