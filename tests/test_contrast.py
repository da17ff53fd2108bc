"""Term contrasts: published figures, worked examples, and how often chance is called a finding."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import binom

from parley import StudyError, study_from_table
from parley.contrast import bootstrap, compare, compare_groups, grouped, leave_one_out
from parley.contrast.counting import Counts, counts
from parley.contrast.measures import dispersion, g2, log_odds, log_ratio
from parley.contrast.pairwise import pairs
from parley.contrast.permutation import DRAWN, design, family_p
from parley.contrast.terms import rates, telling, tokens

COPY = (
    "The government said on Monday that fighters would be allowed to leave the eastern districts of the "
    "town through two corridors before the evening, and that ambulances were waiting for the wounded near "
    "the bridge."
)
TEXTS = {
    "a": "A truce holds. Nobody fires at the market today.",
    "b": "Talks on a pause went on. A pause, said the envoy, is no peace.",
    "c": "The envoy spoke of a pause. Then the envoy left for home.",
    "d": COPY + " A market opened again. Rebels refused.",
    "e": COPY + " Shelling went on. Rebels refused the offer.",
}
EPISODE = {"a": "2012", "b": "2012", "c": "2012", "d": "2016", "e": "2016"}


@pytest.fixture(scope="module")
def five():
    frame = pd.DataFrame(
        {
            "article_id": list(TEXTS),
            "text": list(TEXTS.values()),
            "episode": list(EPISODE.values()),
            "outlet": ["x", "y", "x", "y", "x"],
        }
    )
    return study_from_table(frame, contrast={"by": "episode"})


def table_of(matrix) -> Counts:
    matrix = csr_array(matrix)
    articles, terms = matrix.shape
    return Counts(matrix, [f"a{i}" for i in range(articles)], [f"t{j}" for j in range(terms)])


def contrast(matrix, group, cluster=None):
    return compare_groups(grouped(table_of(matrix), group, sorted(set(group)), cluster))


# --- Measures against published figures
# ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "n1", "b", "n2", "value", "digits"),
    [
        (52, 50_000, 57, 75_000, 2.65, 2),  # A. Hardie's teaching example
        (620, 1_017_879, 267, 1_007_532, 140.87, 2),  # Brezina 2018, Statistics in Corpus Linguistics, ch. 3
        (348, 1_000_000, 99, 1_000_000, 147, 0),  # keep; P. Rayson, Corpora list, 18 January 2002
        (9, 1_000_000, 32, 1_000_000, 14, 0),  # keeping
        (15, 1_000_000, 14, 1_000_000, 0, 0),  # keeps
        (392, 1_000_000, 170, 1_000_000, 90, 0),  # all forms of keep
        (0, 33, 3, 36, 3.90, 2),  # by hand: 2 · 3 · ln(3 / (36 · 3 / 69))
    ],
)
def test_log_likelihood(a, n1, b, n2, value, digits):
    assert g2(np.array([a]), n1, np.array([b]), n2)[0] == pytest.approx(value, abs=0.5 * 10**-digits)


def test_log_ratio():
    # Brezina 2018, ch. 3: 1.2. Hardie 2014: a count of zero is taken as 0.5.
    assert log_ratio(np.array([620]), 1_017_879, np.array([267]), 1_007_532).round(2)[0] == 1.2
    assert log_ratio(np.array([0, 8, 0]), 100, np.array([4, 4, 0]), 100).tolist() == [-3, 1, 0]


ONE, TWO = np.array([30, 5, 200, 0]), np.array([4, 28, 210, 0])  # cat, dog, the, a


@pytest.mark.parametrize(
    ("prior", "delta", "z"),
    [
        # Computed by the package logodds 0.1.0, which follows Monroe, Colaresi & Quinn 2008, eq. 15-22. It
        # adds .01 to an informative prior, here the counts of another corpus.
        ([0.01] * 3, [2.1619865865, -1.7932224672, -0.1383464026], [4.066221427, -3.6967582808, -1.4002680917]),
        ([1] * 3, [1.9724694221, -1.6469953247, -0.1331106134], [4.0928410443, -3.6722561627, -1.3505271932]),
        (
            [100.01, 100.01, 5000.01],
            [0.2293255778, -0.2010591817, -0.0147682685],
            [1.7432189417, -1.527089847, -0.753399221],
        ),
    ],
)
def test_log_odds(prior, delta, z):
    values = log_odds(ONE[: len(prior)], TWO[: len(prior)], np.array(prior))
    np.testing.assert_allclose(values, [delta, z], atol=1e-10)


def test_log_odds_shrink_with_the_prior_and_turn_with_the_groups():
    prior = np.array([1.0, 1, 8, 4])
    strengths = [np.abs(log_odds(ONE, TWO, prior * k)[1]) for k in (1, 10, 100)]
    assert (strengths[0][:3] > strengths[1][:3]).all() and (strengths[1][:3] > strengths[2][:3]).all()
    np.testing.assert_allclose(log_odds(ONE, TWO, prior), -np.array(log_odds(TWO, ONE, prior)))
    assert log_odds(ONE, ONE, prior)[0].tolist() == [0, 0, 0, 0]


# The five-part corpus of Gries 2008, "Dispersions and adjusted frequencies in corpora", IJCL 13(4).
GRIES = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]


def test_dispersion():
    terms = sorted(set(" ".join(GRIES)) - {" "})
    matrix = csr_array([[part.split().count(term) for term in terms] for part in GRIES])
    found = dict(zip(terms, dispersion(matrix).round(2).tolist(), strict=True))
    assert {term: found[term] for term in "abiqx"} == {"a": 0.18, "b": 0.02, "i": 0.82, "q": 0.8, "x": 0.78}
    # Lijffijt & Gries 2012: three parts of equal size with 2, 1, 0 of three occurrences.
    assert dispersion(csr_array([[2, 1], [1, 2], [0, 3]])).round(4)[0] == 0.3333
    assert np.isnan(dispersion(csr_array([[2, 0], [1, 0]]))[1])


# --- Counting
# -----------------------------------------------------------------------------------------------------


def test_terms_do_not_cross_sentences():
    study = study_from_table(pd.DataFrame({"text": ["Fighting stopped. Rebels left town."]}))
    assert counts(study, ngrams=(2, 2)).terms == ["fighting stopped", "left town", "rebels left"]


def test_copy_counts_once_in_each_group(five):
    once, printed = compare(five), compare(five, counting="printed")
    assert once.loc["corridors", "count_2016"] == 1
    assert printed.loc["corridors", "count_2016"] == 2
    by_outlet = compare(five, by="outlet")
    assert by_outlet.loc["corridors", ["count_x", "count_y"]].tolist() == [1, 1]
    assert by_outlet.loc["corridors", "articles_x"] == 1


def test_counts_add_up(five):
    table = compare(five)
    words = counts(five)
    for group in ("2012", "2016"):
        rows = [i for i, article in enumerate(words.articles) if EPISODE[article] == group]
        assert table[f"count_{group}"].sum() == words.matrix[rows].sum()
        rate = 1000 * table[f"count_{group}"] / table[f"count_{group}"].sum()
        np.testing.assert_allclose(table[f"per_1000_{group}"], rate)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "epsode"}, "no article has a column 'epsode'; did you mean 'episode'"),
        ({"groups": ["2012", "2017"]}, "no article has episode = '2017'"),
        ({"groups": ["2012"]}, "two or more values of 'episode', found 1"),
        ({"counting": "twice"}, "expected 'once' or 'printed', not 'twice'"),
    ],
)
def test_errors_name_the_remedy(five, arguments, message):
    with pytest.raises(StudyError, match=message):
        compare(five, **arguments)


def test_a_study_without_groups_says_so():
    with pytest.raises(StudyError, match="the column that groups"):
        compare(study_from_table(pd.DataFrame({"text": ["A pause."]})))


def test_a_group_without_words_is_an_error():
    study = study_from_table(pd.DataFrame({"text": ["A pause.", "— …"], "year": ["1", "2"]}))
    with pytest.raises(StudyError, match="group '2': expected words"):
        compare(study, by="year")


# --- Permutations
# -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "clusters", "possible", "smallest"),
    [
        ([0, 0, 0, 1, 1], "abcde", 10, 0.1),
        ([0, 0, 0, 1, 1], "abcdd", 4, 0.25),  # two articles of one group share copy
        ([0, 0, 1, 1], "abcd", 6, 1 / 3),  # groups of one size: the mirrored split differs as much
        ([0] * 10 + [1] * 10, range(20), 184_756, 1 / 5000),
        ([0, 1, 2], "abc", 6, 1),  # three articles, three groups: every split is the same one
        ([0, 0, 1, 2], "abcd", 12, 1 / 6),
        ([0, 0, 1, 1], "abab", 4, 0.5),  # two stories, each printed by both groups
        ([0, 0, 0, 1, 1], "abcad", 2 * 3, 1 / 6),
        ([0, 1], "aa", 2, 1),
        ([0, 0], "ab", 1, 1),
    ],
)
def test_splits(groups, clusters, possible, smallest):
    plan = design(groups, list(clusters))
    assert plan.possible == possible
    assert plan.smallest_p == pytest.approx(smallest)
    assert plan.splits[0][plan.part].tolist() == groups
    if possible <= 10_000:
        assert len({tuple(row) for row in plan.splits.tolist()}) == len(plan.splits) == possible
    else:
        assert len(plan.splits) == DRAWN + 1


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=2, max_size=7))
@settings(deadline=None)
def test_every_split_keeps_clusters_together_and_sizes(pairs):
    names = sorted({g for g, _ in pairs})
    groups, clusters = [names.index(g) for g, _ in pairs], [c for _, c in pairs]
    plan = design(groups, clusters)
    assert plan.pool.max() == sum(
        len({g for g, k in zip(groups, clusters, strict=True) if k == c}) > 1 for c in set(clusters)
    )
    sizes = np.bincount(plan.splits[0], minlength=3)
    for row in plan.splits:
        assert (np.bincount(row, minlength=3) == sizes).all()
        for number in range(1, plan.pool.max() + 1):
            assert sorted(row[plan.pool == number]) == sorted(plan.splits[0][plan.pool == number])


def test_p_values_by_hand():
    """Four articles of four words, two against two: six splits, in mirrored pairs; look at each."""
    matrix = np.array([[4, 0], [3, 1], [1, 3], [1, 3]])
    statistics = []
    for first in ([0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]):
        excess = matrix[first].sum(axis=0) - 8 * matrix.sum(axis=0) / 16
        statistics.append(np.abs(excess))
    spread = np.sqrt((np.array(statistics) ** 2).mean(axis=0))
    largest = (np.array(statistics) / spread).max(axis=1)
    expected = [(largest >= value - 1e-9).mean() for value in statistics[0] / spread]
    groups = [0, 0, 1, 1]
    found = family_p(csr_array(matrix), matrix.sum(axis=1), design(groups, range(4)))
    np.testing.assert_allclose(found, [expected, expected])


@pytest.mark.parametrize(("milk_first_said", "p"), [(4, 2 / 70), (3, 34 / 70), (2, 1)])
def test_the_lady_tasting_tea(milk_first_said, p):
    """A term in four of eight articles: Fisher's exact test (1935, The Design of Experiments, ch. 2)."""
    said = np.array([1] * milk_first_said + [0] * 4 + [1] * (4 - milk_first_said))
    groups = [0] * 4 + [1] * 4
    found = family_p(csr_array(said[:, None]), np.full(8, 10), design(groups, range(8)))
    assert found[0, 0] == pytest.approx(p)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_spread_is_that_of_all_splits(seed):
    """Mean and standard deviation are worked out: compare with all splits, also of matched sets."""
    rng = np.random.default_rng(seed)
    counts_ = rng.poisson(2, (7, 4))
    groups, clusters = [0, 0, 0, 1, 1, 0, 1], list("abccdee")
    words = counts_.sum(axis=1) + 5
    plan = design(groups, clusters)
    rate = counts_.sum(axis=0) / words.sum()
    residual = counts_ - np.outer(words, rate)
    excess = (plan.splits[:, plan.part] == 0) @ residual
    excess = np.abs(excess - excess.mean(axis=0))
    spread = np.sqrt((excess**2).mean(axis=0))
    statistic = np.divide(excess, spread, where=spread > 1e-6, out=np.zeros_like(excess))
    expected = (statistic.max(axis=1)[:, None] >= statistic[0] - 1e-9).mean(axis=0)
    np.testing.assert_allclose(family_p(csr_array(counts_), words, plan)[0], expected)


