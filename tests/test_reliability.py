"""Agreement between coders: published values, what is compared, what to talk about first."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from parley import StudyError, load_study
from parley.codings import beside, reliability
from parley.codings.sheets import attribution_sheet, mention_sheet


def read(*columns):
    """A table of labels from one string a coder, a character a unit; a star is missing."""
    cells = {f"coder {i}": [None if mark == "*" else mark for mark in column] for i, column in enumerate(columns)}
    return pd.DataFrame(cells, dtype=object)


# Krippendorff's example of three coders with labels missing: nominal alpha .691.
THREE = read("*****34121133*3", "1*213343*******", "**21344*21133*4")
# Krippendorff 2011, four coders; in Gwet's package irrCAC, which prints these values, it is cac.raw4raters.
FOUR = read("123321412***", "1233224125**", "*33323422513", "12332441251*")
# Gwet's 100 pregnancies coded by two abstractors; in irrCAC cont3x3abstractors.
TABLE = {"EE": 13, "AA": 20, "AN": 7, "NA": 4, "NN": 56}
ABSTRACTORS = read(*("".join(pair[coder] * times for pair, times in TABLE.items()) for coder in (0, 1)))


def test_published_values():
    assert reliability.alpha(THREE) == pytest.approx(0.691, abs=0.0005)
    assert reliability.alpha(FOUR) == pytest.approx(0.74342, abs=0.000005)
    assert reliability.alike(FOUR) == pytest.approx(0.8181818, abs=5e-8)
    assert reliability.ac1(FOUR) == pytest.approx(0.77544, abs=0.000005)
    assert reliability.kappa(ABSTRACTORS) == pytest.approx(0.7964094, abs=5e-8)
    assert reliability.ac1(ABSTRACTORS) == pytest.approx(0.8493305, abs=5e-7)


def test_labels_that_are_all_one_tell_nothing_apart_but_agree():
    same = read("aaaa", "aaaa")
    assert np.isnan(reliability.alpha(same)) and np.isnan(reliability.kappa(same))
    assert reliability.ac1(same) == reliability.alike(same) == 1
    nothing = read("a**", "*b*")
    assert all(np.isnan(measure(nothing)) for measure in (reliability.alpha, reliability.alike, reliability.ac1))


marks = st.lists(st.tuples(*[st.sampled_from("abc*")] * 3), min_size=1, max_size=20)


@drawn(marks)
def test_measures_do_not_depend_on_the_order_of_units_coders_or_names(rows):
    table = read(*map("".join, zip(*rows, strict=True)))
    renamed = table.replace({"a": "x", "b": "y", "c": "z"})
    for measure in (reliability.alpha, reliability.ac1, reliability.alike):
        for other in (table.iloc[::-1], table.iloc[:, ::-1], renamed):
            assert measure(other) == pytest.approx(measure(table), nan_ok=True)


@drawn(marks)
def test_alpha_is_as_its_coincidences_worked_one_by_one(rows):
    """Every ordered pair of labels of a unit, with the weight 1 / (labels − 1)."""
    units = [[mark for mark in unit if mark != "*"] for unit in rows]
    units = [unit for unit in units if len(unit) > 1]
    labels = [mark for unit in units for mark in unit]
    n = len(labels)
    apart = sum((a != b) / (len(unit) - 1) for unit in units for a in unit for b in unit)
    by_chance = sum(a != b for a in labels for b in labels)
    expected = 1 - apart * (n - 1) / by_chance if by_chance else np.nan
    found = reliability.alpha(read(*map("".join, zip(*rows, strict=True))))
    assert found == pytest.approx(expected, nan_ok=True)


SENTENCES = ["Mayor Ada Lund backs the ferry", "The union opposes the ferry", "The ferry sails at six"]


@pytest.fixture
def town(tmp_path):
    """A function that makes a study of so many articles, in which three sentences name the ferry."""

    def make(articles, copied=False):
        (tmp_path / "texts").mkdir()
        for n in range(articles):
            # Words that no other article has, so that none is a copy.
            own = [" ".join(f"q{letter}{chr(97 + n)}z" for letter in "abcdefgh") * (not copied) for _ in SENTENCES]
            text = " ".join(f"{sentence} {more}".strip() + "." for sentence, more in zip(SENTENCES, own, strict=True))
            (tmp_path / "texts" / f"a{n:02}.txt").write_text(text, encoding="utf-8")
        settings = (
            '[articles]\nfiles = "texts/*.txt"\n[keywords]\nferry = ["ferry"]\n[sides.town]\n"Ada Lund" = ["Lund"]\n'
        )
        (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
        return load_study(tmp_path)

    return make


POLARITY = {"Mayor": "for", "The u": "against", "The f": "neutral"}
SPOKEN = {
    "Mayor": {
        "source": "Mayor Ada Lund",
        "cue": "backs",
        "content": "the ferry",
        "speaker": "Ada Lund",
        "side": "town",
    },
    "The u": {"source": "The union", "cue": "opposes", "content": "the ferry", "speaker": "union", "side": "other"},
}


def fill(study, coder, *, mentions=None, sentences=None, rows=None, spoken=SPOKEN):
    """A coder's sheets, filled in as the sentences say, or otherwise in some articles; only so many rows, if given."""
    folder = study.folder / "codings" / coder
    folder.mkdir(parents=True)
    sheet = mention_sheet(study)
    for row in sheet.index[:rows]:
        polarity = (mentions or {}).get(sheet["article_id"][row], POLARITY)[sheet["sentence"][row][:5]]
        sheet.loc[row, ["polarity", "holder"]] = [polarity, "" if polarity == "neutral" else "Ada Lund"]
    sheet.to_csv(folder / "mentions.csv", index=False)
    sheet = attribution_sheet(study)
    for row in sheet.index[:rows]:
        sheet.loc[row, "coded"] = "yes"
        for column, cell in (
            (sentences or {}).get(sheet["article_id"][row], spoken).get(sheet["sentence"][row][:5], {}).items()
        ):
            sheet.loc[row, column] = cell
            sheet.loc[row, "kind"] = "indirect"
    sheet.to_csv(folder / "attributions.csv", index=False)


