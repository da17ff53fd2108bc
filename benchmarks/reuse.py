"""Accuracy and speed of `parley.text.copies` on corpora with planted copies, made from PolNeAR's train split.

    python benchmarks/reuse.py POLNEAR_FOLDER

The thresholds of `parley.text.copies` were chosen on every other article (even places in the alphabetical list)
and other seeds; what is recorded here comes from the rest. An article that shares twelve words in a row
with another one before anything is planted (a speech both quote, a label) is left out of the accuracy
corpora, so that whatever is found and was not planted counts as an error.
"""

import random
import resource
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from results import record

from parley.text.copies import find_passages
from parley.text.forms import words

SHORTEST, LONGEST, MOST_EDITS = 25, 200, 0.20  # words of a planted passage, share of them changed
ROUNDS = 10
SPEED_ARTICLES = 10_000
COMMAND = "python benchmarks/reuse.py POLNEAR_FOLDER"


class Planted(NamedTuple):
    """A passage copied with edits: its characters in the article it is from and in the one it was put in."""

    source: str
    start: int
    end: int
    target: str
    target_start: int
    target_end: int
    edits: float


def read_articles(folder: Path) -> list[str]:
    """Read the articles of PolNeAR's train split in alphabetical order."""
    return [path.read_text(encoding="utf-8") for path in sorted((folder / "train" / "text").glob("*.txt"))]


def without_natural_copies(articles: list[str], run: int = 12) -> list[str]:
    """Leave out articles that have `run` words in a row in common with another."""
    shingles = [
        {tuple(forms[i : i + run]) for i in range(len(forms) - run + 1)}
        for forms in ([word.form for word in words(article)] for article in articles)
    ]
    printed = Counter(shingle for article in shingles for shingle in article)
    return [text for text, own in zip(articles, shingles, strict=True) if all(printed[s] == 1 for s in own)]


def edited(tokens: list[str], share: float, pool: list[str], rng: random.Random) -> list[str]:
    """Substitute, drop or insert `share` of the words, at places drawn at random."""
    result = []
    chosen = set(rng.sample(range(len(tokens)), int(share * len(tokens))))
    for i, token in enumerate(tokens):
        kind = rng.choice(["substitute", "substitute", "drop", "insert"]) if i in chosen else "keep"
        if kind in ("substitute", "insert"):
            result.append(rng.choice(pool))
        if kind in ("keep", "insert"):
            result.append(token)
    return result


