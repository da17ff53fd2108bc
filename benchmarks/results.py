"""Keeps `results.csv`: every figure that a benchmark measured, with command, date and versions."""

import csv
import platform
import shutil
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from parley.findings.lists import digests

RESULTS = Path(__file__).with_name("results.csv")
IN_LIBRARY = Path(__file__).parents[1] / "lib" / "parley" / "data" / "results.csv"  # what notebook 05 and findings read
COLUMNS = ["benchmark", "figure", "value", "unit", "command", "date", "versions", "lists"]
# Which of the library's lists reach a benchmark; all of them reach one that is not named.
FINDER = ("cues.csv", "irregular.csv", "words in text", "words in sourcing")
PROSE = ("cities.txt", "spelling.csv", "words in text", "words in corpus")
READS = {
    "attribution": FINDER,
    "contrast": PROSE,
    "corpus": PROSE,
    "reuse": PROSE,
    "sentences": ("words in text",),
    "speakers": (*FINDER, "people.csv", "spelling.csv"),
    "stance": (*FINDER, "people.csv", "spelling.csv", "stance.csv", "words in stance"),
}
PACKAGES = ("numpy", "pandas", "scipy", "scikit-learn")


def lists_of(benchmark: str) -> str:
    """The lists that reach a benchmark as they are now, each with its digest."""
    now = digests()
    return ", ".join(f"{name} {now[name]}" for name in sorted(READS.get(benchmark, now)))


def record(benchmark: str, figure: str, value: float, unit: str, command: str) -> None:
    """Print a figure, and store it in place of an earlier value of the same figure.

    Parameters
    ----------
    benchmark, figure : str
        What was measured; together they name the row.
    value : float
        Rounded to four significant digits.
    unit : str
        Such as "s", "MB" or "share".
    command : str
        How to measure it again.
    """
    rows = {}
    if RESULTS.exists():
        with RESULTS.open(encoding="utf-8", newline="") as lines:
            rows = {(row["benchmark"], row["figure"]): row for row in csv.DictReader(lines)}
    versions = [f"python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
    today = datetime.now(UTC).date().isoformat()
    row = [benchmark, figure, f"{value:.4g}", unit, command, today, ", ".join(versions), lists_of(benchmark)]
    rows[benchmark, figure] = dict(zip(COLUMNS, row, strict=True))
    with RESULTS.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows))
    shutil.copyfile(RESULTS, IN_LIBRARY)
    print(f"{benchmark}: {figure}: {value:.4g} {unit}")
