"""JupyterLab as `make lab` opens it: stored notebooks run without an error, tables filter, one's own plots show."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import browser
import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120_000  # milliseconds for a notebook to open or to run on a busy machine


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on copies of the notebooks and the corpus, started by `make lab`; its address and folder."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"):
        shutil.copy(path, folder / "notebooks")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    tex_study(folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # All cells are drawn, not only those near the window, so that the test sees the whole notebook.
    tracker = folder / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')
    # What `make test` sets for this process is not what a user's shell has.
    shell = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "MPLBACKEND"))}
    shell.pop("PYTHONHASHSEED", None)
    settings = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
    }
    shell.pop("PARLEY_STUDY", None)  # the study is the one that JupyterLab shows
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    options += ["--LabApp.news_url=None", "--log-level=ERROR"]
    # The environment that runs the tests is the one to be used, whatever the age of .venv.
    command = [
        "make",
        "-f",
        f"{ROOT}/Makefile",
        "-o",
        ".venv/ready",
        "lab",
        f"PY={sys.executable}",
        f"ARGS={' '.join(options)}",
    ]
    with open(folder / "log", "w") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=log, env={**shell, **settings}, cwd=folder, start_new_session=True
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/api/status")
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.2)
        yield SimpleNamespace(address=address, folder=folder)
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


@pytest.fixture(scope="module")
def window(chromium):
    """One window for all tests, so that JupyterLab is fetched once."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


TEX = ["$x$", "$$y^2$$", "\\(z\\)", "\\[w\\]", "\\begin{align}v\\end{align}"]


