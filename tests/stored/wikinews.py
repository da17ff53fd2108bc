"""The tables and findings of the corpus in tests/wikinews, as they are stored there and compared.

`make refresh` writes tests/wikinews/tables anew.
"""

from pathlib import Path

import pandas as pd

from parley import load_study
from parley.corpus.reading import harmless
from parley.export import read_tables
from parley.study import Study

FOLDER = Path(__file__).parents[1] / "wikinews"
STORED = FOLDER / "tables"
OFTEN = 5  # printings of a term that is kept
# What other tables hold word for word, or what only says where something else stands, is left out.
LEFT_OUT = {
    "attributions": ["sentence", "citation", "outlet", "date"],
    "mentions": ["sentence", "citation", "outlet", "date"],
    "concordances": ["sentence", "citation", "outlet", "date", "left", "right"],
    "terms": ["citation", "date"],
}


def tables(study: Study) -> dict[str, str]:
    """The tables by name, as CSV; figures to six digits, in which no two machines differ."""
    made = read_tables(study) | {"segments": study.segments.drop(columns="text")}
    made["terms"] = made["terms"][made["terms"].filter(like="count_").sum(axis=1) >= OFTEN]
    kept = {name: table.drop(columns=LEFT_OUT.get(name, [])) for name, table in made.items()}
    return {name: _csv(table) for name, table in kept.items() if len(table)}


def _csv(table: pd.DataFrame) -> str:
    return harmless(table).to_csv(index=False, lineterminator="\n", float_format="%.6g")


def write() -> None:
    """Write the stored tables anew, and take away those that are no more."""
    made = tables(load_study(FOLDER / "study.toml"))
    STORED.mkdir(exist_ok=True)
    for path in STORED.glob("*.csv"):
        path.unlink()
    for name, table in made.items():
        (STORED / f"{name}.csv").write_text(table, encoding="utf-8", newline="")
