"""What was read and measured once is kept beside the study, in ``.cache/``, so that nothing is read or measured twice.

A reading is kept under what it was made from: the text, the settings that matter to it, and the library's own source up
to the part that reads. A change of any of them makes another name, so that nothing kept is ever wrong, only missing.
Files are whole or not there, so that reports that run at the same time do one another no harm.
"""

import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from inspect import isfunction
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from parley.read import PARTS, Article, Piece
from parley.text.cells import KEPT

FOLDER = ".cache"
READ, DONE = (
    "read",
    "study.json",
)  # of a folder that `parley.scale` writes: its readings, and what says that it is whole
# The library's parts, from the ground up, that make each part of a reading; a change in one above makes no difference.
GROUND = ["data", "text", "corpus", "read.py", "store.py"]
MADE_BY = dict.fromkeys(["segments", "sentences", "words"], GROUND)
MADE_BY["attributions"] = [*GROUND, "sourcing"]
MADE_BY["mentions"] = [*MADE_BY["attributions"], "keywords", "stance"]
MADE_BY["passages"] = [*GROUND, "study.py"]
MATTERS = {"attributions": ["sides"], "mentions": ["sides", "keywords"]}  # and whether all languages are read
VERSIONS = ["numpy", "pandas", "scikit-learn", "scipy"]
MOST_KEPT = 4  # of readings with different settings or library, and of each result
STALE = 3600  # seconds after which a file that nobody finished is one that nobody will
PAIRS = ["others"]  # lists of pairs of words, kept flat
_SAID: set[Path] = set()  # where nothing can be kept
UNREADABLE = (OSError, pa.ArrowException, ValueError, KeyError, TypeError)


