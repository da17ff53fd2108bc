"""Shared copy side by side: every word of both printings is there, and what differs is marked."""

from parley.reuse import shared_passages
from parley.show import collation


def test_both_words_for_the_same_rulers_are_found(study):
    table = collation.substitutions(shared_passages(study))
    top = table.iloc[0]
    assert (top["words"], top["other_words"], top["times"]) == ("government", "regime", 2)


def test_side_by_side_loses_no_word(study):
    passages = shared_passages(study)
    texts = study.articles.set_index("article_id")["text"]
    rows = collation.side_by_side(study, passages)
    for passage in passages.itertuples():
        own = rows["place"].str.match(rf"{passage.article_a}-c\d+-{passage.article_b}-c\d+$")
        begins = rows["place"].str.extract(rf"^{passage.article_a}-c(\d+)-")[0].astype(float)
        shown = rows[own & begins.between(passage.start_a, passage.end_a)]
        for column, start, end in (("a", passage.start_a, passage.end_a), ("b", passage.start_b, passage.end_b)):
            words = " ".join(cell.striptags() for cell in shown[column]).replace("∅", " ").split()
            printed = texts[getattr(passage, f"article_{column}")][start:end].split()
            assert "".join(words) == "".join(printed)


def test_marks_are_told_apart_from_other_words(study):
    html = " ".join(collation.side_by_side(study, shared_passages(study))["b"])
    assert '<mark class="substitute"><b>regime</b></mark>' in html
    assert '<u class="mark">(so that)</u>' in html


def test_only_in_lists_what_the_partner_lacks(study):
    table = collation.only_in(study, shared_passages(study))
    afp = table[table["article_id"] == "2016-11-02-afp"]["text"]
    assert afp.str.contains("300,000 people have been killed").any()
    assert not afp.str.contains("accused Moscow of committing").any()
