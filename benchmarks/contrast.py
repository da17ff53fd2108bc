"""How often `parley.contrast` cries wolf, how often it finds what is there, and what it costs.

    python benchmarks/contrast.py POLNEAR_FOLDER

False findings: articles of one outlet are dealt into two groups at random, so that nothing differs; a finding
is a term with p ≤ .05. Beside it stands what most tools print: G² with the asymptotic chi-square distribution
and Benjamini & Hochberg's correction, at the same level over the same terms. Power: articles drawn from two
outlets, all pairs of them. Lengths: as for false findings, but the first group keeps a third of the words of
each article, drawn at random: rates are the same, only lengths differ.

All articles of train and dev are read as one study, copy counts once in each group, and articles that share
copy move together, as in `parley.contrast.compare`. Takes about ten minutes on one core.
"""

import sys
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from results import record
from scipy.stats import chi2, false_discovery_control
from tqdm import tqdm

from parley import Study, study_from_table
from parley.contrast import compare, compare_groups, grouped
from parley.contrast.counting import Counts, counts
from parley.text.copies import clusters

OUTLET, OTHER = "nyt", "usa-today"
SPLITS = 500
DRAWS_OF_A_PAIR = 20
LEVEL = 0.05
SEED = 5
COMMAND = "python benchmarks/contrast.py POLNEAR_FOLDER"


def read_study(folder: Path) -> Study:
    """Read train and dev, each article with its outlet."""
    metadata = pd.read_csv(folder / "metadata.tsv", sep="\t").drop_duplicates("filename")
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for part in ("train", "dev")
        for path in sorted((folder / part / "text").glob("*.txt"))
    }
    return study_from_table(
        pd.DataFrame(
            {
                "article_id": list(texts),
                "text": list(texts.values()),
                "outlet": metadata.set_index("filename")["publisher"].reindex(list(texts)).to_numpy(),
            }
        )
    )


def count(study: Study, first: list[str], second: list[str]) -> tuple[Counts, list[str], list[str]]:
    """Count two groups of articles: the counts, the groups and the clusters of the articles."""
    articles = [*first, *second]
    group = ["first"] * len(first) + ["second"] * len(second)
    table = counts(study, articles, groups=pd.Series(group, index=articles))
    return table, group, clusters(study.passages, articles).tolist()


def contrast(table: Counts, group: list[str], cluster: list[str]) -> tuple[bool, bool]:
    """Tell whether anything is found, by permutation and by G² with Benjamini-Hochberg."""
    result = compare_groups(grouped(table, group, ["first", "second"], cluster))
    tested = result[result["p_value"].notna()]
    usual = false_discovery_control(chi2.sf(tested["g2"], df=1))
    return (tested["p_value"] <= LEVEL).any(), (usual <= LEVEL).any()


def random_splits(ids: np.ndarray, size: int, splits: int, name: str) -> Iterator[tuple[list, list]]:
    rng = np.random.default_rng([SEED, size])
    for _ in tqdm(range(splits), name, disable=None):
        drawn = rng.permutation(ids)[: 2 * size].tolist()
        yield drawn[:size], drawn[size:]


def shortened(table: Counts, group: list[str], rng: np.random.Generator) -> Counts:
    """Keep a third of the words of each article of the first group."""
    matrix = table.matrix.copy()
    last = matrix.indptr[group.count("first")]
    matrix.data[:last] = rng.binomial(matrix.data[:last], 1 / 3)
    matrix.eliminate_zeros()
    return table._replace(matrix=matrix)


def false_findings(study: Study, ids: np.ndarray) -> None:
    for size in (10, 50):
        splits = random_splits(ids, size, SPLITS, f"{size} v {size}")
        found = np.mean([contrast(*count(study, *split)) for split in splits], axis=0)
        what = f"{OUTLET}, {SPLITS} random splits, {size} v {size}"
        record("contrast", f"false findings, {what}", found[0], "share of splits", COMMAND)
        record("contrast", f"false findings by G² + BH, {what}", found[1], "share of splits", COMMAND)


def lengths_differ(study: Study, ids: np.ndarray) -> None:
    rng = np.random.default_rng(SEED)
    for size in (10, 50):
        found = []
        for split in random_splits(ids, size, SPLITS // 5, f"lengths {size} v {size}"):
            table, group, cluster = count(study, *split)
            found.append(contrast(shortened(table, group, rng), group, cluster)[0])
        what = f"{OUTLET}, {SPLITS // 5} random splits, {size} v {size}, one group cut to a third"
        record("contrast", f"false findings, {what}", np.mean(found), "share of splits", COMMAND)


def power(study: Study, outlet: pd.Series, a: str, b: str, size: int, draws: int) -> float:
    rng = np.random.default_rng([SEED, size])
    found = []
    for _ in tqdm(range(draws), f"{a} against {b}, {size} v {size}", disable=None):
        drawn = [rng.choice(outlet.index[outlet == name], size, replace=False).tolist() for name in (a, b)]
        found.append(contrast(*count(study, *drawn))[0])
    return float(np.mean(found))


def power_of_pairs(study: Study, outlet: pd.Series) -> None:
    pairs = list(combinations(sorted(outlet.unique()), 2))
    for size in (10, 50):
        shares = np.array([power(study, outlet, a, b, size, DRAWS_OF_A_PAIR) for a, b in pairs])
        what = f"{len(pairs)} pairs of outlets, {DRAWS_OF_A_PAIR} draws each, {size} v {size}"
        record("contrast", f"power, lowest of {what}", shares.min(), "share of draws", COMMAND)
        record("contrast", f"power, median of {what}", np.median(shares), "share of draws", COMMAND)
        enough = np.mean(shares >= 0.75)
        record("contrast", f"power of .75 or more, {what}", enough, "share of pairs", COMMAND)


def cost(study: Study, outlet: pd.Series) -> None:
    for size in (10, 50):
        ids = [*outlet.index[outlet == OUTLET][:size], *outlet.index[outlet == OTHER][:size]]
        frame = study.articles.set_index("article_id").loc[ids, ["text", "outlet"]].reset_index()
        start = time.process_time()
        one = study_from_table(frame, contrast={"by": "outlet"})
        one.sentences  # noqa: B018 (reads the texts)
        read = time.process_time()
        compare(one)
        end = time.process_time()
        what = f"one contrast, {size} v {size}"
        record("contrast", f"{what}, counting and testing", end - read, "CPU s", COMMAND)
        record("contrast", f"{what}, from the texts", end - start, "CPU s", COMMAND)


def main(folder: Path) -> None:
    study = read_study(folder)
    outlet = study.articles.set_index("article_id")["outlet"].dropna()
    cost(study, outlet)
    ids = outlet.index[outlet == OUTLET].to_numpy()
    false_findings(study, ids)
    for size in (10, 50):
        what = f"{OUTLET} against {OTHER}, {SPLITS} draws, {size} v {size}"
        share = power(study, outlet, OUTLET, OTHER, size, SPLITS)
        record("contrast", f"power, {what}", share, "share of draws", COMMAND)
    lengths_differ(study, ids)
    power_of_pairs(study, outlet)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/contrast.py POLNEAR_FOLDER")
    main(Path(sys.argv[1]))
