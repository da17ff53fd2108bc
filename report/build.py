"""Execute the notebooks on the study and write the report: an index, a page a notebook, the tables as CSV.

Copies are executed; the stored notebooks are not touched. The pages ask nothing of any server.
"""

import asyncio
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jinja2
import nbformat
from latex2mathml.converter import convert
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbconvert.filters import strip_ansi

from parley import StudyError, codings, export, load_study
from parley.findings import findings, strength
from parley.show import basis
from parley.show.tables import IN_LAB, LEFT
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
TEMPLATES = ROOT / "report" / "template"
ROW = re.compile(r'<tr id="[^"]*">')
FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$\w])\$(?P<inline>[^$\n]+?)\$(?![\w$])", re.S)


def execute(path: Path) -> nbformat.NotebookNode:
    """A notebook with the outputs it has now, run from top to bottom in a kernel of its own."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=3600,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # the kernel's own remarks are nobody's concern here
    )
    return asyncio.run(client.async_execute())  # in a loop of its own, which is closed at the end


def execute_all(paths: Sequence[Path]) -> Iterator[nbformat.NotebookNode]:
    """All notebooks, as many at a time as there are cores, since each has a kernel of its own; in order, with a line for each."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        begun = time.monotonic()
        for path, done in zip(paths, [pool.submit(execute, path) for path in paths], strict=True):
            yield done.result()
            print(f"{path.stem} done after {time.monotonic() - begun:.0f} s", flush=True)


def title(notebook: nbformat.NotebookNode) -> str:
    """The notebook's first heading."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def mathml(source: str) -> str:
    """Markdown with its TeX formulas as MathML, which browsers draw by themselves."""

    def formula(found: re.Match) -> str:
        return convert(found["block"] or found["inline"], display="block" if found["block"] else "inline")

    return FORMULA.sub(formula, source)


def page(notebook: nbformat.NotebookNode, exporter: HTMLExporter, resources: dict) -> str:
    """A notebook as a page of the report."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = mathml(cell.source)
    html = exporter.from_notebook_node(notebook, resources=resources)[0]
    html = html.replace(IN_LAB, "").replace(LEFT, "")  # the page has a style of its own
    seen: set[str] = set()

    def once(row: re.Match) -> str:
        """An id names one row of a page: where the same place is shown again, its link leads to the first."""
        return "<tr>" if row[0] in seen or seen.add(row[0]) else row[0]

    return ROW.sub(once, html)


def evidence(finding: str, notebook: nbformat.NotebookNode) -> str | None:
    """The tag of the cell that shows what a finding rests on: the finding's own id, or what the ids of its kind begin with."""
    tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]
    return next((tag for tag in tags if finding == tag or finding.startswith(f"{tag}-")), None)


def check(study: Study) -> None:
    """Read what the notebooks read, so that a correction or a coding that cannot be meant stops before any of them runs."""
    attributions(study)
    if study.settings.get("keywords"):
        mentions(study)
    for name in codings.names(study):
        codings.read_attributions(study, name)
        codings.read_mentions(study, name)


def build(site: Path) -> None:
    """Write the whole report into `site`."""
    study = load_study()
    check(study)
    findings(study)  # kept, so that no notebook measures them again
    (site / "data").mkdir(parents=True, exist_ok=True)
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    exporter = HTMLExporter(template_name="parley", extra_template_basedirs=[str(TEMPLATES)])
    # What was odd about the input is a table in 00; the kernels need not say it again.
    os.environ["PYTHONWARNINGS"] = "ignore::UserWarning"

    done = dict(zip([path.stem for path in NOTEBOOKS], execute_all(NOTEBOOKS), strict=True))
    pages = [(name, title(notebook)) for name, notebook in done.items()]
    for i, (name, heading) in enumerate(pages):
        resources = {
            "title": heading,
            "study": study.title,
            "style": style,
            "previous": pages[i - 1] if i else None,
            "following": pages[i + 1] if i + 1 < len(pages) else None,
        }
        (site / f"{name}.html").write_text(page(done[name], exporter, resources), encoding="utf-8")

    tables = [name.removesuffix(".csv") for name in export.tables(study, site / "data", workbooks=False)]
    found = findings(study)
    found["strength"] = [strength(row) for _, row in found.iterrows()]
    found["evidence"] = [evidence(row["finding_id"], done[row["notebook"]]) for _, row in found.iterrows()]
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    contents = environment.get_template("contents.html.j2").render(
        study=study,
        style=style,
        basis=basis(study),
        tables=tables,
        pages=[
            {"name": name, "title": heading, "findings": found[found["notebook"] == name].to_dict("records")}
            for name, heading in pages
        ],
    )
    (site / "index.html").write_text(contents, encoding="utf-8")


def replace_site(site: Path) -> None:
    """Build beside `site` and put the whole report in its place; one that fails leaves the last one as it was.

    Raises
    ------
    SystemExit
        With one sentence on what is wrong with the study, or with what a notebook died of.
    """
    fresh = site.with_name(f"{site.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        build(fresh)
    except (StudyError, CellExecutionError) as error:
        shutil.rmtree(fresh, ignore_errors=True)
        wrong = error.evalue if getattr(error, "ename", "") == "StudyError" else strip_ansi(str(error))
        kept = f"\n{site.name}/ still holds the report that was made before." if site.exists() else ""
        sys.exit(f"parley: {wrong}{kept}")
    shutil.rmtree(site, ignore_errors=True)
    fresh.rename(site)
    print(f"wrote {os.path.relpath(site / 'index.html')}")


if __name__ == "__main__":
    replace_site(ROOT / "_site")
