"""What a report puts around its notebooks, a line an element, and its codebook, for a person to judge when they change.

`make refresh` writes tests/data/frame.txt anew from the stored notebooks.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup, Tag
from build import NOTEBOOKS, build

STORED = Path(__file__).parents[1] / "data" / "frame.txt"
ELSEWHERE = {"style", "script", "svg"}  # files of their own, and figures
FIRST = 300  # characters of what a script is given


def of_stored(site: Path) -> None:
    """Write the report of the stored notebooks into `site`: executed again they are the same, byte for byte."""
    build(site, [nbformat.read(path, as_version=4) for path in NOTEBOOKS])


def lines(site: Path) -> list[str]:
    """The pages of a report without what its notebooks say and show, how what its scripts search begins, and the codebook."""
    found = []
    for path in sorted(site.glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        _empty(page)
        found += [path.name, *_elements(page.html, 1)]
    for path in sorted(site.glob("*.js")):
        data = json.loads(re.search(r"\w+\((.*)\);$", path.read_text(encoding="utf-8"), re.S)[1])
        given = {name: json.dumps(held, ensure_ascii=False) for name, held in data.items()}
        found += [path.name, *(f" {name}: {len(text)} characters, {text[:FIRST]}" for name, text in given.items())]
    codebook = site / "data" / "codebook.csv"
    return [*found, codebook.name, *(f" {line}" for line in codebook.read_text(encoding="utf-8-sig").splitlines())]


def _empty(page: BeautifulSoup) -> None:
    """Take away what a notebook says and shows: all but its headings and what the report puts among them."""
    if page.find("section", class_="cell"):
        for node in page.select("main > :not(section.cell, h1, h2, .all, .none)"):
            node.decompose()
        for node in page.select("section.cell > :not(.code), .none > :not(summary)"):
            node.clear()
            node.attrs = {name: value for name, value in node.attrs.items() if name in ("class", "id")}
    for node in page.select("code"):
        node.clear()


def _elements(node: Tag, depth: int) -> Iterator[str]:
    """An element with its attributes and what it says itself, and the elements within it."""
    given = {name: " ".join(value) if isinstance(value, list) else value for name, value in node.attrs.items()}
    named = " ".join([node.name, *(f'{name}="{value}"' for name, value in given.items())])
    told = (
        " ".join(text.split()) for text in node.find_all(string=True, recursive=False) if node.name not in ELSEWHERE
    )
    yield f"{' ' * depth}<{named}> {' … '.join(filter(None, told))}".rstrip()
    for inner in node.find_all(True, recursive=False) if node.name not in ELSEWHERE else ():
        yield from _elements(inner, depth + 1)


def write() -> None:
    """Write the stored lines anew."""
    with tempfile.TemporaryDirectory() as folder:
        of_stored(Path(folder))
        STORED.write_text("\n".join(lines(Path(folder))) + "\n", encoding="utf-8")
