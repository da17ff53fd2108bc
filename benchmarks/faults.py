"""Faults of every kind that the tests should catch, each drawn from all that a file allows: used by mutants.py."""

import ast
import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from parley.findings.lists import FILES

_SWAPPED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in", ast.NotIn: "in",
    ast.Is: "is not", ast.IsNot: "is", ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.Div: "*", ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")


class Fault(NamedTuple):
    """A change of one file, and what it is: the kind, the line, what stood there and what stands there now."""

    kind: str
    path: str
    line: int
    before: str
    after: str
    text: str  # of the whole file


class _Edit(NamedTuple):
    start: int
    end: int
    after: str


def _fault(kind: str, root: Path, path: Path, edit: _Edit) -> Fault:
    text = path.read_bytes().decode("utf-8")
    before, line = text[edit.start : edit.end], text.count("\n", 0, edit.start) + 1
    return Fault(
        kind,
        path.relative_to(root).as_posix(),
        line,
        before,
        edit.after,
        text[: edit.start] + edit.after + text[edit.end :],
    )


@cache
def _edits(path: Path) -> list[_Edit]:
    """Every change of one place in the code of a module: operators, conditions, figures, words, what is returned."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    # Types say nothing to the interpreter, and places inside an f-string are not known exactly.
    parents = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.arg, ast.AnnAssign))]
    silent = [node.returns if isinstance(node, ast.FunctionDef) else node.annotation for node in parents]
    silent += [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    silent += [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    left = {id(inner) for node in silent if node for inner in ast.walk(node)}
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(line: int, column: int) -> int:
        return len(text.encode()[: starts[line - 1] + column].decode())

    found = []
    for node in ast.walk(tree):
        if id(node) in left:
            continue
        for part, after in _changed(node):
            found.append(_Edit(at(part.lineno, part.col_offset), at(part.end_lineno, part.end_col_offset), after))
    return [edit for edit in found if text[edit.start : edit.end] != edit.after]


def _changed(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """What may stand in a node's place, or in that of a part of it."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _SWAPPED:
        sides = ast.unparse(node.left), ast.unparse(node.comparators[0])
        yield node, f"({sides[0]} {_SWAPPED[type(node.ops[0])]} {sides[1]})"
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED:
        yield node, f"({ast.unparse(node.left)} {_SWAPPED[type(node.op)]} {ast.unparse(node.right)})"
    elif isinstance(node, ast.BoolOp):
        other = " or " if isinstance(node.op, ast.And) else " and "
        yield node, f"({other.join(f'({ast.unparse(value)})' for value in node.values)})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, f"bool({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int)):
        yield node, repr(not node.value if isinstance(node.value, bool) else node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node, repr(node.value[:-1] or "x")
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield node.test, f"(not ({ast.unparse(node.test)}))"
    elif isinstance(node, ast.Return) and node.value:
        yield node.value, "None"
    elif isinstance(node, ast.Slice) and node.lower and node.upper:
        yield node.lower, f"({ast.unparse(node.lower)}) + 1"


def in_code(root: Path, draw: random.Random) -> Fault:
    """A change by the syntax tree of a module of the library."""
    return _in_python("lib", root, draw, sorted((root / "lib/parley").rglob("*.py")))


def _in_python(kind: str, root: Path, draw: random.Random, paths: list[Path]) -> Fault:
    every = [(path, edit) for path in paths for edit in _edits(path)]
    while True:
        path, edit = draw.choice(every)
        fault = _fault(kind, root, path, edit)
        try:
            compile(fault.text, path.name, "exec")
        except SyntaxError:
            continue
        return fault


def in_word_sets(root: Path, draw: random.Random) -> Fault:
    """A word fewer in a set of words in code."""
    found = []
    for path in sorted((root / "lib/parley").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for call in re.finditer(r"word_set\(([^()]*)\)", text):
            found += [
                (path, call.start(1) + word.start(), word[0])
                for word in re.finditer(r"(?<=[\" ])[\w']+(?=[\" ])", call[1])
            ]
    path, start, word = draw.choice(found)
    return _fault("words in code", root, path, _Edit(start, start + len(word), ""))


def in_lists(root: Path, draw: random.Random) -> Fault:
    """An entry of a word list lost, or another in one of its cells."""
    path = root / "lib/parley/data" / draw.choice(FILES)
    return _in_table("lists", root, path, draw) if path.suffix == ".csv" else _less_a_word("lists", root, path, draw)


def _in_table(kind: str, root: Path, path: Path, draw: random.Random) -> Fault:
    """A row lost, a word of a cell lost, or a cell with what another row has there."""
    text = path.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    head = next(k for k, line in enumerate(lines) if not line.startswith("#"))
    while True:
        k = draw.randrange(head + 1, len(lines))
        try:
            (cells,) = csv.reader([lines[k]], strict=True)
            (other,) = csv.reader([lines[draw.randrange(head + 1, len(lines))]], strict=True)
        except (csv.Error, ValueError):
            continue  # a cell that goes over several lines
        way, column = draw.choice(("row", "word", "cell")), draw.randrange(len(cells))
        words = cells[column].split(" ")
        if way == "row":
            after = ""
        elif way == "word" and len(words) > 1:
            after = _line([*cells[:column], " ".join(draw.sample(words, len(words) - 1)), *cells[column + 1 :]])
        elif way == "cell" and len(other) == len(cells) and other[column] != cells[column]:
            after = _line([*cells[:column], other[column], *cells[column + 1 :]])
        else:
            continue
        start = sum(map(len, lines[:k]))
        return _fault(kind, root, path, _Edit(start, start + len(lines[k]), after))


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _less_a_word(
    kind: str, root: Path, path: Path, draw: random.Random, within: tuple[int, int] | None = None
) -> Fault:
    text = path.read_bytes().decode("utf-8")
    start, end = within or (0, len(text))
    word = draw.choice(list(_WORD.finditer(text, start, end)))
    return _fault(kind, root, path, _Edit(*word.span(), _other(word[0])))


def _other(word: str) -> str:
    """Another figure, or a word less its last letter."""
    return str(int(word) + 1) if word.isdigit() else word[:-1]


def in_corpus(root: Path, draw: random.Random) -> Fault:
    """A word of a text, or a cell of the tables beside the texts."""
    tables = [root / "corpus/articles.csv", *sorted((root / "corpus/codings").rglob("*.csv"))]
    path = draw.choice([*sorted((root / "corpus/texts").glob("*.txt")), *tables])
    return _in_table("corpus", root, path, draw) if path.suffix == ".csv" else _less_a_word("corpus", root, path, draw)


def in_settings(root: Path, draw: random.Random) -> Fault:
    """A word within quotation marks in study.toml."""
    path = root / "corpus/study.toml"
    text = path.read_text(encoding="utf-8")
    lines = [line for line in re.finditer(r"(?m)^[^#\n]+", text)]
    quoted = [
        span
        for line in lines
        for span in re.finditer(r'"([^"\n]+)"', line[0].split("  #")[0])
        for span in [(line, span)]
    ]
    line, found = draw.choice(quoted)
    start = line.start() + found.start(1)
    return _fault("study.toml", root, path, _Edit(start, start + len(found[1]), found[1][:-1]))


def _outputs(root: Path, wanted: Callable[[dict], list[str]], kind: str, draw: random.Random) -> Fault:
    """A word or figure in one of the stored outputs of the notebooks."""
    places = []
    for path in sorted((root / "notebooks").glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for n, cell in enumerate(cells):
            for m, output in enumerate(cell.get("outputs", [])):
                places += [(path, n, m, kept) for kept in wanted(output.get("data", {}))]
    path, n, m, mime = draw.choice(places)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    data = notebook["cells"][n]["outputs"][m]["data"]
    whole = "".join(data[mime])
    if mime == "text/html":  # what is shown, no tag and no style
        words = [word for part in re.finditer(r">([^<>{}]+)<", whole) for word in _WORD.finditer(whole, *part.span(1))]
    else:
        words = list(_WORD.finditer(whole))
    word = draw.choice(words)
    data[mime] = (whole[: word.start()] + _other(word[0]) + whole[word.end() :]).splitlines(keepends=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    return Fault(kind, path.relative_to(root).as_posix(), n, word[0], _other(word[0]), text)


def in_outputs(root: Path, draw: random.Random) -> Fault:
    """A word or figure in a stored table."""
    return _outputs(
        root, lambda data: ["text/html"] if "<td" in "".join(data.get("text/html", "")) else [], "stored output", draw
    )


def in_alternatives(root: Path, draw: random.Random) -> Fault:
    """A word or figure in the text that stands for a picture."""
    return _outputs(root, lambda data: ["text/plain"] if "image/svg+xml" in data else [], "alternative text", draw)


def in_prose(root: Path, draw: random.Random) -> Fault:
    """A word or figure in a computed sentence."""

    def sentences(data: dict) -> list[str]:
        html = "".join(data.get("text/html", ""))
        return ["text/html"] if html and "<td" not in html and "image/svg+xml" not in data else []

    return _outputs(root, sentences, "prose", draw)


def in_readme(root: Path, draw: random.Random) -> Fault:
    """A word or figure in the findings that the README states."""
    path = root / "README.md"
    text = path.read_text(encoding="utf-8")
    return _less_a_word(
        "README block", root, path, draw, (text.index(" -->\n![") + 5, text.index("<!-- end of findings"))
    )


def in_report(root: Path, draw: random.Random) -> Fault:
    """A change by the syntax tree of the report's builder, or a line lost in one of its templates."""
    if draw.random() < 0.6:
        return _in_python("report", root, draw, sorted((root / "report").glob("*.py")))
    path = draw.choice(sorted(path for path in (root / "report/template").glob("*.*") if path.suffix in (".j2", ".js")))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    k = draw.choice([k for k, line in enumerate(lines) if len(line.strip()) > 3])
    start = sum(map(len, lines[:k]))
    return _fault("report", root, path, _Edit(start, start + len(lines[k]), ""))


def in_tables(root: Path, draw: random.Random) -> Fault:
    """A row or cell of a table that tests, benchmarks or exports go by."""
    named = ["lib/parley/data/codebook.csv", "lib/parley/data/results.csv", "tests/data/lists.csv"]
    path = draw.choice([*(root / name for name in named), *sorted((root / "tests/wikinews/tables").glob("*.csv"))])
    return _in_table("CSV", root, path, draw)


# How many of a hundred are of each kind.
KINDS = {
    in_code: 40, in_word_sets: 6, in_lists: 14, in_corpus: 7, in_settings: 5, in_outputs: 6, in_alternatives: 4, in_prose: 4,
    in_readme: 4, in_report: 6, in_tables: 4,
}  # fmt: skip


def drawn(root: Path, seed: str, count: int) -> list[Fault]:
    """So many faults, the same for the same tree and seed, spread over the kinds as `KINDS` says."""
    draw = random.Random(seed)
    share = {make: count * parts / sum(KINDS.values()) for make, parts in KINDS.items()}
    kinds = [make for make, number in share.items() for _ in range(int(number))]
    rest = draw.choices(list(KINDS), list(KINDS.values()), k=count - len(kinds))
    return [make(root, draw) for make in draw.sample(kinds + rest, count)]
