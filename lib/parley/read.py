"""One article to its rows: a pure function of its text and the settings, whatever else the corpus holds."""

import ctypes
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, chain
from typing import NamedTuple

import joblib
import numpy as np
import pandas as pd
import pyarrow as pa
from tqdm import tqdm

from parley.corpus.places import ADDED
from parley.corpus.reading import as_table
from parley.corpus.segments import PROSE, segment
from parley.sourcing.table import COLUMNS as ATTRIBUTIONS
from parley.sourcing.table import Prose, attributions_in
from parley.stance.table import COLUMNS as MENTIONS
from parley.stance.table import mentions_in
from parley.text import forms
from parley.text.cells import PACKED
from parley.text.collecting import uncollected
from parley.text.forms import Word
from parley.text.language import is_read
from parley.text.sentences import split

Segments = Sequence[tuple[str, int, int]]  # kind, start, end
Sentences = Sequence[tuple[str, int, int, int]]  # kind, number of the paragraph, start, end
Tokenise = Callable[[str], list[Word]]

# The parts of a reading, each made from those before it, and the columns of its table; what only the corpus knows of a
# row is added later. The words of all sentences are in one table, as many rows a sentence as it has `words`.
PARTS = {
    "segments": {"article_id": "str", "kind": "str", "start": "int64", "end": "int64"},
    "sentences": {"article_id": "str", "kind": "str"}
    | dict.fromkeys(["paragraph", "start", "end", "words", "quoted_words"], "int64"),
    "words": {"form": "category", "start": "int32", "size": "uint16"},
    "attributions": {name: kind for name, kind in ATTRIBUTIONS.items() if name not in ADDED}
    | dict.fromkeys(["cue", "content"], PACKED),
    "mentions": {name: kind for name, kind in MENTIONS.items() if name not in ADDED},
}
TEXT, VOICES = ("segments", "sentences", "words"), ("attributions", "mentions")
BATCH = 500_000  # characters that are read in one go
AT_ONCE = 50  # pieces whose memory is given back together
ALONE = 2_000_000  # characters up to which starting other processes takes longer than reading


class Article(NamedTuple):
    """What is read of an article, and what the metadata and the study's owner say of it."""

    article_id: str
    text: str
    headline: str | None = None
    credit: str | None = None
    place: str | None = None
    language: str | None = None
    overruled: tuple[tuple[str, str], ...] = ()


