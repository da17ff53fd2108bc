"""What notebooks say in sentences: findings, notes, what a contrast can say, what changed, what cannot be shown."""

import shutil

import numpy as np
import pandas as pd
import pytest

from parley import StudyError, findings, load_study, show, study_from_table
from parley.contrast import compare
from parley.findings.questions import attribution_elsewhere, contrast_leaning, extractor_agreement
from parley.findings.shares import differing, sourcing_side, stance_family
from parley.show import sentences


@pytest.fixture
def said(monkeypatch):
    bundles = []
    monkeypatch.setattr(sentences, "display", lambda data, raw: bundles.append(data["text/plain"]))
    return bundles


def with_note(tmp_path, study, text):
    shutil.copytree(study.folder, tmp_path / "corpus")
    (tmp_path / "corpus" / "notes" / "03-sourcing.md").write_text(text, encoding="utf-8")
    return load_study(tmp_path / "corpus")


def test_a_note_takes_its_figures_from_findings(tmp_path, study, said):
    noted = with_note(tmp_path, study, "First.\n\nSee: {sourcing-side}\n")
    show.in_short(noted, "03-sourcing")
    sentence = findings.findings(noted).set_index("finding_id").loc["sourcing-side", "sentence"]
    assert said[1:] == ["First.", f"See: {sentence}"]


def test_nothing_is_said_of_sides_where_nobody_speaks_or_no_side_is_listed():
    table = pd.DataFrame({"text": ["Boats sail. It is May."] * 2})
    silent = study_from_table(table, sides={"town": {"Ada Lund": []}})
    unlisted = study_from_table(pd.DataFrame({"text": ["Ada Lund said no.", "Ola Vik said that boats sail."]}))
    assert len(unlisted.attributions) == 2 and sourcing_side(silent) is None and sourcing_side(unlisted) is None


