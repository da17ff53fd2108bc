"""A reader's corrections: every figure follows, and one that matches nothing stops."""

import shutil

import pandas as pd
import pytest

from parley import StudyError, load_study
from parley.corpus.corrections import apply_corrections
from parley.findings.questions import stance_family
from parley.show import basis
from parley.sourcing import attributions
from parley.sourcing.table import letters
from parley.stance import mentions


@pytest.fixture
def corrected(tmp_path, study):
    """A copy of the study with the given lines as corrections.csv."""

    def make(*lines):
        folder = tmp_path / "corpus"
        shutil.copytree(study.folder, folder)
        (folder / "corrections.csv").write_text("row,column,value,reason\n" + "".join(f"{line}\n" for line in lines))
        return load_study(folder)

    return make


def test_a_corrected_speaker_and_a_dropped_row(corrected, study):
    before = attributions(study)
    one, other = before["attribution_id"].iloc[[3, 4]]
    after = attributions(
        corrected(f"{one},speaker,Ada Lund,misread", f"{one},side,,", f"{one},named,false,", f"{other},drop,,none")
    )
    row = after.set_index("attribution_id").loc[one]
    assert row["speaker"] == "Ada Lund" and row["side"] == "unclear" and not row["named"]
    was = before.set_index("attribution_id").loc[one]
    assert was["speaker"] != "Ada Lund" and was["side"] != "unclear" and was["named"]
    assert (after["side"] == "unclear").sum() == (before["side"] == "unclear").sum() + 1
    assert other not in set(after["attribution_id"]) and len(after) == len(before) - 1
    assert after.attrs["corrected"] == 2


def test_many_rows_at_one_place_all_have_names_that_a_correction_may_use():
    names = [letters(n) for n in (1, 2, 26, 27, 52, 53, 703)]
    assert names == ["a", "b", "z", "aa", "az", "ba", "aaa"]
    table = pd.DataFrame({"attribution_id": ["x-a12aa"], "speaker": ["Ada"]})
    corrections = pd.DataFrame([("x-a12aa", "speaker", "Lund", "")], columns=["row", "column", "value", "reason"])
    assert apply_corrections(corrections, table, "attributions")["speaker"].tolist() == ["Lund"]


@pytest.mark.parametrize("correction", ["drop,,", "speaker,{speaker},"])
def test_a_row_is_nested_only_while_somebody_else_speaks_around_it(corrected, study, correction):
    before = attributions(study)
    inner = before[before["nested"] & before["speaker"].notna()].iloc[0]
    place = inner["cue"][0][0]
    around = [
        row.attribution_id
        for row in before.itertuples()
        if row.article_id == inner["article_id"] and any(start <= place < end for start, end in row.content)
    ]
    lines = [
        f"{name},{correction.format(speaker=inner['speaker'])}" for name in around if name != inner["attribution_id"]
    ]
    after = attributions(corrected(*lines)).set_index("attribution_id")
    assert lines and not after.loc[inner["attribution_id"], "nested"]


def test_a_corrected_polarity_changes_the_finding(corrected, study):
    against = mentions(study).query("family == 'corridor' and polarity == 'against'")
    lines = [f"{name},polarity,for,disputed" for name in against["mention_id"]]
    changed = corrected(*lines)
    uncoded = (one.but(codings=[]) for one in (study, changed))
    before, after = (stance_family(one, family="corridor").sentence for one in uncoded)
    assert before != after and "against" in before and "against" not in after
    # Where all is coded, the coding decides.
    coded = [stance_family(one, family="corridor").sentence for one in (study, changed)]
    assert coded[0] == coded[1] and "against" in coded[0]
    assert f"Corrected by hand: {len(lines)} rows" in basis(changed).replace("seven", "7")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "2012-02-22-expatica-k41,polarity,for,",
            "row 1: no row of the mentions is called '2012-02-22-expatica-k41'; did you mean",
        ),
        ("nowhere-a12,speaker,Ada Lund,", "no row of the attributions is called 'nowhere-a12'"),
        ("2012-02-22-expatica-k40,polarity,perhaps,", "polarity: expected for or against or neutral, got 'perhaps'"),
        ("2012-02-22-expatica-k40,speaker,Ada Lund,", "mentions have no 'speaker'"),
        ("2012-02-22-expatica-k40,word,pause,", "'word' cannot be corrected"),
        ("2012-02-22-expatica-a15,side,rusia,", "side: no side of the study is called 'rusia'; did you mean 'russia'?"),
        ("2012-02-22-expatica-a15,drop,no,", "drop: expected true or nothing, got 'no'; remove the line"),
        ("the third one,polarity,for,", "expected the name of an attribution"),
    ],
)
def test_a_correction_that_cannot_be_stops(corrected, line, message):
    with pytest.raises(StudyError) as stopped:
        changed = corrected(line)
        attributions(changed), mentions(changed)
    assert message in str(stopped.value)


def test_what_a_spreadsheet_writes_is_meant_as_typed(corrected, study):
    one, other, third = attributions(study)["attribution_id"].iloc[[3, 4, 5]]
    lines = f"{one} , side , unclear ,", f"{one},named,FALSE,", f"{other},drop,TRUE,", f"{third},side,other,"
    after = attributions(corrected(*lines)).set_index("attribution_id")
    assert (after.loc[one, "side"], after.loc[one, "named"], after.loc[third, "side"]) == ("unclear", False, "other")
    assert other not in after.index and len(after) == len(attributions(study)) - 1


def test_a_header_alone_corrects_nothing(corrected, study):
    untouched = corrected()
    assert len(attributions(untouched)) == len(attributions(study))
    assert basis(untouched) == basis(study)
