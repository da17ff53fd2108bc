"""``python -m parley.scale STUDY OUT``: the reading of a study on many processes or machines, with Dask.

Articles are dealt into partitions, which are read one by one as anywhere else. What needs the whole corpus comes after:
shared copy by dealing shingles by their hashes, so that the same ones meet, and what counts once in a second pass.
"""

import argparse
import json
import os
import shutil
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from parley.contrast.counting import counts
from parley.corpus.articles import as_text
from parley.corpus.reading import handed_out
from parley.corpus.settings import StudyError
from parley.corpus.versions import find_versions
from parley.load import load_to_read
from parley.read import ALONE
from parley.store import DONE, READ, Store, source, whole
from parley.study import ROW, Study, by_place, printed, printings
from parley.text.cells import Stretch
from parley.text.copies import (
    EVIDENCE,
    FEWEST,
    SHINGLE,
    SHORTEST,
    Corpus,
    align_at,
    dealt,
    gather,
    longer,
    neighbours,
    shingles,
)

try:
    from distributed import Client, LocalCluster
except ImportError:  # pragma: no cover
    Client = LocalCluster = None

WORK = "work"  # what partitions deal one another, until all is done
SPANS, TEXTS = (pa.list_(pa.list_(kind)) for kind in (pa.int64(), pa.string()))
STRETCHES = pa.list_(pa.struct([(name, pa.string() if name == "op" else pa.int64()) for name in Stretch._fields]))
LISTS = {"cue": SPANS, "content": SPANS, "others": TEXTS, "edits": TEXTS, "alignment": STRETCHES}
TABLES = ["articles", "segments", "sentences", "attributions", "mentions", "term_counts"]  # a file a partition


class Part(NamedTuple):
    """A partition: its articles, and all that a worker has to know to read them."""

    number: int
    parts: int  # how many there are
    out: Path
    settings: Mapping
    library: str
    articles: pd.DataFrame
    overruled: pd.DataFrame | None

    def study(self) -> Study:
        """The study of these articles alone."""
        if source() != self.library:
            remedy = "install the same version there, with the same packages"
            raise StudyError(f"a worker has another version of parley than this process; {remedy}.")
        store = Store(self.out / READ / f"{self.number:05d}")
        return Study(self.articles, self.settings, overruled=self.overruled, store=store)

    def work(self, name: str, number: int | None = None) -> Path:
        """A file that is dealt from one partition to others."""
        return self.out / WORK / f"{name}-{self.number if number is None else number:05d}.parquet"


def read_partitions(
    path: str | os.PathLike, out: str | os.PathLike, client: "Client", partitions: int | None = None
) -> None:
    """Read a study in partitions and write its tables.

    Parameters
    ----------
    path : str or Path
        A study.toml, or the folder that holds it.
    out : str or Path
        A folder that all workers can read and write. In it, ``articles, segments, sentences, attributions, mentions,
        term_counts`` are folders of Parquet files, a file a partition, in order; ``passages, versions, terms, problems``
        are files. ``read = "OUT"`` in the section ``articles`` of study.toml takes the readings from there.
    client : distributed.Client
    partitions : int, optional
        Into how many parts the articles are dealt; by default as many as there are two million characters.

    Raises
    ------
    StudyError
        As `parley.load_study`; also where a worker has another version of the library, or the folder cannot be used.
    """
    study, out = load_to_read(path), Path(out).resolve()
    try:
        _scale(study, out, client, partitions)
    except OSError as error:
        remedy = "name a folder that this process and all workers can read and write"
        raise StudyError(f"{error.filename or out}: {error.strerror or error}; {remedy}.") from None