def measured(study):
    table = reliability.agreement(beside.given(study))
    return table.set_index(["about", "label", "value"])


def test_agreement_of_two_codings_worked_by_hand(town):
    study = town(10)
    fill(study, "ada")
    fill(study, "bo", mentions={"a00": POLARITY | {"Mayor": "neutral"}}, sentences={"a01": {"Mayor": SPOKEN["Mayor"]}})
    table = measured(study)
    whole = table.loc["mention", "polarity", "all"]
    assert (whole["units"], whole["articles"], whole["coders"], whole["alike"]) == (30, 10, 2, 29 / 30)
    # Labels: 19 for, 20 against, 21 neutral; two ordered pairs differ.
    assert whole["alpha"] == pytest.approx(1 - 59 * 2 / (60**2 - 19**2 - 20**2 - 21**2))
    share = np.array([19, 20, 21]) / 60
    chance = (share * (1 - share)).sum() / 2
    assert whole["ac1"] == pytest.approx((29 / 30 - chance) / (1 - chance))
    one, other = ["f"] * 10 + ["a"] * 10 + ["n"] * 10, ["f"] * 9 + ["n"] + ["a"] * 10 + ["n"] * 10
    assert whole["kappa"] == pytest.approx(cohen_kappa_score(one, other))
    assert (
        table.loc[("mention", "polarity", "against"), "alpha"] == 1 > table.loc[("mention", "polarity", "for"), "alpha"]
    )
    assert table.loc[("attribution", "found", "all"), "f1"] == pytest.approx(2 * 19 / 39)
    assert table.loc[("attribution", "side", "all"), ["units", "alike"]].tolist() == [19, 1]
    assert whole["low"] < whole["alpha"] < whole["high"] == 1 and whole["limits"].startswith("95% limits: 10 ")
    again = measured(load_study(study.folder))
    pd.testing.assert_frame_equal(table, again)


def test_below_ten_articles_there_are_no_limits_and_it_is_said_why(town):
    study = town(9)
    fill(study, "ada")
    fill(study, "bo", mentions={"a00": POLARITY | {"Mayor": "neutral"}})
    table = measured(study)
    assert table["low"].isna().all() and table["high"].isna().all()
    assert set(table["limits"]) == {"No limits: nine independent articles, and ten are needed."}