def plant(
    articles: list[str], rng: random.Random, *, longest: int, fewest_edits: float
) -> tuple[dict[str, str], list[Planted]]:
    """Draw articles in pairs, and copy a passage of the first, from anywhere, to anywhere in the second."""
    pool = [token for article in articles for token in article.split()]
    order = rng.sample(range(len(articles)), len(articles))
    texts, planted = {f"{i:04}": article for i, article in enumerate(articles)}, []
    for source, target in zip(order[::2], order[1::2], strict=False):
        found = words(articles[source])
        length = rng.randint(SHORTEST, min(longest, max(SHORTEST, len(found) // 2)))
        if len(found) <= length:
            continue
        first = rng.randrange(len(found) - length)
        start, end = found[first].start, found[first + length - 1].end
        share = rng.uniform(fewest_edits, MOST_EDITS)
        copy = " ".join(edited(articles[source][start:end].split(), share, pool, rng))
        place = rng.choice([i for i, character in enumerate(articles[target]) if character.isspace()] or [0])
        texts[f"{target:04}"] = f"{articles[target][:place]} {copy} {articles[target][place:]}"
        there = place + 1, place + 1 + len(copy)
        planted.append(Planted(f"{source:04}", start, end, f"{target:04}", *there, share))
    return texts, planted


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Give the spans of the lines that hold any text."""
    ends = [i for i, character in enumerate(text) if character == "\n"]
    return [(a + 1, b) for a, b in pairwise([-1, *ends, len(text)]) if text[a + 1 : b].strip()]


def find(texts: dict[str, str]) -> pd.DataFrame:
    """Run the finder over whole texts."""
    return find_passages({name: (text, paragraphs(text)) for name, text in texts.items()})


def overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Count the characters two spans have in common."""
    return max(0, min(end, other_end) - max(start, other_start))


def judge(texts: dict[str, str], planted: list[Planted], found: pd.DataFrame) -> pd.DataFrame:
    """Match found passages with planted ones: at least half of either, in both articles.

    Returns
    -------
    DataFrame
        One row a passage planted or found: planted, found (bool), and how many words the worst of the four
        ends is off.
    """
    spans = {}  # both ways, so that the order of the two articles does not matter
    for row in found.itertuples():
        spans.setdefault((row.article_a, row.article_b), []).append(
            (row.Index, (row.start_a, row.end_a), (row.start_b, row.end_b))
        )
        spans.setdefault((row.article_b, row.article_a), []).append(
            (row.Index, (row.start_b, row.end_b), (row.start_a, row.end_a))
        )
    rows, right = [], set()
    for passage in planted:
        wanted = (passage.start, passage.end), (passage.target_start, passage.target_end)
        names, off = (passage.source, passage.target), None
        for index, *sides in spans.get(names, []):
            common = [overlap(*side, *want) for side, want in zip(sides, wanted, strict=True)]
            if all(2 * n >= side[1] - side[0] for n, side in zip(common, sides, strict=True)):
                right.add(index)
            if all(2 * n >= want[1] - want[0] for n, want in zip(common, wanted, strict=True)):
                off = max(
                    len(words(texts[name][min(at, end) : max(at, end)]))
                    for name, side, want in zip(names, sides, wanted, strict=True)
                    for at, end in zip(side, want, strict=True)
                )
        rows.append((True, off is not None, off, passage.edits))
    rows += [(False, True, None, None) for index in found.index if index not in right]
    return pd.DataFrame(rows, columns=["planted", "found", "off", "edits"])


def accuracy(articles: list[str], seeds: range, *, longest: int = LONGEST, fewest_edits: float = 0) -> pd.DataFrame:
    """Judge the finder on one corpus with planted copies a seed."""
    judged = []
    for seed in seeds:
        texts, planted = plant(articles, random.Random(seed), longest=longest, fewest_edits=fewest_edits)
        judged.append(judge(texts, planted, find(texts)))
    return pd.concat(judged, ignore_index=True)


def large_corpus(articles: list[str], number: int, rng: random.Random) -> dict[str, str]:
    """Make many articles from the lines of a few, with half of the words exchanged, and copies among them.

    One article in five prints 40 to 400 words of an earlier one with up to a fifth of them edited, and one
    in a hundred the same label of forty words; one in a thousand is an earlier article printed whole.
    """
    lines = [line.split() for article in articles for line in article.split("\n")]
    lines = [line for line in lines if len(line) >= 8]
    pool = [token for line in lines for token in line]
    label = " ".join(rng.choices(pool, k=40))
    texts: list[str] = []
    for i in range(number):
        body = []
        while sum(map(len, body)) < 700:
            body.append([rng.choice(pool) if rng.random() < 0.5 else token for token in rng.choice(lines)])
        if i and i % 5 == 0:
            source = texts[rng.randrange(i)].split()
            length = min(len(source), rng.randint(40, 400))
            start = rng.randrange(len(source) - length + 1)
            copy = edited(source[start : start + length], rng.uniform(0, MOST_EDITS), pool, rng)
            body.insert(rng.randrange(len(body)), copy)
        text = "\n".join(" ".join(line) for line in body)
        if i % 100 == 1:
            text += "\n" + label
        texts.append(texts[rng.randrange(i)] if i % 1000 == 999 else text)
    return {f"{i:06}": text for i, text in enumerate(texts)}


def hostile_corpus(articles: list[str], number: int) -> dict[str, str]:
    """Make a corpus that might take long: a label everywhere, copies, endless repetition, nothing at all."""
    label = " ".join(articles[0].split()[:40])
    texts = {f"{i:04}": f"{articles[i % len(articles)].split('.')[0]} {i}\n{label}" for i in range(number)}
    return (
        texts
        | {f"copy {i}": articles[1] for i in range(3)}
        | {f"repetition {i}": "truce " * 100_000 for i in range(2)}
        | {f"empty {i}": "" for i in range(3)}
        | {f"digits {i}": " ".join(random.Random(i).choices("0123", k=30_000)) for i in range(3)}
    )


def timed(texts: dict[str, str]) -> tuple[float, pd.DataFrame]:
    """Find the passages of a corpus: CPU seconds, and what was found."""
    spans = {name: (text, paragraphs(text)) for name, text in texts.items()}
    start = time.process_time()
    found = find_passages(spans)
    return time.process_time() - start, found


def main(folder: Path) -> None:
    articles = read_articles(folder)
    held = without_natural_copies(articles[1::2])
    judged = accuracy(held, range(1000, 1000 + ROUNDS))
    planted = judged[judged["planted"]]
    right = planted[planted["found"]]
    print(f"{len(held)} articles without natural copies, {len(planted)} planted passages")
    record("reuse", "recall of planted passages", planted["found"].mean(), "share", COMMAND)
    record("reuse", "precision of passages", len(right) / judged["found"].sum(), "share", COMMAND)
    record("reuse", "all four ends within 3 words", np.mean(right["off"] <= 3), "share", COMMAND)
    hard = accuracy(held, range(2000, 2000 + ROUNDS), longest=30, fewest_edits=MOST_EDITS)
    record(
        "reuse",
        "recall of planted passages, 25 to 30 words, all with 20% changed",
        hard.loc[hard["planted"], "found"].mean(),
        "share",
        COMMAND,
    )

    seconds, _ = timed(hostile_corpus(articles, 200))
    record("reuse", "CPU time, hostile corpus", seconds, "s", COMMAND)
    texts = large_corpus(articles, SPEED_ARTICLES, random.Random(2016))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, found = timed(texts)
    size = sum(map(len, texts.values())) / 1e6
    print(f"{len(texts)} articles, {size:.0f} million characters, {len(found)} passages")
    record("reuse", "CPU time, 10,000 articles", seconds, "s", COMMAND)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    record("reuse", "peak memory, 10,000 articles, texts included", peak / 1024, "MB", COMMAND)
    record("reuse", "memory added by the finder, 10,000 articles", (peak - before) / 1024, "MB", COMMAND)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: " + COMMAND)
    main(Path(sys.argv[1]))
