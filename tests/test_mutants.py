"""Faults that `make mutants` puts in: of every kind, the same for a seed, and each a change that something is asked about."""

from collections import Counter

import faults
import mutants
import pytest


@pytest.fixture(scope="module")
def made():
    return faults.drawn(mutants.ROOT, "1234abcd", 100)


def test_all_kinds_are_drawn_as_often_as_is_said(made):
    assert len(made) == 100 and len(faults.KINDS) == 11
    assert Counter(fault.kind for fault in made)["lib"] == faults.KINDS[faults.in_code]
    assert len({fault.kind for fault in made}) == len(faults.KINDS)
    assert faults.drawn(mutants.ROOT, "1234abcd", 12) == faults.drawn(mutants.ROOT, "1234abcd", 12)


def test_a_fault_changes_its_file_and_something_is_asked_about_it(made):
    asked_of = Counter()
    for fault in made:
        asked_of[fault.kind] += 1
        if asked_of[fault.kind] > 3:  # all of a kind are made and asked about alike
            continue
        stored = (mutants.ROOT / fault.path).read_bytes().decode("utf-8")
        assert fault.text != stored and fault.before != fault.after
        if fault.path.endswith(".py"):
            compile(fault.text, fault.path, "exec")
        asked = [part for stage in mutants.reaching(fault, mutants.ROOT, {}) for part in stage.asked]
        files = [part for part in asked if "/" in part]
        assert files and all((mutants.ROOT / part).exists() for part in files)


def test_what_a_missed_fault_changes_is_said_by_table():
    before = {"five/mentions": Counter("ab"), "five/terms": Counter("c")}
    assert mutants.changes(before, before) == "nothing in the tables of three corpora"
    assert mutants.changes(before, before | {"five/mentions": Counter("axy")}) == "rows changed: five/mentions 2"
    assert mutants.changes(before, {"stops": Counter(["KeyError: 1"])}) == "they cannot be made: KeyError: 1"
