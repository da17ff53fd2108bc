"""What reading costs at any size, beside its peers: CPU seconds, wall time and peak memory.

    python benchmarks/scale.py POLNEAR_FOLDER [--peers PYTHON] [--sizes 100 1000 10000 100000]

The articles are PolNeAR's train part with sentences and words exchanged between them (`exchanged.py`, a fixed seed), so
that none is another's copy. Every figure is of a process of its own: a study is read with an empty store, on one core and
on two, and what importing takes is given apart. Peers count or parse the same 500 articles with the Python that
``--peers`` names; one that cannot be imported there is left out, and said to be. The table and the picture are written
to ``benchmarks/README.md`` and ``benchmarks/scale.svg``.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from exchanged import exchanged, read_texts
from matplotlib import pyplot as plt

SIZES, FEW = [100, 1_000, 10_000, 100_000], 500
PAGE, PICTURE = (Path(__file__).with_name(name) for name in ("README.md", "scale.svg"))
BLOCK = re.compile(r"(<!-- scale -->\n).*?(<!-- end of scale -->)", re.S)
LAPTOP = 8, 8  # gigabytes of memory that a laptop has to spare, and cores
STUDY = """
[articles]
table = "articles.parquet"
[keywords]
deal = ["deal", "agreement", "bill", "plan"]
wall = ["wall", "ban", "strike", "war"]
[sides.republicans]
"Donald Trump" = ["Trump"]
[sides.democrats]
"Hillary Clinton" = ["Clinton"]
"""
READ = """
import warnings; warnings.simplefilter('ignore')
import parley, parley.read
parley.read.joblib.cpu_count = lambda: {cores}
study = parley.load_study(folder)
for name in ('segments', 'attributions', 'mentions'): study.peek(name)
"""
TEXTS = "import pandas as pd; texts = pd.read_parquet(folder + '/articles.parquet')['text'].tolist()\n"
# What a peer is asked, and what for: the nearest that it has to a part of the reading.
PEERS = {
    "scikit-learn, CountVectorizer: words counted": (
        "from sklearn.feature_extraction.text import CountVectorizer", "CountVectorizer().fit_transform(texts)",
    ),
    "Polars: words split and counted": (
        "import polars as pl",
        "frame = pl.DataFrame({'text': texts}).select(pl.col('text').str.to_lowercase().str.extract_all(r'\\w+').alias('word'))\n"
        "frame.with_row_index('article').explode('word').group_by('article', 'word').len()",
    ),
    "spaCy, {model}: a document each": ("import spacy", "{make}\nfor one in nlp.pipe(texts): pass"),
    "textacy, direct quotations on {model}": (
        "import spacy; from textacy.extract import direct_quotations",
        "{make}\nfor one in nlp.pipe(texts):\n    try: list(direct_quotations(one))\n    except ValueError: pass",
    ),
}  # fmt: skip
TRAINED = "en_core_web_sm"
MODELS = {
    TRAINED: f"nlp = spacy.load({TRAINED!r})",
    "a blank pipeline with sentencizer": "nlp = spacy.blank('en'); nlp.add_pipe('sentencizer'); nlp.max_length = 10**8",
}


class Cost(NamedTuple):
    """CPU seconds, wall seconds and peak megabytes of a process and all its children."""

    cpu: float
    wall: float
    memory: float


def run(code: str, python: str = sys.executable) -> Cost | None:
    """What a process costs; None if it fails."""
    begun, before = time.monotonic(), os.times()
    child = subprocess.Popen([python, "-c", code], stderr=None if python == sys.executable else subprocess.DEVNULL)
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], sum(map(_memory, _family(child.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = child.wait()
    done.set()
    watcher.join()
    after = os.times()
    cpu = sum(after[n] - before[n] for n in (2, 3))  # of children, and of theirs
    return None if status else Cost(cpu, time.monotonic() - begun, peak[0])


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [process, *(one for child in children.read_text().split() for one in _family(int(child)))]
    except OSError:
        return []


def _memory(process: int) -> float:
    """Megabytes that a process has for itself, and its part of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return 0.0


def measured(code: str, imports: str, python: str = sys.executable) -> Cost | None:
    """What code costs beyond what it imports; None if it fails."""
    nothing, all_of_it = run(imports, python), run(f"{imports}\n{code}", python)
    return _beyond(all_of_it, nothing) if nothing and all_of_it else None


def _beyond(cost: Cost, imports: Cost) -> Cost:
    """CPU time and memory without what importing takes; wall time as it passes."""
    return Cost(cost.cpu - imports.cpu, cost.wall, cost.memory - imports.memory)


def written(texts: Sequence[str], folder: Path) -> Path:
    """A folder with a study of these texts."""
    folder.mkdir()
    pd.DataFrame({"text": list(texts)}).to_parquet(folder / "articles.parquet", index=False)
    (folder / "study.toml").write_text(STUDY, "utf-8")
    return folder


