"""``python -m parley COMMAND``: what make does, on machines without make, git or sh; make calls it too."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # of the project, where the library is installed from its folder
# JupyterLab opens the first notebook, with the folders of the project beside it.
FIRST = "/lab/tree/notebooks/00-the-corpus.ipynb?file-browser-path=/"
# What Python is asked to run, and a line of help. All that follows a command is handed on.
COMMANDS = {
    "report": (["report/build.py"], "execute the notebooks on the study and write _site/index.html"),
    "lab": (["-m", "jupyterlab", "--ServerApp.root_dir=.", f"--LabApp.default_url={FIRST}"], "open JupyterLab"),
    "study": (["-m", "parley.corpus.begin"], "begin a study: study FOLDER, of texts, an export or a table"),
    "tables": (["-m", "parley.export"], "write the tables for a spreadsheet, .csv and .xlsx: tables FOLDER"),
    "coding": (["-m", "parley.codings.sheets"], "write a page to code in, and sheets: coding NAME"),
    "class": (["-m", "parley.codings.classes"], "deal the articles to a class, each to two students: class NAMES.txt"),
    "check-codings": (["-m", "parley.codings.check"], "list every fault of every coding"),
    "adjudication": (
        ["-m", "parley.codings.adjudicate"],
        "write what coders have alike and differently, to be settled",
    ),
    "test": (
        ["-m", "pytest", "-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder"],
        "every test, and every notebook against its stored outputs",
    ),
    "refresh": (["report/refresh.py"], "execute the notebooks in place and rewrite what is stored"),
}
STEADY = {"report", "test", "refresh"}  # what they make must not depend on where it is made
OWN = {"test", "refresh"}  # about the project's own study, whatever is set


def main(arguments: list[str]) -> int:
    """Run a command; its exit code, or 2 with one sentence on what was expected."""
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        asked = name in ("help", "--help", "-h")
        print(
            usage() if asked else f"parley: {name}: expected a command.\n{usage()}",
            file=sys.stdout if asked else sys.stderr,
        )
        return 0 if asked else 2
    environment = dict(os.environ)
    if name in STEADY:
        environment |= {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0"}
    if "--study" in rest:
        place = rest.index("--study")
        if place + 1 == len(rest):
            print("parley: --study: expected the path of a study.toml behind it; add it.", file=sys.stderr)
            return 2
        environment["PARLEY_STUDY"] = str(Path(rest[place + 1]).resolve())
        del rest[place : place + 2]
    if name in OWN:
        environment.pop("PARLEY_STUDY", None)
    run = list(COMMANDS[name][0])
    if run[0].endswith(".py"):
        run[0] = str(ROOT / run[0])
        if not Path(run[0]).exists():
            folder = "expected the project's folder, with notebooks/ and report/"
            print(
                f"parley: {name}: {folder}; install from it: python -m pip install --editable FOLDER.", file=sys.stderr
            )
            return 2
    command = [sys.executable, *run, *rest]
    if os.name == "posix":  # so that what is sent to this process, as an interrupt, reaches the command
        os.chdir(ROOT if name == "test" else ".")
        sys.stdout.flush()
        os.execve(sys.executable, command, environment)
    return subprocess.call(command, env=environment, cwd=ROOT if name == "test" else None)


def usage() -> str:
    """What can be asked for, a line each."""
    lines = [f"  python -m parley {name:<14} {said}" for name, (_, said) in COMMANDS.items()]
    return "\n".join([*lines, "--study PATH/study.toml takes another study than the nearest."])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
