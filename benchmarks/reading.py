"""What reading costs at any size: CPU seconds, wall time and peak memory, beside scikit-learn's CountVectorizer.

    python benchmarks/reading.py POLNEAR_FOLDER [ARTICLES …]      100, 1,000 and 10,000 articles by default

The articles are PolNeAR's train part with sentences and words exchanged between them (`exchanged.py`). Each figure is of a
process of its own: a study is loaded with an empty store, then with the one that the first left. Memory is that of all
processes together, in multiples of the text.
"""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd
from exchanged import exchanged, read_texts

SIZES = [100, 1_000, 10_000]
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
COUNT = "from sklearn.feature_extraction.text import CountVectorizer; CountVectorizer().fit_transform(frame['text'].tolist())"
READ = """
import warnings; warnings.simplefilter('ignore')
import joblib, parley.read
parley.read.joblib.cpu_count = lambda: {cores}
study = parley.load_study(folder)
for name in ('segments', 'attributions', 'mentions'): study.peek(name)
"""
ALL = READ + "study.peek('passages'); study.term_counts()\n"


def run(code: str, folder: Path) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak megabytes of a process and all its children."""
    code = (
        f"import pandas as pd; folder = {str(folder)!r}; frame = pd.read_parquet(folder + '/articles.parquet')\n{code}"
    )
    begun, before = time.monotonic(), os.times()
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", code])
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], sum(_memory(one) for one in _family(child)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status = os.waitpid(child, 0)
    done.set()
    watcher.join()
    after = os.times()
    if status:
        sys.exit(f"failed: {code}")
    cpu = sum(after[n] - before[n] for n in (2, 3))  # of children, and of theirs
    return cpu, time.monotonic() - begun, peak[0]


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


def main(polnear: Path, sizes: list[int]) -> None:
    """Print a line a size and task."""
    texts = read_texts(polnear)
    nothing = run("import parley", _written(texts[:1], Path(tempfile.mkdtemp())))
    print(f"{'articles':>9}  {'task':42}{'CPU s':>8}{'passes':>8}{'wall s':>8}{'MB':>8}{'× text':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            folder = _written(exchanged(texts, size), Path(made))
            text = sum(map(len, pd.read_parquet(folder / "articles.parquet")["text"])) / 1e6
            one = None
            tasks = {"CountVectorizer": COUNT, "reading, one core": READ.format(cores=1), "again": READ.format(cores=1)}
            tasks |= {"reading, two cores": READ.format(cores=2), "with copy and counts": ALL.format(cores=2)}
            for name, code in tasks.items():
                if name != "again" and (folder / ".cache").exists():
                    for path in sorted((folder / ".cache").rglob("*"), reverse=True):
                        path.rmdir() if path.is_dir() else path.unlink()
                cpu, wall, memory = run(code, folder)
                cpu, memory = cpu - nothing[0], memory - nothing[2]  # without what importing takes
                one = one or cpu
                print(
                    f"{size:9,}  {name:42}{cpu:8.1f}{cpu / one:8.1f}{wall:8.1f}{memory:8.0f}{memory / text:8.1f}",
                    flush=True,
                )


def _written(texts: list[str], folder: Path) -> Path:
    pd.DataFrame({"text": texts}).to_parquet(folder / "articles.parquet", index=False)
    (folder / "study.toml").write_text(STUDY, "utf-8")
    return folder


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python benchmarks/reading.py POLNEAR_FOLDER [ARTICLES …]")
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or SIZES)
