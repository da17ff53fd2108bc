"""Passages that texts have in common: found, aligned word by word, and counted once.

Two reports that print the same agency copy share long runs of words, however much else each of them holds. So passages
are found by the shingles (runs of five words) that articles have in common, never by how similar whole articles are.
"""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from tqdm import tqdm

from parley.text.cells import AGREE, EDITS, OPS, STRETCHES, Stretch, packed, stretches, unpacked
from parley.text.forms import Word, first_forms, word_forms, words

# Chosen on copies planted in PolNeAR's train split and on the copies found there (benchmarks/reuse.py).
SHINGLE = 5  # words; with one word in five changed, 25 words keep such a run 998 times in 1,000
NEIGHBOURS = 10  # printings that each printing of a shingle is compared with, see `find_passages`
AT_ONCE = 500_000  # words looked at together
PARTS = 8  # in which shingles are compared, at most
EVIDENCE = 6  # words that shingles must cover, close together, before two articles are aligned at all
LONGEST_GAP = 40  # words that either side may have between two agreeing runs of one passage
LOOK_BACK = 50  # earlier agreeing runs that a run may be chained to
WINDOW = 16  # words looked at beyond the last agreeing run, to find where a passage ends
SHORTEST = 14  # agreeing words, less what differs; names, titles and stock phrases are shorter
FEWEST = 10  # below, stock phrases would be copy
HEAD = 100  # characters in which two words of a paragraph are seen whole
REPEAT = 5  # words; a shorter paragraph printed again is a label or a byline ("Read more", "Photo: Reuters")

BARE = re.compile(r"[^\W_]|(?<=\d)\.(?=\d)|[%‰$€£¥]")  # all that is no mark: 9.5 is not 95, nor £5 $5
FOLDED_AWAY = re.compile(r"[%‰$€£¥]|(?<=['’‘`´])s(?!\w)")  # not in a word's form, yet more than spelling

MADE_AT_ONCE = 2_000  # passages held as Python has them
Pairs = list[tuple[int, int]]  # numbers of words of a and of b that agree, or characters from and to
Reads = Callable[[str, int, int], Sequence[Sequence[int]]]


class _Run(NamedTuple):
    """Words that agree: the number of the first one in a and in b, and how many."""

    a: int
    b: int
    length: int


class Corpus(NamedTuple):
    """All words of running prose, one after the other; a block is prose that nothing interrupts."""

    names: list[str]
    texts: Mapping[str, tuple[str, Pairs]]
    read: Reads
    ids: np.ndarray  # of each word, one number a folded form
    owner: np.ndarray  # the number of the article of each block
    bounds: np.ndarray  # first word of each block, and the end of the last
    spans: np.ndarray  # where each block begins and ends in its text

    def block(self, words: np.ndarray) -> np.ndarray:
        """The numbers of the blocks of some words, each by its place among all."""
        return np.searchsorted(self.bounds, words, side="right") - 1

    def article(self, words: np.ndarray) -> np.ndarray:
        """The numbers of the articles of some words."""
        return self.owner[self.block(words)]

    def first(self, articles: np.ndarray) -> np.ndarray:
        """The first word of some articles."""
        return self.bounds[np.searchsorted(self.owner, articles)]


