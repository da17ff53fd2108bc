"""Which test files execute which lines of the library: coverage.py asked once, with a context for each file of tests.

As a plugin of pytest (``-p reach``) this module names the file whose test runs, to the process that measures and to
those that a test starts.
"""

import ast
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import coverage

FROM = "REACHED_FROM"
SETTINGS = """[run]
parallel = true
sigterm = true
data_file = {data}
source = {source}
context = ${{{name}-}}
"""
Reached = dict[str, dict[int, set[str]]]


def pytest_runtest_protocol(item) -> None:
    """Name the file of the test that begins."""
    os.environ[FROM] = item.nodeid.partition("::")[0]
    if measuring := coverage.Coverage.current():
        measuring.switch_context(os.environ[FROM])


def measured(root: Path, tests: list[str], environment: dict[str, str], workers: int) -> Reached:
    """Run tests of a tree: by module and line of its library, the files of tests that execute the line."""
    with tempfile.TemporaryDirectory() as folder:
        settings, data = Path(folder, "settings"), Path(folder, "data")
        text = SETTINGS.format(data=data, source=root / "lib" / "parley", name=FROM)
        settings.write_text(text, encoding="utf-8")
        own = {
            "COVERAGE_PROCESS_START": str(settings),
            "PYTHONPATH": f"{root / 'lib'}{os.pathsep}{root / 'benchmarks'}",
        }
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "reach"]
        command += ["-n", str(workers), "--dist", "loadfile", *tests]
        done = subprocess.run(command, cwd=root, env=environment | own, capture_output=True, text=True)
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
            found[Path(module).relative_to(root).as_posix()] = {line: {*files} - {""} for line, files in lines}
        return found


def reaching(source: str, first: int, last: int, lines: dict[int, set[str]]) -> set[str]:
    """The files of tests that execute a place in a module; all that execute a function of it where none holds it.

    What stands outside of functions is executed when the module is imported, whoever imports it, and used by functions.
    """
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.stmt, ast.Lambda))]
    around = [node for node in nodes if node.lineno <= first <= node.end_lineno]
    inside = [node for node in around if isinstance(node, functions) and getattr(node, "body", None)]
    bodies = [node.body[0].lineno if isinstance(node.body, list) else node.lineno for node in inside]
    if not any(first >= start for start in bodies):
        return set().union(*lines.values())
    begun = max(node.lineno for node in around)
    return set().union(*(files for line, files in lines.items() if begun <= line <= last))


def by_breadth(reached: Reached) -> list[str]:
    """Every file of tests, the one that executes the fewest lines of the library first."""
    count: defaultdict[str, int] = defaultdict(int)
    for lines in reached.values():
        for files in lines.values():
            for file in files:
                count[file] += 1
    return sorted(count, key=lambda file: (count[file], file))
