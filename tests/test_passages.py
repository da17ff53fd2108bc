"""What stands behind figures: passages marked, named and cited; shared copy side by side; rules beside the coding."""

from types import SimpleNamespace

import pandas as pd

from parley import show, study_from_table
from parley.show import passages


def test_side_by_side_loses_no_word(study):
    texts = study.articles.set_index("article_id")["text"]
    rows = show.side_by_side(study)
    assert len(study.passages)
    for passage in study.passages.itertuples():
        own = rows["place"].str.match(rf"{passage.article_a}-c\d+-{passage.article_b}-c\d+$")
        begins = rows["place"].str.extract(rf"^{passage.article_a}-c(\d+)-")[0].astype(float)
        shown = rows[own & begins.between(passage.start_a, passage.end_a)]
        for column, start, end in (("a", passage.start_a, passage.end_a), ("b", passage.start_b, passage.end_b)):
            words = " ".join(cell.striptags() for cell in shown[column]).replace("∅", " ").split()
            printed = texts[getattr(passage, f"article_{column}")][start:end].split()
            assert "".join(words) == "".join(printed)


def test_a_row_of_two_printings_ends_with_the_first_sentence_that_makes_it_long_enough():
    def rows(words):
        text = " ".join(["boats"] * (words - 1)) + " sail. Others stay."
        cut = text.index(". ") + 1
        steps = [SimpleNamespace(start_a=start, end_a=end) for start, end in ((0, cut), (cut, len(text)))]
        return [len(row) for row in passages._chunks(steps, text)]

    assert (rows(passages.CHUNK - 1), rows(passages.CHUNK)) == ([2], [1, 1])


def test_marks_are_told_apart_from_other_words(study):
    html = " ".join(show.side_by_side(study)["b"])
    assert '<mark class="substitute"><b>regime</b></mark>' in html
    assert '<u class="mark">(so that)</u>' in html


def test_quotes_show_the_words_they_cite(study):
    table = show.quotes(study)
    assert (table["passage"].map(lambda html: '<u class="cue">' in html or '"cue"' in html)).mean() > 0.9
    assert table["citation"].str.contains("character").all()


def test_no_passage_begins_or_ends_within_a_word():
    """Quotes, concordances and excerpts of one long paragraph, whose middle is quoted: cut between words, and said so."""
    before, after = (" ".join(f"On {word}{i}, boats sailed." for i in range(40)) for word in ("Monday", "Friday"))
    text = f"{before} Ada Lund said that the ferry had sailed. {after}"
    study = study_from_table(pd.DataFrame({"text": [text]}), sides={"town_hall": {"Ada Lund": []}})
    words = set(text.split())
    quote = show.quotes(study).iloc[0]
    shown = quote["passage"].striptags().split()
    assert shown[0] == shown[-1] == "…" and set(shown[1:-1]) <= words and "sailed." in shown
    assert quote["side"] == "Town hall"
    line = show.concordance(study, "ferry").iloc[0]
    assert (
        all(set(line[side].striptags().split()) <= words for side in ("left", "right")) and line["side"] == "Town hall"
    )
    assert show.excerpt(pd.Series([text])).iloc[0].removesuffix(" …").split()[-1] in words
    short = study_from_table(pd.DataFrame({"text": ["Ada Lund said so."]}))
    assert show.quotes(short)["passage"].iloc[0].striptags() == "Ada Lund said so."


def test_every_mention_is_marked_in_its_sentence(study):
    table = show.stances(study)
    assert len(table) == len(study.mentions)
    marks = table["sentence"].map(lambda html: html[html.index("keyword") + 9 : html.index("</mark>")])
    assert marks.tolist() == study.mentions["keyword"].tolist()


def test_rules_and_coding_stand_beside_each_other(study):
    pairs = show.beside_coding(study)
    assert pairs["found_by"].value_counts().gt(5).sum() == 3
    missed = pairs[pairs["found_by"] == "coding"]
    assert (missed["disagreement"] == "missed").all() and missed["kind_rules"].isna().all()
    both = pairs[pairs["found_by"] == "both"]
    assert ((both["side_rules"] == both["side_coding"]) | both["disagreement"].str.contains("side")).all()
    mentions = show.mentions_beside_coding(study)
    assert len(mentions) == 31 and mentions["keyword"].notna().all()
    alike = mentions[[f"{label}_rules" for label in ("polarity", "holder", "side")]].fillna("").to_numpy()
    alike = alike == mentions[[f"{label}_coding" for label in ("polarity", "holder", "side")]].fillna("").to_numpy()
    assert (mentions["differs"] == ~alike.all(axis=1)).all()


def test_two_rows_at_one_place_have_two_names(study):
    table = pd.DataFrame({"article_id": ["2016-11-02-afp"] * 3, "start": [5, 5, 7]})
    places = passages.citable(study, table, "s")["place"].tolist()
    assert places == ["2016-11-02-afp-s5", "2016-11-02-afp-s5b", "2016-11-02-afp-s7"]


class Counted(pd.DataFrame):
    """A table of articles that counts how often it is searched."""

    searched = 0
    _constructor = pd.DataFrame

    def set_index(self, *args, **kwargs):
        Counted.searched += 1
        return super().set_index(*args, **kwargs)


def test_many_articles_are_looked_up_once(study):
    """What is read of the articles is read once for all rows, not once for each."""
    ids = [f"-{i}" for i in range(40)]

    def repeated(table):
        return pd.concat([table.assign(article_id=table["article_id"] + own) for own in ids], ignore_index=True)

    articles = Counted(repeated(study.articles))
    many = SimpleNamespace(
        articles=articles, attributions=repeated(study.attributions), mentions=repeated(study.mentions), settings={}
    )
    assert len(articles) == 200
    assert len(show.quotes(many)) == 40 * len(study.attributions)
    assert len(show.stances(many)) == 40 * len(study.mentions)
    assert Counted.searched == 4  # for the texts and for the citations of either table


def test_of_very_many_rows_those_of_some_articles_are_gone_through(monkeypatch, capsys):
    texts = ["Ada Lund said no. Tom Berg said that it was late."] * 30
    study = study_from_table(pd.DataFrame({"text": texts, "article_id": [f"a{n}" for n in range(30)]}))
    every = show.quotes(study)
    assert len(every) == 60 and "drawn" not in every.attrs
    monkeypatch.setattr(passages, "MOST", 20)
    some = show.quotes(study)
    assert len(some) == 20 and some.attrs["drawn"] == (20, 60)
    assert some["attribution"].str.partition("-")[0].value_counts().eq(2).all(), "articles are there as a whole"
    assert some["attribution"].tolist() == [one for one in every["attribution"] if one in set(some["attribution"])]
    show.table(some, "Quotes", most=5)
    assert "Quotes (5 of 60 rows, drawn at random)" in capsys.readouterr().out
    show.table(some[some["speaker"] == "Ada Lund"].head(3), "Quotes")
    assert "of 60" not in capsys.readouterr().out, "what is chosen of them is not drawn any more"
