"""What holds for any text and any corpus: offsets, order, and that articles do nothing to one another but share copy."""

import warnings
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from texts import COUNT, SETTINGS, composed, damaged, printed, texts

from parley import study_from_table
from parley.contrast import compare
from parley.contrast.permutation import design, family_p
from parley.corpus.segments import PROSE
from parley.estimates.shares import difference, share
from parley.read import read_article

ROLES = ("source", "cue", "content")
few = settings(max_examples=max(COUNT // 20, 10))  # of small corpora


def in_order(spans, start, end):
    """Whether spans lie within a place, in order, none empty and none over another."""
    spans = list(spans)
    inside = all(start <= a < b <= end for a, b in spans)
    return inside and all(b <= c for (_, b), (c, _) in pairwise(spans))


@given(texts)
@settings(max_examples=COUNT)
def test_places_give_back_the_text_and_lie_in_order(text):
    read = read_article(text, SETTINGS, article_id="a")
    assert [start for _, start, _ in read.segments] == [0, *(end for *_, end in read.segments)][: len(read.segments)]
    assert not text or read.segments[-1][2] == len(text)
    sentences = [(start, end) for *_, start, end in read.sentences]
    assert in_order(sentences, 0, len(text))
    for (start, end), words in zip(sentences, read.words, strict=True):
        assert in_order([(word.start, word.end) for word in words], start, end)
    prose = [(start, end) for kind, start, end in read.segments if kind in PROSE]
    for row in read.attributions:
        source = [] if row["source_start"] is None else [(row["source_start"], row["source_end"])]
        for role, spans in (("source", source), ("cue", row["cue"]), ("content", row["content"])):
            assert in_order(spans, 0, len(text)), role
            assert (row[f"{role}_text"] or "") == " … ".join(text[a:b] for a, b in spans), role
            assert all(any(a < end and start < b for start, end in prose) for a, b in spans), role
        assert row["content"], "an attribution says something"
    assert in_order([(row["start"], row["end"]) for row in read.mentions], 0, len(text))
    for row in read.mentions:
        assert text[row["start"] : row["end"]] == row["keyword"] and row["polarity"] in ("for", "against", "neutral")
        assert any(start <= row["start"] and row["end"] <= end for start, end in prose)


def test_the_texts_of_the_properties_have_something_to_say():
    """Else the properties would hold of nothing."""
    found = [read_article(text, SETTINGS) for text in printed()]
    assert sum(len(read.attributions) for read in found) > 200 and sum(len(read.mentions) for read in found) > 200
    assert min(len(read.segments) for read in found) > 0


COPY = (
    "The harbour master told the council on Monday that no ferry would leave the northern quay before the ice had gone,"
    " and that whoever had bought a ticket for the crossing could have the money back at any office of the line."
)


def small_corpus(texts):
    """A study of some texts, under names that keep their order."""
    frame = pd.DataFrame({"article_id": [f"a{n:02d}" for n in range(len(texts))], "text": texts})
    frame["half"] = ["first" if n % 2 else "second" for n in range(len(texts))]
    return study(frame)


def study(frame):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # empty texts and control characters are to be expected
        return study_from_table(frame, contrast={"by": "half"}, **SETTINGS)


TABLES = ("segments", "sentences", "attributions", "mentions")
# An article of a corpus: made anew, or a damaged printing of one that others may have too.
articles = st.lists(
    st.one_of(composed(), damaged, st.sampled_from(range(27)).map(lambda n: printed()[n])), min_size=2, max_size=6
)


@given(articles)
@few
def test_adding_an_article_changes_only_what_counts_of_the_others(texts):
    whole, without = small_corpus(texts), small_corpus(texts[:-1])
    for name in TABLES:
        last = f"a{len(texts) - 1:02d}"
        rows, before = getattr(whole, name), getattr(without, name)
        rows = rows[rows["article_id"] != last].reset_index(drop=True)
        depends = ["counted", "left_out"]
        pd.testing.assert_frame_equal(
            rows.drop(columns=depends, errors="ignore"),
            before.drop(columns=depends, errors="ignore"),
            check_dtype=False,
        )


@given(articles, st.randoms(use_true_random=False))
@few
def test_shuffling_articles_changes_nothing_but_the_order_of_rows(texts, random):
    frame = small_corpus(texts).articles[["article_id", "text", "half"]]
    shuffled = frame.iloc[random.sample(range(len(frame)), len(frame))].reset_index(drop=True)
    one, other = study(frame), study(shuffled)
    for name in (*TABLES, "passages"):
        rows, again = (_sorted(getattr(each, name)) for each in (one, other))
        pd.testing.assert_frame_equal(rows, again, check_dtype=False)
    if frame["half"].nunique() > 1 and _has_words(one):
        pd.testing.assert_frame_equal(compare(one).sort_index(), compare(other).sort_index())


def _sorted(table):
    table = table.map(lambda value: str(value) if isinstance(value, list) else value)
    places = [column for column in table if column.startswith(("article", "start", "attribution_id", "mention_id"))]
    return table.sort_values(places).reset_index(drop=True)


def _has_words(study):
    counted = study.sentences.query("counted and words > 0")
    return counted["article_id"].map(study.groups).nunique() > 1


@given(articles)
@few
def test_what_counts_once_counts_again(texts):
    """Leaving out repeats and shared copy a second time leaves out nothing more."""
    first = small_corpus([*texts, texts[0], COPY, COPY, COPY])
    assert (first.sentences["left_out"] == "shared").any(), "two of the three stand in one group"
    kept = first.sentences.query("counted")
    rest = kept["text"].str.replace("\n", " ").groupby(kept["article_id"]).agg("\n\n".join)
    # Copy counts once in each group, so an article has to stay in its own.
    frame = first.articles[["article_id", "half"]].merge(rest.reset_index(), on="article_id")
    again = study(frame).sentences
    assert not again["left_out"].isin(["shared"]).any(), again[again["left_out"] == "shared"]["text"].tolist()


LABELS = ["for", "against", "neutral"]
coded = st.lists(
    st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS), st.sampled_from("ab"), st.integers(0, 5)),
    min_size=1,
    max_size=40,
)


