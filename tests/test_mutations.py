"""Damaged texts stop nothing: five hundred of them through every table."""

import csv
import random
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from mutations import TEXTS, WAYS, mutate, read  # noqa: E402


@pytest.fixture(scope="module")
def texts():
    with (BENCHMARKS / "stance_sentences.csv").open(encoding="utf-8", newline="") as lines:
        sentences = [row["sentence"] for row in csv.DictReader(lines)]
    articles = [path.read_bytes().decode("utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    return [*articles, *(" ".join(sentences[k : k + 12]) for k in range(0, len(sentences), 12))]


@pytest.mark.parametrize("first", range(0, 500, 50))
def test_damaged_texts_are_read_through_every_table(texts, first):
    read({f"m{seed}": mutate(texts, seed) for seed in range(first, first + 50)})


def test_a_seed_always_damages_alike_and_every_way_changes_something(texts):
    assert [mutate(texts, seed) for seed in range(20)] == [mutate(texts, seed) for seed in range(20)]
    for way in WAYS:
        assert any(way(text, random.Random(seed)) != text for seed, text in enumerate(texts[:20])), way.__name__
