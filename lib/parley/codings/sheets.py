"""Blank sheets for coders: one row a sentence, one row a keyword mention, to be filled in any spreadsheet.

``python -m parley.codings.sheets NAME`` writes them to ``codings/NAME/`` beside the study, with the guide that says how to fill them in; filled
in, they are read like any coding.
"""

import os
import shutil
import sys
from pathlib import Path

import pandas as pd

from parley.corpus.settings import StudyError
from parley.keywords.matching import find_mentions
from parley.study import Study, load_study

GUIDE = Path(__file__).resolve().parents[3] / "corpus" / "codings" / "guide.md"
FILL_IN = ["source", "cue", "content", "kind", "speaker", "side", "named", "nested", "via", "note"]


def attribution_sheet(study: Study) -> pd.DataFrame:
    """One row a sentence of headline, standfirst, caption and body, with empty columns for the coder; the guide says how to fill them in."""
    table = study.sentences[study.sentences["kind"].isin(study.prose["kind"].unique())]
    table = table.rename(columns={"start": "sentence_start", "end": "sentence_end", "text": "sentence"})
    sheet = table[["article_id", "sentence_start", "sentence_end", "sentence"]].reset_index(drop=True)
    return sheet.assign(**dict.fromkeys(FILL_IN, ""))


def mention_sheet(study: Study) -> pd.DataFrame:
    """One row a keyword mention with its sentence, and empty columns for polarity, holder, side and others."""
    rows = []
    table = study.sentences[study.sentences["kind"].isin(study.prose["kind"].unique())]
    for sentence in table.itertuples():
        for mention in find_mentions(sentence.text, study.settings.get("keywords", {})):
            keyword = sentence.text[mention.start : mention.end]
            place = (sentence.article_id, sentence.start + mention.start, sentence.start + mention.end)
            rows.append((*place, keyword, mention.family, sentence.text))
    sheet = pd.DataFrame(rows, columns=["article_id", "start", "end", "keyword", "family", "sentence"])
    return sheet.assign(polarity="", holder="", side="", others="", note="")


def write_sheets(study: Study, coder: str) -> list[str]:
    """Write both sheets to ``codings/<coder>/`` beside the study, and the guide to ``codings/guide.md`` where there is none.

    Returns
    -------
    list of str
        The two sheets and the guide, relative to the study.

    Raises
    ------
    StudyError
        The study has no folder, or the coder's folder is there already.
    """
    if study.folder is None:
        raise StudyError(
            "coding sheets: a study made from a table in hand has no folder to put them in; save it first."
        )
    folder = study.folder / "codings" / coder
    if folder.exists():
        raise StudyError(f"codings/{coder}: is there already, and may hold somebody's work; choose another name.")
    folder.mkdir(parents=True)
    sheets = {"attributions.csv": attribution_sheet(study), "mentions.csv": mention_sheet(study)}
    for name, sheet in sheets.items():
        sheet.to_csv(folder / name, index=False, encoding="utf-8", lineterminator="\n")
    guide = folder.parent / GUIDE.name
    if not guide.exists():
        shutil.copyfile(GUIDE, guide)
    return [*(f"codings/{coder}/{name}" for name in sheets), f"codings/{GUIDE.name}"]


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
