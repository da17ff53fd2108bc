"""Words in context and collocates, on sentences small enough to check by hand."""

import math
import re
import warnings

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import StudyError, load_study, study_from_table
from parley.keywords.context import collocates, concordance
from parley.keywords.matching import phrase_pattern

TEXT = "The strike is off.\n\n“No strike helps,” Ada Lund said. A pre-strike talk; strikes, and don’t stop striking."


@pytest.fixture(scope="module")
def study():
    return study_from_table(pd.DataFrame({"article_id": ["a"], "text": [TEXT]}), sides={"town": {"Ada Lund": []}})


def test_a_word_is_found_in_any_case_and_inflection_or_exactly(study):
    assert concordance(study, "STRIKE")["match"].tolist() == ["strike", "strike", "strike", "strikes", "striking"]
    assert concordance(study, "STRIKE", exact=True)["match"].tolist() == ["strike", "strike", "strike"]


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("ceasefire", "a cease-fire"),
        ("cease-fire", "the Cease‑fires"),
        ("defence line", "the defense lines"),
        ("—", "a — b"),
    ],
)
def test_spellings_and_hyphens_are_folded_as_those_of_keywords_are(query, printed):
    found = concordance(study_from_table(pd.DataFrame({"text": [f"They spoke of {printed} again."]})), query)
    assert len(found) == 1 and found["match"][0] in printed


def test_offsets_lead_back_to_the_text(study):
    found = concordance(study, "strike")
    assert len(found) > 1
    for row in found.itertuples():
        assert TEXT[row.start : row.end] == row.match


def test_context_ends_at_the_paragraph(study):
    table = concordance(study, "strike")
    assert table.loc[0, ["left", "right"]].tolist() == ["The ", " is off."]
    assert table.loc[1, "left"] == "“No "


def test_width_limits_the_context(study):
    row = concordance(study, "strike", width=3).iloc[0]
    assert (row["left"], row["right"]) == ("he ", " is")


def test_a_phrase_is_found_with_any_apostrophe_and_across_a_line_break(study):
    assert concordance(study, "don't stop")["match"].tolist() == ["don’t stop"]
    assert phrase_pattern("don't stop").search("don`t\n stop")
    assert not phrase_pattern("don't stop").search("don't\n\nstop")


def test_context_is_one_line():
    study = study_from_table(pd.DataFrame({"text": ["The\tstrike\tis off."]}))
    assert concordance(study, "strike").loc[0, ["left", "right"]].tolist() == ["The ", " is off."]


def test_the_speaker_is_whose_words_they_are(study):
    table = concordance(study, "strike")
    assert table["speaker"].iloc[1] == "Ada Lund" and table["side"].iloc[1] == "town"
    assert table.loc[0, ["speaker", "side", "quoted"]].tolist() == ["article", "article", False]
    assert table["quoted"].iloc[1] and table["match"].iloc[1] in table["sentence"].iloc[1]


def test_a_pattern_is_taken_as_written(study):
    assert concordance(study, r"strik\w+", regex=True)["match"].tolist() == [
        "strike",
        "strike",
        "strike",
        "strikes",
        "striking",
    ]
    assert concordance(study, r"STRIK\w+", regex=True).empty
    assert len(concordance(study, re.compile(r"STRIK\w+", re.IGNORECASE))) == 5


def test_matches_of_nothing_are_left_out(study):
    assert concordance(study, "x*", regex=True).empty
    assert len(concordance(study, "xstrike|strikex*", regex=True)) == len(concordance(study, "strike", regex=True)) > 0


def test_sorted_by_the_words_to_the_left_or_right(study):
    rights = concordance(study, "strike", sort="right", exact=True)["right"].tolist()
    assert [right[:6] for right in rights] == [" helps", " is of", " talk;"]
    lefts = concordance(study, "strike", sort="left", exact=True)["left"].tolist()
    assert [left.split()[-1] for left in lefts] == ["“No", "pre-", "The"]


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        ("", {}, "empty"),
        ("  ", {}, "empty"),
        (re.compile(""), {}, "empty"),
        ("(open", {"regex": True}, r"'\(open'.*character 0.*regex=True"),
        ("strike", {"sort": "middle"}, "left"),
    ],
)
def test_errors_say_what_is_wrong_and_what_to_do(study, query, options, message):
    with pytest.raises(StudyError, match=message):
        concordance(study, query, **options)


def test_nothing_found_is_an_empty_table_with_all_columns(study):
    none, some = concordance(study, "ferry"), concordance(study, "strike")
    assert none.empty and len(some) and none.columns.tolist() == some.columns.tolist()