def test_a_coding_with_nothing_that_the_rules_read_has_no_sides_in_common(tmp_path):
    (tmp_path / "codings" / "ada").mkdir(parents=True)
    sheet = (
        "article_id,source,cue,content,kind,speaker,side,via,named,nested\na,0:5,6:10,,indirect,boats,,,false,false\n"
    )
    (tmp_path / "codings" / "ada" / "attributions.csv").write_text(sheet, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Boats sail. Ada Lund said they were late.", encoding="utf-8")
    (tmp_path / "study.toml").write_text(
        '[articles]\nfiles = "*.txt"\n[sides.town]\n"Ada Lund" = []\n', encoding="utf-8"
    )
    found = extractor_agreement(load_study(tmp_path))
    assert found.sentence == (
        "Against the coding “ada” of one article, the attribution finder reaches F1 0.00, since no attribution is in both; "
        "this is in-sample where the rules were made with these texts at hand."
    )


def test_a_note_that_names_no_finding_stops(tmp_path, study):
    with pytest.raises(StudyError, match=r"notes/03-sourcing.md: no finding is called 'sourcing-sides'"):
        show.in_short(with_note(tmp_path, study, "{sourcing-sides}"), "03-sourcing")


def test_in_short_says_what_is_missing(said):
    study = study_from_table(pd.DataFrame({"text": ["Boats sailed on Monday."]}))
    for notebook in ("01-term-contrasts", "02-stance-keywords"):
        show.in_short(study, notebook)
    assert "[contrast] by" in said[0] and "[keywords]" in said[1]


def test_the_five_articles_allow_no_p_value(study):
    table = show.contrast_table(study)
    assert (table.attrs["smallest_p"], table.attrs["smallest_p_ignoring_copy"]) == (0.25, 0.1)
    said = " ".join(show.chance(table))
    assert "no p-value can speak here" in said and "0.25" in said and "0.1," in said
    # Where no article shares copy, nothing is said of it.
    texts = [
        "Boats sailed, boats and boats.",
        "Boats, boats, boats stayed in.",
        "Trains ran late.",
        "Trains ran to Norby.",
    ]
    four = study_from_table(pd.DataFrame({"text": texts, "year": ["1", "1", "2", "2"]}), contrast={"by": "year"})
    said = show.chance(show.contrast_table(four))
    assert len(said) == 2 and "no p-value can speak here" in said[1]


def test_reports_are_those_of_the_group_that_a_word_leans_to(study):
    table = show.contrast_table(study)
    lean = np.where(table["log_ratio"] > 0, table["reports_2012"], table["reports_2016"])
    assert len(table) > 10 and (table["reports"] == lean).all()
    assert (table["leans_to"] == np.where(table["log_ratio"] > 0, "2012", "2016")).all()


def test_of_three_groups_each_row_leans_to_its_own_or_to_none():
    texts = ["Boats sailed.", "Boats sailed away.", "Trains ran.", "Trains ran late.", "Snow fell.", "Snow fell on."]
    years = ["1", "1", "2", "2", "3", "3"]
    table = show.contrast_table(study_from_table(pd.DataFrame({"text": texts, "year": years}), contrast={"by": "year"}))
    own = table["leans_to"].notna()
    assert (table.loc[own, "leans_to"] == table.loc[own, "group"]).all() and (table.loc[own, "log_odds_z"] > 0).all()
    boats = table[own & (table["term"] == "boats")]
    assert boats[["leans_to", "reports"]].values.tolist() == [["1", 2]]


def test_without_groups_there_is_no_contrast_and_nothing_stops():
    table = show.contrast_table(study_from_table(pd.DataFrame({"text": ["Boats sailed."]})))
    assert table.empty and not table.attrs and show.chance(table) == []


def test_articles_that_share_copy_are_one_report(study):
    """Both articles of 2016 print the same copy, so no word of theirs is in two reports; of 2012 none does."""
    table = compare(study)
    assert table["reports_2016"].max() == 1 and table["articles_2016"].max() == 2
    assert (table["reports_2012"] == table["articles_2012"]).all()
    sentence = contrast_leaning(study).sentence
    assert "2016 has one independent report, so no word can be said to lean to it" in sentence and "to 2012" in sentence


def test_a_group_without_words_leaves_the_contrast_and_stops_nothing():
    texts = ["Boats sailed on Monday.", "Boats stayed on Tuesday.", "…"]
    articles = pd.DataFrame({"text": texts, "year": ["1", "1", "2"]})
    two = study_from_table(articles, contrast={"by": "year"})
    assert findings.group_contrast(two) is None and "corpus-size" in set(findings.findings(two)["finding_id"])
    third = pd.DataFrame({"text": ["Trains ran on Friday."], "year": ["3"]})
    three = study_from_table(pd.concat([articles, third], ignore_index=True), contrast={"by": "year"})
    assert findings.group_contrast(three).attrs["groups"] == ["1", "3"]


def test_of_many_articles_the_sentence_claims_what_is_checked():
    """The same story twice in each of two out of 36 articles: 35 reports, and that nine in ten are independent."""
    own = [
        f"On day {i} the ferry number {i} sailed from pier {i} with {i + 2} cars and nobody else on board."
        for i in range(35)
    ]
    study = study_from_table(pd.DataFrame({"text": [*own, own[0]]}))
    size = findings.findings(study, "00-the-corpus").set_index("finding_id").loc["corpus-size"]
    assert (
        size["sentence"]
        == "The corpus has 36 articles that make 35 independent reports, at least nine in ten, since some share copy."
    )
    assert size["value"] == 35 and size["claim"] == "at least nine in ten are independent"


def test_a_claim_is_what_its_strength_names(study):
    found = findings.findings(study)
    assert len(found) > 10
    for _, row in found.iterrows():
        assert row["claim"] and (not row["variations"] or f"That {row['claim']} " in findings.breaks(row))


def test_a_side_that_is_no_listed_one_does_not_lead():
    texts = ["Mary Smith said no. John Brown said yes. Ann Green said yes. Russia said no."]
    listed = study_from_table(
        pd.DataFrame({"text": texts}), sides={"russia": {"Russia": []}}, labels={"russia": "Russia"}
    )
    sentence = sourcing_side(listed).sentence
    assert sentence.startswith("25% of attributions go to Russia; 75% stand on no listed side")
    assert "as rules read them and nobody checked. Code all" in sentence


def test_figures_from_elsewhere_are_those_on_record():
    recorded = findings.measured_elsewhere().set_index("figure")["value"]
    measured = attribution_elsewhere(None)
    assert measured.value == pytest.approx(recorded["PolNeAR dev, all, F1"] / 100)
    assert f"{recorded['PolNeAR dev, quoted, F1'] / 100:.0%} quoted" in measured.sentence


def test_three_findings_at_most_stand_first_by_the_rule(said):
    """Of five families, three are said in short, those of which something is claimed before the others."""
    rows = [
        ("a", "02", "", 0, 0, 0.1),
        ("b", "02", "most", 4, 1, 0.2),
        ("c", "02", "most", 4, 4, 0.3),
        ("d-differs", "02", "more", 4, 4, 0.2),
        ("e-differs", "02", "more", 4, 4, -0.5),
        ("f", "03", "", 0, 0, 0.4),
    ]
    found = pd.DataFrame(rows, columns=["finding_id", "notebook", "claim", "variations", "holds", "value"])
    assert findings.leading(found)["finding_id"].tolist() == ["e-differs", "d-differs", "c", "f"]
    keywords = {word: [word] for word in ("boats", "monday", "rain", "harbour", "quay")}
    study = study_from_table(
        pd.DataFrame({"text": ["Boats, rain and the harbour quay: on Monday."]}), keywords=keywords
    )
    show.in_short(study, "02-stance-keywords")
    lines = said[0].splitlines()
    assert len(lines) == 4 and lines[3] == "Two more findings are in 05."


def test_of_three_groups_the_words_that_lean_most_are_named():
    """Each group against all others; function words, titles and verbs of saying set nothing apart."""
    texts = [f"{own} mrs said {i}" for own in ("Ferry", "Bridge", "Tunnel") for i in range(3)]
    table = pd.DataFrame({"text": texts, "town": [town for town in ("north", "east", "south") for _ in range(3)]})
    study = study_from_table(table, contrast={"by": "town"}).but(passages=study_from_table(table).passages.iloc[:0])
    sentence = contrast_leaning(study).sentence
    assert all(
        f"“{word}” to {town}" in sentence.replace(" leans most", "")
        for word, town in (("ferry", "north"), ("bridge", "east"), ("tunnel", "south"))
    )


def towns(tmp_path):
    """Three towns with twelve mentions each, each in an article of its own: all, half and none of them for the truce."""
    verbs = {"north": ["backed"] * 12, "west": ["backed", "rejected"] * 6, "south": ["rejected"] * 12}
    own = [f"q{chr(97 + n // 26)}{chr(97 + n % 26)}z" for n in range(36)]
    rows = [(town, verb) for town, each in verbs.items() for verb in each]
    texts = [f"Ada Lund {verb} the truce over {word}." for (_, verb), word in zip(rows, own, strict=True)]
    table = pd.DataFrame({"article_id": own, "town": [town for town, _ in rows], "text": texts})
    table.to_csv(tmp_path / "articles.csv", index=False)
    settings = '[articles]\ntable = "articles.csv"\n[contrast]\nby = "town"\n[keywords]\ntruce = ["truce"]\n'
    (tmp_path / "study.toml").write_text(settings, "utf-8")
    return load_study(tmp_path)


def test_of_three_groups_those_most_and_least_for_it_are_named(tmp_path):
    found = stance_family(towns(tmp_path), family="truce")
    assert found.claim == "" and found.value == 0.5, "rules alone claim nothing"
    assert "of 36 mentions of “truce”, 18 are for it and 18 are against it" in found.sentence
    assert "; most often for it in north (100%), least in south (0%)" in found.sentence


def test_a_difference_that_is_sure_is_told_with_its_p_value(tmp_path):
    """Everything coded as the rules read it: north is all for, south all against."""
    study = towns(tmp_path)
    assert differing(study, "polarity", "truce") is None, "nobody has coded anything"
    folder = tmp_path / "codings" / "ada"
    folder.mkdir(parents=True)
    columns = ["article_id", "start", "end", "keyword", "family", "polarity", "holder", "side"]
    study.mentions[columns].to_csv(folder / "mentions.csv", index=False)
    found = differing(load_study(tmp_path), "polarity", "truce")
    assert found.value == 1 and found.claim == "mentions of “truce” are for it more often in north than in south"
    assert found.sentence.startswith(f"In reporting like this {found.claim}: by 100 points (95% interval ")
    assert found.sentence.endswith("p = 0.002 after Holm's correction).")