def reading(texts: Sequence[str], sizes: Sequence[int], made: Path) -> list[Mapping]:
    """The cost of reading so many articles, on one core and on two."""
    rows, interpreter = [], run("import parley")
    for size in sizes:
        some = exchanged(texts, size)
        megabytes = sum(map(len, some)) / 1e6
        for cores in (1, 2):
            folder = written(some, made / f"{size}-{cores}")
            cost = _beyond(run(f"folder = {str(folder)!r}\n{READ.format(cores=cores)}"), interpreter)
            rows.append(_row(f"Parley, read on {cores} core{'s' * (cores > 1)}", size, megabytes, cost))
    return rows


def peers(texts: Sequence[str], python: str, made: Path) -> tuple[list[Mapping], list[str]]:
    """The cost of each peer on a few articles, and what could not be measured."""
    some = exchanged(texts, FEW)
    folder, left_out = written(some, made / "peers"), []
    rows, megabytes = [], sum(map(len, some)) / 1e6
    model = next((name for name, make in MODELS.items() if run(f"import spacy\n{make}", python)), None)
    if model and model != TRAINED:
        left_out.append(f"spaCy's {TRAINED}, without which textacy has no parse to find speakers by")
    for name, (imports, code) in PEERS.items():
        called, code = name.format(model=model), code.replace("{make}", MODELS.get(model, ""))
        cost = measured(
            f"folder = {str(folder)!r}\n{TEXTS}{code}", f"{imports}; import pandas, pyarrow.parquet", python
        )
        if cost:
            rows.append(_row(called, FEW, megabytes, cost))
        else:
            left_out.append(name.split(",")[0].split(":")[0])
    return rows, left_out


def _row(what: str, articles: int, megabytes: float, cost: Cost) -> Mapping:
    row = {
        "what": what, "articles": articles, "MB of text": megabytes, "CPU s": cost.cpu, "wall s": cost.wall,
        "ms an article": 1000 * cost.cpu / articles, "peak MB": cost.memory, "times the text": cost.memory / megabytes,
    }  # fmt: skip
    print("  ".join(f"{value:,.1f}" if isinstance(value, float) else f"{value}" for value in row.values()), flush=True)
    return row


def verdict(table: pd.DataFrame) -> str:
    """Where a laptop ends and Dask begins, from what an article more takes in memory and time."""
    own = table[table["what"].str.startswith("Parley, read on 1 ")].nlargest(2, "articles")
    more = own["articles"].iloc[0] - own["articles"].iloc[1]
    megabytes, seconds = ((own[name].iloc[0] - own[name].iloc[1]) / more for name in ("peak MB", "CPU s"))
    most = _round(LAPTOP[0] * 1000 / megabytes)
    minutes = most * seconds / LAPTOP[1] / 60
    each = f"an article more takes {1000 * megabytes:,.0f} kB and {1000 * seconds:.0f} ms"
    laptop = f"a laptop with {LAPTOP[0]} GB to spare ends at {most:,} articles"
    on = f"({minutes:,.0f} minutes if its {LAPTOP[1]} cores share the work evenly)"
    return f"Since {each}, {laptop} {on}; beyond, `python -m parley.scale` reads on many processes or machines."


def _round(number: float) -> int:
    """A number rounded down to two digits."""
    digit = 10 ** max(int(np.log10(number)) - 1, 0)
    return int(number // digit * digit)


def draw(table: pd.DataFrame) -> None:
    """A picture of CPU time an article and of peak memory, by the number of articles."""
    plt.rcParams |= {"svg.hashsalt": "scale", "svg.fonttype": "none"}
    fig, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for name, column in (
        ("ms an article", "CPU milliseconds an article"),
        ("times the text", "peak memory, times the text"),
    ):
        ax = axes[int(name != "ms an article")]
        for what, own in table.groupby("what", sort=False):
            ax.plot(own["articles"], own[name], "o-" if len(own) > 1 else "D", label=what)
        ax.set(xscale="log", yscale="log", xlabel="articles", ylabel=column)
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False, fontsize=8)
    fig.savefig(PICTURE, metadata={"Date": None})


def write(table: pd.DataFrame, left_out: Sequence[str]) -> None:
    """Put the table, its sentence and the picture on the page."""
    shown = table.assign(**{name: table[name].map("{:,.1f}".format) for name in table.select_dtypes(float)})
    shown["articles"] = shown["articles"].map("{:,}".format)
    rows = [list(shown), ["---"] + ["---:"] * (len(shown.columns) - 1), *shown.astype(str).to_numpy().tolist()]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    said = [verdict(table), f"Not measured, for it could not be installed: {'; '.join(left_out)}." if left_out else ""]
    block = "\n".join([*lines, "", *filter(None, said), "", f"![CPU time and memory by size]({PICTURE.name})", ""])
    page = PAGE.read_text("utf-8")
    PAGE.write_text(BLOCK.sub(lambda found: found[1] + block + found[2], page), "utf-8")
    print("\n".join(filter(None, said)))


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("polnear", type=Path, help="the folder of PolNeAR, with train/text in it")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ARTICLES", help="how many to read")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="the Python that has the peers")
    given = parser.parse_args()
    texts = read_texts(given.polnear)
    with tempfile.TemporaryDirectory() as made:
        rows, left_out = peers(texts, given.peers, Path(made))
        rows += reading(texts, given.sizes, Path(made))
    table = pd.DataFrame(rows)
    draw(table)
    write(table, left_out)


if __name__ == "__main__":
    main()
