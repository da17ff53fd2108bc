"""Execute the notebooks on the study and write the report: an index, a page a notebook, the tables as CSV.

Copies are executed; the stored notebooks are not touched. The pages ask nothing of any server.
"""

import asyncio
import os
import shutil
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import jinja2
import nbformat
from cards import card
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbconvert.filters import strip_ansi
from pages import page, title, told
from search import write_rows, write_words

from parley import StudyError, codings, export, load_study
from parley.findings import findings, varied
from parley.show import basis
from parley.show.whole import FOLDER
from parley.sourcing import attributions
from parley.stance import mentions
from parley.study import Study
from parley.text.collecting import uncollected

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
TEMPLATES = ROOT / "report" / "template"
PARTS = ["style.css", "fold.js", "find.js", "rows.js"]  # that stand within pages
SEARCHED = {"attributions": "Quotes", "mentions": "Keyword mentions"}  # the tables of search.html
SEARCHED_ON = {"02-stance-keywords": "mentions", "03-sourcing": "attributions"}  # the pages that lead to them
EXPLORE = "06-explore"  # recipes: a link on the index, no card


# A kernel that has run a notebook is made like new for the next one, but for what it has imported and the study it read.
AFRESH = """%reset -f
import os, sys
os.chdir({folder!r})
os.environ.update({environment!r})
if "matplotlib" in sys.modules:
    from matplotlib import rcParams, rcParamsOrig
    rcParams.update({{k: v for k, v in rcParamsOrig.items() if k not in ("backend", "interactive")}})
if "pandas" in sys.modules:
    from pandas import reset_option
    reset_option("^display")
from parley.load import load_once
load_once()
%reset -f
get_ipython().execution_count = 1
"""


def execute_all(paths: Sequence[Path], data: Path | None = None) -> Iterator[nbformat.NotebookNode]:
    """All notebooks with the outputs they have now, each run from top to bottom; in order, with a line for each.

    Each core has a kernel, which imports the library once and runs one notebook after another. Tables that a page cuts
    are put whole into the folder of its notebook's name in `data`.
    """
    begun, cores = time.monotonic(), min(os.cpu_count(), len(paths))
    running = [Future() for _ in paths]
    waiting = deque(zip(paths, running, strict=True))
    with ThreadPoolExecutor(cores) as pool:
        try:
            for _ in range(cores):
                pool.submit(asyncio.run, _execute_waiting(waiting, data))  # in a loop of its own
            for path, done in zip(paths, running, strict=True):
                yield done.result()
                print(f"{path.stem} done after {time.monotonic() - begun:.0f} s", flush=True)
        finally:
            waiting.clear()


async def _execute_waiting(waiting: deque[tuple[Path, Future]], data: Path | None) -> None:
    """Run the notebooks that wait, in a kernel of one's own, until none is left."""
    kernel = NotebookClient(nbformat.v4.new_notebook(), kernel_name="python3").create_kernel_manager()
    try:
        with suppress(IndexError):  # the other kernel has taken the last one
            while True:
                path, done = waiting.popleft()
                try:
                    done.set_result(await _execute(path, kernel, data and data / path.stem))
                except BaseException as error:
                    done.set_exception(error)
    finally:
        if kernel.has_kernel:
            await kernel.shutdown_kernel(now=True)


async def _execute(path: Path, kernel: object, data: Path | None) -> nbformat.NotebookNode:
    """A notebook with the outputs it has now, in a kernel that may have run others."""
    environment = {FOLDER: str(data)} if data else {}
    afresh = AFRESH.format(folder=str(path.parent), environment=environment)
    notebook = nbformat.read(path, as_version=4)
    for one in (nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(afresh)]), notebook):
        client = NotebookClient(
            one,
            km=kernel,
            timeout=3600,
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],  # the kernel's own remarks are nobody's concern here
        )
        await client.async_execute()
        client.kc.stop_channels()
    return notebook


def check(study: Study) -> None:
    """Read what the notebooks read, so that a correction or a coding that cannot be meant stops before any of them runs."""
    attributions(study)
    if study.settings.get("keywords"):
        mentions(study)
    for name in codings.names(study):
        codings.read_attributions(study, name)
        codings.read_mentions(study, name)


def build(site: Path, executed: Sequence[nbformat.NotebookNode] = ()) -> None:
    """Write the whole report into `site`, of notebooks that are executed already or, without them, now."""
    study = load_study()
    check(study)
    findings(study)  # kept, so that no notebook measures them again
    (site / "data").mkdir(parents=True, exist_ok=True)
    # What was odd about the input is a table in 00; the kernels need not say it again.
    os.environ["PYTHONWARNINGS"] = "ignore::UserWarning"
    notebooks = executed or execute_all(NOTEBOOKS, site / "data")
    done = dict(zip([path.stem for path in NOTEBOOKS], notebooks, strict=True))
    with uncollected():
        exported = export.tables(study, site / "data", workbooks=False)
        sizes = write_rows(study, site)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    parts = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in PARTS}
    environment.globals |= {"study": study, "parts": parts, "sizes": sizes, "searched": SEARCHED}
    write_pages(site, study, done, environment)
    write_page(site / "search.html", environment)
    found, asked = findings(study), varied(study)
    cards = [card(name, notebook, found, asked) for name, notebook in done.items()]
    tables = [name.removesuffix(".csv") for name in exported]
    write_page(site / "index.html", environment, basis=basis(study), tables=tables, cards=cards, explore=EXPLORE)


def write_pages(
    site: Path, study: Study, done: dict[str, nbformat.NotebookNode], environment: jinja2.Environment
) -> None:
    """Write a page for each notebook, and the words of all of them for their search box."""
    exporter = HTMLExporter(template_name="parley", extra_template_basedirs=[str(TEMPLATES)])
    names = [(name, title(notebook)) for name, notebook in done.items()]
    header, contents, link = map(environment.get_template, ("header.html.j2", "headings.html.j2", "searched.html.j2"))
    words = []
    for i, (name, heading) in enumerate(names):
        resources = {
            "title": heading,
            "study": study.title,
            "style": (TEMPLATES / "style.css").read_text(encoding="utf-8"),
            "header": header.render(),
            "all": link.render(table=SEARCHED_ON.get(name)),
            "previous": names[i - 1] if i else None,
            "following": names[i + 1] if i + 1 < len(names) else None,
        }
        html = page(done[name], exporter, contents, resources)
        (site / f"{name}.html").write_text(html, encoding="utf-8")
        words.append((name, heading, list(told(html))))
    write_words(words, site)


def write_page(path: Path, environment: jinja2.Environment, **given: object) -> None:
    """Write a page of which there is one, by the template of its name."""
    path.write_text(environment.get_template(f"{path.name}.j2").render(**given), encoding="utf-8")


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
