"""What the notebooks compute in their own cells: right on this study, and whatever a study lacks or however large it is."""

import math
from collections import Counter

import cells
import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon

from parley import contrast
from parley.contrast.terms import telling
from parley.corpus.labels import article_names
from parley.sourcing import verb
from parley.text.forms import words

NOTEBOOKS = [path.stem for path in sorted(cells.NOTEBOOKS.glob("0*.ipynb"))]


@pytest.fixture(scope="module")
def ran(study):
    """The names that each notebook leaves behind on the study of the repository."""
    return {name: cells.run(name, study.folder / "study.toml", without=("in_short",))[0] for name in NOTEBOOKS}


def test_what_is_left_out_and_counted_is_all_there_is(study, ran):
    lengths = ran["00-the-corpus"]["lengths"]
    assert len(lengths) == len(study.articles) == 5
    for article in study.articles.itertuples():
        assert lengths.loc[article.article_id, ["counted", "left_out"]].sum() == len(words(article.text))


def test_the_strip_accounts_for_every_character(study, ran):
    drawn = ran["00-the-corpus"]["segments"].groupby("article_id")["characters"].sum()
    assert drawn.to_dict() == study.articles.set_index("article_id")["text"].str.len().to_dict()


@pytest.mark.parametrize("name", ["00-the-corpus", "04-wire-copy"])
def test_shared_words_are_a_share_of_both_articles(ran, name):
    table = ran[name]["shared"].set_index("article_id")
    assert set(table.index) == {"2016-11-02-afp", "2016-11-02-asharq-al-awsat"}
    assert table["percent_of_article"].between(20, 50).all()


def test_outlets_that_nobody_knows_are_listed(ran):
    gaps = ran["00-the-corpus"]["gaps"].size()
    assert gaps.to_dict() == {"outlet": 2}


def test_tfidf_in_the_cells_is_the_formula_worked_by_hand(study, ran):
    """Count times ln((1 + n) / (1 + df)) + 1, divided by the length of the article's row (Salton & Buckley 1988)."""
    matrix, articles, terms = contrast.counts(study, ngrams=(1, 2))
    found = pd.DataFrame(matrix.toarray(), articles, terms)
    found = found[[term for term in terms if telling(term)]]
    weights = found * (np.log((1 + len(articles)) / (1 + (found > 0).sum())) + 1)
    weights = weights.div(np.sqrt((weights**2).sum(axis=1)), axis=0)
    scores = ran["01-term-contrasts"]["scores"]
    assert len(scores) > 1000
    weights = weights.rename(index=article_names(study.articles))
    by_hand = [weights.loc[unit, term] for unit, term in zip(scores["unit"], scores["term"], strict=True)]
    assert scores["tfidf"].to_numpy() == pytest.approx(by_hand)
    assert scores["tfidf"].sum() == pytest.approx(weights.to_numpy().sum())


def test_steady_words_keep_their_sign_and_stand_in_two_independent_reports(ran):
    steady = ran["01-term-contrasts"]["steady"]
    assert len(steady) and (steady["log_ratio_low"] * steady["log_ratio_high"] > 0).all()
    assert (steady["reports_2012"].where(steady["log_ratio"] > 0, steady["reports_2016"]) >= 2).all()


def test_the_word_shift_shares_out_the_divergence(study, ran):
    names, table = ran["01-term-contrasts"], contrast.compare(study)
    rates = table[["count_2012", "count_2016"]].to_numpy().T
    assert names["bits"].sum() == pytest.approx(jensenshannon(*rates, base=2) ** 2)
    assert names["shift"]["share"].is_monotonic_decreasing and names["shift"]["share"].between(0, 1).all()


def test_countings_differ_where_copy_was_left_out(ran):
    both = ran["01-term-contrasts"]["both"]
    once, printed = (both[[f"count_2012_{how}", f"count_2016_{how}"]].to_numpy() for how in ("once", "printed"))
    assert (once <= printed).all() and (once < printed).any(axis=1).all()
    assert both["change"].abs().max() > 0


def test_a_range_is_what_is_left_when_each_article_is_left_out(study, ran):
    """Mentions per 1,000 words, counted again without each article."""
    counted = study.mentions.query("counted")
    sentences = study.sentences.query("counted and kind in ['headline', 'standfirst', 'caption', 'body']")
    table = ran["02-stance-keywords"]["rates"](study).set_index([study.by, "family"])
    assert len(table) == 4 and (table["range"] == "one left out").all()
    for (group, family), row in table.iterrows():
        without = []
        for out in study.groups.index[study.groups == group]:
            rest = [one for one in study.groups.index[study.groups == group] if one != out]
            own = counted[(counted["family"] == family) & counted["article_id"].isin(rest)]
            without.append(1000 * len(own) / sentences.loc[sentences["article_id"].isin(rest), "words"].sum())
        assert (row["low"], row["high"]) == pytest.approx((min(without), max(without)))


def test_voices_are_as_many_as_equal_ones_would_be(study, ran):
    """exp of Shannon's entropy over the speakers' shares; joint speakers share an attribution."""
    table, counted = ran["03-sourcing"]["table"], study.attributions.query("counted")
    for article_id, rows in counted.groupby("article_id"):
        shares = Counter()
        for speaker in rows.loc[rows["speaker"] != "unclear", "speaker"]:
            shares.update(dict.fromkeys(speaker.split("; "), 1 / len(speaker.split("; "))))
        entropy = -sum(n / sum(shares.values()) * math.log(n / sum(shares.values())) for n in shares.values())
        row = table.loc[article_id]
        assert row["effective_speakers"] == pytest.approx(math.exp(entropy)) and row["speakers"] == len(shares)
        assert (row["attributions"], row["without_speaker"]) == (len(rows), (rows["speaker"] == "unclear").sum())
    assert len(table) == 5 and (table["effective_speakers"] <= table["speakers"]).all()


