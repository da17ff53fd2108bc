"""Blank sheets for coders: one row a sentence, one row a keyword mention, to be filled in any spreadsheet.

``python -m parley.codings.sheets NAME`` writes them to ``codings/NAME/`` beside the study, with the guide that says how
to fill them in; filled in, they are read like any coding.
"""

import os
import sys
from importlib.resources import files

import pandas as pd

from parley.corpus.reading import harmless
from parley.corpus.segments import PROSE
from parley.corpus.settings import StudyError
from parley.load import load_study
from parley.study import Study

GUIDE = files("parley") / "data" / "coding-guide.md"
FILL_IN = ["source", "cue", "content", "kind", "speaker", "side", "named", "nested", "via", "note"]


def attribution_sheet(study: Study) -> pd.DataFrame:
    """One row a sentence of headline, standfirst, caption and body, with empty columns for the coder."""
    table = study.sentences[study.sentences["kind"].isin(PROSE)]
    table = table.rename(columns={"start": "sentence_start", "end": "sentence_end", "text": "sentence"})
    sheet = table[["article_id", "sentence_start", "sentence_end", "sentence"]].reset_index(drop=True)
    return sheet.assign(**dict.fromkeys(FILL_IN, ""))


def mention_sheet(study: Study) -> pd.DataFrame:
    """One row a keyword mention with its sentence, and empty columns for polarity, holder, side and others."""
    sheet = study.as_read().mentions[["article_id", "start", "end", "keyword", "family", "sentence"]]
    return sheet.assign(**dict.fromkeys(["polarity", "holder", "side", "others", "note"], ""))


def write_sheets(study: Study, coder: str) -> list[str]:
    """Write both sheets to ``codings/<coder>/``, the guide to ``codings/guide.md`` if it has none; their paths."""
    if study.folder is None:
        fault = "a study made from a table in hand has no folder to put them in; save it first."
        raise StudyError(f"coding sheets: {fault}")
    folder = study.folder / "codings" / coder
    if folder.parent != (study.folder / "codings") or coder in (".", ".."):
        raise StudyError(f"coding sheets: {coder!r} is no name for a folder; use letters, digits and hyphens.")
    if folder.exists():
        raise StudyError(f"codings/{coder}: is there already, and may hold somebody's work; choose another name.")
    folder.mkdir(parents=True)
    for name, sheet in (("attributions", attribution_sheet(study)), ("mentions", mention_sheet(study))):
        sheet["sentence"] = harmless(sheet[["sentence"]])
        sheet.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    guide = folder.parent / "guide.md"
    if not guide.exists():
        guide.write_bytes(GUIDE.read_bytes())
    return [f"codings/{coder}/attributions.csv", f"codings/{coder}/mentions.csv", "codings/guide.md"]


def main() -> None:
    """Write the sheets for the coder named on the command line."""
    coder = sys.argv[1].strip() if len(sys.argv) > 1 else ""
    if not coder:
        sys.exit("parley: coding sheets: expected a coder's name; give one, as in make coding-sheet CODER=ada.")
    try:
        study = load_study()
        attributed, named, guide = (os.path.relpath(study.folder / path) for path in write_sheets(study, coder))
    except StudyError as error:
        sys.exit(f"parley: {error}")
    print(f"Wrote {attributed} and {named}. Fill them in by {guide}; 05-validity then shows how far you agree.")


if __name__ == "__main__":
    main()
