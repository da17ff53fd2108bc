"""Passages that articles have in common: found, aligned word by word, and counted once.

Two reports that print the same agency copy share long runs of words, however much else each of them holds.
So passages are found by the shingles (runs of five words) that articles have in common, never by how
similar whole articles are.
"""

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from tqdm import tqdm

from parley.text.words import Word, words

# Chosen on copies planted in PolNeAR's train split and on the copies found there (benchmarks/reuse.py).
SHINGLE = 5  # words; with one word in five changed, 25 words keep such a run 998 times in 1,000
NEIGHBOURS = 10  # printings that each printing of a shingle is compared with, see `find_passages`
EVIDENCE = 6  # words that shingles must cover, close together, before two articles are aligned at all
LONGEST_GAP = 40  # words that either side may have between two agreeing runs of one passage
LOOK_BACK = 50  # earlier agreeing runs that a run may be chained to
WINDOW = 16  # words looked at beyond the last agreeing run, to find where a passage ends
SHORTEST = 14  # agreeing words, less what differs; names, titles and stock phrases are shorter
REPEAT = 5  # words; a shorter paragraph printed again is a label or a byline ("Read more", "Photo: Reuters")

_BARE = re.compile(r"[^\W_]|(?<=\d)\.(?=\d)|[%‰$€£¥]")  # all that is no mark: 9.5 is not 95, nor £5 $5
_FOLDED_AWAY = re.compile(r"[%‰$€£¥]|(?<=['’‘`´])s(?!\w)")  # not in a word's form, yet more than spelling


class Stretch(NamedTuple):
    """A stretch of two aligned texts; `op` is same, mark, spelling, substitute, insert or delete."""

    op: str
    start_a: int
    end_a: int
    start_b: int
    end_b: int


class _Run(NamedTuple):
    """Words that agree: the number of the first one in a and in b, and how many."""

    a: int
    b: int
    length: int


class _Corpus(NamedTuple):
    """All words of running prose, one after the other; a block is prose that nothing interrupts."""

    names: list[str]
    texts: list[str]
    ids: np.ndarray  # one number a folded form
    starts: np.ndarray
    ends: np.ndarray
    block: np.ndarray  # block of each word
    article: np.ndarray  # article of each word
    bounds: np.ndarray  # first word of each block, and the end of the last
    limits: np.ndarray  # first and last character of each block