PATTERNS = st.lists(
    st.sampled_from(
        ["a", "b", "ab", "s", "K", r"\w", r"\b", ".", "[ab]", "(a|b)", "(?:ab)", "a?", "b*", "a{2}", "|", "ı"]
    ),
    min_size=1,
    max_size=5,
).map("".join)


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.tuples(PATTERNS, st.booleans()), min_size=5, max_size=5),
    st.lists(st.text(alphabet="abABsſkKıİ\n .", max_size=30), min_size=5, max_size=5),
)
def test_every_match_is_found(patterns, texts):
    """Five patterns in five texts, since a study costs more than a search in it."""
    table = pd.DataFrame({"article_id": list("abcde"), "text": [f"{text}\n\nab ok" for text in texts]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the texts are odd
        study = study_from_table(table)
    segments = study.segments[study.segments["kind"].isin(["headline", "standfirst", "caption", "body"])]
    for pattern, ignore_case in patterns:
        compiled = re.compile(pattern, re.IGNORECASE if ignore_case else 0)
        plain = [
            (name, start + match.start(), start + match.end())
            for name, start, part in zip(segments["article_id"], segments["start"], segments["text"], strict=True)
            for match in compiled.finditer(part)
            if match[0]
        ]
        found = concordance(study, compiled)
        assert found[["article_id", "start", "end"]].apply(tuple, axis=1).tolist() == plain
    assert len(concordance(study, "ok")) == len(texts)


def collocated(**options) -> pd.DataFrame:
    text = "A daily truce held. A daily truce, a daily walk. Truces fail daily and truces hold. The walk was long."
    return collocates(study_from_table(pd.DataFrame({"article_id": ["a"], "text": [text]})), ["truce"], **options)


def test_collocates_counted_by_hand():
    table = collocated(span=1)
    assert table.attrs == {"mentions": 4, "words": 20}
    assert table.loc["daily", ["near", "left", "right", "count", "articles"]].tolist() == [2, 2, 0, 4, 1]
    assert table.loc["a", ["near", "left", "right", "count"]].tolist() == [1, 0, 1, 3]
    assert "walk" not in table.index and "truce" not in table.index


def test_log_dice_by_hand():
    # 14 + log2(2 · 2 / (4 mentions + 4 times "daily"))
    assert collocated(span=1).loc["daily", "log_dice"] == pytest.approx(14 + math.log2(4 / 8))


def test_g2_by_hand():
    table = collocated(span=1)
    window, total = table["near"].sum(), 20
    observed = [2, 4 - 2, window - 2, total - window - 2]
    expected = [
        4 * window / total,
        4 * (total - window) / total,
        16 * window / total,
        16 * (total - window) / total,
    ]
    g2 = 2 * sum(o * math.log(o / e) for o, e in zip(observed, expected, strict=True) if o)
    assert abs(table.loc["daily", "g2"]) == pytest.approx(g2)


def test_a_word_between_two_mentions_counts_once():
    table = collocated(span=5)
    assert table.loc["and", "near"] == 1


def test_the_closest_come_first():
    table = collocated()
    assert len(table) > 2 and table["log_dice"].is_monotonic_decreasing


def test_families_of_the_study_can_be_named():
    table = collocates(load_study(), "corridor")
    assert {"humanitarian", "two"} <= set(table.index)
    assert (table["near"] <= table["count"]).all()


@pytest.mark.parametrize(
    ("target", "message"),
    [("corridors", "corridor"), ([], "no terms")],
)
def test_collocates_refuse_what_they_do_not_know(target, message):
    with pytest.raises(StudyError, match=message):
        collocates(load_study(), target)


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200d", "\ufeff", "\u200e"])
def test_every_query_looks_through_marks_that_nobody_sees(mark):
    text = "The Front's men want a ceasefire."
    printed = (
        text.replace(" ", f" {mark}").replace("ea", f"e{mark}a").replace("n't", f"n{mark}'t").replace("fi", f"f{mark}i")
    )
    with pytest.warns(UserWarning, match="zero-width"):
        study = study_from_table(pd.DataFrame({"text": [printed]}))
    for query, options in [
        ("ceasefire", {}), ("ceasefire", {"exact": True}), ("want a", {"exact": True}), ("Front's men", {"exact": True}),
        (f"cea{mark}sefire", {"exact": True}), (r"cease\w+", {"regex": True}), (re.compile("Front's men"), {}),
    ]:  # fmt: skip
        (row,) = concordance(study, query, **options).to_dict("records")
        assert printed[row["start"] : row["end"]] == row["match"]
    assert len(concordance(study, rf"\u{ord(mark):04x}", regex=True)) == printed.count(mark)