def test_verbs_are_counted_by_base_form(study, ran):
    used, counted = ran["03-sourcing"]["used"], study.attributions.query("counted")
    verbs = [verb(cue)[0] for cue in counted["cue_text"].dropna() if any(mark.isalpha() for mark in cue)]
    assert used["attributions"].to_dict() == Counter(verbs) and used["attributions"].is_monotonic_decreasing
    assert used.loc["claim", "attitude"] == "doubting" and used.loc["say", "attitude"] == "neutral"


def test_what_stands_inside_another_s_words_is_covered_once(study, ran):
    covered, length, unit = (ran["03-sourcing"][name] for name in ("covered", "length", "unit"))
    assert study.attributions["article_id"].nunique() == 5
    for article_id, rows in study.attributions.groupby("article_id"):
        places = {place for spans in rows["content"] for start, end in spans for place in range(start, end)}
        assert covered[unit[article_id]] == pytest.approx(100 * len(places) / length[article_id])


def test_both_words_for_the_same_rulers_are_found(ran):
    top = ran["04-wire-copy"]["swaps"].reset_index().iloc[0]
    assert (top["words"], top["other_words"], top["times"]) == ("government", "regime", 2)


def test_only_what_the_partner_lacks_is_listed(ran):
    table = ran["04-wire-copy"]["alone"]
    afp = table[table["place"].str.startswith("2016-11-02-afp")]["text"]
    assert afp.str.contains("300,000 people have been killed").any()
    assert not afp.str.contains("accused Moscow of committing").any()


def test_figures_from_elsewhere_name_their_command(ran):
    names = ran["05-validity"]
    table = names["elsewhere"]
    assert len(table) > 50 and table["figure"].head(3).str.startswith("PolNeAR dev").all()
    assert table["command"].str.startswith("python benchmarks/").mean() > 0.5
    assert not table["figure"].str.contains("develop").any()


def test_what_is_coded_in_full_is_shown_as_exact(study, ran):
    """Of the five corridors in 2012 all are against; of the six in 2016 four are for."""
    shares = ran["02-stance-keywords"]["shares"].set_index(["family", "group", "label"])
    assert (shares["low"] == shares["high"]).all() and (shares["coded"] == shares["of"]).all()
    assert shares.loc[("corridor", "2012", "against"), "share"] == 1
    assert shares.loc[("corridor", "2016", "for"), "share"] == pytest.approx(4 / 6)
    assert ran["02-stance-keywords"]["apart"].query("question == 'reporting like this'")["p_value"].isna().all()


def test_every_date_and_outlet_that_is_not_stated_is_admitted(ran):
    said = " ".join(ran["05-validity"]["lines"])
    assert "No publisher is recorded for two of five articles" in said
    assert "Credited “AFP, Athans”, 2 Nov 2016 and Asharq Al-Awsat, 2 Nov 2016" in said


LACKS = {
    "no dates, groups, keywords or sides": "",
    "groups without words": '[contrast]\nby = "year"\n',
    "keywords nobody uses": '[keywords]\npeace = ["peace"]\n',
}


@pytest.mark.parametrize(
    ("name", "lack"),
    [
        *((name, "no dates, groups, keywords or sides") for name in NOTEBOOKS),
        ("01-term-contrasts", "groups without words"),
        ("02-stance-keywords", "keywords nobody uses"),
    ],
)
def test_notebooks_run_whatever_a_study_lacks(tmp_path, name, lack):
    rows = [(f"a{i}", "12"[i == 8], "xyz"[i % 3], f"The {i}th ferry sailed to town {i}.") for i in range(9)]
    table = pd.DataFrame(rows, columns=["article_id", "year", "town", "text"])
    table.loc[8, "text"] = "…"
    table.to_csv(tmp_path / "articles.csv", index=False)
    settings = '[articles]\ntable = "articles.csv"\n' + LACKS[lack]
    (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
    names, shown = cells.run(name, tmp_path / "study.toml", without=("in_short",))
    assert len(names["study"].mentions) == 0
    assert shown and not any("nan" in text.splitlines()[0].split() for text in shown)


@pytest.mark.parametrize("name", ["00-the-corpus", "02-stance-keywords", "03-sourcing"])
def test_three_hundred_articles_go_through(tmp_path, name):
    said = "Lund said a truce held in town {0} on day {1}. Berg opposed corridor {0}."
    rows = [(f"a{i}", f"Paper {i % 7}", f"201{i % 6}-03-11", said.format(i, i % 97)) for i in range(300)]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "date", "text"])
    table.to_csv(tmp_path / "articles.csv", index=False)
    settings = '[articles]\ntable = "articles.csv"\n[keywords]\ntruce = ["truce"]\ncorridor = ["corridor"]\n'
    (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
    names, shown = cells.run(name, tmp_path / "study.toml", without=("in_short",))
    study = names["study"]
    assert len(study.articles) == 300 and len(study.mentions) == len(study.attributions) == 600 and len(shown) > 10
