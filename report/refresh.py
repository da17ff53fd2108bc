"""Execute the stored notebooks in place, and rewrite what the README states, so that both are what the library says today."""

import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import nbformat
import pandas as pd
from build import NOTEBOOKS, ROOT, execute_all

from parley import load_study
from parley.findings import findings, leading, strength

# What tests compare is written by modules beside them, and the last of it from the notebooks as they are stored.
sys.path += [str(ROOT / folder) for folder in ("benchmarks", "tests", "tests/stored")]
WRITTEN = ("begun", "composed", "downloads", "examples", "lists", "mutated", "shown", "wikinews")
LAST = "frame"
README = ROOT / "README.md"
PICTURE = ROOT / "report" / "picture.svg"  # the first figure of the notebook that answers the study's question
PICTURED = "02-stance-keywords"
BLOCK = re.compile(r"(<!-- findings: .*? -->\n).*?(<!-- end of findings -->)", re.S)

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def refreshed(paths: Sequence[Path]) -> Iterator[tuple[Path, nbformat.NotebookNode]]:
    """The notebooks with the outputs they have now and nothing that differs from run to run."""
    for path, notebook in zip(paths, execute_all(paths), strict=True):
        notebook.metadata = nbformat.from_dict(KERNEL)
        for number, cell in enumerate(notebook.cells):
            cell.id = f"{path.stem[:2]}-{number:02d}"
            # Tags say which findings a cell is the evidence for.
            cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in cell.metadata if key == "tags"})
        yield path, notebook


def readme(text: str) -> str:
    """The README with the findings as they are now."""
    found = findings(load_study(ROOT / "corpus" / "study.toml"))
    weaker = found[found["finding_id"] == "attribution-damaged-elsewhere"]  # what a reader with other texts has to know
    table = pd.concat([leading(found), weaker]).drop_duplicates("finding_id")
    lines = [f"- {row['sentence']} *({strength(row)})*" for _, row in table.iterrows() if firm(row)]
    _, described = picture()
    block = f"![{described}](report/picture.svg)\n\n" + "\n".join(lines)
    return BLOCK.sub(lambda found: f"{found[1]}{block}\n{found[2]}", text)


def firm(finding) -> bool:
    """Whether a finding survives at least half of its variations: the README states no other."""
    return finding["holds"] >= finding["variations"] / 2


def picture() -> tuple[str, str]:
    """The README's picture as SVG, and its alternative text, from the stored notebook."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{PICTURED}.ipynb", as_version=4)
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    data = next(output.data for output in outputs if "image/svg+xml" in output.get("data", {}))
    title, alt = data["text/plain"].splitlines()[:2]
    return data["image/svg+xml"], f"{title}. {alt}"


if __name__ == "__main__":
    for name in WRITTEN:
        import_module(name).write()
    findings(load_study(ROOT / "corpus" / "study.toml"))  # kept, so that no notebook measures them again
    for path, notebook in refreshed(NOTEBOOKS):
        nbformat.write(notebook, path)
    import_module(LAST).write()
    PICTURE.write_text(picture()[0], encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
