"""The word lists that the rules go by, those in files and those in code, and the digests by which a change shows."""

import ast
import hashlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.resources import files

from parley.text.classes import STOP_WORDS

FILES = (
    "cities.txt",
    "cues.csv",
    "dates.txt",
    "irregular.csv",
    "people.csv",
    "spelling.csv",
    "stance.csv",
    "stopwords.txt",
    "verbs.csv",
)
PARTS = ("text", "corpus", "sourcing", "stance")
_FROM_FILES = {"files", "rows", "LISTS", "PERSONS"}  # what is made with these is a file's, but for a word or two


@lru_cache(maxsize=1)
def word_lists() -> dict[str, tuple[str, ...]]:
    """The lists in code by where they stand, as parley.text.classes.MODAL: their words, in order."""
    found = {}
    for part in PARTS:
        package = import_module(f"parley.{part}")
        for module in sorted(one.name for one in pkgutil.iter_modules(package.__path__, f"parley.{part}.")):
            for name, value in _sets(module):
                found[f"{module}.{name}"] = tuple(sorted(value))
    return found


def _sets(module: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The sets of words that a module writes down, and those in a dict of sets."""
    held = import_module(module)
    for node in ast.parse(
        (files("parley") / f"{module.removeprefix('parley.').replace('.', '/')}.py").read_text("utf-8")
    ).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        if _FROM_FILES & {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}:
            continue
        name, value = node.targets[0].id, getattr(held, node.targets[0].id, None)
        lists = value if isinstance(value, dict) and isinstance(node.value, ast.Dict) else {"": value}
        for key, words in lists.items():
            if isinstance(words, (set, frozenset)) and all(isinstance(word, str) for word in words):
                own = frozenset(words) - STOP_WORDS if len(words) > len(STOP_WORDS) - 30 else words
                if own:
                    yield (f"{name}[{key}]" if key else name), frozenset(own)


@lru_cache(maxsize=1)
def _digests() -> dict[str, str]:
    held = {name: (files("parley") / "data" / name).read_text("utf-8").replace("\r\n", "\n") for name in FILES}
    for part in PARTS:
        own = {name: words for name, words in word_lists().items() if name.startswith(f"parley.{part}.")}
        # Without the module, so that a set that moves within a part is the same.
        held[f"words in {part}"] = "\n".join(
            sorted(f"{name.rpartition('.')[2]}: {' '.join(words)}" for name, words in own.items())
        )
    return {name: hashlib.sha256(text.encode()).hexdigest()[:8] for name, text in held.items()}


def digests() -> dict[str, str]:
    """Eight hexadecimal digits for each list in ``lib/parley/data`` and for the words in each part's code."""
    return dict(_digests())


def changed_since(recorded: object) -> str:
    """Which of the lists that a figure was measured with, as ``cues.csv 91bc22aa, …``, are others today.

    Examples
    --------
    >>> changed_since(f"cues.csv {digests()['cues.csv']}, stance.csv 00000000"), changed_since(None)
    ('stance.csv', 'not recorded')
    """
    if not isinstance(recorded, str) or not recorded:
        return "not recorded"
    pairs = (one.rpartition(" ") for one in recorded.split(", "))
    return ", ".join(name for name, _, digest in pairs if digests().get(name) != digest)
