"""Faults that `make mutants` puts in: of every kind, the same for a seed, and each a change that something is asked about."""

from collections import Counter

import faults
import mutants
import pytest
import reach


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


SOURCE = "LIMIT = 3\n\n\ndef long(text):\n    if len(text) > LIMIT:\n        return True\n    return False\n"
LINES = {1: set(), 4: set(), 5: {"a::1", "b::2"}, 6: {"a::1"}, 7: {"b::2"}}


def test_what_reaches_a_place_is_what_executes_its_line_or_uses_what_stands_outside_of_functions():
    reached = {line: reach.reaching(SOURCE, line, line, LINES) for line in (1, 5, 6, 7)}
    assert reached == {1: {"a::1", "b::2"}, 5: {"a::1", "b::2"}, 6: {"a::1"}, 7: {"b::2"}}
    assert reach.ways(SOURCE, 5, LINES) == [{"a::1", "b::2"}, {"a::1"}, {"b::2"}]
    assert reach.by_breadth({"x.py": LINES, "y.py": {1: {"b::2"}}}) == ["a", "b"]


def test_a_fault_in_code_is_tried_on_the_tests_that_execute_it_and_on_all_that_is_stored():
    fault = faults.Fault("lib", "lib/parley/text/forms.py", 130, "1", "2", "")
    lines = {line: {"tests/test_words.py::test_one"} for line in range(1, 200)}
    first, *others = mutants.reaching(fault, mutants.ROOT, {fault.path: lines})
    assert first.asked == [fault.path, "tests/test_words.py"] and "tests/test_words.py::test_one" in first.only
    assert others == [mutants.LISTS, mutants.TABLES, mutants.SHOWN, mutants.STORED]


def test_a_fault_in_the_corpus_is_tried_on_the_tests_that_read_it():
    fault = faults.Fault("study.toml", "corpus/study.toml", 3, "Pause", "Paus", "")
    stored, others, report = mutants.reaching(fault, mutants.ROOT, {})
    assert (stored, report) == (mutants.STORED, mutants.REPORT) and "tests/test_speakers.py" in others.only
    assert "study" in others.only and "tests/test_words.py" not in others.only