def test_smallest_p_is_reached_and_never_undercut():
    matrix = [[20, 0, 20]] * 3 + [[0, 20, 20]] * 2
    table = contrast(matrix, ["1", "1", "1", "2", "2"])
    assert table["p_value"].min() == table.attrs["smallest_p"] == 0.1
    table = contrast(matrix, ["1", "1", "1", "2", "2"], list("abcdd"))
    assert table["p_value"].min() == table.attrs["smallest_p"] == 0.25
    assert table.attrs["smallest_p_ignoring_copy"] == 0.1


def test_clusters_of_the_five_articles(five):
    attrs = compare(five).attrs
    assert attrs["units"] == {"2012": 3, "2016": 1}
    assert attrs["unit"] == "clusters of articles that share copy"
    assert (attrs["splits"], attrs["smallest_p"], attrs["smallest_p_ignoring_copy"]) == (4, 0.25, 0.1)


def test_rare_terms_are_listed_and_not_tested():
    table = contrast([[4, 10], [0, 10], [0, 10]], ["1", "1", "2"])
    assert np.isnan(table.loc["t0", "p_value"])
    assert table.loc["t0", "count_1"] == 4
    assert table.attrs["terms_tested"] == 1


def test_the_prior_is_as_strong_as_one_article():
    table = contrast([[4, 10, 6], [0, 12, 8], [2, 9, 9]], ["1", "1", "2"]).sort_index()
    delta, z = log_odds(np.array([4, 22, 14]), np.array([2, 9, 9]), np.array([6, 31, 23]) / 3)
    np.testing.assert_allclose(table[["log_odds", "log_odds_z"]], np.array([delta, z]).T)


