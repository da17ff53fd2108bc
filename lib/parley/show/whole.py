"""The whole of each table that a page of the report shows a part of, as a file beside the page."""

import os
import re
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from parley.corpus.reading import harmless

FOLDER = "PARLEY_REPORT_DATA"  # the report's builder sets it for each notebook: data/<notebook> within the report
LONGEST = 60  # characters of a file's name


def put_aside(table: pd.DataFrame, caption: str) -> str:
    """Write the whole table as CSV, named by its caption, and give the link from a page of the report; else no link."""
    if not os.environ.get(FOLDER):
        return ""
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(re.findall(r"\w+", caption.lower()))[:LONGEST].strip("-_") or "table"
    names = (f"{name}-{n}.csv" if n > 1 else f"{name}.csv" for n in count(1))
    path = next(folder / name for name in names if not (folder / name).exists())
    table = table.map(lambda cell: cell.striptags() if isinstance(cell, Markup) else cell)
    harmless(table).to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
    return quote("/".join(path.parts[-3:]))
