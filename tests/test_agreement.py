"""The measure of agreement: what counts as the same attribution, and the scores that follow."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.codings.agreement import agreement_by_kind, match

TEXT = "“The boats will sail at six,” the mayor said. The union denied that. Nobody asked the pilots why."


def one(content, source=None, **more):
    """An attribution by its words as they stand in TEXT."""

    def spans(words):
        return [] if words is None else [(TEXT.index(words), TEXT.index(words) + len(words))]

    return {"source": spans(source), "cue": [], "content": spans(content), **more}


BOATS = one("The boats will sail at six", "the mayor")
DENIAL = one("that", "The union")


def test_marks_and_half_of_the_words_do_not_matter():
    assert match(TEXT, [one("“The boats will sail at six,”", "mayor")], [BOATS]) == [(0, 0)]
    assert match(TEXT, [one("boats will sail", "the mayor")], [BOATS]) == [(0, 0)]
    assert match(TEXT, [one("boats will", "the mayor")], [BOATS]) == []


def test_sources_must_share_a_word_or_both_be_missing():
    assert match(TEXT, [one("The boats will sail at six", "The union")], [BOATS]) == []
    assert match(TEXT, [one("The boats will sail at six")], [BOATS]) == []
    assert match(TEXT, [one("Nobody asked")], [one("Nobody asked")]) == [(0, 0)]


def test_each_attribution_is_used_once():
    scores = agreement_by_kind([(TEXT, [BOATS, BOATS], [BOATS, DENIAL])])
    assert scores.loc["all", ["found", "right", "coded", "met"]].tolist() == [2, 1, 2, 1]
    assert scores.loc["all", "f1"] == 0.5


def test_largest_matching_wins_over_the_nearest_pair():
    wide, narrow = one("The boats will sail at six", "the mayor"), one("boats will sail", "the mayor")
    assert len(match(TEXT, [wide, narrow], [narrow, one("will sail at six", "the mayor")])) == 2


def test_subsets_by_quotation_marks():
    scores = agreement_by_kind([(TEXT, [BOATS, DENIAL], [BOATS])])
    assert scores["found"].tolist() == [2, 1, 1]
    assert scores.loc["quoted", "f1"] == 1
    assert scores.loc["indirect", ["precision", "recall", "f1"]].tolist() == [0, 0, 0]


def test_interrupted_content_is_one():
    parts = BOATS | {"content": [(1, 10), (11, 28)]}
    assert match(TEXT, [parts], [BOATS]) == [(0, 0)]


@pytest.mark.parametrize("coded", [[], [BOATS]])
def test_nothing_found_scores_nothing(coded):
    assert agreement_by_kind([(TEXT, [], coded)]).loc["all", ["precision", "recall", "f1"]].tolist() == [0, 0, 0]


span = st.tuples(st.integers(0, 90), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1]))
spans = st.lists(span, max_size=2)
attributions = st.lists(st.fixed_dictionaries({"source": spans, "content": spans}), max_size=6)


@settings(deadline=None)
@given(attributions, attributions)
def test_properties(found, coded):
    pairs = match(TEXT, found, coded)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert len(pairs) == len(match(TEXT, coded, found))
    shuffled = random.Random(0).sample(found, len(found))
    assert len(match(TEXT, shuffled, coded)) == len(pairs)
    with_words = [a for a in coded if agreement_by_kind([(TEXT, [], [a])]).loc["all", "coded"]]
    if with_words:
        assert agreement_by_kind([(TEXT, with_words, with_words)]).loc["all", "f1"] == 1