def find_passages(
    texts: Mapping[str, tuple[str, Pairs]], *, shortest: int = SHORTEST, tokenise: Callable[[str], list[Word]] = words
) -> pd.DataFrame:
    """Find, align and describe the passages that different texts have in common.

    Shingles printed by two articles are the anchors. Anchors in the same order and near one another are chained; the
    chain is aligned word by word (a word that agrees scores 1, one that differs -1) and ends where more words differ
    than agree. In a passage at least 14 words more agree than differ; a cut inside it costs less than as many
    substitutions. The alignment between two anchors is that of Needleman & Wunsch (1970, J. Mol. Biol. 48), beyond the
    outer ones that of Smith & Waterman (1981, J. Mol. Biol. 147).

    Each printing of a shingle is compared with the ten before it in the order of `texts`, so work grows with the corpus
    and not with its square. What that loses: of a passage in more than eleven articles, pairs far apart have no row.
    They stay linked through those in between, so clusters are the same, and so is what `mark_copies` marks unless more
    than ten articles of other groups come between two of one group.

    Parameters
    ----------
    texts : mapping of article_id to (raw text, spans)
        The spans `(start, end)`, in order, are the prose to compare; offsets are characters of the raw text. A passage
        never runs over text that is in no span, white space excepted.
    shortest : int
        Agreeing words, less what differs, that make a passage.
    tokenise : function from a text to its words
        What a word is, and when two are the same.

    Returns
    -------
    DataFrame
        One row a passage, sorted: `article_a` < `article_b` as text; `start_a`, `end_a`, `start_b`, `end_b` into the
        raw texts; `words` that agree (case, marks and spelling aside); `edits`, a list of `(op, text_a, text_b)` with
        white space made single; `alignment`, a list of `Stretch` from one end to the other, what is the same included.

    Examples
    --------
    >>> a = "Rebels said the regime had shelled the old town again, hours after a truce was declared."
    >>> b = "Rebels said the government had shelled the Old Town again, hours after a truce was declared."
    >>> found = find_passages({"a": (a, [(0, len(a))]), "b": (b, [(0, len(b))])})
    >>> found.loc[0, "edits"]
    [('substitute', 'regime', 'government'), ('mark', 'old town', 'Old Town')]
    """
    forms: defaultdict[str, int] = defaultdict()
    forms.default_factory = forms.__len__

    @lru_cache(maxsize=64)  # an article is asked for again for each of its passages
    def read(name: str, start: int, end: int) -> np.ndarray:
        found = [
            (forms[form], start + first, start + last) for form, first, last in tokenise(texts[name][0][start:end])
        ]
        return np.array(found, np.int32).reshape(-1, 3).T

    found = longer(align(texts, read, shortest), shortest)
    lists = {name: pd.Series(unpacked(found[name]), found.index, object) for name in ("edits", "alignment")}
    return found.assign(**lists)


def longer(passages: pd.DataFrame, shortest: int) -> pd.DataFrame:
    """The passages, as `align` gives them, in which so many words more agree than differ."""
    return passages[passages["more"] >= shortest].drop(columns="more").reset_index(drop=True)


