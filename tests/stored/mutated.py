"""What is read in five hundred damaged texts (benchmarks/mutations.py), a line a row of each table, for a person to judge.

`make refresh` writes tests/data/mutated.csv anew.
"""

import csv
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from mutations import BATCH, edit, mutate, tables
from texts import printed

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "data" / "mutated.csv"
COUNT = 500
PRINTED, LONG = 5, 2500  # reports of each batch that are printed twice, and their characters
# Of each table what tells a reading: places, and what was made of them.
TOLD = {
    "segments": ["article_id", "kind", "start", "end"],
    "sentences": ["article_id", "start", "end", "left_out"],
    "attributions": ["attribution_id", "speaker", "side", "source_text", "cue_text", "content", "kind", "named", "via", "nested"],
    "mentions": ["mention_id", "polarity", "holder", "side", "speaker", "cue", "others"],
    "passages": ["article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "words", "edits"],
}  # fmt: skip


def lines(first: int) -> Iterator[list[str]]:
    """The rows of a batch of texts and of some printings of one report: the table's name, and what it tells."""
    texts = {f"m{seed}": mutate(printed(), seed) for seed in range(first, first + BATCH)}
    for seed in range(first, first + PRINTED):
        draw = random.Random(seed)
        texts[f"p{seed}"] = draw.choice([text for text in printed() if len(text) > LONG])[:LONG]
        texts[f"q{seed}"] = edit(texts[f"p{seed}"], draw)
    yield from told(tables(texts))


def told(tables: Mapping[str, pd.DataFrame]) -> Iterator[list[str]]:
    """The rows of the tables of a study: the table's name, and what tells a reading."""
    for name, columns in TOLD.items():
        for row in tables[name][columns].itertuples(index=False, name=None):
            yield [name, *("" if cell is None or cell != cell else str(cell) for cell in row)]


def write() -> None:
    """Write the stored lines anew."""
    with STORED.open("w", encoding="utf-8", errors="surrogatepass", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for first in range(0, COUNT, BATCH):
            writer.writerows(lines(first))
