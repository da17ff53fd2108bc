"""Accuracy and speed of `parley.text.sentences` on PolNeAR, beside the splitters that happen to be installed.

    python benchmarks/sentences.py POLNEAR_FOLDER

160 paragraphs were drawn with a fixed seed, spread over publishers, half of them for their difficult marks.
Their sentence ends (`tests/data/sentence_ends_polnear.csv`) were marked by reading, before any splitter was
written or run on them. The rules were developed on one half and on other articles; the other half was kept,
though the same reader marked it.
"""

import csv
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from results import record

from parley.text.sentences import split

CHECKED = Path(__file__).parent.parent / "tests" / "data" / "sentence_ends_polnear.csv"
COMMAND = "python benchmarks/sentences.py POLNEAR_FOLDER"
PEERS = ("blingfire", "nupunkt", "pysbd", "spacy", "syntok")

Splitter = Callable[[str], list[int]]


class Paragraph(NamedTuple):
    """A paragraph and the ends of its sentences, as offsets into it."""

    text: str
    ends: set[int]


def read_checked(folder: Path) -> dict[str, list[Paragraph]]:
    """Read the hand-checked paragraphs: those the rules were developed on, and those that were kept."""
    halves: dict[str, list[Paragraph]] = {"develop": [], "keep": []}
    with CHECKED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            path = folder / row["part"] / "text" / f"{row['article_id']}.txt"
            start, end = int(row["paragraph_start"]), int(row["paragraph_end"])
            ends = {int(place) - start for place in row["ends"].split(";")}
            halves[row["use"]].append(Paragraph(path.read_bytes().decode("utf-8")[start:end], ends))
    return halves


def f1(splitter: Splitter, paragraphs: list[Paragraph], *, within: bool) -> float:
    """Give the F1 of sentence ends: of all of them, or only of those within paragraphs."""
    right = errors = 0
    for text, ends in paragraphs:
        found, checked = set(splitter(text)), ends
        if within:
            found, checked = found - {len(text)}, checked - {len(text)}
        right += len(found & checked)
        errors += len(found ^ checked)
    return 2 * right / (2 * right + errors)


def speed(splitter: Splitter, folder: Path) -> float:
    """Give the megabytes of UTF-8 that are split in a second of CPU time: the best of three rounds."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((folder / "dev" / "text").glob("*.txt")))
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
    rounds = []
    for _ in range(3):
        began = time.process_time()
        for paragraph in paragraphs:
            splitter(paragraph)
        rounds.append(time.process_time() - began)
    return sum(len(paragraph.encode()) for paragraph in paragraphs) / 1e6 / min(rounds)


def trimmed(text: str, start: int, end: int) -> int:
    """Give the end of a sentence without the white space that some splitters count in."""
    return start + len(text[start:end].rstrip())


def peer(name: str) -> Splitter:
    """Load another splitter; raises ImportError where it is not installed."""
    module = import_module(name)
    if name == "blingfire":
        return lambda text: [end for _, end in module.text_to_sentences_and_offsets(text)[1]]
    if name == "nupunkt":
        return lambda text: [trimmed(text, *span) for span in module.sent_spans(text)]
    if name == "pysbd":
        segmenter = module.Segmenter(language="en", clean=False, char_span=True)
        return lambda text: [trimmed(text, span.start, span.end) for span in segmenter.segment(text)]
    if name == "spacy":
        pipeline = module.blank("en")
        pipeline.add_pipe("sentencizer")
        return lambda text: [trimmed(text, span.start_char, span.end_char) for span in pipeline(text).sents]
    process = import_module("syntok.segmenter").process
    return lambda text: [sentence[-1].offset + len(sentence[-1].value) for block in process(text) for sentence in block]


def main(folder: Path) -> None:
    splitters: dict[str, Splitter] = {"parley": lambda text: [end for _, end in split(text)]}
    for name in PEERS:
        try:
            splitters[name] = peer(name)
        except ImportError:
            print(f"{name} is not installed")
    halves = read_checked(folder)
    for name, splitter in splitters.items():
        label, command = "", COMMAND
        if name != "parley":
            label, command = f"{name}: ", f"pip install {name}=={version(name)}; {COMMAND}"
        for half, title in (("develop", "paragraphs developed on"), ("keep", "paragraphs kept")):
            for within, ends in ((False, "all sentence ends"), (True, "sentence ends within a paragraph")):
                value = f1(splitter, halves[half], within=within)
                record("sentences", f"{label}F1 of {ends}, {title}", value, "F1", command)
        record("sentences", f"{label}speed", speed(splitter, folder), "MB per CPU second", command)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: " + COMMAND)
    main(Path(sys.argv[1]))