def _scale(study: Study, out: Path, client: "Client", partitions: int | None) -> None:
    for name in (DONE, WORK, *TABLES):
        shutil.rmtree(out / name, ignore_errors=True) if name != DONE else (out / name).unlink(missing_ok=True)
    (out / WORK).mkdir(parents=True)
    parts, rank = [*_parts(study, out, partitions)], {name: n for n, name in enumerate(study.order)}
    for old in sorted((out / READ).glob("[0-9]*"))[len(parts) :]:
        shutil.rmtree(old)
    owner = np.empty(len(rank), np.int32)  # the partition of each article, in order of time
    for part in parts:
        owner[[*map(rank.__getitem__, part.articles["article_id"])]] = part.number

    ranks = ([*map(rank.__getitem__, part.articles["article_id"])] for part in parts)
    lengths = pd.concat(_each(client, _read, zip(parts, ranks, strict=True), "reading", len(parts)))
    bare = [part._replace(articles=part.articles[:0]) for part in parts]
    for _ in _each(client, _meet, ((part, owner) for part in bare), "shared copy", len(parts)):
        pass
    wanted = [*_each(client, _choose, ((part,) for part in bare), "pairs", len(parts))]
    wanted = pd.DataFrame({"rank": np.concatenate(wanted), "to": np.repeat(range(len(parts)), [*map(len, wanted)])})
    asked = dict(iter(wanted.groupby(owner[wanted["rank"]])))
    sent = ((part, asked.get(part.number, wanted[:0]), study.order) for part in parts)
    for _ in _each(client, _send, sent, "words", len(parts)):
        pass
    aligned = pd.concat(_each(client, _align, ((part,) for part in bare), "alignment", len(parts)))
    aligned = aligned.sort_values(["article_a", "article_b", "start_a", "start_b"], ignore_index=True)
    Store(out / READ).keep_result("passages", [printed(study), ()], aligned)

    passages = longer(aligned, SHORTEST)
    versions = find_versions(study.articles, passages, lengths.reindex(study.order))
    terms: dict[str, Counter] = {"count": Counter(), "articles": Counter()}
    second = _each(client, _finish, _with_others(study, parts, passages, versions), "tables", len(parts))
    for names, *totals in second:
        for total, own in zip(terms.values(), totals, strict=True):
            total.update(dict(zip(names, own.tolist(), strict=True)))
    vocabulary = sorted(terms["count"])
    merged = pd.DataFrame({"term": pd.Series(vocabulary, dtype="str")} | {
        name: pd.Series([total[term] for term in vocabulary], dtype="int64") for name, total in terms.items()
    })  # fmt: skip
    whole = {"passages": handed_out(passages), "versions": versions, "terms": merged, "problems": study.problems}
    for name, table in whole.items():
        _write(table, out / f"{name}.parquet")
    shutil.rmtree(out / WORK)
    read = {name: value for name, value in study.settings["articles"].items() if name == "read"}
    (out / DONE).write_text(json.dumps(read), "utf-8")


