"""Put faults in, one at a time, and see which of them the tests catch.

    python benchmarks/mutants.py --seed 1234abcd --count 100
    python benchmarks/mutants.py --seed 1234abcd --count 100 --only 17,42

Faults of all kinds (benchmarks/faults.py) are drawn with a seed: by default the first eight digits of the commit. Each
is put into a copy of the tree, and what reaches it is run, the quickest first, until something fails. Of those that
nothing catches it is said what they change in the tables of three corpora; one that changes nothing there may be
equivalent, which a person has to say, with the reason.
"""

import argparse
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import reach
from faults import KINDS, Fault, drawn

ROOT = Path(__file__).resolve().parents[1]
LEFT = (".git", ".venv", "_site", "_site.new", ".cache", "__pycache__", ".hypothesis", ".pytest_cache", "*.egg-info")
LIMIT = 1800  # seconds for one run of pytest; a fault that makes it take longer is caught
_CORPUS = re.compile(r"\"corpus\"|corpus/")
_TIMES = itertools.count(int(time.time()))
READ = ("lib/parley", "corpus/")  # what the tables of a corpus may depend on


class Outcome(NamedTuple):
    """What caught a fault (empty if nothing did), after how many seconds, and what it changes if it was missed."""

    caught: str
    seconds: float
    changes: str


class Stage(NamedTuple):
    """What to ask pytest for; `only` the tests, files and users of fixtures that it holds, where it holds any."""

    asked: list[str]
    only: frozenset[str] = frozenset()


LISTS = Stage(["tests/test_stored.py", "tests/test_begun.py", "tests/test_lists.py", "tests/test_mutations.py"])
TABLES = Stage(["tests/test_wikinews.py", "-k", "table or credited"])
SHOWN = Stage(["tests/test_shown.py"])
STORED = Stage(["notebooks", "tests/test_notebooks.py", "tests/test_cells.py"])
FRAME = Stage(["tests/test_report.py", "-k", "as_stored or card"])
REPORT = Stage(["tests/test_report.py", "tests/test_search.py", "tests/test_wikinews.py", "tests/test_notebooks.py"])
COMMANDS = Stage(["tests/test_main.py", "tests/test_coding_page.py"])
# Asked anyway, or at work in processes of their own or in a browser, where no line of the library is seen to be executed.
APART = {
    "tests/test_notebooks.py",
    "tests/test_cells.py",
    "tests/test_lab.py",
    "tests/test_shown.py",
    *LISTS.asked,
    *REPORT.asked,
    *COMMANDS.asked,
}
FEW = 4  # files of tests near a fault, to ask before those that hold everything
MANY = 8  # tests of each of the other files that go the same way through a function: more of them are alike
SHOWN_BY = ("show", "codings", "export.py", "__main__.py", "load.py", "scale.py")  # parts that pages and commands call


def reaching(fault: Fault, root: Path, reached: reach.Reached) -> list[Stage]:
    """What to ask, the quickest and nearest first."""
    path = Path(fault.path)
    if path.suffix == ".ipynb":
        return [Stage([fault.path, "tests/test_notebooks.py"])]
    if path.name == "README.md":
        return [Stage(["tests/test_notebooks.py", "-k", "readme"])]
    if path.parts[0] == "report":
        return [FRAME, REPORT, COMMANDS]
    if path.parts[0] == "tests":
        return [LISTS if path.stem == "lists" else TABLES]
    if path.parts[0] == "corpus":
        return [STORED, Stage(_tests(root), _of_corpus(root)), REPORT]
    if path.suffix != ".py":  # a list: anything may read it
        return [LISTS, TABLES, FRAME, SHOWN, STORED, Stage(_tests(root)), REPORT]
    source = (root / path).read_text(encoding="utf-8")
    tests = reach.reaching(source, fault.line, fault.line + fault.before.count("\n"), reached.get(fault.path, {}))
    near = [file for file in reach.by_breadth(reached) if file in {*map(reach.file_of, tests)}]
    near.sort(key=lambda file: not _names(root / file, path))
    first = Stage([fault.path, *near[:FEW]], frozenset({*tests, fault.path}))
    ways = reach.ways(source, fault.line, reached.get(fault.path, {}))
    others = [Stage(near[FEW:], frozenset().union(*(_spread(tests & way) for way in ways)))] if near[FEW:] else []
    shown = [REPORT, COMMANDS] if path.parts[2] in SHOWN_BY else []
    return [first, LISTS, TABLES, SHOWN, *others, STORED, *shown]


