"""What a stored notebook must be, beyond having the outputs that nbval compares. Each guard closes a hole that nbval leaves."""

import ast
import json
import re

# Object addresses, paths of a machine, clock times and random ids differ from run to run, or tell where something was made.
UNREPEATABLE = {
    "an object's address": re.compile(r"\bat 0x[0-9a-f]{6,}|\b0x[0-9a-f]{9,}\b"),
    "a path of a machine": re.compile(r"(?<![\w.<])/(?:home|root|Users|tmp|work|usr|var|opt)/\w+"),
    "a random id": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
    "a clock time": re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d"),
}
COMPARED = {"text/plain", "text/html", "text/markdown", "image/svg+xml"}
LONGEST_CELL, LONGEST_CHART = 10, 15  # lines
CELLS = range(20, 36)


def faults(notebook: dict) -> list[str]:
    """What is wrong with a stored notebook; empty if nothing is."""
    found = []
    cells = notebook["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    if len(cells) not in CELLS:
        found.append(f"{len(cells)} cells, expected {CELLS.start} to {CELLS.stop - 1}")
    if cells[0]["cell_type"] != "markdown" or not _text(cells[0]["source"]).startswith("# "):
        found.append("the first cell is not the question as a title")
    if [cell["execution_count"] for cell in code] != list(range(1, len(code) + 1)):
        found.append("not run top to bottom: execution counts are not 1 to n")
    if not all(any(True for _ in cell["outputs"]) or _only_defines(cell) for cell in code):
        found.append("a code cell has no stored output")
    if notebook["metadata"]["kernelspec"]["name"] != "python3":
        found.append("stored with a kernel of another name")
    for cell in cells:
        if set(cell["metadata"]) - {"tags"}:
            found.append(f"cell metadata {sorted(cell['metadata'])}: timing and the like are not recorded")
    for i, cell in enumerate(code, 1):
        source = _text(cell["source"])
        lines = [line for line in source.splitlines() if line.strip()]
        longest = LONGEST_CHART if "show.figure(" in source else LONGEST_CELL
        if len(lines) > longest:
            found.append(f"code cell {i} has {len(lines)} lines, at most {longest}")
        if source.rstrip().endswith(";"):
            found.append(f"code cell {i} ends in a semicolon, which hides its output from one side of the comparison")
        for output in cell["outputs"]:
            found += [f"code cell {i}: {fault}" for fault in _output_faults(output)]
    return found


def _output_faults(output: dict) -> list[str]:
    if output["output_type"] == "error":
        return ["stores an error"]
    if output.get("name") == "stderr":
        return ["writes to stderr"]
    found = [f"stores {kind}, which nbval does not compare" for kind in output.get("data", {}) if kind not in COMPARED]
    text = json.dumps(output, ensure_ascii=False)
    found += [f"holds {what}: {match[0]}" for what, pattern in UNREPEATABLE.items() if (match := pattern.search(text))]
    if "image/svg+xml" in output.get("data", {}):
        plain = _text(output["data"].get("text/plain", ""))
        drawn = _text(output["data"]["image/svg+xml"])
        if plain.count("\n") < 2:
            found.append("a figure without its plotted data in the text")
        if "<title" not in drawn or "<desc" not in drawn:
            found.append("a figure without a title and an alternative text")
    return found


def _only_defines(cell: dict) -> bool:
    """Whether the cell's last statement is a definition, so that there is nothing to show."""
    last = ast.parse(_text(cell["source"])).body[-1]
    return isinstance(last, (ast.Assign, ast.AugAssign, ast.Assert, ast.FunctionDef, ast.Import, ast.ImportFrom))


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
