"""Damaged texts stop nothing: as many as `texts.COUNT` of them through every table."""

import random

import pytest
from mutations import WAYS, mutate, read
from texts import COUNT, printed


@pytest.fixture(scope="module")
def texts():
    return printed()


@pytest.mark.parametrize("first", range(0, COUNT, 50))
def test_damaged_texts_are_read_through_every_table(texts, first):
    found = read({f"m{seed}": mutate(texts, seed) for seed in range(first, first + 50)})
    assert min(found.values()) > 0 and found["attributions"] > 20 and found["mentions"] > 10, found


def test_a_seed_always_damages_alike_and_every_way_changes_something(texts):
    assert [mutate(texts, seed) for seed in range(20)] == [mutate(texts, seed) for seed in range(20)]
    for way in WAYS:
        assert any(way(text, random.Random(seed)) != text for seed, text in enumerate(texts[:20])), way.__name__