def _parts(study: Study, out: Path, partitions: int | None) -> Iterator[Part]:
    """Articles dealt into partitions of about as many characters."""
    next(study._articles())  # says what is wrong with the segments table
    ends = study.articles["text"].str.len().cumsum().to_numpy()
    partitions = partitions or -(-int(ends[-1]) // ALONE)
    number = np.minimum((ends - 1).clip(0) * partitions // max(ends[-1], 1), partitions - 1)
    for n in range(partitions):
        own, overruled = study.articles[number == n].reset_index(drop=True), study._overruled
        if overruled is not None:
            overruled = overruled[overruled["article_id"].isin(own["article_id"])].reset_index(drop=True)
        yield Part(n, partitions, out, dict(study.settings), source(), own, overruled)


def _each(client: "Client", work: Callable, tasks: Iterable[tuple], said: str, count: int) -> Iterator:
    """What the workers make of each task, in order; no more are under way than keep all workers busy."""
    client.wait_for_workers(1)
    waiting, ahead = deque(), 2 * sum(client.nthreads().values())
    with tqdm(None, said, count, disable=None, leave=False) as bar:
        for task in tasks:
            waiting.append(client.submit(work, *task, pure=False))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
                bar.update()
        while waiting:
            yield waiting.popleft().result()
            bar.update()


def _read(part: Part, ranks: list[int]) -> pd.Series:
    """Read a partition, and deal its shingles; the words of each article."""
    study = part.study()
    for name in ("segments", "read_attributions", "read_mentions"):
        study.peek(name)
    corpus = _corpus(study, part.articles["article_id"])
    hashes, place = shingles(corpus)
    article = corpus.article(place)
    rows = pd.DataFrame({"hash": hashes, "rank": np.array(ranks, np.int32)[article]})
    rows = rows.assign(place=(place - corpus.first(article)).astype(np.int32))
    rows = rows.assign(block=corpus.block(place).astype(np.int32))
    _deal(part.work("shingles"), rows, dealt(hashes, part.parts), part.parts)
    return study.lengths


def _corpus(study: Study, ids: Iterable[str]) -> Corpus:
    """The words of articles, each known by a number that is the same in every partition."""
    corpus = gather(*printings(study, ids))
    return corpus._replace(ids=_numbers(study, corpus.ids))


def _numbers(study: Study, forms: np.ndarray) -> np.ndarray:
    """For words known by the number of their form in a study, the numbers that are the same in every partition."""
    numbers = pd.util.hash_array(study.peek("tokens")["form"].cat.categories.to_numpy(object), categorize=False)
    return numbers[forms] if len(numbers) else forms.astype(np.uint64)


def _meet(part: Part, owner: np.ndarray) -> None:
    """Pair the printings of the shingles that came to a partition, and deal them to the partitions of the earlier ones."""
    rows = _dealt(part, "shingles").sort_values(["hash", "rank"], ignore_index=True)
    pairs = [rows.iloc[one].drop(columns="hash").reset_index(drop=True) for one in neighbours(rows["hash"].to_numpy())]
    pairs = pairs[0].join(pairs[1], lsuffix="_a", rsuffix="_b")
    _deal(part.work("pairs"), pairs, owner[pairs["rank_a"]], part.parts)


def _choose(part: Part) -> np.ndarray:
    """The articles that share more than one stock phrase with those of a partition, and these."""
    pairs = _dealt(part, "pairs")
    blocks = pairs.groupby(["rank_a", "rank_b", "block_a", "block_b"])["place_a"]
    pairs = pairs[blocks.transform("size") > EVIDENCE - SHINGLE]  # so many shingles in a row are the words asked for
    _write(pairs.reset_index(drop=True), part.work("chosen"))
    return np.unique(pairs[["rank_a", "rank_b"]])


def _send(part: Part, wanted: pd.DataFrame, order: Sequence[str]) -> None:
    """Deal the words of articles to the partitions that align them."""
    study, ranks = part.study(), np.unique(wanted["rank"])
    names = [order[rank] for rank in ranks]
    printed, read = printings(study, names)
    every = [read(name, 0, len(text)) for name, (text, _) in printed.items()]
    nothing = (np.empty(0, np.int32),) * 3  # of a partition that shares no copy
    ids, start, end = map(np.concatenate, zip(nothing, *every, strict=True))
    words = {"id": _numbers(study, ids), "start": start, "end": end}
    words["rank"] = np.repeat(ranks, [len(one) for one, *_ in every])
    texts = {"name": pd.Series(names, dtype="str"), "rank": ranks}
    texts["text"] = pd.Series([text for text, _ in printed.values()], dtype="str")
    spans = [(rank, *span) for rank, (_, own) in zip(ranks, printed.values(), strict=True) for span in own]
    spans = pd.DataFrame(spans, columns=["rank", "start", "end"], dtype="int64")
    for name, rows in (("words", words), ("texts", texts), ("spans", spans)):
        rows = pd.DataFrame(rows).merge(wanted, on="rank")
        _deal(part.work(name), rows.drop(columns="to"), rows["to"], part.parts)


def _align(part: Part) -> pd.DataFrame:
    """Align the articles of a partition with later ones."""
    pairs = pd.read_parquet(part.work("chosen"))
    names = ("words", "texts", "spans")
    words, texts, spans = (_dealt(part, name).sort_values("rank", kind="stable") for name in names)
    ranks, of = texts["rank"].to_numpy(), dict(iter(spans.groupby("rank")[["start", "end"]]))
    given = zip(*(texts[name] for name in ("name", "text", "rank")), strict=True)
    printed = {name: (text, of[rank].to_numpy().tolist()) for name, text, rank in given}
    bounds = np.searchsorted(words["rank"], [*ranks, ranks.max(initial=0) + 1])
    own = {name: slice(*bound) for name, bound in zip(printed, pairwise(bounds), strict=True)}
    ids, starts = pd.factorize(words["id"])[0].astype(np.int32), words["start"].to_numpy()
    corpus = gather(printed, by_place(own, ids, starts, words["end"].to_numpy() - starts))
    first = (corpus.first(np.searchsorted(ranks, pairs[f"rank_{one}"])) for one in "ab")
    a, b = (begun + pairs[f"place_{one}"].to_numpy() for one, begun in zip("ab", first, strict=True))
    return align_at(corpus, a, b, FEWEST)


def _with_others(study: Study, parts: list[Part], passages: pd.DataFrame, versions: pd.DataFrame) -> Iterator[tuple]:
    """For each partition, all that its rows depend on beside its articles."""
    articles, corrections = study.articles, study.corrections
    of = corrections["row"].astype("str").str.replace(ROW, "", regex=True)
    of = of.where(
        of.isin(articles["article_id"]), articles["article_id"].iloc[0]
    )  # one for no article is still a fault
    for part in parts:
        ids = part.articles["article_id"]
        own = passages[passages["article_a"].isin(ids) | passages["article_b"].isin(ids)].reset_index(drop=True)
        again = versions[versions["later"].isin(ids)].reset_index(drop=True)
        others = articles[articles["article_id"].isin({*own["article_a"], *own["article_b"]} - {*ids})]
        others = others.assign(text=others["text"].where(others["article_id"].isin(again["earlier"]), ""))
        overruled = study._overruled
        if overruled is not None:
            overruled = overruled[overruled["article_id"].isin(others["article_id"][others["text"] != ""])]
        yield part, others, overruled, own, again, corrections[of.isin(ids)].reset_index(drop=True)


def _finish(
    part: Part, others: pd.DataFrame, overruled: pd.DataFrame | None,
    passages: pd.DataFrame, versions: pd.DataFrame, corrections: pd.DataFrame,
) -> tuple[list[str], np.ndarray, np.ndarray]:  # fmt: skip
    """Write the tables of a partition; its terms, how often it has each, and in how many articles."""
    own = part.study()
    names = ("segments", "tokens", "read_attributions", "read_mentions")
    made = {name: own.peek(name) for name in names} | {"passages": passages, "versions": versions}
    made |= {"corrections": corrections}
    sentences, size = own.peek("all_sentences"), len(own.peek("all_sentences"))
    earlier = others[others["text"] != ""]
    if len(earlier):  # their sentences are left out of these
        before = Study(earlier, part.settings, overruled=overruled)
        sentences = pd.concat([sentences, before.peek("all_sentences")], ignore_index=True)
    made |= {"all_sentences": sentences}
    made |= {name: own.peek(name).reindex(sentences.index, fill_value=0) for name in ("words", "quoted_words")}
    study = Study(pd.concat([part.articles, others], ignore_index=True), part.settings)
    study._made |= made
    counted = counts(study)
    matrix = counted.matrix[: len(part.articles)].tocoo()
    terms = pd.Series(counted.terms, dtype="str")
    term_counts = pd.DataFrame({
        "article_id": part.articles["article_id"].to_numpy()[matrix.row], "term": terms.to_numpy()[matrix.col],
        "count": matrix.data.astype("int64"),
    })  # fmt: skip
    tables = {"articles": part.articles, "segments": study.segments, "sentences": study.sentences[:size]}
    tables |= {"attributions": study.attributions, "mentions": study.mentions, "term_counts": term_counts}
    for name, table in tables.items():
        _write(table, part.out / name / f"{part.number:05d}.parquet")
    totals = (np.bincount(matrix.col, weights, len(terms)).astype(int) for weights in (matrix.data, None))
    return counted.terms, *totals


def _deal(path: Path, rows: pd.DataFrame, to: np.ndarray, parts: int) -> None:
    """Write rows for others to read, a group of rows for each part."""
    to = np.asarray(to, np.int64)
    table = pa.Table.from_pandas(rows.iloc[np.argsort(to, kind="stable")], preserve_index=False)
    bounds = np.searchsorted(np.sort(to), range(parts + 1))
    with whole(path) as file, pq.ParquetWriter(file, table.schema, compression="zstd") as writer:
        for start, size in zip(bounds, np.diff(bounds), strict=False):
            writer.write_table(table.slice(start, size), row_group_size=max(size, 1))


def _dealt(part: Part, name: str) -> pd.DataFrame:
    """What all parts have written for this one."""
    files = (pq.ParquetFile(part.work(name, number)) for number in range(part.parts))
    return pa.concat_tables([file.read_row_group(part.number) for file in files]).to_pandas()


def _write(table: pd.DataFrame, path: Path) -> None:
    lists = [name for name in LISTS if name in table and table[name].dtype == object]
    given = {name: as_text(table[name]) for name in table.select_dtypes(object) if name not in lists}
    arrow = pa.Table.from_pandas(table.drop(columns=lists).assign(**given), preserve_index=False)
    for name in (name for name in table if name in lists):
        cells = table[name] if name != "alignment" else [[one._asdict() for one in cell] for cell in table[name]]
        arrow = arrow.add_column(table.columns.get_loc(name), name, pa.array(cells, LISTS[name]))
    with whole(path) as file:
        pq.write_table(arrow, file, compression="zstd")


def main(arguments: list[str]) -> int:
    """Read a study as the arguments say; 0, or 1 with one sentence on what is wrong."""
    parser = argparse.ArgumentParser("python -m parley.scale", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("study", help="a study.toml, or its folder")
    parser.add_argument("out", help="the folder to write to")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes on this machine")
    parser.add_argument("--scheduler", help="the address of a Dask scheduler whose workers see the same folder")
    parser.add_argument("--partitions", type=int, help="into how many parts articles are dealt")
    asked = parser.parse_args(arguments)
    if Client is None:
        print("parley.scale needs Dask; install it: python -m pip install distributed.", file=sys.stderr)
        return 1
    try:
        if asked.scheduler:
            with Client(asked.scheduler) as client:
                read_partitions(asked.study, asked.out, client, asked.partitions)
        else:
            with (
                LocalCluster(asked.workers, threads_per_worker=1, dashboard_address=None) as cluster,
                Client(cluster) as client,
            ):
                read_partitions(asked.study, asked.out, client, asked.partitions)
    except (StudyError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    from parley.scale import main as run  # so that workers find the functions by the name of their module

    sys.exit(run(sys.argv[1:]))
