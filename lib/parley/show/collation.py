"""Shared copy set side by side: what differs between two printings, and what either leaves out.

The texts do not say which printing came first, so nothing here speaks of changes, only of differences.
"""

from collections.abc import Iterator, Sequence

import pandas as pd
from markupsafe import Markup, escape

from parley.show.evidence import cite
from parley.show.tables import html_column
from parley.study import Study
from parley.text.copies import Stretch

NOTHING = Markup('<span class="nothing">∅</span>')  # stands where the other printing has words
CHUNK = 35  # words of agreeing text after which a row of the side-by-side table ends at the next sentence


def side_by_side(study: Study, passages: pd.DataFrame) -> pd.DataFrame:
    """The shared passages, row by row in both printings, with what differs marked.

    Words that differ are bold and highlighted; ∅ stands where only the other printing has words; differences of case, quotation marks,
    brackets or spelling are underlined.

    Parameters
    ----------
    passages
        As :func:`parley.text.copies.shared_passages` gives them.

    Returns
    -------
    DataFrame
        ``place`` (permanent: both articles, and where the row begins in them), ``a, b`` (HTML), ``citation``.
    """
    articles = study.articles.set_index("article_id")
    rows = []
    for passage in passages.itertuples():
        one, other = articles.loc[passage.article_a], articles.loc[passage.article_b]
        for steps in _chunks(passage.alignment, one["text"]):
            start_a, start_b = steps[0].start_a, steps[0].start_b
            a = Markup(" ").join(_differing(one["text"][step.start_a : step.end_a], step.op) for step in steps)
            b = Markup(" ").join(_differing(other["text"][step.start_b : step.end_b], step.op) for step in steps)
            place = f"{one.name}-c{start_a}-{other.name}-c{start_b}"
            rows.append((place, a, b, f"a: {cite(one, start_a)}; b: {cite(other, start_b)}"))
    table = pd.DataFrame(rows, columns=["place", "a", "b", "citation"])
    return table.assign(a=html_column(row[1] for row in rows), b=html_column(row[2] for row in rows))


def _chunks(steps: Sequence[Stretch], text: str) -> Iterator[list[Stretch]]:
    """The steps of an alignment in rows that a reader takes in; `text` is that of the first article."""
    chunk, agreed = [], 0
    for step in steps:
        words = text[step.start_a : step.end_a]
        chunk.append(step)
        agreed += len(words.split())
        if agreed >= CHUNK and words.rstrip("”\"'’)").endswith((".", "!", "?")):
            yield chunk
            chunk, agreed = [], 0
    if chunk:
        yield chunk


def _differing(words: str, op: str) -> Markup:
    if op == "same":
        return escape(words)
    if not words:
        return NOTHING
    if op in ("mark", "spelling"):
        return Markup('<u class="{}">{}</u>').format(op, words)
    return Markup('<mark class="{}"><b>{}</b></mark>').format(op, words)


def substitutions(passages: pd.DataFrame) -> pd.DataFrame:
    """Words that stand in each other's place, over all shared passages, most frequent first.

    Returns
    -------
    DataFrame
        ``words, other_words`` (in the order of the alphabet, since the texts give no other), ``times``, ``pairs`` (of articles).
    """
    rows = [
        (*sorted((a.casefold(), b.casefold())), (passage.article_a, passage.article_b))
        for passage in passages.itertuples()
        for op, a, b in passage.edits
        if op == "substitute"
    ]
    table = pd.DataFrame(rows, columns=["words", "other_words", "pair"])
    table = table.groupby(["words", "other_words"])["pair"].agg(times="size", pairs="nunique").reset_index()
    return table.sort_values(["times", "pairs", "words"], ascending=[False, False, True], ignore_index=True)


def edits(passages: pd.DataFrame) -> pd.DataFrame:
    """How many differences of each kind, by pair of articles: ``article_a, article_b, insert, delete, substitute, spelling, mark``."""
    kinds = ["insert", "delete", "substitute", "spelling", "mark"]
    rows = [(p.article_a, p.article_b, op) for p in passages.itertuples() for op, _, _ in p.edits]
    table = pd.DataFrame(rows, columns=["article_a", "article_b", "op"])
    counted = table.groupby(["article_a", "article_b"])["op"].value_counts().unstack(fill_value=0)
    return counted.reindex(columns=kinds, fill_value=0).reset_index().rename_axis(columns=None)


def only_in(study: Study, passages: pd.DataFrame) -> pd.DataFrame:
    """Sentences of articles that share copy which the other article does not have.

    Returns
    -------
    DataFrame
        ``article_id, start, not_in, text``; a sentence counts as shared if half its characters lie in a shared passage.
    """
    rows = []
    for (a, b), found in passages.groupby(["article_a", "article_b"]):
        for one, other, end in ((a, b, "a"), (b, a, "b")):
            spans = list(zip(found[f"start_{end}"], found[f"end_{end}"], strict=True))
            own = study.sentences[study.sentences["article_id"] == one]
            for sentence in own[own["kind"].isin(["headline", "standfirst", "caption", "body"])].itertuples():
                covered = sum(max(0, min(sentence.end, e) - max(sentence.start, s)) for s, e in spans)
                if covered < (sentence.end - sentence.start) / 2:
                    rows.append((one, sentence.start, other, sentence.text))
    return pd.DataFrame(rows, columns=["article_id", "start", "not_in", "text"])
