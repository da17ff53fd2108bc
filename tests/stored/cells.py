"""The code cells of a notebook, run one after the other in this process: what they compute, and what they show."""

import ast
import json
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


class Shown(list):
    """What cells show, as plain text, and in `data` in all its forms; no function, which the store would take for another library."""

    def __init__(self) -> None:
        self.data: list[dict[str, str]] = []

    def __call__(self, data: dict, raw: bool) -> None:
        self.append(data["text/plain"])
        self.data.append(data)


def nothing(*_: object, **__: object) -> None:
    """Stands in for a function that a test has no need of."""


def run(name: str, study: Path, *, without: tuple[str, ...] = ()) -> tuple[dict, Shown]:
    """The names that a notebook's cells leave behind, and the plain text of all that they show.

    Parameters
    ----------
    name
        The notebook's file name without the ending.
    study
        A study.toml.
    without
        Functions of `parley.show` that do nothing.
    """
    shown = Shown()
    names: dict = {"__name__": name}
    instead = {f"{module}.display": shown for module in ("sentences", "tables", "figures")} | dict.fromkeys(
        without, nothing
    )
    with ExitStack() as stack:
        stack.enter_context(patch.dict("os.environ", PARLEY_STUDY=str(study)))
        for function, other in instead.items():
            stack.enter_context(patch(f"parley.show.{function}", other))
        for cell in json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                _run("".join(cell["source"]), f"{name}, {cell['id']}", names)
    return names, shown


def _run(source: str, place: str, names: dict) -> None:
    """Run a cell; as in a notebook, what its last line gives shows itself."""
    cell = ast.parse(source)
    last = cell.body.pop() if isinstance(cell.body[-1], ast.Expr) else None
    exec(compile(cell, place, "exec"), names)
    given = eval(compile(ast.Expression(last.value), place, "eval"), names) if last else None
    if hasattr(given, "_ipython_display_"):
        given._ipython_display_()