def _names(file: Path, module: Path) -> bool:
    """Whether a file of tests imports a module of the library by its name: it is about it."""
    return f".{module.stem} import" in file.read_text(encoding="utf-8")


def _spread(tests: Iterable[str]) -> frozenset[str]:
    """Of the tests of each file at most `MANY`, spread evenly."""
    of_file: dict[str, list[str]] = {}
    for test in sorted(tests):
        of_file.setdefault(reach.file_of(test), []).append(test)
    return frozenset(test for file in of_file.values() for test in file[:: -(-len(file) // MANY)])


def _tests(root: Path) -> list[str]:
    """Every other file of tests, and the library, whose examples are tests too."""
    files = sorted(file.relative_to(root).as_posix() for file in (root / "tests").glob("test_*.py"))
    return [*(file for file in files if file not in APART), "lib"]


def _of_corpus(root: Path) -> frozenset[str]:
    """What reads the study of the repository: tests that use it, and files of tests that name its folder."""
    named = [file for file in _tests(root) if file != "lib" and _CORPUS.search((root / file).read_text("utf-8"))]
    return frozenset(["study", *named])


def ask(root: Path, stage: Stage, broken: Sequence[str] = ()) -> str:
    """Run pytest in a copy of the tree: the first test that fails and is not known to be `broken`, or empty."""
    left = [f"--deselect={test}" for test in broken]
    environment = _environment(root)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-o", f"cache_dir={folder}/kept"]
        if stage.only:
            only = Path(folder, "only")
            only.write_bytes("\0".join(sorted(stage.only)).encode("utf-8", "surrogatepass"))
            environment |= {"PYTEST_PLUGINS": "reach", reach.ONLY: str(only)}
        try:
            done = subprocess.run(
                [*command, *left, *stage.asked],
                cwd=root,
                env=environment,
                capture_output=True,
                text=True,
                timeout=LIMIT,
            )
        except subprocess.TimeoutExpired:
            return f"no end within {LIMIT} s"
        failed = Path(folder, "kept/v/cache/lastfailed")
        if failed.exists():
            return next(iter(json.loads(failed.read_text(encoding="utf-8"))))
    # Passed, or nothing is asked of it; else pytest itself stopped.
    return "" if done.returncode in (0, 5) else (done.stdout + done.stderr).strip().splitlines()[-1]


def _environment(root: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name != "PARLEY_STUDY"}
    path = os.pathsep.join([str(root / "lib"), str(root / "benchmarks")])
    more = {"PYTHONPATH": path, "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"}
    return own | more


def tables(root: Path, out: Path) -> dict[str, Counter]:
    """The rows of every table of three corpora, by corpus and table."""
    command = [sys.executable, "benchmarks/digest.py", "--out", str(out)]
    done = subprocess.run(command, cwd=root, env=_environment(root), capture_output=True, text=True)
    if done.returncode:
        return {"stops": Counter([done.stderr.strip().splitlines()[-1]])}
    made = sorted(out.rglob("*.csv"))
    return {
        path.relative_to(out).with_suffix("").as_posix(): Counter(path.read_text("utf-8").splitlines()) for path in made
    }


def changes(before: dict[str, Counter], after: dict[str, Counter]) -> str:
    """What is different in the tables of the corpora, in a line."""
    if "stops" in after:
        return f"they cannot be made: {next(iter(after['stops']))}"
    rows = {name: (after.get(name, Counter()) - before.get(name, Counter())).total() for name in before | after}
    lost = {name: (before.get(name, Counter()) - after.get(name, Counter())).total() for name in rows}
    told = [f"{name} {max(rows[name], lost[name])}" for name in rows if rows[name] or lost[name]]
    return f"rows changed: {', '.join(told)}" if told else "nothing in the tables of three corpora"


def try_out(fault: Fault, copy: Path, clean: dict[str, Counter], reached: reach.Reached, broken: list[str]) -> Outcome:
    """Put a fault into a copy, run what reaches it, and take it out again.

    What fails without the fault too catches nothing: it is added to `broken`, and what is left is asked again.
    """
    begun, place = time.monotonic(), copy / fault.path
    whole = place.read_bytes()
    stages, caught, changed = reaching(fault, copy, reached), "", ""
    try:
        while stages and not caught:
            _put(place, fault.text.encode("utf-8"))
            found = ask(copy, stages[0], broken)
            _put(place, whole)
            if not found:
                stages.pop(0)
            elif "::" in found and ask(copy, Stage([_whole(found)])):
                broken.append(_whole(found))
            else:
                caught = found
        if not caught and fault.path.startswith(READ):
            _put(place, fault.text.encode("utf-8"))
            with tempfile.TemporaryDirectory() as out:
                changed = changes(clean, tables(copy, Path(out)))
        return Outcome(caught, time.monotonic() - begun, changed)
    finally:
        _put(place, whole)
        for kept in copy.rglob(".cache"):
            shutil.rmtree(kept, ignore_errors=True)


def _put(place: Path, data: bytes) -> None:
    """Write a file anew, at a time of its own, by which Python knows that what it has compiled of it is old."""
    place.write_bytes(data)
    when = next(_TIMES)
    os.utime(place, (when, when))


def _whole(test: str) -> str:
    """A test by itself; a cell stands on those before it, so its notebook."""
    return test.partition("::")[0] if ".ipynb::" in test else test


def commit() -> str:
    """The first eight digits of the commit."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit("mutants: this is no clone of the repository; give --seed.")
    return done.stdout[:8]


def main() -> None:
    """Draw the faults, try them out, and print what was caught and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", help="default: the first eight digits of the commit")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--only", help="numbers of the faults to try, as 3,17; the others are drawn and left")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    seed = asked.seed or commit()
    faults = list(enumerate(drawn(ROOT, seed, asked.count), 1))
    if asked.only:
        faults = [faults[int(number) - 1] for number in asked.only.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for n in range(asked.workers):
            copies.put(Path(shutil.copytree(ROOT, Path(folder) / str(n), ignore=shutil.ignore_patterns(*LEFT))))
        first = Path(folder) / "0"
        clean = tables(first, Path(folder) / "clean")
        code = any(fault.path.startswith("lib/") and fault.path.endswith(".py") for _, fault in faults)
        reached = reach.measured(first, _tests(first), _environment(first), asked.workers) if code else {}
        for kept in first.rglob(".cache"):
            shutil.rmtree(kept)

        def work(numbered: tuple[int, Fault]) -> tuple[int, Fault, Outcome]:
            copy = copies.get()
            try:
                return *numbered, try_out(numbered[1], copy, clean, reached, broken)
            finally:
                copies.put(copy)

        score: dict[str, Counter] = {}
        broken: list[str] = []
        with ThreadPoolExecutor(asked.workers) as pool:
            for done in as_completed([pool.submit(work, one) for one in faults]):  # each is told as soon as it is known
                number, fault, (caught, seconds, changed) = done.result()
                score.setdefault(fault.kind, Counter())[bool(caught)] += 1
                place = f"{fault.path}:{fault.line}"
                shown = f"{fault.before.strip()[:60]!r} → {fault.after.strip()[:60]!r}"
                verdict = f"caught by {caught}" if caught else f"MISSED; {changed or 'no table asked'}"
                print(f"{number} {fault.kind}, {place}: {shown}: {verdict} ({seconds:.0f} s)", flush=True)
    print(f"\nseed {seed}, {len(KINDS)} kinds")
    for kind, found in sorted(score.items()):
        print(f"{kind}: {found[True]} caught, {found[False]} missed")
    if broken:
        print(f"failed without a fault, and were not asked again: {', '.join(broken)}")
    print(f"all: {sum(found[True] for found in score.values())} of {len(faults)} caught")


if __name__ == "__main__":
    main()
