"""What notebooks print besides tables: notes, the worked formula, the design of the test, what cannot be shown."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from parley import StudyError, findings, load_study, study_from_table
from parley.contrast import compare, leave_one_out, tfidf
from parley.reuse import shared_passages
from parley.show import evidence, overview, tables, validity, worked
from parley.text.words import words


@pytest.fixture
def said(monkeypatch):
    bundles = []
    monkeypatch.setattr(tables, "display", lambda data, raw: bundles.append(data["text/plain"]))
    return bundles


def with_note(tmp_path, study, text):
    shutil.copytree(study.folder, tmp_path / "corpus")
    (tmp_path / "corpus" / "notes" / "03-sourcing.md").write_text(text, encoding="utf-8")
    return load_study(tmp_path / "corpus")


def test_a_note_takes_its_figures_from_findings(tmp_path, study, said):
    noted = with_note(tmp_path, study, "First.\n\nSee: {sourcing-side}\n")
    findings.notes(noted, "03-sourcing")
    sentence = findings.findings(noted).set_index("finding_id").loc["sourcing-side", "sentence"]
    assert said == ["First.", f"See: {sentence}"]


def test_a_note_that_names_no_finding_stops(tmp_path, study):
    with pytest.raises(StudyError, match=r"notes/03-sourcing.md: no finding is called 'sourcing-sides'"):
        findings.notes(with_note(tmp_path, study, "{sourcing-sides}"), "03-sourcing")


def test_in_short_says_what_is_missing(said):
    study = study_from_table(pd.DataFrame({"text": ["Boats sailed on Monday."]}))
    for notebook in ("01-term-contrasts", "02-stance-keywords"):
        findings.in_short(study, notebook)
    assert "[contrast] by" in said[0] and "[keywords]" in said[1]


def test_the_formula_by_hand_is_the_library_s(study):
    steps, by_hand, by_library = worked.tfidf(study, tfidf(study))
    assert by_hand == pytest.approx(by_library, abs=1e-12) and steps["value"].iloc[-1] == by_hand


def test_the_five_articles_allow_no_p_value(study):
    table = compare(study)
    assert (table.attrs["smallest_p"], table.attrs["smallest_p_ignoring_copy"]) == (0.25, 0.1)
    said = " ".join(worked.chance(table))
    assert "no p-value can speak here" in said and "0.25" in said and "0.1," in said
    design = worked.design(study, table).set_index("what")["value"]
    assert design["independent units in 2012"] == 3 and design["independent units in 2016"] == 1


def test_steady_words_keep_their_sign_and_stand_in_two_independent_reports(study):
    table, ranges = compare(study), leave_one_out(study)
    steady = worked.steady(table, ranges)
    assert len(steady) and (steady["log_ratio_low"] * steady["log_ratio_high"] > 0).all()
    more = steady["reports_2012"].where(steady["log_ratio"] > 0, steady["reports_2016"])
    assert (more >= 2).all()


def test_articles_that_share_copy_are_one_report(study):
    """Both articles of 2016 print the same copy, so no word of theirs is in two reports; of 2012 none does."""
    table = compare(study)
    assert table["reports_2016"].max() == 1 and table["articles_2016"].max() == 2
    assert (table["reports_2012"] == table["articles_2012"]).all()
    sentence = findings.questions.contrast_leaning(study).sentence
    assert "2016 has one independent report, so no word can be said to lean to it" in sentence and "to 2012" in sentence


def test_countings_differ_where_copy_was_left_out(study):
    both = worked.countings(study)
    once, printed = (both[[f"count_2012_{how}", f"count_2016_{how}"]].to_numpy() for how in ("once", "printed"))
    assert (once <= printed).all() and (once < printed).any(axis=1).all()
    assert both["change"].abs().iloc[0] > 0


def test_what_is_left_out_and_counted_is_all_there_is(study):
    lengths = overview.lengths(study).set_index("article_id")
    for article in study.articles.itertuples():
        assert lengths.loc[article.article_id, ["counted", "left_out"]].sum() == len(words(article.text))


def test_shared_words_are_a_share_of_both_articles(study):
    table = overview.shared(study, shared_passages(study)).set_index("article_id")
    assert set(table.index) == {"2016-11-02-afp", "2016-11-02-asharq-al-awsat"}
    assert table["percent_of_article"].between(20, 50).all()


def test_a_stance_that_turns_between_groups_is_said(study):
    """Five against and four for, of one independent report: counts, and no majority."""
    changed = evidence.changes(study)
    assert any(sentence.startswith("corridor, side russia, 2012: ") for sentence in changed)
    assert not any("majority" in sentence for sentence in changed)


def test_a_majority_needs_five_mentions_and_two_reports_in_each_group():
    patterns = [
        ("Moscow rejected a truce on {}.", "Monday", "Tuesday", "Friday"),
        ("Moscow has always {} opposed every truce.", "firmly", "openly", "loudly"),
        ("Moscow called for a truce on {}.", "Monday", "Tuesday", "Friday"),
        ("In {}, Moscow urged a truce.", "March", "April", "June"),
    ]
    texts = [" ".join(sentence.format(word) for word in fill) for sentence, *fill in patterns]
    articles = pd.DataFrame({"text": texts, "year": [*"1122"]})
    options = {"keywords": {"truce": ["truce"]}, "sides": {"russia": {"Moscow": []}}, "contrast": {"by": "year"}}
    said = evidence.changes(study_from_table(articles, **options))
    assert said == ["truce, side russia: the majority turns from against to for (1: 6 of 6 against; 2: 6 of 6 for)."]
    fewer = articles.assign(text=[text[: text.index(".") + 1] for text in articles["text"]])
    assert "majority" not in " ".join(evidence.changes(study_from_table(fewer, **options)))


def test_quotes_show_the_words_they_cite(study):
    table = evidence.quotes(study)
    assert (table["passage"].map(lambda html: '<u class="cue">' in html or '"cue"' in html)).mean() > 0.9
    assert table["citation"].str.contains("character").all()


def test_every_date_and_outlet_that_is_not_stated_is_admitted(study):
    said = " ".join(validity.cannot_show(study))
    assert "No publisher is recorded for two of five articles" in said
    assert "2016-11-02-afp and 2016-11-02-asharq-al-awsat" in said


def test_a_group_without_words_leaves_the_contrast_and_stops_nothing():
    texts = ["Boats sailed on Monday.", "Boats stayed on Tuesday.", "…"]
    articles = pd.DataFrame({"text": texts, "year": ["1", "1", "2"]})
    two = study_from_table(articles, contrast={"by": "year"})
    assert findings.contrast(two) is None and "corpus-size" in set(findings.findings(two)["finding_id"])
    third = pd.DataFrame({"text": ["Trains ran on Friday."], "year": ["3"]})
    three = study_from_table(pd.concat([articles, third], ignore_index=True), contrast={"by": "year"})
    assert findings.contrast(three).attrs["groups"] == ["1", "3"]


def test_a_claim_is_what_its_strength_names(study):
    for _, row in findings.findings(study).iterrows():
        assert row["claim"] and (not row["variations"] or f"that {row['claim']} holds" in findings.strength(row))


def test_a_side_that_is_no_listed_one_does_not_lead():
    texts = ["Mary Smith said no. John Brown said yes. Ann Green said yes. Russia said no."]
    listed = study_from_table(pd.DataFrame({"text": texts}), sides={"russia": {"Russia": []}})
    sentence = findings.questions.sourcing_side(listed).sentence
    assert "on no listed side" in sentence and "“russia” speaks in 1 of 1" in sentence


def test_figures_from_elsewhere_are_those_on_record():
    recorded = findings.measured_elsewhere().set_index("figure")["value"]
    measured = findings.questions.attribution_elsewhere(None)
    assert measured.value == pytest.approx(recorded["PolNeAR dev, all, F1"] / 100)
    assert f"{recorded['PolNeAR dev, quoted, F1'] / 100:.0%} quoted" in measured.sentence


def test_outlets_and_dates_that_nobody_knows_are_listed():
    texts = pd.DataFrame(
        {"text": ["Boats sailed on Monday.", "Trains ran on Friday."], "outlet": ["Harbour News", None]}
    )
    table = overview.odd(study_from_table(texts)).set_index("problem")
    assert table["count"].to_dict() == {"no outlet": 1, "no date": 2}


def test_figures_on_texts_that_rules_were_developed_on_are_not_out_of_sample():
    assert not validity.out_of_sample()["figure"].str.contains("develop").any()


def test_the_library_has_what_the_benchmarks_recorded():
    root = Path(__file__).parents[1]
    recorded = (root / "benchmarks" / "results.csv").read_bytes()
    assert (root / "lib" / "parley" / "data" / "results.csv").read_bytes() == recorded and len(recorded) > 1000