def test_order_of_articles_and_of_groups_does_not_matter():
    rng = np.random.default_rng(3)
    matrix = rng.poisson(3, (8, 6)) + np.array([[4, 0, 0, 0, 0, 0]] * 4 + [[0] * 6] * 4)
    group = ["1"] * 4 + ["2"] * 4
    table = contrast(matrix, group)
    shuffled = rng.permutation(8)
    again = contrast(matrix[shuffled], [group[i] for i in shuffled]).reindex(table.index)
    pd.testing.assert_frame_equal(table, again)
    turned = contrast(matrix, [{"1": "2", "2": "1"}[name] for name in group]).reindex(table.index)
    np.testing.assert_allclose(turned["log_ratio"], -table["log_ratio"])
    np.testing.assert_allclose(turned["log_odds_z"], -table["log_odds_z"])
    np.testing.assert_allclose(turned[["g2", "p_value"]], table[["g2", "p_value"]])


def test_drawn_splits_repeat():
    matrix = np.random.default_rng(0).poisson(2, (24, 10))
    tables = [contrast(matrix, ["1"] * 12 + ["2"] * 12) for _ in range(2)]
    pd.testing.assert_frame_equal(*tables)
    assert tables[0].attrs["splits"] == DRAWN
    assert (tables[0]["p_value"] * 5000).round(6).mod(1).eq(0).all()


