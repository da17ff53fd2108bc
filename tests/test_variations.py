"""Variations change what they say they change, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from parley import findings, study_from_table, variations
from parley.sourcing import attributions


def test_leaving_out_the_contributor_brings_the_copy_back(study):
    """Copy left out because another article has it counts again once that article is gone."""
    other = "2016-11-02-asharq-al-awsat"
    before = study.sentences[(study.sentences["article_id"] == other) & study.sentences["counted"]]
    rest = study.of_articles(set(study.articles["article_id"]) - {"2016-11-02-afp"})
    after = rest.sentences[(rest.sentences["article_id"] == other) & rest.sentences["counted"]]
    assert len(after) > len(before)
    assert not (rest.sentences["left_out"] == "shared").any()
    spoken = attributions(rest)
    assert spoken.loc[spoken["article_id"] == other, "counted"].all()
    assert "2016-11-02-afp" not in set(spoken["article_id"])


def test_subset_equals_a_study_of_those_articles(study):
    ids = list(study.articles["article_id"][:3])
    frame = study.articles[study.articles["article_id"].isin(ids)]
    settings = {key: value for key, value in study.settings.items() if key in ("keywords", "sides")}
    fresh = study_from_table(frame.reset_index(drop=True), contrast={"by": "episode"}, **settings)
    cut = study.of_articles(ids)
    columns = ["article_id", "start", "end", "counted"]
    own = cut.sentences[cut.sentences["kind"] == "body"][columns].reset_index(drop=True)
    # The hand-kept segments table belongs to the folder, so the one caption it names may differ.
    new = fresh.sentences[fresh.sentences["kind"] == "body"][columns].reset_index(drop=True)
    rferl = own["article_id"] == "2012-03-19-rferl"
    pd.testing.assert_frame_equal(
        own[~rferl].reset_index(drop=True), new[new["article_id"] != "2012-03-19-rferl"].reset_index(drop=True)
    )


@pytest.mark.parametrize("count", [1, 5, 31, 400])
def test_leaving_out_stays_bounded(count):
    """By article up to 30; then by outlet where there are some, else in ten parts that cover everything once."""
    frame = pd.DataFrame({"text": [f"Report {i} has some words." for i in range(count)]})
    study = study_from_table(frame)
    parts = variations.leave_outs(study)
    assert len(parts) == (0 if count == 1 else count if count <= 30 else 10)
    if count > 1:
        assert sorted(np.concatenate([ids for _, ids in parts])) == sorted(study.articles["article_id"])


def test_outlets_are_left_out_in_turn():
    frame = pd.DataFrame({"text": ["Some words."] * 40, "outlet": ["Gazette", "Herald"] * 20})
    assert [name for name, _ in variations.leave_outs(study_from_table(frame))] == ["Gazette", "Herald"]


def test_every_finding_names_its_variations(study):
    table = findings.findings(study)
    assert list(table.columns) == findings.COLUMNS
    assert table["finding_id"].is_unique
    assert (table["holds"] + table["broken_by"].str.len() == table["variations"]).all()
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()


def test_a_finding_that_one_article_makes_says_so():
    """Take the article away and the claim is lost: the finding must not call itself safe."""
    frame = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "text": ['"We back the pause," said Ada Lund. "We back the pause," Lund said.', "Boats sailed on Monday."],
        }
    )
    study = study_from_table(frame, keywords={"pause": ["pause"]})
    table = findings.findings(study).set_index("finding_id")
    assert "without a" in table.loc["stance-pause", "broken_by"]
