"""Measure how well attributions are found where texts have lost marks, and on news and talk that no rule was made with.

    python benchmarks/damaged.py POLNEAR_FOLDER GUM_JSON

PolNeAR's dev split (Newell, Margolin & Ruths 2018) is damaged as files are that were passed round: marks go, and the
coded offsets move with them. GUM (Zeldes 2017; Wikinews, CC BY 2.5, annotations CC BY 4.0) marks as attribution only
what stands as a clause of its own, so it tells what share of such is *met* (source or cue of a found one share a word
with the words that attribute), and *right* (the contents share half their words, too); *inside* is the share of all
found ones that meet one, low by nature, a guard against finding too much. Neither is part of the repository.
"""

import argparse
import json
from pathlib import Path

from attribution import ROLES, read_polnear
from results import record

from parley.codings.agreement import agreement_by_kind
from parley.sourcing import find_attributions
from parley.text.forms import words

COMMAND = "python benchmarks/damaged.py POLNEAR_FOLDER GUM_JSON"
LINE_ENDS = "\r\n"
DAMAGES = {  # the marks that go, and whether lines are joined
    "no commas": (",", False),
    "no apostrophes": ("'’‘", False),
    "one line": ("", True),
    "no commas, apostrophes and line ends": (",'’‘", True),
    "no double quotation marks": ('"“”', False),
}


def damaged(text: str, coded: list[dict], marks: str, one_line: bool) -> tuple[str, list[dict]]:
    """A text without some marks, and its coded attributions at their new places."""
    kept, places = [], []
    for mark in text:
        places.append(len(kept))
        if mark not in marks:
            kept.append(" " if one_line and mark in LINE_ENDS else mark)
    places.append(len(kept))
    moved = [{role: [(places[a], places[b]) for a, b in one[role]] for role in ROLES} for one in coded]
    return "".join(kept), moved


def measure_damaged(folder: Path) -> None:
    """F1 on PolNeAR's dev split under every damage."""
    articles = read_polnear(folder / "dev")
    for damage, (marks, one_line) in DAMAGES.items():
        texts = [damaged(text, coded, marks, one_line) for text, coded in articles.values()]
        scored = [(text, find_attributions(text), coded) for text, coded in texts]
        for subset, row in agreement_by_kind(scored).iterrows():
            record("attribution", f"PolNeAR dev, {damage}, {subset}, F1", 100 * row["f1"], "percent", COMMAND)


def word_places(text: str, spans: list) -> set[int]:
    """Where the words of some spans begin."""
    return {start + word.start for start, end in spans for word in words(text[start:end])}


def measure_gum(path: Path) -> None:
    """The shares of GUM's attributions that are met and right, by genre."""
    documents = json.loads(path.read_text(encoding="utf-8"))
    for genre, title in (("news", "news"), ("interview", "interviews")):
        met, right, inside = [], [], []
        for document in (own for name, own in documents.items() if genre in name):
            text = document["text"]
            asked = [[word_places(text, one[part]) for part in ("by", "content")] for one in document["attributions"]]
            found = [
                (word_places(text, [*one["source"], *one["cue"]]), word_places(text, one["content"]))
                for one in find_attributions(text)
            ]
            for by, content in asked:
                contents = [said for who, said in found if who & by]
                met.append(bool(contents))
                right.append(any(2 * len(said & content) >= len(said | content) > 0 for said in contents))
            inside += [any(who & by for by, _ in asked) for who, _ in found]
        for figure, marks in (("met", met), ("right", right), ("inside", inside)):
            record("attribution", f"GUM {title}, {figure}", 100 * sum(marks) / len(marks), "percent", COMMAND)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("polnear", type=Path)
    parser.add_argument("gum", type=Path)
    asked = parser.parse_args()
    measure_damaged(asked.polnear)
    measure_gum(asked.gum)


if __name__ == "__main__":
    main()