def bursty(rng, articles: int, *, terms: int = 60, words: int = 150) -> np.ndarray:
    """Words come in bursts: each article has its own rates, drawn around those of all."""
    base = 1 / np.arange(1, terms + 1)
    return np.array([rng.multinomial(words, rng.dirichlet(30 * base / base.sum())) for _ in range(articles)])


def findings(tables) -> float:
    return np.mean([(table["p_value"] <= 0.05).any() for table in tables])


def test_chance_is_seldom_called_a_finding():
    """At most 5% of splits of articles that do not differ; G² alone calls nearly all of them findings."""
    rng = np.random.default_rng(1)
    tables = [contrast(bursty(rng, 12), ["1"] * 6 + ["2"] * 6) for _ in range(100)]
    assert findings(tables) * 100 <= binom.ppf(0.999, 100, 0.05)
    assert np.mean([(table["g2"] > 15.13).any() for table in tables]) > 0.8  # G² beyond p = .0001


def test_chance_is_seldom_called_a_finding_with_shared_copy():
    """Fourteen stories in three near copies each, four of them in both groups; ignoring that cries wolf."""
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(14), 3)
    group = np.array((["1"] * 15 + ["2"] * 15) + ["1", "1", "2", "1", "2", "2", "1", "2", "2", "1", "2", "1"])
    tables, ignoring = [], []
    for i in range(60):
        stories = bursty(rng, 14)
        matrix = np.array([rng.binomial(stories[c], 0.9) for c in cluster])
        tables.append(contrast(matrix, group.tolist(), cluster.tolist()))
        if i < 20:
            ignoring.append(contrast(matrix, group.tolist()))
    assert findings(tables) * 60 <= binom.ppf(0.999, 60, 0.05)
    assert findings(ignoring) > 0.3


