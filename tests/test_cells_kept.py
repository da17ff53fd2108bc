"""Lists of places as they are kept: nothing is lost on the way, whatever rows are taken."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import study_from_table
from parley.text.cells import PACKED, first_places, packed, unpacked

PLACES = st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)), max_size=4)


@given(st.lists(PLACES, max_size=8), st.data())
def test_what_is_packed_comes_back_in_any_order(cells, data):
    kept = packed(cells)
    assert kept.dtype == PACKED and unpacked(kept) == cells
    rows = data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=8)) if cells else []
    some, same = kept.take(rows), pd.Series([cells[n] for n in rows], rows, dtype=object)
    assert unpacked(some) == unpacked(same) == same.tolist()
    assert unpacked(pd.concat([kept, some])) == cells + same.tolist()
    first = [cells[n][0][0] if cells[n] else None for n in rows]
    for column in (some, same):
        found = first_places(column)
        assert found.dtype == "Int64" and found.index.tolist() == rows
        assert [None if pd.isna(one) else one for one in found] == first


def test_lists_that_are_handed_out_are_the_reader_s_own():
    study = study_from_table(pd.DataFrame({"text": ["“We sail,” Ada Lund said, “at six.”"]}))
    given = study.attributions["content"]
    assert given.dtype == object and given.tolist() == [[(0, 10), (26, 35)]]
    given.iloc[0].clear()
    assert study.attributions["content"].tolist() == [[(0, 10), (26, 35)]]
    assert study.peek("attributions")["content"].dtype == PACKED


def test_sentences_are_kept_without_their_text_and_handed_out_with_it():
    study = study_from_table(
        pd.DataFrame({"article_id": ["b", "a"], "text": ["Été. «Oui».", "Boats sail. They wait."]})
    )
    assert "text" not in study.peek("sentences") and "text" not in study.peek("all_sentences")
    names = ["article_id", "kind", "paragraph", "start", "end", "text"]
    assert list(study.sentences)[:6] == names == list(study.all_sentences)
    assert study.sentences["text"].tolist() == ["Été.", "«Oui».", "Boats sail.", "They wait."]
    assert study.cut(study.peek("sentences").iloc[[1, 2]]).tolist() == ["«Oui».", "Boats sail."]
    other = study.but(sentences=study.sentences.iloc[:1].assign(text="Other."))
    assert other.sentences["text"].tolist() == ["Other."], "a table that was given has what it was given with"


@pytest.mark.parametrize("letters", [65_535, 65_536, 70_000])
def test_a_word_of_any_length_has_its_size(letters):
    study = study_from_table(pd.DataFrame({"text": ["A boat.", "a" * letters + " and so on."]}))
    tokens = study.tokens
    assert tokens["size"].tolist() == [1, 4, letters, 3, 2, 2]
    assert (tokens["size"].dtype == "uint16") == (letters < 2**16)


@pytest.mark.filterwarnings("ignore:read with problems")
def test_rows_in_any_order_are_cut_out_rightly():
    texts = ["“Été.” Truce talk, the mayor said. It was late.", "", "Rain fell. Lund said it was over."]
    study = study_from_table(pd.DataFrame({"article_id": list("abc"), "text": texts}))
    sentences, said = study.sentences, study.attributions["sentence"].tolist()
    for order in (sentences.iloc[::-1], sentences.iloc[[2, 0, 1, 4, 3]], sentences.iloc[[1, 1, 0]]):
        assert study.cut(order.drop(columns="text")).tolist() == order["text"].tolist()
    turned = study.but(sentences=sentences.iloc[::-1].reset_index(drop=True))
    assert turned.attributions["sentence"].tolist() == said
    other = study.but(sentences=sentences.assign(text="Other."))
    assert set(other.attributions["sentence"]) == {"Other."}
    unknown = pd.DataFrame({"article_id": ["z"], "start": [0], "end": [3]})
    assert study.cut(unknown).isna().all()


def test_words_of_the_sentences_of_an_article_in_any_order():
    texts = ["Truce talk, the mayor said. It was late.", "Rain fell. Lund said it was over."]
    study = study_from_table(pd.DataFrame({"article_id": list("ab"), "text": texts}))
    turned = study.but(all_sentences=study.all_sentences.iloc[::-1].reset_index(drop=True))
    assert study.words.tolist() == [5, 3, 2, 5] and turned.words.tolist() == [3, 5, 5, 2]


def test_a_row_of_no_article_has_no_outlet_of_another():
    study = study_from_table(pd.DataFrame({"text": ["Lund said no."], "outlet": ["Gazette"], "date": ["2012-01-01"]}))
    given = study.read_attributions
    assert study.but(all_attributions=given).attributions["outlet"].tolist() == ["Gazette"]
    lost = study.but(all_attributions=given.assign(article_id="zz")).attributions
    assert lost["outlet"].tolist() == ["not stated"] and lost["date"].isna().all() and not lost["counted"].any()


def test_a_sentence_of_no_kind_is_left_out_for_no_reason():
    study = study_from_table(pd.DataFrame({"text": ["Menu\n\nRain fell.\n\nBy Ada Lund"]}))
    for kinds in (["credit", None, "credit"], [None] * 3):
        given = study.but(all_sentences=study.all_sentences.assign(kind=pd.Series(kinds, dtype="str")))
        assert given.left_out.fillna("").tolist() == ["furniture" if kind else "" for kind in kinds]
