"""What the rules read in sentences made from the library's lists is what is stored: a changed entry is a changed line."""

import ast
import csv
from collections import Counter
from pathlib import Path

import lists
import pytest
from compared import assert_as_stored
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from parley.findings.lists import changed_since, digests, word_lists
from parley.text.classes import STOP_WORDS


def stored():
    with lists.STORED.open(encoding="utf-8", newline="") as lines:
        return [",".join(row) for row in csv.reader(lines)]


def test_the_lists_read_as_stored():
    made = [",".join(line) for line in [lists.COLUMNS, *lists.lines()]]
    assert_as_stored(stored(), made)


def test_every_list_has_its_lines():
    held = {line.split(",")[0] for line in stored()[1:]}
    assert held == {
        "cities.txt",
        "cues.csv",
        "dates.txt",
        "in code",
        "irregular.csv",
        "people.csv",
        "spelling.csv",
        "stance.csv",
        "verbs.csv",
    }


@pytest.mark.parametrize("name", ["MODAL", "AUXILIARY", "OWNER", "NEGATION", "PERSON"])
def test_sets_in_code_are_among_the_lists(name):
    from parley.text import classes

    assert set(word_lists()[f"parley.text.classes.{name}"]) == set(getattr(classes, name))


def test_no_word_stands_twice_in_a_set_and_no_line_in_a_list():
    """One of the two could be lost, or mended alone, and nobody would see it."""
    library = Path(__file__).parents[1] / "lib" / "parley"
    sets = [words.split() for path in library.rglob("*.py") for words in _sets(path.read_text(encoding="utf-8"))]
    data = [path for path in (library / "data").iterdir() if path.suffix in (".csv", ".txt")]
    sets += [path.read_text(encoding="utf-8").splitlines() for path in data]
    assert len(sets) > 60
    for words in sets:
        twice = [word for word, number in Counter(words).items() if number > 1 and word and not word.startswith("#")]
        assert twice == []


def _sets(source):
    """The words of every call of `word_set` in a module."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    calls = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "word_set"]
    return [node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)]


def test_stop_words_are_those_of_scikit_learn():
    assert len(ENGLISH_STOP_WORDS) > 300 and ENGLISH_STOP_WORDS == STOP_WORDS


def test_figures_from_elsewhere_are_the_same_in_the_library_and_beside_the_benchmarks():
    """The benchmarks write both files; no figure, command or date differs in one of them alone."""
    root = Path(__file__).parents[1]
    stored, own = (
        (root / name).read_text("utf-8") for name in ("benchmarks/results.csv", "lib/parley/data/results.csv")
    )
    assert stored.splitlines() == own.splitlines()


def test_a_figure_names_the_lists_that_have_changed_since():
    now = digests()
    assert changed_since(", ".join(f"{name} {digest}" for name, digest in now.items())) == ""
    assert (
        changed_since(f"stance.csv 00000000, cues.csv {now['cues.csv']}, gone.csv 11111111") == "stance.csv, gone.csv"
    )
