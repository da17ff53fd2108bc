"""The library's parts stand one on the other: no part imports what is above it, and no module itself by a detour."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parent.parent / "lib" / "parley"
# From the ground up. The package itself hands out what others make, so it stands on all of them.
PARTS = [
    "text",
    "corpus",
    "sourcing",
    "keywords",
    "stance",
    "contrast",
    "read",
    "store",
    "study",
    "load",
    "scale",
    "codings",
    "estimates",
    "variations",
]
PARTS += ["findings", "show", "export"]
DOOR, BESIDE = (
    "reuse",
    "study",
)  # a door for those who have a study: all from there up may use it; it stands on text and corpus alone


def sources():
    """The source of every module of the library, by its dotted name; a package is named without its __init__."""
    found = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        names = path.relative_to(LIBRARY.parent).with_suffix("").parts
        found[".".join(names[:-1] if names[-1] == "__init__" else names)] = path.read_text(encoding="utf-8")
    return found


def imports(name, source, modules, packages):
    """The modules of the library that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".") if name in packages else name.split(".")[:-1]
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            # from package import module, or from module import something in it
            wanted = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules else base for alias in node.names]
        else:
            continue
        found |= {module for module in wanted if module.split(".")[0] == "parley"}
    return found - {name}


def graph(modules):
    """What each of some modules (dotted name to source) imports of the library."""
    packages = {name for name in modules if any(other.startswith(f"{name}.") for other in modules)}
    return {name: imports(name, source, modules, packages) for name, source in modules.items()}


def part(module):
    return module.split(".")[1] if "." in module else module


def may_import(module, imported):
    ours, theirs = part(module), part(imported)
    if ours in ("parley", theirs):
        return True
    if ours == DOOR:
        return theirs in PARTS[:2]
    if theirs == DOOR:
        return ours in PARTS[PARTS.index(BESIDE) :]
    return ours in PARTS and theirs in PARTS and PARTS.index(theirs) < PARTS.index(ours)


def upward(modules):
    """The imports that the order forbids, as sentences."""
    return sorted(
        f"{module} imports {imported}"
        for module, wanted in graph(modules).items()
        for imported in wanted
        if not may_import(module, imported)
    )


def cycle(modules):
    """Modules that import one another in a ring; empty where there is no ring."""
    try:
        TopologicalSorter(graph(modules)).prepare()
    except CycleError as error:
        return error.args[1][::-1]
    return []


def test_no_part_imports_what_stands_above_it():
    faults = upward(sources())
    assert not faults, "\n".join(faults)


def test_no_module_imports_itself_by_a_detour():
    ring = cycle(sources())
    assert not ring, " imports ".join(ring)


GROUND = {
    "parley": "from parley.study import load_study",
    "parley.text": "",
    "parley.text.forms": "import re",
    "parley.corpus": "",
    "parley.corpus.reading": "from parley.text.forms import words\nfrom ..text import forms",
    "parley.reuse": "from parley.text import forms",
    "parley.study": "from .corpus import reading\nfrom parley import reuse",
}


def test_an_order_that_is_kept_is_passed():
    assert upward(GROUND) == [] and cycle(GROUND) == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        ("corpus.reading", "from parley.study import Study", "corpus.reading imports parley.study"),
        ("corpus.reading", "import parley.study as whole", "corpus.reading imports parley.study"),
        ("corpus.reading", "def read():\n    from parley import study", "corpus.reading imports parley.study"),
        ("corpus.reading", "from ..study import Study", "corpus.reading imports parley.study"),
        ("corpus", "from ..study import Study", "corpus imports parley.study"),
        ("corpus.reading", "from parley import load_study", "corpus.reading imports parley"),
        (
            "text.forms",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from parley.corpus import reading",
            "text.forms imports parley.corpus.reading",
        ),
        ("corpus.reading", "from parley.reuse import shared_passages", "corpus.reading imports parley.reuse"),
        ("reuse", "from parley.sourcing import finder", "reuse imports parley.sourcing"),
        ("somewhere", "from parley.text import forms", "somewhere imports parley.text.forms"),
    ],
)
def test_an_import_upward_is_reported_wherever_it_stands(module, source, fault):
    assert upward(GROUND | {f"parley.{module}": source}) == [f"parley.{fault}"]


def test_a_ring_is_reported():
    ring = {
        "parley.text.a": "from parley.text import b",
        "parley.text.b": "def late():\n    from parley.text.c import d",
        "parley.text.c": "import parley.text.a",
    }
    found = cycle(GROUND | ring)
    assert found[0] == found[-1] and set(found) == set(ring)
