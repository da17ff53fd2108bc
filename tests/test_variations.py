"""Variations change what they say they change, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from parley import StudyError, codings, findings, load_study, study_from_table, variations
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


def test_a_finding_that_one_article_makes_says_so(study):
    """Take the article away and the claim is lost: the finding must not call itself safe."""
    table = findings.findings(study).set_index("finding_id")
    assert "without Expatica, 22 Feb 2012" in table.loc["stance-corridor", "broken_by"]
    assert "is lost without Expatica, 22 Feb 2012" in findings.breaks(table.loc["stance-corridor"])


def test_what_nobody_coded_claims_nothing_and_is_not_varied():
    frame = pd.DataFrame({"text": ['"We back the pause," said Ada Lund.', "Boats sailed on Monday."]})
    study = study_from_table(frame, keywords={"pause": ["pause"]})
    row = findings.findings(study).set_index("finding_id").loc["stance-pause"]
    assert "As rules read it and nobody checked" in row["sentence"] and not row["claim"] and not row["variations"]
    assert findings.strength(row) == "claims nothing" and "nobody has coded enough" in findings.breaks(row)
    assert "stance-pause" not in set(findings.varied(study)["finding_id"])


def test_what_took_a_table_s_place_stays_when_articles_are_left_out(study):
    again = variations.repeats_counted(study)
    ids = list(study.articles["article_id"])
    assert again.of_articles(ids).sentences["counted"].sum() == again.sentences["counted"].sum()
    assert again.sentences["counted"].sum() > study.sentences["counted"].sum()
    renamed = study.attributions.assign(attribution_id=lambda rows: "coded-" + rows["attribution_id"])
    coded = study.but(attributions=renamed, mentions=study.mentions)
    few = coded.of_articles(ids[:2])
    assert few.attributions["attribution_id"].str.startswith("coded-").all() and len(few.mentions)
    assert coded.but(tokenise=variations.letters).attributions.equals(coded.attributions)


def test_no_table_can_be_replaced_that_a_study_does_not_have(study):
    with pytest.raises(TypeError, match="no passagess"):
        study.but(passagess=study.passages)


def test_a_table_that_is_handed_out_or_in_is_nobody_else_s(study):
    passages = study.passages
    other = study.but(passages=passages)
    passages["words"] = 0
    found = findings.group_contrast(study)
    found["p_value"] = 0.001
    assert (other.passages["words"] > 0).all() and findings.group_contrast(study)["p_value"].min() > 0.2
    with pytest.raises(AttributeError):
        study.settings = {}


def test_a_coding_of_all_articles_is_one_of_some(study):
    few = study.of_articles(list(study.articles["article_id"])[:3])
    for read in (codings.read_attributions, codings.read_mentions):
        part, whole = read(few, "adjudicated"), read(study, "adjudicated")
        assert 0 < len(part) < len(whole) and part["article_id"].isin(few.articles["article_id"]).all()


def test_other_keywords_drop_what_no_longer_stands_whenever_they_are_asked_for(tmp_path):
    (tmp_path / "a.txt").write_text("Lund said a truce was near. Berg said a lull was near.", encoding="utf-8")
    settings = '[articles]\nfiles = "*.txt"\n[keywords]\npause = ["truce", "lull"]\n'
    (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
    start = load_study(tmp_path).mentions["mention_id"].iloc[0]
    (tmp_path / "corrections.csv").write_text(f"row,column,value\n{start},polarity,against\n", encoding="utf-8")
    fresh, read = load_study(tmp_path), load_study(tmp_path)
    assert read.mentions["polarity"].tolist()[0] == "against"
    narrow = [study.with_keywords(pause=["lull"]).mentions for study in (fresh, read)]
    assert narrow[0].equals(narrow[1]) and narrow[0]["keyword"].tolist() == ["lull"]
    with pytest.raises(StudyError, match="expected a list"):
        read.with_keywords(pause="lull")
