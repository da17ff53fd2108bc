"""Sheets for a coder: one row a keyword mention, one row a sentence, in coding order; any beginning is a random sample.

``python -m parley.codings.sheets NAME`` writes them to ``codings/NAME/`` beside the study, with the page in which they
can be coded (:mod:`parley.codings.page`) and the guide that says how. What the rules read stands in none of them.
"""

import os
import sys
from importlib.resources import files
from pathlib import Path

import pandas as pd

from parley.codings.order import check_word, coding_order
from parley.codings.page import coding_page
from parley.corpus.places import sentences_at
from parley.corpus.reading import harmless
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError
from parley.load import load_study
from parley.sourcing.table import begins
from parley.study import Study

GUIDE = files("parley") / "data" / "coding-guide.md"
MENTION_COLUMNS = ["order", "check", "article_id", "start", "end", "keyword", "family", "sentence"]
MENTION_LABELS = ["polarity", "holder", "side", "others", "note", "saw"]
SENTENCE_COLUMNS = ["order", "check", "article_id", "sentence_start", "sentence_end", "sentence"]
SENTENCE_LABELS = [
    "coded",
    "source",
    "cue",
    "content",
    "kind",
    "speaker",
    "side",
    "named",
    "nested",
    "via",
    "note",
    "saw",
]


def mention_sheet(study: Study) -> pd.DataFrame:
    """One row a counted keyword mention in coding order, spread over groups, families and polarities as read.

    Returns
    -------
    DataFrame
        ``order`` (from 1), ``check`` (:func:`parley.codings.order.check_word`), ``article_id, start, end, keyword,
        family, sentence``; ``polarity, holder, side, others, note, saw`` are empty.
    """
    read = study.as_read().mentions
    read = read[read["counted"]]
    read = read.assign(group=read["article_id"].map(study.groups))
    return _in_order(read, ["group", "family", "polarity"], MENTION_COLUMNS, MENTION_LABELS)


def attribution_sheet(study: Study) -> pd.DataFrame:
    """One row a counted sentence of headline, standfirst, caption and body in coding order.

    The order is spread over groups and the number of attributions that the rules read in a sentence (0, 1, more).

    Returns
    -------
    DataFrame
        ``order, check, article_id, sentence_start, sentence_end, sentence``; ``coded, source, cue, content, kind,
        speaker, side, named, nested, via, note, saw`` are empty.
    """
    table = study.sentences
    table = table[table["counted"] & table["kind"].isin(PROSE)]
    table = table.rename(columns={"start": "sentence_start", "end": "sentence_end", "text": "sentence"})
    group, read = table["article_id"].map(study.groups), attributions_read(study, table)
    table = table.assign(group=group, read=read.clip(upper=2))
    return _in_order(table, ["group", "read"], SENTENCE_COLUMNS, SENTENCE_LABELS)


def attributions_read(study: Study, sentences: pd.DataFrame) -> pd.Series:
    """How many attributions the rules read in each of some sentences, with ``article_id, sentence_start``."""
    said = study.as_read().attributions
    starts = sentences.rename(columns={"sentence_start": "start", "sentence_end": "end"})
    number = sentences_at(starts, said["article_id"], begins(said).to_numpy("int64"))
    inside = sentences.index[number[number >= 0]]
    return inside.value_counts().reindex(sentences.index, fill_value=0)


def _in_order(table: pd.DataFrame, strata: list[str], columns: list[str], labels: list[str]) -> pd.DataFrame:
    sheet = table.loc[coding_order(table, strata=strata)].reset_index(drop=True)
    sheet["order"] = sheet.index + 1
    places = sheet[["order", "article_id", *columns[3:5]]].itertuples(index=False, name=None)
    sheet["check"] = pd.Series([check_word(*place) for place in places], index=sheet.index, dtype="str")
    return sheet[columns].assign(**dict.fromkeys(labels, ""))


def write_sheets(study: Study, coder: str) -> list[str]:
    """Write both sheets and the page to ``codings/<coder>/``, the guide to ``codings/guide.md`` if it has none; their paths."""
    folder = new_folder(study, coder)
    mentions, sentences = mention_sheet(study), attribution_sheet(study)
    write_folder(study, folder, mentions, sentences)
    written = [f"codings/{coder}/{name}" for name in ("index.html", "mentions.csv", "attributions.csv")]
    return [*written, "codings/guide.md"]


def new_folder(study: Study, coder: str) -> Path:
    """The folder for a coder's sheets, which is not there yet; a :class:`StudyError` where it cannot be had."""
    if study.folder is None:
        fault = "a study made from a table in hand has no folder to put them in; save it first."
        raise StudyError(f"coding sheets: {fault}")
    folder = study.folder / "codings" / coder
    if folder.parent != (study.folder / "codings") or coder in (".", ".."):
        raise StudyError(f"coding sheets: {coder!r} is no name for a folder; use letters, digits and hyphens.")
    if folder.exists():
        raise StudyError(f"codings/{coder}: is there already, and may hold somebody's work; choose another name.")
    return folder


def write_folder(study: Study, folder: Path, mentions: pd.DataFrame, sentences: pd.DataFrame) -> None:
    """Write two sheets, whole or of some articles, and the page for them into a new folder; the guide beside it."""
    folder.mkdir(parents=True)
    for name, sheet in (("mentions", mentions), ("attributions", sentences)):
        # With the mark by which Excel knows UTF-8.
        path = folder / f"{name}.csv"
        harmless(sheet).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    page = coding_page(study, folder.name, mentions, sentences)
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    guide = folder.parent / "guide.md"
    if not guide.exists():
        guide.write_bytes(GUIDE.read_bytes())


def main() -> None:
    """Write the sheets for the coder named on the command line."""
    coder = sys.argv[1].strip() if len(sys.argv) > 1 else ""
    if not coder:
        sys.exit("parley: coding sheets: expected a coder's name; give one, as in make coding CODER=ada.")
    try:
        study = load_study()
        page, named, attributed, guide = (os.path.relpath(study.folder / path) for path in write_sheets(study, coder))
    except StudyError as error:
        sys.exit(f"parley: {error}")
    print(f"Wrote {page}: open it in a browser and code, by {guide}. Without it, fill in {named} and {attributed}.")
    print("Rows stand in random order: stop where you like, and what is coded is a sample. 05-validity compares it.")


if __name__ == "__main__":
    main()
