"""Damaged texts stop nothing: as many as `texts.COUNT` of them through every table; the first are read as is stored."""

import csv
import random

import mutated
import pytest
from compared import assert_as_stored
from mutations import BATCH, WAYS, mutate, tables
from texts import COUNT, printed


@pytest.fixture(scope="module")
def texts():
    return printed()


@pytest.fixture(scope="module")
def stored():
    """The stored rows, by the batch of texts that they were read in."""
    found = {first: [] for first in range(0, mutated.COUNT, BATCH)}
    with mutated.STORED.open(encoding="utf-8", errors="surrogatepass", newline="") as lines:
        for row in csv.reader(lines):
            found[int(row[1].partition("-")[0][1:]) // BATCH * BATCH].append(row)
    return found


@pytest.mark.parametrize("first", range(0, mutated.COUNT, BATCH))
def test_damaged_texts_are_read_as_stored(stored, first):
    was, now = (["|".join(row) for row in rows] for rows in (stored[first], mutated.lines(first)))
    assert len(now) > 500
    assert_as_stored(was, now)


@pytest.mark.parametrize("first", range(mutated.COUNT, max(COUNT, mutated.COUNT + 1), BATCH))
def test_damaged_texts_are_read_through_every_table(texts, first):
    found = {
        name: len(rows)
        for name, rows in tables({f"m{n}": mutate(texts, n) for n in range(first, first + BATCH)}).items()
    }
    assert min(found.values()) > 0 and found["attributions"] > 20 and found["mentions"] > 10, found


def test_a_seed_always_damages_alike_and_every_way_changes_something(texts):
    assert [mutate(texts, seed) for seed in range(20)] == [mutate(texts, seed) for seed in range(20)]
    for way in WAYS:
        assert any(way(text, random.Random(seed)) != text for seed, text in enumerate(texts[:20])), way.__name__
