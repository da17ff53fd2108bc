"""Which tests execute which lines of the library: coverage.py asked once, with a context for each test.

As a plugin of pytest (``-p reach``) this module names the test that runs, to the process that measures and to those that
the test starts; and it leaves of the tests that pytest found those that a file names, by themselves, by their file or
by something made for them that they use, where there is such a file.
"""

import ast
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

FROM, ONLY = "REACHED_FROM", "REACHING_ONLY"
SETTINGS = """[run]
parallel = true
data_file = {data}
source = {source}
context = ${{{name}-}}
"""
Reached = dict[str, dict[int, set[str]]]


def pytest_runtest_protocol(item) -> None:
    """Name the test that begins."""
    _name(item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef) -> Iterator:
    """Name the file while something is made that all tests of it may use."""
    named = os.environ[FROM]
    if fixturedef.scope != "function":
        _name(file_of(named))
    try:
        return (yield)
    finally:
        _name(named)


def _name(context: str) -> None:
    os.environ[FROM] = context.replace("\0", "")
    if measuring := coverage.Coverage.current():
        measuring.switch_context(context)


def file_of(test: str) -> str:
    """The file that a test stands in."""
    return test.partition("::")[0]


def pytest_collection_modifyitems(items: list) -> None:
    """Leave the tests, files of tests, and tests that use a fixture, that the file named in `ONLY` lists."""
    if named := os.environ.get(ONLY):
        kept = {*Path(named).read_text(encoding="utf-8", errors="surrogatepass").split("\0")}
        items[:] = [one for one in items if {one.nodeid, file_of(one.nodeid), *getattr(one, "fixturenames", ())} & kept]


def measured(root: Path, tests: list[str], environment: dict[str, str], workers: int) -> Reached:
    """Run tests of a tree: by module and line of its library, the tests that execute the line, and the files that do."""
    with tempfile.TemporaryDirectory() as folder:
        settings, data = Path(folder, "settings"), Path(folder, "data")
        text = SETTINGS.format(data=data, source=root / "lib" / "parley", name=FROM)
        settings.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "reach"]
        command += ["-n", str(workers), "--dist", "loadfile", *tests]
        done = subprocess.run(
            command,
            cwd=root,
            env=environment | {"COVERAGE_PROCESS_START": str(settings)},
            capture_output=True,
            text=True,
        )
        if done.returncode not in (0, 1):  # 1: a test fails, which is told where its fault is tried
            sys.exit(f"reach: pytest ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
        whole = coverage.CoverageData(str(data) + ".all")
        for part in sorted(Path(folder).glob("data.*.*")):
            one = coverage.CoverageData(str(part))
            one.read()
            whole.update(one)
        found: Reached = {}
        for module in sorted(whole.measured_files()):
            lines = whole.contexts_by_lineno(module).items()
            found[Path(module).relative_to(root).as_posix()] = {line: {*tests} - {""} for line, tests in lines}
        return found


def reaching(source: str, first: int, last: int, lines: dict[int, set[str]]) -> set[str]:
    """The tests, and files of them, that execute a place in a module; where no function holds it, any function there.

    What stands outside of functions is executed when the module is imported, whoever imports it, and used by functions.
    """
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.stmt, ast.Lambda))]
    around = [node for node in nodes if node.lineno <= first <= node.end_lineno]
    bodies = [node.body for node in around if isinstance(node, functions)]
    if not any(first >= (body[0] if isinstance(body, list) else body).lineno for body in bodies):
        return set().union(*lines.values())
    begun = max(node.lineno for node in around)
    return set().union(*(tests for line, tests in lines.items() if begun <= line <= last))


def ways(source: str, line: int, lines: dict[int, set[str]]) -> list[set[str]]:
    """The tests that execute each line of the function around a place: those of a line that few reach go another way."""
    around = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    around = [node for node in around if node.lineno <= line <= node.end_lineno]
    first, last = max(((node.lineno, node.end_lineno) for node in around), default=(1, source.count("\n") + 1))
    return [tests for at, tests in lines.items() if first < at <= last]


def by_breadth(reached: Reached) -> list[str]:
    """Every file of tests, the one that executes the fewest lines of the library first."""
    files = Counter(file for lines in reached.values() for tests in lines.values() for file in {*map(file_of, tests)})
    return sorted(files, key=lambda file: (files[file], file))