def align(texts: Mapping[str, tuple[str, Pairs]], read: Reads, shortest: int) -> pd.DataFrame:
    """`find_passages` for words in hand, lists as they are kept; `more` tells how many words more agree than differ.

    `read` gives the words between two places of a text: for each a number, the same for the same word, and its start and
    end. It is asked once for all texts, and again for each passage.
    """
    corpus, found = gather(texts, read), []
    # The same shingle is in the same part, wherever it is printed. For each part all words are gone through, so that work
    # would grow faster than the corpus if parts grew with it.
    parts = min(-(-len(corpus.ids) // (4 * AT_ONCE)), PARTS)
    for part in range(parts):
        hashes, place = shingles(corpus, part, parts)
        found.append([place[one] for one in neighbours(hashes)])
    a, b = (np.concatenate([np.empty(0, np.int32), *one]) for one in zip(*found, strict=True)) if found else ([], [])
    return align_at(corpus, a, b, shortest)


def align_at(corpus: Corpus, a: np.ndarray, b: np.ndarray, shortest: int) -> pd.DataFrame:
    """Align where shingles agree: `a` and `b` are their first words, each in an earlier and in a later article."""
    pairs = chain.from_iterable(_anchors(corpus, *some) for some in _some_at_once(corpus, np.asarray(a), np.asarray(b)))
    pairs = tqdm(pairs, desc="aligning shared passages", leave=False, disable=None)
    found = (passage for anchors in pairs for passage in _passages(corpus, anchors, shortest))
    rows = ((*_row(corpus, passage), more) for passage, more in found)
    tables = [_table(())]
    while some := [*islice(rows, MADE_AT_ONCE)]:
        tables.append(_table(some))
    table = pd.concat(tables, ignore_index=True)
    return table.sort_values(["article_a", "article_b", "start_a", "start_b"], ignore_index=True)


def _table(rows: Sequence[tuple]) -> pd.DataFrame:
    """Passages as a table, with lists as they are kept."""
    offsets = dict.fromkeys(["start_a", "end_a", "start_b", "end_b", "words"], "int64") | {"more": "float64"}
    columns = ["article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "words", "edits", "alignment", "more"]
    table = pd.DataFrame(rows, columns=columns).astype({"article_a": "str", "article_b": "str"} | offsets)
    return table.assign(edits=packed(table["edits"], EDITS), alignment=packed(table["alignment"], STRETCHES))


def gather(texts: Mapping[str, tuple[str, Pairs]], read: Reads) -> Corpus:
    """The words of all texts, `read` as `align` takes it."""
    ids, bounds, owners, blocks = array("i"), [0], [], []
    for number, (name, (text, spans)) in enumerate(texts.items()):
        # Spans with nothing but white space between them are one block.
        breaks = [i for i in range(1, len(spans)) if text[spans[i - 1][1] : spans[i][0]].strip()]
        for first, last in pairwise([0, *breaks, len(spans)] if spans else []):
            block = spans[first][0], spans[last - 1][1]
            ids.frombytes(np.asarray(read(name, *block)[0], np.int32).tobytes())
            if len(ids) > bounds[-1]:
                bounds.append(len(ids))
                owners.append(number)
                blocks.append(block)
    numbers = np.frombuffer(ids, np.int32) if ids else np.empty(0, np.int32)
    places = np.array(blocks, np.int64).reshape(-1, 2)
    return Corpus(list(texts), texts, read, numbers, np.array(owners, np.int32), np.array(bounds), places)


def shingles(corpus: Corpus, part: int = 0, parts: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """The hash and the first word of each shingle, in order of the hashes, and of articles where they are the same.

    Of as many `parts`, as shingles are dealt by their hashes, the one asked for.
    """
    found = [(np.empty(0, np.uint64), np.empty(0, np.int32))]
    for first in range(0, len(corpus.ids) - SHINGLE + 1, AT_ONCE):
        ids = corpus.ids[first : first + AT_ONCE + SHINGLE - 1]
        places = len(ids) - SHINGLE + 1
        hashes = np.zeros(places, np.uint64)
        for k in range(SHINGLE):  # modulo 2**64
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + ids[k : k + places].astype(np.uint64)
        block = corpus.block(np.arange(first, first + len(ids)))
        own = (block[:places] == block[SHINGLE - 1 :]) & (dealt(hashes, parts) == part)
        found.append((hashes[own], (first + np.flatnonzero(own)).astype(np.int32)))
    hashes, place = map(np.concatenate, zip(*found, strict=True))
    order = np.argsort(hashes, kind="stable")
    hashes, place = hashes[order], place[order]
    # Only the first printing in each article: one that repeats itself is not compared with every repetition.
    again = (np.diff(hashes) == 0) & (np.diff(corpus.article(place)) == 0)
    once = np.concatenate([[True], ~again])[: len(place)]
    return hashes[once], place[once]


def dealt(hashes: np.ndarray, parts: int) -> np.ndarray:
    """Which of so many parts each hash goes to."""
    return (hashes >> np.uint64(32)) * np.uint64(parts) >> np.uint64(32)


def neighbours(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The printings of shingles that are compared, by their numbers, earlier and later; `hashes` are in order."""
    same = [(k, np.flatnonzero(hashes[k:] == hashes[:-k])) for k in range(1, NEIGHBOURS + 1)]
    return tuple(np.concatenate([at + k * later for k, at in same]) for later in (0, 1))


def _some_at_once(corpus: Corpus, a: np.ndarray, b: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The places where shingles agree, about so many at once, all those of an earlier block together."""
    parts = max(1, -(-len(a) // AT_ONCE))
    edges = corpus.bounds[np.searchsorted(corpus.bounds, np.linspace(0, len(corpus.ids), parts + 1))]
    for first, last in pairwise(edges):
        some = (first <= a) & (a < last)
        yield a[some], b[some]


def _anchors(corpus: Corpus, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """The runs (place in a, place in b, words) that two blocks have in common, one array a pair that has enough of them."""
    a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
    for k in range(SHINGLE):  # hashes may be the same by chance
        same = corpus.ids[a + k] == corpus.ids[b + k]
        a, b = (a, b) if same.all() else (a[same], b[same])
    order = np.lexsort((a, corpus.block(b), corpus.block(a)))
    a, b = a[order], b[order]
    pair = [corpus.block(a), corpus.block(b)]
    # Seeds in a row are one run of words.
    begins = np.flatnonzero(_changes([a - b, *pair]) | np.append(True, np.diff(a) != 1)[: len(a)])
    runs = np.column_stack([a[begins], b[begins], np.diff(np.append(begins, len(a))) + SHINGLE - 1])
    changes = np.flatnonzero(_changes([one[begins] for one in pair]))
    # Most pairs of blocks share one stock phrase.
    enough = np.flatnonzero(np.add.reduceat(runs[:, 2], changes) >= EVIDENCE) if len(runs) else []
    bounds = np.append(changes, len(runs))
    return [runs[bounds[k] : bounds[k + 1]] for k in enough]


def _changes(columns: Sequence[np.ndarray]) -> np.ndarray:
    """The rows in which some column has another value than in the row before; the first is one."""
    return np.logical_or.reduce([np.append(True, np.diff(one) != 0)[: len(one)] for one in columns])


def _cost(gap_a: int, gap_b: int) -> float:
    """Weigh words that differ: a substituted word 1, a cut less than its words, as one decision makes it."""
    cut = abs(gap_a - gap_b)
    return min(gap_a, gap_b) + (1 + cut / 4 if cut else 0)


def _passages(corpus: Corpus, anchors: np.ndarray, shortest: int) -> Iterator[tuple[Pairs, float]]:
    """Chain the agreeing runs of two blocks, the best chains first, and align those that make a passage."""
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
    done = [False] * len(runs)
    for end in sorted(range(len(runs)), key=lambda i: (-score[i], i)):
        chain, i = [], end
        while i >= 0 and not done[i]:
            chain.append(runs[i])
            done[i] = True
            i = before[i]
        # Stock phrases ("told reporters on condition of anonymity") are everywhere: one alone is not worth aligning.
        if sum(run.length for run in chain) < EVIDENCE:
            continue
        passage = _align(corpus, chain[::-1])
        (first_a, first_b), (last_a, last_b) = passage[0], passage[-1]
        for i, run in enumerate(runs):
            done[i] |= first_a <= run.a <= last_a and first_b <= run.b <= last_b
        differ = sum(_cost(next_a - a - 1, next_b - b - 1) for (a, b), (next_a, next_b) in pairwise(passage))
        if len(passage) - differ >= shortest:
            yield passage, len(passage) - differ


def _align(corpus: Corpus, chain: list[_Run]) -> Pairs:
    """Align the gaps of a chain and extend it to the true ends of the passage: all words that agree."""
    ids, first = corpus.ids, chain[0]
    low_a, high_a = corpus.bounds[corpus.block(first.a) :][:2].tolist()
    low_b, high_b = corpus.bounds[corpus.block(first.b) :][:2].tolist()
    back = _extend(ids[low_a : first.a][::-1], ids[low_b : first.b][::-1])
    agreed, a, b = [(first.a - 1 - i, first.b - 1 - j) for i, j in reversed(back)], first.a, first.b
    for run in chain:
        overlap = max(0, a - run.a, b - run.b)
        gap_a, gap_b = ids[a : run.a + overlap].tolist(), ids[b : run.b + overlap].tolist()
        agreed += [(a + i, b + j) for i, j in _agree(gap_a, gap_b)]
        agreed += [(run.a + k, run.b + k) for k in range(overlap, run.length)]
        a, b = run.a + run.length, run.b + run.length
    return agreed + [(a + i, b + j) for i, j in _extend(ids[a:high_a], ids[b:high_b])]


def _extend(x: np.ndarray, y: np.ndarray) -> Pairs:
    """Follow two texts that agree at their beginnings for as long as agreeing words outnumber the others."""
    agreed, i, j = [], 0, 0
    while True:
        room = min(len(x) - i, len(y) - j)
        same = int(np.append(x[i : i + room] != y[j : j + room], True).argmax())
        agreed += [(i + k, j + k) for k in range(same)]
        i, j = i + same, j + same
        more = _agree(x[i : i + WINDOW].tolist(), y[j : j + WINDOW].tolist(), open_end=True)
        if not more:
            return agreed
        agreed += [(i + di, j + dj) for di, dj in more]
        i, j = agreed[-1][0] + 1, agreed[-1][1] + 1


def _agree(x: list[int], y: list[int], *, open_end: bool = False) -> Pairs:
    """Align two short lists (match 1, substitution, insertion and deletion -1): the places where they agree.

    With an open end, only the beginnings that score best are aligned, the longest of equals, none below 0.
    """
    if set(x).isdisjoint(y):
        return []
    rows, best, at = [[-j for j in range(len(y) + 1)]], 0, (0, 0)
    for i, word in enumerate(x, start=1):
        last, row, score = rows[-1], [-i], -i
        for j, other in enumerate(y):  # a search for copy spends its time here: max() would take twice as long
            score, above, beside = score - 1, last[j + 1] - 1, last[j] + (1 if word == other else -1)
            if above > score:
                score = above
            if beside > score:
                score = beside
            row.append(score)
            if score >= best and word == other:
                best, at = score, (i, j + 1)
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


def _row(corpus: Corpus, passage: Pairs) -> tuple:
    """Describe a passage: the names, the offsets, the words that agree, the edits and the alignment."""
    name_a, name_b = (corpus.names[corpus.article(word)] for word in passage[0])
    if name_a > name_b:
        name_a, name_b, passage = name_b, name_a, [(b, a) for a, b in passage]
    text_a, text_b = corpus.texts[name_a][0], corpus.texts[name_b][0]
    stretches = _stretches(corpus, text_a, text_b, passage)
    printed = [(op, text_a[start_a:end_a], text_b[start_b:end_b]) for op, start_a, end_a, start_b, end_b in stretches]
    edits = [(op, " ".join(a.split()), " ".join(b.split())) for op, a, b in printed if op != "same"]
    (_, start_a, _, start_b, _), (_, _, end_a, _, end_b) = stretches[0], stretches[-1]
    return name_a, start_a, end_a, name_b, start_b, end_b, len(passage), edits, stretches


def _stretches(corpus: Corpus, text_a: str, text_b: str, passage: Pairs) -> list[Stretch]:
    """Cut a passage into stretches of which each has one thing happening to it."""
    (first_a, first_b), (last_a, last_b) = passage[0], passage[-1]
    spans_a, spans_b = _spans(corpus, text_a, first_a, last_a + 1), _spans(corpus, text_b, first_b, last_b + 1)
    found: list[Stretch] = []
    at_a, at_b = first_a, first_b
    for a, b in passage:
        # The words that differ before a word that agrees, if there are any, and then the word.
        for until_a, until_b in ((a, b), (a + 1, b + 1)):
            words_a = spans_a[at_a - first_a : until_a - first_a]
            words_b = spans_b[at_b - first_b : until_b - first_b]
            if not (words_a or words_b):
                continue
            start_a, end_a = (words_a[0][0], words_a[-1][1]) if words_a else (found[-1].end_a,) * 2
            start_b, end_b = (words_b[0][0], words_b[-1][1]) if words_b else (found[-1].end_b,) * 2
            op = _kind(text_a[start_a:end_a], text_b[start_b:end_b], agree=until_a > a)
            if found and found[-1].op == op and op in ("same", "mark"):
                _, start_a, _, start_b, _ = found.pop()
            found.append(Stretch(op, start_a, end_a, start_b, end_b))
            at_a, at_b = until_a, until_b
    return found


def _spans(corpus: Corpus, text: str, first: int, until: int) -> Pairs:
    """Give the characters of each word with the quotation marks, brackets and points that touch it."""
    block = corpus.block(first)
    start, end = corpus.spans[block].tolist()
    _, *places = corpus.read(corpus.names[corpus.owner[block]], start, end)
    begun = corpus.bounds[block]
    starts, ends = (np.asarray(column)[first - begun : until - begun].tolist() for column in places)
    before = places[1][first - 1 - begun] if first > begun else start
    after = places[0][until - begun] if until < corpus.bounds[block + 1] else end
    if first == begun:  # marks at the ends of a block belong to its outer words
        before = starts[0] = starts[0] - _touching(" " + text[start : starts[0]])[1]
    if until == corpus.bounds[block + 1]:
        after = ends[-1] = ends[-1] + _touching(text[ends[-1] : end] + " ")[0]
    gaps = zip([before, *ends], [*starts, after], strict=True)
    trails, leads = zip(*(_touching(text[end:start]) for end, start in gaps), strict=True)
    wider = zip(starts, leads[:-1], ends, trails[1:], strict=True)
    return [(start - lead, end + trail) for start, lead, end, trail in wider]


def _touching(gap: str) -> tuple[int, int]:
    """Divide what is between two words at its last white space, or give all of it to the first word."""
    parts = gap.split()
    if parts == [gap]:
        return len(gap), 0
    lead = len(parts[-1]) if parts and not gap[-1].isspace() else 0
    return len(gap[: len(gap) - lead].rstrip()), lead


def _kind(text_a: str, text_b: str, *, agree: bool) -> str:
    """Tell what happened between two stretches of text; `agree` when their folded words are equal."""
    if not text_a or not text_b:
        return "delete" if text_a else "insert"
    if agree and "".join(text_a.split()) == "".join(text_b.split()):
        return "same"
    bare_a, bare_b = ("".join(BARE.findall(unicodedata.normalize("NFC", text).casefold())) for text in (text_a, text_b))
    if bare_a == bare_b:
        return "mark"
    if agree:
        spelling = FOLDED_AWAY.findall(text_a.casefold()) == FOLDED_AWAY.findall(text_b.casefold())
    else:
        spelling = _unaccented(bare_a) == _unaccented(bare_b)
    return "spelling" if spelling else "substitute"


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def repeats(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the spans that print an earlier one again, all of it and nothing else, marks, case and spelling aside."""
    # Most paragraphs begin as no other does, and need not be read to their ends.
    begins = [first_forms(text, start, min(end, start + HEAD)) for start, end in spans]
    shared = Counter(begins)
    forms = [
        word_forms(text[start:end]) if shared[head] > 1 else (n,)
        for n, ((start, end), head) in enumerate(zip(spans, begins, strict=True))
    ]
    first: dict[tuple[str, ...], int] = {}
    copy_of: dict[int, int] = {}
    for i, form in enumerate(forms):
        if first.setdefault(form, i) < i and len(form) >= REPEAT:
            copy_of[i] = first[form]
    for step in (1, -1):  # short paragraphs count within a block that is printed again, on either side of a long one
        for i in range(len(forms))[::step]:
            j = copy_of.get(i - step, -step) + step
            if i - step in copy_of and i not in copy_of and 0 <= j < i and forms[j] == forms[i]:
                copy_of[i] = j
    return [tuple(spans[i]) for i in sorted(copy_of)]


def clusters(passages: pd.DataFrame, article_ids: Iterable[str]) -> pd.Series:
    """Put articles that share passages, directly or through others, in one cluster.

    The result has the label of each article's cluster, by article_id: the first of its articles in the order given.

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
    return pd.Series(ids, index=ids, name="cluster").groupby(component).transform("first")


class Places(NamedTuple):
    """The words of sentences, one sentence behind the other: how many each has, and where each word starts."""

    sizes: pd.Series
    starts: np.ndarray


def mark_copies(
    sentences: pd.DataFrame,
    passages: pd.DataFrame,
    order: Sequence[str],
    group: Mapping[str, str],
    places: Places | None = None,
) -> pd.Series:
    """Mark sentences of which half the words agree with an earlier article, by `order`, of the same group (or none).

    `places` has the words of these sentences, and perhaps of others, as `word_places` finds them.
    """
    rank = {article: i for i, article in enumerate(order)}
    side = {article: None if pd.isna(value := group.get(article)) else value for article in order}
    pairs = list(zip(passages["article_a"], passages["article_b"], strict=True))
    ranks = np.array([(rank.get(a, -1), rank.get(b, -1)) for a, b in pairs], np.int64).reshape(-1, 2)
    alike = np.array([a in rank and b in rank and side[a] == side[b] for a, b in pairs], bool)
    row, (op, *spans) = stretches(passages["alignment"])
    copied = alike[row] & np.isin(op, [*map(OPS.index, AGREE)])
    row, spans = row[copied], np.array(spans)[:, copied]
    a_first = ranks[row, 0] < ranks[row, 1]
    later = np.where(a_first, ranks[row, 1], ranks[row, 0])
    ends = np.where(a_first, spans[2:], spans[:2])  # where what the later article prints begins and ends
    codes, ids = pd.factorize(sentences["article_id"])
    article = np.array([rank.get(one, -1) for one in ids], np.int32)[codes]
    concerned = np.flatnonzero(np.isin(article, later))
    sizes, starts = places or word_places(sentences.iloc[concerned])
    number = sizes.index.get_indexer(sentences.index[concerned])
    size, until = (column[number] for column in (sizes.to_numpy(np.int64), sizes.to_numpy(np.int64).cumsum()))
    # Where more passages have begun than ended, at least one lies over the word; articles lie one behind the other.
    far = 1 + max(ends[1].max(initial=0), starts.max(initial=0))
    begun, ended = (np.sort(later * far + one) for one in ends)
    marked = np.zeros(len(sentences), bool)
    for some in np.split(np.arange(len(concerned)), np.flatnonzero(np.diff(size.cumsum() // AT_ONCE)) + 1):
        row = np.repeat(np.arange(len(some)), size[some])
        word = np.arange(len(row)) + np.repeat(until[some] - size[some].cumsum(), size[some])
        at = article[concerned[some]].astype(np.int64)[row] * far + starts[word]
        inside = np.searchsorted(begun, at, side="right") > np.searchsorted(ended, at, side="right")
        over = np.bincount(row, inside, len(some))
        marked[concerned[some]] = (size[some] > 0) & (2 * over >= size[some])
    return pd.Series(marked, index=sentences.index)


def word_places(sentences: pd.DataFrame) -> Places:
    """Where the words of sentences start, whatever is counted as one elsewhere."""
    sizes, starts = [], array("i")
    for at, text in zip(sentences["start"], sentences["text"], strict=True):
        found = words(text)
        starts.extend(at + word.start for word in found)
        sizes.append(len(found))
    return Places(pd.Series(sizes, sentences.index, "int64"), np.array(starts, np.int32))