def test_copy_in_both_groups_sets_nothing_apart():
    """The same stories in both groups, but for one word that the second replaces: found, and nothing else."""
    rng = np.random.default_rng(4)
    stories = bursty(rng, 12, terms=20)
    edited = np.array([[3, 0]] * 12 + [[0, 3]] * 12)
    matrix = np.hstack([np.vstack([stories, stories]), edited])
    table = contrast(matrix, ["1"] * 12 + ["2"] * 12, [*range(12), *range(12)])
    assert sorted(table.index[table["p_value"] <= 0.05]) == ["t20", "t21"]
    assert (table["p_value"].drop(["t20", "t21"]).dropna() == 1).all()
    assert table.attrs["splits"] == 2**12


def test_a_real_difference_is_found():
    rng = np.random.default_rng(5)
    more = np.array([0] * 9 + [12] + [0] * 50)
    tables = [
        contrast(bursty(rng, 24) + np.array([more] * 12 + [0 * more] * 12), ["1"] * 12 + ["2"] * 12) for _ in range(20)
    ]
    assert all(table.loc["t9", "p_value"] <= 0.05 for table in tables)


def test_more_groups_are_each_set_against_the_rest():
    matrix = [[20, 2, 9]] * 4 + [[2, 20, 9]] * 4 + [[11, 11, 9]] * 4
    group = ["1"] * 4 + ["2"] * 4 + ["3"] * 4
    table = contrast(matrix, group).set_index("group", append=True)
    assert len(table) == 9
    assert table.loc[("t0", "1"), "log_ratio"] == pytest.approx(np.log2((80 / 124) / (52 / 248)))
    assert table.loc[("t0", "1"), "p_value"] <= 0.02
    assert table.loc[("t2", "3"), "p_value"] == 1
    assert table.loc[("t0", "1"), ["count_1", "count_2", "count_3"]].tolist() == [80, 8, 44]


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 5), st.booleans())
@settings(max_examples=40, deadline=None)
def test_whatever_the_counts(seed, first, second, copy):
    rng = np.random.default_rng(seed)
    matrix = rng.poisson(rng.gamma(0.5, 4, 6), (first + second, 6)) * (rng.random((first + second, 1)) < 0.9)
    matrix[[0, -1], 0] += 1
    cluster = rng.integers(0, 4, first + second).tolist() if copy else None
    table = contrast(matrix, ["1"] * first + ["2"] * second, cluster)
    p = table["p_value"].dropna()
    assert p.between(table.attrs["smallest_p"] - 1e-12, 1).all()
    assert (table["dispersion"].between(0, 1) & (table["g2"] >= 0)).all()
    assert np.isfinite(table[["log_ratio", "g2"]]).all(axis=None)
    assert (
        (np.sign(table["log_ratio"]) == np.sign(table["per_1000_1"] - table["per_1000_2"]))
        .where((table["count_1"] > 0) & (table["count_2"] > 0), True)
        .all()
    )


# --- How sure
# -----------------------------------------------------------------------------------------------------


def test_ranges_when_each_article_is_left_out(five):
    ranges = leave_one_out(five)
    given_, pause = compare(five), ranges.loc["pause"]
    assert pause["log_ratio"] == given_.loc["pause", "log_ratio"]
    assert pause["log_ratio_low"] < pause["log_ratio"] <= pause["log_ratio_high"]
    assert ranges.attrs == {"left_out": "article", "turns": 5, "turns_skipped": 0}
    # Without the article that printed the shared copy first, the other one counts for it.
    without = compare(
        study_from_table(
            pd.DataFrame([{"article_id": key, "text": TEXTS[key], "episode": EPISODE[key]} for key in "abce"])
        ),
        by="episode",
    )
    assert without.loc["corridors", "count_2016"] == 1
    low, high = ranges.loc["corridors", ["log_ratio_low", "log_ratio_high"]]
    assert low <= without.loc["corridors", "log_ratio"] <= high
    assert not ranges.loc["market", "holds"]


def test_a_group_of_one_article_is_never_left_empty():
    study = study_from_table(pd.DataFrame({"text": ["A pause."] * 2 + ["A truce."], "year": ["1", "1", "2"]}))
    assert leave_one_out(study, by="year").attrs["turns_skipped"] == 1


