"""The stored notebooks: every guard holds on each of them, and every guard bites when it should."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import guards
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def stored(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_all_questions_have_a_notebook():
    assert [path.stem for path in NOTEBOOKS] == [
        "00-the-corpus",
        "01-term-contrasts",
        "02-stance-keywords",
        "03-sourcing",
        "04-wire-copy",
        "05-validity",
        "06-explore",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_notebook_is_sound(path):
    assert guards.faults(stored(path)) == []


def first_code(notebook: dict) -> dict:
    return next(cell for cell in notebook["cells"] if cell["cell_type"] == "code" and cell["outputs"])


def figure(notebook: dict) -> dict:
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return next(output["data"] for output in outputs if "image/svg+xml" in output.get("data", {}))


SPOILED = {
    "no stored output": lambda nb: first_code(nb).update(outputs=[]),
    "not run top to bottom": lambda nb: first_code(nb).update(execution_count=7),
    "stderr": lambda nb: first_code(nb)["outputs"].append(
        {"output_type": "stream", "name": "stderr", "text": "warned"}
    ),
    "stores an error": lambda nb: first_code(nb)["outputs"].append({"output_type": "error", "traceback": []}),
    "image/png": lambda nb: figure(nb).update({"image/png": "…"}),
    "an object's address": lambda nb: figure(nb).update({"text/plain": "<Axes at 0x7f2a41>\n\n"}),
    "a path of a machine": lambda nb: figure(nb).update({"text/plain": "read /home/ada/corpus\n\n"}),
    "a random id": lambda nb: figure(nb).update({"text/html": "<p id='8c1f4bb0-0a2e-4d6c-9c55-2f2f3a1b9d00'>"}),
    "plotted data": lambda nb: figure(nb).update({"text/plain": "<Figure>"}),
    "alternative text": lambda nb: figure(nb).update({"image/svg+xml": "<svg></svg>"}),
    "semicolon": lambda nb: first_code(nb).update(source="show(figure);"),
    "lines": lambda nb: first_code(nb).update(source="\n".join(f"step_{i}()" for i in range(11))),
    "kernel of another name": lambda nb: nb["metadata"]["kernelspec"].update(name="venv-of-mine"),
    "timing": lambda nb: first_code(nb)["metadata"].update(execution={"iopub.execute_input": "…"}),
    "question as a title": lambda nb: nb["cells"].pop(0),
    "cells, expected": lambda nb: nb["cells"].extend([nb["cells"][0]] * 40),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_guard_bites(fault):
    notebook = copy.deepcopy(stored(NOTEBOOKS[0]))
    SPOILED[fault](notebook)
    assert any(fault in found for found in guards.faults(notebook)), fault


def test_refresh_writes_what_is_stored(tmp_path):
    """All that is stored is taken away; executed in kernels of their own, the notebooks give the very bytes again."""
    copied = tmp_path / "parley"
    left = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "_site*", "*.egg-info", "my-*.ipynb")
    shutil.copytree(ROOT, copied, ignore=left)
    for path in (copied / "notebooks").glob("[0-9]*.ipynb"):
        bare = nbformat.read(path, as_version=4)
        for cell in bare.cells:
            if cell.cell_type == "code":
                cell.update(outputs=[], execution_count=None)
        nbformat.write(bare, path)
    data = copied / "tests" / "data"
    written = [path for path in data.iterdir() if not path.name.startswith("sentence_ends")]
    written += [*(copied / "tests" / "wikinews" / "tables").glob("*.csv")]
    for path in [*written, copied / "report" / "picture.svg"]:
        path.unlink()
    readme = copied / "README.md"
    begin, end = "<!-- findings: ", "<!-- end of findings -->"
    before, block, after = re.split(f"({begin}.*?{end})", readme.read_text(encoding="utf-8"), maxsplit=1, flags=re.S)
    readme.write_text(f"{before}{block.splitlines()[0]}\n{end}{after}", encoding="utf-8")
    # What is large is compared in tests of its own; that it is written is seen from less of it.
    for name, size, less in (
        ("shown", "ARTICLES, LENGTH = 12, 24", "ARTICLES, LENGTH = 4, 8"),
        ("mutated", "COUNT = 500", "COUNT = 50"),
        ("composed", "COUNT, SENTENCES = 360, 8", "COUNT, SENTENCES = 36, 8"),
        ("downloads", "COUNT = 1200", "COUNT = 120"),
        ("examples", "for name in WRITTEN_IN:", "for name in WRITTEN_IN[:1]:"),
    ):
        other = copied / "tests" / "stored" / f"{name}.py"
        whole = other.read_text(encoding="utf-8")
        assert size in whole
        other.write_text(whole.replace(size, less), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(copied / "lib")}
    subprocess.run([sys.executable, "-m", "parley", "refresh"], cwd=copied, env=environment, check=True)
    made = {path.relative_to(copied) for path in copied.rglob("*") if path.is_file()}
    made = {path for path in made if not {".cache", "__pycache__"} & {*path.parts}}
    different = [path.stem for path in sorted(made) if (copied / path).read_bytes() != (ROOT / path).read_bytes()]
    less = ["composed", "downloads", "examples", "mutated", "shown"]
    assert different == less + less  # what is written, and what wrote it
    assert {path.relative_to(copied) for path in written} <= made and len(written) > 12


def test_an_edited_output_fails_the_comparison(tmp_path):
    """One digit changed in a stored table: nbval notices."""
    notebook = stored(NOTEBOOKS[0])
    tables = [
        output
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if "<td" in "".join(output.get("data", {}).get("text/html", ""))
    ]
    html = "".join(tables[-1]["data"]["text/html"])
    digit = next(character for character in html[html.index("<td") :] if character.isdigit())
    tables[-1]["data"]["text/html"] = html[: html.index("<td")] + html[html.index("<td") :].replace(digit, "·", 1)
    edited = tmp_path / "edited.ipynb"
    edited.write_text(json.dumps(notebook), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
    ]
    environment = {**__import__("os").environ, "PARLEY_STUDY": str(ROOT / "corpus" / "study.toml")}
    ran = subprocess.run([*command, str(edited)], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert ran.returncode == 1, ran.stdout
    assert "1 failed" in ran.stdout


def test_the_readme_states_what_is_computed():
    """Its findings and picture are those that a refresh would write."""
    sys.path.insert(0, str(ROOT / "report"))
    import refresh

    assert refresh.README.read_text(encoding="utf-8") == refresh.readme(refresh.README.read_text(encoding="utf-8"))
    assert refresh.PICTURE.read_text(encoding="utf-8") == refresh.picture()[0]


@pytest.fixture(scope="module")
def thin(tmp_path_factory):
    """A study in which nobody speaks, no word is contested and nothing is known of the articles."""
    folder = tmp_path_factory.mktemp("thin")
    for day in range(3):
        (folder / f"{day}.txt").write_text(f"The harbour was quiet on day {day}. The boats stayed in.", "utf-8")
    (folder / "study.toml").write_text('title = "Thin"\n[articles]\nfiles = "*.txt"\n', "utf-8")
    return folder / "study.toml"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_thin_study_is_told_what_is_missing_under_every_heading(path, thin, monkeypatch):
    monkeypatch.setenv("PARLEY_STUDY", str(thin))
    shell = InteractiveShell()
    sections = [[]]
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output() as shown:
                shell.run_cell(cell.source).raise_error()
            assert not shown.stderr
            sections[-1].append(bool(shown.outputs or shown.stdout))
        elif cell.source.startswith("## "):
            sections.append([])
    assert all(any(section) for section in sections if section)
