"""What is read in every sentence that the tests of rules are written with, and not only what a test asks of it, as it
stands and damaged: a line a row of each table, for a person to judge.

`make refresh` writes tests/data/examples.csv anew.
"""

import ast
import csv
import hashlib
import random
import re
import warnings
from collections.abc import Iterator

import pandas as pd
from mutated import ROOT, TOLD, told
from mutations import WAYS

from parley import study_from_table

STORED = ROOT / "tests" / "data" / "examples.csv"
WRITTEN_IN = (
    "aside", "concordance", "nested", "rules", "segments", "sentences", "sourcing", "speakers", "stance", "turns", "words",
)  # fmt: skip
SHORTEST = 3  # words
MARKS = re.compile(r"[\[\]{}<>]")  # with which tests show what they ask for
SETTINGS = {
    "keywords": {"pause": ["truce", "ceasefire", "pause"], "strike": ["strike"], "way": ["ferry", "corridor", "plan"]},
    "sides": {
        "town": {"Ada Lund": ["Lund"], "Harbour Ministry": ["ministry"], "Norland": ["Norby"]},
        "dockers": {"Dock Workers' Union": ["DWU", "the union"], "dockers": ["strikers"]},
        "abroad": {"Ostland": [], "western governments": ["the West", "Western states"]},
    },
}


def sentences() -> dict[str, str]:
    """The texts that stand in the tests, by a short name made of each."""
    found = {}
    for name in WRITTEN_IN:
        tree = ast.parse((ROOT / "tests" / f"test_{name}.py").read_text(encoding="utf-8"))
        left = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        left |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # what is said of a test
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left:
                text = MARKS.sub("", node.value)
                if len(text.split()) >= SHORTEST:
                    found[hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]] = text
    return found


def damaged(name: str, text: str) -> Iterator[tuple[str, str]]:
    """What a text becomes that lost marks, words or their order, under names of its own."""
    draw = random.Random(name)
    found = dict.fromkeys(way(text, draw) for way in draw.sample(WAYS, len(WAYS)))
    for letter, other in zip("abc", [one for one in found if one != text], strict=False):
        yield name + letter, other


def lines() -> Iterator[list[str]]:
    """Each text, and the rows that are read in it: the table's name, and what it tells."""
    texts = sentences()
    texts |= dict(pair for name, text in texts.items() for pair in damaged(name, text))
    frame = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # signs that nobody sees are there to be read through
        study = study_from_table(frame, **SETTINGS)
        tables = {name: getattr(study, name) for name in TOLD}
    rows = [*(["text", name, text] for name, text in texts.items()), *told(tables)]
    own = re.compile("[0-9a-f]{8}[abc]?")
    yield from sorted(rows, key=lambda row: own.match(row[1])[0])


def write() -> None:
    """Write the stored lines anew."""
    with STORED.open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(lines())