def many(outlets: list[str]):
    rng = np.random.default_rng(6)
    words = ["truce", "pause", "talks", "rebels", "envoy", "market", "bridge", "winter", "harbour", "lorry"]
    texts = [" ".join(rng.choice(words, 40)) + "." for _ in outlets]
    texts = [text + (" Deal deal deal." if i % 2 else "") for i, text in enumerate(texts)]
    return study_from_table(pd.DataFrame({"text": texts, "year": ["1", "2"] * (len(outlets) // 2), "outlet": outlets}))


def test_many_articles_are_left_out_by_outlet_or_in_folds():
    assert leave_one_out(many(["x", "x", "y", "y"] * 8), by="year").attrs["left_out"] == "outlet"
    by_fold = leave_one_out(many(["x", "y"] * 16), by="year")
    assert len(by_fold) > 2
    assert (by_fold.attrs["left_out"], by_fold.attrs["turns"]) == ("fold", 10)


def test_bootstrap_wants_ten_independent_articles(five):
    with pytest.raises(StudyError, match="ten independent articles or more in each group, '2012' has 3"):
        bootstrap(five)
    with pytest.raises(StudyError, match="expected two groups, found 3"):
        bootstrap(study_from_table(pd.DataFrame({"text": ["A pause."] * 3, "year": ["1", "2", "3"]})), by="year")
    intervals = bootstrap(many(["x", "y"] * 16), by="year")
    assert (intervals["log_ratio_low"] <= intervals["log_ratio"]).all()
    assert (intervals["log_ratio"] <= intervals["log_ratio_high"]).all()
    assert intervals.loc["deal", "log_ratio_high"] < 0
    assert intervals.loc["truce", "log_ratio_low"] < 0 < intervals.loc["truce", "log_ratio_high"]


# --- Pairs of several groups, and the words behind a term
# ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def three():
    """Three groups of eight articles, of which one has a word of its own; the others differ in nothing."""
    own = {"x": "The ferry came late", "y": "The ferry came late", "z": "The drawbridge came late"}
    rows = [
        (f"{town}{i}", town, f"{own[town]} to quay {i}, and article {i} tells of it.")
        for i in range(8)
        for town in "xyz"
    ]
    return study_from_table(pd.DataFrame(rows, columns=["article_id", "town", "text"]), contrast={"by": "town"})


def test_a_pair_differs_as_compare_says_corrected_for_the_number_of_pairs(three):
    table = pairs(three).set_index(["first", "second"])
    assert len(table) == 3 and table.loc[("x", "y"), "p_value"] == 1 and not table.loc[("x", "y"), "words_that_differ"]
    for pair in (("x", "z"), ("y", "z")):
        row = table.loc[pair]
        single = compare(three, groups=[*pair])["p_value"].min()
        assert row["p_value"] == pytest.approx(3 * single, abs=3 / 1000) and row["p_value"] <= 0.05
        assert (row["more_in_first"], row["more_in_second"]) == ("ferry", "drawbridge")


def test_two_groups_have_no_further_pairs(five):
    assert not len(pairs(five)) and "more_in_first" in pairs(five)


def test_what_a_term_rests_on_is_what_the_texts_print(three):
    found = tokens(three, ["drawbridge", "the"])
    assert found.to_dict() == {"drawbridge": "drawbridge 8", "the": "The 24"}


def test_rates_of_terms_are_counts_by_words_with_ranges(three):
    town = three.articles.set_index("article_id")["town"]
    table = rates(three, ["ferry"], town).set_index("town")
    words = three.sentences[three.sentences["counted"]].groupby("article_id")["words"].sum()
    assert table["count"].to_dict() == {"x": 8, "y": 8, "z": 0}
    assert table.loc["x", "per_1000"] == pytest.approx(8000 / words[town == "x"].sum())
    assert (table["reports"] == 8).all() and (table["range"] == "one left out").all()


def test_terms_of_chosen_words_are_those_of_all_without_the_others(study):
    every, some = (counts(study, ngrams=(1, 2), words=words) for words in (None, telling))
    kept = [n for n, term in enumerate(every.terms) if telling(term)]
    assert some.terms == [every.terms[n] for n in kept] and any(" " in term for term in some.terms)
    assert (some.matrix.toarray() == every.matrix.toarray()[:, kept]).all()
