"""What the index says of a notebook: a picture, its first findings, and which checks each of them survives."""

import re
from collections.abc import Mapping

import nbformat
import pandas as pd
from pages import figures, lighter, title

from parley.findings import leading, strength
from parley.show.short import NEEDS
from parley.variations import CONTRAST, STANCE

HEAVIEST = 100_000  # characters of a picture; a page's figure of more gives way to its next one
TALL = 1.5  # times its width: a higher picture is shown from its top, as whole it could not be read


def evidence(finding: str, notebook: nbformat.NotebookNode) -> str | None:
    """The tag of the cell that shows what a finding rests on: the finding's own id, or what the ids of its kind begin with."""
    tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]
    return next((tag for tag in tags if finding == tag or finding.startswith(f"{tag}-")), None)


def card(name: str, notebook: nbformat.NotebookNode, found: pd.DataFrame, varied: pd.DataFrame) -> dict:
    """A notebook on the index.

    Returns
    -------
    dict
        ``name, title, picture, tall``; ``findings``, at most three, and ``more``, the number of the others; ``needs``, what
        the study lacks where there is no finding, and whether its page has a ``first_look`` at what that could be.
    """
    own = found[found["notebook"] == name]
    shown = [
        row | {"evidence": evidence(row["finding_id"], notebook)} | checks(row, varied)
        for row in leading(own).to_dict("records")
    ]
    drawn = picture(notebook, [row["evidence"] for row in shown if row["evidence"]])
    sides = re.search(r'viewbox="\S+ \S+ ([\d.]+) ([\d.]+)"', drawn, re.IGNORECASE)
    return {
        "name": name,
        "title": title(notebook),
        "picture": drawn,
        "tall": bool(sides) and float(sides[2]) > TALL * float(sides[1]),
        "findings": shown,
        "more": len(own) - len(shown),
        "needs": "" if len(own) else NEEDS.get(name, ""),
        "first_look": name in (CONTRAST, STANCE),  # which helps to write what the study lacks
    }


def picture(notebook: nbformat.NotebookNode, tags: list[str]) -> str:
    """The first figure of the cells that show what findings rest on, else the first figure of the page; or none."""
    drawn = [one for tag in tags for one in figures(notebook, tag)] + [*figures(notebook)]
    return next((light for light in map(lighter, drawn) if len(light) <= HEAVIEST), "")


def checks(finding: Mapping, varied: pd.DataFrame) -> dict:
    """How sure a finding is: ``note``, in a few words, and the names of the checks that it ``keeps`` and that ``break`` it."""
    asked = varied[varied["finding_id"] == finding["finding_id"]]
    kept = asked.loc[asked["outcome"] == "holds", "variation"].tolist()
    return {"note": strength(finding), "keeps": kept, "breaks": list(finding["broken_by"])}