class Words(Sequence):
    """The words of each sentence, kept in columns: item `n` are those of the sentence with number `n`."""

    def __init__(self, forms: Sequence[str], starts: Sequence[int], ends: Sequence[int], sizes: Sequence[int]) -> None:
        self.forms, self.starts, self.ends = forms, starts, ends
        self.sizes = sizes  # how many words each sentence has
        self.bounds = list(accumulate(sizes, initial=0))  # where the words of each begin, and of one more

    def __len__(self) -> int:
        return len(self.sizes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    def __repr__(self) -> str:
        return repr([*self])

    def __getitem__(self, n: int | slice) -> list:
        if isinstance(n, slice):
            return [self[k] for k in range(*n.indices(len(self)))]
        part = slice(first := self.bounds[n - (n < 0)], first + self.sizes[n])
        return list(map(Word, self.forms[part], self.starts[part], self.ends[part]))


class Reading(NamedTuple):
    """What one article holds; what is left out of counts only its corpus can tell."""

    segments: Segments
    sentences: Sentences
    words: Words
    quoted_words: list[int]
    attributions: list[dict]
    mentions: list[dict]


class Piece(NamedTuple):
    """A part of some articles: its table, their ids, and how many rows each has; rows of an article stand together."""

    table: pd.DataFrame
    article_ids: list[str]
    rows: list[int]


def read_article(
    text: str,
    settings: Mapping,
    *,
    article_id: str = "",
    headline: str | None = None,
    credit: str | None = None,
    place: str | None = None,
    language: str | None = None,
    overruled: Iterable[tuple[str, str]] = (),
) -> Reading:
    """Read one article.

    Parameters
    ----------
    text : str
        The raw text; all offsets are characters of it.
    settings : mapping
        The sections of study.toml; ``sides`` and ``keywords`` are looked at.
    article_id : str
        What the names of its rows begin with.
    headline, credit, place, language : str, optional
        As the metadata give them. An article that is not English is not read for sources and stance, unless the
        section ``articles`` has ``read = "all"``.
    overruled : iterable of (kind, passage)
        Where the rules for segments are overruled by hand.

    Returns
    -------
    Reading
        ``segments`` and ``sentences`` as tuples, the ``words`` of each sentence and how many of them are quoted
        (``quoted_words``), ``attributions`` and ``mentions`` as rows of the tables of these names
        (`parley.sourcing.attributions`, `parley.stance.mentions`) without ``counted``.

    Examples
    --------
    >>> reading = read_article("Lund backed the truce. She left.", {"keywords": {"pause": ["truce"]}})
    >>> len(reading.sentences), [row["polarity"] for row in reading.mentions]
    (2, ['for'])
    """
    article = Article(article_id, text, headline, credit, place, language, tuple(overruled))
    return _read(article, settings, (*TEXT, *VOICES), {}, forms.words)


def _read(
    article: Article, settings: Mapping, parts: Sequence[str], known: Mapping[str, Sequence], tokenise: Tokenise
) -> Reading:
    """The parts of an article that are asked for, and those they are made from; what is `known` is not read again."""
    article_id, text, headline, credit, place, language, overruled = article
    segments, sentences, said = (known.get(part) for part in ("segments", "sentences", "attributions"))
    if segments is None:
        segments = segment(text, headline=headline, credit=credit, place=place, overruled=overruled)
    if sentences is None:
        sentences = sentences_in(text, segments)
    words, quoted, mentions, prose = Words([], [], [], []), [], [], Prose(text, segments, settings)
    if "words" in parts:
        words = _words(text, sentences, tokenise)
        quoted = _quoted_words(words, prose.quotes)
    if {*parts} & {*VOICES}:
        read = is_read(text, settings, language)
        if said is None:
            said = attributions_in(article_id, text, segments, settings, prose) if read else []
        if "mentions" in parts:
            given = article_id, text, segments, sentences, said, settings
            mentions = mentions_in(*given, read=read, whole=prose)
    return Reading(segments, sentences, words, quoted, said or [], mentions)


def sentences_in(text: str, segments: Segments) -> Sentences:
    """The sentences of all segments that are not blank; a segment that is no prose is one."""
    found, written = [], [part for part in segments if part[0] != "blank"]
    for number, (kind, start, end) in enumerate(written):
        spans = split(text[start:end]) if kind in (*PROSE, "repeat") else [(0, end - start)]
        found += [(kind, number, start + first, start + last) for first, last in spans]
    return found


def _words(text: str, sentences: Sentences, tokenise: Tokenise) -> Words:
    """The words of each sentence, with their places in the text."""
    every = _columns(tokenise, text)
    parts, at, whole = [], 0, True  # whether the sentences, one behind the other, have all words
    for *_, start, end in sentences:
        first, last = bisect_left(every.starts, start), bisect_left(every.starts, end)
        if first < last and every.ends[last - 1] > end:  # a word that the end of the sentence cuts in two
            return _words_apart(text, sentences, tokenise)
        parts.append((first, last))
        whole, at = whole and first == at, last
    sizes = [last - first for first, last in parts]
    if not whole or at < len(every.forms):
        every = [[*chain.from_iterable(column[first:last] for first, last in parts)] for column in every]
    return Words(*every, sizes)


def _words_apart(text: str, sentences: Sentences, tokenise: Tokenise) -> Words:
    """The words of each sentence, read by itself."""
    every, sizes = ([], [], []), []
    for *_, start, end in sentences:
        forms, starts, ends = _columns(tokenise, text[start:end])
        sizes.append(len(forms))
        own = forms, (start + at for at in starts), (start + at for at in ends)
        for column, part in zip(every, own, strict=True):
            column.extend(part)
    return Words(*every, sizes)


def _columns(tokenise: Tokenise, text: str) -> forms.Columns:
    """What a tokeniser finds, in columns."""
    if tokenise is forms.words:
        return forms.in_columns(text)
    found = tokenise(text)
    return forms.Columns(*map(list, zip(*found, strict=True))) if found else forms.Columns([], [], [])


def _quoted_words(words: Words, quotes: Sequence[tuple[int, int]]) -> list[int]:
    """How many words of each sentence stand in quotation marks."""
    inside = np.zeros(len(words.starts) + 1, int)
    for first, last in quotes:
        inside[bisect_left(words.starts, first) : bisect_left(words.ends, last + 1)] = 1
    sums = np.concatenate([[0], np.cumsum(inside)])
    return np.diff(sums[words.bounds]).tolist()


def read_batch(
    articles: Sequence[Article],
    settings: Mapping,
    parts: Sequence[str],
    known: Sequence[Mapping[str, Sequence]],
    tokenise: Tokenise = forms.words,
) -> dict[str, Piece]:
    """Read some articles: the parts that are asked for, as tables; `known` has what is known of each article."""
    with uncollected():
        readings = [_read(one, settings, parts, own, tokenise) for one, own in zip(articles, known, strict=True)]
        ids, pieces = [article.article_id for article in articles], {}
        for part in parts:
            if part == "words":
                own = [reading.words for reading in readings]
                pieces[part] = Piece(_word_table(own), ids, [len(words.forms) for words in own])
                continue
            own = [_rows(part, name, reading) for name, reading in zip(ids, readings, strict=True)]
            table = as_table(list(chain.from_iterable(own)), PARTS[part])
            pieces[part] = Piece(table, ids, [*map(len, own)])
        return pieces


def let_go() -> None:
    """Give memory that is used no more back to the system, which neither Arrow nor the C library does by itself."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # where the C library is another
        ctypes.CDLL(None).malloc_trim(0)


def _rows(part: str, article_id: str, reading: Reading) -> list:
    if part == "sentences":
        counts = zip(reading.words.sizes, reading.quoted_words, strict=True)
        return [(article_id, *one, *count) for one, count in zip(reading.sentences, counts, strict=True)]
    if part == "segments":
        return [(article_id, *one) for one in reading.segments]
    return getattr(reading, part)


def _word_table(words: Iterable[Words]) -> pd.DataFrame:
    form, start, end = (
        [*chain.from_iterable(column)]
        for column in zip(*((one.forms, one.starts, one.ends) for one in words), strict=True)
    )
    codes, known = pd.factorize(np.array(form, object))
    form = pd.Categorical.from_codes(codes, pd.Index(known, dtype="str"))
    start = np.array(start, "int32")
    size = np.array(end, "int32") - start
    return pd.DataFrame({"form": form, "start": start, "size": _small(size)})


def _small(sizes: np.ndarray) -> np.ndarray:
    """Numbers in as many bytes as the words of a text take, unless one of them is no word of a language."""
    return sizes.astype("uint16") if sizes.max(initial=0) < 2**16 else sizes


def read_all(
    articles: Iterable[Article],
    settings: Mapping,
    parts: Sequence[str],
    known: Mapping[str, Mapping[str, Sequence]] | None = None,
    tokenise: Tokenise = forms.words,
    total: int | None = None,
) -> Iterator[dict[str, Piece]]:
    """Read articles, so many in `total`, batch by batch, in order, on all cores if there is more than a little to read.

    `known` has, by part and article_id, what is not to be read again.
    """
    batches, first, size = _batches(articles), [], 0
    for batch in batches:
        first.append(batch)
        size += sum(len(article.text) for article in batch)
        if size > ALONE:
            break
    known, under_way = known or {}, deque()

    def tasks() -> Iterator:
        for batch in chain(first, batches):
            under_way.append(len(batch))
            own = [{part: rows.get(one.article_id, []) for part, rows in known.items()} for one in batch]
            yield joblib.delayed(read_batch)(batch, settings, parts, own, tokenise)

    cores = 1 if size <= ALONE else joblib.cpu_count()
    done = joblib.Parallel(cores, return_as="generator", pre_dispatch="2 * n_jobs")(tasks())
    with tqdm(None, f"reading {parts[-1]}", total, disable=None, leave=False) as bar:
        for pieces in done:
            bar.update(under_way.popleft())
            yield pieces


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles in batches of about as many characters; no more of them are held than are asked for."""
    batch, size = [], 0
    for article in articles:
        if batch and size + len(article.text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += len(article.text)
    if batch:
        yield batch


def joined(part: str, pieces: list[Piece], order: Sequence[str]) -> pd.DataFrame:
    """The table of a part from its pieces, article by article in the order given; the list of pieces is used up."""
    rank = {name: n for n, name in enumerate(order)}
    pieces[:] = sorted((piece for piece in pieces if len(piece.table)), key=lambda piece: rank[piece.article_ids[0]])
    if not pieces:
        return _joined_words([]) if part == "words" else as_table([], PARTS[part])
    names = [*chain.from_iterable(piece.article_ids for piece in pieces)]
    rows = np.array([*chain.from_iterable(piece.rows for piece in pieces)])
    if part == "words":
        table = _joined_words(pieces)
    else:
        table = pd.concat([piece.table for piece in pieces], ignore_index=True)
        pieces.clear()
    ranks = np.array([rank[name] for name in names])
    if (np.diff(ranks) < 0).any():
        ends = rows.cumsum()
        spans = [np.arange(ends[n] - rows[n], ends[n], dtype=np.int32) for n in ranks.argsort()]
        table = table.take(np.concatenate(spans)).reset_index(drop=True)
    return table


def _joined_words(pieces: list[Piece]) -> pd.DataFrame:
    """The words of all pieces, each form with one number; a piece is let go of as soon as its words are there."""
    numbers: dict[str, int] = {}
    rows = sum(len(piece.table) for piece in pieces)
    kind = np.result_type("uint16", *(piece.table["size"].dtype for piece in pieces))
    form, start, size = np.empty(rows, np.int32), np.empty(rows, np.int32), np.empty(rows, kind)
    first = 0
    pieces.reverse()
    while pieces:
        if len(pieces) % AT_ONCE == 0:
            let_go()
        table = pieces.pop().table
        own, place = table["form"].array, slice(first, first + len(table))
        known = np.array([numbers.setdefault(word, len(numbers)) for word in own.categories], np.int32)
        form[place], start[place], size[place] = known[own.codes], table["start"], table["size"]
        first += len(table)
    forms = pd.Categorical.from_codes(form, pd.Index([*numbers], dtype="str"))
    return pd.DataFrame({"form": forms, "start": start, "size": size}, copy=False)