def find_passages(
    texts: Mapping[str, tuple[str, Sequence[tuple[int, int]]]],
    *,
    shortest: int = SHORTEST,
    tokenise: Callable[[str], list[Word]] = words,
) -> pd.DataFrame:
    """Find, align and describe the passages that different texts have in common.

    Shingles printed by two articles are the anchors. Anchors in the same order and near one another are
    chained; the chain is aligned word by word (a word that agrees scores 1, one that differs -1) and ends
    where more words differ than agree. In a passage at least 14 words more agree than differ; a cut inside
    it costs less than as many substitutions. The alignment between two anchors is that of Needleman & Wunsch
    (1970, J. Mol. Biol. 48), beyond the outer ones that of Smith & Waterman (1981, J. Mol. Biol. 147).

    A shingle that many articles print is not compared pair by pair: each printing is compared with the ten
    before it in the order of `texts`, so work grows with the corpus and not with its square. What that
    loses: of a passage in more than eleven articles, pairs far apart in that order have no row. They stay
    linked through those in between, so clusters are the same, and so is what `mark_copies` marks unless more
    than ten articles of other groups come between two of one group.

    Parameters
    ----------
    texts : mapping of article_id to (raw text, spans)
        The spans `(start, end)`, in order, are the prose to compare; offsets are characters of the raw
        text. A passage never runs over text that is in no span, white space excepted.
    shortest : int
        Agreeing words, less what differs, that make a passage.
    tokenise : function from a text to its words
        What a word is, and when two are the same.

    Returns
    -------
    DataFrame
        One row a passage, sorted: `article_a` < `article_b` as text; `start_a`, `end_a`, `start_b`, `end_b`
        into the raw texts; `words` that agree (case, marks and spelling aside); `edits`, a list of `(op,
        text_a, text_b)` with white space made single; `alignment`, a list of `Stretch` from one end to the
        other, what is the same included, with offsets into the raw texts.

    Examples
    --------
    >>> a = "Rebels said the regime had shelled the old town again, hours after a truce was declared."
    >>> b = "Rebels said the government had shelled the Old Town again, hours after a truce was declared."
    >>> found = find_passages({"a": (a, [(0, len(a))]), "b": (b, [(0, len(b))])})
    >>> found.loc[0, "edits"]
    [('substitute', 'regime', 'government'), ('mark', 'old town', 'Old Town')]
    """
    corpus = _read(texts, tokenise)
    rows = []
    for anchors in tqdm(_candidates(corpus), desc="aligning shared passages", leave=False, disable=None):
        rows += [_row(corpus, chain) for chain in _passages(corpus, anchors, shortest)]
    found = pd.DataFrame(
        rows, columns=["article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "words", "edits", "alignment"]
    )
    types = {"article_a": "str", "article_b": "str"}
    found = found.astype(types | dict.fromkeys(["start_a", "end_a", "start_b", "end_b", "words"], "int64"))
    return found.sort_values(["article_a", "article_b", "start_a", "start_b"], ignore_index=True)


def _read(texts, tokenise: Callable[[str], list[Word]]) -> _Corpus:
    forms: defaultdict[str, int] = defaultdict()
    forms.default_factory = forms.__len__
    ids, starts, ends = array("i"), array("i"), array("i")
    bounds, owners, limits = [0], [], []
    articles = tqdm(texts.values(), desc="reading words", leave=False, disable=None)
    for number, (text, spans) in enumerate(articles):
        for first, last in _blocks(text, spans):
            for start, end in spans[first:last]:
                found = tokenise(text[start:end])
                ids.extend([forms[word.form] for word in found])
                starts.extend([start + word.start for word in found])
                ends.extend([start + word.end for word in found])
            if len(ids) > bounds[-1]:
                bounds.append(len(ids))
                owners.append(number)
                limits.append((spans[first][0], spans[last - 1][1]))
    lengths = np.diff(bounds)
    return _Corpus(
        list(texts),
        [text for text, _ in texts.values()],
        np.array(ids, np.int32),
        np.array(starts, np.int32),
        np.array(ends, np.int32),
        np.repeat(np.arange(len(owners), dtype=np.int32), lengths),
        np.repeat(np.array(owners, dtype=np.int32), lengths),
        np.array(bounds),
        np.array(limits).reshape(-1, 2),
    )


def _blocks(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Group spans (first, until) with nothing but white space between them."""
    breaks = [i for i in range(1, len(spans)) if text[spans[i - 1][1] : spans[i][0]].strip()]
    yield from pairwise([0, *breaks, len(spans)])


def _seeds(corpus: _Corpus) -> tuple[np.ndarray, np.ndarray]:
    """Pair the places (word numbers) where two articles print the same shingle."""
    places = len(corpus.ids) - SHINGLE + 1
    if places <= 0:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    hashes = np.zeros(places, np.uint64)
    for k in range(SHINGLE):  # modulo 2**64
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + corpus.ids[k : k + places].astype(np.uint64)
    whole = np.flatnonzero(corpus.block[:places] == corpus.block[SHINGLE - 1 :]).astype(np.int32)
    order = whole[np.argsort(hashes[whole], kind="stable")]
    hashes = hashes[order]
    # Only the first printing in each article: one that repeats itself is not compared with every repetition.
    again = (hashes[1:] == hashes[:-1]) & (corpus.article[order[1:]] == corpus.article[order[:-1]])
    first = np.concatenate([[True], ~again])[: len(order)]
    order, hashes = order[first], hashes[first]
    pairs_a, pairs_b = [], []
    for k in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(hashes[k:] == hashes[:-k])
        pairs_a.append(order[same])
        pairs_b.append(order[same + k])
    a, b = np.concatenate(pairs_a), np.concatenate(pairs_b)
    agree = np.logical_and.reduce([corpus.ids[a + k] == corpus.ids[b + k] for k in range(SHINGLE)])
    return a[agree], b[agree]


def _candidates(corpus: _Corpus) -> list[np.ndarray]:
    """Gather the runs (place in a, place in b, words) of two blocks, one array a pair worth aligning."""
    a, b = _seeds(corpus)
    if not len(a):
        return []
    pair = corpus.block[a].astype(np.int64) * len(corpus.bounds) + corpus.block[b]
    order = np.lexsort((a, pair))
    a, b, pair = a[order], b[order], pair[order]
    begins = np.concatenate([[True], (np.diff(a) != 1) | (np.diff(b) != 1) | (np.diff(pair) != 0)])
    at = np.flatnonzero(begins)
    a, b, pair, length = a[at], b[at], pair[at], np.diff(np.append(at, len(a))) + SHINGLE - 1
    # Stock phrases ("told reporters on condition of anonymity") are everywhere: ask for more, close together.
    ahead_a, ahead_b = np.diff(a) - length[:-1], np.diff(b) - length[:-1]
    near = (np.diff(pair) == 0) & (ahead_a <= LONGEST_GAP) & (np.abs(ahead_b) <= LONGEST_GAP)
    fresh = length.copy()
    fresh[1:] += np.where(near, np.minimum(ahead_a, 0), 0)
    cluster = np.concatenate([[0], np.cumsum(~near)])
    worth = np.unique(pair[np.bincount(cluster, weights=fresh)[cluster] >= EVIDENCE])
    keep = np.isin(pair, worth)
    runs, pair = np.column_stack([a, b, length])[keep], pair[keep]
    return np.split(runs, np.flatnonzero(np.diff(pair)) + 1) if len(runs) else []


def _cost(gap_a: int, gap_b: int) -> float:
    """Weigh words that differ: a substituted word 1, a cut less than its words, as one decision makes it."""
    cut = abs(gap_a - gap_b)
    return min(gap_a, gap_b) + (1 + cut / 4 if cut else 0)


def _passages(corpus: _Corpus, anchors: np.ndarray, shortest: int) -> Iterator[list[_Run]]:
    """Chain the agreeing runs of two blocks, the best chains first, and keep those that make a passage."""
    runs = [_Run(*run) for run in anchors.tolist()]
    score, before = [], []
    for i, run in enumerate(runs):
        best, link = 0.0, -1
        for j in range(i - 1, max(-1, i - 1 - LOOK_BACK), -1):
            gap_a, gap_b = run.a - runs[j].a - runs[j].length, run.b - runs[j].b - runs[j].length
            overlap = max(0, -gap_a, -gap_b)
            if max(gap_a, gap_b) <= LONGEST_GAP and overlap < run.length:
                # Half, because an edited gap has words that agree, in runs too short for a shingle.
                gain = score[j] - overlap - _cost(gap_a + overlap, gap_b + overlap) / 2
                if gain > best:
                    best, link = gain, j
        score.append(run.length + best)
        before.append(link)
    done: list[bool] = [False] * len(runs)
    for end in sorted(range(len(runs)), key=lambda i: (-score[i], i)):
        chain, i = [], end
        while i >= 0 and not done[i]:
            chain.append(runs[i])
            done[i] = True
            i = before[i]
        if sum(run.length for run in chain) < EVIDENCE:
            continue
        passage = _align_chain(corpus, chain[::-1])
        first, last = passage[0], passage[-1]
        for i, run in enumerate(runs):
            if first.a <= run.a < last.a + last.length and first.b <= run.b < last.b + last.length:
                done[i] = True
        differ = sum(_cost(n.a - m.a - m.length, n.b - m.b - m.length) for m, n in pairwise(passage))
        if sum(run.length for run in passage) - differ >= shortest:
            yield passage


def _align_chain(corpus: _Corpus, chain: list[_Run]) -> list[_Run]:
    """Align the gaps of a chain and extend it to the true ends of the passage."""
    ids = corpus.ids
    low_a, high_a = corpus.bounds[corpus.block[chain[0].a] :][:2].tolist()
    low_b, high_b = corpus.bounds[corpus.block[chain[0].b] :][:2].tolist()
    first = chain[0]
    matches = [
        _Run(first.a - i - n, first.b - j - n, n)
        for i, j, n in reversed(_extend(ids[low_a : first.a][::-1], ids[low_b : first.b][::-1]))
    ]
    matches.append(first)
    for run in chain[1:]:
        a, b = matches[-1].a + matches[-1].length, matches[-1].b + matches[-1].length
        overlap = max(0, a - run.a, b - run.b)
        run = _Run(run.a + overlap, run.b + overlap, run.length - overlap)
        matches += [_Run(a + i, b + j, 1) for i, j in _agree(ids[a : run.a].tolist(), ids[b : run.b].tolist())]
        matches.append(run)
    a, b = matches[-1].a + matches[-1].length, matches[-1].b + matches[-1].length
    matches += [_Run(a + i, b + j, n) for i, j, n in _extend(ids[a:high_a], ids[b:high_b])]
    merged = matches[:1]
    for run in matches[1:]:
        last = merged[-1]
        if run.a == last.a + last.length and run.b == last.b + last.length:
            merged[-1] = _Run(last.a, last.b, last.length + run.length)
        else:
            merged.append(run)
    return merged


def _extend(x: np.ndarray, y: np.ndarray) -> list[_Run]:
    """Follow two texts that agree at their beginnings for as long as agreeing words outnumber the others."""
    matches, i, j = [], 0, 0
    while True:
        room = min(len(x) - i, len(y) - j)
        differ = x[i : i + room] != y[j : j + room]
        same = int(differ.argmax()) if differ.any() else room
        if same:
            matches.append(_Run(i, j, same))
            i, j = i + same, j + same
        more = _agree(x[i : i + WINDOW].tolist(), y[j : j + WINDOW].tolist(), open_end=True)
        if not more:
            return matches
        matches += [_Run(i + di, j + dj, 1) for di, dj in more]
        i, j = i + more[-1][0] + 1, j + more[-1][1] + 1


def _agree(x: list[int], y: list[int], *, open_end: bool = False) -> list[tuple[int, int]]:
    """Align two short lists (match 1, substitution, insertion and deletion -1): the places where they agree.

    With an open end, only the beginnings that score best are aligned, the longest of equals, none below 0.
    """
    if not x or not y or set(x).isdisjoint(y):
        return []
    row = [-j for j in range(len(y) + 1)]
    rows, best, at = [row], 0, (0, 0)
    for i, word in enumerate(x, start=1):
        last, left = row, -i
        row = [left]
        for j, other in enumerate(y):
            diagonal = last[j] + (1 if word == other else -1)
            left = max(diagonal, last[j + 1] - 1, left - 1)
            row.append(left)
            if left >= best and word == other:
                best, at = left, (i, j + 1)
        rows.append(row)
    i, j = at if open_end else (len(x), len(y))
    agreed = []
    while i and j:
        same = x[i - 1] == y[j - 1]
        if rows[i][j] == rows[i - 1][j - 1] + (1 if same else -1):
            i, j = i - 1, j - 1
            if same:
                agreed.append((i, j))
        elif rows[i][j] == rows[i - 1][j] - 1:
            i -= 1
        else:
            j -= 1
    return agreed[::-1]


def _row(corpus: _Corpus, passage: list[_Run]) -> tuple:
    """Describe a passage: the names, the offsets, the words that agree, the edits and the alignment."""
    if corpus.names[corpus.article[passage[0].a]] > corpus.names[corpus.article[passage[0].b]]:
        passage = [_Run(run.b, run.a, run.length) for run in passage]
    article_a, article_b = corpus.article[passage[0].a], corpus.article[passage[0].b]
    text_a, text_b = corpus.texts[article_a], corpus.texts[article_b]
    stretches = _stretches(corpus, passage)
    edits = [
        (s.op, " ".join(text_a[s.start_a : s.end_a].split()), " ".join(text_b[s.start_b : s.end_b].split()))
        for s in stretches
        if s.op != "same"
    ]
    return (
        corpus.names[article_a],
        stretches[0].start_a,
        stretches[-1].end_a,
        corpus.names[article_b],
        stretches[0].start_b,
        stretches[-1].end_b,
        sum(run.length for run in passage),
        edits,
        stretches,
    )


def _stretches(corpus: _Corpus, passage: list[_Run]) -> list[Stretch]:
    """Cut a passage into stretches of which each has one thing happening to it."""
    first, last = passage[0], passage[-1]
    text_a, text_b = (corpus.texts[corpus.article[word]] for word in (first.a, first.b))
    places_a = _places(corpus, text_a, first.a, last.a + last.length)
    places_b = _places(corpus, text_b, first.b, last.b + last.length)
    found: list[Stretch] = []

    def add(at_a: list[tuple[int, int]], at_b: list[tuple[int, int]], *, agree: bool) -> None:
        """Describe words of a beside words of b; either may be none."""
        start_a, end_a = (at_a[0][0], at_a[-1][1]) if at_a else (found[-1].end_a,) * 2
        start_b, end_b = (at_b[0][0], at_b[-1][1]) if at_b else (found[-1].end_b,) * 2
        op = _kind(text_a[start_a:end_a], text_b[start_b:end_b], agree=agree)
        if found and found[-1].op == op and op in ("same", "mark"):
            _, start_a, _, start_b, _ = found.pop()
        found.append(Stretch(op, start_a, end_a, start_b, end_b))

    until_a = until_b = 0
    for run in passage:
        a, b = run.a - first.a, run.b - first.b
        if a > until_a or b > until_b:
            add(places_a[until_a:a], places_b[until_b:b], agree=False)
        until_a, until_b = a + run.length, b + run.length
        if text_a[places_a[a][0] : places_a[until_a - 1][1]] == text_b[places_b[b][0] : places_b[until_b - 1][1]]:
            add(places_a[a:until_a], places_b[b:until_b], agree=True)
        else:
            for at_a, at_b in zip(places_a[a:until_a], places_b[b:until_b], strict=True):
                add([at_a], [at_b], agree=True)
    return found


def _places(corpus: _Corpus, text: str, first: int, until: int) -> list[tuple[int, int]]:
    """Give the characters of each word with the quotation marks, brackets and points that touch it."""
    low, high = corpus.limits[corpus.block[first]].tolist()
    block_first, block_until = corpus.bounds[corpus.block[first] :][:2].tolist()
    starts, ends = corpus.starts[first:until].tolist(), corpus.ends[first:until].tolist()
    before = text[int(corpus.ends[first - 1]) if first > block_first else low : starts[0]]
    after = text[ends[-1] : int(corpus.starts[until]) if until < block_until else high]
    starts[0] -= len(before) if first == block_first and _unbroken(before) else _touching(before)[1]
    for k in range(1, len(starts)):
        trail, lead = _touching(text[ends[k - 1] : starts[k]])
        ends[k - 1] += trail
        starts[k] -= lead
    ends[-1] += len(after.rstrip()) if until == block_until else _touching(after)[0]
    return list(zip(starts, ends, strict=True))


def _unbroken(gap: str) -> bool:
    return gap.split() == [gap]


def _touching(gap: str) -> tuple[int, int]:
    """Divide what is between two words at its last white space, or give all of it to the first word."""
    if not gap.strip():
        return 0, 0
    if _unbroken(gap):
        return len(gap), 0
    lead = 0 if gap[-1].isspace() else len(gap.split()[-1])
    return len(gap[: len(gap) - lead].rstrip()), lead


def _kind(text_a: str, text_b: str, *, agree: bool) -> str:
    """Tell what happened between two stretches of text; `agree` when their folded words are equal."""
    if not text_a or not text_b:
        return "delete" if text_a else "insert"
    if agree and "".join(text_a.split()) == "".join(text_b.split()):
        return "same"
    bare_a, bare_b = _bare(text_a), _bare(text_b)
    if bare_a == bare_b:
        return "mark"
    if agree:
        spelling = _FOLDED_AWAY.findall(text_a.casefold()) == _FOLDED_AWAY.findall(text_b.casefold())
    else:
        spelling = _unaccented(bare_a) == _unaccented(bare_b)
    return "spelling" if spelling else "substitute"


def _bare(text: str) -> str:
    return "".join(_BARE.findall(unicodedata.normalize("NFC", text).casefold()))


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def repeats(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the paragraphs that an article prints again, word for word.

    Parameters
    ----------
    text : str
        The raw text of one article.
    spans : sequence of (start, end)
        Its paragraphs, in order.

    Returns
    -------
    list of (start, end)
        The spans that print an earlier span again, all of it and nothing else (marks, case and spelling
        aside). A paragraph of fewer than five words is one only next to others in a block that is printed
        again, because labels and bylines return by nature.

    Examples
    --------
    >>> line = "The truce holds for now."
    >>> repeats(f"{line} {line} The truce.", [(0, 24), (25, 49), (50, 60)])
    [(25, 49)]
    """
    forms = [tuple(word.form for word in words(text[start:end])) for start, end in spans]
    first: dict[tuple[str, ...], int] = {}
    copy_of: dict[int, int] = {}
    for i, form in enumerate(forms):
        if first.setdefault(form, i) < i and len(form) >= REPEAT:
            copy_of[i] = first[form]
    for step in (1, -1):  # short paragraphs within a block that is printed again
        for i in range(len(forms))[::step]:
            j = copy_of.get(i - step, -step) + step
            if i - step in copy_of and i not in copy_of and 0 <= j < i and forms[j] == forms[i]:
                copy_of[i] = j
    return [tuple(spans[i]) for i in sorted(copy_of)]


def clusters(passages: pd.DataFrame, article_ids: Iterable[str]) -> pd.Series:
    """Put articles that share passages, directly or through others, in one cluster.

    Parameters
    ----------
    passages : DataFrame
        As `shared_passages` returns it.
    article_ids : iterable of str
        All articles; passages of others are not looked at.

    Returns
    -------
    Series
        Index article_id, value the cluster's label: the first of its articles in the order given.

    Examples
    --------
    >>> passages = pd.DataFrame({"article_a": ["a", "b"], "article_b": ["b", "d"]})
    >>> clusters(passages, ["a", "b", "c", "d"]).to_dict()
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'a'}
    """
    ids = pd.Index(article_ids)
    a, b = ids.get_indexer(passages["article_a"]), ids.get_indexer(passages["article_b"])
    known = (a >= 0) & (b >= 0)
    graph = coo_array((np.ones(known.sum()), (a[known], b[known])), shape=(len(ids), len(ids)))
    component = connected_components(graph, directed=False)[1] if len(ids) else np.empty(0, int)
    labels = pd.Series(ids, index=component).groupby(level=0).first()
    return pd.Series(labels.reindex(component).to_numpy(), index=ids, name="cluster")


def mark_copies(
    sentences: pd.DataFrame, passages: pd.DataFrame, order: Sequence[str], group: Mapping[str, str]
) -> pd.Series:
    """Mark the sentences that an earlier article of the same group already contributes.

    Parameters
    ----------
    sentences : DataFrame
        With `article_id`, `start` and `text`.
    passages : DataFrame
        As `shared_passages` returns it.
    order : sequence of str
        All article ids, by date (articles without a date last), then by article_id.
    group : mapping of article_id to group
        Copy counts once in each group; articles with no group, or a missing one, are one group together.

    Returns
    -------
    Series of bool
        Index as `sentences`: true where at least half of a sentence's words agree with an earlier article
        of its group. Of all articles of a group with the same passage, the first is not marked and the
        others are.

    Examples
    --------
    >>> same = [Stretch("same", 0, 17, 0, 17)]
    >>> passages = pd.DataFrame({"article_a": ["a"], "article_b": ["b"], "alignment": [same]})
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "text": "The truce is over"})
    >>> mark_copies(sentences, passages, ["a", "b"], {}).tolist()
    [False, True]
    """
    rank = {article: i for i, article in enumerate(order)}
    side = {article: None if pd.isna(value := group.get(article)) else value for article in order}
    copied: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    columns = (passages[name] for name in ("article_a", "article_b", "alignment"))
    for a, b, alignment in zip(*columns, strict=True):
        if a in rank and b in rank and side[a] == side[b]:
            agree = [stretch for stretch in alignment if stretch.op in ("same", "mark", "spelling")]
            copied[max(a, b, key=rank.__getitem__)] += (
                [(stretch.start_b, stretch.end_b) for stretch in agree]
                if rank[b] > rank[a]
                else [(stretch.start_a, stretch.end_a) for stretch in agree]
            )
    # Where more passages have begun than ended, at least one lies over the word.
    copied = {
        article: (np.sort([start for start, _ in spans]), np.sort([end for _, end in spans]))
        for article, spans in copied.items()
    }
    marked = np.zeros(len(sentences), bool)
    rows = zip(sentences["article_id"], sentences["start"], sentences["text"], strict=True)
    for i, (article, start, text) in enumerate(rows):
        if article in copied:
            begins, ends = copied[article]
            at = start + np.array([word.start for word in words(text)], int)
            inside = np.searchsorted(begins, at, side="right") > np.searchsorted(ends, at, side="right")
            marked[i] = len(at) > 0 and inside.mean() >= 0.5
    return pd.Series(marked, index=sentences.index)