@given(coded)
@settings(max_examples=max(COUNT // 5, 50))
def test_with_a_full_coding_estimates_are_counts(rows):
    read, labels, groups, articles = (pd.Series(values) for values in zip(*rows, strict=True))
    for label in LABELS:
        found = share(read, labels, label, strata=groups, articles=articles)
        counted = (labels == label).mean()
        assert (found.share, found.low, found.high) == pytest.approx((counted, counted, counted))
        assert (found.coded, found.of) == (len(rows), len(rows)) and found.read_share == pytest.approx(
            (read == label).mean()
        )
    if groups.nunique() == 2:
        between = difference(read, labels, "for", groups, articles=articles)
        wanted = (labels[groups == "a"] == "for").mean() - (labels[groups == "b"] == "for").mean()
        assert (between.difference, between.low, between.high) == pytest.approx((wanted, wanted, wanted))


@given(st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(2, 3), st.booleans())
@settings(max_examples=max(COUNT // 20, 20))
def test_under_shuffling_p_is_at_most_a_no_more_often_than_a(seed, first, second, shared):
    """Each split of the articles in turn taken for the one observed: of all of them at most a share a has a p of a or less."""
    draw = np.random.default_rng(seed)
    matrix = csr_array(draw.poisson(draw.gamma(0.5, 4, 8), (first + second, 8)))
    words = np.asarray(matrix.sum(axis=1)).ravel() + draw.integers(1, 50, first + second)
    clusters = list(range(first + second))
    if shared:
        clusters[1] = clusters[0]  # two of the first group print the same copy
    groups = np.array([0] * first + [1] * second)
    plan = design(groups, clusters)
    smallest = Counter()
    for split in plan.splits:
        observed = split[plan.part]
        p = family_p(matrix, words, design(observed, clusters))
        smallest[round(float(p.min()), 9)] += 1
    splits = sum(smallest.values())
    assert splits == len(plan.splits) > 2
    for a in smallest:
        assert sum(count for p, count in smallest.items() if p <= a + 1e-9) / splits <= a + 1e-9
