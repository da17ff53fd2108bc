"""Shares estimated from a coded sample: published values, worked examples, exact where all is coded."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from parley import StudyError, load_study
from parley.codings import read_attributions, read_mentions, sample
from parley.codings.sheets import attribution_sheet, mention_sheet
from parley.corpus.codebook import listed
from parley.estimates import difference, differences, estimates, needed, share, totals
from parley.estimates.intervals import Evidence, newcombe, p_of, wilson

NORMAL = 1.959964


# --- published values


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_as_published(hits, number, low, high):
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    assert wilson(hits / number, number, NORMAL) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_interval_as_published(one, two, low, high):
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    sides = [Evidence(hits / number, number, np.inf) for hits, number in (one, two)]
    assert newcombe(*sides) == pytest.approx((low, high), abs=5e-5)


def rows(*counts):
    """Two Series: so many rows read as the first and coded as the second."""
    read = [label for label, _, number in counts for _ in range(number)]
    coded = [label for _, label, number in counts for _ in range(number)]
    return pd.Series(read, dtype="str"), pd.Series(coded, dtype="str")


SMALL = rows(("for", "for", 6), ("for", "against", 2), ("for", None, 12), ("against", "against", 3), ("against", "for", 1), ("against", None, 26))  # fmt: skip


def test_a_row_that_is_not_coded_is_none_of_them_whatever_its_type_says_of_it():
    nullable = [one.astype("string") for one in SMALL]
    assert nullable[1].isna().any() and share(*nullable, "for") == share(*SMALL, "for")


def test_two_clusters_say_a_little_and_one_says_nothing():
    low, high = Evidence(0.5, 40, 1).limits()
    assert 0 < low < 0.1 and 0.9 < high < 1
    assert Evidence(0.5, 40, 0).limits() == (0, 1)


def test_a_post_stratified_share_worked_by_hand():
    """20 of 50 rows read "for": 6 of 8 coded ones are; of the 30 others 1 of 4: .4 × .75 + .6 × .25 = .45."""
    found = share(*SMALL, "for")
    assert found.share == pytest.approx(0.45) and (found.read_share, found.coded, found.of) == (0.4, 12, 50)
    # Smoothed by s = (7 + 1)/(12 + 2) = 4/7: (6 + s)/9 and (1 + s)/5, total .4 × .73016 + .6 × .31429 = .48063.
    variance = 0.16 * 0.73016 * 0.26984 / 8 * (1 - 8 / 20) + 0.36 * 0.31429 * 0.68571 / 4 * (1 - 4 / 30)
    number = 0.48063 * 0.51937 / variance
    # t of 11 degrees of freedom: 2.20099.
    low, high = wilson(0.45, number, 2.20099)
    # Half a row of 50 on either side.
    assert (found.low, found.high) == pytest.approx((low - 0.01, high + 0.01), abs=2e-5)


def test_a_stratum_without_a_coding_has_the_share_of_all_codings():
    read, coded = rows(("for", "for", 3), ("for", "against", 1), ("for", None, 6), ("neutral", None, 10))
    assert share(read, coded, "for").share == pytest.approx(0.75)


# Figures of ppi-python 0.2.3 (Angelopoulos and others 2023) on the same rows: 5,000 of which 300 are coded.
PREDICTED = rows(("y", "y", 60), ("y", "n", 20), ("n", "y", 30), ("n", "n", 190), ("y", None, 1500), ("n", None, 3200))


def test_the_share_is_that_of_prediction_powered_inference():
    """ppi_mean_pointestimate with the coefficient of the regression, .33027273; its interval, .2848 to .3700, is as wide
    at the coefficient it chooses itself (.3274)."""
    found = share(*PREDICTED, "y", articles=pd.Series(range(5000)), beyond=True)
    assert found.share == pytest.approx(0.33027273, abs=1e-8)
    assert found.high - found.low == pytest.approx(0.36999354 - 0.2847738, rel=0.05)


def as_numbers(labels, columns):
    return pd.get_dummies(labels).reindex(columns=columns, fill_value=False).astype(float).where(labels.notna(), axis=0)


def test_attributions_are_estimated_as_prediction_powered_inference_does():
    """One attribution a sentence: ppi_mean_pointestimate with coefficient 1, .34933333, and .3015 to .3971."""
    read, coded = (as_numbers(labels, ["n", "y"]) for labels in PREDICTED)
    everywhere = pd.Series("all", read.index)
    found = totals.evidence(read, coded, "y", strata=everywhere, articles=pd.Series(read.index), beyond=True)
    low, high = found.limits()
    assert found.share == pytest.approx(0.34933333, abs=1e-8)
    assert high - low == pytest.approx(0.39714523 - 0.30152143, rel=0.05)


# --- what must hold whatever is coded

LABELS = some.sampled_from(["for", "against", "neutral", "can't tell"])
PAIRS = some.lists(some.tuples(LABELS, LABELS, some.booleans()), min_size=1, max_size=60)


@given(PAIRS)
def test_where_all_is_coded_the_share_is_the_count(pairs):
    read, coded = (pd.Series([pair[n] for pair in pairs], dtype="str") for n in (0, 1))
    found = share(read, coded, "for")
    assert found.low == found.share == found.high == (coded == "for").sum() / len(pairs)


@given(PAIRS)
def test_an_interval_holds_its_share_and_what_the_codings_leave_possible(pairs):
    read, coded = (pd.Series([pair[n] for pair in pairs], dtype="str") for n in (0, 1))
    drawn = pd.Series([pair[2] for pair in pairs])
    found = share(read, coded.where(drawn), "for")
    hits, number = int((coded[drawn] == "for").sum()), int(drawn.sum())
    if not number:
        assert np.isnan([found.share, found.low, found.high]).all() and found.read_share == (read == "for").mean()
    else:
        assert 0 <= hits / len(pairs) <= found.low <= found.share + 1e-12
        assert found.share - 1e-12 <= found.high <= (hits + len(pairs) - number) / len(pairs) + 1e-12


@given(PAIRS, some.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(pairs, shuffled):
    read, coded = (pd.Series([pair[n] for pair in pairs], dtype="str") for n in (0, 1))
    coded = coded.where(pd.Series([pair[2] for pair in pairs]))
    articles = pd.Series(range(len(pairs))) % 12
    order = shuffled.sample(range(len(pairs)), len(pairs))
    for beyond in (False, True):
        one = share(read, coded, "for", articles=articles, beyond=beyond)
        two = share(read[order], coded[order], "for", articles=articles[order], beyond=beyond)
        assert two == pytest.approx(one, nan_ok=True)
        # Series in another order are put in that of the first.
        assert share(read, coded[order], "for", articles=articles[order], beyond=beyond) == pytest.approx(
            one, nan_ok=True
        )


def test_the_more_of_the_rows_are_coded_the_shorter_the_interval():
    widths = []
    for left in (1000, 200, 40, 10, 0):
        read, coded = rows(("for", "for", 20), ("for", "against", 8), ("for", None, left), ("neutral", "for", 6), ("neutral", "neutral", 30), ("neutral", None, left))  # fmt: skip
        found = share(read, coded, "for")
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True) and widths[-1] == 0 < widths[-2]


def test_a_label_that_was_never_met_is_not_ruled_out():
    read, coded = rows(("for", "for", 20), ("for", None, 80), ("neutral", "neutral", 30), ("neutral", None, 200))
    found = share(read, coded, "against")
    assert found.share == found.low == 0 and 0.03 < found.high < 0.09


def test_reporting_like_this_needs_ten_clusters_and_is_less_sure():
    read, coded = SMALL
    number = pd.Series(range(50))
    nine, ten = (share(read, coded, "for", articles=number % count, beyond=True) for count in (9, 10))
    assert np.isnan([nine.low, nine.high]).all() and nine.share == pytest.approx(0.45)
    these = share(read, coded, "for")
    assert ten.low < these.low and ten.high > these.high


def test_articles_that_each_say_one_thing_only_say_less():
    coded = pd.Series((["for"] * 5 + ["against"] * 5) * 10)
    mixed, alike = pd.Series(range(100)) // 10, pd.Series(range(100)) // 5
    widths = []
    for articles in (mixed, alike):
        found = share(coded, coded, "for", strata=articles * 0, articles=articles, beyond=True)
        assert found.share == 0.5
        widths.append(found.high - found.low)
    # Twenty articles of one mind: as 20 codings, not as 100.
    assert widths[1] == pytest.approx(np.diff(wilson(0.5, 19, 2.093))[0], abs=0.01) and widths[1] > 1.5 * widths[0]


def test_all_rows_coded_is_not_all_of_reporting():
    coded = pd.Series(["for", "against"] * 30)
    found = share(coded, coded, "for", articles=pd.Series(range(60)) // 2, beyond=True)
    assert found.share == 0.5 and found.low < 0.45 and found.high > 0.55


def test_strata_of_ones_own():
    read, coded = SMALL
    alone = share(read, coded, "for", strata=pd.Series("all", read.index))
    assert alone.share == pytest.approx(7 / 12)
    low, high = wilson(7 / 12, 12 / (1 - 12 / 50), 2.20099)
    assert (alone.low, alone.high) == pytest.approx((low - 0.01, high + 0.01), abs=1e-5)
    group = pd.Series(["a"] * 7 + ["b"] * 43)
    assert share(read, coded, "for", strata=[group, read]).share != pytest.approx(0.45)


@pytest.mark.parametrize("kind", ["object", "str", "category"])
def test_labels_of_any_type(kind):
    read, coded = (labels.astype(kind) for labels in SMALL)
    assert share(read, coded, "for") == share(*SMALL, "for")


def test_the_difference_of_two_groups():
    read, coded = rows(*[(*pair, 10) for pair in (("for", "for"), ("for", "neutral"), ("neutral", "neutral"))] * 2)
    coded = coded.where(pd.Series(range(60)) % 10 < [6] * 30 + [3] * 30)
    groups = pd.Series(["2016"] * 30 + ["2012"] * 30)
    found = difference(read, coded, "for", groups)
    assert found.first == share(read[30:], coded[30:], "for") and found.second == share(read[:30], coded[:30], "for")
    assert found.difference == found.first.share - found.second.share
    assert found.low == pytest.approx(
        found.difference - np.hypot(found.first.share - found.first.low, found.second.high - found.second.share)
    )
    ordered = groups.astype(pd.CategoricalDtype(["2016", "2012", "1999"]))
    turned = difference(read, coded, "for", ordered)
    assert turned.first == found.second and (turned.low, turned.high) == pytest.approx((-found.high, -found.low))
    # Rows without a group are left out; nine clusters of a group are too few for more than these articles.
    half = difference(read, coded, "for", groups.where(pd.Series(range(60)) % 2 == 0))
    assert (half.first.of, half.second.of) == (15, 15)
    few = difference(read, coded, "for", groups, articles=pd.Series([*range(30), *range(9)] + [8] * 21), beyond=True)
    assert np.isnan([few.low, few.high]).all() and not np.isnan(few.difference)


@pytest.mark.parametrize("groups", [["a"] * 50, ["a", "b", "c", "a", "a"] * 10, [None] * 50])
def test_a_difference_is_one_of_two_groups(groups):
    with pytest.raises(ValueError, match=r"exactly two groups, got [0-9]"):
        difference(*SMALL, "for", pd.Series(groups, dtype="str"))


def test_what_does_not_fit_stops():
    read, coded = SMALL
    with pytest.raises(ValueError, match="coded: expected the same index as read"):
        share(read, coded[:10], "for")
    with pytest.raises(ValueError, match="articles: expected the same index"):
        share(read, coded, "for", articles=pd.Series("a", range(3)))
    with pytest.raises(ValueError, match="give articles"):
        share(read, coded, "for", beyond=True)
    for wrong in ({"half_width": 0}, {"half_width": 0.6}, {"half_width": 0.1, "rows": 0}):
        with pytest.raises(ValueError, match="half-width"):
            needed(**wrong)


def test_p_is_the_level_at_which_the_interval_reaches_zero():
    one, two = Evidence(0.8, 70, 69), Evidence(0.6, 80, 79)
    p = p_of(one, two)
    assert (
        0 < p < 0.05
        and p == pytest.approx(p_of(two, one))
        and newcombe(one, two, 1 - p)[0] == pytest.approx(0, abs=1e-8)
    )
    assert p_of(one, one) == 1 and np.isnan(p_of(one, Evidence(0.5, np.nan, 5)))
    assert p_of(Evidence(1.0, 9000, 8000), Evidence(0.0, 9000, 8000)) == 1e-9


@given(some.floats(0.03, 0.4), some.integers(1, 400))
def test_as_many_codings_as_are_needed_and_no_more(half, number):
    enough = needed(half, rows=number, share=0.3)
    assert 1 <= enough <= number

    def width(coded):
        if coded == number:
            return 0.0
        low, high = Evidence(0.3, coded / (1 - coded / number), coded - 1, step=1 / number).limits()
        return high - low

    assert width(enough) <= 2 * half + 1e-12
    if enough > 2:
        assert width(enough - 1) > 2 * half


# --- attributions, from sentences

READ = pd.DataFrame({"town": [1, 0, 1, 0, 1, 0, 2, 0], "port": [0, 1, 0, 0, 0, 1, 0, 0]})
CODED = pd.DataFrame({"town": [1, 1, 1, 0, 1, 0, 1, 1], "port": [0, 1, 0, 0, 1, 0, 0, 0]})


def test_where_all_sentences_are_coded_attributions_are_counted():
    found = totals.evidence(READ, CODED, "town", strata=READ.sum(axis=1))
    assert found.share == pytest.approx(6 / 8) and found.limits() == (found.share, found.share)


def test_what_the_finder_misses_counts_and_what_it_invents_is_taken_away():
    """Four of eight sentences: town +1 (missed), port 0; so 5 + 8/4 × 1 = 7 and 2 + 0 of port."""
    coded = CODED.where(pd.Series([True] * 4 + [False] * 4), axis=0)
    everywhere = pd.Series("all", READ.index)
    found = totals.evidence(READ, coded, "town", strata=everywhere)
    assert found.share == pytest.approx(7 / 9)
    invented = totals.evidence(READ + 1, coded, "town", strata=everywhere)
    assert invented.share == pytest.approx(found.share)
    low, high = found.limits()
    assert 0 <= low < found.share < high <= 1


def test_sentences_without_any_attribution_leave_all_open():
    coded = (CODED * 0).where(pd.Series([True] * 4 + [False] * 4), axis=0)
    everywhere = pd.Series("all", READ.index)
    found = totals.evidence(READ + 1, coded, "town", strata=everywhere)
    assert np.isnan(found.share) or found.limits() == (0, 1)
    assert np.isnan(totals.evidence(READ, CODED * np.nan, "town", strata=everywhere).share)
    beyond = totals.evidence(READ, CODED, "town", strata=everywhere, articles=pd.Series(range(8)), beyond=True)
    assert beyond.share == pytest.approx(6 / 8) and np.isnan(beyond.limits()).all()


# --- a study and the sheets beside it

SAID = [
    "Ada Lund called for a truce {}.", "Tom Berg opposed the truce {}.", "The truce {} was discussed.",
    "Nobody came {}.",
]  # fmt: skip
STUDY = """
title = "Harbour"
[articles]
table = "articles.csv"
[contrast]
by = "town"
[keywords]
pause = ["truce"]
[sides.town]
"Ada Lund" = ["Lund"]
[sides.port]
"Tom Berg" = ["Berg"]
"""
TRUTH = {"called": "for", "opposed": "against", "discussed": "neutral"}


def harbour(folder, articles=24):
    """A study of so many articles from two towns, no two of which share a passage."""
    rows, drawn = [], np.random.default_rng(1)
    for number in range(articles):
        made = ["".join(drawn.choice(list("abdegiklmnorstuv"), 7)) for _ in range(25)]
        said = [
            SAID[drawn.choice(4, p=[0.3, 0.2, 0.3, 0.2])].format(f"near {' '.join(made[k : k + 5])}")
            for k in range(0, 25, 5)
        ]
        rows.append(
            {"article_id": f"a{number:02d}", "town": "north" if number % 2 else "south", "text": "\n\n".join(said)}
        )
    folder.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return load_study(folder)


@pytest.fixture
def town(tmp_path):
    return harbour(tmp_path / "study")


def coded_mentions(study, number=None):
    """A sheet of mentions, the first so many rows filled in; every fifth as the rules do not read it."""
    sheet = mention_sheet(study)
    coded = [next(label for word, label in TRUTH.items() if word in sentence) for sentence in sheet["sentence"]]
    coded = ["neutral" if row % 5 == 0 else label for row, label in enumerate(coded)]
    sheet["polarity"] = pd.Series(coded).where(sheet["order"] <= (number or len(sheet)), "")
    return sheet.astype(str)


def coded_sentences(study, number=None):
    """A sheet of sentences, the first so many coded: the two speakers of SAID."""
    sheet = attribution_sheet(study)
    done = sheet["order"] <= (number or len(sheet))
    town, port = sheet["sentence"].str.contains("Lund") & done, sheet["sentence"].str.contains("Berg") & done
    sheet["coded"] = done.map({True: "yes", False: ""})
    sheet["source"] = sheet["speaker"] = np.select([town, port], ["Ada Lund", "Tom Berg"], "")
    sheet["cue"] = np.select([town, port], ["called for", "opposed"], "")
    sheet["kind"] = np.where(town | port, "indirect", "")
    return sheet.assign(side=np.select([town, port], ["town", "port"], "")).astype(str)


def put(study, coder, name, sheet):
    folder = study.folder / "codings" / coder
    folder.mkdir(parents=True, exist_ok=True)
    sheet.to_csv(folder / f"{name}.csv", index=False)
    return load_study(study.folder)


def of(table, **chosen):
    for column, value in chosen.items():
        table = table[table[column] == value]
    return table


def test_without_codings_only_what_the_rules_read_is_known(town):
    table = estimates(town)
    assert table[["share", "low", "high"]].isna().all(axis=None) and (table["coded"] == 0).all()
    assert set(table["about"]) == {"polarity", "side", "named", "kind"} and set(table["group"]) == {
        "all",
        "north",
        "south",
    }
    read = of(town.mentions, counted=True)
    shares = of(table, about="polarity", group="all", question="these articles").set_index("label")["read_share"]
    assert shares.to_dict() == {label: (read["polarity"] == label).mean() for label in ("for", "against", "neutral")}
    assert of(differences(town), about="polarity")[["difference", "low", "p_value"]].isna().all(axis=None)


def test_every_column_has_its_meaning(town):
    for name, table in (("estimates", estimates(town)), ("differences", differences(town))):
        assert [column for column, _ in listed(name)] == list(table)
        assert "{columns}" not in globals()[name].__doc__ and f"``{table.columns[-1]}``" in globals()[name].__doc__


def test_the_unbroken_beginning_is_the_sample(town):
    sheet = coded_mentions(town, 30)
    sheet.loc[40:44, "polarity"] = "neutral"  # beyond a gap
    town = put(town, "ada", "mentions", sheet)
    found = sample.of_mentions(town)
    assert (found.drawn.sum(), found.coder, found.unused) == (30, "ada", 5)
    assert "5 rows are coded beyond a gap" in found.notes[0] and estimates(town).attrs["notes"] == found.notes
    rows, labels = found.rows, found.labels.set_index("row")["polarity"]
    coded = labels.reindex(rows.index)
    for question, beyond in (("these articles", False), ("reporting like this", True)):
        expected = share(
            rows["polarity"],
            coded,
            "for",
            strata=[rows["group"], rows["polarity"]],
            articles=rows["article_id"],
            beyond=beyond,
        )
        row = of(estimates(town), about="polarity", group="all", label="for", question=question).iloc[0]
        assert row[["share", "low", "high", "read_share", "coded", "of"]].tolist() == pytest.approx(list(expected))
    # Neither sorted rows nor another program's apostrophes and capitals change anything.
    turned = sheet.sort_values("sentence").assign(polarity=sheet["polarity"].str.upper())
    assert estimates(put(town, "ada", "mentions", turned)).equals(estimates(town))


def test_cannot_tell_is_a_label(town):
    sheet = coded_mentions(town, 40)
    sheet.loc[[3, 7], "polarity"] = ["can't tell", "Can’t tell"]
    row = of(estimates(put(town, "ada", "mentions", sheet)), about="polarity", label="can't tell", group="all").iloc[0]
    assert row["read_share"] == 0 and 0 < row["low"] < row["share"] < row["high"]


def test_all_that_counts_is_coded_so_shares_are_counts(town):
    town = put(put(town, "ada", "mentions", coded_mentions(town)), "ada", "attributions", coded_sentences(town))
    table, mentions, said = estimates(town), coded_mentions(town), coded_sentences(town)
    for label in TRUTH.values():
        row = of(table, about="polarity", label=label, group="all", question="these articles").iloc[0]
        assert row["low"] == row["share"] == row["high"] == (mentions["polarity"] == label).mean()
    for side, shared in said.loc[said["side"] != "", "side"].value_counts(normalize=True).items():
        row = of(table, about="side", label=side, group="all", question="these articles").iloc[0]
        assert row["low"] == row["high"] == pytest.approx(shared)
    beyond = of(table, about="polarity", question="reporting like this", group="all")
    assert len(beyond) and (beyond["low"] < beyond["share"]).all()


def test_the_five_articles_are_coded_in_full(study):
    table, own = estimates(study), of(study.as_read().mentions, counted=True)
    coded = read_mentions(study, "adjudicated").merge(own[["article_id", "start"]], on=["article_id", "start"])
    for (family, group, label), row in of(table, about="polarity", question="these articles").set_index(["family", "group", "label"]).iterrows():  # fmt: skip
        chosen = of(coded, family=family)
        chosen = chosen if group == "all" else chosen[chosen["article_id"].map(study.groups) == group]
        assert row["low"] == row["share"] == row["high"] == (chosen["polarity"] == label).mean()
    assert table.attrs["coders"] == {"mentions": "adjudicated", "attributions": "adjudicated"}
    sentences = of(study.sentences, counted=True)
    begins = read_attributions(study, "adjudicated").assign(at=lambda said: said["cue"].map(lambda spans: spans[0][0]))
    counted = begins.merge(sentences[["article_id", "start", "end"]], on="article_id").query("start <= at < end")
    sides = of(table, about="side", group="all", question="these articles").set_index("label")["share"]
    assert sides[sides > 0].to_dict() == pytest.approx(
        counted["side"].fillna("unclear").value_counts(normalize=True).to_dict()
    )
    # Four independent articles say nothing about reporting beyond them.
    assert of(table, question="reporting like this")[["low", "high"]].isna().all(axis=None)
    assert differences(study)["p_value"].isna().all()


def test_adjudicated_labels_come_first(town):
    sheet = coded_mentions(town, 30)
    settled = sheet.head(10).assign(polarity=["against"] * 9 + [""])
    town = put(put(town, "ada", "mentions", sheet), "bo", "mentions", coded_mentions(town, 12))
    town = put(town, "adjudicated", "mentions", settled)
    found = sample.of_mentions(town)
    labels = found.labels.set_index("row")["polarity"]
    places = found.rows.reset_index().astype({"start": str}).merge(sheet, on=["article_id", "start"])
    places = places.set_index(places["order"].astype(int))["index"]
    assert found.drawn.sum() == 30 and found.coder == "ada"
    assert (labels[places[range(1, 10)]] == "against").all() and labels[places[10]] == sheet["polarity"][9]


def test_a_sheet_whose_order_was_lost_is_no_sample(town):
    sheet = coded_mentions(town, 30)
    sheet["order"] = sheet["order"].to_numpy()[::-1]
    with pytest.warns(UserWarning, match="no random sample"):
        found = sample.of_mentions(put(town, "ada", "mentions", sheet))
    assert not found.drawn.any() and "no random sample" in found.notes[0]
    # Where everything is coded no order is needed.
    full = coded_mentions(town).assign(order=sheet["order"])
    with pytest.warns(UserWarning, match="no random sample"):
        assert sample.of_mentions(put(town, "ada", "mentions", full)).drawn.all()


def test_a_part_of_a_sheet_is_no_sample_but_its_beginning_is(town):
    sheet = coded_mentions(town)
    some_articles = sheet[sheet["article_id"] < "a12"]
    assert not sample.of_mentions(put(town, "ada", "mentions", some_articles)).drawn.any()
    found = sample.of_mentions(put(town, "ada", "mentions", sheet.head(20)))
    assert found.drawn.sum() == 20 and len(found.rows) == len(sheet) and not found.notes


def test_a_study_that_changed_is_estimated_over_what_both_have(town):
    put(town, "ada", "mentions", coded_mentions(town, 30))
    table = pd.read_csv(town.folder / "articles.csv")
    # An article that printed all of a00 before: its mentions count in a00's place.
    first = table.iloc[[0]].assign(article_id="00", text="Nobody knew of this before. " + table["text"][0])
    pd.concat([first, table]).to_csv(town.folder / "articles.csv", index=False)
    changed = load_study(town.folder)
    counted = of(changed.mentions, counted=True)
    found, own = sample.of_mentions(changed), (counted["article_id"] == "00").sum()
    assert own and set(found.rows["article_id"]) == set(counted["article_id"]) - {"00"}
    assert len(found.rows) == len(counted) - own and 0 < found.drawn.sum() <= 30
    assert f"{own} rows that the study does not have (a00" in found.notes[0]
    assert f"{own} rows fewer than the study (00" in found.notes[0] and "draw it anew" in found.notes[0]
    # An article that is merely left aside changes nothing for the others.
    rest = town.of_articles(set(town.article_ids) - {"a01", "a02"})
    assert not sample.of_mentions(rest).notes and len(sample.of_mentions(rest).rows) == len(rest.mentions)


def test_a_cell_that_means_nothing_stops(town):
    sheet = coded_mentions(town, 30)
    sheet.loc[0, "polarity"] = "pro"
    with pytest.raises(StudyError, match="line 2: polarity: expected for, against, neutral or can't tell, got 'pro'"):
        estimates(put(town, "ada", "mentions", sheet))


def test_a_workbook_is_read_as_well(town):
    sheet = coded_mentions(town, 30)
    table = estimates(put(town, "ada", "mentions", sheet))
    (town.folder / "codings" / "ada" / "mentions.csv").unlink()
    sheet.to_excel(town.folder / "codings" / "ada" / "mentions.xlsx", index=False, engine="xlsxwriter")
    again = estimates(load_study(town.folder))
    assert again.equals(table) and again.attrs["coders"]["mentions"] == "ada"


def test_sentences_may_hold_several_attributions_or_none(town):
    sheet = coded_sentences(town, 40)
    twice = sheet.index[(sheet["side"] == "port")][0]
    again = sheet.loc[[twice]].assign(side="", named="false", cue="opposed the", kind="")
    found = sample.of_sentences(put(town, "ada", "attributions", pd.concat([sheet, again])))
    assert found.drawn.sum() == 40 and len(found.labels) == (sheet["side"] != "").sum() + 1
    assert found.labels.iloc[-1][["side", "named", "kind"]].tolist() == ["unclear", False, "unclear"]


def test_differences_between_all_pairs_are_corrected_for_their_number(town):
    town = put(town, "ada", "mentions", coded_mentions(town, 50))
    table = of(differences(town), about="polarity")
    assert table["first"].unique().tolist() == ["north"] and table["second"].unique().tolist() == ["south"]
    found = sample.of_mentions(town)
    coded = found.labels.set_index("row")["polarity"].reindex(found.rows.index)
    single = []
    for label in ("for", "against", "neutral"):
        expected = difference(
            found.rows["polarity"], coded, label, found.rows["group"], articles=found.rows["article_id"], beyond=True
        )
        row = of(table, label=label, question="reporting like this").iloc[0]
        assert row[["difference", "low", "high"]].tolist() == pytest.approx(list(expected[:3]))
        single.append(row["p_value"])
    assert of(table, question="these articles")["p_value"].isna().all() and (np.array(single) <= 1).all()


def test_other_units_have_estimates_of_their_own(town):
    """By month, all coded: the shares are counts, and reports are the articles that mention the keyword then."""
    study = put(town, "ada", "mentions", coded_mentions(town))
    ids = study.articles["article_id"]
    month = pd.Series(np.where(np.arange(len(ids)) < 9, "May", "June"), ids, name="month")
    table = of(estimates(study, month), about="polarity", question="these articles")
    assert "group" not in table and set(table["month"]) == {"May", "June"}
    coded, rows = read_mentions(study, "ada"), of(study.mentions, counted=True)
    then = coded["article_id"].map(month)
    for row in table.itertuples():
        own = coded.loc[then == row.month, "polarity"]
        assert row.share == pytest.approx((own == row.label).mean()) and row.coded == row.of == len(own)
        assert row.reports == rows.loc[rows["article_id"].map(month) == row.month, "article_id"].nunique()


def test_of_three_groups_each_is_set_against_the_others(town):
    """Every pair, and each group against the two others taken together, exact where all is coded."""
    third = {"north": "north", "south": "south"}
    articles = town.articles.assign(
        town=[f"{third[t]}" if i % 3 else "west" for i, t in enumerate(town.articles["town"])]
    )
    articles.drop(columns=["date", "headline"], errors="ignore").to_csv(town.folder / "articles.csv", index=False)
    study = load_study(town.folder)
    study = put(study, "ada", "mentions", coded_mentions(study))
    table = of(differences(study), about="polarity", label="for", question="these articles").set_index(
        ["first", "second"]
    )
    assert len(table) == 3 + 3
    coded = read_mentions(study, "ada")
    west = coded["article_id"].map(study.groups) == "west"
    is_for = coded["polarity"] == "for"
    expected = is_for[west].mean() - is_for[~west].mean()
    assert table.loc[("west", "the others"), "difference"] == pytest.approx(expected)
