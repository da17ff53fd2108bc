"""Texts to try properties on: made from a grammar of news sentences, or by damage to the texts of the repository."""

import csv
import os
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from mutations import KEYWORDS, SIDES, mutate

ROOT = Path(__file__).resolve().parent.parent
COUNT = int(os.environ.get("PARLEY_TEXTS", "500"))  # `make test-long` sets 20,000
SETTINGS = {"keywords": KEYWORDS, "sides": SIDES}

_WHO = ["Ada Lund", "Lund", "the mayor", "Moscow", "Norland", "she", "residents", "the FBI", "Mr. Berg", "nobody"]
_CUE = [
    "said",
    "told reporters",
    "denied",
    "warned",
    "says",
    "has called for",
    "is against",
    "backed",
    "added",
    "rejected",
]
_WHAT = [
    "the truce", "a ceasefire", "no talks", "that the deal would hold", "the war", "a ban on the plan", "an end to the strike",
    "that “the pause is over”", "the attacks’ costs", "U.S.-led talks",
]  # fmt: skip
_WHEN = ["", "on Monday", "late on 5 May", "in Norby", "in the U.S.", "at 6 p.m."]
_FRAMES = [
    "{who} {cue} {what} {when}.", "“{what}, {what},” {who} {cue} {when}.", "{what}, {who} {cue}.", "According to {who}, {what} failed.",
    "{who}: {what}?", "{who} {cue} {what}, and {who} {cue} {what}.", "NORBY ({when}) — {who} {cue} {what}.", "Q: {what}? A: “{what}”",
    "{who} quoted {who} as saying {what}.", "“{what}. {what}!” {cue} {who}.", "Asked about {what}, {who} {cue} ‘{what}’.",
    "Photo: {who}", "Read more", "{who} {cue}: “{what} …",
]  # fmt: skip


@cache
def printed() -> list[str]:
    """The texts of both corpora of the repository, and the sentences written for the rules, by the dozen."""
    paths = [*sorted((ROOT / "corpus/texts").glob("*.txt")), *sorted((ROOT / "tests/wikinews/texts").glob("*.txt"))]
    with (ROOT / "benchmarks/stance_sentences.csv").open(encoding="utf-8", newline="") as lines:
        written = [row["sentence"] for row in csv.DictReader(lines)]
    dozens = [" ".join(written[k : k + 12]) for k in range(0, len(written), 12)]
    return [path.read_bytes().decode("utf-8") for path in paths] + dozens


@st.composite
def composed(draw) -> str:
    """A text of one to eight sentences of the grammar, in lines and paragraphs."""
    text = ""
    for _ in range(draw(st.integers(1, 8))):
        frame = draw(st.sampled_from(_FRAMES))
        while "{" in frame:
            for slot, choices in (("who", _WHO), ("cue", _CUE), ("what", _WHAT), ("when", _WHEN)):
                frame = frame.replace(f"{{{slot}}}", draw(st.sampled_from(choices)), 1)
        text += frame + draw(st.sampled_from([" ", "\n", "\n\n", "\r\n", "  ", ""]))
    return text


damaged = st.integers(0, 2**32).map(lambda seed: mutate(printed(), seed))
texts = st.one_of(composed(), damaged)
