"""What two coders have read, for a third to settle: rows alike filled in, rows that differ left empty.

``python -m parley.codings.adjudicate`` (``make adjudication``) writes ``codings/adjudicated/`` beside the study. Once a
row is settled it is read as any coding; one left empty counts as not adjudicated.
"""

import os
import sys
from collections.abc import Sequence

import pandas as pd

from parley import codings
from parley.codings import beside, sheets
from parley.codings.file import ROLES, find_copied
from parley.corpus.reading import harmless
from parley.corpus.settings import StudyError
from parley.load import load_study
from parley.study import Study
from parley.text.phrases import join_words, number

MENTION = ["polarity", "holder", "side", "others", "note"]
ATTRIBUTION = ["source", "cue", "content", "kind", "speaker", "side", "named", "nested", "via", "note"]
ONCE_MORE = 9  # how often the same words are looked for in a sentence


def adjudication(study: Study, of: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sheets for an adjudicator: of mentions, and of sentences, that two coders or more have coded.

    Rows keep number and place of the coding order. Where coders differ in a label or, in an attribution, in its words, the
    row is left empty, and beside it stands who has what: ``coder_1, polarity_1, …, coder_2, polarity_2, …``. A sentence
    is left empty whole, with a row for each of its attributions, since it is settled when its attributions are.
    """
    return _mentions(study, of), _sentences(study, of)


def _mentions(study: Study, of: Sequence[str]) -> pd.DataFrame:
    sheet, keys = sheets.mention_sheet(study), ["article_id", "start", "end"]
    read = pd.concat([codings.read_mentions(study, coder).assign(coder=coder) for coder in of])
    read = read.drop_duplicates([*keys, "coder"]).reindex(columns=[*keys, "coder", *MENTION]).fillna("")
    by_place = {place: rows.to_dict("records") for place, rows in read.groupby(keys)}
    rows = []
    for row in sheet.to_dict("records"):
        readings = by_place.get(tuple(row[key] for key in keys), [])
        if len(readings) > 1:
            alike = all(_same(label, readings) for label in MENTION[:-1])
            rows.append(row | ({label: readings[0][label] for label in MENTION} if alike else _laid(readings, MENTION)))
    return _as_sheet(rows, sheet)


def _sentences(study: Study, of: Sequence[str]) -> pd.DataFrame:
    sheet = sheets.attribution_sheet(study)
    texts = study.articles.set_index("article_id")["text"]
    have_read = [beside.sentences_read(study, coder) for coder in of]
    found = beside.attributions(study, of)
    by_sentence = dict(list(found.groupby(["article_id", "sentence_start"])))
    rows = []
    for row in sheet.to_dict("records"):
        place = row["article_id"], row["sentence_start"]
        if sum(place in read for read in have_read) < 2:
            continue
        units = []
        for _, told in by_sentence.get(place, found[:0]).groupby("unit", sort=False):
            units.append([_written(reading, texts[place[0]], place[1]) for reading in told.to_dict("records")])
        if all(len(unit) > 1 and all(_same(label, unit) for label in ["found", *ATTRIBUTION[:-1]]) for unit in units):
            filled = [{label: unit[0][label] for label in ATTRIBUTION} for unit in units]
            rows += [row | {"coded": "yes"} | labels for labels in filled or [{}]]
        else:
            rows += [row | _laid(unit, ATTRIBUTION) for unit in units]
    return _as_sheet(rows, sheet)


def _same(label: str, readings: Sequence[dict]) -> bool:
    return len({codings.plain(reading[label]) for reading in readings}) == 1


def _laid(readings: Sequence[dict], labels: Sequence[str]) -> dict[str, str]:
    """The readings of one row beside it, each under a number of its own."""
    laid = {}
    for n, reading in enumerate(sorted(readings, key=lambda reading: reading["coder"]), 1):
        laid |= {f"coder_{n}": reading["coder"]} | {f"{label}_{n}": reading[label] for label in labels}
    return laid


def _written(reading: dict, text: str, at: int) -> dict[str, str]:
    """An attribution as a coder writes it into a sheet, its words found again from the offset `at` on."""
    written = {"coder": reading["coder"], "found": reading["found"]} | dict.fromkeys(ATTRIBUTION, "")
    if not reading["found"]:
        return written | {"note": "not found"}
    for label in ATTRIBUTION:
        cell = reading.get(label)
        if label in ROLES:
            # A part is looked for behind the one before it.
            behind = [at, *(end for _, end in cell)]
            written[label] = " … ".join(_copied(text, *part) for part in zip(cell, behind[: len(cell)], strict=True))
        elif isinstance(cell, bool) or not pd.isna(cell):
            written[label] = {True: "true", False: "false"}.get(cell, cell)
    return written


def _copied(text: str, span: tuple[int, int], at: int) -> str:
    """The words of a span, with their number where the same words stand before: "said (2)"."""
    words = " ".join(text[slice(*span)].split())
    counted = [words, *(f"{words} ({n})" for n in range(2, ONCE_MORE + 1))]
    return next((one for one in counted if find_copied(one, text, at) == span), words)


def _as_sheet(rows: list[dict], sheet: pd.DataFrame) -> pd.DataFrame:
    beside_it = dict.fromkeys(column for row in rows for column in row if column not in sheet)
    return pd.DataFrame(rows, columns=[*sheet, *beside_it]).fillna("")


def write_adjudication(study: Study) -> tuple[int, int, int, int]:
    """Write both sheets to ``codings/adjudicated/``; how many mentions, and rows of sentences, and how many of each are open.

    Raises
    ------
    StudyError
        The folder is there already, or no two coders have coded something in common.
    """
    folder, of = sheets.new_folder(study, beside.ADJUDICATED), beside.coders(study)
    tables = adjudication(study, of) if len(of) > 1 else ()
    if not any(map(len, tables)):
        fault = f"expected two codings that share a mention or a sentence, found {join_words(of) or 'none'}"
        raise StudyError(f"codings: {fault}; make coding CODER=name, or make class, writes sheets for coders.")
    folder.mkdir(parents=True)
    for name, table in zip(("mentions", "attributions"), tables, strict=True):
        path = folder / f"{name}.csv"
        harmless(table).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    named, spoken = tables
    return len(named), int((named["polarity"] == "").sum()), len(spoken), int((spoken["coded"] == "").sum())


def main() -> None:
    """Write the sheets for an adjudicator, and say what is left to settle."""
    try:
        study = load_study()
        named, named_open, spoken, spoken_open = write_adjudication(study)
    except StudyError as error:
        sys.exit(f"parley: {error}")
    folder = os.path.relpath(study.folder / "codings" / beside.ADJUDICATED)
    for what, rows, left in (("mentions", named, named_open), ("attributions", spoken, spoken_open)):
        print(f"{folder}/{what}.csv: {number(rows, 'row')}, {number(left) if left else 'none'} to settle.")
    print("Fill in the empty rows; a sentence is settled by “yes” under coded. What stays empty is not adjudicated.")


if __name__ == "__main__":
    main()
