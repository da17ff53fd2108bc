"""Reading a corpus: every character accounted for, and how long 10,000 articles and hostile texts take.

Run from the repository: ``.venv/bin/python benchmarks/corpus.py POLNEAR_FOLDER``, where the folder holds
``train/text`` and ``dev/text``. PolNeAR's texts may not be passed on, so they are named, not kept.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from results import record

from parley import load_study
from parley.corpus.segments import segment
from parley.text.sentences import split

COMMAND = "python benchmarks/corpus.py POLNEAR_FOLDER"
ARTICLES = 10_000
MILLION = 1_000_000
HOSTILE = {
    "one line of 50 MB": "truce in Aleppo " * (50 * MILLION // 16),
    "1 MB of line ends": "\n" * MILLION,
    'one line of 1 MB of "A: "': "A: " * (MILLION // 3),
    '1 MB of lines "A:"': "A:\n" * (MILLION // 3),
    "1 MB of opening brackets": "(" * MILLION,
    "1 MB of straight quotation marks": '"' * MILLION,
    "1 MB of curly quotation marks": "“" * MILLION,
    "1 MB of capitals": "A" * MILLION,
}


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU time of some work, and what it returns."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def accounted(segments: Any, articles: Any) -> float:
    """The share of characters that the segments, joined, give back in place."""
    joined = segments.groupby("article_id")["text"].agg("".join)
    kept = sum(
        len(text)
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        if joined.get(article_id, "") == text
    )
    return kept / articles["text"].str.len().sum()


def main(polnear: Path) -> None:
    texts = {
        path.stem: path.read_bytes()
        for part in ("train", "dev")
        for path in sorted((polnear / part / "text").glob("*.txt"))
    }
    with tempfile.TemporaryDirectory() as folder:
        study = write(Path(folder) / "once", texts)
        record("corpus", "PolNeAR texts", len(study.articles), "texts", COMMAND)
        record("corpus", "PolNeAR characters", study.articles["text"].str.len().sum(), "characters", COMMAND)
        record(
            "corpus",
            "PolNeAR characters accounted for",
            accounted(study.segments, study.articles),
            "share",
            COMMAND,
        )
        names = sorted(texts)
        many = {f"{i:05}": texts[names[i % len(names)]] for i in range(ARTICLES)}
        write(Path(folder) / "many", many)
        loading, study = seconds(lambda: load_study(Path(folder) / "many"))
        segmenting, segments = seconds(lambda: study.segments)
        splitting, _ = seconds(lambda: [split(text) for text in study.prose["text"]])
        record("corpus", "CPU time, 10,000 articles, loading", loading, "s", COMMAND)
        record("corpus", "CPU time, 10,000 articles, segments", segmenting, "s", COMMAND)
        record("corpus", "CPU time, 10,000 articles, sentences", splitting, "s", COMMAND)
        record(
            "corpus",
            "10,000 articles, characters accounted for",
            accounted(segments, study.articles),
            "share",
            COMMAND,
        )
    for name, text in HOSTILE.items():
        taken, found = seconds(lambda text=text: segment(text))
        assert "".join(text[start:end] for _, start, end in found) == text
        record("corpus", f"CPU time, segments of {name}", taken, "s", COMMAND)


def write(folder: Path, texts: dict[str, bytes]) -> Any:
    """A study of texts, one file each."""
    folder.mkdir()
    for name, data in texts.items():
        (folder / f"{name}.txt").write_bytes(data)
    (folder / "study.toml").write_text('[articles]\nfiles = "*.txt"\n', "utf-8")
    return load_study(folder)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: " + COMMAND)
    main(Path(sys.argv[1]))