def test_articles_that_share_copy_are_one(town):
    study = town(12, copied=True)
    fill(study, "ada")
    fill(study, "bo")
    limits = measured(study)["limits"]
    assert len(limits) and limits.str.contains("one independent article, and ten are needed").all()


def test_only_what_both_have_coded_is_compared(town):
    study = town(4)
    fill(study, "ada", rows=5)
    fill(study, "bo", rows=8)
    fill(study, "cem", rows=0)
    given = beside.given(study)
    assert set(given["coder"]) == {"ada", "bo"}
    table = measured(study)
    assert table.loc[("mention", "polarity", "all"), "units"] == 5
    # Of sentences without an attribution nothing is found, and a sentence that one has not read is nobody's miss.
    assert table.loc[("attribution", "found", "all"), "f1"] == 1


def test_an_attribution_in_a_sentence_read_by_both_and_seen_by_one_costs(town):
    study = town(2)
    fill(study, "ada")
    fill(study, "bo", spoken={})
    assert codings_f1(study) == 0
    told = beside.differing(beside.given(study))
    assert (
        len(told) == 4 and set(told["differs"]) == {"found"} and told["readings"].str.contains("bo: none like it").all()
    )


def codings_f1(study):
    return measured(study).loc[("attribution", "found", "all"), "f1"]


def test_three_coders_make_one_unit_of_one_attribution(town):
    study = town(3)
    for coder in ("ada", "bo", "cem"):
        fill(study, coder)
    table = measured(study)
    assert table.loc[("attribution", "speaker", "all"), ["coders", "units", "alike"]].tolist() == [3, 6, 1]
    assert np.isnan(table.loc[("mention", "polarity", "all"), "kappa"])
    pairs = reliability.by_pair(beside.given(study))
    assert pairs["coders"].tolist() == ["ada and bo", "ada and cem", "bo and cem"]
    assert pairs["kappa"].tolist() == pairs["f1"].tolist() == [1, 1, 1]


def test_what_tells_most_comes_first(town):
    study = town(6)
    fill(study, "ada")
    union = {"The u": SPOKEN["The u"] | {"side": "town"}}
    fill(
        study,
        "bo",
        mentions={"a00": POLARITY | {"The f": "for"}, "a01": POLARITY | {"The u": "for"}},
        sentences={"a02": SPOKEN | union, "a03": {"Mayor": SPOKEN["Mayor"]}},
    )
    told = beside.differing(beside.given(study))
    assert told["differs"].str.split(" and ").str[0].tolist() == ["opposed", "polarity", "found", "side"]
    assert told["article_id"].tolist() == ["a01", "a00", "a03", "a02"]
    assert told["readings"][0] == "ada: against (Ada Lund, —) | bo: for (Ada Lund, —)"
    assert told["sentence"][0].startswith("The union opposes") and told["order"].notna().all()


def test_within_one_kind_the_coding_order_decides(town):
    study = town(8)
    fill(study, "ada")
    fill(study, "bo", mentions={f"a{n:02}": POLARITY | {"Mayor": "against"} for n in range(8)})
    told = beside.differing(beside.given(study))
    assert len(told) == 8 and told["order"].is_monotonic_increasing and set(told["differs"]) == {"opposed"}


def test_nothing_to_compare_gives_empty_tables(town):
    study = town(1)
    fill(study, "ada")
    given = beside.given(study)
    assert reliability.agreement(given).empty and reliability.by_pair(given).empty and beside.differing(given).empty
    nobody = beside.given(study, [])
    assert nobody.empty and reliability.agreement(nobody).empty and beside.differing(nobody).empty


def test_a_study_in_place_of_a_table_stops(study):
    with pytest.raises(StudyError, match="expected a table, got a study"):
        beside.differing(study)


def test_the_adjudicated_coding_is_not_compared_with_those_it_was_made_from(study):
    assert beside.coders(study) == ["first-reading", "second-reading"]
    table = measured(study)
    assert table.loc[("mention", "polarity", "all"), ["units", "articles", "alpha"]].tolist() == [31, 5, 1]
    assert table.loc[("attribution", "found", "all"), "f1"] == pytest.approx(0.9714, abs=0.0001)
