"""Whatever a finding rests on: change one coding, one correction, one rule or one article, and its sentence changes, or it stops."""

import shutil

import pandas as pd
import pytest

from parley import StudyError, codings, load_study, sourcing, stance, variations
from parley.findings import breaks, findings, varied
from parley.findings.questions import asked_of
from parley.show import beside_coding
from parley.sourcing import attributions
from parley.stance import mentions

TEXTS = {
    "a": "Lund said the council backed a truce. “A truce is the only way,” Lund said. The mayor opposed a corridor.",
    "b": "Berg said the union supported the truce. Berg warned that a corridor would fail. Boats sailed on Monday.",
    "c": "Lund told reporters that the truce had failed. “We reject the truce,” Lund said. Snow fell on the harbour.",
    "d": "Berg said the lull was over. The union called for a corridor, Berg added. The ferry waited for its crew.",
}
STUDY = """
[articles]
files = "texts/*.txt"
metadata = "articles.csv"
file_column = "file"
[contrast]
by = "year"
[keywords]
truce = ["truce", "ceasefire"]
corridor = ["corridor"]
[wider_keywords]
truce = ["lull"]
[sides.council]
"Ada Lund" = ["Lund"]
[sides.union]
"Bo Berg" = ["Berg"]
"""


@pytest.fixture
def corpus(tmp_path):
    """A made-up corpus in a folder of its own, with a coding that says what the rules say."""
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [f"{name}.txt,{name},{2012 if name in 'ab' else 2016}" for name in TEXTS]
    (tmp_path / "articles.csv").write_text("\n".join(["file,article_id,year", *rows]), encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    study = load_study(tmp_path)
    read = attributions(study)
    spans = {role: read[role].map(lambda parts: ";".join(f"{a}:{b}" for a, b in parts)) for role in ("cue", "content")}
    source = [f"{a}:{b}" for a, b in zip(read["source_start"], read["source_end"], strict=True)]
    coded = read.assign(source=source, **spans, named=read["named"].map(str).str.lower(), nested="false")
    columns = [*codings.ROLES, "content_text", *codings.ATTRIBUTION_LABELS, "nested", "via"]
    folder = tmp_path / "codings" / "ada"
    folder.mkdir(parents=True)
    coded[["article_id", *columns]].to_csv(folder / "attributions.csv", index=False)
    columns = ["article_id", "start", "end", "keyword", "family", *codings.MENTION_LABELS]
    mentions(study)[columns].to_csv(folder / "mentions.csv", index=False)
    return tmp_path


def sentences(folder):
    """What each question finds, by the finding's id; variations are asked for where they are tested."""
    study = load_study(folder)
    measured = {name: one.measure(study) for name, one in asked_of(study).items()}
    return pd.Series({name: result.sentence for name, result in measured.items() if result})


def sentences_uncoded(folder):
    """The same where nobody coded anything."""
    aside = folder.parent / f"{folder.name}-codings"
    shutil.move(folder / "codings", aside)
    found = sentences(folder)
    shutil.move(aside, folder / "codings")
    return found


def edit(path, change):
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    change(table).to_csv(path, index=False)


def test_the_coding_is_the_rules_own(corpus):
    study = load_study(corpus)
    assert len(attributions(study)) > 6 and len(mentions(study)) == 8
    assert "reaches F1 1.00 and gives the same side in 100%" in sentences(corpus)["extractor-agreement"]


def test_one_coding_row_changes_the_score(corpus):
    edit(corpus / "codings/ada/attributions.csv", lambda table: table.assign(side=["none", *table["side"][1:]]))
    assert "the same side in 100%" not in sentences(corpus)["extractor-agreement"]


def test_a_coding_row_that_slipped_stops(corpus):
    edit(corpus / "codings/ada/attributions.csv", lambda table: table.assign(content_text=table["content_text"] + "x"))
    with pytest.raises(StudyError, match=r"attributions\.csv: line 2: content: at its offsets stands"):
        sentences(corpus)


def test_one_correction_changes_what_rules_read_and_neither_score_nor_coding(corpus):
    coded, study = sentences(corpus), load_study(corpus)
    scores, uncoded = beside_coding(study), sentences_uncoded(corpus)
    spoken, named = attributions(study)["attribution_id"], mentions(study)["mention_id"]
    lines = [f"{spoken[0]},side,union", f"{spoken[1]},drop,", f"{named[0]},polarity,against"]
    (corpus / "corrections.csv").write_text("\n".join(["row,column,value", *lines]), encoding="utf-8")
    corrected = load_study(corpus)
    assert len(attributions(corrected)) == len(spoken) - 1
    after, still = sentences_uncoded(corpus), sentences(corpus)
    for finding in ("sourcing-side", "sourcing-paraphrase", "stance-truce"):
        assert after[finding] != uncoded[finding] and "nobody checked" in after[finding]
        assert still[finding] == coded[finding] and "nobody checked" not in still[finding]
    pd.testing.assert_frame_equal(beside_coding(corrected), scores)
    said = still["extractor-agreement"]
    assert said.startswith(coded["extractor-agreement"][:-1]) and "three rows corrected by hand" in said
    # Variations read some articles again; a correction meant for another article, or for a word no longer sought, is no error there.
    assert not varied(corrected)["outcome"].str.contains("corrections.csv").any()


def test_a_correction_without_its_row_stops(corpus):
    (corpus / "corrections.csv").write_text("row,column,value\na-a9999,side,union\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"corrections\.csv: row 1: no row of the attributions is called 'a-a9999'"):
        sentences(corpus)


def test_one_rule_for_stance_changes_the_finding(corpus, monkeypatch):
    before, read = sentences_uncoded(corpus), stance.table.read_polarity
    monkeypatch.setattr(stance.table, "read_polarity", lambda *a, **k: read(*a, **k)._replace(polarity=0, layers=()))
    after = sentences_uncoded(corpus)
    assert after["stance-truce"] != before["stance-truce"] and after["sourcing-side"] == before["sourcing-side"]


def test_one_rule_for_attributions_changes_findings_and_score(corpus, monkeypatch):
    before, uncoded, find = sentences(corpus), sentences_uncoded(corpus), sourcing.table.find_attributions
    monkeypatch.setattr(sourcing.table, "find_attributions", lambda *a, **k: find(*a, **k)[1:])
    assert sentences_uncoded(corpus)["sourcing-side"] != uncoded["sourcing-side"]
    after = sentences(corpus)
    assert after["extractor-agreement"] != before["extractor-agreement"]
    assert after["sourcing-side"] == before["sourcing-side"]  # all is coded: what rules read is no matter


def test_one_article_less_changes_the_findings_or_stops(corpus):
    before = sentences(corpus)
    (corpus / "texts" / "d.txt").unlink()
    edit(corpus / "articles.csv", lambda table: table[table["article_id"] != "d"])
    with pytest.raises(StudyError, match="no article has the id 'd'"):
        sentences(corpus)
    for name in ("attributions", "mentions"):
        edit(corpus / "codings" / "ada" / f"{name}.csv", lambda table: table[table["article_id"] != "d"])
    after = sentences(corpus)
    for finding in ("corpus-size", "contrast-chance", "sourcing-side", "stance-corridor", "extractor-agreement"):
        assert after[finding] != before[finding]


def test_every_finding_is_varied_or_says_why_not(corpus):
    study = load_study(corpus)
    table, again = findings(study).set_index("finding_id"), varied(study)
    assert set(again["finding_id"]) == set(table.index)
    for name, row in table.iterrows():
        outcomes = again.loc[again["finding_id"] == name, "outcome"]
        assert outcomes.isin(["holds", "lost"]).sum() == row["variations"]
        assert row["variations"] or "It was measured on other news" in breaks(row)
    why = again.set_index(["finding_id", "variation"])["outcome"]
    assert why["stance-corridor", "with fewer keywords"] == "not asked: the family has one only"
    assert "lists none for corridor under [wider_keywords]" in why["stance-corridor", "with wider keywords"]
    assert why["stance-truce", "without the keyword “ceasefire”"] == "not asked: the same places are found"
    assert why["stance-truce", "with wider keywords"] == "not asked: nobody has coded what it takes"
    assert why["sourcing-side", "by another coding"] == "not asked: one coding stands beside these texts"


def test_wider_keywords_are_read_as_if_they_stood_in_the_family(corpus):
    study = load_study(corpus)
    wide = variations.with_terms(study, "truce", ["truce", "ceasefire", "lull"])
    (corpus / "study.toml").write_text(
        STUDY.replace('"ceasefire"]', '"ceasefire", "lull"]').replace('truce = ["lull"]', "")
    )
    fresh = mentions(load_study(corpus))
    read = mentions(wide).sort_values(["article_id", "start"], ignore_index=True)
    assert "lull" in set(read["keyword"]) and len(read) == len(mentions(study)) + 1
    pd.testing.assert_frame_equal(read, fresh)


def test_another_tokeniser_counts_other_words(corpus):
    (corpus / "texts" / "a.txt").write_text("The cease-fire of 2012 is Lund’s, Lund’s own.", encoding="utf-8")
    study = load_study(corpus)
    first = study.sentences["article_id"] == "a"
    counts = [study.words[first].sum()]
    for tokenise in (variations.letters, variations.printed):
        counts.append(study.but(tokenise=tokenise).words[first].sum())
    assert counts == [8, 10, 8]


def test_copy_is_found_from_fewer_words_on(corpus):
    shared = "Thick fog closed the old harbour for the whole long night."
    for name in "ab":
        (corpus / "texts" / f"{name}.txt").write_text(f"{TEXTS[name]} {shared}", encoding="utf-8")
    shutil.rmtree(corpus / "codings")
    again = varied(load_study(corpus)).set_index(["finding_id", "variation"])["sentence"]
    assert (
        "The corpus has four articles, none of which"
        in again["corpus-size", "with copy called shared from 20 words on"]
    )
    assert "make three independent" in again["corpus-size", "with copy called shared from 10 words on"]


def test_without_function_words_none_is_contrasted(corpus):
    study = load_study(corpus)
    matrix, terms = variations.content_words_only(study).term_counts()
    assert "truce" in terms and "the" not in terms and matrix.shape[0] == len(study.sentences)