def tex_study(folder: Path) -> None:
    """A study whose texts, ids and settings look like TeX, and the quote browser on it, with one true formula at its end."""
    (folder / "tex").mkdir()
    for i, tex in enumerate(TEX):
        text = f"{tex} ferry\n\nThe mayor, Ada Lund, said on Monday that the {tex} ferry would sail for $5 or {tex} and $6.\n"
        (folder / "tex" / f"{i} $u$.txt").write_text(text, encoding="utf-8")
    (folder / "tex" / "study.toml").write_text(
        '[articles]\nfiles = "*.txt"\n[sides."$side$"]\n"Ada Lund" = ["Lund"]\n', encoding="utf-8"
    )
    notebook = json.loads((ROOT / "notebooks" / "03-sourcing.ipynb").read_text(encoding="utf-8"))
    text = json.dumps(notebook).replace("load_study()", "load_study('tex/study.toml')")
    notebook = json.loads(text)
    notebook["cells"].append({"cell_type": "markdown", "id": "formula", "metadata": {}, "source": "A formula: $t^2$"})
    (folder / "tex.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def run_all(lab, window, name):
    """A stored notebook, opened and run from top to bottom; its page."""
    page = window.new_page()
    page.goto(f"{lab.address}/lab/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-OutputArea-output table")  # stored tables are there before anything is run

    page.wait_for_selector("#jp-main-statusbar :text('Idle')")  # cells run before the kernel is there are lost

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    # The last code cell has its number again when all before it have run.
    page.wait_for_function(
        "() => { const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent);"
        " return prompts.length > 5 && prompts.every((text, i) => text === `[${i + 1}]:`) &&"
        " document.querySelector('.jp-Notebook .jp-OutputArea-output table') }"
    )
    assert (
        page.locator(".jp-RenderedText[data-mime-type*='stderr'], .jp-RenderedText[data-mime-type*='error']").count()
        == 0
    )
    return page


@browser.needed
def test_open_run_all_filter_and_sort(lab, window):
    page = run_all(lab, window, "00-the-corpus")
    box = page.locator(".jp-Notebook input[type=search]").first
    box.scroll_into_view_if_needed()
    rows = "node => [...node.closest('.parley').querySelectorAll('tbody tr')].filter(r => !r.hidden).length"
    before = box.evaluate(rows)
    box.fill("russia")
    assert 0 < box.evaluate(rows) < before
    # A click on the head of a column sorts by it.
    table = page.locator(".jp-Notebook table", has=page.locator("caption:text-is('Characters by kind of segment')"))
    table.scroll_into_view_if_needed()
    column = "(node, name) => { const i = [...node.tHead.rows[0].cells].findIndex(h => h.textContent.startsWith(name));"
    column += " return [...node.tBodies[0].rows].map(row => row.cells[i].textContent) }"
    for name, key in (("characters", lambda cell: float(cell.replace(",", ""))), ("kind", str)):
        for backwards in (False, True):
            table.locator(f"button:text-is('{name}')").click()
            cells = table.evaluate(column, name)
            assert len(cells) > 5 and cells == sorted(cells, key=key, reverse=backwards), (name, backwards)
    assert table.locator("th[aria-sort=descending]").count() == 1
    page.close()


@browser.needed
def test_text_that_looks_like_tex_stays_text(lab, window):
    page = run_all(lab, window, "tex")
    page.wait_for_selector(".jp-MarkdownCell mjx-container")  # formulas in prose are typeset
    outputs = page.locator(".jp-OutputArea")
    assert outputs.locator("mjx-container").count() == 0
    shown = " ".join(outputs.all_text_contents())
    assert [tex for tex in [*TEX, "$side$", "$u$-a"] if tex not in shown] == []
    page.close()


@browser.needed
def test_a_plot_in_a_notebook_of_ones_own_shows(lab, window):
    page = window.new_page()
    page.goto(f"{lab.address}/lab/tree/notebooks?reset")
    page.locator(".jp-LauncherCard[data-category='Notebook']").first.click()
    page.wait_for_selector("#jp-main-statusbar :text('Idle')")
    page.locator(".jp-Notebook .cm-content").first.click()
    page.keyboard.insert_text("import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 3, 2]);")
    page.keyboard.press("Shift+Enter")
    picture = page.locator(".jp-OutputArea-output :is(img, svg)").first
    picture.wait_for()
    assert picture.bounding_box()["height"] > 100
    page.close()


@browser.needed
def test_what_lies_in_the_project_is_in_sight_and_a_notebook_is_open(lab, window):
    page = window.new_page()
    page.goto(lab.address)
    page.wait_for_selector(".jp-Notebook .jp-OutputArea-output table")
    page.wait_for_selector(".lm-TabBar-tabLabel:text('00-the-corpus')")
    page.wait_for_selector(".jp-DirListing-item :text-is('corpus')")
    page.locator(".jp-DirListing-item :text-is('corpus')").dblclick()
    for name in ("study.toml", "codings", "articles.csv"):
        page.wait_for_selector(f".jp-DirListing-item :text-is('{name}')")
    page.close()


@browser.needed
def test_before_a_notebook_is_trusted_text_stands_at_the_left(lab, window):
    """JupyterLab takes styles and scripts out of what it did not run itself."""
    page = window.new_page()
    page.goto(f"{lab.address}/lab/tree/notebooks/03-sourcing.ipynb?reset")
    cell = page.locator(".jp-Notebook .jp-OutputArea-output table td:not(.number)").first
    cell.wait_for()
    assert page.locator(".jp-Notebook .jp-OutputArea-output thead[onclick]").count() == 0  # not trusted yet
    aligned = "node => getComputedStyle(node).textAlign"
    assert cell.evaluate(aligned) == "left"
    assert page.locator(".jp-Notebook .jp-OutputArea-output table td.number").first.evaluate(aligned) == "right"
    page.close()


@browser.needed
def test_an_edited_study_is_read_again(lab, window):
    """A new family, saved in study.toml while the notebook is open, counts when its cells are run again."""
    study = lab.folder / "corpus" / "study.toml"
    before = study.read_text(encoding="utf-8")
    page = run_all(lab, window, "06-explore")
    assert "violence (violence)" not in page.locator(".jp-Notebook").inner_text()
    try:
        study.write_text(before.replace("[keywords]", '[keywords]\nviolence = ["violence"]', 1), encoding="utf-8")
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
        page.wait_for_selector(".jp-Notebook .jp-OutputArea-output:has-text('violence (violence)')")
    finally:
        study.write_text(before, encoding="utf-8")
    page.close()