def digest(*things: object) -> str:
    """A short name for some texts, numbers and lists of them; different ones have different names."""
    return hashlib.blake2b(json.dumps(things, default=str).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def source(parts: tuple[str, ...] = ("",)) -> str:
    """A name for some parts of the library as it runs, and for what it stands on; by default for all of it."""
    # A function that somebody put in the place of the library's own is a change like any other.
    modules = [(name, module) for name, module in sorted(sys.modules.items()) if name.startswith("parley.")]
    own = [(name, key, one) for name, module in modules for key, one in vars(module).items() if isfunction(one)]
    put = [(name, key, repr(one)) for name, key, one in own if "<l" in one.__qualname__]
    return digest(_installed(parts), put)


@cache
def _installed(parts: tuple[str, ...]) -> str:
    folder = Path(__file__).parent
    files = [
        file for part in parts for file in ([folder / part] if part.endswith(".py") else (folder / part).rglob("*"))
    ]
    files = sorted({file for file in files if file.is_file() and "__pycache__" not in file.parts})
    read = [(file.relative_to(folder).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
    return digest(read, platform.python_version(), [version(name) for name in VERSIONS])


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Another name under which to write a file, so that nobody ever reads half of it."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def key(article: Article) -> str:
    """A name for all that the reading of an article depends on, the settings aside."""
    return digest(*article)


class Store:
    """The folder in which readings and results of one study are kept; one that cannot be written to is done without.

    `elsewhere` has more of them, in partitions that `parley.scale` wrote; nothing in it is changed.
    """

    def __init__(self, folder: Path, elsewhere: Path | None = None) -> None:
        self.folder, self.elsewhere = folder, elsewhere

    def _of(self, part: str, settings: Mapping) -> Path:
        about = [settings.get(section) for section in MATTERS.get(part, ())]
        about += [settings.get("articles", {}).get("read") if part in MATTERS else None]
        return self.folder / f"{part}-{digest(about, source(tuple(MADE_BY[part])))}"

    def _files(self, part: str, settings: Mapping) -> list[Path]:
        folder = self._of(part, settings)
        own = sorted(folder.glob("*.parquet"))
        return own + (sorted(self.elsewhere.glob(f"*/{folder.name}/*.parquet")) if self.elsewhere else [])

    def works(self) -> bool:
        """Whether anything can be kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                return True
        except OSError:
            return False

    def lacks(self, settings: Mapping, keys: Mapping[str, str]) -> list[str]:
        """The articles of which some part is not kept, by what stands at the head of the files."""
        known: dict[str, int] = dict.fromkeys(keys, 0)
        for part in PARTS:
            found = set()
            for path in self._files(part, settings):
                with suppress(*UNREADABLE):
                    rows = json.loads(pq.read_schema(path).metadata[b"parley"])
                    found |= {name for name, own, _ in rows if keys.get(name) == own}
            for name in found:
                known[name] += 1
        return [name for name, parts in known.items() if parts < len(PARTS)]

    def kept(self, part: str, settings: Mapping, keys: Mapping[str, str]) -> list[Piece]:
        """What is kept of a part, of the articles with these ids and keys."""
        found, seen = [], set()
        for path in self._files(part, settings):
            with suppress(*UNREADABLE):
                rows = json.loads(pq.read_schema(path).metadata[b"parley"])  # id, key and rows of each article
                wanted = [keys.get(name) == own and name not in seen for name, own, _ in rows]
                if not any(wanted):
                    continue
                table, counts = _read(path), [count for *_, count in rows]
                if sum(counts) != len(table):
                    continue
                if not all(wanted):
                    table = table[np.repeat(wanted, counts)].reset_index(drop=True)
                    rows = [row for row, own in zip(rows, wanted, strict=True) if own]
                found.append(Piece(table, [name for name, *_ in rows], [count for *_, count in rows]))
                seen.update(found[-1].article_ids)
        return found

    def keep(self, part: str, settings: Mapping, keys: Mapping[str, str], piece: Piece) -> None:
        """Keep a part of some articles."""
        rows = [(name, keys[name], count) for name, count in zip(piece.article_ids, piece.rows, strict=True)]
        self._write(self._of(part, settings) / f"{digest(rows)}.parquet", piece.table, rows)

    def tidy(self, part: str, settings: Mapping, keys: Mapping[str, str]) -> None:
        """Drop what is kept of articles that are no more, and of settings and versions of the library long gone."""
        folder = self._of(part, settings)
        for path in folder.glob("*.parquet"):
            with suppress(OSError):
                try:
                    rows = json.loads(pq.read_schema(path).metadata[b"parley"])
                except UNREADABLE:
                    rows = []
                if not any(keys.get(name) == own for name, own, _ in rows):
                    path.unlink()
        _forget(folder)

    def result(self, name: str, made_from: Sequence) -> pd.DataFrame | None:
        """The table kept under a name and what it was made from, the library included; None if there is none."""
        path = self._result(name, made_from)
        for one in [path, *([self.elsewhere / path.name] if self.elsewhere else [])]:
            with suppress(*UNREADABLE):
                return _read(one)
        return None

    def has_result(self, name: str, made_from: Sequence) -> bool:
        """Whether there is a table of this name."""
        return self._result(name, made_from).is_file()

    def keep_result(self, name: str, made_from: Sequence, table: pd.DataFrame) -> None:
        """Keep a table; an older one of this name is dropped in time."""
        path = self._result(name, made_from)
        self._write(path, table, [])
        _forget(path)

    def _result(self, name: str, made_from: Sequence) -> Path:
        return self.folder / f"{name}-{digest(made_from, source(tuple(MADE_BY.get(name, ('',)))))}.parquet"

    def _write(self, path: Path, table: pd.DataFrame, rows: Sequence) -> None:
        """Write a file, or say that none can be written."""
        arrow = pa.Table.from_pandas(_flat(table), preserve_index=table.index.name is not None)
        about = {b"parley": json.dumps(rows).encode(), b"attrs": json.dumps(table.attrs).encode()}
        arrow = arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **about})
        try:
            with whole(path) as temporary:
                pq.write_table(arrow, temporary, compression="zstd", write_page_checksum=True)
        except OSError as error:
            if self.folder not in _SAID:
                _SAID.add(self.folder)
                why = f"readings cannot be kept ({error.strerror or error})"
                remedy = "make the folder writable, so that a second report reads only what changed"
                warnings.warn(f"{self.folder}: {why}; {remedy}.", UserWarning, stacklevel=2)


def _forget(used: Path) -> None:
    """Mark what was used; of its kind only the last ones used stay, and nothing that was never finished."""
    with suppress(OSError):
        os.utime(used)
        kind = used.name.rpartition("-")[0]
        alike = sorted(used.parent.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in alike[MOST_KEPT:]:
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink()
        for left in [*used.parent.glob(".*.parquet.*"), *used.glob(".*.parquet.*")]:
            if left.stat().st_mtime < time.time() - STALE:
                left.unlink()


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose cells Parquet can hold."""
    names = [name for name in PAIRS if name in table and table[name].dtype == object]
    flat = {
        name: pd.Series([[*chain.from_iterable(cell)] for cell in table[name]], table.index, object) for name in names
    }
    return table.assign(**flat)


def _read(path: Path) -> pd.DataFrame:
    """A kept table, as it was."""
    arrow = pq.read_table(path, page_checksum_verification=True)
    about = arrow.schema.metadata
    table = arrow.to_pandas(types_mapper=lambda kind: next((one for one in KEPT if one.pyarrow_dtype == kind), None))
    cells = {}
    for name in table.columns:
        if pa.types.is_list(arrow.schema.field(name).type) and table[name].dtype not in KEPT:
            lists = arrow[name].to_pylist()
            lists = [list(zip(one[::2], one[1::2], strict=True)) for one in lists] if name in PAIRS else lists
            cells[name] = pd.Series(lists, table.index, object)
    table = table.assign(**cells)
    table.attrs = json.loads(about[b"attrs"])
    return table
